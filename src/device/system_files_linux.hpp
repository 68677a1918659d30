// What Linux tells in files: sysfs, procfs, udev's rules, logind. Read with a limit, and never waited for.
// What cannot be read is as if it were empty: the doctor and the USB tree tell what they see.
// Thread: any. Blocks on the disk.
#pragma once

#include <charconv>
#include <filesystem>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

namespace tokendeck::device {

// The lines of a file of at most 1 MiB, without their ends.
[[nodiscard]] std::vector<std::string> system_lines(const std::filesystem::path& file);

// Sorted.
[[nodiscard]] std::vector<std::filesystem::path> system_entries(const std::filesystem::path& folder);

// The number that the file's first line begins with.
template <typename Number>
[[nodiscard]] std::optional<Number> system_number(const std::filesystem::path& attribute, int base) {
    const auto lines = system_lines(attribute);
    if (lines.empty()) return std::nullopt;
    const std::string& line = lines.front();
    Number value = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value, base);
    if (error != std::errc{} || end == line.data()) return std::nullopt;
    return value;
}

}  // namespace tokendeck::device
