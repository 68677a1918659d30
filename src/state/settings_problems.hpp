// What is wrong with the settings file. Its words, in the window's language: ui/settings_problems.hpp.
#pragma once

#include "base/error.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::state {

// Something in one line. What the line says is bounded and in one line.
struct SettingsProblem {
    enum class Kind : std::uint8_t {
        not_a_setting,  // no "="; `found`: the line
        unknown_key,    // `key`: as it stands there
        bad_value,      // `found`: the value, `used`: the default that holds instead, `allowed`: what would be right
        said_twice,     // `used`: what the first line with this key says, which counts
    };
    Kind kind = Kind::bad_value;
    std::size_t line = 0;  // from 1
    std::string key{};
    std::string found{};
    std::string used{};
    std::string allowed{};
    friend bool operator==(const SettingsProblem&, const SettingsProblem&) = default;
};

struct SettingsProblems {
    std::vector<SettingsProblem> lines{};
    std::size_t more = 0;  // lines with problems beyond those
    // The file cannot be used at all: the defaults hold, and it stays as it is, whatever is changed in the window.
    std::optional<base::Error> file{};
    [[nodiscard]] bool any() const { return !lines.empty() || file; }
};

}  // namespace tokendeck::state
