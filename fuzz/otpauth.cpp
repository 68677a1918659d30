// Any bytes as a pasted text and as an otpauth URI. Seeds: the `uri` lines of tests/vectors/otpauth.txt.
#include "crypto/otpauth.hpp"
#include "base/utf8.hpp"
#include "crypto/accounts.hpp"

#include <cstdlib>
#include <string_view>

using namespace tokendeck;

namespace {

void check_name(std::string_view name) {
    while (!name.empty()) {
        const base::Character c = base::first_character(name);
        if (!c.valid || base::is_control(c.code)) std::abort();
        name.remove_prefix(c.size);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = base::SecretText::copy_of({reinterpret_cast<const char*>(data), size});
    if (const auto parsed = crypto::parse_otpauth(text)) {
        const otp::OtpEnrolment& account = parsed.value().enrolment;
        check_name(account.issuer);
        check_name(account.account);
        const otp::OtpParameters& p = account.parameters;
        if (account.secret.empty() || p.digits < 1 || p.digits > 10 || p.period < 1) std::abort();
    } else if (parsed.error().code.name.empty() || parsed.error().position.value_or(1) > size + 1) {
        std::abort();
    }
    if (const auto read = crypto::read_accounts(text, false))
        for (const channel::ReadAccount& account : read.value().accounts)
            if (account.enrolment.secret.empty()) std::abort();
    (void)crypto::read_accounts_in_file({data, size});
    return 0;
}
