#include "sheet/script_lines.hpp"

#include "base/utf8.hpp"
#include "sheet/letters.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace tokendeck::sheet {

namespace {

// What a reader of the file takes for one character, each where it stands.
std::string visual_order(const std::string& text, const lettering::Picture& picture) {
    if (std::ranges::none_of(letters_of(text), base::runs_from_right)) return {};
    struct Part {
        float left;
        std::string text;
    };
    std::vector<Part> parts;
    std::size_t begin = 0;
    float before = picture.start;
    for (const lettering::Stop& stop : picture.stops) {
        parts.push_back({std::min(before, stop.caret), text.substr(begin, stop.end - begin)});
        begin = stop.end;
        before = stop.caret;
    }
    std::ranges::stable_sort(parts, {}, &Part::left);
    std::string made;
    for (const Part& part : parts) made += part.text;
    return made;
}

}  // namespace

bool ScriptLines::needs(char32_t letter) {
    return base::runs_from_right(letter) || base::changes_letter_before(letter);
}

const std::vector<ScriptLine>& ScriptLines::of(std::string_view utf8, double width, double size) {
    const auto [found, is_new] = made_.try_emplace({std::string(utf8), width, size});
    if (is_new) found->second = made(utf8_of(letters_of(utf8)), width, size);
    return found->second;
}

std::vector<ScriptLine> ScriptLines::made(std::string text, double width, double size) {
    if (!std::exchange(asked_, true)) letterer_ = lettering::system_letterer();
    std::vector<ScriptLine> lines;
    const auto em = static_cast<float>(size / 72 * picture_dots);
    const auto room = static_cast<float>(width / 25.4 * picture_dots);
    while (!text.empty() && letterer_) {
        auto all = letterer_->draw({text, em, false});
        if (!all || all->stops.empty()) return {};
        std::size_t end = 0;   // of what fits
        std::size_t good = 0;  // and may be a line's end
        for (const lettering::Stop& stop : all->stops) {
            // A space at the end of a line takes no room.
            const bool space = text[stop.end - 1] == ' ';
            if (stop.advance > room && !space && end > 0) break;
            end = stop.end;
            if (stop.may_break) good = end;
        }
        const bool whole = end == text.size();
        if (!whole && good > 0) end = good;
        std::string line = text.substr(0, end);
        text.erase(0, end);
        while (!line.empty() && line.back() == ' ' && !text.empty()) line.pop_back();
        auto picture = whole ? std::move(all) : letterer_->draw({line, em, false});
        if (!picture) return {};
        std::string visual = visual_order(line, *picture);
        lines.push_back({std::move(line), std::move(visual), std::move(*picture)});
    }
    return lines;
}

}  // namespace tokendeck::sheet
