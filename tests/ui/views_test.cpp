// Every state of the window can be drawn, small and large, light and dark, and offers what a person needs in it.
#include "support/catch.hpp"

#include "support/languages.hpp"
#include "ui/kit/theme.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/stage.hpp"
#include "ui/states.hpp"

#include <map>
#include <set>

using namespace tokendeck;

namespace {

// What must be seen at 640x480 without scrolling, by state.
const std::map<std::string, std::vector<std::string>>& needed() {
    static const std::map<std::string, std::vector<std::string>> table{
        {"start", {"start/simulate", "start/add", "nav/token"}},
        {"start-looking", {"start/simulate"}},
        {"start-no-permission", {"start/no-permission"}},
        {"start-not-served", {"start/not-served", "start/simulate"}},
        {"start-open-error", {"start/open-error", "start/retry"}},
        {"settings-problems", {"settings/problems"}},
        {"settings-unusable", {"settings/problems"}},
        {"slots-empty", {"slots/add", "slots/free", "slots/map"}},
        {"slots-masked", {"slots/totp:1/show", "slots/search", "clipboard/clear", "help/open"}},
        {"slots-awaited", {"slots/totp:1/await"}},
        {"slots-search", {"slots/totp:4/copy", "slots/search/clear"}},
        {"slots-not-found", {"slots/not-found", "slots/add"}},
        {"slots-map", {"slots/add"}},
        {"slots-longest", {"slots/totp:1/show", "clipboard/loan", "clipboard/clear", "clipboard/keep"}},
        {"slots-help", {"help", "help/close"}},
        {"slots", {"slots/add", "slots/totp:1/copy", "slots/totp:1/remove", "slots/totp:2/copy"}},
        {"slots-code", {"slots/totp:1/code", "slots/totp:1/hide", "clipboard/loan", "clipboard/keep"}},
        {"slots-hotp-code", {"slots/totp:1/copy", "notice/text", "notice/dismiss"}},
        {"slots-waiting", {"notice/text"}},
        {"remove", {"remove/pin", "remove/confirm", "remove/cancel", "pin/admin-tries"}},
        {"remove-error", {"remove/message", "remove/pin", "remove/confirm", "remove/cancel"}},
        {"user-pin", {"userpin/pin", "userpin/confirm", "userpin/cancel"}},
        {"time", {"time/agree", "time/cancel"}},
        {"user-pin-blocked", {"pin/user-blocked", "pin/unblock", "userpin/cancel"}},
        {"user-pin-both-blocked", {"pin/user-blocked", "userpin/cancel"}},
        {"user-pin-last-try", {"userpin/message", "userpin/pin", "userpin/pin/last-try", "userpin/confirm"}},
        {"edit",
         {"edit/name", "edit/digits/8", "edit/period", "edit/pin", "edit/confirm", "edit/cancel", "dialog/token"}},
        {"edit-hotp", {"edit/counter", "edit/pin", "edit/confirm"}},
        {"edit-both-pins", {"edit/counter", "edit/pin", "edit/user-pin", "edit/confirm", "edit/cancel"}},
        {"edit-error", {"edit/message", "edit/pin", "edit/pin/last-try", "edit/confirm", "edit/cancel"}},
        {"edit-over", {"edit/message", "edit/cancel"}},
        {"care",
         {"care/user-pin", "care/admin-pin", "care/unblock", "care/pin-protection", "care/lock", "care/new-key",
          "care/reset", "care/token"}},
        {"care-pro-0.7", {"care/lock-keys", "care/unblock", "care/reset"}},
        {"care-no-token", {"care/no-token"}},
        {"care-user-pin",
         {"care/pin", "care/new-pin", "care/new-pin-again", "care/confirm", "care/cancel", "pin/user-tries",
          "pin/user-facts", "dialog/token"}},
        {"care-user-pin-wrong",
         {"care/message", "care/pin", "care/pin/last-try", "care/new-pin-again", "care/confirm"}},
        {"care-admin-pin", {"care/pin", "care/new-pin", "care/new-pin-again", "care/confirm", "pin/admin-facts"}},
        {"care-admin-blocked", {"pin/admin-blocked", "care/cancel"}},
        {"care-unblock", {"care/pin", "care/new-pin", "care/new-pin-again", "care/confirm"}},
        {"care-pin-protection", {"care/meaning", "care/pin", "care/confirm", "care/cancel"}},
        {"care-lock-keys", {"care/numlock", "care/capslock", "care/scrolllock", "care/pin", "care/confirm"}},
        {"care-lock", {"care/lost", "care/mind", "care/confirm", "care/cancel"}},
        {"care-new-key", {"care/lost", "care/stays", "care/mind", "care/agree", "care/continue"}},
        {"care-new-key-storage", {"care/lost", "care/stays", "care/agree", "care/continue", "care/cancel"}},
        {"care-reset", {"care/lost", "care/stays", "care/mind", "care/agree", "care/continue", "care/cancel"}},
        {"care-reset-storage", {"care/lost", "care/stays", "care/mind", "care/agree", "care/continue", "care/cancel"}},
        {"care-reset-pins", {"care/pin", "care/pin-again", "care/confirm", "care/cancel"}},
        {"care-done", {"care/done", "care/remark/1", "care/remark/4", "care/close"}},
        {"start-findings", {"start/finding/1", "start/finding/1/command", "start/doctor"}},
        {"settings-account-waiting", {"wizard/continue"}},
        {"closing", {"closing/close", "closing/stay"}},
        {"wizard-proven-counter", {"wizard/counters", "wizard/code", "wizard/close"}},
        {"wizard-input", {"wizard/file", "wizard/paste", "wizard/read", "wizard/cancel"}},
        {"wizard-input-error", {"wizard/message", "wizard/file", "wizard/cancel"}},
        {"wizard-browser", {"wizard/folder/up", "wizard/folder/entry/Holidays"}},
        {"wizard-review", {"wizard/name", "wizard/slot", "wizard/write", "wizard/cancel"}},
        {"wizard-review-overwrite", {"wizard/slot", "wizard/overwrite", "wizard/write"}},
        {"wizard-review-problems", {"wizard/name", "wizard/problem/algorithm", "wizard/write"}},
        {"wizard-review-bare", {"wizard/kind/hotp", "wizard/digits/8", "wizard/period", "wizard/name"}},
        {"wizard-review-no-token", {"wizard/message", "wizard/name"}},
        {"wizard-pin", {"wizard/pin", "wizard/confirm", "wizard/back", "wizard/cancel", "pin/admin-tries"}},
        {"wizard-pin-wrong", {"wizard/message", "wizard/pin", "pin/admin-tries"}},
        {"wizard-pin-last-try", {"wizard/pin", "pin/admin-tries"}},
        {"wizard-pin-blocked", {"pin/admin-blocked", "wizard/cancel"}},
        {"wizard-pin-both", {"wizard/pin", "wizard/user-pin", "wizard/confirm"}},
        {"wizard-proven", {"wizard/message", "wizard/code", "wizard/close"}},
        {"wizard-proven-over", {"wizard/message", "wizard/copy", "wizard/close"}},
        {"wizard-failed-unsure", {"wizard/message", "wizard/effect", "wizard/try-again", "wizard/cancel"}},
        {"wizard-failed-mismatch", {"wizard/message", "wizard/effect", "wizard/try-again"}},
        {"wizard-failed-untouched", {"wizard/message", "wizard/effect", "wizard/try-again"}},
        {"diagnostics", {"diagnostics/unplug", "diagnostics/doctor", "nav/slots", "nav/care"}},
        {"settings", {"settings/theme/dark", "settings/theme/light", "settings/theme/system"}},
    };
    return table;
}

struct Size {
    float width, height, scale;
};

}  // namespace

