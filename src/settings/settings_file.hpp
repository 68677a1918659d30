// The settings as a text file: `key = value`, one a line, with comments. What is here only reads and makes text;
// settings_file_writer.hpp puts it on disk.
// What the program does not understand stays in the file as it is: comments, unknown keys, and lines that are wrong. A
// wrong line is told with its number, and its setting has the default for this run. No secret is ever a setting.
// Thread: any.
#pragma once

#include "state/preferences.hpp"
#include "state/settings_problems.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tokendeck::settings {

// In the window system's own units. Without a place the window system decides (on Wayland it always does).
struct WindowPlace {
    int x = 0;
    int y = 0;
    friend bool operator==(const WindowPlace&, const WindowPlace&) = default;
};
struct WindowSize {
    int width = 0;
    int height = 0;
    friend bool operator==(const WindowSize&, const WindowSize&) = default;
};

struct SettingsValues {
    int clipboard_seconds = 45;
    bool mask_codes = true;
    state::Theme theme = state::Theme::system;
    std::optional<int> scale_percent{};  // nothing: what the screen says
    int user_pin_minutes = 10;
    std::string simulated_model = "pro";  // a simulator::SimulatedModel's key
    std::string language{};               // of words::languages(), its code; empty: the system's
    state::Motion motion = state::Motion::automatic;
    std::optional<WindowPlace> window_place{};
    std::optional<WindowSize> window_size{};
    bool window_maximised = false;
    friend bool operator==(const SettingsValues&, const SettingsValues&) = default;
};

// What a file may say; both ends included.
struct SettingsLimits {
    static constexpr int clipboard_seconds_least = 5, clipboard_seconds_most = 600;
    static constexpr int user_pin_minutes_least = 1, user_pin_minutes_most = 120;
    static constexpr int scale_percent_least = 75, scale_percent_most = 300;
    static constexpr int place_least = -32'768, place_most = 32'767;
    static constexpr int size_least = 200, size_most = 32'767;
    static constexpr std::size_t file_bytes_most = 65'536;
};

struct ParsedSettings {
    SettingsValues values{};
    state::SettingsProblems problems{};  // by line, the first `problems_most`
};

inline constexpr std::size_t problems_most = 12;  // that are shown; the others are counted

// Takes any bytes.
[[nodiscard]] ParsedSettings parse_settings(std::string_view file);

// Changes in `file` only the settings in which `now` differs from `before`. An empty `file` becomes one
// with all settings explained. A wrong line whose setting is changed becomes a comment, and the new line follows it.
// `now` must be within the limits (see `settings_beyond_limits`).
[[nodiscard]] std::string rewrite_settings(std::string_view file, const SettingsValues& before,
                                           const SettingsValues& now);

// The keys in which a value is outside what a file may say; empty if it can be kept.
[[nodiscard]] std::vector<std::string_view> settings_beyond_limits(const SettingsValues& values);

}  // namespace tokendeck::settings
