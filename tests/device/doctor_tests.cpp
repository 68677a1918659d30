// What the doctor makes of tokens, bus and clock. The bus itself: doctor_tests_linux.cpp.
#include "device/doctor.hpp"
#include "device/doctor_errors.hpp"
#include "support/catch.hpp"

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

channel::TokenInfo token(channel::TokenAccess access, const char* title = "Nitrokey Pro") {
    channel::TokenInfo info;
    info.title = title;
    info.access = access;
    return info;
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
    closed.node = "/dev/hidraw3";
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
    const std::vector<channel::TokenInfo> seen{token(channel::TokenAccess::openable)};
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
