// Any bytes as a picture file. Seeds: tests/images. ZXing-cpp is the system's, so only its crashes are seen.
#include "qr/decode.hpp"

#include <cstdlib>

using namespace tokendeck;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto codes = qr::read_codes({data, size});
    if (codes ? codes.value().texts.empty() && codes.value().parts.empty() : codes.error().code.name.empty())
        std::abort();
    return 0;
}
