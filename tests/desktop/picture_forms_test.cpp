// Pictures that are no files: their form, and which form is asked for.
#include "support/catch.hpp"

#include "desktop/picture_forms.hpp"
#include "qr/decode.hpp"
#include "qr/encode.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace tokendeck;

TEST_CASE("What is made of a screen's brightness is a picture file in which a QR code is read") {
    const std::string_view text = "otpauth://totp/Forge:ann?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Forge";
    const auto code = qr::encode(text);
    REQUIRE(code.ok());
    const auto side = static_cast<std::size_t>(code.value().side);
    for (const std::size_t extra : {0U, 1U, 2U, 3U}) {  // every length of a row that is filled up
        INFO("extra columns: " << extra);
        constexpr std::size_t scale = 4;
        constexpr std::size_t quiet = 16;
        const std::size_t height = side * scale + 2 * quiet;
        const std::size_t width = height + extra;
        std::vector<std::uint8_t> grey(width * height, 255);
        for (std::size_t y = 0; y < side * scale; ++y)
            for (std::size_t x = 0; x < side * scale; ++x)
                if (code.value().dark(static_cast<int>(x / scale), static_cast<int>(y / scale)))
                    grey[(y + quiet) * width + x + quiet] = 0;
        const base::SecretBytes file = desktop::bmp_file(grey, width, height);
        const auto read = qr::read_codes(file.bytes());
        REQUIRE(read.ok());
        REQUIRE(read.value().texts.size() == 1);
        CHECK(read.value().texts.front().view() == text);
    }
}

TEST_CASE("Brightness goes from black to white, and green counts most") {
    CHECK(desktop::brightness(0, 0, 0) == 0);
    CHECK(desktop::brightness(255, 255, 255) == 255);
    CHECK(desktop::brightness(0, 255, 0) > desktop::brightness(255, 0, 0));
    CHECK(desktop::brightness(255, 0, 0) > desktop::brightness(0, 0, 255));
}

TEST_CASE("Of a list of addresses the files of this computer are taken") {
    CHECK(desktop::files_of_uri_list("file:///a%20b.png\r\n") == std::vector<std::string>{"/a b.png"});
    CHECK(desktop::files_of_uri_list("# copied\r\nfile:///a\r\nhttps://example.org/b.png\r\nfile:///c") ==
          std::vector<std::string>{"/a", "/c"});
    CHECK(desktop::files_of_uri_list("file:///a\nfile:///b\n") == std::vector<std::string>{"/a", "/b"});
    CHECK(desktop::files_of_uri_list("").empty());
    CHECK(desktop::files_of_uri_list("file://elsewhere/a\r\nfile:///b%0").empty());
}

TEST_CASE("A clipboard that offers a picture in several forms is asked for the one without loss") {
    using Offered = std::vector<std::string>;
    CHECK(desktop::wanted_form(Offered{"TARGETS", "image/jpeg", "image/png"}) == "image/png");
    CHECK(desktop::wanted_form(Offered{"text/uri-list", "image/jpeg"}) == "image/jpeg");
    CHECK(desktop::wanted_form(Offered{"UTF8_STRING", "text/uri-list"}) == "text/uri-list");
    CHECK_FALSE(desktop::wanted_form(Offered{"UTF8_STRING", "image/svg+xml"}));
    CHECK_FALSE(desktop::wanted_form(Offered{}));
}
