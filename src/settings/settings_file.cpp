#include "settings/settings_file.hpp"

#include "base/ascii.hpp"
#include "base/one_line.hpp"
#include "simulator/simulated_models.hpp"
#include "words/language.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>

namespace tokendeck::settings {

namespace {

using Limits = SettingsLimits;

// Digits with at most a minus before them, within the limits.
std::optional<int> whole_number(std::string_view text, int least, int most) {
    int number = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc{} || end != text.data() + text.size() || number < least || number > most) return {};
    return number;
}

struct Pair {
    int first;
    int second;
};

std::optional<Pair> two_numbers(std::string_view text, int least, int most) {
    const std::size_t gap = text.find_first_of(" \t");
    if (gap == std::string_view::npos) return {};
    const auto first = whole_number(text.substr(0, gap), least, most);
    const auto second = whole_number(base::trimmed(text.substr(gap)), least, most);
    if (!first || !second) return {};
    return Pair{*first, *second};
}

// "1", "1.5", "0.75": hundredths, independent of the locale and the library.
std::optional<int> hundredths(std::string_view text) {
    const std::size_t point = text.find('.');
    const auto whole = whole_number(text.substr(0, point), 0, 99);
    if (!whole || text.starts_with('-')) return {};
    if (point == std::string_view::npos) return *whole * 100;
    const std::string_view places = text.substr(point + 1);
    const auto fraction = whole_number(places, 0, 99);
    if (!fraction || places.empty() || places.size() > 2 || places.starts_with('-')) return {};
    return *whole * 100 + (places.size() == 1 ? *fraction * 10 : *fraction);
}

template <typename T>
struct Word {
    std::string_view text;
    T value;
};

constexpr std::array<Word<bool>, 2> switch_words{{{"on", true}, {"off", false}}};
constexpr std::array<Word<state::Theme>, 3> theme_words{
    {{"system", state::Theme::system}, {"light", state::Theme::light}, {"dark", state::Theme::dark}}};
constexpr std::array<Word<state::Motion>, 3> motion_words{
    {{"auto", state::Motion::automatic}, {"on", state::Motion::reduced}, {"off", state::Motion::full}}};

template <typename T, std::size_t n>
bool take_word(const std::array<Word<T>, n>& words, std::string_view text, T& into) {
    const auto found = std::ranges::find(words, text, &Word<T>::text);
    if (found == words.end()) return false;
    into = found->value;
    return true;
}

template <typename T, std::size_t n>
std::string word_of(const std::array<Word<T>, n>& words, T value) {
    const auto found = std::ranges::find(words, value, &Word<T>::value);
    return std::string(found != words.end() ? found->text : words.front().text);
}

template <typename T>
bool take(const std::optional<T>& read, T& into) {
    if (read) into = *read;
    return read.has_value();
}

std::string two_places(int percent) {
    std::string text = std::to_string(percent / 100);
    const int rest = percent % 100;
    if (rest != 0) text += "." + std::to_string(rest / 10);
    if (rest % 10 != 0) text += std::to_string(rest % 10);
    return text;
}

struct Key {
    std::string_view name;
    std::string_view allowed;  // in no language; empty: see `allowed_by`
    std::string_view comment;
    bool (*read)(std::string_view, SettingsValues&);  // leaves the values alone if it returns false
    std::string (*write)(const SettingsValues&);
};

bool read_language(std::string_view text, SettingsValues& values) {
    const auto language = words::language_of_code(text);
    if (!language && text != "auto") return false;
    values.language =
        language ? std::string(words::languages()[static_cast<std::size_t>(*language)].code) : std::string();
    return true;
}

bool read_scale(std::string_view text, SettingsValues& values) {
    if (text == "auto") {
        values.scale_percent.reset();
        return true;
    }
    const auto percent = hundredths(text);
    if (!percent || *percent < Limits::scale_percent_least || *percent > Limits::scale_percent_most) return false;
    values.scale_percent = percent;
    return true;
}

bool read_place(std::string_view text, SettingsValues& values) {
    const auto pair = two_numbers(text, Limits::place_least, Limits::place_most);
    if (pair) values.window_place = WindowPlace{pair->first, pair->second};
    else if (text == "auto") values.window_place.reset();
    return pair || text == "auto";
}

bool read_size(std::string_view text, SettingsValues& values) {
    const auto pair = two_numbers(text, Limits::size_least, Limits::size_most);
    if (pair) values.window_size = WindowSize{pair->first, pair->second};
    else if (text == "auto") values.window_size.reset();
    return pair || text == "auto";
}

bool read_model(std::string_view text, SettingsValues& values) {
    if (simulator::find_simulated_model(text) == nullptr) return false;
    values.simulated_model = text;
    return true;
}

using V = SettingsValues;
using Text = std::string_view;

constexpr std::array keys{
    Key{"clipboard_seconds", "5 … 600", "Seconds until a copied code is taken off the clipboard.",
        [](Text t, V& v) {
            return take(whole_number(t, Limits::clipboard_seconds_least, Limits::clipboard_seconds_most),
                        v.clipboard_seconds);
        },
        [](const V& v) { return std::to_string(v.clipboard_seconds); }},
    Key{"mask_codes", "on | off", "Codes are hidden until they are asked for.",
        [](Text t, V& v) { return take_word(switch_words, t, v.mask_codes); },
        [](const V& v) { return word_of(switch_words, v.mask_codes); }},
    Key{"theme", "system | light | dark", "Colours; \"system\" follows the desktop.",
        [](Text t, V& v) { return take_word(theme_words, t, v.theme); },
        [](const V& v) { return word_of(theme_words, v.theme); }},
    Key{"scale", "auto | 0.75 … 3.00", "Size of everything in the window; \"auto\" follows the screen.", read_scale,
        [](const V& v) { return v.scale_percent ? two_places(*v.scale_percent) : std::string("auto"); }},
    Key{"user_pin_minutes", "1 … 120", "Minutes for which the token accepts the user PIN.",
        [](Text t, V& v) {
            return take(whole_number(t, Limits::user_pin_minutes_least, Limits::user_pin_minutes_most),
                        v.user_pin_minutes);
        },
        [](const V& v) { return std::to_string(v.user_pin_minutes); }},
    Key{"simulated_model", "", "The token that the start page offers to simulate.", read_model,
        [](const V& v) { return v.simulated_model; }},
    Key{"language", "", "Language of the window; \"auto\" follows the system.", read_language,
        [](const V& v) { return v.language.empty() ? std::string("auto") : v.language; }},
    Key{"reduced_motion", "auto | on | off", "Without movement in the window; \"auto\" follows the desktop.",
        [](Text t, V& v) { return take_word(motion_words, t, v.motion); },
        [](const V& v) { return word_of(motion_words, v.motion); }},
    Key{"window_place", "auto | -32768 … 32767 -32768 … 32767", "Written by the window.", read_place,
        [](const V& v) {
            return v.window_place ? std::to_string(v.window_place->x) + " " + std::to_string(v.window_place->y)
                                  : std::string("auto");
        }},
    Key{"window_size", "auto | 200 … 32767 200 … 32767", "Written by the window.", read_size,
        [](const V& v) {
            return v.window_size ? std::to_string(v.window_size->width) + " " + std::to_string(v.window_size->height)
                                 : std::string("auto");
        }},
    Key{"window_maximised", "on | off", "Written by the window.",
        [](Text t, V& v) { return take_word(switch_words, t, v.window_maximised); },
        [](const V& v) { return word_of(switch_words, v.window_maximised); }},
};

const Key* find_key(std::string_view name) {
    const auto found = std::ranges::find(keys, name, &Key::name);
    return found != keys.end() ? &*found : nullptr;
}

struct Line {
    std::string_view raw;  // with its end
    enum class Form : std::uint8_t { nothing, comment, setting, other } form = Form::nothing;
    std::string_view key{};
    std::string_view value{};
};

Line line_of(std::string_view raw) {
    Line line{raw};
    std::string_view text = raw;
    if (text.ends_with('\n')) text.remove_suffix(1);
    text = base::trimmed(text);
    if (text.empty()) return line;
    if (text.starts_with('#')) {
        line.form = Line::Form::comment;
        return line;
    }
    const std::size_t sign = text.find('=');
    line.form = sign == std::string_view::npos || sign == 0 ? Line::Form::other : Line::Form::setting;
    if (line.form == Line::Form::setting) {
        line.key = base::trimmed(text.substr(0, sign));
        line.value = base::trimmed(text.substr(sign + 1));
    } else {
        line.value = text;
    }
    return line;
}

std::vector<Line> lines_of(std::string_view file) {
    std::vector<Line> lines;
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";  // kept by being a line without an end
    if (file.starts_with(byte_order_mark)) {
        lines.push_back(Line{file.substr(0, byte_order_mark.size())});
        file.remove_prefix(byte_order_mark.size());
    }
    while (!file.empty()) {
        const std::size_t end = file.find('\n');
        const std::size_t length = end == std::string_view::npos ? file.size() : end + 1;
        lines.push_back(line_of(file.substr(0, length)));
        file.remove_prefix(length);
    }
    return lines;
}

std::string allowed_by(const Key& key) {
    if (!key.allowed.empty()) return std::string(key.allowed);
    std::string all;
    const auto add = [&](std::string_view one) { all.append(all.empty() ? "" : " | ").append(one); };
    if (key.name == "language") {
        add("auto");
        for (const words::ServedLanguage& one : words::languages()) add(one.code);
    } else {
        for (const simulator::SimulatedModel& one : simulator::simulated_models()) add(one.key);
    }
    return all;
}

std::string explained(const Key& key) {
    return "# " + std::string(key.comment) + " (" + allowed_by(key) + ")\n";
}

std::string first_file(const SettingsValues& now) {
    std::string text =
        "# Settings of tokendeck: key = value. Lines that begin with # are comments. The program changes only the\n"
        "# lines of settings that are changed in its window; everything else stays as it is. A line that is commented\n"
        "# out shows the value that holds without it.\n";
    const SettingsValues defaults;
    for (const Key& key : keys) {
        const std::string value = key.write(now);
        text += "\n" + explained(key) + (value == key.write(defaults) ? "#" : "") + std::string(key.name) + " = " +
                value + "\n";
    }
    return text;
}

// "#theme = system", as `first_file` writes it: the place for a setting that is not yet in the file.
bool stands_for(const Line& line, const Key& key) {
    if (line.form != Line::Form::comment) return false;
    const Line inner = line_of(base::trimmed(line.raw).substr(1));
    return inner.form == Line::Form::setting && inner.key == key.name;
}

struct Change {
    const Key* key;
    std::string value;
    bool made = false;
};

}  // namespace

