// By Pango: it chooses the fonts (fontconfig), orders the text (FriBidi), joins the letters (HarfBuzz) and draws them
// (Cairo).
#include "lettering/lettering.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include <pango/pangocairo.h>

namespace tokendeck::lettering {
namespace {

struct Unref {
    void operator()(PangoFontMap* map) const { g_object_unref(map); }
    void operator()(PangoContext* context) const { g_object_unref(context); }
    void operator()(PangoLayout* layout) const { g_object_unref(layout); }
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
    void operator()(PangoLayoutIter* iter) const { pango_layout_iter_free(iter); }
    void operator()(cairo_font_options_t* options) const { cairo_font_options_destroy(options); }
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
template <typename T>
using Held = std::unique_ptr<T, Unref>;

// What Pango may be given, and where each of its bytes comes from.
struct Clean {
    std::string text{};
    std::vector<std::size_t> origins{};  // one more than bytes: the last one is the end
};

Clean clean(std::string_view text) {
    Clean made;
    std::size_t at = 0;
    while (at < text.size()) {
        const base::Character character = base::first_character(text.substr(at));
        if (at + character.size > text_bytes_max) break;
        if (character.valid && !base::is_control(character.code)) made.text += text.substr(at, character.size);
        else base::append_character(made.text, base::replacement_character);
        made.origins.resize(made.text.size(), at);
        at += character.size;
    }
    made.origins.push_back(at);
    return made;
}

float pixels(int pango_units) {
    return static_cast<float>(pango_units) / PANGO_SCALE;
}

int whole_pixels(int pango_units, bool up) {
    const double value = static_cast<double>(pango_units) / PANGO_SCALE;
    return static_cast<int>(up ? std::ceil(value) : std::floor(value));
}

std::vector<Stop> stops_of(PangoLayout* layout, const Clean& line) {
    std::map<int, int> widths;  // of what is drawn as one, by its first byte
    const Held<PangoLayoutIter> iter(pango_layout_get_iter(layout));
    do {
        if (pango_layout_iter_get_run_readonly(iter.get()) == nullptr) continue;
        PangoRectangle area{};
        pango_layout_iter_get_cluster_extents(iter.get(), nullptr, &area);
        widths[pango_layout_iter_get_index(iter.get())] += area.width;
    } while (pango_layout_iter_next_cluster(iter.get()) != FALSE);

    std::vector<Stop> stops;
    int count = 0;
    const PangoLogAttr* const marks = pango_layout_get_log_attrs_readonly(layout, &count);
    auto next = widths.begin();
    int taken = 0;
    std::size_t at = 0;
    for (int i = 1; i < count && at < line.text.size(); ++i) {
        at += base::first_character(std::string_view(line.text).substr(at)).size;
        if (marks[i].is_cursor_position == 0 && at < line.text.size()) continue;
        for (; next != widths.end() && next->first < static_cast<int>(at); ++next) taken += next->second;
        PangoRectangle caret{};
        pango_layout_get_cursor_pos(layout, static_cast<int>(at), &caret, nullptr);
        stops.push_back({line.origins[at], pixels(taken), pixels(caret.x), marks[i].is_line_break != 0});
    }
    return stops;
}

class PangoLetterer final : public Letterer {
  public:
    std::optional<Picture> draw(const Wish& wish) override {
        if (!prepare()) return std::nullopt;
        const Clean line = clean(wish.text);
        pango_font_description_set_weight(font_.get(), wish.strong ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        const float em = std::isfinite(wish.em) ? std::clamp(wish.em, em_min, em_max) : em_min;
        pango_font_description_set_absolute_size(font_.get(), static_cast<double>(em) * PANGO_SCALE);
        pango_layout_set_font_description(layout_.get(), font_.get());
        pango_layout_set_text(layout_.get(), line.text.data(), static_cast<int>(line.text.size()));

        Picture made;
        PangoRectangle ink{};
        PangoRectangle logical{};
        PangoLayoutLine* const shaped = pango_layout_get_line_readonly(layout_.get(), 0);
        if (shaped == nullptr) return std::nullopt;
        pango_layout_line_get_extents(shaped, &ink, &logical);
        made.advance = pixels(logical.width);
        made.stops = stops_of(layout_.get(), line);
        PangoRectangle start{};
        pango_layout_get_cursor_pos(layout_.get(), 0, &start, nullptr);
        made.start = pixels(start.x);
        if (ink.width <= 0 || ink.height <= 0) return made;
        // Hinting may move a letter's edge by a part of a pixel.
        made.left = whole_pixels(ink.x, false) - 1;
        made.above = 1 - whole_pixels(ink.y, false);
        made.width = std::clamp(whole_pixels(ink.x + ink.width, true) + 1 - made.left, 1, width_max);
        made.height = std::clamp(whole_pixels(ink.y + ink.height, true) + 1 + made.above, 1, height_max);
        if (!paint(shaped, made)) return std::nullopt;
        return made;
    }

  private:
    bool prepare() {
        if (layout_) return true;
        fonts_.reset(pango_cairo_font_map_new());
        if (!fonts_) return false;
        pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts_.get()), 96);
        context_.reset(pango_font_map_create_context(fonts_.get()));
        const Held<cairo_font_options_t> options(cairo_font_options_create());
        cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_SLIGHT);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context_.get(), options.get());
        font_.reset(pango_font_description_from_string("Inter, sans-serif"));
        layout_.reset(pango_layout_new(context_.get()));
        pango_layout_set_single_paragraph_mode(layout_.get(), TRUE);
        return layout_ != nullptr;
    }

