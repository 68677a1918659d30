#include "app/command_line.hpp"

#include "app/version.hpp"
#include "otp/slot.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <functional>
#include <memory>
#include <sstream>
#include <utility>

namespace tokendeck::app {
namespace {

// What simulator::SimulatedSource can attach; it has the last word.
constexpr std::string_view simulated_models[] = {"pro"};

constexpr const char* footer_text =
    "PINs are asked for on the terminal, or come from --pin-file, TOKENDECK_ADMIN_PIN or TOKENDECK_USER_PIN. A PIN is\n"
    "sent to the token once; a wrong one is never tried again by itself.\n"
    "Exit codes: 0 done, 1 failed, 2 wrong usage or input, 3 no token, 4 PIN wrong or locked, 5 this token cannot do "
    "it,\n"
    "6 the token did not answer.\n"
    "`tokendeck SUBCOMMAND --help` tells more.";

constexpr const char* footer_of_subcommands =
    "--simulate, --token and --json may stand here as well: see `tokendeck --help`.";

constexpr const char* pin_file_help = "Take the PIN from the first line of FILE, - for standard input";
constexpr const char* set_time_back_help =
    "Set the token's clock even if it remembers a later time than the computer's";

// CLI11 writes a flag that may have a value in a way of its own.
class HelpFormatter final : public CLI::Formatter {
  public:
    std::string make_option_name(const CLI::Option* option, bool positional) const override {
        const std::string name = CLI::Formatter::make_option_name(option, positional);
        return name == "--simulate{pro}" ? "--simulate[=MODEL[:FILE]]" : name;
    }
};

Shown wrong(std::string sentence) {
    return {Exit::usage, std::move(sentence)};
}

// The arguments as they came, before they are understood.
struct Raw {
    std::string simulate;
    std::string digits, period, counter;
    bool simulated = false, has_digits = false, has_period = false, has_counter = false;
    bool has_pin_file = false, has_image = false, has_uri_file = false, has_secret_file = false, has_name = false;
    std::string pin_file, image, uri_file, secret_file, name;
};

// Decimal digits only, no sign, no space; nothing if it is not that or does not fit.
template <typename Number>
std::optional<Number> decimal(const std::string& text) {
    Number number = 0;
    const char* end = text.data() + text.size();
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return number;
}

std::optional<Shown> understand_simulate(const Raw& raw, Options& options) {
    if (!raw.simulated) return std::nullopt;
    const auto colon = raw.simulate.find(':');
    Simulate simulate;
    simulate.model = raw.simulate.substr(0, colon);
    if (colon != std::string::npos) {
        simulate.file = raw.simulate.substr(colon + 1);
        if (simulate.file.empty())
            return wrong("--simulate names no file after the colon. Write --simulate=MODEL:FILE, or --simulate=MODEL.");
    }
    if (std::find(std::begin(simulated_models), std::end(simulated_models), simulate.model) ==
        std::end(simulated_models))
        return wrong("--simulate knows no model of that name. Models that can be simulated: pro.");
    options.simulate = std::move(simulate);
    return std::nullopt;
}

std::optional<Shown> understand_numbers(const Raw& raw, Options& options) {
    const auto refused = [](const char* option) {
        return wrong(std::string(option) + " takes a whole number in decimal digits. Correct it and try again.");
    };
    if (raw.has_digits && !(options.digits = decimal<std::uint32_t>(raw.digits))) return refused("--digits");
    if (raw.has_period && !(options.period = decimal<std::uint32_t>(raw.period))) return refused("--period");
    if (raw.has_counter && !(options.counter = decimal<std::uint64_t>(raw.counter))) return refused("--counter");
    return std::nullopt;
}

// What `add` refuses before any file is opened.
std::optional<Shown> check_add(const Options& options) {
    const int sources =
        int{options.image.has_value()} + int{options.uri_file.has_value()} + int{options.secret_file.has_value()};
    if (sources != 1)
        return wrong("`add` needs exactly one of --image, --uri-file and --secret-file: where the account comes from.");
    if (options.image == "-")
        return wrong("--image reads no standard input. Give it the name of a PNG, JPEG, BMP or GIF file.");
    if (options.pin_file == "-" && (options.uri_file == "-" || options.secret_file == "-"))
        return wrong(
            "Standard input can serve only one of --pin-file and the account. Put one of the two into a file, or the "
            "PIN into TOKENDECK_ADMIN_PIN.");

    if (!options.secret_file && (options.digits || options.period || options.counter))
        return wrong(
            "--digits, --period and --counter go with --secret-file only: a QR code or URI says itself what its issuer "
            "expects, and other values would give wrong codes. Leave them out.");
    if (options.period && options.counter)
        return wrong("--period is for TOTP and --counter for HOTP: an account is one or the other. Leave one out.");
    if (options.name && options.name->empty())
        return wrong("--name is empty, and a token keeps no slot without a name. Give it a name.");

    if (!options.slot.empty()) {
        const auto slot = otp::parse_slot(options.slot);
        const auto* numbered = slot ? std::get_if<otp::NumberedSlot>(&*slot) : nullptr;
        if (numbered == nullptr)
            return wrong("--slot takes a slot such as totp:3 or hotp:1. `tokendeck list --all` shows them.");
        if (numbered->kind == otp::OtpKind::totp && options.counter)
            return wrong(
                "--counter makes a HOTP account, and --slot names a TOTP slot. Choose a hotp: slot, or leave --counter "
                "out.");
        if (numbered->kind == otp::OtpKind::hotp && options.period)
            return wrong(
                "--period makes a TOTP account, and --slot names a HOTP slot. Choose a totp: slot, or leave --period "
                "out.");
    }
    // A bare secret says nothing about whose it is.
    if (options.secret_file && !options.name)
        return wrong("A bare secret has no name. Say with --name how its slot is to be called.");
    return std::nullopt;
}

std::optional<Shown> check(const Options& options) {
    if (options.subcommand == Subcommand::window) {
        if (options.json) return wrong("--json goes with a subcommand, such as `tokendeck list --json`.");
        return std::nullopt;
    }
    if (!options.ui_map.empty()) return wrong("--ui-map is for the window and goes with no subcommand. Leave it out.");
    if ((options.subcommand == Subcommand::code || options.subcommand == Subcommand::remove) && options.target.empty())
        return wrong("Which slot? Give a slot such as totp:3, or the name of one. `tokendeck list` shows them.");
    if (options.subcommand == Subcommand::add) return check_add(options);
    return std::nullopt;
}

// Says what an argument nobody asked for is, without repeating it: it may be a secret. A long option's name is shown.
Shown unexpected(const std::vector<std::string>& extras) {
    for (const std::string& extra : extras) {
        if (extra.size() > 2 && extra.starts_with("--")) {
            std::string name = extra.substr(0, extra.find('='));
            const bool plain =
                name.size() <= 24 && name.find_first_not_of("-abcdefghijklmnopqrstuvwxyz") == std::string::npos;
            if (plain) return wrong("There is no option " + name + " here. `tokendeck --help` lists what there is.");
        }
    }
    return wrong(
        "There is an argument too many, or an option that does not exist. Secrets and PINs are never arguments: they "
        "come "
        "from files, standard input or the terminal. `tokendeck --help` lists what there is.");
}

}  // namespace

std::variant<Options, Shown> parse_command_line(int argc, const char* const* argv) {
    Options options;
    Raw raw;

    CLI::App app{"One-time passwords on Nitrokey tokens. Without a subcommand: the window.", "tokendeck"};
    app.formatter(std::make_shared<HelpFormatter>());
    app.fallthrough();  // what holds for all may come after the subcommand; the subcommands inherit this
    app.require_subcommand(0, 1);
    app.set_version_flag("--version", "tokendeck " + std::string(version), "Print the version and end");
    app.footer(footer_text);

    const auto once = [](CLI::Option* option) { return option->multi_option_policy(CLI::MultiOptionPolicy::Throw); };
    const auto not_empty = [](const std::string& value) {
        return value.empty() ? std::string("its value is empty") : std::string{};
    };
    CLI::Option* simulate =
        once(app.add_flag("--simulate{pro}", raw.simulate, "Plug in a simulated token (pro), its state kept in FILE"));
    once(app.add_option("--token", options.token, "Which token: its key, card serial or USB serial"))
        ->check(not_empty)
        ->type_name("TOKEN");
    app.add_flag("--json", options.json, "Print data as JSON");
    once(app.add_option("--ui-map", options.ui_map, "Window only: keep FILE up to date with what is on screen"))
        ->check(not_empty)
        ->type_name("FILE");

    std::vector<std::function<void()>> afterwards;  // which of the options were there, once that is known
    const auto file_option = [&](CLI::App* to, const char* name, std::string& value, bool& there, const char* help) {
        CLI::Option* option = once(to->add_option(name, value, help))->check(not_empty)->type_name("FILE");
        afterwards.emplace_back([option, &there] { there = there || option->count() > 0; });
    };

    const auto subcommand = [&](const char* name, Subcommand which, const char* help) {
        CLI::App* added = app.add_subcommand(name, help);
        added->footer(footer_of_subcommands);
        afterwards.emplace_back([added, which, &options] {
            if (added->parsed()) options.subcommand = which;
        });
        return added;
    };

    subcommand("devices", Subcommand::devices, "List the tokens that are plugged in, also those that cannot be used");
    subcommand("status", Subcommand::status, "Show firmware, serials, PIN tries left, slots in use and settings");

    CLI::App* list = subcommand("list", Subcommand::list, "List the accounts on the token");
    list->add_flag("--all", options.all, "Empty slots too (JSON always has all)");

    CLI::App* code =
        subcommand("code", Subcommand::code,
                   "Print a one-time password. A HOTP code is used up by that: the token's counter moves on");
    code->add_option("NAME|SLOT", options.target, "A slot such as totp:3, or a name")->type_name("")->required();
    file_option(code, "--pin-file", raw.pin_file, raw.has_pin_file,
                "Take the user PIN, if codes need it, from the first line of FILE, - for standard input");
    code->add_flag("--set-time-back", options.set_time_back, set_time_back_help);

    CLI::App* add = subcommand("add", Subcommand::add,
                               "Put an account on the token and prove that its code is right. Needs the admin PIN");
    file_option(add, "--image", raw.image, raw.has_image, "A picture with the account's QR code");
    file_option(add, "--uri-file", raw.uri_file, raw.has_uri_file, "A file with an otpauth URI, - for standard input");
    file_option(add, "--secret-file", raw.secret_file, raw.has_secret_file,
                "A file with a bare base32 secret, - for standard input");
    once(add->add_option("--slot", options.slot, "Where to; the first free slot of the account's kind if left out"))
        ->check(not_empty)
        ->type_name("SLOT");
    CLI::Option* name =
        once(add->add_option("--name", raw.name, "The slot's name; issuer and account if left out"))->type_name("NAME");
    CLI::Option* digits =
        once(add->add_option("--digits", raw.digits, "Bare secret: digits of a code, 6 if left out"))->type_name("N");
    CLI::Option* period =
        once(add->add_option("--period", raw.period, "Bare secret: TOTP with this many seconds a code, 30 if left out"))
            ->type_name("N");
    CLI::Option* counter =
        once(add->add_option("--counter", raw.counter, "Bare secret: HOTP, starting at this counter"))->type_name("N");
    add->add_flag("--overwrite", options.overwrite, "Replace what is in the slot");
    file_option(add, "--pin-file", raw.pin_file, raw.has_pin_file, pin_file_help);
    add->add_flag("--set-time-back", options.set_time_back, set_time_back_help);

    CLI::App* remove = subcommand("remove", Subcommand::remove, "Erase a slot. Asks nothing but the admin PIN");
    remove->add_option("NAME|SLOT", options.target, "A slot such as totp:3, or a name, exactly")
        ->type_name("")
        ->required();
    file_option(remove, "--pin-file", raw.pin_file, raw.has_pin_file, pin_file_help);

    CLI::App* scan = subcommand("scan", Subcommand::scan, "Show the accounts in pictures of QR codes. Needs no token");
    scan->add_option("IMAGE", options.images, "PNG, JPEG, BMP or GIF files")->type_name("")->required();
    scan->add_flag("--reveal", options.reveal, "Print the secrets too");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ExtrasError&) {
        return unexpected(app.remaining(true));
    } catch (const CLI::ParseError& error) {
        std::ostringstream out, err;
        if (error.get_exit_code() == 0) {  // help or version
            app.exit(error, out, err);
            return Shown{Exit::done, out.str()};
        }
        const bool no_target = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError);
        if (no_target && (code->parsed() || remove->parsed()))
            return wrong("Which slot? Give a slot such as totp:3, or the name of one. `tokendeck list` shows them.");
        if (no_target && scan->parsed()) return wrong("Which picture? Give the name of at least one image file.");
        return wrong("The arguments are not understood: " + std::string(error.what()) +
                     ". `tokendeck --help` lists what there is.");
    }

    for (const auto& step : afterwards) step();
    raw.simulated = simulate->count() > 0;
    raw.has_name = name->count() > 0;
    raw.has_digits = digits->count() > 0;
    raw.has_period = period->count() > 0;
    raw.has_counter = counter->count() > 0;
    if (raw.has_pin_file) options.pin_file = raw.pin_file;
    if (raw.has_image) options.image = raw.image;
    if (raw.has_uri_file) options.uri_file = raw.uri_file;
    if (raw.has_secret_file) options.secret_file = raw.secret_file;
    if (raw.has_name) options.name = raw.name;

    if (auto refused = understand_simulate(raw, options)) return *std::move(refused);
    if (auto refused = understand_numbers(raw, options)) return *std::move(refused);
    if (auto refused = check(options)) return *std::move(refused);
    return options;
}

}  // namespace tokendeck::app
