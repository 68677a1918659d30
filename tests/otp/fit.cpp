// What a token cannot hold is found before a PIN is typed.
#include "otp/limits.hpp"
#include "support/catch.hpp"

#include <set>
#include <string>
#include <utility>

using namespace tokendeck;
using namespace tokendeck::otp;

namespace {

TokenLimits pro() {
    TokenLimits limits;
    limits.hotp_slots = 3;
    limits.totp_slots = 15;
    limits.secret_bytes_max = 40;
    limits.name_bytes_max = 15;
    limits.period_max = 65535;
    limits.counter_max = INT64_MAX;
    return limits;
}

OtpEnrolment account(std::size_t secret_bytes = 20, std::uint8_t fill = 'k') {
    OtpEnrolment enrolment;
    enrolment.secret = base::SecretBytes(secret_bytes);
    for (auto& byte : enrolment.secret.bytes()) byte = fill;
    return enrolment;
}

// The only problem; fails if there is none or another.
FitProblem only(const std::vector<FitProblem>& problems) {
    REQUIRE(problems.size() == 1);
    return problems[0];
}

void blocks(const OtpEnrolment& enrolment, base::ErrorCode code, const char* field,
            std::optional<std::int64_t> actual = {}, std::optional<std::int64_t> limit = {},
            const TokenLimits& limits = pro()) {
    const auto problem = only(check_fit(enrolment, "name", limits));
    CHECK(problem.blocks);
    CHECK(problem.error.code.name == code.name);
    CHECK(problem.error.field == field);
    CHECK(problem.error.actual == actual);
    CHECK(problem.error.limit == limit);
}

bool fits(const OtpEnrolment& enrolment, std::string_view name = "name", const TokenLimits& limits = pro()) {
    return check_fit(enrolment, name, limits).empty();
}

}  // namespace

TEST_CASE("An ordinary account fits") {
    CHECK(fits(account()));
    CHECK_FALSE(blocked(check_fit(account(), "name", pro())));
}

TEST_CASE("A secret of 40 bytes fits, of 41 it does not, and an empty one never") {
    CHECK(fits(account(40)));
    blocks(account(41), errors::secret_too_long, "secret", 41, 40);
    blocks(account(0), errors::secret_empty, "secret");
}

TEST_CASE("A secret of zeros is refused, for the token would keep the old one") {
    blocks(account(20, 0), errors::secret_all_zero, "secret");
    auto one_bit = account(20, 0);
    one_bit.secret.bytes()[19] = 1;
    CHECK(fits(one_bit));
}

TEST_CASE("A short secret is worth a word and blocks nothing") {
    CHECK(fits(account(16)));
    const auto problems = check_fit(account(15), "name", pro());
    const auto problem = only(problems);
    CHECK_FALSE(problem.blocks);
    CHECK_FALSE(blocked(problems));
    CHECK(problem.error.code == errors::secret_short);
    CHECK(problem.error.actual == std::optional<std::int64_t>{15});
}

TEST_CASE("Six and eight digits fit, others do not") {
    for (const std::uint32_t digits : {6U, 8U}) {
        auto enrolment = account();
        enrolment.parameters.digits = digits;
        CHECK(fits(enrolment));
    }
    for (const std::uint32_t digits : {0U, 1U, 5U, 7U, 9U, 10U, UINT32_MAX}) {
        INFO(digits);
        auto enrolment = account();
        enrolment.parameters.digits = digits;
        blocks(enrolment, errors::digits_unsupported, "digits", digits, 8);
    }
    auto seven = account();
    seven.parameters.digits = 7;
    auto limits = pro();
    limits.seven_digits = true;
    CHECK(fits(seven, "name", limits));
}

TEST_CASE("A period of 1 to 65535 seconds fits, but only TOTP has one") {
    auto enrolment = account();
    for (const std::uint32_t period : {1U, 30U, 65535U}) {
        enrolment.parameters.period = period;
        CHECK(fits(enrolment));
    }
    for (const std::uint32_t period : {0U, 65536U, UINT32_MAX}) {
        enrolment.parameters.period = period;
        enrolment.parameters.kind = OtpKind::totp;
        blocks(enrolment, errors::period_unsupported, "period", period, 65535);
        enrolment.parameters.kind = OtpKind::hotp;
        CHECK(fits(enrolment));
    }
}

