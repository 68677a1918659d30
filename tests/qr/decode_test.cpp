#include "qr/decode.hpp"

#include "qr/errors.hpp"
#include "qr/file_kind.hpp"
#include "qr/finders.hpp"
#include "qr/picture.hpp"
#include "support/catch.hpp"
#include "support/data.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>
#include <string>

using namespace tokendeck;

namespace {

constexpr std::string_view account = "otpauth://totp/Example:alice@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Example";
constexpr std::string_view other_account =
    "otpauth://hotp/Other:bob?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Other&counter=3";

std::span<const std::uint8_t> bytes_of(const std::string& content) {
    return {reinterpret_cast<const std::uint8_t*>(content.data()), content.size()};
}

auto read(const std::string& content) {
    return qr::read_codes(bytes_of(content));
}

std::vector<std::string> files_in(std::string_view folder) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(test_data(folder)))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

// A BMP of 24 bits a pixel with this many pixels, all white.
std::string white_bmp(std::uint32_t width, std::uint32_t height) {
    const std::uint32_t row = (width * 3 + 3) / 4 * 4;
    std::string file(54 + std::size_t{row} * height, '\xFF');
    std::fill_n(file.begin(), 54, '\0');
    const auto put = [&](std::size_t at, std::uint32_t value) {
        for (std::size_t i = 0; i < 4; ++i) file[at + i] = static_cast<char>(value >> (8 * i));
    };
    file[0] = 'B', file[1] = 'M';
    put(2, static_cast<std::uint32_t>(file.size()));
    put(10, 54);
    put(14, 40);
    put(18, width);
    put(22, height);
    file[26] = 1;
    file[28] = 24;
    return file;
}

}  // namespace

TEST_CASE("the code is read from each format, inverted, turned, transparent, without margin, tiny and photographed") {
    const auto files = files_in("images/good");
    REQUIRE(files.size() >= 18);
    for (const std::string& file : files) {
        INFO(file);
        const auto codes = read(read_test_data("images/good/" + file));
        REQUIRE(codes.ok());
        REQUIRE(codes.value().texts.size() == (file == "beside-a-web-link.png" ? 2U : 1U));
        const std::string_view text = codes.value().texts.front().view();
        CHECK(text == (file == "with-line-end.png" ? std::string(account) + "\n" : std::string(account)));
    }
}

TEST_CASE("the parts of a text over several codes come with their places and the whole text's parity") {
    const std::string whole =
        "otpauth://totp/Example:alice@example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example"
        "&digits=8&period=60";
    std::uint8_t parity = 0;
    for (const char c : whole) parity ^= static_cast<std::uint8_t>(c);
    const auto codes = read(read_test_data("images/parts/together.png"));
    REQUIRE(codes.ok());
    CHECK(codes.value().texts.empty());
    REQUIRE(codes.value().parts.size() == 3);
    std::string joined;
    for (const std::size_t index : {0U, 1U, 2U})
        for (const qr::CodePart& part : codes.value().parts) {
            CHECK(part.count == 3);
            CHECK(part.parity == parity);
            if (part.index == index) joined += part.text.view();
        }
    CHECK(joined == whole);

    const auto second = read(read_test_data("images/parts/part-02.png"));
    REQUIRE(second.ok());
    REQUIRE(second.value().parts.size() == 1);
    CHECK(second.value().parts.front().index == 1);
}

TEST_CASE("several codes come in the order in which people read, each once") {
    const auto beside = read(read_test_data("images/several/side-by-side.png"));
    REQUIRE(beside.ok());
    REQUIRE(beside.value().texts.size() == 2);
    CHECK(beside.value().texts[0].view() == account);
    CHECK(beside.value().texts[1].view() == other_account);

    const auto above = read(read_test_data("images/several/other-above.png"));
    REQUIRE(above.ok());
    REQUIRE(above.value().texts.size() == 2);
    CHECK(above.value().texts[0].view() == other_account);
    CHECK(above.value().texts[1].view() == account);

    CHECK(read(read_test_data("images/good/twice-the-same.png")).value().texts.size() == 1);
}

