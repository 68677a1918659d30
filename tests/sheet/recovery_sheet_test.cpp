#include "sheet/recovery_sheet.hpp"

#include "qr/decode.hpp"
#include "qr/errors.hpp"
#include "sheet/errors.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

using namespace tokendeck;

namespace {

namespace fs = std::filesystem;

channel::SheetFacts facts() {
    channel::SheetFacts facts;
    channel::SheetWords& words = facts.words;
    words.title = "Recovery sheet";
    words.issuer = "Issuer";
    words.account = "Account";
    words.kind = "Kind";
    words.kind_totp = "TOTP, by the time";
    words.kind_hotp = "HOTP, by a counter";
    words.algorithm = "Algorithm";
    words.digits = "Digits";
    words.period = "A new code every";
    words.counter = "Next counter";
    words.token = "Written to";
    words.slot = "Slot";
    words.date = "Date";
    words.scan = "Scan this with any authenticator app.";
    words.secret = "The same secret, for typing";
    words.advice_title = "Keep this sheet as you keep a spare key";
    words.advice = {
        "Keep it away from the token: who loses one still has the other.",
        "Whoever has this sheet can make the codes. The web site's password is asked for as well, but do not "
        "keep it here.",
        "It works in any authenticator, on any token or telephone."};
    words.notes = "Notes";
    facts.token = "Nitrokey Pro 2, card 0000 5F31";
    facts.slot = "TOTP 3";
    facts.date = "24 November 2026";
    return facts;
}

// The secret is that of RFC 6238's examples.
sheet::Account account(std::string issuer, std::string name) {
    sheet::Account account;
    account.issuer = std::move(issuer);
    account.account = std::move(name);
    account.base32 = base::SecretText::copy_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    account.uri = base::SecretText::copy_of(
        "otpauth://totp/Example:a%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Example"
        "&algorithm=SHA1&digits=6&period=30");
    return account;
}

std::string bytes_of(const base::Result<base::SecretBytes>& made) {
    if (!made) return std::string(made.error().code.name);
    const auto bytes = made.value().bytes();
    return {bytes.begin(), bytes.end()};
}

struct Grey {
    std::size_t width = 0;
    std::size_t height = 0;
    std::string pixels{};
};

// What poppler makes of a sheet: its text, and a picture of each of its pages.
class Printed {
  public:
    explicit Printed(const std::string& pdf) {
        std::string pattern = (fs::temp_directory_path() / "tokendeck-sheet-XXXXXX").string();
        REQUIRE(mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
        std::ofstream(folder_ / "sheet.pdf", std::ios::binary) << pdf;
    }
    ~Printed() {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Printed(const Printed&) = delete;
    Printed& operator=(const Printed&) = delete;

    [[nodiscard]] std::string text() const {
        run("pdftotext -layout sheet.pdf sheet.txt");
        return content("sheet.txt");
    }
    // As somebody gets it who copies it out of a reader. Nothing may be wrong with the file's tables.
    [[nodiscard]] std::string copied() const {
        run("pdftotext sheet.pdf sheet.txt");
        CHECK(content("messages").empty());
        return content("sheet.txt");
    }
    // Of one page, with so many dots an inch.
    [[nodiscard]] std::string picture(int dots) const {
        run("pdftoppm -png -r " + std::to_string(dots) + " sheet.pdf page");
        REQUIRE(fs::exists(folder_ / "page-1.png"));
        REQUIRE(!fs::exists(folder_ / "page-2.png"));
        std::string png = content("page-1.png");
        // For looking at it: TOKENDECK_KEEP_SHEETS=FOLDER.
        if (const char* const keep = std::getenv("TOKENDECK_KEEP_SHEETS")) {
            static int number = 0;
            const fs::path to = fs::path(keep) / ("sheet-" + std::to_string(++number) + ".png");
            fs::copy_file(folder_ / "page-1.png", to, fs::copy_options::overwrite_existing);
        }
        return png;
    }
    [[nodiscard]] Grey grey(int dots) const {
        run("pdftoppm -gray -singlefile -r " + std::to_string(dots) + " sheet.pdf grey");
        std::ifstream file(folder_ / "grey.pgm", std::ios::binary);
        std::string kind;
        std::size_t most = 0;
        Grey grey;
        file >> kind >> grey.width >> grey.height >> most;
        REQUIRE((kind == "P5" && most == 255));
        file.get();
        grey.pixels.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
        return grey;
    }

  private:
    void run(const std::string& command) const {
        REQUIRE(std::system(("cd '" + folder_.string() + "' && " + command + " 2>messages").c_str()) == 0);
    }
    [[nodiscard]] std::string content(const char* name) const {
        std::ifstream file(folder_ / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    }

    fs::path folder_{};
};

std::string code_in(const std::string& png) {
    const auto codes = qr::read_codes({reinterpret_cast<const std::uint8_t*>(png.data()), png.size()});
    if (!codes) return std::string(codes.error().code.name);
    if (codes.value().texts.size() != 1) return "several codes";
    return std::string(codes.value().texts.front().view());
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

// poppler says which way a line runs.
std::string without_marks(std::string text) {
    for (const std::string_view mark : {"\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC", "\xE2\x80\x8E", "\xE2\x80\x8F"})
        for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark))
            text.erase(at, mark.size());
    return text;
}

std::string without_space(std::string text) {
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
    return text;
}

}  // namespace

TEST_CASE("the printed sheet's QR code is read back, at a printer's and at a poor scanner's resolution") {
    const auto asked = account("Example", "a@example.org");
    const Printed printed(bytes_of(sheet::recovery_sheet(asked, facts())));
    CHECK(code_in(printed.picture(150)) == asked.uri.view());
    CHECK(code_in(printed.picture(72)) == asked.uri.view());
}

TEST_CASE("the sheet says everything that is needed to set the account up again by hand") {
    const auto text = Printed(bytes_of(sheet::recovery_sheet(account("Example", "a@example.org"), facts()))).text();
    for (const char* part : {"Recovery sheet", "Example", "a@example.org", "TOTP, by the time", "SHA1", "30 s",
                             "Nitrokey Pro 2, card 0000 5F31", "TOTP 3", "24 November 2026", "Keep it away", "Notes"}) {
        INFO(part);
        CHECK(has(text, part));
    }
    CHECK(has(without_space(text), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"));
    CHECK(!has(text, "Next counter"));

    auto counting = account("Example", "a");
    counting.parameters = {otp::OtpKind::hotp, otp::HashAlgorithm::sha512, 8, 30, 4711};
    const auto other = Printed(bytes_of(sheet::recovery_sheet(counting, facts()))).text();
    for (const char* part : {"HOTP, by a counter", "SHA512", "8", "4711", "Next counter"}) {
        INFO(part);
        CHECK(has(other, part));
    }
    CHECK(!has(other, "A new code every"));
}

TEST_CASE("a secret that is copied out of the file is the one that is printed") {
    const auto text = Printed(bytes_of(sheet::recovery_sheet(account("Größe", "a"), facts()))).copied();
    INFO(text);
    CHECK(has(text, "GEZD GNBV GY3T QOJQ"));
    CHECK(has(text, "Größe"));
    auto widest = account("Example", "a");
    widest.base32 = base::SecretText::copy_of("WWWWMMMMIIIIJJJJ7777LTLT");
    const auto wide = Printed(bytes_of(sheet::recovery_sheet(widest, facts()))).copied();
    CHECK(has(wide, "WWWW MMMM IIII JJJJ"));
    CHECK(has(wide, "7777 LTLT"));
}

TEST_CASE("several accounts are one file with a page for each") {
    std::vector<sheet::Account> accounts;
    for (const char* const issuer : {"Forge", "Mail", "Bank"}) {
        accounts.push_back(account(issuer, "ann"));
        accounts.back().slot = std::string("TOTP slot of ") + issuer;
    }
    const auto text = Printed(bytes_of(sheet::recovery_sheets(accounts, facts()))).copied();
    CHECK(std::count(text.begin(), text.end(), '\f') == 3);
    for (const char* const part : {"Forge", "Mail", "Bank", "TOTP slot of Bank"}) CHECK(has(text, part));
}

TEST_CASE("the same account on the same day makes the same bytes") {
    const auto once = bytes_of(sheet::recovery_sheet(account("Example", "a"), facts()));
    CHECK(has(once, "%PDF-"));
    CHECK(once == bytes_of(sheet::recovery_sheet(account("Example", "a"), facts())));
}

TEST_CASE("names in German, Greek and Russian are printed as they are, and what is no text is seen to be missing") {
    auto german = facts();
    german.words.title = "Wiederherstellungsblatt für „Größe“";
    german.words.period = "Jeder Code gilt so viele Sekunden";  // two lines beside the value
    german.words.scan = "Mit einem Authenticator scannen, oder mit tokendeck für einen neuen Token.";
    german.words.advice_title = "Sicher aufbewahren";
    german.words.advice = {
        "Wer dieses Blatt hat, kann die Codes dieses Kontos erzeugen. Dort aufbewahren, wo auch "
        "Ausweise liegen.",
        "Die Datei löschen, aus der gedruckt wurde, und den Papierkorb leeren."};
    german.words.notes = "Notizen";
    german.token = "Nitrokey Storage 2, Karte 0000 5F31 mit einem langen Namen";
    const Printed german_sheet(bytes_of(sheet::recovery_sheet(account("Müller & Söhne", "Ελλάδα Россия"), german)));
    const auto text = german_sheet.text();
    CHECK(code_in(german_sheet.picture(150)) == account("", "").uri.view());
    for (const char* part : {"Wiederherstellungsblatt für „Größe“", "Müller & Söhne", "Ελλάδα", "Россия"}) {
        INFO(part);
        CHECK(has(text, part));
    }

    const Printed printed(bytes_of(sheet::recovery_sheet(account("Bank", "one \xFF\x07 end"), facts())));
    const auto replaced = printed.text();
    CHECK(has(replaced, "one \xEF\xBF\xBD\xEF\xBF\xBD end"));
    CHECK(code_in(printed.picture(150)) == account("", "").uri.view());
}

TEST_CASE("names in every script are printed in their own letters, and can be copied out of the file") {
    std::vector<std::string> seen;
    for (const std::string name : {"銀行", "银行", "은행", "بنك", "בנק", "ธนาคาร", "बैंक", "smile \xF0\x9F\x98\x80 end",
                                   "e\xCC\x81"
                                   "cole"}) {
        INFO(name);
        const Printed printed(bytes_of(sheet::recovery_sheet(account(name, "ann"), facts())));
        const std::string copied = printed.copied();
        CHECK(has(without_marks(copied), name));
        CHECK(has(copied, "GEZD GNBV GY3T QOJQ"));
        CHECK_FALSE(has(copied, "\xEF\xBF\xBD"));
        CHECK(code_in(printed.picture(150)) == account("", "").uri.view());
        const Grey page = printed.grey(100);
        CHECK(std::ranges::find(seen, page.pixels) == seen.end());
        seen.push_back(page.pixels);
    }
}

TEST_CASE("a long name in such a script is wrapped and never cut, and what cannot fit on the page is refused") {
    std::string issuer;
    for (int i = 0; i < 120; ++i) issuer += i % 2 == 0 ? "銀" : "行";
    std::string name;
    for (int i = 0; i < 60; ++i) name += "בנק ";
    const Printed printed(bytes_of(sheet::recovery_sheet(account(issuer, name + "סוף"), facts())));
    const std::string copied = without_space(without_marks(printed.copied()));
    CHECK(has(copied, issuer));
    CHECK(has(copied, "סוף"));
    const Grey page = printed.grey(100);
    std::size_t outside = 0;
    for (std::size_t i = 0; i < page.pixels.size(); ++i)
        if (static_cast<double>(i % page.width) * 0.254 > 195.5 && static_cast<std::uint8_t>(page.pixels[i]) < 200)
            ++outside;
    CHECK(outside == 0);

    std::string endless;
    while (endless.size() < 9'000) endless += "銀";
    CHECK(sheet::recovery_sheet(account(endless, "ann"), facts()).error().code == sheet::errors::too_much_text);
}

TEST_CASE("long names are wrapped and never cut, and a text that cannot fit on the page is refused") {
    std::string issuer, name;
    for (int i = 0; i < 20; ++i) issuer += "Department" + std::to_string(i) + " of ";
    for (int i = 0; i < 90; ++i) name += "w" + std::to_string(i) + "x";
    const Printed printed(bytes_of(sheet::recovery_sheet(account(issuer, name), facts())));
    const std::string text = without_space(printed.text());
    CHECK(has(text, without_space(issuer)));
    CHECK(has(text, name));
    CHECK(code_in(printed.picture(150)) == account("", "").uri.view());

    const auto refused = sheet::recovery_sheet(account(issuer, std::string(9000, 'W')), facts());
    REQUIRE(!refused.ok());
    CHECK(refused.error().code == sheet::errors::too_much_text);
}

TEST_CASE("a secret and an address as long as accounts can have are printed whole and read back") {
    auto asked = account("Example", std::string(300, 'n'));
    std::string base32;
    for (int i = 0; i < 13; ++i) base32 += "GEZDGNBVGY3TQOJQ";
    asked.base32 = base::SecretText::copy_of(base32);
    asked.uri = base::SecretText::copy_of("otpauth://totp/Example:" + std::string(300, 'n') + "?secret=" + base32);
    const Printed printed(bytes_of(sheet::recovery_sheet(asked, facts())));
    CHECK(has(without_space(printed.text()), base32));
    CHECK(code_in(printed.picture(300)) == asked.uri.view());

    asked.uri = base::SecretText::copy_of(std::string(3000, 'x'));
    CHECK(sheet::recovery_sheet(asked, facts()).error().code == qr::errors::text_too_long);
}

TEST_CASE("nothing stands outside of what both A4 and Letter have room for, and the page is used") {
    auto wide = facts();
    wide.token = std::string(60, 'W');
    const Printed printed(bytes_of(sheet::recovery_sheet(account(std::string(400, 'W'), std::string(400, 'M')), wide)));
    const Grey page = printed.grey(100);
    REQUIRE(page.pixels.size() == page.width * page.height);
    const double mm = 25.4 / 100;
    bool outside = false, left_edge = false, right_edge = false;
    for (std::size_t y = 0; y < page.height; ++y)
        for (std::size_t x = 0; x < page.width; ++x) {
            if (static_cast<std::uint8_t>(page.pixels[y * page.width + x]) > 200) continue;
            const double from_left = static_cast<double>(x) * mm, from_top = static_cast<double>(y) * mm;
            outside = outside || from_left < 14.5 || from_left > 195.5 || from_top < 23 || from_top > 274;
            left_edge = left_edge || from_left < 16;
            right_edge = right_edge || from_left > 194;
        }
    CHECK(!outside);
    CHECK(left_edge);
    CHECK(right_edge);
}