TEST_CASE("Every state draws at every size, with nothing outside of the window and no text cut") {
    const Size size = GENERATE(Size{640, 480, 1}, Size{1280, 800, 1}, Size{1280, 960, 2});
    const bool dark = GENERATE(false, true);
    const words::Language language = GENERATE(words::Language::english, in_german);
    const Speaking speaking(language);
    Stage stage(size.width, size.height, dark, size.scale);
    for (const auto& [name, make] : all_states()) {
        stage.state.~AppState();
        new (&stage.state) state::AppState();
        make(stage.state);
        stage.frames(3);
        INFO(name << " at " << size.width << "x" << size.height << " scale " << size.scale << (dark ? " dark" : "")
                  << (language == in_german ? " in German" : ""));
        for (const ui::Item& item : stage.items.items()) {
            INFO(item.path);
            CHECK(item.x >= 0);
            CHECK(item.y >= 0);
            CHECK(item.x + item.w <= size.width);
            CHECK(item.y + item.h <= size.height);
        }
        for (const std::string& cut : stage.memory.parts().cut) CHECK(cut == "");  // each is a text that was shortened
        CHECK(stage.find("nav/settings") != nullptr);
    }
}

TEST_CASE("What is dragged over the window is told over every page, whether it can be taken or not") {
    const Size size = GENERATE(Size{640, 480, 1}, Size{1280, 800, 1}, Size{1280, 960, 2});
    const words::Language language = GENERATE(words::Language::english, in_german);
    const channel::Drag drag = GENERATE(channel::Drag::takeable, channel::Drag::unusable, channel::Drag::receiving);
    const Speaking speaking(language);
    Stage stage(size.width, size.height, false, size.scale);
    for (const auto& [name, make] : all_states()) {
        stage.state.~AppState();
        new (&stage.state) state::AppState();
        make(stage.state);
        stage.info.drag = drag;
        stage.frames(2);
        INFO(name);
        const ui::Item* const told = stage.find("drag");
        REQUIRE(told != nullptr);
        CHECK(told->y >= 0);
        CHECK(told->y + told->h <= size.height);
        if (language == words::Language::english) {
            const bool busy = !state::takes_accounts(stage.state);
            if (drag == channel::Drag::unusable) CHECK(told->text == (busy ? "Not now" : "This cannot be taken"));
            else CHECK(told->text != "");
        }
        stage.info.drag = channel::Drag::none;
        stage.frames(2);
        CHECK(stage.find("drag") == nullptr);
    }
}

