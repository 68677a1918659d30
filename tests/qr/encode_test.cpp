#include "qr/encode.hpp"

#include "qr/decode.hpp"
#include "qr/errors.hpp"
#include "support/catch.hpp"

#include <cstdint>
#include <string>
#include <vector>

using namespace tokendeck;

namespace {

void put(std::vector<std::uint8_t>& to, std::size_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) to.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
}

// A BMP file of 24 bits a pixel, `scale` pixels a module, with the quiet zone.
std::vector<std::uint8_t> picture_of(const qr::Matrix& matrix, int scale) {
    constexpr int quiet = 4;
    const int side = (matrix.side + 2 * quiet) * scale;
    const std::size_t row = (static_cast<std::size_t>(side) * 3 + 3) / 4 * 4;
    std::vector<std::uint8_t> file{'B', 'M'};
    put(file, 54 + row * static_cast<std::size_t>(side), 4);
    put(file, 0, 4);
    put(file, 54, 4);
    put(file, 40, 4);
    put(file, static_cast<std::size_t>(side), 4);
    put(file, static_cast<std::size_t>(side), 4);
    put(file, 1, 2);
    put(file, 24, 2);
    file.resize(54, 0);
    for (int y = side - 1; y >= 0; --y) {  // from the bottom
        for (int x = 0; x < side; ++x) {
            const int column = x / scale - quiet, line = y / scale - quiet;
            const bool inside = column >= 0 && line >= 0 && column < matrix.side && line < matrix.side;
            file.insert(file.end(), 3, inside && matrix.dark(column, line) ? std::uint8_t{0} : std::uint8_t{255});
        }
        file.resize(54 + row * static_cast<std::size_t>(side - y), 0);
    }
    return file;
}

// What a reader that knows nothing of the writer finds in the code of `text`.
std::string read_back(const std::string& text) {
    auto matrix = qr::encode(text);
    if (!matrix) return std::string(matrix.error().code.name);
    auto codes = qr::read_codes(picture_of(matrix.value(), 4));
    if (!codes) return std::string(codes.error().code.name);
    if (codes.value().texts.size() != 1) return "several codes";
    return std::string(codes.value().texts.front().view());
}

std::string account(std::size_t name_bytes) {
    return "otpauth://totp/Example:" + std::string(name_bytes, 'a') + "?secret=JBSWY3DPEHPK3PXP&issuer=Example";
}

}  // namespace

TEST_CASE("the code that is made of a text is read as that text") {
    CHECK(read_back("a") == "a");
    CHECK(read_back("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP") == "otpauth://totp/a?secret=JBSWY3DPEHPK3PXP");
    CHECK(read_back(account(30)) == account(30));
    CHECK(read_back(account(500)) == account(500));
    CHECK(read_back(account(1500)) == account(1500));
}

TEST_CASE("letters beyond ASCII come back as they were") {
    const std::string german = "otpauth://totp/Müller & Söhne:jürgen@straße.example?secret=JBSWY3DPEHPK3PXP";
    CHECK(read_back(german) == german);
    const std::string japanese = "otpauth://totp/日本語のアカウント:太郎さん?secret=JBSWY3DPEHPK3PXP";
    CHECK(read_back(japanese) == japanese);
}

TEST_CASE("digits and capitals are put in as bytes, like everything else") {
    CHECK(read_back("0123456789") == "0123456789");
    CHECK(read_back("ABC 123") == "ABC 123");
}

TEST_CASE("a text too long for the usual error correction gets the lowest, and one byte too many is refused") {
    const auto medium = qr::encode(std::string(2331, 'x'));
    const auto low = qr::encode(std::string(2332, 'x'));
    const auto longest = qr::encode(std::string(qr::text_bytes_most, 'x'));
    REQUIRE((medium.ok() && low.ok() && longest.ok()));
    CHECK(medium.value().side == 177);
    CHECK(low.value().side < 177);  // at the lowest error correction a smaller code suffices
    CHECK(longest.value().side == 177);

    const auto refused = qr::encode(std::string(qr::text_bytes_most + 1, 'x'));
    REQUIRE(!refused.ok());
    CHECK(refused.error().code == qr::errors::text_too_long);
    CHECK(refused.error().actual == 2954);
    CHECK(refused.error().limit == 2953);
    CHECK(qr::encode("").error().code == qr::errors::text_empty);
}

TEST_CASE("a matrix holds as many modules as its side says, each dark or light") {
    const auto matrix = qr::encode("a");
    REQUIRE(matrix.ok());
    CHECK(matrix.value().side == 21);
    REQUIRE(matrix.value().modules.size() == 21U * 21U);
    for (const std::uint8_t module : matrix.value().modules.bytes()) CHECK(module <= 1);
    // The middle of the finder pattern in the upper left corner, and the light ring around it.
    CHECK(matrix.value().dark(3, 3));
    CHECK(!matrix.value().dark(1, 1));
    CHECK(!matrix.value().dark(7, 7));
}
