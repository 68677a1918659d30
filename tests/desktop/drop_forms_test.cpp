// What is taken from a drag, for what browsers and file managers offer.
#include "support/catch.hpp"

#include "desktop/drop_forms.hpp"
#include "desktop/errors.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace tokendeck;
using namespace std::string_literals;

namespace {

const std::string account = "otpauth://totp/Forge:ann?secret=GEZDGNBVGY3TQOJQ&issuer=Forge";
const std::string png = "\x89PNG\r\n\x1A\n and so on";

struct Offer {
    std::string form{};
    std::string content{};
};

base::SecretBytes bytes_of(std::string_view text) {
    return base::SecretBytes::copy_of({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

std::string utf16(std::string_view ascii) {
    std::string text;
    for (const char c : ascii) text += {c, '\0'};
    return text;
}

// As a drop target does it: one form after the other, until one is taken.
desktop::Dropped dropped(const std::vector<Offer>& offers) {
    std::vector<std::string> names;
    for (const Offer& offer : offers) names.push_back(offer.form);
    desktop::DropReader reader;
    for (const std::string& form : desktop::forms_to_ask(names))
        for (const Offer& offer : offers)
            if (offer.form == form)
                if (auto taken = reader.take(form, bytes_of(offer.content))) return *std::move(taken);
    return reader.nothing();
}

std::string text(const desktop::Dropped& what) {
    const auto* const text = std::get_if<base::SecretText>(&what);
    return text != nullptr ? std::string(text->view()) : "no text";
}

std::string picture(const desktop::Dropped& what) {
    const auto* const bytes = std::get_if<base::SecretBytes>(&what);
    if (bytes == nullptr) return "no picture";
    return {reinterpret_cast<const char*>(bytes->bytes().data()), bytes->size()};
}

std::vector<std::string> files(const desktop::Dropped& what) {
    const auto* const paths = std::get_if<std::vector<std::string>>(&what);
    return paths != nullptr ? *paths : std::vector<std::string>{"no files"};
}

std::string error(const desktop::Dropped& what) {
    const auto* const failed = std::get_if<base::Error>(&what);
    return failed != nullptr ? std::string(failed->code.name) : "no error";
}

}  // namespace

TEST_CASE("A picture from Chromium is taken by its bytes, wherever it came from") {
    const std::string html = utf16("<img src=\"https://example.org/code.png\">");
    CHECK(picture(dropped({{"text/html", html},
                           {"text/x-moz-url", utf16("https://example.org/code.png\n")},
                           {"application/octet-stream", png},
                           {"text/plain", "https://example.org/code.png"}})) == png);
    CHECK(picture(dropped({{"application/octet-stream;name=\"code.png\"", png}})) == png);
    // What is written out in the page, where the bytes are no picture that can be read.
    const std::string written_out = "data:image/png;base64,iVBORw0KGgo=";
    CHECK(text(dropped({{"application/octet-stream", "<svg/>"},
                        {"text/html", utf16("<meta charset=\"utf-8\"><img alt='a = b' src=\"" + written_out +
                                            "\">")}})) == written_out);
}

TEST_CASE("A picture from Firefox is taken by its bytes, and its addresses are not mistaken for files") {
    const std::string written_out = "data:image/png;base64,iVBORw0KGgo=";
    CHECK(picture(dropped({{"text/uri-list", written_out + "\r\n"}, {"image/png", png}})) == png);
    CHECK(text(dropped({{"text/uri-list", written_out + "\r\n"}})) == written_out);
    CHECK(text(dropped({{"text/x-moz-url", utf16(written_out + "\nA picture")}})) == written_out);
}

TEST_CASE("A link to an account is taken in every form in which browsers give it") {
    CHECK(text(dropped({{"text/x-moz-url", utf16(account + "\nAdd to the app")}})) == account);
    CHECK(text(dropped({{"text/x-moz-url", "\xFF\xFE" + utf16(account + "\nAdd")}})) == account);
    CHECK(text(dropped({{"text/uri-list", "# a comment\r\n" + account + "\r\n"}})) == account);
    CHECK(text(dropped({{"text/plain;charset=utf-8", " " + account + "\n"}})) == account);
    CHECK(text(dropped({{"text/html", "<a class='x' HREF='otpauth://totp/A?secret=GEZA&amp;issuer=B'>A</a>"}})) ==
          "otpauth://totp/A?secret=GEZA&issuer=B");
}

TEST_CASE("Files of this computer are taken, all of them, and a text as it stands") {
    CHECK(files(dropped({{"UTF8_STRING", "/a b.png"}, {"text/uri-list", "file:///a%20b.png\r\nfile:///c.png\r\n"}})) ==
          std::vector<std::string>{"/a b.png", "/c.png"});
    CHECK(files(dropped({{"text/plain", "file:///a%20b.png"}})) == std::vector<std::string>{"/a b.png"});
    CHECK(text(dropped({{"text/html", "<b>GEZD</b> GNBV"}, {"text/plain", "GEZD GNBV\n"}})) == "GEZD GNBV");
    CHECK(text(dropped({{"STRING", account + "\n" + account}})) == account + "\n" + account);
}

TEST_CASE("A web address alone is told as one, and nothing is fetched") {
    const std::string web = std::string(desktop::errors::drop_web_address.name);
    CHECK(error(dropped({{"text/uri-list", "https://example.org/code.png\r\n"}})) == web);
    CHECK(error(dropped({{"text/x-moz-url", utf16("http://example.org/\nA page")},
                         {"text/html", utf16("<a href=\"http://example.org/\">A page</a>")},
                         {"text/plain", "HTTP://example.org/"}})) == web);
}

TEST_CASE("What is no account in any form is told, and not asked for when its forms say so already") {
    const std::string unusable = std::string(desktop::errors::drop_unusable.name);
    CHECK(error(dropped({{"application/octet-stream", "PK\x03\x04"}, {"text/plain", " \n"}})) == unusable);
    CHECK(error(dropped({{"text/uri-list", "file://elsewhere/a.png\r\n"}})) == unusable);
    CHECK(desktop::forms_to_ask(std::vector<std::string>{"application/x-color", "text/css", "image/svg+xml"}).empty());
}

TEST_CASE("Of what GLFW calls paths only files are taken for files, and a picture's data never is") {
    const auto told = [](std::vector<const char*> paths) { return desktop::dropped_paths(paths); };
    CHECK(std::get<std::vector<std::string>>(told({"/home/ann/a b.png", "C:\\pictures\\b.png", "/srv/c:d.png"})) ==
          std::vector<std::string>{"/home/ann/a b.png", "C:\\pictures\\b.png", "/srv/c:d.png"});
    CHECK(std::get<std::vector<std::string>>(told({"https://example.org/qr.png", "/home/ann/a.png"})) ==
          std::vector<std::string>{"/home/ann/a.png"});
    CHECK(std::get<base::SecretText>(told({"data:image/png;base64,iVBORw0KGgo="})).view() ==
          "data:image/png;base64,iVBORw0KGgo=");
    CHECK(std::get<base::SecretText>(told({account.c_str()})).view() == account);
    CHECK(std::get<base::Error>(told({"https://example.org/qr.png"})).code == desktop::errors::drop_web_address);
    for (const char* other : {"data:text/html,iVBORw0KGgo", "blob-thing:mHzlzt4RNtyv"}) {
        const auto error = std::get<base::Error>(told({other}));
        CHECK(error.code == desktop::errors::drop_unusable);
        CHECK(error.subject.empty());
    }
}

TEST_CASE("What browsers write as UTF-16 is read, pairs and halves of pairs too") {
    const auto read = [](std::string_view content) {
        return std::string(desktop::text_of_form(bytes_of(content).bytes()).view());
    };
    CHECK(read("a\0\xE9\0"s) == "a\xC3\xA9");
    CHECK(read("\xFE\xFF\0a"s) == "a");
    CHECK(read("\xFF\xFE\x3D\xD8\x00\xDE"s) == "\xF0\x9F\x98\x80");
    CHECK(read("\xFF\xFE\x3D\xD8"s) == "\xEF\xBF\xBD");
    CHECK(read("\xFF\xFE\x3D"s).empty());
    CHECK(read("plain\0rest"s) == "plain");
    CHECK(read("\xEF\xBB\xBFplain") == "plain");
    CHECK(read("").empty());
}
