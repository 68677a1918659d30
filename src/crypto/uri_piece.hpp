// Stretches of a URI that know where they begin, for errors that name the place. Source: RFC 3986.
#pragma once

#include "base/ascii.hpp"
#include "base/result.hpp"
#include "base/utf8.hpp"
#include "crypto/character_name.hpp"
#include "crypto/errors.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace tokendeck::crypto::uri {

using base::Error;
using base::Result;

// A stretch of the URI and where it begins, in bytes from its start.
struct Piece {
    std::string_view text;
    std::size_t offset = 0;

    [[nodiscard]] Piece from(std::size_t start) const { return {text.substr(start), offset + start}; }
    [[nodiscard]] Piece up_to(std::size_t end) const { return {text.substr(0, end), offset}; }
    // The piece before the first `mark`, which is cut off together with the mark. All of it if there is none.
    [[nodiscard]] Piece take_until(char mark) {
        const std::size_t at = text.find(mark);
        const Piece head = up_to(at);
        *this = at == std::string_view::npos ? from(text.size()) : from(at + 1);
        return head;
    }
};

inline Error problem(base::ErrorCode code, std::string_view field) {
    return Error{.code = code, .field = std::string(field)};
}

inline Error problem_at(base::ErrorCode code, std::string_view field, std::size_t offset, std::string subject = {}) {
    return Error{.code = code, .field = std::string(field), .subject = std::move(subject), .position = offset + 1};
}

// What may stand in a path or a query as it is: RFC 3986, pchar, "/" and "?". '%' is not among them.
inline bool is_plain(char c) {
    constexpr std::string_view marks = "-._~!$&'()*+,;=:@/?";
    return base::is_letter(c) || base::is_digit(c) || marks.find(c) != std::string_view::npos;
}

// What should have been percent-encoded but can only be meant as itself: a space, marks and letters beyond ASCII.
inline bool can_be_meant(const base::Character& c) {
    return c.valid && c.code >= ' ' && c.code != 0x7F && c.code != '%';
}

// Percent-decodes `piece` to the end of `to`, a std::string or a SecretText. `not_encoded`, if it is there, allows what
// can be meant, and is set to true if any was.
template <typename Text>
Result<void> decode_percent(const Piece& piece, std::string_view field, Text& to, bool* not_encoded = nullptr) {
    const std::string_view raw = piece.text;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '%') {
            const int high = i + 1 < raw.size() ? base::hex_value(raw[i + 1]) : -1;
            const int low = i + 2 < raw.size() ? base::hex_value(raw[i + 2]) : -1;
            if (high < 0 || low < 0) return problem_at(errors::percent_damaged, field, piece.offset + i);
            to.push_back(static_cast<char>(high * 16 + low));
            i += 2;
        } else if (is_plain(raw[i])) {
            to.push_back(raw[i]);
        } else {
            const std::string_view rest = raw.substr(i);
            const base::Character c = base::first_character(rest);
            if (not_encoded == nullptr || !can_be_meant(c))
                return problem_at(errors::uri_bad_character, field, piece.offset + i, named(rest, c));
            *not_encoded = true;
            for (const char byte : rest.substr(0, c.size)) to.push_back(byte);
            i += c.size - 1;
        }
    }
    return {};
}

// Where in the URI the byte `index` of the decoded text of `piece` comes from. `piece` decodes without error.
inline std::size_t origin(const Piece& piece, std::size_t index) {
    std::size_t i = 0;
    for (; index != 0 && i < piece.text.size(); --index) i += piece.text[i] == '%' ? 3 : 1;
    return piece.offset + i;
}

// A text for people: percent-decoded, UTF-8, without control characters.
inline Result<std::string> decode_name(const Piece& piece, std::string_view field, bool* not_encoded) {
    std::string name;
    if (auto decoded = decode_percent(piece, field, name, not_encoded); !decoded) return std::move(decoded).error();
    for (std::size_t i = 0; i < name.size();) {
        const std::string_view rest = std::string_view(name).substr(i);
        const base::Character c = base::first_character(rest);
        if (!c.valid) return problem_at(errors::not_utf8, field, origin(piece, i));
        if (base::is_control(c.code))
            return problem_at(errors::control_character, field, origin(piece, i), named(rest, c));
        i += c.size;
    }
    return name;
}

}  // namespace tokendeck::crypto::uri
