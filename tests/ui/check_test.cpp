// "Check this token", as a person uses it.
#include "support/catch.hpp"
#include "support/languages.hpp"
#include "ui/stage.hpp"
#include "ui/states.hpp"

#include <string_view>

using namespace tokendeck;

namespace {

void put_on(Stage& stage, std::string_view wanted) {
    for (const auto& [name, make] : all_states())
        if (name == wanted) {
            make(stage.state);
            stage.frames(3);
            return;
        }
    FAIL("no such state");
}

bool is(const base::SecretText& secret, std::string_view text) {
    return base::same(secret, base::SecretText::copy_of(text));
}

}  // namespace

TEST_CASE("The diagnostics offer to check the token, which asks for the PIN and begins with Enter") {
    Stage stage(640, 480);
    put_on(stage, "diagnostics");
    REQUIRE(stage.click("diagnostics/check"));
    REQUIRE(stage.wish<state::AskCheck>() != nullptr);
    put_on(stage, "check");
    REQUIRE(stage.find("check/about") != nullptr);
    REQUIRE(stage.find("check/pin")->focused);
    stage.press(ImGuiKey_Enter);
    CHECK(stage.wish<state::SubmitCheck>() == nullptr);
    stage.type("12345678");
    stage.press(ImGuiKey_Enter);
    auto* const wish = stage.wish<state::SubmitCheck>();
    REQUIRE(wish != nullptr);
    CHECK(is(wish->admin_pin, "12345678"));
    CHECK(wish->user_pin.empty());
}

TEST_CASE("With protected codes a check asks for both PINs") {
    Stage stage(1280, 800);
    put_on(stage, "check-protected-wrong-pin");
    REQUIRE(stage.find("check/pin")->focused);
    stage.type("12345678");
    stage.press(ImGuiKey_Enter);
    CHECK(stage.wish<state::SubmitCheck>() == nullptr);
    REQUIRE(stage.find("check/user-pin")->focused);
    stage.type("123456");
    stage.press(ImGuiKey_Enter);
    auto* const wish = stage.wish<state::SubmitCheck>();
    REQUIRE(wish != nullptr);
    CHECK(is(wish->admin_pin, "12345678"));
    CHECK(is(wish->user_pin, "123456"));
}

TEST_CASE("Where nothing can be written a check asks for no PIN and says why") {
    Stage stage(640, 480);
    put_on(stage, "check-reading-only");
    CHECK(stage.find("check/pin") == nullptr);
    CHECK(stage.find("check/about")->text.find("only reads") != std::string::npos);
    REQUIRE(stage.click("check/confirm"));
    REQUIRE(stage.wish<state::SubmitCheck>() != nullptr);
    CHECK(stage.wish<state::SubmitCheck>()->admin_pin.empty());
}

TEST_CASE("A check shows its steps and can be stopped, once; its report can be copied") {
    Stage stage(1280, 800);
    put_on(stage, "check-running");
    CHECK(stage.find("check/step/12")->text.find("passed") != std::string::npos);
    CHECK(stage.find("check/step/13")->text.find("running") != std::string::npos);
    REQUIRE(stage.click("check/stop"));
    CHECK(stage.wish<state::LeaveCheck>() != nullptr);
    put_on(stage, "check-stopping");
    CHECK_FALSE(stage.find("check/stop")->enabled);
    put_on(stage, "check-done");
    CHECK(stage.find("check/summary")->text.find("17 of 17 steps passed, Nitrokey Pro") != std::string::npos);
    {
        const Speaking german(in_german);
        stage.frames(2);
        CHECK(stage.find("check/summary")->text.find("17 von 17 Schritten bestanden, Nitrokey Pro") !=
              std::string::npos);
    }
    stage.frames(2);
    REQUIRE(stage.click("check/copy"));
    CHECK(stage.wish<state::CopyCheckReport>() != nullptr);
    put_on(stage, "check-failed");
    CHECK(stage.find("check/left")->text.find("HOTP 2") != std::string::npos);
    CHECK(stage.find("check/trouble") != nullptr);
}

TEST_CASE("However much a check found, its buttons stay in view and the rest can be scrolled to") {
    const words::Language language = GENERATE(words::Language::english, in_german);
    const Speaking speaking(language);
    Stage stage(960, 640);
    put_on(stage, "check-failed");
    REQUIRE(stage.find("check/summary") != nullptr);
    for (const char* const button : {"check/close", "check/copy"}) {
        INFO(button);
        REQUIRE(stage.find(button) != nullptr);
        CHECK(stage.find(button)->h > 30);
        CHECK(stage.find(button)->y + stage.find(button)->h < 640);
    }
    for (int i = 0; i < 4; ++i) {
        stage.press(ImGuiKey_PageDown);
        stage.frames(2);
    }
    CHECK(stage.find("check/step/17") != nullptr);
    REQUIRE(stage.click("check/copy"));
    CHECK(stage.wish<state::CopyCheckReport>() != nullptr);
}
