#include "crypto/imports/imports.hpp"

#include "base/utf8.hpp"
#include "crypto/errors.hpp"
#include "crypto/expected_code.hpp"
#include "crypto/records.hpp"
#include "support/catch.hpp"

#include <filesystem>
#include <random>

using namespace std::literals;
using namespace tokendeck;
using crypto::imports::Import;
using crypto::imports::read_export;

namespace {

const std::string folder = "crypto/imports/";

std::vector<Record> expectations() {
    return read_records(folder + "expected.txt",
                        {"export",  "program", "accounts",  "refused", "without", "fails",   "of",     "issuer",
                         "account", "kind",    "algorithm", "digits",  "period",  "counter", "secret", "remarks",
                         "time",    "code",    "place",     "error",   "subject", "field"});
}

Import import_of(const std::string& file) {
    auto read = read_export(read_test_data(folder + file));
    REQUIRE(read.has_value());
    REQUIRE(read->ok());
    return std::move(*read).value();
}

base::Error error_of(std::string_view content) {
    const auto read = read_export(content);
    REQUIRE(read.has_value());
    REQUIRE_FALSE(read->ok());
    return read->error();
}

std::string name_of(const base::Error& error) {
    return std::string(error.code.name.substr(error.code.name.find('.') + 1));
}

std::string aegis(const std::string& entries) {
    return R"({"version":1,"header":{"slots":null,"params":null},"db":{"version":3,"entries":[)" + entries + "]}}";
}

std::string aegis_entry(const std::string& name, const std::string& info) {
    return R"({"type":"totp","issuer":"Example","name":")" + name + R"(","info":{)" + info + "}}";
}

const std::string secret = R"("secret":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")";
const std::string usual = secret + R"(,"algo":"SHA1","digits":6,"period":30)";

bool is_safe_name(std::string_view name) {
    while (!name.empty()) {
        const base::Character c = base::first_character(name);
        if (!c.valid || base::is_control(c.code)) return false;
        name.remove_prefix(c.size);
    }
    return true;
}

// What holds of any bytes.
void check_import(std::string_view content) {
    const auto read = read_export(content);
    if (!read) return;
    if (!*read) {
        CHECK_FALSE(read->error().code.name.empty());
        CHECK(read->error().position.value_or(1) <= content.size() + 1);
        return;
    }
    const Import& import = read->value();
    CHECK_FALSE(import.program.empty());
    CHECK((import.accounts.size() + import.refused.size() >= 1 &&
           import.accounts.size() + import.refused.size() <= crypto::imports::accounts_max));
    for (const channel::ReadAccount& account : import.accounts) {
        const otp::OtpEnrolment& enrolment = account.enrolment;
        CHECK((is_safe_name(enrolment.issuer) && is_safe_name(enrolment.account)));
        CHECK_FALSE(enrolment.secret.empty());
        CHECK((enrolment.parameters.digits >= 1 && enrolment.parameters.digits <= 10));
        CHECK(enrolment.parameters.period >= 1);
    }
    for (const channel::AccountRefused& refused : import.refused)
        CHECK((refused.place >= 1 && refused.place <= import.accounts.size() + import.refused.size()));
}

}  // namespace

