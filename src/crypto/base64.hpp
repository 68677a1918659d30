// Base64 as URIs carry it. Source: RFC 4648, section 4.
#pragma once

#include "base/secret.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace tokendeck::crypto {

struct Base64 {
    base::SecretBytes bytes{};            // empty if anything below is set
    std::optional<std::size_t> bad_at{};  // of the first character that base64 does not have, bytes from the start
    bool cut_off = false;                 // no whole number of bytes, or the padding is wrong
};

// Strict, but the padding may be missing. Thread: any.
[[nodiscard]] Base64 decode_base64(std::string_view text);

}  // namespace tokendeck::crypto
