#include "crypto/base32.hpp"

#include "base/utf8.hpp"
#include "crypto/records.hpp"
#include "support/catch.hpp"

#include <random>

using namespace tokendeck;
using crypto::decode_base32;
using crypto::encode_base32;

TEST_CASE("base32 decodes to the bytes of the vectors and refuses what they refuse, at the place they name") {
    for (const Record& record : read_records("vectors/base32.txt", {"text", "bytes", "encoded", "remarks", "error",
                                                                    "position", "subject", "actual", "limit"})) {
        INFO("line " << record.line << ": " << record.get("text"));
        const auto decoded = decode_base32(unescape(record.get("text")));
        if (record.has("error")) {
            CHECK_FALSE(decoded.ok());
            if (decoded) continue;
            const base::Error& error = decoded.error();
            CHECK(error.code.name == record.get("error"));
            CHECK(error.field == "secret");
            CHECK(error.position.has_value() == record.has("position"));
            if (record.has("position")) CHECK(error.position == record.number("position"));
            CHECK(error.subject == (record.has("subject") ? unescape(record.get("subject")) : ""));
            CHECK(error.actual.has_value() == record.has("actual"));
            if (record.has("actual")) CHECK(error.actual == static_cast<std::int64_t>(record.number("actual")));
            CHECK(error.limit.has_value() == record.has("limit"));
            if (record.has("limit")) CHECK(error.limit == static_cast<std::int64_t>(record.number("limit")));
        } else {
            CHECK(decoded.ok());
            if (!decoded) continue;
            CHECK(remarks_text(decoded.value().remarks) ==
                  (record.has("remarks") ? unescape(record.get("remarks")) : ""));
            const auto bytes = from_hex(record.get("bytes"));
            CHECK(equals(decoded.value().bytes, bytes));
            if (record.has("encoded")) CHECK(encode_base32(bytes).view() == record.get("encoded"));
        }
    }
}

TEST_CASE("what base32 encodes, base32 decodes to the same bytes, for every length") {
    std::mt19937 random(1);
    for (std::size_t size = 1; size <= 80; ++size) {
        std::vector<std::uint8_t> bytes(size);
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
        const auto decoded = decode_base32(encode_base32(bytes).view());
        REQUIRE(decoded.ok());
        CHECK(equals(decoded.value().bytes, bytes));
    }
    CHECK(encode_base32({}).empty());
}

TEST_CASE("of all single bytes only the letters and 2 to 7 count as base32 characters") {
    for (int value = 0; value < 256; ++value) {
        const char c = static_cast<char>(value);
        const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
        const bool between = c == ' ' || c == '-' || (c >= '\t' && c <= '\r');
        const std::string text = std::string("AAAA") + c + "AAAA";
        INFO("byte " << value);
        const auto decoded = decode_base32(text);
        CHECK(decoded.ok() == (letter || between));
        if (decoded) CHECK(remarks_text(decoded.value().remarks) == (letter ? "read-secret-incomplete!" : ""));
    }
}

TEST_CASE("a text that is UTF-8 and one that is not are told apart at the right byte") {
    const auto check = [](std::string_view text, std::size_t size, bool valid) {
        const base::Character c = base::first_character(text);
        CHECK(c.size == size);
        CHECK(c.valid == valid);
    };
    check("a", 1, true);
    check("\xC3\xA4", 2, true);
    check("\xE2\x82\xAC", 3, true);
    check("\xF0\x9F\x98\x80", 4, true);
    check("\x80", 1, false);                  // a continuation by itself
    check("\xC3", 1, false);                  // cut off
    check("\xE2\x82", 1, false);              //
    check("\xC1\xBF", 1, false);              // longer than need be
    check("\xE0\x9F\xBF", 1, false);          //
    check("\xF0\x8F\xBF\xBF", 1, false);      //
    check("\xED\xA0\x80", 1, false);          // a surrogate
    check("\xF4\x90\x80\x80", 1, false);      // beyond U+10FFFF
    check("\xF8\x88\x80\x80\x80", 1, false);  // five bytes
    CHECK(base::count_characters("a\xC3\xA4\x80z") == 4);
}
