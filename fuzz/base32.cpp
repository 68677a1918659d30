// Any bytes as a base32 text. What decodes must encode to the same characters again, but for bits that fill no byte.
// Seeds: tests/vectors/base32.txt.
#include "crypto/base32.hpp"
#include "demand.hpp"

#include <string>
#include <string_view>

using namespace tokendeck;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto decoded = crypto::decode_base32(text);
    if (!decoded) {
        demand(decoded.error().position.value_or(0) <= size);
        return 0;
    }
    std::string letters;
    for (const char c : text) {
        const bool small = c >= 'a' && c <= 'z';
        if (small || (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7')) letters += small ? static_cast<char>(c - 32) : c;
    }
    const auto again = crypto::encode_base32(decoded.value().bytes.bytes());
    const std::size_t whole = decoded.value().bytes.size() * 8 / 5;  // characters all of whose bits are in a byte
    demand(again.view().substr(0, whole) == std::string_view(letters).substr(0, whole));
    const bool plain = decoded.value().remarks.empty();
    demand(!plain || again.view() == letters);
    return 0;
}
