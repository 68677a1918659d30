// What a pasted text falls into: addresses of accounts, wherever they stand in it, or a secret.
#pragma once

#include "base/secret.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace tokendeck::crypto {

// Where an address ends, if the next line may belong to it or not.
enum class LineEnd : std::uint8_t { clear, ends_here, goes_on };

struct TextPart {
    std::string_view text{};                   // within the whole; without white space and quotes around it
    std::size_t byte = 0;                      // where it starts there
    std::size_t line = 1;                      // where it starts, from 1
    bool around = false;                       // other text stands beside it that is not read
    bool within_secret = false;                // that text follows right after its secret
    std::optional<base::SecretText> joined{};  // read in place of `text`: put together from several lines
    std::size_t lines = 1;                     // how many
    LineEnd end = LineEnd::clear;

    [[nodiscard]] std::string_view read() const { return joined ? joined->view() : text; }
};

// At least one. If the text has an otpauth or otpauth-migration address, its parts are: the addresses; lines that look
// like a secret or like another address. Else it is one part, the whole. `is_account` says whether a text can be read
// as an address: by that is found where one ends.
[[nodiscard]] std::vector<TextPart> parts_of(std::string_view whole,
                                             const std::function<bool(std::string_view)>& is_account);

// The lines that are not empty, without white space around them.
[[nodiscard]] std::vector<TextPart> lines_of(std::string_view whole);

// The whole without white space, characters that cannot be seen and a pair of quotes around it.
[[nodiscard]] TextPart bare_part(std::string_view whole);

[[nodiscard]] bool is_account_uri(std::string_view text);

}  // namespace tokendeck::crypto
