#include "device/system_files_linux.hpp"

#include "base/outside_file.hpp"

#include <algorithm>
#include <string_view>

namespace tokendeck::device {

std::vector<std::string> system_lines(const std::filesystem::path& file) {
    constexpr std::size_t bytes_most = std::size_t{1} << 20;
    std::vector<std::string> lines;
    const auto content = base::read_outside_file(file.string(), bytes_most);
    if (!content) return lines;
    for (std::string_view rest = base::text_of(content.value()); !rest.empty();) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(line.size() + 1, rest.size()));
        lines.emplace_back(line);
    }
    return lines;
}

std::vector<std::filesystem::path> system_entries(const std::filesystem::path& folder) {
    namespace fs = std::filesystem;
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error))
        found.push_back(at->path());
    std::ranges::sort(found);
    return found;
}

}  // namespace tokendeck::device
