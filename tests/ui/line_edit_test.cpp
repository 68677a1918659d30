// The fields for names, paths and numbers: what is typed is what is kept, in every script.
#include "support/catch.hpp"

#include "ui/kit/letters.hpp"
#include "ui/squares.hpp"
#include "ui/stage.hpp"
#include "ui/states.hpp"

#include <string>

using namespace tokendeck;

namespace {

std::string copied;

// The dialog that changes an account, with this name in its field, which has the keyboard.
class Field {
  public:
    explicit Field(const std::string& name) {
        stage.info.lettering = &squares;
        ImGui::GetIO().SetClipboardTextFn = [](void*, const char* text) { copied = text; };
        stage.frames(2);
        for (const auto& [state_name, make] : all_states())
            if (state_name == "edit") make(stage.state);
        stage.state.edit->name = name;
        stage.frames(4);
        REQUIRE(stage.find("edit/name")->focused);
    }
    ~Field() { ui::use_lettering(nullptr); }
    Field(const Field&) = delete;
    Field& operator=(const Field&) = delete;

    void type(char32_t c) {
        ui::compat::add_typed_character(c);
        stage.frame();
    }
    void press(ImGuiKey key, bool shift = false) {
        this->shift(shift);
        stage.press(key);
        this->shift(false);
    }
    void command(ImGuiKey key, bool with_shift = false) {
        stage.control(true);
        press(key, with_shift);
        stage.control(false);
        stage.frame();
    }
    [[nodiscard]] std::string text() { return stage.memory.parts().dialog.name; }

    Squares squares{};
    Stage stage{960, 640};

  private:
    static void shift(bool down) {
#if IMGUI_VERSION_NUM >= 18700
        ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, down);
#else
        ImGui::GetIO().KeyShift = down;
#endif
    }
};

}  // namespace

TEST_CASE("Characters of every script, beyond U+FFFF too, are kept when something else in the name is changed") {
    Field field("\U0001F680银行");
    field.press(ImGuiKey_End);
    field.type('x');
    CHECK(field.text() == "\U0001F680银行x");
    field.type(0x1F389);
    CHECK(field.text() == "\U0001F680银行x\U0001F389");
    field.press(ImGuiKey_Home);
    field.type(0x94F6);
    CHECK(field.text() == "银\U0001F680银行x\U0001F389");
    REQUIRE(field.stage.wish<state::ChangeEdit>() != nullptr);
    CHECK(field.stage.wish<state::ChangeEdit>()->name == field.text());
}

TEST_CASE("A byte that is no text stays when something else in the name is changed") {
    Field field(
        "a\xFF"
        "b");
    field.press(ImGuiKey_End);
    field.type('c');
    CHECK(field.text() ==
          "a\xFF"
          "bc");
}

TEST_CASE("What is reached by the keyboard is selected, so that typing takes its place; a click only sets the caret") {
    Field field("GitHub");
    field.type('x');
    CHECK(field.text() == "x");
    REQUIRE(field.stage.click("edit/period"));
    REQUIRE(field.stage.click("edit/name"));
    field.type('y');
    CHECK(field.text() == "xy");
}

TEST_CASE("A character is removed whole, by Backspace and by Delete") {
    Field field("a\U0001F680银");
    field.press(ImGuiKey_End);
    field.press(ImGuiKey_Backspace);
    CHECK(field.text() == "a\U0001F680");
    field.press(ImGuiKey_Home);
    field.press(ImGuiKey_RightArrow);
    field.press(ImGuiKey_Delete);
    CHECK(field.text() == "a");
    field.press(ImGuiKey_Backspace);
    field.press(ImGuiKey_Backspace);
    CHECK(field.text().empty());
}

TEST_CASE("Arrows go where they point, from the right, too") {
    const bool from_right = GENERATE(true, false);
    Field field(from_right ? "בנק" : "abc");
    field.press(ImGuiKey_Home);                                          // before the first letter, at the right
    field.press(from_right ? ImGuiKey_LeftArrow : ImGuiKey_RightArrow);  // behind it
    field.type('x');
    CHECK(field.text() == (from_right ? "בxנק" : "axbc"));
}

TEST_CASE("Selecting, copying, cutting and pasting go by whole characters; a line end is not pasted") {
    Field field("银行 bank");
    field.press(ImGuiKey_Home);
    field.press(ImGuiKey_RightArrow, true);
    field.command(ImGuiKey_C);
    CHECK(copied == "银");
    field.command(ImGuiKey_X);
    CHECK(field.text() == "行 bank");
    field.stage.clipboard = "\U0001F680\n\tб";
    field.command(ImGuiKey_V);
    CHECK(field.text() == "\U0001F680б行 bank");
    field.command(ImGuiKey_A);
    field.command(ImGuiKey_C);
    CHECK(copied == "\U0001F680б行 bank");
    field.press(ImGuiKey_Delete);
    CHECK(field.text().empty());
    field.command(ImGuiKey_Z);
    CHECK(field.text() == "\U0001F680б行 bank");
    field.command(ImGuiKey_Z);
    CHECK(field.text() == "行 bank");
    field.command(ImGuiKey_Y);
    CHECK(field.text() == "\U0001F680б行 bank");
    field.press(ImGuiKey_End);
    field.command(ImGuiKey_Backspace);
    CHECK(field.text() == "\U0001F680б行 ");
    field.command(ImGuiKey_LeftArrow);
    field.type('x');
    CHECK(field.text() == "x\U0001F680б行 ");
}

TEST_CASE("Escape brings back what was there and gives up the keyboard") {
    Field field("银行");
    field.type('x');
    CHECK(field.text() == "x");
    field.press(ImGuiKey_Escape);
    CHECK(field.text() == "银行");
    CHECK(field.stage.wish<state::ChangeEdit>()->name == "银行");
    CHECK(ImGui::GetActiveID() == 0);
}

TEST_CASE("While the picture of a changed name is made, the one before stays, and the caret has its place") {
    Field field("银行");
    field.press(ImGuiKey_End);
    field.squares.ready = false;
    field.type(0x94F6);
    CHECK(field.text() == "银行银");
    CHECK(field.stage.memory.parts().line_edit.shown == "银行");
    field.press(ImGuiKey_Backspace);
    CHECK(field.text() == "银行");
    field.type(0x94F6);
    field.squares.ready = true;
    field.stage.frames(2);
    CHECK(field.stage.memory.parts().line_edit.shown == "银行银");
}

TEST_CASE("What is longer than the field scrolls with the caret") {
    std::string lengthy;
    for (int i = 0; i < 60; ++i) lengthy += "银";
    Field field(lengthy);
    field.press(ImGuiKey_End);
    CHECK(field.stage.memory.parts().line_edit.scroll > 100);
    field.press(ImGuiKey_Home);
    CHECK(field.stage.memory.parts().line_edit.scroll == 0);
}

TEST_CASE("The search takes every script") {
    Squares squares;
    Stage stage(960, 640);
    stage.info.lettering = &squares;
    for (const auto& [name, make] : all_states())
        if (name == "slots") make(stage.state);
    stage.frames(3);
    for (const char32_t c : {U'银', U'\U0001F680', U'x'}) {
        ui::compat::add_typed_character(c);
        stage.frame();
        if (const auto* search = stage.wish<state::Search>()) stage.state.search = search->text;
        stage.frame();
    }
    CHECK(stage.state.search == "银\U0001F680x");
    stage.press(ImGuiKey_Backspace);
    CHECK(stage.wish<state::Search>()->text == "银\U0001F680");
    ui::use_lettering(nullptr);
}
