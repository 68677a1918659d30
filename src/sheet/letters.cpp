#include "sheet/letters.hpp"

#include "base/utf8.hpp"

#include <cstddef>

namespace tokendeck::sheet {

std::u32string letters_of(std::string_view utf8) {
    std::u32string letters;
    while (!utf8.empty()) {
        const base::Character letter = base::first_character(utf8);
        letters.push_back(letter.valid && !base::is_control(letter.code) ? letter.code : base::replacement_character);
        utf8.remove_prefix(letter.size);
    }
    return letters;
}

std::string utf8_of(std::u32string_view letters) {
    std::string utf8;
    for (const char32_t letter : letters) base::append_character(utf8, letter);
    return utf8;
}

std::vector<std::u32string> wrapped(std::u32string_view letters, double width,
                                    const std::function<double(char32_t)>& width_of) {
    std::vector<std::u32string> lines;
    std::size_t start = 0, space = std::u32string_view::npos;
    double length = 0;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        const double step = width_of(letters[i]);
        if (letters[i] == U' ') {
            space = i;
        } else if (length + step > width && i > start) {
            const bool at_space = space != std::u32string_view::npos && space > start;
            const std::size_t end = at_space ? space : i;
            lines.emplace_back(letters.substr(start, end - start));
            start = at_space ? space + 1 : i;
            space = std::u32string_view::npos;
            length = 0;
            for (std::size_t j = start; j < i; ++j) length += width_of(letters[j]);
        }
        length += step;
    }
    lines.emplace_back(letters.substr(start));
    return lines;
}

}  // namespace tokendeck::sheet