// A tiling window manager makes windows of any size, whatever least one was asked for.
TEST_CASE("Every state draws in windows far too small for it, while the focus wanders by keyboard") {
    const Size size = GENERATE(Size{60, 60, 1}, Size{270, 480, 1}, Size{900, 60, 1}, Size{60, 700, 2},
                               Size{520, 300, 2}, Size{860, 480, 3}, Size{200, 90, 3});
    Stage stage(size.width, size.height, false, size.scale);
    for (const auto& [name, make] : all_states()) {
        stage.state.~AppState();
        new (&stage.state) state::AppState();
        make(stage.state);
        stage.frames(2);
        INFO(name << " at " << size.width << "x" << size.height << " scale " << size.scale);
        bool inside = true;
        for (int i = 0; i < 12; ++i) {
            stage.press(ImGuiKey_Tab);
            stage.mouse(size.width * static_cast<float>(i) / 12, size.height * static_cast<float>(i % 3) / 3);
            for (const ui::Item& item : stage.items.items())
                inside = inside && item.x >= 0 && item.y >= 0 && item.x + item.w <= size.width &&
                         item.y + item.h <= size.height;
        }
        CHECK(inside);
    }
}

TEST_CASE("All of a tooltip is seen in a window narrower than its words") {
    const Size size = GENERATE(Size{240, 400, 1}, Size{480, 800, 2}, Size{720, 700, 3});
    Stage stage(size.width, size.height, false, size.scale);
    for (const auto& [name, make] : all_states())
        if (name == "slots") make(stage.state);
    const ui::Item* edit = nullptr;
    for (int i = 0; i < 40 && (edit == nullptr || !edit->focused); ++i) {
        stage.press(ImGuiKey_Tab);
        edit = stage.find("slots/totp:1/edit");
    }
    REQUIRE(edit != nullptr);
    REQUIRE(edit->focused);
    stage.frames(2);
    bool shown = false;
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
        if (!window->Active || (window->Flags & ImGuiWindowFlags_Tooltip) == 0) continue;
        shown = true;
        INFO(size.width << " at scale " << size.scale);
        CHECK(window->Pos.x >= 0);
        CHECK(window->Pos.y >= 0);
        CHECK(window->Pos.x + window->Size.x <= size.width);
        CHECK(window->Pos.y + window->Size.y <= size.height);
        CHECK(window->ContentSize.y > 1.5F * ui::height(ui::Face::small));  // more than one line
    }
    CHECK(shown);
}

TEST_CASE("What a person needs is seen at 640x480 without scrolling") {
    const words::Language language = GENERATE(words::Language::english, in_german);
    const Speaking speaking(language);
    Stage stage(640, 480);
    std::set<std::string> met;
    for (const auto& [name, make] : all_states()) {
        const auto wanted = needed().find(name);
        if (wanted == needed().end()) continue;
        met.insert(name);
        stage.state.~AppState();
        new (&stage.state) state::AppState();
        make(stage.state);
        stage.frames(3);
        for (const std::string& path : wanted->second) {
            INFO(name << ": " << path << (language == in_german ? " in German" : ""));
            const ui::Item* const item = stage.find(path);
            CHECK(item != nullptr);
            if (item != nullptr) CHECK(item->h >= 14);
        }
    }
    CHECK(met.size() == needed().size());
}

