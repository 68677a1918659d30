// What is typed into a secret field stays nowhere but in the field, and not there for longer than it is needed.
#include "support/catch.hpp"

#include "ui/stage.hpp"
#include "ui/states.hpp"

#include <cstring>

using namespace tokendeck;

namespace {

void put_on(Stage& stage, std::string_view wanted) {
    for (const auto& [name, make] : all_states())
        if (name == wanted) make(stage.state);
    stage.frames(3);
}

bool is(const base::SecretText& secret, std::string_view expected) {
    return base::same(secret, base::SecretText::copy_of(expected));
}

// True if the memory holds the text, as bytes or as wide characters.
template <typename T>
bool holds(const T* memory, std::size_t count, std::string_view text) {
    for (std::size_t i = 0; i + text.size() <= count; ++i) {
        std::size_t equal = 0;
        while (equal < text.size() && memory[i + equal] == static_cast<T>(static_cast<unsigned char>(text[equal])))
            ++equal;
        if (equal == text.size()) return true;
    }
    return false;
}

// Searches all that Dear ImGui keeps of what was typed: the queue of characters and the state of text fields, with the
// capacity beyond the size, and the context itself.
bool imgui_holds(std::string_view text) {
    ImGuiContext& g = *ImGui::GetCurrentContext();
    const auto in_vector = [&](const auto& vector) {
        return vector.Data != nullptr && holds(vector.Data, static_cast<std::size_t>(vector.Capacity), text);
    };
    bool found = in_vector(g.IO.InputQueueCharacters) || in_vector(g.ClipboardHandlerData);
#if IMGUI_VERSION_NUM < 19130
    found = found || in_vector(g.InputTextState.TextW) || in_vector(g.InputTextState.TextA) ||
            in_vector(g.InputTextState.InitialTextA);
#else
    found = found || in_vector(g.InputTextState.TextA) || in_vector(g.InputTextState.TextToRevertTo);
#endif

    const auto* const whole = reinterpret_cast<const char*>(&g);
    found = found || holds(whole, sizeof g, text);
    found = found || holds(reinterpret_cast<const ImWchar*>(&g), sizeof g / sizeof(ImWchar), text);
    return found;
}

}  // namespace

TEST_CASE("A PIN that is typed and confirmed with Enter is handed over once and is then in no memory of Dear ImGui") {
    Stage stage(640, 480);
    put_on(stage, "wizard-pin");
    REQUIRE(stage.find("wizard/pin")->focused);  // it takes the keyboard by itself
    stage.type("90817263");
    CHECK_FALSE(imgui_holds("9081"));
    for (const ui::Item& item : stage.items.items()) CHECK(item.text.find("9081") == std::string::npos);
    stage.press(ImGuiKey_Enter);
    REQUIRE(stage.wish<state::SubmitPin>() != nullptr);
    CHECK(is(stage.wish<state::SubmitPin>()->admin_pin, "90817263"));
    CHECK(stage.wishes.size() == 1);
    CHECK(stage.memory.parts().secrets.admin_pin.empty());
    CHECK_FALSE(imgui_holds("9081"));
    CHECK_FALSE(imgui_holds("7263"));
}

TEST_CASE("Characters that come in one frame are all taken") {
    Stage stage(640, 480);
    put_on(stage, "wizard-pin");
    ImGui::GetIO().AddInputCharactersUTF8("abc\xC3\xA4\xE2\x82\xAC");
    stage.frames(3);
    CHECK(stage.memory.parts().secrets.admin_pin.characters() == 5);
    CHECK(is(stage.memory.parts().secrets.admin_pin.take(), "abc\xC3\xA4\xE2\x82\xAC"));
}

TEST_CASE("Backspace takes the last character, with Ctrl all of them") {
    Stage stage(640, 480);
    put_on(stage, "wizard-pin");
    stage.type("12");
    ImGui::GetIO().AddInputCharacter(0xE4);
    stage.frames(2);
    stage.press(ImGuiKey_Backspace);
    CHECK(stage.memory.parts().secrets.admin_pin.characters() == 2);
    stage.control(true);
    stage.press(ImGuiKey_Backspace);
    stage.control(false);
    stage.frame();
    CHECK(stage.memory.parts().secrets.admin_pin.empty());
}

TEST_CASE("Ctrl+V pastes, without the line break at the end, and leaves no V") {
    Stage stage(640, 480);
    put_on(stage, "wizard-pin");
    stage.clipboard = "87654321\n";
    stage.control(true);
    stage.press(ImGuiKey_V);
    stage.control(false);
    stage.frame();
    CHECK(is(stage.memory.parts().secrets.admin_pin.take(), "87654321"));
    CHECK_FALSE(imgui_holds("8765"));
}

