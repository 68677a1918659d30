// What there is to do after the proof: the recovery sheet and the spare token; a secret made here.
#include "support/catch.hpp"

#include "ui/wizard_stage.hpp"

using namespace tokendeck;
using namespace wizard_stage;

TEST_CASE("After the proof a sheet and a spare token are offered for as long as the secret is here") {
    const Size size = GENERATE(Size{640, 480, 1}, Size{1280, 800, 1}, Size{1280, 960, 2});
    Stage stage(size.width, size.height, false, size.scale);
    put_on(stage, "wizard-proven");
    REQUIRE(stage.find("wizard/code") != nullptr);
    REQUIRE(stage.click("wizard/sheet"));
    CHECK(stage.wish<state::OpenSheet>() != nullptr);
    CHECK(stage.wish<state::CloseSheet>() == nullptr);
    REQUIRE(stage.click("wizard/spare"));
    CHECK(stage.wish<state::StartSpare>() != nullptr);
    REQUIRE(stage.find("wizard/kept") != nullptr);
    CHECK(stage.find("wizard/kept")->text.find("10 min") != std::string::npos);
    stage.state.wizard->account().enrolment.secret = {};
    stage.frames(2);
    CHECK(stage.find("wizard/sheet") == nullptr);
    CHECK(stage.find("wizard/spare") == nullptr);
    CHECK(stage.find("wizard/kept") == nullptr);
}

TEST_CASE("The recovery sheet is seen but is not in the item map; its file is named, saved and told of") {
    const Size size = GENERATE(Size{640, 480, 1}, Size{1280, 800, 1}, Size{1280, 960, 2});
    Stage stage(size.width, size.height, true, size.scale);
    put_on(stage, "wizard-sheet");
    CHECK_FALSE(items_have(stage, letters));
    CHECK_FALSE(items_have(stage, "EHPK"));
    REQUIRE(stage.find("wizard/sheet/path") != nullptr);
    CHECK(stage.find("wizard/sheet/path")->text == stage.state.wizard->sheet.path);
    REQUIRE(stage.click("wizard/sheet/path"));
    stage.press(ImGuiKey_End);
    stage.type("x");
    REQUIRE(stage.wish<state::EditSheetPath>() != nullptr);
    CHECK(stage.wish<state::EditSheetPath>()->path == "/home/alice/Documents/Recovery sheet Example GmbH.pdfx");
    REQUIRE(stage.click("wizard/sheet/save"));
    REQUIRE(stage.wish<state::SaveSheet>() != nullptr);
    const channel::SheetFacts& facts = stage.wish<state::SaveSheet>()->facts;
    CHECK(facts.slot == "TOTP 5");
    CHECK(facts.token.find("0000A1B2") != std::string::npos);
    CHECK(facts.date.size() == 10);
    CHECK(facts.words.advice.size() == 5);
    CHECK_FALSE(facts.words.scan.empty());
    REQUIRE(stage.click("wizard/sheet/close"));
    CHECK(stage.wish<state::CloseSheet>() != nullptr);
    CHECK(nothing_cut(stage));

    put_on(stage, "wizard-sheet-saved");
    REQUIRE(stage.find("wizard/sheet/message") != nullptr);
    CHECK(stage.find("wizard/sheet/message")->text.find("delete the file") != std::string::npos);
    put_on(stage, "wizard-sheet-error");
    CHECK(stage.find("wizard/sheet/message")->text.find("Documents") != std::string::npos);
}

TEST_CASE("While a sheet is made or written, it cannot be saved once more") {
    Stage stage(640, 480);
    put_on(stage, "wizard-sheet-making");
    CHECK_FALSE(stage.find("wizard/sheet/save")->enabled);
    put_on(stage, "wizard-sheet");
    stage.state.wizard->sheet.saving = true;
    stage.state.wizard->sheet.request = 4;
    stage.frame();
    CHECK_FALSE(stage.find("wizard/sheet/save")->enabled);
}

TEST_CASE("A secret made here is shown for the other side at the review and after the proof, and is in no item") {
    {
        Stage narrow(640, 480);
        for (const char* name : {"wizard-review-made", "wizard-proven-made"}) {
            put_on(narrow, name);
            INFO(name);
            CHECK_FALSE(items_have(narrow, letters));
        }
    }
    Stage wide(1280, 800);
    for (const char* name : {"wizard-review-made", "wizard-proven-made"}) {
        put_on(wide, name);
        INFO(name);
        CHECK(wide.find("wizard/other-side") != nullptr);
        CHECK_FALSE(items_have(wide, letters));
    }
    REQUIRE(wide.click("wizard/sheet"));
    wide.frame();
    CHECK(wide.find("wizard/sheet/save") != nullptr);
    REQUIRE(wide.click("wizard/sheet/close"));
    CHECK(wide.find("wizard/close") != nullptr);
}

TEST_CASE("For a spare token another one is asked for, and those that are plugged in can be clicked") {
    Stage stage(640, 480);
    put_on(stage, "wizard-review-spare");
    REQUIRE(stage.find("wizard/message") != nullptr);
    CHECK_FALSE(stage.find("wizard/write")->enabled);
    CHECK(stage.find("wizard/slot") == nullptr);  // of the wrong token
    REQUIRE(stage.find("wizard/spare/token/2") != nullptr);
    CHECK(stage.find("wizard/spare/token/3") == nullptr);
    REQUIRE(stage.click("wizard/spare/token/2"));
    REQUIRE(stage.wish<state::ChooseToken>() != nullptr);
    CHECK(stage.wish<state::ChooseToken>()->key == "simulated:2");
}