    // The line in one colour, ARGB with premultiplied colours. Empty: no memory.
    static std::vector<std::uint32_t> painted(PangoLayoutLine* line, const Picture& of, double lightness) {
        std::vector<std::uint32_t> made(static_cast<std::size_t>(of.width) * static_cast<std::size_t>(of.height));
        const Held<cairo_surface_t> surface(cairo_image_surface_create_for_data(
            reinterpret_cast<unsigned char*>(made.data()), CAIRO_FORMAT_ARGB32, of.width, of.height, of.width * 4));
        const Held<cairo_t> cairo(cairo_create(surface.get()));
        cairo_set_source_rgb(cairo.get(), lightness, lightness, lightness);
        cairo_move_to(cairo.get(), -of.left, of.above);
        pango_cairo_show_layout_line(cairo.get(), line);
        cairo_surface_flush(surface.get());
        if (cairo_status(cairo.get()) != CAIRO_STATUS_SUCCESS) return {};
        return made;
    }

    // A letter takes the colour it is drawn in, an emoji has its own. Drawn in black and in white, the difference is
    // what the letters cover.
    static bool paint(PangoLayoutLine* line, Picture& into) {
        const std::vector<std::uint32_t> black = painted(line, into, 0);
        if (black.empty()) return false;
        into.letters.resize(black.size());
        const auto alpha = [](std::uint32_t pixel) { return pixel >> 24; };
        const auto part = [](std::uint32_t pixel, unsigned shift) { return (pixel >> shift) & 0xFF; };
        if (std::ranges::all_of(black, [](std::uint32_t pixel) { return (pixel & 0xFFFFFF) == 0; })) {
            std::ranges::transform(black, into.letters.begin(),
                                   [&](std::uint32_t pixel) { return static_cast<std::uint8_t>(alpha(pixel)); });
            return true;
        }
        const std::vector<std::uint32_t> white = painted(line, into, 1);
        if (white.empty()) return false;
        into.colours.resize(black.size() * 4);
        for (std::size_t i = 0; i < black.size(); ++i) {
            const std::uint32_t covered = std::max(part(white[i], 8), part(black[i], 8)) - part(black[i], 8);
            into.letters[i] = static_cast<std::uint8_t>(covered);
            const std::uint32_t rest = alpha(black[i]) > covered ? alpha(black[i]) - covered : 0;
            if (rest == 0) continue;
            for (const unsigned channel : {0U, 1U, 2U})
                into.colours[i * 4 + channel] = static_cast<std::uint8_t>(
                    std::min<std::uint32_t>(255, part(black[i], 16 - 8 * channel) * 255 / rest));
            into.colours[i * 4 + 3] = static_cast<std::uint8_t>(rest);
        }
        return true;
    }

    Held<PangoFontMap> fonts_{};
    Held<PangoContext> context_{};
    Held<PangoFontDescription> font_{};
    Held<PangoLayout> layout_{};
};

}  // namespace

std::unique_ptr<Letterer> system_letterer() {
    return std::make_unique<PangoLetterer>();
}

}  // namespace tokendeck::lettering
