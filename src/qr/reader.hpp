// One attempt to find QR codes in a picture. The only place that knows ZXing-cpp is reader.cpp.
#pragma once

#include "base/secret.hpp"
#include "qr/picture.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace tokendeck::qr {

struct Found {
    struct Part {
        std::size_t index, count;
        std::uint8_t parity;
    };
    base::SecretText text{};
    int x = 0;  // the middle of the code, in pixels
    int y = 0;
    int height = 0;              // from its highest corner to its lowest
    std::optional<Part> part{};  // of a text that is spread over several codes; its bytes are not converted
};

// How black is told from white: by the mean around each place, which copes with uneven light, or by the two peaks of
// a row's brightness, which copes with noise and with large even areas.
enum class Threshold { local, global };

// All QR codes in `picture` at the size it has and dark on light, in no particular order, perhaps several times the
// same. Throws what ZXing-cpp throws. Precondition: no more finder patterns than finders.hpp says.
[[nodiscard]] std::vector<Found> find_codes(const Grey& picture, Threshold threshold = Threshold::local);

}  // namespace tokendeck::qr
