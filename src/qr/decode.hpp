// From the bytes of a picture file to the texts of the QR codes in it.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace tokendeck::qr {

// A photograph of today's telephones at its best quality has 5 to 15 MiB.
inline constexpr std::size_t file_bytes_max = std::size_t{20} * 1024 * 1024;
// Larger than a screenshot of two 5K screens and than what telephones deliver unless told otherwise.
inline constexpr std::size_t pixels_max = 40'000'000;  // half of it with 16 bits a channel
inline constexpr std::size_t side_max = 16384;         // ZXing computes with products of sides in int

// One code of a text that is spread over up to 16 (ISO/IEC 18004, "Structured append").
struct CodePart {
    std::size_t index = 0;    // from 0
    std::size_t count = 0;    // of the whole text
    std::uint8_t parity = 0;  // all bytes of the whole text, combined by exclusive or
    base::SecretText text{};  // its bytes as they are
};
struct Codes {
    std::vector<base::SecretText> texts{};
    std::vector<CodePart> parts{};  // of texts that are spread over several codes
};

// All different QR codes in a PNG, JPEG, BMP or GIF (its first frame), as people read: row by row, left to right.
// At least one, or a part of one. The codes may be rotated, inverted, on a transparent ground, without a quiet zone,
// photographed. Texts are UTF-8 if the code says so or it can be guessed. A code may carry a seed: hence SecretText,
// and all that is made of the picture on the way is wiped (what ZXing keeps for itself while it works is not in reach).
// Micro QR codes are not looked for: the largest holds 15 bytes.
// Bounded in time and memory, whatever the bytes: sizes are checked before anything is decoded; takes up to a few
// seconds for the largest pictures, so never call it on the main thread. Thread: any.
// Errors: qr::errors.
[[nodiscard]] base::Result<Codes> read_codes(std::span<const std::uint8_t> file_bytes);

}  // namespace tokendeck::qr
