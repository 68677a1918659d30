#include "ui/kit/letters.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "embedded/resources.hpp"
#include "ui/kit/imgui_compat.hpp"

#include <cmath>
#include <cstdint>

namespace tokendeck::ui {
namespace {

Lettering* lettering_now = nullptr;
float density_now = 1.0F;

// The size of letters as a part of the height of a line, from the font's tables "head" and "hhea": Dear ImGui counts in
// the latter, all others in the former. Source: the OpenType specification.
float em_part() {
    static const float part = [] {
        const unsigned char* const data = embedded::font_regular.data;
        const std::size_t size = embedded::font_regular.size;
        const auto number = [&](std::size_t at) { return at + 1 < size ? data[at] << 8 | data[at + 1] : 0; };
        const auto place = [&](std::size_t at) {
            return static_cast<std::size_t>(number(at)) << 16 | static_cast<std::size_t>(number(at + 2));
        };
        float units = 0;
        float tall = 0;
        for (int i = 0; i < number(4); ++i) {
            const std::size_t entry = 12 + 16 * static_cast<std::size_t>(i);
            const std::size_t tag = place(entry);
            const std::size_t table = place(entry + 8);
            if (tag == 0x68656164) units = static_cast<float>(number(table + 18));
            if (tag == 0x68686561)
                tall = static_cast<float>(static_cast<std::int16_t>(number(table + 4)) -
                                          static_cast<std::int16_t>(number(table + 6)));
        }
        return units > 0 && tall > 0 ? units / tall : 0.8F;
    }();
    return part;
}

bool strong(Face face) {
    return face == Face::strong || face == Face::title || face == Face::heading;
}

bool embedded(const ImFont* font, char32_t c) {
    return c == U'\n' || (c <= 0xFFFF && !base::runs_from_right(c) && compat::has_glyph(font, static_cast<ImWchar>(c)));
}

// What has no direction of its own, so that it goes with what stands around it.
bool neutral(char32_t c) {
    return c < 0x80 ? !base::is_letter(static_cast<char>(c)) && c != '\n'
                    : c == 0xA0 || c == 0xB7 || (c >= 0x2010 && c <= 0x2027);
}

float estimated(Face face, std::string_view piece) {
    return static_cast<float>(base::count_characters(piece)) * height(face) * 0.7F;
}

float width_of(Face face, std::string_view piece) {
    const LetterPicture* const picture = picture_of(face, piece);
    return picture != nullptr ? picture->advance / density_now : estimated(face, piece);
}

// A name in a script from the right, with numbers and punctuation, but no other letters: all of it runs that way.
bool all_from_the_right(const ImFont* font, std::string_view text) {
    bool any = false;
    while (!text.empty()) {
        const base::Character c = base::first_character(text);
        if (!c.valid) return false;
        if (base::runs_from_right(c.code)) any = true;
        else if (!neutral(c.code) && embedded(font, c.code)) return false;
        else if (c.code == U'\n') return false;
        text.remove_prefix(c.size);
    }
    return any;
}

// What begins at `start` and is a text for itself: all of it, or a name in quotation marks. Empty: nothing is.
std::string_view own_text(std::string_view text, std::size_t start) {
    constexpr std::string_view quotes[][2]{{"\xE2\x80\x9C", "\xE2\x80\x9D"},   // English
                                           {"\xE2\x80\x9E", "\xE2\x80\x9C"}};  // German
    if (start == 0) return text;
    for (const auto& [open, close] : quotes) {
        if (!text.substr(0, start).ends_with(open)) continue;
        const std::size_t end = text.find(close, start);
        if (end != std::string_view::npos) return text.substr(start, end - start);
    }
    return {};
}

}  // namespace

void use_lettering(Lettering* lettering) {
    lettering_now = lettering;
}

void set_letter_density(float density) {
    density_now = density;
}

float letter_density() {
    return density_now;
}

bool all_embedded(Face face, std::string_view text) {
    if (lettering_now == nullptr || base::is_ascii(text)) return true;
    const ImFont* const f = font(face);
    while (!text.empty()) {
        const base::Character c = base::first_character(text);
        if (c.valid && !embedded(f, c.code)) return false;
        text.remove_prefix(c.size);
    }
    return true;
}

Piece piece_at(Face face, std::string_view text, std::size_t at) {
    if (lettering_now == nullptr) return {text.substr(at), false};
    const ImFont* const f = font(face);
    const auto is_embedded = [&](const base::Character& c) { return !c.valid || embedded(f, c.code); };
    const std::size_t start = at;
    std::size_t before = start;  // where the character before `at` begins
    while (at < text.size()) {
        const base::Character c = base::first_character(text.substr(at));
        if (!is_embedded(c)) {
            if (base::changes_letter_before(c.code) && at > start && text[before] != ' ' && text[before] != '\n')
                at = before;
            break;
        }
        before = at;
        at += c.size;
    }
    if (at > start) return {text.substr(start, at - start), false};

    const std::string_view own = own_text(text, start);
    if (!own.empty() && all_from_the_right(f, own)) return {own, true};
    // As far as there are such characters, over what is neutral between two that run from the right.
    bool right = false;
    std::size_t end = start;
    while (at < text.size()) {
        const base::Character c = base::first_character(text.substr(at));
        const std::size_t next = at + c.size;
        const bool changed = c.valid && c.code != U' ' && c.code != U'\n' && next < text.size() &&
                             base::changes_letter_before(base::first_character(text.substr(next)).code);
        if (!is_embedded(c) || changed) {
            end = next;
            right = right || base::runs_from_right(c.code);
        } else if (!right || !c.valid || !neutral(c.code)) {
            break;
        }
        at = next;
    }
    return {text.substr(start, end - start), true};
}

const LetterPicture* picture_of(Face face, std::string_view piece) {
    return lettering_now != nullptr ? lettering_now->find(piece, height(face) * density_now * em_part(), strong(face))
                                    : nullptr;
}

float picture_at(ImDrawList* list, ImVec2 at, Face face, ImU32 colour, std::string_view piece) {
    const LetterPicture* const picture = picture_of(face, piece);
    if (picture == nullptr) return estimated(face, piece);
    if (picture->width > 0) {
        const auto snapped = [](float unit, int pixels) {
            return (std::round(unit * density_now) + static_cast<float>(pixels)) / density_now;
        };
        const float base_line = std::round(at.y) + compat::ascent(font(face), height(face));
        const ImVec2 low{snapped(at.x, picture->left), snapped(base_line, -picture->above)};
        const ImVec2 high{low.x + static_cast<float>(picture->width) / density_now,
                          low.y + static_cast<float>(picture->height) / density_now};
        list->AddImage(picture->letters, low, high, {0, 0}, {1, 1}, colour);
        if (picture->coloured)
            list->AddImage(picture->colours, low, high, {0, 0}, {1, 1}, colour | ~static_cast<ImU32>(IM_COL32_A_MASK));
    }
    return picture->advance / density_now;
}

ImVec2 measure_embedded(Face face, std::string_view text) {
    return compat::measure(font(face), height(face), text.data(), text.data() + text.size());
}

void embedded_at(ImDrawList* list, ImVec2 at, Face face, ImU32 colour, std::string_view text) {
    list->AddText(font(face), height(face), {std::round(at.x), std::round(at.y)}, colour, text.data(),
                  text.data() + text.size());
}

ImVec2 measure(Face face, std::string_view text) {
    if (all_embedded(face, text)) return measure_embedded(face, text);
    ImVec2 extent{0, height(face)};
    for (std::size_t at = 0; at < text.size();) {
        const Piece piece = piece_at(face, text, at);
        extent.x += piece.pictured ? width_of(face, piece.text) : measure_embedded(face, piece.text).x;
        at += piece.text.size();
    }
    return extent;
}

Fitting fitting(Face face, std::string_view text, float width) {
    Fitting found;
    float x = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Piece piece = piece_at(face, text, at);
        if (piece.pictured) {
            const LetterPicture* const picture = picture_of(face, piece.text);
            if (picture == nullptr) return found;
            for (const LetterStop& stop : picture->stops) {
                if (x + stop.advance / density_now > width) return found;
                found = {at + stop.end, at, true};
            }
            x += picture->advance / density_now;
        } else {
            for (std::size_t i = 0; i < piece.text.size();) {
                i += base::first_character(piece.text.substr(i)).size;
                if (x + measure_embedded(face, piece.text.substr(0, i)).x > width) return found;
                found = {at + i, at, false};
            }
            x += measure_embedded(face, piece.text).x;
        }
        at += piece.text.size();
    }
    return found;
}

