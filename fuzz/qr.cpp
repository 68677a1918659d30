// Any bytes as a picture file. Seeds: tests/images. ZXing-cpp is the system's, so only its crashes are seen.
#include "demand.hpp"
#include "qr/decode.hpp"

using namespace tokendeck;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto codes = qr::read_codes({data, size});
    if (codes) demand(!codes.value().texts.empty() || !codes.value().parts.empty());
    else demand(!codes.error().code.name.empty());
    return 0;
}