ParsedSettings parse_settings(std::string_view file) {
    using Problem = state::SettingsProblem;
    using Kind = Problem::Kind;
    constexpr std::size_t shown_most = 40;  // characters
    const auto shown = [](std::string_view text) { return base::one_line(text, shown_most); };
    ParsedSettings parsed;
    const auto tell = [&](Problem problem) {
        if (parsed.problems.lines.size() < problems_most) parsed.problems.lines.push_back(std::move(problem));
        else ++parsed.problems.more;
    };
    std::vector<const Key*> said;
    std::size_t number = 0;
    for (const Line& line : lines_of(file)) {
        if (line.raw != "\xEF\xBB\xBF") ++number;
        if (line.form == Line::Form::other) tell({Kind::not_a_setting, number, {}, shown(line.value), {}, {}});
        if (line.form != Line::Form::setting) continue;
        const Key* const key = find_key(line.key);
        const std::string name(key != nullptr ? key->name : std::string_view());
        if (key == nullptr) {
            tell({Kind::unknown_key, number, shown(line.key), {}, {}, {}});
        } else if (std::ranges::find(said, key) != said.end()) {
            tell({Kind::said_twice, number, name, {}, key->write(parsed.values), {}});
        } else {
            said.push_back(key);
            if (!key->read(line.value, parsed.values))
                tell({Kind::bad_value, number, name, shown(line.value), key->write({}), allowed_by(*key)});
        }
    }
    return parsed;
}

