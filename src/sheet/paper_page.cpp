#include "sheet/paper_page.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "sheet/errors.hpp"
#include "sheet/letters.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace tokendeck::sheet {
namespace {

HPDF_REAL points(double mm) {
    return static_cast<HPDF_REAL>(mm / mm_per_point);
}

// PDF counts from the lower edge.
HPDF_REAL height_of(double y) {
    return points(paper_height - y);
}

constexpr double courier_width = 0.6;  // as a part of the size

constexpr HPDF_REAL grey_of_words = 0.35F, grey_of_lines = 0.7F, grey_of_box = 0.94F;

// In hexadecimal digits, big-endian, with the mark that says so. Source: PDF 32000-1, 7.9.2.2.
std::string utf16_of(std::string_view utf8) {
    std::string digits = "FEFF";
    const auto put = [&](char32_t unit) { digits += base::hex_text(unit, 4); };
    for (const char32_t letter : letters_of(utf8)) {
        if (letter < 0x10000) {
            put(letter);
        } else {
            put(0xD800 + ((letter - 0x10000) >> 10));
            put(0xDC00 + ((letter - 0x10000) & 0x3FF));
        }
    }
    return digits;
}

}  // namespace

PaperPage::PaperPage() : document_(HPDF_New(nullptr, nullptr)) {
    if (document_ == nullptr) return;
    HPDF_Doc document = document_.get();
    (void)HPDF_SetCompressionMode(document, HPDF_COMP_ALL);
    (void)HPDF_UseUTFEncodings(document);
    font_ = Font(document);
    if (!font_.loaded()) return;
    typeface_ = HPDF_GetFont(document, font_.name(), "UTF-8");
    Font::name_letters(typeface_);
    secret_typeface_ = HPDF_GetFont(document, "Courier-Bold", "StandardEncoding");
}

void PaperPage::new_page() {
    if (problem()) return;
    page_ = HPDF_AddPage(document_.get());
    if (page_ != nullptr) (void)HPDF_Page_SetSize(page_, HPDF_PAGE_SIZE_A4, HPDF_PAGE_PORTRAIT);
}

std::optional<base::Error> PaperPage::problem() const {
    base::Error error{errors::pdf_failed};
    if (document_ != nullptr) {
        const HPDF_STATUS status = HPDF_GetError(document_.get());
        if (status == HPDF_OK && typeface_ != nullptr) return std::nullopt;
        if (status != HPDF_OK) error.actual = static_cast<std::int64_t>(status);
    }
    return error;
}

std::u32string PaperPage::showable(std::string_view utf8) const {
    std::u32string letters = letters_of(utf8);
    for (char32_t& letter : letters)
        if (!font_.has(letter)) letter = base::replacement_character;
    return letters;
}

bool PaperPage::has_all(std::string_view utf8) const {
    return std::ranges::all_of(letters_of(utf8), [&](char32_t letter) { return font_.has(letter); });
}

double PaperPage::width(char32_t letter, double size) const {
    return font_.width(letter) * size * mm_per_point;
}

void PaperPage::show(HPDF_Font typeface, double x, double y, double size, const char* text) {
    (void)HPDF_Page_BeginText(page_);
    (void)HPDF_Page_SetFontAndSize(page_, typeface, static_cast<HPDF_REAL>(size));
    (void)HPDF_Page_TextOut(page_, points(x), height_of(y), text);
    (void)HPDF_Page_EndText(page_);
}

void PaperPage::text(double x, double y, double size, Ink ink, std::u32string_view letters) {
    if (problem() || letters.empty()) return;
    (void)HPDF_Page_SetGrayFill(page_, ink == Ink::black ? 0.0F : grey_of_words);
    show(typeface_, x, y, size, utf8_of(letters).c_str());
}

void PaperPage::bold_text(double x, double y, double size, std::u32string_view letters) {
    if (problem() || letters.empty()) return;
    // There is no bold typeface among the embedded ones: the outlines are drawn, too.
    (void)HPDF_Page_SetGrayFill(page_, 0);
    (void)HPDF_Page_SetGrayStroke(page_, 0);
    (void)HPDF_Page_SetLineWidth(page_, static_cast<HPDF_REAL>(size * 0.03));
    (void)HPDF_Page_SetTextRenderingMode(page_, HPDF_FILL_THEN_STROKE);
    show(typeface_, x, y, size, utf8_of(letters).c_str());
    (void)HPDF_Page_SetTextRenderingMode(page_, HPDF_FILL);
}

