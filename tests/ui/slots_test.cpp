// The page with the codes: what is typed and clicked there, and what may be read.
#include "support/catch.hpp"

#include <cmath>

#include "ui/stage.hpp"
#include "ui/states.hpp"

using namespace tokendeck;

namespace {

otp::SlotId totp(std::uint8_t number) {
    return otp::NumberedSlot{otp::OtpKind::totp, number};
}

const otp::SlotId hotp1 = otp::NumberedSlot{otp::OtpKind::hotp, 1};

// Server room (HOTP 1), GitHub, Posteo, Müller:Bank, VPN: listed in this order.
void put_accounts(Stage& stage, std::string_view wanted = "slots") {
    for (const auto& [name, make] : all_states())
        if (name == wanted) make(stage.state);
    REQUIRE(stage.state.active);
    stage.frames(3);
    stage.wishes.clear();
}

// As the state would do with what was wished.
void carry_out_search(Stage& stage) {
    if (const auto* search = stage.wish<state::Search>()) stage.state.search = search->text;
    stage.frame();
}

void search_for(Stage& stage, std::string_view text) {
    for (const char c : text) {
        stage.type({&c, 1});
        carry_out_search(stage);
    }
    stage.frames(3);
}

void show_code(Stage& stage, const char* digits = "481516") {
    auto& shown = stage.state.shown.emplace();
    shown.slot = totp(1);
    shown.name = "GitHub";
    shown.code = base::SecretText::copy_of(digits);
    shown.valid_from = {stage.state.unix_now.milliseconds - 10'000};
    shown.valid_until = {stage.state.unix_now.milliseconds + 20'000};
    shown.masked_at = stage.state.now + std::chrono::seconds{8};
}

bool on_screen(const Stage& stage, std::string_view text) {
    for (const auto& item : stage.items.items()) {
        std::string together = item.text;
        std::erase(together, ' ');
        if (together.find(text) != std::string::npos) return true;
    }
    return false;
}

void function_key(Stage& stage, ui::compat::keys::Key key) {
#if IMGUI_VERSION_NUM >= 18700
    stage.press(key);
#else
    ImGui::GetIO().KeysDown[key] = true;
    stage.frame();
    ImGui::GetIO().KeysDown[key] = false;
    stage.frame();
#endif
}

std::string focused(const Stage& stage) {
    std::string path;
    for (const auto& item : stage.items.items())
        if (item.focused) path += item.path;
    return path;
}

}  // namespace

TEST_CASE("A code that is masked is nowhere on screen, one that is not is in its row") {
    Stage stage(960, 640);
    put_accounts(stage);
    show_code(stage);
    stage.frames(2);
    REQUIRE(stage.find("slots/totp:1/code") != nullptr);
    CHECK(on_screen(stage, "481516"));
    CHECK(stage.find("slots/totp:1/show") == nullptr);

    stage.state.now = stage.state.shown->masked_at;
    stage.frames(2);
    CHECK(stage.find("slots/totp:1/code") == nullptr);
    CHECK_FALSE(on_screen(stage, "481516"));
    REQUIRE(stage.click("slots/totp:1/show"));
    CHECK(stage.wish<state::ShowCode>() != nullptr);
    CHECK(stage.wish<state::CopyCode>() == nullptr);
}

TEST_CASE("Where codes are not masked the code stays as long as it is shown") {
    Stage stage(960, 640);
    put_accounts(stage);
    show_code(stage);
    stage.state.settings.mask_codes = false;
    stage.state.now = stage.state.shown->masked_at;
    stage.frames(2);
    CHECK(stage.find("slots/totp:1/code") != nullptr);
}

TEST_CASE("A click on a card copies, also once more while its code is masked, and the buttons in it do not") {
    Stage stage(960, 640);
    put_accounts(stage);
    show_code(stage);
    stage.state.now = stage.state.shown->masked_at;
    stage.frames(2);
    REQUIRE(stage.click("slots/totp:1/copy"));
    REQUIRE(stage.wish<state::CopyCode>() != nullptr);
    CHECK(stage.wish<state::CopyCode>()->slot == totp(1));
    stage.wishes.clear();
    REQUIRE(stage.click("slots/totp:1/edit"));
    REQUIRE(stage.click("slots/totp:1/remove"));
    CHECK(stage.wish<state::CopyCode>() == nullptr);
}

TEST_CASE("The code on display is hidden by its button") {
    Stage stage(960, 640);
    put_accounts(stage);
    show_code(stage);
    stage.frames(2);
    REQUIRE(stage.click("slots/totp:1/hide"));
    CHECK(stage.wish<state::HideCode>() != nullptr);
}

TEST_CASE("A digit copies the code with that number, and one without an account nothing") {
    Stage stage(960, 640);
    put_accounts(stage);
    stage.type("1");
    REQUIRE(stage.wish<state::CopyCode>() != nullptr);
    CHECK(stage.wish<state::CopyCode>()->slot == totp(1));
    stage.wishes.clear();
    stage.type("5");  // after all time-based ones
    REQUIRE(stage.wish<state::CopyCode>() != nullptr);
    CHECK(stage.wish<state::CopyCode>()->slot == hotp1);
    stage.wishes.clear();
    stage.type("6");
    stage.type("0");
    CHECK(stage.wish<state::CopyCode>() == nullptr);
}

TEST_CASE("While something is searched for, digits belong to the search") {
    Stage stage(960, 640);
    put_accounts(stage);
    search_for(stage, "git2");
    CHECK(stage.wish<state::CopyCode>() == nullptr);
    CHECK(stage.state.search == "git2");
}

TEST_CASE("Letters search without a click; Enter copies what was found first; Escape ends the search") {
    Stage stage(960, 640);
    put_accounts(stage);
    search_for(stage, "vpn");
    CHECK(stage.state.search == "vpn");
    CHECK(stage.find("slots/totp:4/copy") != nullptr);
    CHECK(stage.find("slots/totp:1/copy") == nullptr);
    stage.press(ImGuiKey_Enter);
    REQUIRE(stage.wish<state::CopyCode>() != nullptr);
    CHECK(stage.wish<state::CopyCode>()->slot == totp(4));
    stage.wishes.clear();
    stage.press(ImGuiKey_Escape);
    REQUIRE(stage.wish<state::Search>() != nullptr);
    CHECK(stage.wish<state::Search>()->text.empty());
    CHECK(stage.wishes.size() == 1);
    carry_out_search(stage);
    stage.frames(3);
    REQUIRE(stage.find("slots/search") != nullptr);
    CHECK(stage.find("slots/search")->text.empty());
    CHECK(stage.find("slots/totp:1/copy") != nullptr);
}

TEST_CASE("What is typed quickly into the search is not lost and keeps its order") {
    Stage stage(960, 640);
    put_accounts(stage);
    for (const char c : std::string_view("serv")) ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(c));
    stage.frame();
    carry_out_search(stage);
    search_for(stage, "er ro");
    CHECK(stage.state.search == "server ro");
    stage.press(ImGuiKey_Backspace);
    carry_out_search(stage);
    CHECK(stage.state.search == "server r");
}

TEST_CASE(
    "After a search was ended by Escape, and after the focus was lost with its page, arrows begin with the cards") {
    Stage stage(960, 640);
    put_accounts(stage);
    search_for(stage, "vpn");
    stage.press(ImGuiKey_Enter);
    stage.frames(3);
    CHECK(focused(stage) == "slots/totp:4/copy");
    stage.press(ImGuiKey_Escape);
    carry_out_search(stage);
    stage.frames(3);
    CHECK(focused(stage) == "slots/totp:4/copy");
    ImGui::GetCurrentContext()->NavId = 0;
    stage.frames(2);
    stage.press(ImGuiKey_Home);
    stage.frames(2);
    CHECK(focused(stage) == "slots/totp:1/copy");
    ImGui::GetCurrentContext()->NavId = 0;
    stage.frames(2);
    stage.press(ImGuiKey_DownArrow);
    stage.frames(2);
    CHECK(focused(stage) == "slots/totp:1/copy");
}

TEST_CASE("Enter alone copies nothing: a counter would move") {
    Stage stage(960, 640);
    put_accounts(stage);
    stage.press(ImGuiKey_Enter);
    CHECK(stage.wishes.empty());
}

TEST_CASE("What is not found is said, with what was searched for") {
    Stage stage(640, 480);
    put_accounts(stage);
    search_for(stage, "xyz");
    REQUIRE(stage.find("slots/not-found") != nullptr);
    CHECK(stage.find("slots/not-found")->text.find("xyz") != std::string::npos);
    stage.press(ImGuiKey_Enter);
    CHECK(stage.wish<state::CopyCode>() == nullptr);
    REQUIRE(stage.click("slots/search/clear"));
    CHECK(stage.wish<state::Search>()->text.empty());
}

TEST_CASE("Arrows, Home and End move the focus from card to card, also where cards stand side by side") {
    Stage stage(1280, 800);
    put_accounts(stage);
    const auto moved = [&](ImGuiKey key) {
        stage.press(key);
        stage.frames(2);
        return focused(stage);
    };
    CHECK(moved(ImGuiKey_DownArrow) == "slots/totp:1/copy");
    CHECK(moved(ImGuiKey_RightArrow) == "slots/totp:2/copy");
    CHECK(moved(ImGuiKey_DownArrow) == "slots/totp:4/copy");
    CHECK(moved(ImGuiKey_LeftArrow) == "slots/totp:3/copy");
    CHECK(moved(ImGuiKey_UpArrow) == "slots/totp:1/copy");
    CHECK(moved(ImGuiKey_End) == "slots/hotp:1/copy");
    CHECK(moved(ImGuiKey_Home) == "slots/totp:1/copy");
    CHECK(stage.wishes.empty());
    stage.press(ImGuiKey_Enter);
    REQUIRE(stage.wish<state::CopyCode>() != nullptr);
    CHECK(stage.wish<state::CopyCode>()->slot == totp(1));
}

TEST_CASE("The arrow down leads from the search to what was found") {
    Stage stage(800, 600);
    put_accounts(stage);
    search_for(stage, "o");
    REQUIRE(focused(stage) == "slots/search");
    stage.press(ImGuiKey_DownArrow);
    stage.frames(2);
    CHECK(focused(stage) == "slots/totp:2/copy");
}

TEST_CASE("A card that the focus moves to is scrolled to") {
    Stage stage(640, 300);
    put_accounts(stage);
    REQUIRE(stage.find("slots/hotp:1/copy") == nullptr);
    stage.press(ImGuiKey_End);
    stage.frames(3);
    REQUIRE(stage.find("slots/hotp:1/copy") != nullptr);
    CHECK(stage.find("slots/hotp:1/copy")->focused);
    CHECK(stage.find("slots/hotp:1/copy")->h > 60);
}

TEST_CASE("The focused account is removed with Delete and changed with F2; without focus neither does anything") {
    Stage stage(960, 640);
    put_accounts(stage);
    stage.press(ImGuiKey_Delete);
    function_key(stage, ui::compat::keys::f2);
    CHECK(stage.wishes.empty());
    stage.press(ImGuiKey_DownArrow);
    stage.press(ImGuiKey_Delete);
    REQUIRE(stage.wish<state::AskRemove>() != nullptr);
    CHECK(stage.wish<state::AskRemove>()->slot == totp(1));
    function_key(stage, ui::compat::keys::f2);
    REQUIRE(stage.wish<state::AskEdit>() != nullptr);
    CHECK(stage.wish<state::AskEdit>()->slot == totp(1));
}

TEST_CASE("After a dialog is closed the focus is where it was") {
    Stage stage(960, 640);
    put_accounts(stage);
    stage.press(ImGuiKey_DownArrow);
    stage.frames(2);
    REQUIRE(focused(stage) == "slots/totp:1/copy");
    stage.state.remove = state::RemoveDialog{*state::find_slot(stage.state, totp(1)), "simulated:1"};
    stage.frames(3);
    stage.press(ImGuiKey_Escape);
    REQUIRE(stage.wish<state::CancelRemove>() != nullptr);
    stage.state.remove.reset();
    stage.frames(3);
    CHECK(focused(stage) == "slots/totp:1/copy");
}

TEST_CASE("Escape hides a code and leaves the focus where it is") {
    Stage stage(960, 640);
    put_accounts(stage);
    stage.press(ImGuiKey_DownArrow);
    stage.frames(2);
    show_code(stage);
    stage.press(ImGuiKey_Escape);
    CHECK(stage.wish<state::HideCode>() != nullptr);
    stage.frames(3);
    CHECK(focused(stage) == "slots/totp:1/copy");
}

TEST_CASE("A code that is waited for says when it comes and how to have the one of now; Escape stops the waiting") {
    Stage stage(960, 640);
    put_accounts(stage);
    stage.state.awaited =
        state::AwaitedCode{totp(1), "GitHub", "simulated:1", {stage.state.unix_now.milliseconds + 2'400}};
    stage.frames(2);
    const ui::Item* const item = stage.find("slots/totp:1/await");
    REQUIRE(item != nullptr);
    CHECK(item->text.find("3 s") != std::string::npos);
    CHECK(item->text.find("click again") != std::string::npos);
    CHECK(stage.click("slots/totp:1/copy"));
    CHECK(stage.wish<state::CopyCode>() != nullptr);
    stage.wishes.clear();
    show_code(stage);
    stage.state.shown->slot = totp(2);
    stage.press(ImGuiKey_Escape);
    CHECK(stage.wish<state::CancelAwaited>() != nullptr);
    CHECK(stage.wish<state::HideCode>() == nullptr);
}

TEST_CASE("F1 opens the list of keys and closes it; so do its buttons and Escape") {
    Stage stage(640, 480);
    put_accounts(stage);
    function_key(stage, ui::compat::keys::f1);
    REQUIRE(stage.wish<state::ShowHelp>() != nullptr);
    CHECK(stage.wish<state::ShowHelp>()->on);
    stage.wishes.clear();
    CHECK(stage.click("help/open"));
    CHECK(stage.wish<state::ShowHelp>() != nullptr);

    stage.state.help = true;
    stage.frames(3);
    CHECK_FALSE(stage.find("slots/totp:1/copy")->enabled);
    for (int way = 0; way < 3; ++way) {
        stage.wishes.clear();
        if (way == 0) function_key(stage, ui::compat::keys::f1);
        if (way == 1) stage.press(ImGuiKey_Escape);
        if (way == 2) REQUIRE(stage.click("help/close"));
        INFO(way);
        REQUIRE(stage.wish<state::ShowHelp>() != nullptr);
        CHECK_FALSE(stage.wish<state::ShowHelp>()->on);
    }
}

TEST_CASE("Nothing that is typed while a dialog is open reaches the page below") {
    Stage stage(960, 640);
    put_accounts(stage);
    stage.state.help = true;
    stage.frames(3);
    stage.type("2git");
    stage.press(ImGuiKey_Delete);
    function_key(stage, ui::compat::keys::f5);
    CHECK(stage.wishes.empty());
}

TEST_CASE("Ctrl with a key leads to the pages, to a new account and to the search; F5 reads the token again") {
    Stage stage(960, 640);
    put_accounts(stage);
    stage.control(true);
    function_key(stage, ui::compat::keys::digits[2]);
    REQUIRE(stage.wish<state::GoTo>() != nullptr);
    CHECK(stage.wish<state::GoTo>()->screen == state::Screen::diagnostics);
    function_key(stage, ui::compat::keys::comma);
    CHECK(stage.wish<state::GoTo>()->screen == state::Screen::settings);
    function_key(stage, ui::compat::keys::n);
    CHECK(stage.wish<state::StartWizard>() != nullptr);
    function_key(stage, ui::compat::keys::f);
    stage.control(false);
    function_key(stage, ui::compat::keys::f5);
    CHECK(stage.wish<state::Refresh>() != nullptr);
    stage.frames(3);
    CHECK(focused(stage) == "slots/search");
    CHECK(stage.wish<state::CopyCode>() == nullptr);
}

TEST_CASE("What is free is one line; the slot map has every place with its name, and a click adds or copies") {
    Stage stage(1280, 1000);
    put_accounts(stage);
    REQUIRE(stage.find("slots/free") != nullptr);
    CHECK(stage.find("slots/free")->text == "13 free slots");
    CHECK(stage.find("slots/totp:9/add") == nullptr);
    REQUIRE(stage.click("slots/map"));
    REQUIRE(stage.wish<state::ShowSlotMap>() != nullptr);
    CHECK(stage.wish<state::ShowSlotMap>()->on);
    stage.state.slot_map = true;
    stage.frames(2);
    std::size_t places = 0;
    for (const auto& slot : stage.state.active->slots) {
        const std::string id = otp::text(slot.id);
        places += stage.find(otp::occupied(slot) ? "slots/map/" + id : "slots/" + id + "/add") != nullptr ? 1 : 0;
    }
    CHECK(places == 18);
    REQUIRE(stage.find("slots/map/totp:1") != nullptr);
    CHECK(stage.find("slots/map/totp:1")->text == "TOTP 1: GitHub");
    REQUIRE(stage.click("slots/map/totp:1"));
    REQUIRE(stage.wish<state::CopyCode>() != nullptr);
    CHECK(stage.wish<state::CopyCode>()->slot == totp(1));
    REQUIRE(stage.click("slots/hotp:2/add"));
    REQUIRE(stage.wish<state::StartWizard>() != nullptr);
    CHECK(stage.wish<state::StartWizard>()->slot == otp::SlotId{otp::NumberedSlot{otp::OtpKind::hotp, 2}});
}

TEST_CASE("A state that is a problem is told in the row, and a proven one is marked") {
    Stage stage(640, 480);
    put_accounts(stage);
    REQUIRE(stage.find("slots/totp:1/state") != nullptr);
    CHECK(stage.find("slots/totp:1/state")->text == "proven");
    REQUIRE(stage.find("slots/totp:3/state") != nullptr);
    CHECK(stage.find("slots/totp:3/state")->text.find("incomplete") != std::string::npos);
    CHECK(stage.find("slots/totp:2/state") == nullptr);
}

TEST_CASE("One account needs no search, and nothing typed is taken as one") {
    Stage stage(960, 640);
    put_accounts(stage);
    for (auto& slot : stage.state.active->slots)
        if (slot.id != totp(1)) slot.state = otp::SlotState::empty;
    stage.frames(2);
    CHECK(stage.find("slots/search") == nullptr);
    stage.type("x");
    CHECK(stage.wishes.empty());
    stage.type("1");
    CHECK(stage.wish<state::CopyCode>() != nullptr);
}

TEST_CASE("What was lent to the clipboard is cleared at once or kept, as is wished") {
    Stage stage(640, 480);
    put_accounts(stage, "slots-code");
    REQUIRE(stage.find("clipboard/loan") != nullptr);
    CHECK(stage.find("clipboard/loan")->text.find("38 s") != std::string::npos);
    REQUIRE(stage.click("clipboard/clear"));
    CHECK(stage.wish<state::ClearClipboard>() != nullptr);
    REQUIRE(stage.click("clipboard/keep"));
    CHECK(stage.wish<state::KeepClipboard>() != nullptr);
    stage.state.clipboard->kept = true;
    stage.frames(2);
    CHECK(stage.find("clipboard/keep") == nullptr);
    CHECK(stage.find("clipboard/clear") != nullptr);
    CHECK(stage.find("clipboard/loan")->text.find("38 s") == std::string::npos);
    CHECK(stage.find("clipboard/loan")->text.find("until you quit or the screen locks") != std::string::npos);
}

TEST_CASE("Every thing on the page is reached with Tab, in the order in which it is read") {
    Stage stage(640, 480);
    put_accounts(stage);
    for (int i = 0; i < 60 && focused(stage) != "nav/token"; ++i) stage.press(ImGuiKey_Tab);
    std::vector<std::string> order;
    for (int i = 0; i < 60; ++i) {
        const std::string now = focused(stage);
        INFO(i);
        REQUIRE_FALSE(now.empty());  // the focus is always seen
        if (!order.empty() && now == order.front()) break;
        order.push_back(now);
        stage.press(ImGuiKey_Tab);
    }
    // Two of them cannot be changed: one is unsure, the other gives wrong codes.
    const std::vector<std::string> expected{"nav/token",
                                            "nav/slots",
                                            "nav/care",
                                            "nav/diagnostics",
                                            "nav/settings",
                                            "slots/search",
                                            "slots/refresh",
                                            "slots/add",
                                            "slots/totp:1/copy",
                                            "slots/totp:1/edit",
                                            "slots/totp:1/remove",
                                            "slots/totp:2/copy",
                                            "slots/totp:2/edit",
                                            "slots/totp:2/remove",
                                            "slots/totp:3/copy",
                                            "slots/totp:3/remove",
                                            "slots/totp:4/copy",
                                            "slots/totp:4/remove",
                                            "slots/hotp:1/copy",
                                            "slots/hotp:1/edit",
                                            "slots/hotp:1/remove",
                                            "slots/map",
                                            "help/open"};
    CHECK(order == expected);
}

TEST_CASE("A notice moves nothing and covers nothing") {
    Stage stage(640, 480);
    put_accounts(stage);
    const ui::Item before = *stage.find("slots/totp:1/copy");
    stage.state.notice = state::Notice{};
    stage.state.notice->text_key = "notice.token-unplugged";
    stage.state.notice->subject = "Nitrokey Pro";
    stage.frames(3);
    REQUIRE(stage.find("notice/text") != nullptr);
    CHECK(*stage.find("slots/totp:1/copy") == before);
    const ui::Item notice = *stage.find("notice/text");
    for (const ui::Item& item : stage.items.items()) {
        INFO(item.path);
        CHECK((item.path.starts_with("notice/") || item.y + item.h <= notice.y + 0.5F ||
               item.y >= notice.y + notice.h - 0.5F));
    }
    REQUIRE(stage.click("notice/dismiss"));
    CHECK(stage.wish<state::DismissNotice>() != nullptr);
    stage.press(ImGuiKey_End);
    stage.frames(3);
    REQUIRE(stage.find("slots/totp:4/copy") != nullptr);
}

TEST_CASE("With many accounts the cards are low, so that nine are seen in a window of the usual size") {
    Stage stage(960, 640);
    put_accounts(stage, "slots-full");
    std::size_t seen = 0;
    for (const ui::Item& item : stage.items.items())
        if (item.path.ends_with("/copy") && item.h >= 40) ++seen;
    CHECK(seen >= 9);
    CHECK(stage.memory.parts().cut.empty());
}

TEST_CASE("In a very wide window header, pages and the line at the bottom stand under one another") {
    for (const char* name : {"slots", "settings", "diagnostics", "care"}) {
        INFO(name);
        Stage stage(2560, 1440);
        put_accounts(stage, name);
        const ui::Item* const last = stage.find("nav/settings");
        const ui::Item* const help = stage.find("help/open");
        REQUIRE(last != nullptr);
        REQUIRE(help != nullptr);
        const float right = (2560 + 1160) / 2.0F;
        CHECK(std::abs(last->x + last->w - right) <= 1);
        CHECK(help->x + help->w <= right + 8);
        for (const ui::Item& item : stage.items.items()) {
            INFO(item.path);
            CHECK(item.x + item.w <= right + 8);
        }
    }
    Stage stage(2560, 1440);
    put_accounts(stage);
    const ui::Item* const add = stage.find("slots/add");
    const ui::Item* const last = stage.find("nav/settings");
    REQUIRE(add != nullptr);
    CHECK(std::abs(add->x + add->w - last->x - last->w) <= 1);
}
