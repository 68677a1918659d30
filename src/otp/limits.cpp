#include "otp/limits.hpp"

#include "base/error_number.hpp"

#include <algorithm>
#include <string>

namespace tokendeck::otp {
namespace {

constexpr std::size_t recommended_secret_bytes = 16;  // RFC 4226, R6: at least 128 bits

}  // namespace

std::vector<FitProblem> check_fit(const OtpEnrolment& enrolment, std::string_view slot_name,
                                  const TokenLimits& limits) {
    std::vector<FitProblem> problems;
    const auto block = [&](AccountPart part, base::Error error) { problems.push_back({part, std::move(error), true}); };
    const OtpParameters& p = enrolment.parameters;
    const auto secret = enrolment.secret.bytes();

    const bool numbered = limits.hotp_slots != 0 || limits.totp_slots != 0;
    if (numbered && (p.kind == OtpKind::hotp ? limits.hotp_slots : limits.totp_slots) == 0)
        block(AccountPart::kind, {.code = errors::kind_unsupported, .field = "type", .subject = name(p.kind)});

    const auto bad_secret = [&](base::ErrorCode code) {
        block(AccountPart::secret, {.code = code, .field = "secret"});
    };
    if (secret.empty()) {
        bad_secret(errors::secret_empty);
    } else if (secret.size() > limits.secret_bytes_max) {
        block(AccountPart::secret, {.code = errors::secret_too_long,
                                    .field = "secret",
                                    .actual = base::number(secret.size()),
                                    .limit = base::number(limits.secret_bytes_max)});
    } else if (std::all_of(secret.begin(), secret.end(), [](std::uint8_t byte) { return byte == 0; })) {
        bad_secret(errors::secret_all_zero);
    } else if (secret.front() == 0 && !limits.secret_may_begin_with_zero) {
        bad_secret(errors::secret_leading_zero);
    }

    if ((p.algorithm == HashAlgorithm::sha256 && !limits.sha256) ||
        (p.algorithm == HashAlgorithm::sha512 && !limits.sha512))
        block(AccountPart::algorithm,
              {.code = errors::algorithm_unsupported, .field = "algorithm", .subject = name(p.algorithm)});
    if (p.digits < limits.digits_min || p.digits > limits.digits_max || (p.digits == 7 && !limits.seven_digits))
        block(AccountPart::digits,
              {.code = errors::digits_unsupported, .field = "digits", .actual = p.digits, .limit = limits.digits_max});
    if (p.kind == OtpKind::totp && (p.period == 0 || p.period > limits.period_max))
        block(AccountPart::period,
              {.code = errors::period_unsupported, .field = "period", .actual = p.period, .limit = limits.period_max});
    if (p.kind == OtpKind::hotp && p.counter > limits.counter_max)
        block(AccountPart::counter, {.code = errors::counter_too_large,
                                     .field = "counter",
                                     .subject = std::to_string(p.counter),
                                     .limit = base::number(limits.counter_max)});

    if (slot_name.empty()) {
        block(AccountPart::name, {.code = errors::name_empty, .field = "name"});
    } else {
        if (const auto zero = slot_name.find('\0'); zero != std::string_view::npos)
            block(AccountPart::name, {.code = errors::name_has_zero, .field = "name", .position = zero + 1});
        if (slot_name.size() > limits.name_bytes_max)
            block(AccountPart::name, {.code = errors::name_too_long,
                                      .field = "name",
                                      .actual = base::number(slot_name.size()),
                                      .limit = base::number(limits.name_bytes_max)});
    }

    if (!secret.empty() && secret.size() < recommended_secret_bytes)
        problems.push_back({AccountPart::secret,
                            {.code = errors::secret_short,
                             .field = "secret",
                             .actual = base::number(secret.size()),
                             .limit = base::number(recommended_secret_bytes)},
                            false});
    return problems;
}

std::vector<FitProblem> check_edit(const OtpParameters& held, const OtpParameters& wanted, std::string_view slot_name,
                                   const TokenLimits& limits) {
    OtpEnrolment enrolment;
    enrolment.parameters = wanted;
    if (wanted.counter == held.counter) enrolment.parameters.counter = 0;
    enrolment.secret = base::SecretBytes(recommended_secret_bytes);  // stands for the one that nobody here knows
    std::ranges::fill(enrolment.secret.bytes(), std::uint8_t{1});
    return check_fit(enrolment, slot_name, limits);
}

bool blocked(const std::vector<FitProblem>& problems) {
    return std::any_of(problems.begin(), problems.end(), [](const FitProblem& p) { return p.blocks; });
}

}  // namespace tokendeck::otp