void PaperPage::picture(double x, double y, double size, const ScriptLine& line) {
    if (problem()) return;
    constexpr double mm_per_pixel = 25.4 / picture_dots;
    const lettering::Picture& picture = line.picture;
    // Letters that cannot be seen under the picture. Readers of PDF put those that run from the right into their order
    // by themselves, if the typeface has them; of others they are told here what they stand for.
    const bool from_right = !line.visual.empty() && has_all(line.visual);
    const std::u32string letters = showable(from_right ? line.visual : line.text);
    double text_width = 0;
    for (const char32_t letter : letters) text_width += width(letter, size);
    if (text_width > 0) {
        HPDF_Stream content = static_cast<HPDF_PageAttr>(page_->attr)->stream;
        if (!from_right)
            (void)HPDF_Stream_WriteStr(content, ("/Span <</ActualText <" + utf16_of(line.text) + ">>> BDC\n").c_str());
        (void)HPDF_Page_SetTextRenderingMode(page_, HPDF_INVISIBLE);
        const double wanted = static_cast<double>(picture.advance) * mm_per_pixel;
        (void)HPDF_Page_SetHorizontalScalling(page_, static_cast<HPDF_REAL>(std::max(1.0, 100 * wanted / text_width)));
        show(typeface_, x, y, size, utf8_of(letters).c_str());
        (void)HPDF_Page_SetHorizontalScalling(page_, HPDF_DEF_HSCALING);
        (void)HPDF_Page_SetTextRenderingMode(page_, HPDF_FILL);
        if (!from_right) (void)HPDF_Stream_WriteStr(content, "EMC\n");
    }

    if (picture.letters.empty()) return;
    // Black on white paper, so that it needs no mask.
    const bool coloured = !picture.colours.empty();
    const std::size_t channels = coloured ? 3 : 1;
    std::vector<HPDF_BYTE> pixels(picture.letters.size() * channels);
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        const std::size_t pixel = i / channels;
        int paper = 255 - picture.letters[pixel];
        if (coloured) {
            const int alpha = picture.colours[4 * pixel + 3];
            paper = (paper * (255 - alpha) + picture.colours[4 * pixel + i % channels] * alpha) / 255;
        }
        pixels[i] = static_cast<HPDF_BYTE>(paper);
    }
    HPDF_Image image = HPDF_LoadRawImageFromMem(document_.get(), pixels.data(), static_cast<HPDF_UINT>(picture.width),
                                                static_cast<HPDF_UINT>(picture.height),
                                                coloured ? HPDF_CS_DEVICE_RGB : HPDF_CS_DEVICE_GRAY, 8);
    if (image == nullptr) return;
    (void)HPDF_Page_DrawImage(page_, image, points(x + picture.left * mm_per_pixel),
                              height_of(y + (picture.height - picture.above) * mm_per_pixel),
                              points(picture.width * mm_per_pixel), points(picture.height * mm_per_pixel));
}

void PaperPage::secret_line(double x, double y, double size, const base::SecretText& letters) {
    if (problem()) return;
    (void)HPDF_Page_SetGrayFill(page_, 0);
    show(secret_typeface_, x, y, size, letters.c_str());
}

double PaperPage::secret_letter_width(double size) {
    return size * courier_width * mm_per_point;
}

void PaperPage::line(double x, double y, double length) {
    if (problem()) return;
    (void)HPDF_Page_SetGrayStroke(page_, grey_of_lines);
    (void)HPDF_Page_SetLineWidth(page_, 0.5F);
    (void)HPDF_Page_MoveTo(page_, points(x), height_of(y));
    (void)HPDF_Page_LineTo(page_, points(x + length), height_of(y));
    (void)HPDF_Page_Stroke(page_);
}

void PaperPage::box(double x, double y, double width, double height) {
    if (problem()) return;
    (void)HPDF_Page_SetGrayFill(page_, grey_of_box);
    (void)HPDF_Page_Rectangle(page_, points(x), height_of(y + height), points(width), points(height));
    (void)HPDF_Page_Fill(page_);
}

void PaperPage::code(double x, double y, double side, const qr::Matrix& matrix) {
    if (problem()) return;
    const double module = side / matrix.side;
    (void)HPDF_Page_SetGrayFill(page_, 0);
    for (int row = 0; row < matrix.side; ++row) {
        // Dark modules side by side are one rectangle: no seams, and a smaller file.
        for (int column = 0; column < matrix.side;) {
            int end = column;
            while (end < matrix.side && matrix.dark(end, row)) ++end;
            if (end > column)
                (void)HPDF_Page_Rectangle(page_, points(x + column * module), height_of(y + (row + 1) * module),
                                          points((end - column) * module), points(module));
            column = end + 1;
        }
    }
    (void)HPDF_Page_Fill(page_);
}

base::Result<base::SecretBytes> PaperPage::take() {
    if (const auto failed = problem()) return *failed;
    HPDF_Doc document = document_.get();
    (void)HPDF_SaveToStream(document);
    if (const auto failed = problem()) return *failed;
    base::SecretBytes bytes(HPDF_GetStreamSize(document));
    std::size_t read = 0;
    while (read < bytes.size()) {
        auto piece = static_cast<HPDF_UINT32>(bytes.size() - read);
        const HPDF_STATUS status = HPDF_ReadFromStream(document, bytes.bytes().data() + read, &piece);
        if (piece == 0 || (status != HPDF_OK && status != HPDF_STREAM_EOF)) break;
        read += piece;
    }
    if (read == 0 || read != bytes.size()) return base::Error{errors::pdf_failed};
    return bytes;
}

}  // namespace tokendeck::sheet
