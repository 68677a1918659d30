#include "crypto/understand.hpp"

#include "crypto/ascii.hpp"
#include "crypto/base32.hpp"
#include "crypto/errors.hpp"
#include "crypto/otpauth.hpp"
#include "crypto/scheme.hpp"

namespace tokendeck::crypto {
namespace {

constexpr std::string_view white_space = " \t\n\v\f\r";

}  // namespace

base::Result<Understood> understand(const base::SecretText& text) {
    const std::string_view whole = text.view();
    if (whole.size() > text_bytes_max) {
        base::Error error{errors::text_too_long};
        error.actual = static_cast<std::int64_t>(whole.size());
        error.limit = static_cast<std::int64_t>(text_bytes_max);
        return error;
    }
    const std::size_t start = whole.find_first_not_of(white_space);
    if (start == std::string_view::npos) return base::Error{errors::text_empty};
    const std::string_view trimmed = whole.substr(start, whole.find_last_not_of(white_space) + 1 - start);

    const std::string_view scheme = scheme_of(trimmed);
    if (equal_without_case(scheme, "otpauth") || equal_without_case(scheme, "otpauth-migration")) {
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
