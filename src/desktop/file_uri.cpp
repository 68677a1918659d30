#include "desktop/file_uri.hpp"

#include "base/ascii.hpp"

#include <string_view>

namespace tokendeck::desktop {

std::optional<std::string> path_of_uri(const std::string& uri) {
    constexpr std::string_view scheme = "file://";
    if (!uri.starts_with(scheme)) return {};
    std::string_view rest = std::string_view(uri).substr(scheme.size());
    if (rest.starts_with("localhost/")) rest.remove_prefix(std::string_view("localhost").size());
    if (!rest.starts_with('/')) return {};
    std::string path;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        if (rest[i] == '?' || rest[i] == '#') return {};
        if (rest[i] != '%') {
            path.push_back(rest[i]);
            continue;
        }
        if (i + 2 >= rest.size()) return {};
        const int high = base::hex_value(rest[i + 1]);
        const int low = base::hex_value(rest[i + 2]);
        if (high < 0 || low < 0 || (high == 0 && low == 0)) return {};
        path.push_back(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return path;
}

}  // namespace tokendeck::desktop
