#include "qr/reader.hpp"

#include "base/ascii.hpp"

#include <algorithm>
#include <charconv>
#include <string>

// ZXing-cpp 1.4 names its options DecodeHints and its results' text() a wide string unless asked; from 2.2 on they are
// ReaderOptions. bytes(), position() and the setters below are the same from 1.4 to 3.
#define ZX_USE_UTF8 1
#if __has_include(<ZXing/ReadBarcode.h>)
#include <ZXing/ReadBarcode.h>
#if __has_include(<ZXing/ReaderOptions.h>)
#define TOKENDECK_ZXING_OPTIONS ZXing::ReaderOptions
#else
#define TOKENDECK_ZXING_OPTIONS ZXing::DecodeHints
#endif
#endif

namespace tokendeck::qr {
namespace {

using Options = TOKENDECK_ZXING_OPTIONS;

template <typename Code>
base::SecretText bytes_of(const Code& code) {
    const auto& bytes = code.bytes();
    return base::SecretText::copy_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// The bytes of a code are text as they are if they are ASCII, which a URI is. Else ZXing converts them to UTF-8 by what
// the code says of its character set, or by a guess.
template <typename Code>
base::SecretText text_of(const Code& code) {
    const auto& bytes = code.bytes();
    const std::string_view plain(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (!plain.empty() && base::is_ascii(plain)) return base::SecretText::copy_of(plain);
    std::string converted = code.text();
    auto text = base::SecretText::copy_of(converted);
    base::wipe(converted.data(), converted.size());
    return text;
}

// The codes are ours alone, and are not used any more.
template <typename Code>
void wipe_bytes(const Code& code) {
    const auto& bytes = code.bytes();
    if (!bytes.empty()) base::wipe(const_cast<unsigned char*>(bytes.data()), bytes.size());
}

// Other sizes and inversion are not left to ZXing: decode.cpp tries them itself, so that what ZXing looks at is what
// was counted. A template for `requires`: 1.4 knows nothing of inversion.
template <typename T>
T make_options() {
    T options;
    options.setFormats(ZXing::BarcodeFormat::QRCode);
    options.setTryHarder(true);
    options.setTryRotate(true);
    options.setTryDownscale(false);
    if constexpr (requires { options.setTryInvert(false); }) options.setTryInvert(false);
    return options;
}

template <typename Code>
Found found(const Code& code) {
    const auto& corners = code.position();
    const auto [low, high] = std::minmax({corners[0].y, corners[1].y, corners[2].y, corners[3].y});
    Found result{{}, 0, 0, high - low, {}};
    for (const auto& corner : corners) {
        result.x += corner.x / 4;
        result.y += corner.y / 4;
    }
    if (code.isPartOfSequence()) {
        int parity = 0;
        const std::string id = code.sequenceId();
        (void)std::from_chars(id.data(), id.data() + id.size(), parity);
        result.part = Found::Part{static_cast<std::size_t>(code.sequenceIndex()),
                                  static_cast<std::size_t>(std::max(code.sequenceSize(), code.sequenceIndex() + 1)),
                                  static_cast<std::uint8_t>(parity)};
        result.text = bytes_of(code);
    } else {
        result.text = text_of(code);
    }
    return result;
}

}  // namespace

std::vector<Found> find_codes(const Grey& picture, Threshold threshold) {
    std::vector<Found> results;
    Options options = make_options<Options>();
    options.setBinarizer(threshold == Threshold::local ? ZXing::Binarizer::LocalAverage
                                                       : ZXing::Binarizer::GlobalHistogram);
    const ZXing::ImageView view(picture.pixels.bytes().data(), static_cast<int>(picture.width),
                                static_cast<int>(picture.height), ZXing::ImageFormat::Lum);
    const auto codes = ZXing::ReadBarcodes(view, options);
    for (const auto& code : codes) {
        if (code.isValid()) results.push_back(found(code));
        wipe_bytes(code);
    }
    return results;
}

}  // namespace tokendeck::qr
