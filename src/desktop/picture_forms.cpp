#include "desktop/picture_forms.hpp"

#include "desktop/file_uri.hpp"

#include <algorithm>

namespace tokendeck::desktop {

base::SecretBytes bmp_file(std::span<const std::uint8_t> grey, std::size_t width, std::size_t height) {
    constexpr std::size_t headers = 14 + 40;
    constexpr std::size_t palette = std::size_t{256} * 4;
    const std::size_t stride = (width + 3) / 4 * 4;
    const std::size_t size = headers + palette + stride * height;
    base::SecretBytes file(size);
    const std::span<std::uint8_t> bytes = file.bytes();
    const auto number = [&](std::size_t at, std::size_t value, std::size_t length) {
        for (std::size_t i = 0; i < length; ++i) bytes[at + i] = static_cast<std::uint8_t>(value >> (8 * i));
    };
    bytes[0] = 'B';
    bytes[1] = 'M';
    number(2, size, 4);
    number(10, headers + palette, 4);  // where the pixels begin
    number(14, 40, 4);                 // of the second header
    number(18, width, 4);
    number(22, height, 4);  // positive: the lowest row comes first
    number(26, 1, 2);
    number(28, 8, 2);  // bits a pixel
    number(34, stride * height, 4);
    number(46, 256, 4);  // colours
    for (std::size_t i = 0; i < 256; ++i)
        for (std::size_t part = 0; part < 3; ++part) bytes[headers + 4 * i + part] = static_cast<std::uint8_t>(i);
    for (std::size_t row = 0; row < height; ++row) {
        const auto from = grey.subspan(row * width, width);
        std::ranges::copy(from,
                          bytes.begin() + static_cast<std::ptrdiff_t>(headers + palette + (height - 1 - row) * stride));
    }
    return file;
}

std::vector<std::string> files_of_uri_list(std::string_view list) {
    std::vector<std::string> files;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find_first_of("\r\n"), list.size());
        const std::string_view line = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        if (line.empty() || line.starts_with('#')) continue;
        if (auto path = path_of_uri(std::string(line))) files.push_back(std::move(*path));
    }
    return files;
}

std::optional<std::string> wanted_form(std::span<const std::string> offered) {
    for (const std::string_view form : picture_form_names)
        if (std::ranges::find(offered, form) != offered.end()) return std::string(form);
    if (std::ranges::find(offered, uri_list_form) != offered.end()) return std::string(uri_list_form);
    return std::nullopt;
}

}  // namespace tokendeck::desktop
