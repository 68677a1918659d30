// What the doctor makes of tokens, bus and clock. The bus itself: doctor_tests_linux.cpp.
#include "device/doctor.hpp"
#include "device/doctor_errors.hpp"
#include "device/errors.hpp"
#include "support/catch.hpp"
#include "wire/transport.hpp"

#include <algorithm>

using namespace tokendeck;
using namespace tokendeck::device;
using channel::Finding;
using Weight = Finding::Weight;

namespace {

// 2026-01-01
constexpr base::UnixTime new_year{1'767'225'600'000};

Surroundings all_well() {
    return {true, new_year, true};
}

ExaminedToken token(channel::TokenAccess access, const char* title = "Nitrokey Pro") {
    ExaminedToken token;
    token.info.title = title;
    token.info.access = access;
    return token;
}

const Finding* find(const std::vector<Finding>& findings, base::ErrorCode code) {
    const auto found = std::ranges::find_if(findings, [&](const Finding& f) { return f.error.code == code; });
    return found == findings.end() ? nullptr : &*found;
}

bool any_problem(const std::vector<Finding>& findings) {
    return std::ranges::any_of(findings, [](const Finding& f) { return f.weight == Weight::problem; });
}

}  // namespace

TEST_CASE("Where nothing is wrong, each thing that was checked is said to be fine", "[doctor]") {
    const auto findings = examine({token(channel::TokenAccess::openable)}, {}, all_well());
    CHECK_FALSE(any_problem(findings));
    REQUIRE(find(findings, doctor_errors::token_ready) != nullptr);
    CHECK(find(findings, doctor_errors::token_ready)->error.subject == "Nitrokey Pro");
    CHECK(find(findings, doctor_errors::clock_right) != nullptr);
    for (const Finding& found : findings) CHECK(found.weight == Weight::fine);
}

TEST_CASE("No token at all is a problem, and is not told where the bus shows one", "[doctor]") {
    CHECK(find(examine({}, {}, all_well()), doctor_errors::no_token) != nullptr);
    CHECK(any_problem(examine({}, {}, all_well())));
    const Finding rule{Weight::problem, base::Error{doctor_errors::no_rule, {}, "/dev/hidraw0"}, "sudo something"};
    const auto findings = examine({}, {rule}, all_well());
    CHECK(find(findings, doctor_errors::no_token) == nullptr);
    REQUIRE(find(findings, doctor_errors::no_rule) != nullptr);
    CHECK(find(findings, doctor_errors::no_rule)->command == "sudo something");
}

TEST_CASE("A token that may not be opened is never passed over in silence", "[doctor]") {
    auto closed = token(channel::TokenAccess::no_permission);
    closed.info.node = "/dev/hidraw3";
    SECTION("the bus does not show why") {
        const auto findings = examine({closed}, {}, all_well());
        REQUIRE(find(findings, doctor_errors::no_rule) != nullptr);
        CHECK(find(findings, doctor_errors::no_rule)->error.subject == "/dev/hidraw3");
        CHECK(any_problem(findings));
    }
    SECTION("the bus shows why, which is told once") {
        for (const base::ErrorCode why :
             {doctor_errors::no_rule, doctor_errors::rule_not_applied, doctor_errors::no_seat}) {
            const auto findings =
                examine({closed}, {Finding{Weight::problem, base::Error{why, {}, "/dev/hidraw3"}, {}}}, all_well());
            INFO(why.name);
            CHECK(std::ranges::count_if(findings, [](const Finding& f) { return f.weight == Weight::problem; }) == 1);
            CHECK(findings.front().error.code == why);
        }
    }
}

TEST_CASE("A token that does not tell its state is never called fine, and why is told with its model", "[doctor]") {
    const auto [error, told] = GENERATE(table<base::ErrorCode, base::ErrorCode>({
        {wire::errors::claimed, doctor_errors::token_claimed},
        {wire::errors::unplugged, doctor_errors::token_gone},
        {wire::errors::transfer_failed, doctor_errors::token_unclear},
        {errors::no_answer, doctor_errors::token_silent},
        {errors::foreign_answers, doctor_errors::token_crowded},
        {errors::request_damaged, doctor_errors::token_unclear},
        {errors::impossible_firmware, doctor_errors::token_unclear},
        {errors::internal, doctor_errors::token_unclear},
        {errors::firmware_not_served, doctor_errors::firmware_too_old},
        {errors::card_busy, doctor_errors::card_in_use},
        {wire::errors::no_permission, doctor_errors::no_rule},
    }));
    INFO(error.name);
    auto examined = token(channel::TokenAccess::openable);
    examined.info.node = "/dev/hidraw3";
    examined.error = base::Error{error};
    const auto findings = examine({examined}, {}, all_well());
    REQUIRE(find(findings, told) != nullptr);
    CHECK(find(findings, told)->weight == Weight::problem);
    CHECK(find(findings, told)->error.subject == (told == doctor_errors::no_rule ? "/dev/hidraw3" : "Nitrokey Pro"));
    CHECK(find(findings, doctor_errors::token_ready) == nullptr);
}

