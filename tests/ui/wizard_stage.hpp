// What the tests of the wizard share.
#pragma once

#include "support/catch.hpp"

#include "ui/stage.hpp"
#include "ui/states.hpp"

#include <string_view>

namespace wizard_stage {

using namespace tokendeck;

inline constexpr const char* letters = "JBSW Y3DP";  // as the sheet of the made-up states begins

inline void put_on(Stage& stage, std::string_view wanted) {
    stage.state.~AppState();
    new (&stage.state) state::AppState();
    bool found = false;
    for (const auto& [name, make] : all_states())
        if (name == wanted) {
            make(stage.state);
            found = true;
        }
    REQUIRE(found);
    stage.frames(3);
}

inline bool is(const base::SecretText& secret, std::string_view expected) {
    return base::same(secret, base::SecretText::copy_of(expected));
}

inline bool items_have(const Stage& stage, std::string_view text) {
    for (const ui::Item& item : stage.items.items())
        if (item.text.find(text) != std::string::npos || item.path.find(text) != std::string::npos) return true;
    return false;
}

inline bool nothing_cut(Stage& stage) {
    for (const std::string& cut : stage.memory.parts().cut) CHECK(cut == "");
    return stage.memory.parts().cut.empty();
}

struct Size {
    float width, height, scale;
};

}  // namespace wizard_stage
