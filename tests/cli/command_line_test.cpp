#include "cli/command_line.hpp"

#include "support/catch.hpp"

#include <string>
#include <vector>

using namespace tokendeck::cli;

namespace {

std::variant<Options, UsageText> parse(std::vector<const char*> arguments) {
    arguments.insert(arguments.begin(), "tokendeck");
    arguments.push_back(nullptr);
    return parse_command_line(static_cast<int>(arguments.size()) - 1, arguments.data());
}

Options accepted(const std::vector<const char*>& arguments) {
    auto parsed = parse(arguments);
    if (const auto* shown = std::get_if<UsageText>(&parsed)) FAIL(shown->text);
    return std::get<Options>(parsed);
}

// The sentences with which the arguments are refused.
std::string refused(const std::vector<const char*>& arguments) {
    auto parsed = parse(arguments);
    const auto* shown = std::get_if<UsageText>(&parsed);
    REQUIRE(shown != nullptr);
    CHECK(shown->exit == Exit::usage);
    CHECK_FALSE(shown->text.empty());
    return shown->next.empty() ? shown->text : shown->text + " " + shown->next;
}

bool says(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Without a subcommand the window opens") {
    CHECK(accepted({}).subcommand == Subcommand::window);
    CHECK(accepted({"--simulate"}).subcommand == Subcommand::window);
    CHECK(accepted({"--ui-map", "map.json"}).ui_map == "map.json");
}

TEST_CASE("Options that hold for all come before the subcommand or after it") {
    for (const auto& arguments :
         std::vector<std::vector<const char*>>{{"--simulate=pro:state", "--token", "5F11", "--json", "code", "github"},
                                               {"code", "--simulate=pro:state", "--token", "5F11", "--json", "github"},
                                               {"code", "github", "--json", "--token=5F11", "--simulate=pro:state"}}) {
        const Options options = accepted(arguments);
        CHECK(options.subcommand == Subcommand::code);
        REQUIRE(options.simulate);
        CHECK(options.simulate->model == "pro");
        CHECK(options.simulate->file == "state");
        CHECK(options.token == "5F11");
        CHECK(options.json);
        CHECK(options.target == "github");
    }
}

TEST_CASE("--simulate alone means a Pro and takes no word that follows it") {
    const Options options = accepted({"code", "--simulate", "github"});
    REQUIRE(options.simulate);
    CHECK(options.simulate->model == "pro");
    CHECK(options.simulate->file.empty());
    CHECK(options.target == "github");
}

TEST_CASE("The file of a simulated token is all that follows the first colon") {
    CHECK(accepted({"--simulate=pro:a:b=c"}).simulate->file == "a:b=c");
}

TEST_CASE("A model that cannot be simulated is refused with a list of those that can") {
    CHECK(says(refused({"--simulate=nk9", "list"}), "pro"));
    CHECK(says(refused({"--simulate=nk3", "list"}), "pro"));  // known, but not served
    CHECK(says(refused({"--simulate=pro:", "list"}), "file"));
}

TEST_CASE("A slot's name may be that of a subcommand") {
    CHECK(accepted({"code", "list"}).target == "list");
    CHECK(accepted({"code", "--", "--json"}).target == "--json");
}

TEST_CASE("add takes several pictures and a file of links together, and a bare secret alone") {
    using Images = std::vector<std::string>;
    CHECK(accepted({"add", "--image", "a.png"}).images == Images{"a.png"});
    CHECK(accepted({"add", "--image", "a", "--image", "b", "--uri-file", "c"}).images == Images{"a", "b"});
    CHECK(accepted({"add", "--image", "a", "--uri-file", "b"}).uri_file == "b");
    CHECK(accepted({"add", "--uri-file", "-"}).uri_file == "-");
    CHECK(accepted({"add", "--secret-file", "-", "--name", "x"}).secret_file == "-");
    CHECK(says(refused({"add", "--image", "a", "--secret-file", "b", "--name", "x"}), "no other source"));
    CHECK(says(refused({"add", "--uri-file", "a", "--secret-file", "b", "--name", "x"}), "no other source"));
    CHECK(says(refused({"add", "--image", "a", "b"}), "too many"));
    CHECK(says(refused({"add", "--image", ""}), "--image"));
    CHECK(says(refused({"add", "--image", "-"}), "standard input"));
}

TEST_CASE("Which of several accounts are added is said by number or by all, not by both") {
    using Numbers = std::vector<std::size_t>;
    CHECK(accepted({"add", "--image", "a", "--pick", "3", "--pick", "1,3,2"}).picks == Numbers{3, 1, 2});
    CHECK(accepted({"add", "--image", "a", "--all"}).all);
    CHECK(says(refused({"add", "--image", "a", "--all", "--pick", "1"}), "--all and --pick"));
    for (const char* number : {"x", "-1", "1-3", "1 2", "0x1", ""})
        CHECK(says(refused({"add", "--image", "a", "--pick", number}), "--pick"));
}

TEST_CASE("Standard input cannot give both the account and the PIN") {
    CHECK(says(refused({"add", "--uri-file", "-", "--pin-file", "-"}), "Standard input"));
    CHECK(says(refused({"add", "--secret-file", "-", "--name", "x", "--pin-file", "-"}), "Standard input"));
    CHECK(accepted({"add", "--uri-file", "u", "--pin-file", "-"}).pin_file == "-");
}

TEST_CASE("What a QR code or URI says cannot be contradicted") {
    for (const char* option : {"--digits", "--period", "--counter"}) {
        CHECK(says(refused({"add", "--image", "a.png", option, "8"}), "--secret-file"));
        CHECK(says(refused({"add", "--uri-file", "a", option, "8"}), "--secret-file"));
    }
}

TEST_CASE("A bare secret takes digits, period, counter and needs a name") {
    const Options totp =
        accepted({"add", "--secret-file", "s", "--name", "x", "--digits", "8", "--period", "60", "--slot", "totp:3"});
    CHECK(totp.digits == 8U);
    CHECK(totp.period == 60U);
    CHECK_FALSE(totp.counter);
    CHECK(accepted({"add", "--secret-file", "s", "--name", "x", "--counter", "18446744073709551614"}).counter ==
          18446744073709551614U);
    CHECK(says(refused({"add", "--secret-file", "s"}), "--name"));
    CHECK(says(refused({"add", "--uri-file", "u", "--show-code"}), "--json"));
    CHECK(accepted({"add", "--uri-file", "u", "--show-code", "--json", "--allow-duplicate"}).show_code);
    CHECK(says(refused({"add", "--secret-file", "s", "--name", ""}), "--name"));
}

TEST_CASE("TOTP and HOTP cannot be asked for at once") {
    CHECK(says(refused({"add", "--secret-file", "s", "--name", "x", "--period", "30", "--counter", "0"}), "HOTP"));
    CHECK(says(refused({"add", "--secret-file", "s", "--name", "x", "--slot", "totp:1", "--counter", "0"}), "HOTP"));
    CHECK(says(refused({"add", "--secret-file", "s", "--name", "x", "--slot", "hotp:1", "--period", "30"}), "TOTP"));
}

TEST_CASE("A number is decimal digits and nothing else") {
    for (const char* number : {"0x8", "8 ", " 8", "+8", "eight", "8.0", "99999999999999999999"})
        CHECK(says(refused({"add", "--secret-file", "s", "--name", "x", "--digits", number}), "--digits"));
}

TEST_CASE("A slot is a kind, a colon and a number from 1") {
    for (const char* slot : {"3", "totp", "totp:0", "totp:03", "TOTP:3", "name:x", "totp:256"})
        CHECK(says(refused({"add", "--uri-file", "a", "--slot", slot}), "--slot"));
    CHECK(says(refused({"add", "--uri-file", "a", "--slot", ""}), "--slot"));
}

TEST_CASE("code, remove and scan say what they are about") {
    CHECK(says(refused({"code"}), "Which slot"));
    CHECK(says(refused({"remove"}), "Which slot"));
    CHECK(says(refused({"code", ""}), "Which slot"));
    CHECK(says(refused({"scan"}), "Which picture"));
    CHECK(accepted({"scan", "a.png", "b.png", "--reveal"}).images.size() == 2);
}

TEST_CASE("An argument that nobody expects is not repeated, for it may be a secret") {
    const std::string secret = "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ";
    for (const auto& arguments :
         std::vector<std::vector<const char*>>{{secret.c_str()},
                                               {"list", secret.c_str()},
                                               {"code", "x", secret.c_str()},
                                               {"add", secret.c_str()},
                                               {"add", "--uri", secret.c_str()},
                                               {"add", "--secret=GEZDGNBVGY3TQOJQ"},
                                               {"add", "--pin=GEZDGNBV"},
                                               {"add", "--GEZDGNBV"},
                                               {"add", "--secret-file", "s", "--name", "x", "--digits", "GEZDGNBV"},
                                               {"add", "--uri-file", "s", "--slot", "GEZDGNBV"}})
        CHECK_FALSE(says(refused(arguments), "GEZDGNBV"));
    CHECK(says(refused({"list", "--bogus=1"}), "--bogus"));
    CHECK(says(refused({"lst"}), "--help"));
}

TEST_CASE("A misspelt subcommand or option is told with the one that was probably meant") {
    CHECK(says(refused({"lst"}), "no subcommand `lst`. Did you mean `list`?"));
    CHECK(says(refused({"lsit", "--json"}), "`list`"));
    CHECK(says(refused({"Remove", "x", "--pin-file", "p"}), "`remove`"));
    CHECK(says(refused({"devcies"}), "`devices`"));
    CHECK(says(refused({"add", "--imgae", "a.png"}), "no option --imgae here. Did you mean `--image`?"));
    CHECK(says(refused({"list", "--jsn"}), "`--json`"));
    CHECK_FALSE(says(refused({"bogus"}), "Did you mean"));
    CHECK_FALSE(says(refused({"list", "--bogus"}), "Did you mean"));
    CHECK_FALSE(says(refused({"list", "--imgae"}), "Did you mean"));  // that is no option of `list`
}

TEST_CASE("Options belong to where they make sense") {
    CHECK(says(refused({"--json"}), "--json"));
    CHECK(says(refused({"list", "--ui-map", "x"}), "--ui-map"));
    CHECK(says(refused({"list", "--pin-file", "x"}), "--pin-file"));
    CHECK(says(refused({"list", "--overwrite"}), "--overwrite"));
    CHECK(says(refused({"list", "--token", ""}), "--token"));
    CHECK(says(refused({"--token", "a", "list", "--token", "b"}), "--token"));
}

TEST_CASE("--help and --version end well, whatever the subcommand") {
    for (const auto& arguments : std::vector<std::vector<const char*>>{
             {"--help"}, {"-h"}, {"list", "--help"}, {"add", "-h"}, {"--version"}, {"list", "--version"}}) {
        const auto parsed = parse(arguments);
        const auto* shown = std::get_if<UsageText>(&parsed);
        REQUIRE(shown != nullptr);
        CHECK(shown->exit == Exit::done);
        CHECK_FALSE(shown->text.empty());
    }
}

TEST_CASE("Help says that a HOTP code is used up") {
    const auto parsed = parse({"code", "--help"});
    CHECK(says(std::get<UsageText>(parsed).text, "used up"));
}

TEST_CASE("Every simulated token can be asked for, and the help lists them") {
    const std::string help = std::get<UsageText>(parse({"--help"})).text;
    for (const char* model : {"pro", "pro-0.7", "pro-0.8", "pro-0.10", "pro-0.11", "pro-0.15", "storage",
                              "storage-0.53", "storage-0.57", "librem"}) {
        INFO(model);
        const std::string simulate = std::string("--simulate=") + model + ":state";
        const Options options = accepted({simulate.c_str(), "list"});
        REQUIRE(options.simulate);
        CHECK(options.simulate->model == model);
        CHECK(options.simulate->file == "state");
        CHECK(says(help, model));
    }
}

TEST_CASE("rename says what is to be changed, and only what the kind of slot has") {
    const Options all = accepted({"rename", "totp:3", "--name", "new", "--digits", "8", "--period", "60"});
    CHECK(all.subcommand == Subcommand::rename);
    CHECK(all.target == "totp:3");
    CHECK(all.name == "new");
    CHECK(all.digits == 8U);
    CHECK(all.period == 60U);
    CHECK(accepted({"rename", "x", "--counter", "0"}).counter == 0U);
    CHECK(says(refused({"rename"}), "Which slot"));
    CHECK(says(refused({"rename", "x"}), "What is to be changed"));
    CHECK(says(refused({"rename", "x", "--period", "30", "--counter", "1"}), "HOTP"));
    CHECK(says(refused({"rename", "x", "--digits", "six"}), "--digits"));
    CHECK(says(refused({"rename", "x", "--secret-file", "s"}), "--secret-file"));
    CHECK(says(refused({"rename", "x", "--name", ""}), "--name"));
}

TEST_CASE("pin says which PIN") {
    CHECK(accepted({"pin", "user"}).pin_task == PinTask::user);
    CHECK(accepted({"pin", "admin"}).pin_task == PinTask::admin);
    CHECK(accepted({"pin", "unblock", "--new-pin-file", "-"}).pin_task == PinTask::unblock);
    CHECK(says(refused({"pin"}), "Which PIN"));
    CHECK(says(refused({"pin", "root"}), "user, admin or unblock"));
    CHECK_FALSE(says(refused({"pin", "12345678"}), "12345678"));
    CHECK_FALSE(says(refused({"pin", "user", "12345678"}), "12345678"));
    CHECK(says(refused({"pin", "user", "--pin-file", "-", "--new-pin-file", "-"}), "Standard input"));
}

TEST_CASE("config takes each setting as what it can be") {
    const Options none = accepted({"config"});
    CHECK_FALSE(none.pin_protection);
    CHECK_FALSE(none.numlock);
    const Options some = accepted({"config", "--pin-protection", "on", "--numlock", "2", "--capslock", "off"});
    CHECK(some.pin_protection == true);
    REQUIRE(some.numlock);
    CHECK(*some.numlock == LockKey{std::uint8_t{2}});
    REQUIRE(some.capslock);
    CHECK(*some.capslock == LockKey{});
    CHECK_FALSE(some.scrolllock);
    CHECK(says(refused({"config", "--pin-protection", "maybe"}), "on or off"));
    for (const char* slot : {"0", "4", "on", "hotp:1", "12"})
        CHECK(says(refused({"config", "--scrolllock", slot}), "--scrolllock"));
}

TEST_CASE("A last try and an answer given beforehand belong to where they are asked for") {
    CHECK(accepted({"code", "x", "--last-try"}).last_try);
    CHECK(accepted({"pin", "admin", "--last-try"}).last_try);
    CHECK(accepted({"reset", "--yes", "--new-aes-key"}).new_aes_key);
    CHECK_FALSE(accepted({"reset"}).yes);
    CHECK(says(refused({"list", "--last-try"}), "--last-try"));
    CHECK(says(refused({"lock", "--yes"}), "--yes"));
    CHECK(says(refused({"remove", "x", "--new-aes-key"}), "--new-aes-key"));
}

TEST_CASE("Help says what counts as typed twice") {
    CHECK(says(std::get<UsageText>(parse({"pin", "--help"})).text, "TOKENDECK_NEW_PIN"));
    CHECK(says(std::get<UsageText>(parse({"reset", "--help"})).text, "counts as typed twice"));
}
