#include "base/ascii.hpp"
#include "crypto/base32.hpp"
#include "crypto/errors.hpp"
#include "crypto/otpauth.hpp"
#include "crypto/uri_piece.hpp"

#include <string>

namespace tokendeck::crypto {
namespace {

// What RFC 3986 calls unreserved stays, all else is percent-encoded: a reader must not have to know more.
void append_encoded(base::SecretText& to, std::string_view text) {
    for (const char c : text) {
        if (base::is_letter(c) || base::is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~') {
            to.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        to.push_back('%');
        to.push_back(base::hex_digit(byte >> 4));
        to.push_back(base::hex_digit(byte));
    }
}

}  // namespace

base::Result<base::SecretText> write_otpauth(const otp::OtpEnrolment& enrolment) {
    const otp::OtpParameters& parameters = enrolment.parameters;
    if (enrolment.issuer.find(':') != std::string::npos) return uri::problem(errors::name_has_colon, "issuer");
    if (enrolment.account.find(':') != std::string::npos) return uri::problem(errors::name_has_colon, "account");
    if (enrolment.account.empty()) return uri::problem(errors::label_missing, "account");
    if (enrolment.secret.empty()) return uri::problem(errors::secret_empty, "secret");

    auto text = base::SecretText::copy_of("otpauth://");
    text.append(otp::name(parameters.kind));
    text.push_back('/');
    if (!enrolment.issuer.empty()) {
        append_encoded(text, enrolment.issuer);
        text.push_back(':');
    }
    append_encoded(text, enrolment.account);
    text.append("?secret=");
    text.append(encode_base32(enrolment.secret.bytes()).view());
    if (!enrolment.issuer.empty()) {
        text.append("&issuer=");
        append_encoded(text, enrolment.issuer);
    }
    text.append("&algorithm=");
    text.append(otp::name(parameters.algorithm));
    text.append("&digits=" + std::to_string(parameters.digits));
    if (parameters.kind == otp::OtpKind::totp) text.append("&period=" + std::to_string(parameters.period));
    else text.append("&counter=" + std::to_string(parameters.counter));

    const auto back = parse_otpauth(text);
    otp::OtpParameters meant = parameters;
    if (meant.kind == otp::OtpKind::totp) meant.counter = 0;
    else meant.period = otp::OtpParameters{}.period;
    if (!back || !back.value().remarks.empty() || back.value().enrolment.issuer != enrolment.issuer ||
        back.value().enrolment.account != enrolment.account || !(back.value().enrolment.parameters == meant) ||
        !same(back.value().enrolment.secret, enrolment.secret))
        return base::Error{errors::uri_not_writable};
    return text;
}

}  // namespace tokendeck::crypto
