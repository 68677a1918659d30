// A page of paper to draw on. This and font.cpp are the only places that know libharu.
#pragma once

#include "base/error.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "qr/encode.hpp"
#include "sheet/font.hpp"
#include "sheet/script_lines.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <hpdf.h>

namespace tokendeck::sheet {

// Lengths are millimetres, from the upper left corner of a sheet of A4; sizes of letters are points.
inline constexpr double paper_width = 210, paper_height = 297;
inline constexpr double mm_per_point = 25.4 / 72;

enum class Ink : std::uint8_t { black, grey };

class PaperPage {
  public:
    PaperPage();

    // Once something failed, drawing does nothing, and this is set: errors::pdf_failed.
    [[nodiscard]] std::optional<base::Error> problem() const;

    // The typeface has all of the letters.
    [[nodiscard]] bool has_all(std::string_view utf8) const;
    // What the typeface lacks becomes base::replacement_character.
    [[nodiscard]] std::u32string showable(std::string_view utf8) const;
    // Preconditions: no problem; showable.
    [[nodiscard]] double width(char32_t letter, double size) const;

    // What is drawn next comes on a page of its own. Before anything is drawn.
    void new_page();
    // Showable letters, with their base line at `y`.
    void text(double x, double y, double size, Ink ink, std::u32string_view letters);
    void bold_text(double x, double y, double size, std::u32string_view letters);
    // A line as a picture, with its base line at `y`. In the file it is text all the same, to be copied and searched.
    // `size`: of its letters.
    void picture(double x, double y, double size, const ScriptLine& line);
    // ASCII, in a typeface whose letters are all as wide: Courier, which every reader of PDF has.
    void secret_line(double x, double y, double size, const base::SecretText& letters);
    [[nodiscard]] static double secret_letter_width(double size);
    void line(double x, double y, double length);
    void box(double x, double y, double width, double height);
    // `side` is that of the code without its quiet zone, for which the caller leaves room.
    void code(double x, double y, double side, const qr::Matrix& matrix);

    // The whole document. Ends the drawing.
    [[nodiscard]] base::Result<base::SecretBytes> take();

  private:
    struct Freer {
        void operator()(HPDF_Doc document) const { HPDF_Free(document); }
    };

    void show(HPDF_Font typeface, double x, double y, double size, const char* text);

    std::unique_ptr<std::remove_pointer_t<HPDF_Doc>, Freer> document_;
    Font font_{};
    HPDF_Page page_ = nullptr;
    HPDF_Font typeface_ = nullptr;
    HPDF_Font secret_typeface_ = nullptr;
};

}  // namespace tokendeck::sheet