TEST_CASE("what is no picture, a damaged one, a huge one or one without a code is refused with the reason") {
    struct Expected {
        base::ErrorCode code;
        std::string subject{};
    };
    const std::map<std::string, Expected> refused{
        {"claims-a-long-side.png", {qr::errors::side_too_long}},
        {"claims-many-deep-pixels.png", {qr::errors::picture_too_large}},
        {"claims-many-pixels.png", {qr::errors::picture_too_large}},
        {"cut-table-too-long.jpg", {qr::errors::picture_damaged, "JPEG"}},
        {"cut.bmp", {qr::errors::picture_damaged, "BMP"}},
        {"cut.gif", {qr::errors::picture_damaged, "GIF"}},
        {"cut.jpg", {qr::errors::picture_damaged, "JPEG"}},
        {"cut.png", {qr::errors::picture_damaged, "PNG"}},
        {"document.pdf", {qr::errors::not_a_picture, "PDF"}},
        {"drawing.svg", {qr::errors::not_a_picture, "SVG"}},
        {"empty.png", {qr::errors::file_empty}},
        {"full-of-finders.png", {qr::errors::no_code}},
        {"first-table-too-long.jpg", {qr::errors::picture_damaged, "JPEG"}},
        {"late-table-too-long.jpg", {qr::errors::picture_damaged, "JPEG"}},
        {"many-scans.jpg", {qr::errors::picture_damaged, "JPEG"}},
        {"no-code.png", {qr::errors::no_code}},
        {"picture.heic", {qr::errors::not_a_picture, "HEIC"}},
        {"picture.webp", {qr::errors::not_a_picture, "WebP"}},
        {"text.png", {qr::errors::not_a_picture, "text"}},
        {"unpacks-to-more.png", {qr::errors::no_code}},
        {"zero-wide.png", {qr::errors::picture_damaged, "PNG"}},
    };
    const std::map<std::string, std::string> read_as{
        {"look-alike.png", "otpauth://totp/a?secret=JBSWY3D0"},
        {"migration.png", "otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8"},
        {"plain-text.png", "hello"},
        {"web-link.png", "https://example.com/setup"},
    };
    const auto files = files_in("images/bad");
    REQUIRE(files.size() == refused.size() + read_as.size());
    for (const std::string& file : files) {
        INFO(file);
        const auto codes = read(read_test_data("images/bad/" + file));
        if (const auto text = read_as.find(file); text != read_as.end()) {
            REQUIRE(codes.ok());
            CHECK(codes.value().texts.front().view() == text->second);
            continue;
        }
        const auto expected = refused.find(file);
        REQUIRE(expected != refused.end());
        REQUIRE_FALSE(codes.ok());
        CHECK(codes.error().code.name == expected->second.code.name);
        CHECK(codes.error().subject == expected->second.subject);
    }
}

TEST_CASE("sizes are refused at the bound and not before it, with both numbers") {
    const std::string small = read_test_data("images/good/plain.png");

    std::string padded = small + std::string(qr::file_bytes_max - small.size(), '\0');
    CHECK(read(padded).ok());
    padded += '\0';
    const auto too_many_bytes = read(padded);
    REQUIRE_FALSE(too_many_bytes.ok());
    CHECK(too_many_bytes.error().code == qr::errors::file_too_large);
    CHECK(too_many_bytes.error().actual == static_cast<std::int64_t>(qr::file_bytes_max + 1));
    CHECK(too_many_bytes.error().limit == static_cast<std::int64_t>(qr::file_bytes_max));

    CHECK(read(white_bmp(qr::side_max, 2)).error().code == qr::errors::no_code);
    const auto too_long = read(white_bmp(2, qr::side_max + 1));
    REQUIRE_FALSE(too_long.ok());
    CHECK(too_long.error().code == qr::errors::side_too_long);
    CHECK(too_long.error().limit == static_cast<std::int64_t>(qr::side_max));

    // Only the header claims that many pixels.
    const auto too_many_pixels = read(white_bmp(8000, 5001).substr(0, 1000));
    REQUIRE_FALSE(too_many_pixels.ok());
    CHECK(too_many_pixels.error().code == qr::errors::picture_too_large);
    CHECK(too_many_pixels.error().actual == 8000 * 5001);
    CHECK(too_many_pixels.error().limit == static_cast<std::int64_t>(qr::pixels_max));
}

