#include "crypto/understand.hpp"

#include "base/ascii.hpp"
#include "crypto/base32.hpp"
#include "crypto/errors.hpp"
#include "crypto/otpauth.hpp"
#include "crypto/scheme.hpp"

namespace tokendeck::crypto {
base::Result<Understood> understand(const base::SecretText& text) {
    const std::string_view whole = text.view();
    if (whole.size() > text_bytes_max) {
        base::Error error{errors::text_too_long};
        error.actual = static_cast<std::int64_t>(whole.size());
        error.limit = static_cast<std::int64_t>(text_bytes_max);
        return error;
    }
    const std::string_view trimmed = base::trimmed(whole);
    const auto start = static_cast<std::size_t>(trimmed.data() - whole.data());
    if (trimmed.empty()) return base::Error{errors::text_empty};

    const std::string_view scheme = scheme_of(trimmed);
    if (base::equal_without_case(scheme, "otpauth") || base::equal_without_case(scheme, "otpauth-migration")) {
        auto enrolment = parse_otpauth(base::SecretText::copy_of(trimmed));
        if (!enrolment) {
            base::Error error = std::move(enrolment).error();
            if (error.position) *error.position += start;  // white space: one byte a character
            return error;
        }
        return Understood{channel::EnrolmentSource::uri, std::move(enrolment).value()};
    }
    if (!scheme.empty() && trimmed.substr(scheme.size() + 1).starts_with("//")) return not_otpauth(scheme);

    auto secret = decode_base32(whole);
    if (!secret) return std::move(secret).error();
    Understood understood{channel::EnrolmentSource::bare_secret, {}};
    understood.enrolment.secret = std::move(secret).value();
    return understood;
}

}  // namespace tokendeck::crypto
