// The embedded typeface in a PDF document. font.cpp knows libharu's insides: older versions (before
// 2.4.5) have no function for a font that is not a file.
#pragma once

namespace tokendeck::sheet {

// A view of what the document owns; must not outlive it.
class Font {
  public:
    Font() = default;
    // Puts the typeface into `document`, a HPDF_Doc that holds none yet. Not loaded() if that failed; the document
    // knows the error.
    explicit Font(void* document);

    [[nodiscard]] bool loaded() const { return definition_ != nullptr; }
    // As HPDF_GetFont wants it. Precondition: loaded(), as for the rest.
    [[nodiscard]] const char* name() const { return name_; }
    [[nodiscard]] bool has(char32_t letter) const;
    // Says in the document which letters its numbers stand for, so that text can be copied and searched. libharu writes
    // a table there that readers do not understand. `font`: the HPDF_Font that the document made of name().
    static void name_letters(void* font);
    // As a part of the size of the letters. Precondition: has(letter).
    [[nodiscard]] double width(char32_t letter) const;

  private:
    void* definition_ = nullptr;  // HPDF_FontDef
    const char* name_ = "";
};

}  // namespace tokendeck::sheet
