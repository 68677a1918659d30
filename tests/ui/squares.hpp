// Pictures of letters as they could be: what is asked for is noted.
#pragma once

#include "base/utf8.hpp"
#include "ui/kit/lettering.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>

// Every character is as wide as high, and a line may end behind each.
class Squares final : public tokendeck::ui::Lettering {
  public:
    const tokendeck::ui::LetterPicture* find(std::string_view text, float em, bool) override {
        asked.insert(std::string(text));
        if (!ready) return nullptr;
        tokendeck::ui::LetterPicture& picture = pictures[{std::string(text), em}];
        picture = {};
        for (std::size_t at = 0; at < text.size();) {
            at += tokendeck::base::first_character(text.substr(at)).size;
            picture.advance += em;
            picture.stops.push_back({at, picture.advance, picture.advance, true});
        }
        if (tokendeck::base::runs_from_right(tokendeck::base::first_character(text).code)) {
            picture.start = picture.advance;
            for (tokendeck::ui::LetterStop& stop : picture.stops) stop.caret = picture.advance - stop.advance;
        }
        picture.letters = (ImTextureID)(std::uintptr_t{77});
        picture.width = static_cast<int>(picture.advance);
        picture.above = static_cast<int>(em);
        picture.height = static_cast<int>(em);
        return &picture;
    }
    bool ready = true;
    std::set<std::string> asked{};
    std::map<std::pair<std::string, float>, tokendeck::ui::LetterPicture> pictures{};
};
