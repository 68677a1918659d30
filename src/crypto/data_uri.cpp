#include "crypto/data_uri.hpp"

#include "base/ascii.hpp"
#include "base/error_number.hpp"
#include "crypto/base64.hpp"
#include "crypto/errors.hpp"
#include "crypto/scheme.hpp"
#include "crypto/uri_piece.hpp"
#include "qr/decode.hpp"
#include "qr/errors.hpp"

#include <cstddef>
#include <cstdint>
#include <utility>

namespace tokendeck::crypto {
namespace {

// Percent signs undone, white space left out.
base::Result<base::SecretBytes> unpacked(std::string_view text) {
    base::SecretBytes bytes(text.size());
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (base::white_space.find(text[i]) != std::string_view::npos) continue;
        int value = static_cast<unsigned char>(text[i]);
        if (text[i] == '%') {
            const int high = i + 2 < text.size() ? base::hex_value(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? base::hex_value(text[i + 2]) : -1;
            if (high < 0 || low < 0) return base::Error{errors::data_uri_damaged};
            value = high * 16 + low;
            i += 2;
        }
        bytes.bytes()[written++] = static_cast<std::uint8_t>(value);
    }
    bytes.shrink(written);
    return bytes;
}

}  // namespace

bool is_data_uri(std::string_view text) {
    return base::equal_without_case(scheme_of(text), "data") && text.find(',') != std::string_view::npos;
}

base::Result<base::SecretBytes> data_of_uri(std::string_view text) {
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos) return base::Error{errors::data_uri_damaged};
    const std::string_view head = text.substr(0, comma);
    const std::string_view packed = text.substr(comma + 1);
    if (packed.size() > qr::file_bytes_max / 3 * 4) {
        return base::Error{.code = qr::errors::file_too_large, .limit = base::number(qr::file_bytes_max)};
    }
    auto bytes = unpacked(packed);
    constexpr std::string_view mark = ";base64";
    const bool base64 =
        head.size() >= mark.size() && base::equal_without_case(head.substr(head.size() - mark.size()), mark);
    if (!bytes || !base64) return bytes;
    const auto characters = std::as_const(bytes.value()).bytes();
    Base64 decoded = decode_base64({reinterpret_cast<const char*>(characters.data()), characters.size()});
    if (decoded.bad_at || decoded.cut_off) return base::Error{errors::data_uri_damaged};
    return std::move(decoded.bytes);
}

}  // namespace tokendeck::crypto
