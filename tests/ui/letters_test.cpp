// How a text falls into what the embedded fonts can show and what is drawn as a picture, and that nothing in the window
// minds which of the two it is.
#include "support/catch.hpp"

#include "support/languages.hpp"
#include "ui/kit/letters.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/squares.hpp"
#include "ui/stage.hpp"
#include "ui/states.hpp"

#include <functional>

using namespace tokendeck;

namespace {

struct Set {
    explicit Set(ui::Lettering* lettering) { ui::use_lettering(lettering); }
    ~Set() { ui::use_lettering(nullptr); }
    Set(const Set&) = delete;
    Set& operator=(const Set&) = delete;
};

// Pictured pieces in brackets.
std::string pieces(std::string_view text) {
    std::string made;
    for (std::size_t at = 0; at < text.size();) {
        const ui::Piece piece = ui::piece_at(ui::Face::body, text, at);
        made += piece.pictured ? "[" + std::string(piece.text) + "]" : std::string(piece.text);
        REQUIRE_FALSE(piece.text.empty());
        at += piece.text.size();
    }
    return made;
}

void show(Stage& stage, const std::function<void(state::AppState&)>& make) {
    stage.state.~AppState();
    new (&stage.state) state::AppState();
    make(stage.state);
    stage.frames(3);
}

void show(Stage& stage, std::string_view wanted) {
    for (const auto& [name, make] : all_states())
        if (name == wanted) show(stage, make);
}

void rename_all(state::AppState& state, const std::string& name) {
    for (otp::SlotSummary& slot : state.active->slots)
        if (otp::occupied(slot)) slot.name = name;
}

bool draws_picture() {
    const ImDrawData& data = *ImGui::GetDrawData();
    for (int i = 0; i < data.CmdListsCount; ++i)
        for (const ImDrawCmd& command : data.CmdLists[i]->CmdBuffer)
            if (command.UserCallback == nullptr && command.GetTexID() == (ImTextureID)(std::uintptr_t{77})) return true;
    return false;
}

}  // namespace

TEST_CASE("What the window itself says needs no other than the embedded letters, in both languages") {
    const words::Language language = GENERATE(words::Language::english, in_german);
    const Speaking speaking(language);
    Squares squares;
    Stage stage(1280, 800);
    stage.info.lettering = &squares;
    for (const auto& [name, make] : all_states()) {
        show(stage, make);
        INFO(name);
        for (const std::string& text : squares.asked) CHECK(text == "");
        squares.asked.clear();
    }
    ui::use_lettering(nullptr);
}

TEST_CASE("A text falls into what the embedded fonts have and what they lack") {
    const Stage stage(640, 480);
    Squares squares;
    const Set set(&squares);
    CHECK(pieces("GitHub") == "GitHub");
    CHECK(pieces("Straße, Łódź, Ωμέγα, Ёлка") == "Straße, Łódź, Ωμέγα, Ёлка");
    CHECK(pieces("银行") == "[银行]");
    CHECK(pieces("Copied 银行:李明 · cleared") == "Copied [银行]:[李明] · cleared");
    CHECK(pieces("😀 Emoji") == "[😀] Emoji");
    CHECK(pieces("A👩🚀b") == "A[👩🚀]b");
    CHECK(pieces("") == "");
    CHECK(ui::all_embedded(ui::Face::body, "Ωμέγα"));
    CHECK_FALSE(ui::all_embedded(ui::Face::body, "בנק"));
    CHECK(ui::all_embedded(ui::Face::body, "\xFF\xE9\x93"));  // no letters at all: Dear ImGui's mark
    CHECK(pieces("\xFF银\xE9\x93") == "\xFF[银]\xE9\x93");
}

TEST_CASE("A mark is drawn with the letter that it changes, although that letter is an embedded one") {
    const Stage stage(640, 480);
    Squares squares;
    const Set set(&squares);
    CHECK(pieces("e\xCC\x81"
                 "cole") == "[e\xCC\x81]cole");
    CHECK(pieces("the e\xCC\x81"
                 "cole") == "the [e\xCC\x81]cole");
    CHECK(pieces("a \xCC\x81") == "a [\xCC\x81]");
    CHECK(pieces("1\xEF\xB8\x8F\xE2\x83\xA3 one") == "[1\xEF\xB8\x8F\xE2\x83\xA3] one");
}

TEST_CASE("Words that run from the right stay together, with what stands between them") {
    const Stage stage(640, 480);
    Squares squares;
    const Set set(&squares);
    CHECK(pieces("בנק") == "[בנק]");
    CHECK(pieces("Removed בנק: דוד, and more") == "Removed [בנק: דוד], and more");
    // A name alone, and one in quotation marks, is a text of its own: its number and its mark run that way, too.
    CHECK(pieces("בנק 12!") == "[בנק 12!]");
    CHECK(pieces("Remove “בנק 12” now?") == "Remove “[בנק 12]” now?");
    CHECK(pieces("„בנק 12“ entfernen?") == "„[בנק 12]“ entfernen?");
    CHECK(pieces("GitHub בנק (work)") == "GitHub [בנק] (work)");
}