TEST_CASE("Too long a text is refused as a whole and not cut") {
    Stage stage(640, 480);
    put_on(stage, "wizard-pin");
    const std::string much(300, 'x');
    stage.clipboard = much.c_str();
    stage.control(true);
    stage.press(ImGuiKey_V);
    stage.control(false);
    stage.frame();
    CHECK(stage.memory.parts().secrets.admin_pin.empty());
    CHECK(ui::overlong(stage.memory.parts().secrets.admin_pin));
}

TEST_CASE("A PIN that was typed is wiped when its page is left") {
    Stage stage(640, 480);
    put_on(stage, "wizard-pin");
    stage.type("1234");
    REQUIRE(stage.memory.parts().secrets.admin_pin.characters() == 4);
    put_at(stage.state, state::WizardStep::review);
    stage.frames(2);
    CHECK(stage.memory.parts().secrets.admin_pin.empty());
}

TEST_CASE("Enter in an empty PIN field does nothing") {
    Stage stage(640, 480);
    put_on(stage, "wizard-pin");
    stage.press(ImGuiKey_Enter);
    CHECK(stage.wishes.empty());
}

TEST_CASE("A blocked PIN cannot be typed") {
    Stage stage(640, 480);
    put_on(stage, "wizard-pin-blocked");
    CHECK(stage.find("wizard/pin") == nullptr);
    CHECK_FALSE(stage.find("wizard/confirm")->enabled);
}

TEST_CASE("Where codes are PIN-protected both PINs are needed, and Tab leads from one to the other") {
    Stage stage(640, 480);
    put_on(stage, "wizard-pin-both");
    stage.type("12345678");
    CHECK_FALSE(stage.find("wizard/confirm")->enabled);
    stage.press(ImGuiKey_Tab);
    stage.frame();
    REQUIRE(stage.find("wizard/user-pin")->focused);
    stage.type("123456");
    CHECK(stage.find("wizard/confirm")->enabled);
    stage.press(ImGuiKey_Enter);
    REQUIRE(stage.wish<state::SubmitPin>() != nullptr);
    CHECK(is(stage.wish<state::SubmitPin>()->admin_pin, "12345678"));
    CHECK(is(stage.wish<state::SubmitPin>()->user_pin, "123456"));
}

TEST_CASE("A secret is pasted in the wizard and handed over by the button") {
    Stage stage(640, 480);
    put_on(stage, "wizard-input");
    CHECK_FALSE(stage.find("wizard/read")->enabled);
    REQUIRE(stage.click("wizard/paste"));
    stage.clipboard = "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP";
    stage.control(true);
    stage.press(ImGuiKey_V);
    stage.control(false);
    stage.frame();
    REQUIRE(stage.click("wizard/read"));
    REQUIRE(stage.wish<state::PasteText>() != nullptr);
    CHECK(is(stage.wish<state::PasteText>()->text, "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP"));
    CHECK_FALSE(imgui_holds("JBSW"));
}

TEST_CASE("The PIN of a dialog goes to the dialog's wish and to no other field") {
    Stage stage(640, 480);
    put_on(stage, "remove");
    REQUIRE(stage.find("remove/pin")->focused);
    stage.type("12345678");
    REQUIRE(stage.click("remove/confirm"));
    REQUIRE(stage.wish<state::SubmitRemove>() != nullptr);
    CHECK(is(stage.wish<state::SubmitRemove>()->admin_pin, "12345678"));
    CHECK(stage.memory.parts().secrets.admin_pin.empty());
    CHECK_FALSE(imgui_holds("1234"));
}

TEST_CASE("After a wrong PIN the field is empty and has the keyboard again") {
    Stage stage(640, 480);
    put_on(stage, "remove");
    stage.type("1111");
    stage.press(ImGuiKey_Enter);
    stage.state.remove->busy = true;
    stage.frames(2);
    CHECK(stage.find("remove/pin") == nullptr);
    stage.state.remove->busy = false;
    stage.state.remove->error = base::Error{base::ErrorCode{"device.wrong-pin"}};
    stage.frames(2);
    REQUIRE(stage.find("remove/pin") != nullptr);
    CHECK(stage.find("remove/pin")->focused);
    CHECK(stage.memory.parts().secrets.dialog_pin.empty());
}