std::string rewrite_settings(std::string_view file, const SettingsValues& before, const SettingsValues& now) {
    if (file.empty()) return first_file(now);
    std::vector<Change> changes;
    for (const Key& key : keys) {
        std::string value = key.write(now);
        if (value != key.write(before)) changes.push_back({&key, std::move(value)});
    }
    const std::vector<Line> lines = lines_of(file);
    const std::string_view ending = file.find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
    const auto setting = [&](const Change& change) {
        return std::string(change.key->name) + " = " + change.value + std::string(ending);
    };
    const auto is_said = [&](const Key& key) {
        return std::ranges::any_of(lines, [&](const Line& line) { return line.key == key.name; });
    };
    std::string text;
    for (const Line& line : lines) {
        Change* replaced = nullptr;
        Change* follows = nullptr;
        for (Change& change : changes) {
            if (change.made) continue;
            if (line.form == Line::Form::setting && line.key == change.key->name) replaced = &change;
            if (stands_for(line, *change.key) && !is_said(*change.key)) follows = &change;
        }
        SettingsValues unused;
        if (replaced != nullptr) {
            replaced->made = true;
            if (!replaced->key->read(line.value, unused)) {
                text += "# not understood: ";
                text += line.raw;
                if (!text.ends_with('\n')) text += ending;
            }
            text += setting(*replaced);
            continue;
        }
        text += line.raw;
        if (follows != nullptr) {
            follows->made = true;
            if (!text.ends_with('\n')) text += ending;
            text += setting(*follows);
        }
    }
    for (const Change& change : changes) {
        if (change.made) continue;
        if (!text.empty() && !text.ends_with('\n')) text += ending;
        text += setting(change);
    }
    return text;
}

std::vector<std::string_view> settings_beyond_limits(const SettingsValues& values) {
    std::vector<std::string_view> beyond;
    for (const Key& key : keys) {
        SettingsValues read;
        if (!key.read(key.write(values), read)) beyond.push_back(key.name);
    }
    return beyond;
}

}  // namespace tokendeck::settings
