// How the window gets letters that the embedded fonts lack. The app implements it, with the system's fonts.
// Thread: main.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <string_view>
#include <vector>

namespace tokendeck::ui {

// The end of what a reader takes for one character.
struct LetterStop {
    std::size_t end = 0;     // bytes of the text up to here
    float advance = 0;       // width of the text up to here
    float caret = 0;         // from the left: where a caret stands that is behind it
    bool may_break = false;  // a line may end here
};

// A text as a picture. Lengths are pixels of the framebuffer.
struct LetterPicture {
    ImTextureID letters{};  // white; only if `width` is more than 0
    ImTextureID colours{};  // what has colours of its own; only if `coloured`
    bool coloured = false;
    int width = 0, height = 0;
    int left = 0;   // of its left edge, from where the text begins
    int above = 0;  // rows of it above the base line
    float advance = 0;
    float start = 0;                  // from the left: where a caret stands that is before the text
    std::vector<LetterStop> stops{};  // in the order of the text
};

class Lettering {
  public:
    virtual ~Lettering() = default;
    // Null: it is not there yet; it has been asked for, and the window is drawn again when it comes. `em`: size of the
    // letters in pixels. No secret may be asked for. Valid until the end of the frame.
    [[nodiscard]] virtual const LetterPicture* find(std::string_view text, float em, bool strong) = 0;
};

}  // namespace tokendeck::ui
