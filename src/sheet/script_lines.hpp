// Names in scripts that the embedded typeface cannot show, or not as they are written: set in the system's fonts, as
// pictures. Where the system has no way for that yet, there are none.
#pragma once

#include "lettering/lettering.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace tokendeck::sheet {

inline constexpr double picture_dots = 400;  // an inch

struct ScriptLine {
    std::string text{};    // UTF-8 without control characters
    std::string visual{};  // if some of it runs from the right: from left to right as it stands on paper
    lettering::Picture picture{};
};

class ScriptLines {
  public:
    // Letters that are joined, stacked, coloured or written from the right.
    [[nodiscard]] static bool needs(char32_t letter);
    // Lines no longer than `width` millimetres, letters of `size` points; nothing is left out but spaces at which a
    // line is broken. Empty: the system cannot. Valid as long as this.
    [[nodiscard]] const std::vector<ScriptLine>& of(std::string_view utf8, double width, double size);

  private:
    [[nodiscard]] std::vector<ScriptLine> made(std::string text, double width, double size);

    std::unique_ptr<lettering::Letterer> letterer_{};
    bool asked_ = false;
    std::map<std::tuple<std::string, double, double>, std::vector<ScriptLine>> made_{};
};

}  // namespace tokendeck::sheet
