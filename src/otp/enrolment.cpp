#include "otp/enrolment.hpp"

#include "base/utf8.hpp"

#include <algorithm>

namespace tokendeck::otp {

std::string title(const OtpEnrolment& enrolment) {
    if (enrolment.issuer.empty()) return enrolment.account;
    if (enrolment.account.empty()) return enrolment.issuer;
    return enrolment.issuer + ": " + enrolment.account;
}

std::string shortened(std::string_view utf8, std::size_t bytes_max) {
    if (utf8.size() <= bytes_max) return std::string(utf8);
    std::size_t end = bytes_max;
    while (end > 0 && base::continues_character(utf8[end])) --end;
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

std::string distinct_name(const OtpEnrolment& enrolment, std::size_t bytes_max, std::span<const std::string> taken) {
    const auto fresh = [&](const std::string& name) {
        return !name.empty() && std::find(taken.begin(), taken.end(), name) == taken.end();
    };
    const std::string suggested = suggested_name(enrolment, bytes_max);
    if (suggested.empty() || fresh(suggested)) return suggested;
    for (const std::string& name :
         {shortened(whole_name(enrolment), bytes_max), shortened(enrolment.account, bytes_max)})
        if (fresh(name)) return name;
    for (unsigned number = 2;; ++number) {
        const std::string end = " " + std::to_string(number);
        if (end.size() >= bytes_max) return suggested;  // no token has that few bytes for a name
        const std::string name = shortened(suggested, bytes_max - end.size()) + end;
        if (fresh(name)) return name;
    }
}

}  // namespace tokendeck::otp