TEST_CASE("A counter fits up to the most the token has, but only HOTP has one") {
    auto enrolment = account();
    enrolment.parameters.kind = OtpKind::hotp;
    enrolment.parameters.counter = INT64_MAX;
    CHECK(fits(enrolment));
    for (const auto& [counter, figure] : {std::pair{std::uint64_t{1} << 63, "9223372036854775808"},
                                          std::pair{std::uint64_t{UINT64_MAX}, "18446744073709551615"}}) {
        enrolment.parameters.counter = counter;
        blocks(enrolment, errors::counter_too_large, "counter", {}, INT64_MAX);
        CHECK(only(check_fit(enrolment, "name", pro())).error.subject == figure);
    }
    auto limits = pro();
    limits.counter_max = 9'999'999;
    enrolment.parameters.counter = 9'999'999;
    CHECK(fits(enrolment, "name", limits));
    enrolment.parameters.counter = 10'000'000;
    blocks(enrolment, errors::counter_too_large, "counter", {}, 9'999'999, limits);
    enrolment.parameters.kind = OtpKind::totp;
    CHECK(fits(enrolment, "name", limits));
}

TEST_CASE("An edit is held to the same limits, but for the secret and a counter that stays where it is") {
    OtpParameters held;
    held.kind = OtpKind::hotp;
    held.counter = std::uint64_t{1} << 63;  // written by another program
    CHECK(check_edit(held, held, "name", pro()).empty());
    CHECK(only(check_edit(held, held, "sixteen letters.", pro())).error.code == errors::name_too_long);
    auto wanted = held;
    wanted.counter = INT64_MAX;
    CHECK(check_edit(held, wanted, "name", pro()).empty());
    wanted.counter = held.counter + 1;
    CHECK(only(check_edit(held, wanted, "name", pro())).error.code == errors::counter_too_large);
}

TEST_CASE("Another algorithm than SHA1 fits only where the token has it") {
    for (const auto algorithm : {HashAlgorithm::sha256, HashAlgorithm::sha512}) {
        auto enrolment = account();
        enrolment.parameters.algorithm = algorithm;
        const auto problem = only(check_fit(enrolment, "name", pro()));
        CHECK(problem.blocks);
        CHECK(problem.error.code == errors::algorithm_unsupported);
        CHECK(problem.error.subject == name(algorithm));
        auto limits = pro();
        (algorithm == HashAlgorithm::sha256 ? limits.sha256 : limits.sha512) = true;
        CHECK(fits(enrolment, "name", limits));
    }
}

TEST_CASE("A name of 1 to 15 bytes fits, counted in bytes, without a zero byte") {
    CHECK(fits(account(), "n"));
    CHECK(fits(account(), "fifteen bytes !"));
    const auto empty = only(check_fit(account(), "", pro()));
    CHECK(empty.blocks);
    CHECK(empty.error.code == errors::name_empty);
    const auto longer = only(check_fit(account(), "sixteen bytes !!", pro()));
    CHECK(longer.blocks);
    CHECK(longer.error.code == errors::name_too_long);
    CHECK(longer.error.actual == std::optional<std::int64_t>{16});
    CHECK(longer.error.limit == std::optional<std::int64_t>{15});
    CHECK(fits(account(), "ääääääa"));                                                         // 7 characters, 13 bytes
    CHECK(only(check_fit(account(), "ääääääää", pro())).error.code == errors::name_too_long);  // 8, 16 bytes
    const auto zero = only(check_fit(account(), std::string_view("a\0b", 3), pro()));
    CHECK(zero.blocks);
    CHECK(zero.error.code == errors::name_has_zero);
    CHECK(zero.error.position == std::optional<std::size_t>{2});
}

TEST_CASE("A kind for which the token has no slots is refused, and named slots take both") {
    auto limits = pro();
    limits.hotp_slots = 0;
    auto enrolment = account();
    CHECK(fits(enrolment, "name", limits));
    enrolment.parameters.kind = OtpKind::hotp;
    const auto problem = only(check_fit(enrolment, "name", limits));
    CHECK(problem.error.code == errors::kind_unsupported);
    CHECK(problem.error.subject == "hotp");
    limits.totp_slots = 0;  // a token with named slots
    CHECK(fits(enrolment, "name", limits));
}

TEST_CASE("All that is wrong is told at once, what blocks first") {
    auto enrolment = account(3);
    enrolment.parameters.algorithm = HashAlgorithm::sha256;
    enrolment.parameters.digits = 7;
    enrolment.parameters.period = 0;
    const auto problems = check_fit(enrolment, "", pro());
    REQUIRE(problems.size() == 5);
    for (std::size_t i = 0; i < 4; ++i) CHECK(problems[i].blocks);
    CHECK(problems[4].error.code == errors::secret_short);
    CHECK(blocked(problems));
}

TEST_CASE("The names of the errors are different and carry their room") {
    std::set<std::string_view> names;
    for (const auto& code : errors::all) {
        CHECK(code.name.rfind("otp.", 0) == 0);
        names.insert(code.name);
    }
    CHECK(names.size() == errors::all.size());
}
