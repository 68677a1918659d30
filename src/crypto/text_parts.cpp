#include "crypto/text_parts.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "crypto/scheme.hpp"
#include "crypto/uri_piece.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tokendeck::crypto {
namespace {

constexpr std::size_t lines_joined_max = 16;

bool is_around(const base::Character& c) {
    return c.valid && (base::is_white_space(c.code) || base::is_invisible(c.code));
}

std::size_t last_character_at(std::string_view text) {
    std::size_t at = text.size() - 1;
    while (at > 0 && text.size() - at < 4 && base::continues_character(text[at])) --at;
    return at;
}

TextPart trimmed(TextPart part) {
    std::string_view text = part.text;
    while (!text.empty()) {
        const base::Character c = base::first_character(text);
        if (!is_around(c)) break;
        if (c.code == '\n') ++part.line;
        part.byte += c.size;
        text.remove_prefix(c.size);
    }
    while (!text.empty()) {
        const std::size_t at = last_character_at(text);
        const base::Character c = base::first_character(text.substr(at));
        if (c.size != text.size() - at || !is_around(c)) break;
        text.remove_suffix(c.size);
    }
    part.text = text;
    return part;
}

// ---- quotes ----

struct Pair {
    std::string_view open;
    std::string_view close;
};
constexpr std::array pairs{Pair{"\"", "\""}, Pair{"'", "'"}, Pair{"`", "`"}, Pair{"<", ">"}, Pair{">", "<"},
                           Pair{"(", ")"},   Pair{"[", "]"}, Pair{"{", "}"}, Pair{"“", "”"}, Pair{"„", "“"},
                           Pair{"‘", "’"},   Pair{"‚", "‘"}, Pair{"«", "»"}, Pair{"»", "«"}, Pair{"‹", "›"}};

// What closes the quote that `before` ends with; empty if it ends with none.
std::string_view closing(std::string_view before) {
    for (const Pair& pair : pairs)
        if (before.ends_with(pair.open)) return pair.close;
    return {};
}

// ---- addresses within a line ----

constexpr std::array<std::string_view, 2> address_starts{"otpauth://", "otpauth-migration://"};

bool starts_address(std::string_view text) {
    return std::ranges::any_of(address_starts, [&](std::string_view start) {
        return base::equal_without_case(text.substr(0, start.size()), start);
    });
}

std::size_t find_address(std::string_view line, std::size_t from) {
    for (std::size_t at = from; at < line.size(); ++at) {
        const bool within_word = at > 0 && (base::is_letter(line[at - 1]) || base::is_digit(line[at - 1]));
        if (base::lower(line[at]) == 'o' && !within_word && starts_address(line.substr(at))) return at;
    }
    return std::string_view::npos;
}

struct Found {
    TextPart part{};
    bool to_line_end = false;   // it may go on in the next line
    std::string_view quoted{};  // what stands before it in its line, if that is the mark of a quoted mail: "> "
};

// The address that starts at `text`, which goes to the end of its line or to the next address.
void find_end(TextPart& part, const std::function<bool(std::string_view)>& is_account) {
    const std::string_view text = part.text;
    if (is_account(text)) return;
    const auto try_it = [&](std::string_view shorter) {
        if (shorter.empty() || shorter.size() >= text.size() || !is_account(shorter)) return false;
        part.text = shorter;
        part.around = true;
        return true;
    };
    const auto unmarked = [](std::string_view one) {
        while (!one.empty() && std::string_view(".,;:)]}>\"'").find(one.back()) != std::string_view::npos)
            one.remove_suffix(1);
        return one;
    };
    if (try_it(unmarked(text))) return;
    const std::size_t query = text.find('?');
    if (query == std::string_view::npos) return;
    // Words after it: an address rarely has a space there.
    const std::size_t space = text.find_first_of(" \t", query);
    if (space == std::string_view::npos) return;
    // After a mark the words are surely none of it; right after the secret they may be.
    if (!try_it(unmarked(text.substr(0, space))) || part.text.size() < space) return;
    const std::size_t parameter = part.text.find_last_of("?&") + 1;
    part.within_secret = base::equal_without_case(part.text.substr(parameter, 7), "secret=");
}

bool is_mark_of_quoted_mail(std::string_view before) {
    return before.find_first_not_of("> \t") == std::string_view::npos && before.find('>') != std::string_view::npos;
}

// All addresses of a line.
std::vector<Found> addresses_of(const TextPart& line, const std::function<bool(std::string_view)>& is_account) {
    std::vector<Found> found;
    for (std::size_t at = find_address(line.text, 0); at != std::string_view::npos;) {
        const std::size_t next = find_address(line.text, at + 1);
        const std::string_view before = line.text.substr(0, at);
        std::size_t end = std::min(next, line.text.size());
        Found one;
        if (is_mark_of_quoted_mail(before)) {
            one.quoted = before;
        } else if (const std::string_view close = closing(before); !close.empty()) {
            end = std::min(end, line.text.find(close, at));
        }
        one.to_line_end = end == line.text.size();
        one.part = trimmed({.text = line.text.substr(at, end - at), .byte = line.byte + at, .line = line.line});
        find_end(one.part, is_account);
        if (one.part.around) one.to_line_end = false;
        if (at > one.quoted.size() || (!one.to_line_end && next == std::string_view::npos)) one.part.around = true;
        found.push_back(std::move(one));
        at = next;
    }
    return found;
}

// ---- an address that goes on in the next lines ----

std::string_view without_prefix(std::string_view line, std::string_view prefix) {
    if (!prefix.empty() && line.starts_with(base::trimmed(prefix))) line.remove_prefix(base::trimmed(prefix).size());
    return base::trimmed(line);
}

bool may_continue(std::string_view line) {
    return line.find("://") == std::string_view::npos && !line.empty() &&
           std::ranges::all_of(line, [](char c) { return uri::is_plain(c) || c == '%'; });
}

bool has_parameter(std::string_view line) {
    const std::size_t mark = line.find('&');
    return mark != std::string_view::npos && line.find('=', mark) != std::string_view::npos;
}

base::SecretText joined(std::string_view first, const std::vector<std::string_view>& next, std::size_t count) {
    auto text = base::SecretText::copy_of(first);
    for (std::size_t i = 0; i < count; ++i) text.append(next[i]);
    return text;
}

// The lines after `lines[at]` that may belong to an address which ends there.
std::vector<std::string_view> next_lines(const std::vector<TextPart>& lines, std::size_t at, std::string_view prefix) {
    std::vector<std::string_view> next;
    for (std::size_t i = at + 1; i < lines.size() && next.size() < lines_joined_max; ++i) {
        if (lines[i].line != lines[i - 1].line + 1) break;
        const std::string_view line = without_prefix(lines[i].text, prefix);
        if (find_address(line, 0) != std::string_view::npos || !may_continue(line)) break;
        next.push_back(line);
    }
    return next;
}

// Returns how many of `next` belong to the part; adds another part if that is not clear.
std::size_t go_on(std::vector<TextPart>& parts, const std::vector<std::string_view>& next,
                  const std::function<bool(std::string_view)>& is_account) {
    const std::string_view first = parts.back().text;
    std::size_t count = 0;
    bool whole = is_account(first);
    while (count < next.size() && (!whole || has_parameter(next[count]))) {
        ++count;
        whole = is_account(joined(first, next, count).view());
    }
    if (!whole) return 0;
    if (count > 0) {
        parts.back().joined = joined(first, next, count);
        parts.back().lines = count + 1;
    }
    for (std::size_t more = next.size(); more > count; --more) {
        auto longer = joined(first, next, more);
        if (!is_account(longer.view())) continue;
        parts.back().end = LineEnd::ends_here;
        TextPart other{.text = first, .byte = parts.back().byte, .line = parts.back().line};
        other.joined = std::move(longer);
        other.lines = more + 1;
        other.end = LineEnd::goes_on;
        parts.push_back(std::move(other));
        return more;
    }
    return count;
}

// ---- other lines beside addresses ----

bool looks_like_secret(std::string_view line) {
    constexpr std::size_t least = 16;
    return line.size() >= least && std::ranges::all_of(line, [](char c) {
               return base::is_letter(c) || base::is_digit(c) || c == '-' || c == '=';
           });
}

bool is_other_address(std::string_view line) {
    if (is_account_uri(line)) return true;  // "otpauth:" without the slashes
    const std::string_view scheme = scheme_of(line);
    return !scheme.empty() && line.substr(scheme.size() + 1).starts_with("//") &&
           !base::equal_without_case(scheme, "http") && !base::equal_without_case(scheme, "https");
}

}  // namespace

