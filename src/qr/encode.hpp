// From a text to the QR code that holds it.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <cstddef>
#include <string_view>

namespace tokendeck::qr {

// What the largest code holds in byte mode at the lowest error correction. Source: ISO/IEC 18004, table 7.
inline constexpr std::size_t text_bytes_most = 2953;

// A code without its quiet zone, which has to be 4 modules wide and light on each side.
struct Matrix {
    int side = 0;                 // in modules, 21 to 177
    base::SecretBytes modules{};  // side * side, row by row: 1 dark, 0 light. Who has them has the text

    [[nodiscard]] bool dark(int x, int y) const {
        return modules.bytes()[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) +
                               static_cast<std::size_t>(x)] != 0;
    }
};

// `text` is put in as its bytes are, in the smallest code with error correction M, or L if it is too long for M.
// Takes up to some tens of milliseconds. Thread: any.
// Errors: errors::text_empty, text_too_long, encoder_failed.
[[nodiscard]] base::Result<Matrix> encode(std::string_view text);

}  // namespace tokendeck::qr