TEST_CASE("each program's export gives its accounts, and those that cannot be taken are refused by their names") {
    std::string file;
    std::optional<Import> import;
    std::size_t account = 0;
    std::size_t refused = 0;
    for (const Record& record : expectations()) {
        INFO("expected.txt, line " << record.line);
        if (record.has("export")) {
            if (import) CHECK((account == import->accounts.size() && refused == import->refused.size()));
            import.reset();
            file = record.get("export");
            account = refused = 0;
            if (record.has("fails")) {
                const base::Error error = error_of(read_test_data(folder + file));
                CHECK(name_of(error) == record.get("fails"));
                CHECK(error.subject == unescape(record.get("subject")));
                continue;
            }
            import = import_of(file);
            CHECK(import->program == record.get("program"));
            REQUIRE(import->accounts.size() == record.number("accounts"));
            REQUIRE(import->refused.size() == record.number("refused"));
            CHECK(import->without_otp == record.number("without"));
            continue;
        }
        REQUIRE((import && record.get("of") == file));
        if (record.has("place")) {
            REQUIRE(refused < import->refused.size());
            const channel::AccountRefused& one = import->refused[refused++];
            CHECK(one.place == record.number("place"));
            CHECK(name_of(one.error) == record.get("error"));
            CHECK(one.error.subject == unescape(record.get("subject")));
            CHECK(one.error.field == unescape(record.get("field")));
            continue;
        }
        REQUIRE(account < import->accounts.size());
        const channel::ReadAccount& read = import->accounts[account++];
        const otp::OtpParameters& figures = read.enrolment.parameters;
        CHECK(read.enrolment.issuer == unescape(record.get("issuer")));
        CHECK(read.enrolment.account == unescape(record.get("account")));
        CHECK(name(figures.kind) == record.get("kind"));
        CHECK(name(figures.algorithm) == record.get("algorithm"));
        CHECK(figures.digits == record.number("digits"));
        CHECK(equals(read.enrolment.secret, from_hex(record.get("secret"))));
        CHECK(remarks_text(read.remarks) == (record.has("remarks") ? record.get("remarks") : ""));
        const bool totp = figures.kind == otp::OtpKind::totp;
        if (totp) CHECK(figures.period == record.number("period"));
        else CHECK(figures.counter == record.number("counter"));
        if (!record.has("code")) continue;
        const std::uint64_t factor =
            totp ? otp::time_step(static_cast<std::int64_t>(record.number("time")), figures.period) : figures.counter;
        const auto code = crypto::expected_code(read.enrolment.secret, figures.algorithm, figures.digits, factor);
        REQUIRE(code.ok());
        CHECK(code.value().view() == record.get("code"));
    }
}

TEST_CASE("every export in the folder has its expectations") {
    std::vector<std::string> expected{"expected.txt"};
    for (const Record& record : expectations())
        if (record.has("export")) expected.push_back(record.get("export"));
    for (const auto& file : std::filesystem::directory_iterator(test_data("crypto/imports"))) {
        INFO(file.path().filename().string());
        CHECK(std::find(expected.begin(), expected.end(), file.path().filename().string()) != expected.end());
    }
}

TEST_CASE("what begins otherwise is no export") {
    for (const std::string& text : std::vector<std::string>{
             "", " ", "otpauth://totp/Example:alice?secret=GEZDGNBVGY3TQOJQ", "GEZD GNBV GY3T QOJQ",
             "[GEZDGNBVGY3TQOJQ]", "{GEZDGNBVGY3TQOJQ}", "<otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ>",
             "<GEZDGNBVGY3TQOJQ>", "\x89PNG\r\n\x1a\n", "secret, username, password", "one, two\nthree, four\n",
             std::string("\0\0\1\0", 4)})
        CHECK_FALSE(read_export(text).has_value());
}

TEST_CASE("a byte-order mark and white space around it do not hide an export") {
    CHECK(read_export("\xEF\xBB\xBF\r\n " + aegis(aegis_entry("alice", usual)) + "\n\n")->ok());
}

