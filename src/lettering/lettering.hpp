// A line of text as a picture, set in the system's fonts: for the scripts that the embedded fonts lack, or in which
// letters are joined, stacked or written from the right. Neither this nor what lies below it may be given a secret: it
// keeps what it was given in caches that nobody wipes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::lettering {

// More is cut off: of the text between two characters, of the picture at its right and lower edge.
inline constexpr std::size_t text_bytes_max = 1024;
inline constexpr int width_max = 4096, height_max = 1024;  // pixels
inline constexpr float em_min = 4, em_max = 256;           // pixels; what lies outside becomes the nearer one

struct Wish {
    std::string text{};   // what is no UTF-8, and control characters, become U+FFFD
    float em = 16;        // size of the letters, pixels
    bool strong = false;  // bold; where a font has no bold letters, made bolder
    friend bool operator==(const Wish&, const Wish&) = default;
};

// The end of something that a reader takes for one character: a letter with its marks, an emoji of several parts. Only
// there a text may be cut.
struct Stop {
    std::size_t end = 0;     // bytes of the text up to here
    float advance = 0;       // width of the text up to here, pixels, in whichever direction it runs
    float caret = 0;         // where a caret stands that is behind it, pixels from the left
    bool may_break = false;  // a line may end here
};

struct Picture {
    int width = 0, height = 0;  // pixels
    int left = 0;               // of the picture's left edge, from where the text begins: letters may reach over
    int above = 0;              // rows of it above the base line
    float advance = 0;          // width of the text
    float start = 0;            // where a caret stands that is before the text, pixels from the left
    std::vector<std::uint8_t> letters{};  // how much of a pixel they cover, row by row: 0 to 255
    std::vector<std::uint8_t> colours{};  // what has colours of its own: RGBA, not premultiplied. Empty: nothing has
    std::vector<Stop> stops{};            // in the order of the text; the last one is its end
};

class Letterer {
  public:
    virtual ~Letterer() = default;
    // Nothing: no memory, or the system has no fonts at all. A character that no font has is a box. The direction is
    // that of the first letter that has one. Some microseconds to some milliseconds; the first one, and the first one
    // in a script, read fonts from the disk, which can take seconds where the system has not listed them yet. Thread:
    // always the same one.
    [[nodiscard]] virtual std::optional<Picture> draw(const Wish& wish) = 0;
};

// Null where there is none yet (Windows, macOS). Reads nothing before the first `draw`. Thread: that of `draw`.
[[nodiscard]] std::unique_ptr<Letterer> system_letterer();

}  // namespace tokendeck::lettering