bool is_account_uri(std::string_view text) {
    const std::string_view scheme = scheme_of(text);
    return base::equal_without_case(scheme, "otpauth") || base::equal_without_case(scheme, "otpauth-migration");
}

std::vector<TextPart> lines_of(std::string_view whole) {
    std::vector<TextPart> lines;
    std::size_t line = 1;
    for (std::size_t at = 0; at < whole.size(); ++line) {
        const std::size_t end = std::min(whole.find('\n', at), whole.size());
        TextPart part = trimmed({.text = whole.substr(at, end - at), .byte = at, .line = line});
        if (!part.text.empty()) lines.push_back(std::move(part));
        at = end + 1;
    }
    return lines;
}

TextPart bare_part(std::string_view whole) {
    TextPart part = trimmed({.text = whole});
    for (const Pair& pair : pairs) {
        if (part.text.size() <= pair.open.size() + pair.close.size()) continue;
        if (!part.text.starts_with(pair.open) || !part.text.ends_with(pair.close)) continue;
        part.byte += pair.open.size();
        part.text = part.text.substr(pair.open.size(), part.text.size() - pair.open.size() - pair.close.size());
        return trimmed(std::move(part));
    }
    return part;
}

std::vector<TextPart> parts_of(std::string_view whole, const std::function<bool(std::string_view)>& is_account) {
    std::vector<TextPart> parts;
    const std::vector<TextPart> lines = lines_of(whole);
    bool words = false;
    bool address = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::vector<Found> found = addresses_of(lines[i], is_account);
        if (found.empty()) {
            const TextPart& line = lines[i];
            if (is_other_address(line.text) || looks_like_secret(line.text))
                parts.push_back({.text = line.text, .byte = line.byte, .line = line.line});
            else words = true;
            continue;
        }
        address = true;
        for (Found& one : found) parts.push_back(std::move(one.part));
        if (found.back().to_line_end) i += go_on(parts, next_lines(lines, i, found.back().quoted), is_account);
    }
    const bool several =
        lines.size() > 1 && std::ranges::any_of(parts, [](const TextPart& part) { return is_account_uri(part.text); });
    if (!address && !several) {
        parts.clear();
        parts.push_back(bare_part(whole));
    } else if (words) {
        parts.front().around = true;
    }
    return parts;
}

}  // namespace tokendeck::crypto