TEST_CASE("Without pictures everything is drawn with the embedded fonts, as it is where the system has no way yet") {
    Stage stage(640, 480);
    CHECK(pieces("银行") == "银行");
    show(stage, "slots");
    rename_all(stage.state, "银行");
    stage.frames(2);
    CHECK_FALSE(draws_picture());
    CHECK(stage.find("slots/totp:1/copy")->text == "银行");
}

TEST_CASE("A name as a picture has the place of any other: before it is there, and afterwards") {
    const float scale = GENERATE(1.0F, 2.0F);
    for (const auto& [name, make] : all_states()) {
        Stage plain(640 * scale, 480 * scale, false, scale);
        Squares squares;
        show(plain, make);
        if (!plain.state.active || plain.state.wizard) continue;
        rename_all(plain.state, "Nn");
        plain.frames(3);
        const std::vector<ui::Item> expected = plain.items.items();

        for (const bool ready : {false, true}) {
            rename_all(plain.state, "银行");
            squares.ready = ready;
            plain.info.lettering = &squares;
            plain.frames(3);
            const std::vector<ui::Item>& items = plain.items.items();
            INFO(name << (ready ? ", there" : ", not there"));
            REQUIRE(items.size() == expected.size());
            for (std::size_t i = 0; i < items.size(); ++i) {
                INFO(items[i].path);
                CHECK(items[i].path == expected[i].path);
                CHECK(items[i].y == expected[i].y);
                CHECK(items[i].h == expected[i].h);
                CHECK(items[i].x + items[i].w <= 640 * scale);
            }
            if (name == "slots") CHECK(draws_picture() == ready);
        }
        ui::use_lettering(nullptr);
    }
}

TEST_CASE("A name that is too long is cut between characters, and the mark for it goes with its letters") {
    Squares squares;
    Stage stage(640, 480);
    stage.info.lettering = &squares;
    show(stage, "slots");
    std::string lengthy;
    while (lengthy.size() < 300) lengthy += "银";
    rename_all(stage.state, lengthy);
    stage.frames(2);
    bool cut = false;
    for (const std::string& text : squares.asked) {
        if (!text.ends_with("…")) continue;
        cut = true;
        CHECK(text.size() < 150);
        CHECK(text.size() % 3 == 0);
    }
    CHECK(cut);
    ui::use_lettering(nullptr);
}

TEST_CASE("Lines are broken between characters where a script has no spaces, and at spaces elsewhere") {
    const Stage stage(640, 480);
    Squares squares;
    const Set set(&squares);
    const float em = [] {
        Squares one;
        ui::use_lettering(&one);
        return ui::measure(ui::Face::body, "银").x;
    }();
    ui::use_lettering(&squares);
    std::string lengthy = "The account ";
    for (int i = 0; i < 40; ++i) lengthy += "银行";
    lengthy += " was removed.";
    std::size_t lines = 0;
    for (std::string_view rest = lengthy; !rest.empty(); ++lines) {
        const std::size_t size = ui::line_of(ui::Face::body, rest, 20 * em);
        REQUIRE(size > 0);
        CHECK(ui::measure(ui::Face::body, rest.substr(0, size)).x <= 20 * em + 0.5F);
        rest.remove_prefix(size);
        while (rest.starts_with(' ')) rest.remove_prefix(1);
    }
    CHECK(lines >= 5);
    CHECK(lines <= 7);
    CHECK(ui::paragraph_height(20 * em, ui::Face::body, lengthy) ==
          static_cast<float>(lines) * ui::paragraph_height(20 * em, ui::Face::body, "One line"));
    CHECK(ui::line_of(ui::Face::body, "银", 1) == 3);  // one character at least
    CHECK(ui::line_of(ui::Face::body, "one 银", ui::measure(ui::Face::body, "one ").x + em / 2) == 3);
}

TEST_CASE("The sign of an account is its first character, whatever that is made of") {
    const Stage stage(640, 480);
    Squares squares;
    const Set set(&squares);
    CHECK(ui::first_letter(ui::Face::strong, "GitHub") == "G");
    CHECK(ui::first_letter(ui::Face::strong, "银行") == "银");
    CHECK(ui::first_letter(ui::Face::strong, "ёлка") == "ё");
    squares.ready = false;
    CHECK(ui::first_letter(ui::Face::strong, "银行").empty());
    CHECK(ui::first_letter(ui::Face::strong, "GitHub") == "G");
}

TEST_CASE("What is typed into a secret field is never asked for as a picture, even while it is shown") {
    Squares squares;
    Stage stage(960, 640);
    stage.info.lettering = &squares;
    show(stage, "wizard-pin");
    ImGui::GetIO().AddInputCharacter(0x94F6);
    stage.frame();
    ImGui::GetIO().AddInputCharacter(0x884C);
    stage.frames(2);
    REQUIRE(stage.memory.parts().secrets.admin_pin.characters() == 2);
    stage.memory.parts().secrets.admin_pin.reveal(true);
    stage.frames(2);
    for (const std::string& text : squares.asked) CHECK(text.find("银") == std::string::npos);
    ui::use_lettering(nullptr);
}