TEST_CASE("What a token tells of itself is told", "[doctor]") {
    auto examined = token(channel::TokenAccess::openable);
    SECTION("others are heard: not fine, though it works") {
        examined.others_heard = true;
        const auto findings = examine({examined}, {}, all_well());
        REQUIRE(find(findings, doctor_errors::token_disturbed) != nullptr);
        CHECK(find(findings, doctor_errors::token_disturbed)->weight == Weight::advice);
        CHECK(find(findings, doctor_errors::token_ready) == nullptr);
        CHECK_FALSE(any_problem(findings));
    }
    SECTION("its card is silent") {
        examined.card_silent = true;
        const auto findings = examine({examined}, {}, all_well());
        REQUIRE(find(findings, doctor_errors::card_silent) != nullptr);
        CHECK(any_problem(findings));
    }
    SECTION("its card is in use") {
        examined.card_in_use = true;
        const auto findings = examine({examined}, {}, all_well());
        REQUIRE(find(findings, doctor_errors::card_in_use) != nullptr);
        CHECK_FALSE(any_problem(findings));
    }
    SECTION("its firmware is newer than any known, and not only as new") {
        examined.firmware_minor = 16;
        examined.newest_known = 15;
        const auto findings = examine({examined}, {}, all_well());
        const auto* newer = find(findings, doctor_errors::firmware_newer);
        REQUIRE(newer != nullptr);
        CHECK(newer->error.actual == 16);
        CHECK(newer->error.limit == 15);
        examined.firmware_minor = 15;
        CHECK(find(examine({examined}, {}, all_well()), doctor_errors::firmware_newer) == nullptr);
    }
}

TEST_CASE("Two tokens of one model are told apart by their nodes", "[doctor]") {
    auto first = token(channel::TokenAccess::openable), second = first;
    first.info.node = "/dev/hidraw1";
    second.info.node = "/dev/hidraw2";
    second.error = base::Error{errors::no_answer};
    const auto findings = examine({first, second}, {}, all_well());
    REQUIRE(find(findings, doctor_errors::token_ready) != nullptr);
    CHECK(find(findings, doctor_errors::token_ready)->error.subject == "Nitrokey Pro (/dev/hidraw1)");
    REQUIRE(find(findings, doctor_errors::token_silent) != nullptr);
    CHECK(find(findings, doctor_errors::token_silent)->error.subject == "Nitrokey Pro (/dev/hidraw2)");
}

TEST_CASE("A boot loader and a model that is not served are problems with the model's name", "[doctor]") {
    const auto findings = examine({token(channel::TokenAccess::boot_loader, "Nitrokey Storage (boot loader)"),
                                   token(channel::TokenAccess::not_served, "Nitrokey 3")},
                                  {}, all_well());
    REQUIRE(find(findings, doctor_errors::boot_loader) != nullptr);
    CHECK(find(findings, doctor_errors::boot_loader)->error.subject == "Nitrokey Storage (boot loader)");
    REQUIRE(find(findings, doctor_errors::model_not_served) != nullptr);
    CHECK(find(findings, doctor_errors::model_not_served)->error.subject == "Nitrokey 3");
    CHECK(any_problem(findings));
}

TEST_CASE("What bus and sources both show is told once", "[doctor]") {
    const Finding by_bus{Weight::problem, base::Error{doctor_errors::boot_loader, {}, "Boot"}, {}};
    CHECK(
        examine({token(channel::TokenAccess::boot_loader, "Boot")}, {by_bus}, {true, new_year, std::nullopt}).size() ==
        1);
}

TEST_CASE("A clock that nothing sets is advice, one that was never set a problem, each with what to type", "[doctor]") {
    const std::vector<ExaminedToken> seen{token(channel::TokenAccess::openable)};
    Surroundings around = all_well();
    SECTION("not synchronised") {
        around.clock_synchronised = false;
        const auto findings = examine(seen, {}, around);
        CHECK_FALSE(any_problem(findings));
        REQUIRE(find(findings, doctor_errors::clock_unsynchronised) != nullptr);
        CHECK(find(findings, doctor_errors::clock_unsynchronised)->weight == Weight::advice);
        CHECK(find(findings, doctor_errors::clock_unsynchronised)->command == "sudo timedatectl set-ntp true");
        CHECK(find(findings, doctor_errors::clock_right) == nullptr);
    }
    SECTION("before 2024, by a second") {
        around.now = base::UnixTime{1'704'067'199'999};
        const auto findings = examine(seen, {}, around);
        REQUIRE(find(findings, doctor_errors::clock_absurd) != nullptr);
        CHECK(find(findings, doctor_errors::clock_absurd)->weight == Weight::problem);
        CHECK(find(findings, doctor_errors::clock_right) == nullptr);
        around.now = base::UnixTime{1'704'067'200'000};
        CHECK(find(examine(seen, {}, around), doctor_errors::clock_absurd) == nullptr);
    }
    SECTION("a system that does not tell") {
        around.clock_synchronised = std::nullopt;
        const auto findings = examine(seen, {}, around);
        CHECK(find(findings, doctor_errors::clock_unsynchronised) == nullptr);
        CHECK(find(findings, doctor_errors::clock_right) == nullptr);
    }
}

TEST_CASE("Without hidapi that is the problem, not a token that is missing", "[doctor]") {
    Surroundings around = all_well();
    around.hidapi_there = false;
    const auto findings = examine({}, {}, around);
    REQUIRE(find(findings, doctor_errors::hidapi_missing) != nullptr);
    CHECK_FALSE(find(findings, doctor_errors::hidapi_missing)->command.empty());
    CHECK(find(findings, doctor_errors::no_token) == nullptr);
}

TEST_CASE("Problems come first, then advice, then what is fine", "[doctor]") {
    Surroundings around = all_well();
    around.clock_synchronised = false;
    const auto findings = examine(
        {token(channel::TokenAccess::openable), token(channel::TokenAccess::not_served, "Nitrokey 3")}, {}, around);
    REQUIRE(findings.size() == 3);
    CHECK(findings[0].weight == Weight::problem);
    CHECK(findings[1].weight == Weight::advice);
    CHECK(findings[2].weight == Weight::fine);
}
