#include "otp/limits.hpp"

#include <algorithm>
#include <string>

namespace tokendeck::otp {
namespace {

constexpr std::size_t recommended_secret_bytes = 16;  // RFC 4226, R6: at least 128 bits

base::Error problem(base::ErrorCode code, const char* field, std::optional<std::int64_t> actual = {},
                    std::optional<std::int64_t> limit = {}) {
    base::Error error{code};
    error.field = field;
    error.actual = actual;
    error.limit = limit;
    return error;
}

}  // namespace

std::vector<FitProblem> check_fit(const OtpEnrolment& enrolment, std::string_view slot_name,
                                  const TokenLimits& limits) {
    std::vector<FitProblem> problems;
    const auto block = [&](base::Error error) { problems.push_back({std::move(error), true}); };
    const OtpParameters& p = enrolment.parameters;
    const auto secret = enrolment.secret.bytes();

    const bool numbered = limits.hotp_slots != 0 || limits.totp_slots != 0;
    if (numbered && (p.kind == OtpKind::hotp ? limits.hotp_slots : limits.totp_slots) == 0) {
        block(problem(errors::kind_unsupported, "type"));
        problems.back().error.subject = name(p.kind);
    }

    if (secret.empty()) {
        block(problem(errors::secret_empty, "secret"));
    } else if (secret.size() > limits.secret_bytes_max) {
        block(problem(errors::secret_too_long, "secret", static_cast<std::int64_t>(secret.size()),
                      static_cast<std::int64_t>(limits.secret_bytes_max)));
    } else if (std::all_of(secret.begin(), secret.end(), [](std::uint8_t byte) { return byte == 0; })) {
        block(problem(errors::secret_all_zero, "secret"));
    } else if (secret.front() == 0 && !limits.secret_may_begin_with_zero) {
        block(problem(errors::secret_leading_zero, "secret"));
    }

    if ((p.algorithm == HashAlgorithm::sha256 && !limits.sha256) ||
        (p.algorithm == HashAlgorithm::sha512 && !limits.sha512)) {
        block(problem(errors::algorithm_unsupported, "algorithm"));
        problems.back().error.subject = name(p.algorithm);
    }
    if (p.digits < limits.digits_min || p.digits > limits.digits_max || (p.digits == 7 && !limits.seven_digits))
        block(problem(errors::digits_unsupported, "digits", p.digits, limits.digits_max));
    if (p.kind == OtpKind::totp && (p.period == 0 || p.period > limits.period_max))
        block(problem(errors::period_unsupported, "period", p.period, limits.period_max));
    if (p.kind == OtpKind::hotp && p.counter > limits.counter_max) {
        block(problem(errors::counter_too_large, "counter", {}, static_cast<std::int64_t>(limits.counter_max)));
        problems.back().error.subject = std::to_string(p.counter);
    }

    if (slot_name.empty()) {
        block(problem(errors::name_empty, "name"));
    } else {
        if (const auto zero = slot_name.find('\0'); zero != std::string_view::npos) {
            block(problem(errors::name_has_zero, "name"));
            problems.back().error.position = zero + 1;
        }
        if (slot_name.size() > limits.name_bytes_max)
            block(problem(errors::name_too_long, "name", static_cast<std::int64_t>(slot_name.size()),
                          static_cast<std::int64_t>(limits.name_bytes_max)));
    }

    if (!secret.empty() && secret.size() < recommended_secret_bytes)
        problems.push_back({problem(errors::secret_short, "secret", static_cast<std::int64_t>(secret.size()),
                                    static_cast<std::int64_t>(recommended_secret_bytes)),
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