TEST_CASE("No path names two items of one screen") {
    Stage stage(1280, 800);
    for (const auto& [name, make] : all_states()) {
        stage.state.~AppState();
        new (&stage.state) state::AppState();
        make(stage.state);
        stage.frames(2);
        std::set<std::string> paths;
        for (const ui::Item& item : stage.items.items()) {
            INFO(name << ": " << item.path);
            CHECK(paths.insert(item.path).second);
        }
    }
}

TEST_CASE("A code is in the item map only while it is on screen") {
    Stage stage(1280, 800);
    for (const auto& [name, make] : all_states())
        if (name == "slots-code") make(stage.state);
    stage.frame();
    REQUIRE(stage.find("slots/totp:1/code") != nullptr);
    CHECK(stage.find("slots/totp:1/code")->text == "481516");
    stage.state.shown.reset();
    stage.frame();
    for (const ui::Item& item : stage.items.items()) CHECK(item.text.find("481516") == std::string::npos);
}

TEST_CASE("The ring shows how much of a code's time is left") {
    Stage stage(800, 600);
    for (const auto& [name, make] : all_states())
        if (name == "slots-code") make(stage.state);
    stage.frame();
    CHECK(stage.painter.rings == 1);
    CHECK(std::abs(stage.painter.last_fraction - 0.4F) < 0.01F);
}

TEST_CASE("With nothing under way no frame is asked for") {
    Stage stage(800, 600);
    for (const auto& [name, make] : all_states()) {
        if (name != "slots" && name != "slots-code" && name != "start" && name != "settings" && name != "wizard-pin" &&
            name != "wizard-review" && name != "remove")
            continue;
        stage.state.~AppState();
        new (&stage.state) state::AppState();
        make(stage.state);
        stage.frames(4);
        INFO(name);
        CHECK_FALSE(stage.result.redraw_within.has_value());
    }
}

TEST_CASE("While a dialog is open nothing behind it can be used") {
    Stage stage(1280, 800);
    for (const auto& [name, make] : all_states())
        if (name == "remove") make(stage.state);
    stage.frames(2);
    REQUIRE(stage.find("slots/add") != nullptr);
    CHECK_FALSE(stage.find("slots/add")->enabled);
    const ui::Item behind = *stage.find("slots/add");
    stage.mouse(behind.x + behind.w / 2, behind.y + behind.h / 2);
    stage.frames(2);
    stage.mouse_button(true);
    stage.frame();
    stage.mouse_button(false);
    stage.frames(2);
    CHECK(stage.wish<state::StartWizard>() == nullptr);
}

TEST_CASE("Text is legible on what it stands on, in light and in dark") {
    const bool dark = GENERATE(false, true);
    const ui::Palette& p = ui::palette(dark);
    const std::pair<ImU32, ImU32> pairs[] = {
        {p.text, p.background},
        {p.text, p.surface},
        {p.text, p.raised},
        {p.muted, p.background},
        {p.muted, p.surface},
        {p.muted, p.raised},
        {p.on_accent, p.accent},
        {p.on_accent, p.accent_hover},
        {p.accent_text, p.accent_soft},
        {p.accent_text, p.background},
        {p.accent_text, p.surface},
        {p.success, p.surface},
        {p.success, p.success_soft},
        {p.success, p.background},
        {p.warning, p.surface},
        {p.warning, p.warning_soft},
        {p.warning, p.background},
        {p.danger, p.surface},
        {p.danger, p.danger_soft},
        {p.danger, p.background},
        {p.text, p.danger_soft},
        {p.text, p.warning_soft},
        {p.text, p.success_soft},
        {p.text, p.accent_soft},
        {p.on_danger, p.danger_fill},
        {p.simulated, p.simulated_soft},
        {p.muted, p.warning_soft},
        {p.danger, p.warning_soft},
        {p.success, p.warning_soft},
        {p.simulated, p.surface},
    };
    for (std::size_t i = 0; i < std::size(pairs); ++i) {
        INFO("pair " << i << (dark ? " dark" : " light"));
        CHECK(ui::contrast(pairs[i].first, pairs[i].second) >= 4.5);
    }
}
