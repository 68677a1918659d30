#include "ui/kit/fonts.hpp"

#include "embedded/resources.hpp"
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/letters.hpp"
#include "ui/kit/theme.hpp"
#include "ui/ui.hpp"

#include <array>
#include <cmath>

namespace tokendeck::ui {
namespace {

// At scale 1, in the order of Face.
constexpr std::array<float, static_cast<std::size_t>(Face::count)> heights{
    type_size::body,    type_size::small,  type_size::body,      type_size::title,
    type_size::heading, type_size::digits, type_size::icon_large};

// Latin with all its extensions in use, Greek, Cyrillic, punctuation, currency, letterlike, arrows, mathematical signs.
constexpr ImWchar text_ranges[] = {0x0020, 0x007E, 0x00A0, 0x024F, 0x0259, 0x0259, 0x02BB, 0x02DD, 0x0386,
                                   0x03CE, 0x0400, 0x045F, 0x0490, 0x0491, 0x1E00, 0x1EFF, 0x2010, 0x2027,
                                   0x2030, 0x203A, 0x20A0, 0x20BF, 0x2116, 0x2116, 0x2122, 0x2122, 0x2190,
                                   0x2199, 0x2212, 0x2212, 0x2260, 0x2265, 0xFFFD, 0xFFFD, 0};
// What Inter has none of, for names of accounts: Armenian, Hebrew, Georgian; and a sign for what there is no letter
// for.
constexpr ImWchar fallback_ranges[] = {0x0259, 0x0259, 0x0386, 0x03CE, 0x0400, 0x045F, 0x0490, 0x0491, 0x0531,
                                       0x0556, 0x0561, 0x0587, 0x05D0, 0x05EA, 0x10D0, 0x10FC, 0x20A0, 0x20BF,
                                       0x2116, 0x2116, 0x2190, 0x2199, 0x2260, 0x2265, 0xFFFD, 0xFFFD, 0};
constexpr ImWchar heading_ranges[] = {0x0020, 0x007E, 0x00A0, 0x017F, 0x0386, 0x03CE, 0x0400, 0x045F,
                                      0x2010, 0x2027, 0x20AC, 0x20AC, 0x2192, 0x2192, 0};
constexpr ImWchar digit_ranges[] = {0x0020, 0x0020, 0x0030, 0x0039, 0x2022, 0x2022, 0};
constexpr ImWchar icon_ranges[] = {
    0xF002, 0xF002, 0xF007, 0xF007, 0xF00A, 0xF00A, 0xF06E, 0xF06E, 0xF070, 0xF070, 0xF00C, 0xF00D, 0xF013, 0xF014,
    0xF017, 0xF017, 0xF019, 0xF019, 0xF02F, 0xF02F, 0xF021, 0xF021, 0xF023, 0xF023, 0xF029, 0xF029, 0xF03A, 0xF03A,
    0xF03E, 0xF03E, 0xF040, 0xF040, 0xF052, 0xF052, 0xF054, 0xF054, 0xF057, 0xF058, 0xF05A, 0xF05A, 0xF05E, 0xF05E,
    0xF060, 0xF062, 0xF067, 0xF067, 0xF071, 0xF071, 0xF078, 0xF078, 0xF07B, 0xF07C, 0xF080, 0xF080, 0xF084, 0xF084,
    0xF09C, 0xF09C, 0xF0AD, 0xF0AD, 0xF0C3, 0xF0C3, 0xF0C5, 0xF0C5, 0xF0EA, 0xF0EA, 0xF0F1, 0xF0F1, 0xF108, 0xF108,
    0xF11C, 0xF11C, 0xF12D, 0xF12D, 0xF132, 0xF132, 0xF185, 0xF186, 0xF287, 0xF287, 0xF2DB, 0xF2DB, 0};

void add(const embedded::Resource& resource, float pixels, const ImWchar* ranges, bool merge, float down = 0) {
    ImFontConfig config;
    config.FontDataOwnedByAtlas = false;  // the embedded bytes live as long as the program
    config.MergeMode = merge;
    config.OversampleH = 2;  // letters keep their distances, which at this size are no whole pixels
    config.OversampleV = 1;
    config.PixelSnapH = false;
    config.GlyphOffset.y = down;
    config.RasterizerMultiply = 1.06F;
    ImGui::GetIO().Fonts->AddFontFromMemoryTTF(const_cast<unsigned char*>(resource.data),
                                               static_cast<int>(resource.size), pixels, &config, ranges);
}

}  // namespace

void load_fonts(float scale, float density) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.Clear();
    atlas.Flags |= ImFontAtlasFlags_NoMouseCursors;
    atlas.TexGlyphPadding = 1;
    for (std::size_t i = 0; i < heights.size(); ++i) {
        const auto face = static_cast<Face>(i);
        const float pixels = std::round(heights[i] * scale * density);
        const bool semibold =
            face == Face::strong || face == Face::title || face == Face::heading || face == Face::digits;
        const embedded::Resource& letters = semibold ? embedded::font_semibold : embedded::font_regular;
        if (face == Face::icon_large) {
            add(embedded::font_icons, pixels, icon_ranges, false);
            continue;
        }
        if (face == Face::digits) {
            add(letters, pixels, digit_ranges, false);
            continue;
        }
        const bool big = face == Face::title || face == Face::heading;
        add(letters, pixels, big ? heading_ranges : text_ranges, false);
        // Font Awesome's glyphs fill the whole height; a little smaller they sit well beside text.
        add(embedded::font_icons, std::round(pixels * 0.92F), icon_ranges, true, std::round(pixels * 0.06F));
        if (!big) add(embedded::font_fallback, std::round(pixels * 0.96F), fallback_ranges, true);
    }
#if IMGUI_VERSION_NUM < 19200
    atlas.Build();
#endif
    compat::set_font_shrink(1.0F / density);
    set_letter_density(density);
}

ImFont* font(Face face) {
    return ImGui::GetIO().Fonts->Fonts[static_cast<int>(face)];
}

float height(Face face) {
    return compat::size_of(font(face));
}

}  // namespace tokendeck::ui
