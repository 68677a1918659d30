// The diagnostics page.
#include "support/catch.hpp"
#include "ui/diagnostics/parts.hpp"
#include "ui/stage.hpp"
#include "ui/states.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

using namespace tokendeck;
using ui::diagnostics::Axis;
using ui::diagnostics::axis_for;

namespace {

void show(Stage& stage, std::string_view wanted) {
    for (const auto& [name, make] : all_states())
        if (name == wanted) {
            make(stage.state);
            stage.frames(3);
            return;
        }
    FAIL("no such state");
}

bool says(const Stage& stage, std::string_view path, std::string_view part) {
    return std::any_of(stage.items.items().begin(), stage.items.items().end(), [&](const ui::Item& item) {
        return item.path.starts_with(path) && item.text.find(part) != std::string::npos;
    });
}

channel::NewestFirmware newest(std::uint8_t minor) {
    channel::NewestFirmware made;
    made.minor = minor;
    made.noted = "2026-11";
    made.limits.secret_bytes_max = 40;
    made.limits.totp_slots = 15;
    made.abilities.edit = true;
    return made;
}

}  // namespace

TEST_CASE("One click or Enter copies the report, with a token and without one, in the narrowest window") {
    for (const char* name : {"diagnostics", "diagnostics-storage", "diagnostics-no-token"}) {
        INFO(name);
        Stage stage(640, 480);
        show(stage, name);
        REQUIRE(stage.click("diagnostics/copy-report"));
        CHECK(stage.wish<state::CopyReport>() != nullptr);
    }
}

TEST_CASE("The newest firmware known is told beside the one on the token, with when that was noted") {
    Stage stage(1280, 1200);
    show(stage, "diagnostics");
    stage.state.active->status.newest.reset();
    stage.frames(2);
    CHECK(says(stage, "diagnostics/limits/1", "not known for this model"));
    stage.state.active->status.newest = newest(15);
    stage.frames(2);
    CHECK(says(stage, "diagnostics/limits/1", "0.15 is the newest known (as of 2026-11)"));
}

TEST_CASE("An old firmware says which newer one is known and what it brings and takes away") {
    Stage stage(1280, 1600);
    show(stage, "diagnostics-pro-0.7");
    stage.state.active->status.newest = newest(15);
    stage.frames(2);
    CHECK(says(stage, "diagnostics/limits/1", "Newer version: 0.15"));
    CHECK(says(stage, "diagnostics/limits/2", "secrets of up to 40 bytes"));
    CHECK(says(stage, "diagnostics/limits/3", "codes typed by lock keys"));
}

TEST_CASE("Whether the computer's clock is kept right is told") {
    Stage stage(1280, 1600);
    show(stage, "diagnostics");
    stage.state.diagnostics.computer_clock.reset();
    stage.frames(2);
    CHECK(says(stage, "diagnostics/clock/", "this system does not say"));
    stage.state.diagnostics.computer_clock = channel::ComputerClock{false, {}, {}, {}};
    stage.frames(2);
    CHECK(says(stage, "diagnostics/clock/", "no; if it is wrong, codes are wrong, too"));
    stage.state.diagnostics.computer_clock = channel::ComputerClock{true, base::Microseconds{2'500}, {}, {}};
    stage.frames(2);
    CHECK(says(stage, "diagnostics/clock/", "yes, within 2.5 ms"));
}

TEST_CASE("Times by command, errors by kind and the last commands are told, the newest first") {
    Stage stage(1280, 4000);
    show(stage, "diagnostics");
    auto& d = stage.state.diagnostics;
    d.errors = {{"wrong PIN", 4}, {"device.no-answer", 9}};
    d.exchanges.push_back({"SET_TIME", "ok", false, base::Microseconds{7'100}, 2, 0, {}});
    stage.frames(2);
    CHECK(says(stage, "diagnostics/errors/1", "device.no-answer: 9"));
    CHECK(says(stage, "diagnostics/errors/2", "wrong PIN: 4"));
    CHECK(says(stage, "diagnostics/by-command/", "READ_SLOT_NAME"));
    CHECK(says(stage, "diagnostics/command/1", "SET_TIME ok 7.1 ms"));
    CHECK(stage.find("diagnostics/command/32") != nullptr);
    CHECK(stage.find("diagnostics/command/33") == nullptr);
}

TEST_CASE("Before anything happened the page says what to do") {
    Stage stage(1280, 1200);
    show(stage, "diagnostics-no-token");
    CHECK(says(stage, "diagnostics/times", "Plug one in"));
    CHECK(stage.find("diagnostics/plot") == nullptr);
    CHECK(says(stage, "diagnostics/errors", "None since the program started"));
}

TEST_CASE("Two columns where there is room, one in the narrowest window") {
    const auto beside = [](float width) {
        Stage stage(width, 3000);
        show(stage, "diagnostics");
        REQUIRE(stage.find("diagnostics/token/1") != nullptr);
        REQUIRE(stage.find("diagnostics/limits/1") != nullptr);
        return stage.find("diagnostics/limits/1")->x > stage.find("diagnostics/token/1")->x;
    };
    CHECK(beside(1280));
    CHECK(beside(960));
    CHECK_FALSE(beside(640));
}

TEST_CASE("The plot's axis holds all times and has ends and ticks of 1, 2 or 5") {
    struct Span {
        double least, most;
    };
    for (const Span& span :
         {Span{3.2, 9.9}, Span{4, 2'000}, Span{0.3, 0.4}, Span{1, 1}, Span{95, 1'050}, Span{0, 0}, Span{2, 60'000}}) {
        INFO(span.least << " to " << span.most);
        const Axis axis = axis_for(span.least, span.most);
        CHECK(axis.high >= span.most);
        CHECK((axis.low <= span.least || axis.low == 0.1));
        CHECK(axis.high >= axis.low * 9.9);
        REQUIRE(axis.ticks.size() >= 2);
        CHECK(axis.ticks.size() <= 8);
        CHECK(std::is_sorted(axis.ticks.begin(), axis.ticks.end()));
        for (const double tick : axis.ticks) {
            CHECK(axis.place(tick) >= 0);
            CHECK(axis.place(tick) <= 1);
            double digit = tick;
            while (digit >= 9.99) digit /= 10;
            while (digit < 0.99) digit *= 10;
            CHECK((std::abs(digit - 1) < 0.01 || std::abs(digit - 2) < 0.01 || std::abs(digit - 5) < 0.01));
        }
        CHECK(axis.place(axis.low) == 0);
        CHECK(axis.place(axis.high) == 1);
        CHECK(axis.place(axis.high * 10) == 1);
    }
}
