// Any bytes as a pasted text and as an otpauth URI. Seeds: the `uri` lines of tests/vectors/otpauth.txt.
#include "crypto/otpauth.hpp"
#include "crypto/accounts.hpp"
#include "demand.hpp"

using namespace tokendeck;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = base::SecretText::copy_of({reinterpret_cast<const char*>(data), size});
    if (const auto parsed = crypto::parse_otpauth(text)) {
        const otp::OtpEnrolment& account = parsed.value().enrolment;
        check_name(account.issuer);
        check_name(account.account);
        const otp::OtpParameters& p = account.parameters;
        demand(!account.secret.empty() && p.digits >= 1 && p.digits <= 10 && p.period >= 1);
    } else {
        demand(!parsed.error().code.name.empty() && parsed.error().position.value_or(1) <= size + 1);
    }
    if (const auto read = crypto::read_accounts(text, false))
        for (const channel::ReadAccount& account : read.value().accounts) demand(!account.enrolment.secret.empty());
    (void)crypto::read_accounts_in_file({data, size});
    return 0;
}
