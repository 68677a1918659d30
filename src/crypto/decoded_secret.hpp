// What the two ways of writing a secret in letters (base32.hpp, hex.hpp) have in common.
#pragma once

#include "base/secret.hpp"
#include "base/utf8.hpp"
#include "channel/crypto_messages.hpp"

#include <vector>

namespace tokendeck::crypto {

struct DecodedSecret {
    base::SecretBytes bytes{};
    // read_invisible; of base32 also read_left_over_bits, read_padding, read_secret_incomplete
    std::vector<channel::Remark> remarks{};
};

// May stand between the characters: white space and dashes, also U+2010, U+2011 and U+2013.
[[nodiscard]] inline bool may_separate(char32_t c) {
    return base::is_white_space(c) || c == '-' || c == 0x2010 || c == 0x2011 || c == 0x2013;
}

}  // namespace tokendeck::crypto