TEST_CASE("an export that is too large, too deep or has too many parts or accounts is refused as a whole") {
    CHECK(name_of(error_of("{\"a\":\"" + std::string(crypto::imports::bytes_max, 'A') + "\"}")) == "import-too-large");
    CHECK(name_of(error_of(std::string(100'000, '['))) == "import-too-complex");
    std::string many_values = "[[]";
    for (int i = 0; i < 1'000'001; ++i) many_values += ",1";
    CHECK(name_of(error_of(many_values + "]")) == "import-too-complex");
    std::string many_keys = R"({"k":1)";
    for (int i = 0; i < 300; ++i) many_keys += ",\"k" + std::to_string(i) + "\":1";
    CHECK(name_of(error_of(many_keys + "}")) == "import-too-complex");
    std::string entries;
    for (int i = 0; i < 2000; ++i) entries += (i == 0 ? "" : ",") + aegis_entry("a" + std::to_string(i), usual);
    CHECK(read_export(aegis(entries))->value().accounts.size() == 2000);
    const base::Error many = error_of(aegis(entries + "," + aegis_entry("one more", usual)));
    CHECK(name_of(many) == "import-too-many");
    CHECK(many.actual == 2001);
    CHECK(many.limit == 2000);

    const std::string header = "folder,name,login_totp\n";
    CHECK(name_of(error_of(header + "," + std::string((1U << 20) + 1, 'a') + ",\n")) == "import-too-complex");
    CHECK(name_of(error_of(header + std::string(1'000'001, ','))) == "import-too-complex");
    std::string groups = "<?xml version=\"1.0\"?><KeePassFile><Root>";
    for (int i = 0; i < 300'000; ++i) groups += "<Group>";
    for (int i = 0; i < 300'000; ++i) groups += "</Group>";
    CHECK(name_of(error_of(groups + "</Root></KeePassFile>")) == "import-empty");
}

TEST_CASE("entities of XML are never expanded, and its texts must not be encrypted") {
    const auto file = [](const std::string& value, const std::string& attribute = "") {
        return "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY a \"GEZDGNBVGY3TQOJQ\">]><KeePassFile><Root><Group><Entry>"
               "<String><Key>otp</Key><Value" +
               attribute + ">" + value + "</Value></String></Entry></Group></Root></KeePassFile>";
    };
    const auto entity = read_export(file("otpauth://totp/a?secret=&a;"));
    REQUIRE(entity->ok());
    CHECK(entity->value().accounts.empty());
    const auto locked = read_export(file("GEZDGNBVGY3TQOJQ", " Protected=\"True\""));
    REQUIRE(locked->ok());
    CHECK(name_of(locked->value().refused.at(0).error) == "import-entry");
}

TEST_CASE("a key that comes twice, and what is no JSON, makes the export damaged") {
    CHECK(name_of(error_of(aegis(aegis_entry("a", usual + "," + secret)))) == "import-malformed");
    CHECK(name_of(error_of(R"({"version":1e999})")) == "import-malformed");
    CHECK(name_of(error_of("{\"version\":\"\xff\"}")) == "import-malformed");
    const base::Error error = error_of(R"({"version":1,)");
    CHECK(error.position.has_value());
    CHECK(error.subject == "JSON");
}

TEST_CASE("one account that is wrong is refused by itself, and never taken as something else") {
    struct Case {
        std::string info, error, field;
    };
    const std::vector<Case> cases{
        {R"("secret":"","algo":"SHA1","digits":6,"period":30)", "secret-empty", "secret"},
        {R"("algo":"SHA1","digits":6,"period":30)", "secret-empty", "secret"},
        {R"("secret":"GEZD1NBV","algo":"SHA1","digits":6,"period":30)", "import-secret", "secret"},
        {R"("secret":5,"algo":"SHA1","digits":6,"period":30)", "import-entry", "secret"},
        {secret + R"(,"algo":"MD5","digits":6,"period":30)", "migration-md5", "algorithm"},
        {secret + R"(,"algo":2,"digits":6,"period":30)", "migration-unknown-value", "algorithm"},
        {secret + R"(,"algo":"SHA1","digits":0,"period":30)", "migration-unknown-value", "digits"},
        {secret + R"(,"algo":"SHA1","digits":11,"period":30)", "migration-unknown-value", "digits"},
        {secret + R"(,"algo":"SHA1","digits":-6,"period":30)", "migration-unknown-value", "digits"},
        {secret + R"(,"algo":"SHA1","digits":6.5,"period":30)", "migration-unknown-value", "digits"},
        {secret + R"(,"algo":"SHA1","digits":"six","period":30)", "migration-unknown-value", "digits"},
        {secret + R"(,"algo":"SHA1","digits":6,"period":0)", "migration-unknown-value", "period"},
        {secret + R"(,"algo":"SHA1","digits":6,"period":4294967296)", "migration-unknown-value", "period"},
        {secret + R"(,"algo":"SHA1","digits":99999999999999999999999,"period":30)", "migration-unknown-value",
         "digits"}};
    std::string entries;
    for (const Case& one : cases) entries += aegis_entry("wrong", one.info) + ",";
    const auto read = read_export(aegis(entries + aegis_entry("right", usual)));
    REQUIRE((read && read->ok()));
    REQUIRE(read->value().refused.size() == cases.size());
    REQUIRE(read->value().accounts.size() == 1);
    for (std::size_t i = 0; i < cases.size(); ++i) {
        INFO(cases[i].info);
        const base::Error& error = read->value().refused[i].error;
        CHECK(name_of(error) == cases[i].error);
        CHECK(error.field == cases[i].field);
        CHECK(error.subject == "Example: wrong");
    }
}

TEST_CASE("a name that could deceive is refused, a HOTP account without a counter asks for it") {
    const auto read =
        read_export(aegis(aegis_entry("a\\u001b[2J", usual) + "," + aegis_entry("a\\u202eb", usual) + "," +
                          aegis_entry(std::string(5000, 'a'), usual) + R"(,{"type":"hotp","name":"b","info":{)" +
                          secret + R"(,"algo":"SHA1","digits":6}},5,{"type":"totp","name":"c"})"));
    REQUIRE((read && read->ok()));
    const auto& refused = read->value().refused;
    REQUIRE(refused.size() == 5);
    CHECK(refused[0].error.code == crypto::errors::control_character);
    CHECK(refused[1].error.code == crypto::errors::control_character);
    CHECK(refused[2].error.code == crypto::errors::text_too_long);
    CHECK(name_of(refused[3].error) == "import-entry");
    CHECK(name_of(refused[4].error) == "import-entry");
    REQUIRE(read->value().accounts.size() == 1);
    CHECK(remarks_text(read->value().accounts[0].remarks) == "read-counter-missing!");
    CHECK(read->value().accounts[0].remarks[0].lacks_counter);
}

TEST_CASE("what decoding a secret remarks goes along") {
    const auto read =
        read_export(aegis(aegis_entry("a", R"("secret":"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJR7","algo":"SHA1")")));
    REQUIRE((read && read->ok()));
    REQUIRE(read->value().accounts.size() == 1);
    CHECK(remarks_text(read->value().accounts[0].remarks) == "read-secret-incomplete!; read-defaults(digits, period)");
}

TEST_CASE("changed exports, thousands of them, are read or refused, and nothing else happens") {
    constexpr int rounds = 250;  // of each file
    std::mt19937 random(20261127);
    const auto below = [&](std::size_t end) { return static_cast<std::size_t>(random() % end); };
    constexpr std::string_view bytes = "\"{}[],:\\&<>;=%+-0123456789eE. \n\r\t\0\xff\xc3\x80"sv;
    for (const auto& file : std::filesystem::directory_iterator(test_data("crypto/imports"))) {
        const std::string name = file.path().filename().string();
        if (name == "expected.txt") continue;
        const std::string whole = read_test_data(folder + name);
        for (int round = 0; round < rounds; ++round) {
            std::string text = whole;
            for (std::size_t change = below(4) + 1; change > 0 && !text.empty(); --change) {
                const std::size_t at = below(text.size());
                switch (below(6)) {
                    case 0: text[at] = static_cast<char>(random()); break;
                    case 1: text[at] = bytes[below(bytes.size())]; break;
                    case 2: text.erase(at, below(20) + 1); break;
                    case 3: text.insert(at, 1, bytes[below(bytes.size())]); break;
                    case 4: text.insert(at, text.substr(below(text.size()), below(60))); break;
                    default: text.resize(at); break;
                }
            }
            INFO(name << ", round " << round);
            check_import(text);
        }
    }
}
