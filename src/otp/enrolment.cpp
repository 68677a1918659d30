#include "otp/enrolment.hpp"

namespace tokendeck::otp {

std::string title(const OtpEnrolment& enrolment) {
    if (enrolment.issuer.empty()) return enrolment.account;
    if (enrolment.account.empty()) return enrolment.issuer;
    return enrolment.issuer + ": " + enrolment.account;
}

std::string shortened(std::string_view utf8, std::size_t bytes_max) {
    if (utf8.size() <= bytes_max) return std::string(utf8);
    std::size_t end = bytes_max;
    // A continuation byte (10xxxxxx) at the cut means the cut is inside a character.
    while (end > 0 && (static_cast<unsigned char>(utf8[end]) & 0xC0U) == 0x80U) --end;
    return std::string(utf8.substr(0, end));
}

bool same_account(const OtpEnrolment& a, const OtpEnrolment& b) {
    return a.issuer == b.issuer && a.account == b.account && a.parameters == b.parameters &&
           base::same(a.secret, b.secret);
}

std::string whole_name(const OtpEnrolment& enrolment) {
    if (enrolment.issuer.empty() || enrolment.account.empty()) return enrolment.issuer + enrolment.account;
    return enrolment.issuer + ":" + enrolment.account;
}

std::string suggested_name(const OtpEnrolment& enrolment, std::size_t bytes_max) {
    const std::string both = enrolment.issuer + ":" + enrolment.account;
    if (!enrolment.issuer.empty() && !enrolment.account.empty() && both.size() <= bytes_max) return both;
    const std::string& first = enrolment.issuer.empty() ? enrolment.account : enrolment.issuer;
    const std::string& second = enrolment.issuer.empty() ? enrolment.issuer : enrolment.account;
    if (first.size() <= bytes_max) return first;
    if (!second.empty() && second.size() <= bytes_max) return second;
    return shortened(first, bytes_max);
}

}  // namespace tokendeck::otp