std::size_t line_of(Face face, std::string_view text, float width) {
    float x = 0;
    std::size_t good = 0;  // where the line may end
    std::size_t full = 0;  // where it has to
    // False: it is full. `from` and `to`: of what is seen as one.
    const auto take = [&](std::size_t from, std::size_t to, float wide) {
        if (text.substr(from, to - from) == " ") good = from;
        else if (x + wide > width && from > 0) full = good > 0 ? good : from;
        x += wide;
        return full == 0;
    };
    for (std::size_t at = 0; at < text.size();) {
        const Piece piece = piece_at(face, text, at);
        const LetterPicture* const picture = piece.pictured ? picture_of(face, piece.text) : nullptr;
        if (picture != nullptr) {
            std::size_t from = 0;
            float before = 0;
            for (const LetterStop& stop : picture->stops) {
                if (!take(at + from, at + stop.end, (stop.advance - before) / density_now)) return full;
                if (stop.may_break) good = at + stop.end;
                from = stop.end;
                before = stop.advance;
            }
        } else if (piece.pictured) {
            if (!take(at, at + piece.text.size(), estimated(face, piece.text))) return full;
        } else {
            for (std::size_t i = 0; i < piece.text.size();) {
                const std::size_t size = base::first_character(piece.text.substr(i)).size;
                if (!take(at + i, at + i + size, measure_embedded(face, piece.text.substr(i, size)).x)) return full;
                i += size;
            }
        }
        at += piece.text.size();
    }
    return text.size();
}

std::string_view first_letter(Face face, std::string_view text) {
    const Piece piece = piece_at(face, text, 0);
    if (piece.pictured) {
        const LetterPicture* const picture = picture_of(face, piece.text);
        if (picture == nullptr) return {};
        if (!picture->stops.empty()) return text.substr(0, picture->stops.front().end);
    }
    return text.substr(0, base::first_character(text).size);
}

}  // namespace tokendeck::ui