TEST_CASE("a picture of one pixel and other tiny ones are no harm") {
    for (const std::uint32_t side : {1U, 2U, 3U, 20U, 39U, 41U}) {
        INFO(side);
        CHECK(read(white_bmp(side, 1)).error().code == qr::errors::no_code);
        CHECK(read(white_bmp(1, side)).error().code == qr::errors::no_code);
        CHECK(read(white_bmp(side, side)).error().code == qr::errors::no_code);
    }
}

TEST_CASE("every beginning of a good picture is refused, or gives the right text") {
    for (const char* file : {"plain.png", "plain.gif", "plain.bmp", "plain.jpg"}) {
        const std::string whole = read_test_data(std::string("images/good/") + file);
        const std::size_t step = whole.size() > 1000 ? 37 : 1;
        for (std::size_t size = 0; size < whole.size(); size += step) {
            const auto codes = read(whole.substr(0, size));
            INFO(file << " " << size);
            if (codes) REQUIRE(codes.value().texts.front().view() == account);
            else REQUIRE_FALSE(codes.error().code.name.empty());
        }
    }
}

TEST_CASE("random changes to pictures never crash, and never give a text that is not in the picture") {
    std::mt19937 random(7);
    const auto pick = [&](std::size_t bound) {
        return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random);
    };
    std::size_t still_read = 0;
    for (const char* file : {"plain.png", "plain.gif", "plain.bmp", "plain.jpg", "progressive.jpg"}) {
        const std::string whole = read_test_data(std::string("images/good/") + file);
        for (int round = 0; round < 40; ++round) {
            std::string changed = whole;
            for (std::size_t changes = 1 + pick(5); changes != 0; --changes)
                changed[pick(changed.size())] = static_cast<char>(pick(256));
            const auto codes = read(changed);
            if (!codes) continue;
            ++still_read;
            for (const base::SecretText& text : codes.value().texts) REQUIRE(text.view() == account);
        }
    }
    CHECK(still_read > 0);
}

TEST_CASE("finder patterns are counted: few in a real picture, too many in one made of them") {
    const auto count = [](const char* file) {
        const std::string content = read_test_data(file);
        const auto picture = qr::decode_picture(bytes_of(content), qr::kind_of(bytes_of(content)));
        REQUIRE(picture.ok());
        return qr::count_finders(picture.value().on_white, qr::Threshold::local).estimate;
    };
    CHECK(count("images/good/plain.png") > 0.9);
    CHECK(count("images/good/plain.png") < 20);
    CHECK(count("images/good/photographed.jpg") < qr::finders_max / 4);
    CHECK(count("images/bad/full-of-finders.png") > qr::finders_max);
}

TEST_CASE("a pale code is read, dark on light and light on dark") {
    const std::string plain = read_test_data("images/good/plain.png");
    const auto picture = qr::decode_picture(bytes_of(plain), qr::FileKind::png);
    REQUIRE(picture.ok());
    const qr::Grey& grey = picture.value().on_white;
    const std::size_t row = (grey.width * 3 + 3) / 4 * 4;
    for (const bool inverted : {false, true}) {
        std::string file = white_bmp(static_cast<std::uint32_t>(grey.width), static_cast<std::uint32_t>(grey.height));
        for (std::size_t y = 0; y < grey.height; ++y)
            for (std::size_t x = 0; x < grey.width; ++x) {
                const int value = grey.pixels.bytes()[y * grey.width + x];
                const int pale = 120 + (inverted ? 255 - value : value) * 10 / 255;  // 120 to 130
                const std::size_t at = 54 + (grey.height - 1 - y) * row + 3 * x;     // a BMP begins at the bottom
                for (std::size_t i = 0; i < 3; ++i) file[at + i] = static_cast<char>(pale);
            }
        const auto codes = read(file);
        REQUIRE(codes.ok());
        REQUIRE(codes.value().texts.size() == 1);
        CHECK(codes.value().texts.front().view() == account);
    }
}
