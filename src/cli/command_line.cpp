#include "cli/command_line.hpp"

#include "base/one_line.hpp"
#include "base/version.hpp"
#include "otp/slot.hpp"
#include "simulator/simulated_models.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <functional>
#include <memory>
#include <sstream>
#include <string_view>
#include <utility>

namespace tokendeck::cli {
namespace {

constexpr const char* footer_text =
    "PINs are asked for on the terminal, or come from --pin-file, TOKENDECK_ADMIN_PIN or TOKENDECK_USER_PIN. A PIN is\n"
    "sent to the token once; a wrong one is never tried again by itself.\n"
    "Exit codes: 0 done, 1 failed, 2 wrong usage or input, 3 no token, 4 PIN wrong or locked, 5 this token cannot do "
    "it,\n"
    "6 the token did not answer.\n"
    "`tokendeck SUBCOMMAND --help` tells more.";

constexpr const char* footer_of_subcommands =
    "--simulate, --token and --json may stand here as well: see `tokendeck --help`.";

constexpr const char* target_help =
    "A slot such as totp:3, or a name; in any case, the issuer alone or a beginning will do if only one slot fits";
constexpr const char* pin_file_help =
    "Take the PIN from the first line of FILE, - for standard input (at a terminal: asks for it)";
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

// The first sentence is the cause, the others are what to do.
UsageText wrong(const std::string& sentences) {
    const auto end = std::min(sentences.find(". "), sentences.find("? "));
    if (end == std::string::npos) return {Exit::usage, sentences};
    return {Exit::usage, sentences.substr(0, end + 1), sentences.substr(end + 2)};
}

// The arguments as they came, before they are understood.
struct Raw {
    std::string simulate;
    std::string digits, period, counter;
    bool simulated = false, has_digits = false, has_period = false, has_counter = false;
    bool has_pin_file = false, has_uri_file = false, has_secret_file = false, has_name = false;
    bool has_new_pin_file = false;
    std::string pin_file, uri_file, secret_file, name, new_pin_file;
    std::vector<std::string> picks;
    std::string pin_task, pin_protection, numlock, capslock, scrolllock;
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

std::string simulated_models() {
    std::string list;
    for (const simulator::SimulatedModel& model : simulator::simulated_models())
        list += (list.empty() ? "" : ", ") + std::string(model.key);
    return list;
}

std::optional<UsageText> understand_simulate(const Raw& raw, Options& options) {
    if (!raw.simulated) return std::nullopt;
    const auto colon = raw.simulate.find(':');
    Simulate simulate;
    simulate.model = raw.simulate.substr(0, colon);
    if (colon != std::string::npos) {
        simulate.file = raw.simulate.substr(colon + 1);
        if (simulate.file.empty())
            return wrong("--simulate names no file after the colon. Write --simulate=MODEL:FILE, or --simulate=MODEL.");
    }
    if (simulator::find_simulated_model(simulate.model) == nullptr)
        return wrong("--simulate knows no model of that name. Models that can be simulated: " + simulated_models() +
                     ".");
    options.simulate = std::move(simulate);
    return std::nullopt;
}

std::optional<UsageText> understand_numbers(const Raw& raw, Options& options) {
    const auto refused = [](const char* option) {
        return wrong(std::string(option) + " takes a whole number in decimal digits. Correct it and try again.");
    };
    if (raw.has_digits && !(options.digits = decimal<std::uint32_t>(raw.digits))) return refused("--digits");
    if (raw.has_period && !(options.period = decimal<std::uint32_t>(raw.period))) return refused("--period");
    for (const std::string& pick : raw.picks) {
        const auto number = decimal<std::size_t>(pick);
        if (!number)
            return wrong(
                "--pick takes numbers as `tokendeck scan` lists them, such as 2 or 1,3. Correct it and try "
                "again.");
        if (std::ranges::count(options.picks, *number) == 0) options.picks.push_back(*number);
    }
    if (raw.has_counter && !(options.counter = decimal<std::uint64_t>(raw.counter))) return refused("--counter");
    return std::nullopt;
}

std::optional<UsageText> understand_pin(const Raw& raw, Options& options) {
    if (raw.pin_task == "user") options.pin_task = PinTask::user;
    else if (raw.pin_task == "admin") options.pin_task = PinTask::admin;
    else if (raw.pin_task == "unblock") options.pin_task = PinTask::unblock;
    else return wrong("`pin` takes user, admin or unblock: which PIN to set.");
    return std::nullopt;
}

// "1" to "3", "off"; nothing: left out.
std::optional<UsageText> understand_lock_key(const char* option, const std::string& text,
                                             std::optional<LockKey>& lock_key) {
    if (text.empty()) return std::nullopt;
    if (text == "off") lock_key = LockKey{};
    else if (text == "1" || text == "2" || text == "3") lock_key = LockKey{static_cast<std::uint8_t>(text[0] - '0')};
    else return wrong(std::string(option) + " takes 1, 2, 3 or off: the HOTP slot that the key types.");
    return std::nullopt;
}

std::optional<UsageText> understand_config(const Raw& raw, Options& options) {
    if (raw.pin_protection == "on" || raw.pin_protection == "off") options.pin_protection = raw.pin_protection == "on";
    else if (!raw.pin_protection.empty()) return wrong("--pin-protection takes on or off.");
    if (auto refused = understand_lock_key("--numlock", raw.numlock, options.numlock)) return refused;
    if (auto refused = understand_lock_key("--capslock", raw.capslock, options.capslock)) return refused;
    return understand_lock_key("--scrolllock", raw.scrolllock, options.scrolllock);
}

std::optional<UsageText> check_rename(const Options& options) {
    if (!options.name && !options.digits && !options.period && !options.counter)
        return wrong("What is to be changed? Give --name, --digits, --period or --counter. The secret stays.");
    if (options.period && options.counter)
        return wrong("--period is for TOTP and --counter for HOTP: a slot is one or the other. Leave one out.");
    if (options.name && options.name->empty())
        return wrong("--name is empty, and a token keeps no slot without a name. Give it a name.");
    return std::nullopt;
}

// What `add` refuses before any file is opened.
std::optional<UsageText> check_add(const Options& options) {
    if (options.secret_file && (options.uri_file || !options.images.empty()))
        return wrong(
            "--secret-file goes with no other source: a bare secret is one account, with the name that --name gives "
            "it. Add the others by a command of their own.");
    if (std::ranges::count(options.images, "-") > 0)
        return wrong("--image reads no standard input. Give it the name of a PNG, JPEG, BMP or GIF file.");
    if (options.pin_file == "-" && (options.uri_file == "-" || options.secret_file == "-"))
        return wrong(
            "Standard input can serve only one of --pin-file and the account. Put one of the two into a file, or the "
            "PIN into TOKENDECK_ADMIN_PIN.");

    if (!options.secret_file && (options.digits || options.period || options.counter))
        return wrong(
            "--digits, --period and --counter go with --secret-file only: a QR code or otpauth link says what its "
            "issuer "
            "expects, and other values would give wrong codes. Leave them out.");
    if (options.all && !options.picks.empty()) return wrong("--all and --pick say different things. Leave one out.");
    if (options.show_code && !options.json)
        return wrong("--show-code goes with --json. As text, `add` shows the code always. Leave it out.");
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

std::optional<UsageText> check(const Options& options) {
    if (options.subcommand == Subcommand::window) {
        if (options.json) return wrong("--json goes with a subcommand, such as `tokendeck list --json`.");
        return std::nullopt;
    }
    if (!options.ui_map.empty()) return wrong("--ui-map is for the window and goes with no subcommand. Leave it out.");
    const bool about_slot = options.subcommand == Subcommand::code || options.subcommand == Subcommand::remove ||
                            options.subcommand == Subcommand::rename;
    if (about_slot && options.target.empty())
        return wrong("Which slot? Give a slot such as totp:3, or the name of one. `tokendeck list` shows them.");
    if (options.subcommand == Subcommand::add) return check_add(options);
    if (options.subcommand == Subcommand::rename) return check_rename(options);
    if (options.subcommand == Subcommand::pin && options.pin_file == "-" && options.new_pin_file == "-")
        return wrong(
            "Standard input can serve only one of --pin-file and --new-pin-file. Put one of the two into a file.");
    return std::nullopt;
}

// How many letters have to be changed, left out, put in or swapped with their neighbour to make `to` of `from`.
std::size_t typing_errors(std::string_view from, std::string_view to) {
    std::vector<std::size_t> before_last(to.size() + 1), last(to.size() + 1), now(to.size() + 1);
    for (std::size_t j = 0; j <= to.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= from.size(); ++i) {
        now[0] = i;
        for (std::size_t j = 1; j <= to.size(); ++j) {
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                now[j] = std::min(now[j], before_last[j - 2] + 1);
        }
        before_last = std::exchange(last, now);
    }
    return last[to.size()];
}

// The one of `names` that was probably meant; empty if none is near. What is near to one of our own words is no secret.
std::string nearest(std::string_view typed, const std::vector<std::string>& names) {
    std::string best;
    std::size_t fewest = 3;
    if (typed.size() > 24) return best;
    for (const std::string& name : names) {
        const std::size_t errors = typing_errors(typed, name);
        if (errors < fewest && errors * 2 < name.size()) {
            best = name;
            fewest = errors;
        }
    }
    return best;
}

std::vector<std::string> subcommands_of(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* subcommand : app.get_subcommands([](const CLI::App*) { return true; }))
        names.push_back(subcommand->get_name());
    return names;
}

// The long options that hold for all and those of the subcommand that was met.
std::vector<std::string> options_of(const CLI::App& app) {
    std::vector<std::string> names;
    const auto collect = [&](const CLI::App& from) {
        for (const CLI::Option* option : from.get_options())
            for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    };
    collect(app);
    for (const CLI::App* subcommand : app.get_subcommands()) collect(*subcommand);
    return names;
}

// Says what an argument nobody asked for is, without repeating it: it may be a secret. A long option's name is shown,
// and what is nearly a subcommand.
UsageText unexpected(const CLI::App& app) {
    const std::string there_is = " `tokendeck --help` lists what there is.";
    const auto meant = [](const std::string& name) { return name.empty() ? "" : " Did you mean `" + name + "`?"; };
    const std::vector<std::string> extras = app.remaining(true);
    if (app.get_subcommands().empty() && !extras.empty() && !extras.front().starts_with('-')) {
        const std::string& typed = extras.front();
        const std::string near = nearest(typed, subcommands_of(app));
        const bool plain = typed.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
        if (!near.empty())
            return wrong("There is no subcommand " + (plain ? "`" + typed + "`" : "of that name") + "." + meant(near) +
                         there_is);
    }
    for (const std::string& extra : extras) {
        if (extra.size() > 2 && extra.starts_with("--")) {
            const std::string name = extra.substr(0, extra.find('='));
            const bool plain =
                name.size() <= 24 && name.find_first_not_of("-abcdefghijklmnopqrstuvwxyz") == std::string::npos;
            if (plain)
                return wrong("There is no option " + name + " here." + meant(nearest(name, options_of(app))) +
                             there_is);
        }
    }
    return wrong(
        "There is an argument too many, or an option that does not exist. Secrets and PINs are never arguments: they "
        "come "
        "from files, standard input or the terminal. `tokendeck --help` lists what there is.");
}

}  // namespace

bool wants_json(int argc, const char* const* argv) {
    for (int i = 1; i < argc && std::string_view(argv[i]) != "--"; ++i)
        if (std::string_view(argv[i]) == "--json") return true;
    return false;
}

std::variant<Options, UsageText> parse_command_line(int argc, const char* const* argv) {
    Options options;
    Raw raw;

    CLI::App app{"One-time passwords on Nitrokey tokens. Without a subcommand: the window.", "tokendeck"};
    app.formatter(std::make_shared<HelpFormatter>());
    app.fallthrough();  // what holds for all may come after the subcommand; the subcommands inherit this
    app.require_subcommand(0, 1);
    app.set_version_flag("--version", "tokendeck " + std::string(base::version), "Print the version and end");
    app.footer(footer_text);

    const auto once = [](CLI::Option* option) { return option->multi_option_policy(CLI::MultiOptionPolicy::Throw); };
    const auto not_empty = [](const std::string& value) {
        return value.empty() ? std::string("its value is empty") : std::string{};
    };
    CLI::Option* simulate =
        once(app.add_flag("--simulate{pro}", raw.simulate,
                          "Plug in a simulated token (" + simulated_models() + "), its state kept in FILE"));
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
    code->add_option("NAME|SLOT", options.target, target_help)->type_name("")->required();
    file_option(code, "--pin-file", raw.pin_file, raw.has_pin_file,
                "Take the user PIN, if codes need it, from the first line of FILE, - for standard input");
    code->add_flag("--set-time-back", options.set_time_back, set_time_back_help);

    CLI::App* add = subcommand("add", Subcommand::add,
                               "Put accounts on the token and prove that their codes are right. Needs the admin PIN. "
                               "Alone in a terminal it asks for everything");
    add->add_option(
           "--image,--file", options.images,
           "A picture with QR codes, a text file with otpauth links or an export of another program; give it again "
           "for another")
        ->allow_extra_args(false)
        ->check(not_empty)
        ->type_name("FILE");
    file_option(add, "--uri-file", raw.uri_file, raw.has_uri_file,
                "A file with otpauth links, a line each, - for standard input (at a terminal: asks, shows nothing)");
    file_option(add, "--secret-file", raw.secret_file, raw.has_secret_file,
                "A file with a bare base32 secret, - for standard input (at a terminal: asks, shows nothing)");
    add->add_option("--pick", raw.picks,
                    "Of several accounts the one with this number, as `scan` gives it; several: --pick 1,3")
        ->delimiter(',')
        ->allow_extra_args(false)
        ->type_name("N");
    add->add_flag("--all", options.all, "All accounts that are found");
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
        once(add->add_option("--counter", raw.counter,
                             "Bare secret: HOTP, starting at this counter; also for a link that has none"))
            ->type_name("N");
    add->add_flag("--as-read", options.as_read, "Agree to what is asked about how an account was read (scan shows it)");
    add->add_flag("--shorten", options.shorten, "Cut a name that the token has no room for");
    add->add_flag("--overwrite", options.overwrite, "Replace what is in the slot");
    add->add_flag("--allow-duplicate", options.allow_duplicate, "Add the account even if a slot already has its name");
    add->add_flag("--show-code", options.show_code,
                  "With --json: the code of the proof, too (as text it is shown always)");
    file_option(add, "--pin-file", raw.pin_file, raw.has_pin_file, pin_file_help);
    add->add_flag("--set-time-back", options.set_time_back, set_time_back_help);

    CLI::App* remove = subcommand("remove", Subcommand::remove, "Erase a slot. Asks nothing but the admin PIN");
    remove->add_option("NAME|SLOT", options.target, target_help)->type_name("")->required();
    file_option(remove, "--pin-file", raw.pin_file, raw.has_pin_file, pin_file_help);

    const auto last_try_option = [&](CLI::App* to) {
        to->add_flag("--last-try", options.last_try, "Use the PIN's last try if only one is left");
    };
    for (CLI::App* with_pin : {code, add, remove}) last_try_option(with_pin);

    CLI::App* rename = subcommand("rename", Subcommand::rename,
                                  "Change a slot's name, digits, period or counter; its secret stays, and the code "
                                  "before and after is compared. Needs the admin PIN");
    rename->add_option("NAME|SLOT", options.target, target_help)->type_name("")->required();
    CLI::Option* new_name = once(rename->add_option("--name", raw.name, "The new name"))->type_name("NAME");
    CLI::Option* new_digits = once(rename->add_option("--digits", raw.digits, "6 or 8"))->type_name("N");
    CLI::Option* new_period =
        once(rename->add_option("--period", raw.period, "TOTP: seconds a code is valid"))->type_name("N");
    CLI::Option* new_counter =
        once(rename->add_option("--counter", raw.counter, "HOTP: where the token is to go on counting (resynchronise)"))
            ->type_name("N");
    file_option(rename, "--pin-file", raw.pin_file, raw.has_pin_file, pin_file_help);
    rename->add_flag("--set-time-back", options.set_time_back, set_time_back_help);
    last_try_option(rename);

    CLI::App* pin = subcommand("pin", Subcommand::pin,
                               "Set a new PIN: `pin user` and `pin admin` need the current one, `pin unblock` sets a "
                               "user PIN with the admin PIN, also when it is blocked");
    pin->add_option("user|admin|unblock", raw.pin_task, "Which")->type_name("")->required();
    file_option(pin, "--pin-file", raw.pin_file, raw.has_pin_file,
                "Take the current PIN (unblock: the admin PIN) from the first line of FILE, - for standard input");
    file_option(pin, "--new-pin-file", raw.new_pin_file, raw.has_new_pin_file,
                "Take the new PIN from FILE, twice, on its first two lines; TOKENDECK_NEW_PIN counts as typed twice");
    last_try_option(pin);

    CLI::App* config =
        subcommand("config", Subcommand::config,
                   "Show the token's settings, or change them. Changing needs the admin PIN; each is read back");
    once(config->add_option("--pin-protection", raw.pin_protection, "on: codes need the user PIN; off"))
        ->check(not_empty)
        ->type_name("on|off");
    for (const auto& [option, value] : {std::pair{"--numlock", &raw.numlock}, std::pair{"--capslock", &raw.capslock},
                                        std::pair{"--scrolllock", &raw.scrolllock}})
        once(config->add_option(option, *value, "Old firmware: the HOTP slot that this key types when pressed twice"))
            ->check(not_empty)
            ->type_name("N|off");
    file_option(config, "--pin-file", raw.pin_file, raw.has_pin_file, pin_file_help);
    last_try_option(config);

    subcommand("lock", Subcommand::lock, "Lock the token: what PINs have opened is closed again");

    CLI::App* reset = subcommand("reset", Subcommand::reset,
                                 "Erase everything on the token. Says first what is lost; needs the admin PIN twice");
    reset->add_flag("--new-aes-key", options.new_aes_key,
                    "Not a reset: a new key for the password safe (Storage: and its volumes, erasing all accounts)");
    reset->add_flag("--yes", options.yes, "Do not ask whether it is meant");
    file_option(reset, "--pin-file", raw.pin_file, raw.has_pin_file,
                "Take the admin PIN from the first line of FILE, - for standard input; counts as typed twice, as does "
                "TOKENDECK_ADMIN_PIN");
    last_try_option(reset);

    subcommand("doctor", Subcommand::doctor, "Find out what stands between you and your token, and how to fix it");
    CLI::App* check_token = subcommand(
        "check", Subcommand::check,
        "Check that the token works: a test account goes to a free slot of each kind, is tried and erased again. Needs "
        "the admin PIN and takes a minute or two");
    check_token->add_flag("--quick", options.quick, "Leave out what has to wait for the next code");
    check_token->add_flag("--yes", options.yes, "Do not ask whether to begin");
    file_option(check_token, "--pin-file", raw.pin_file, raw.has_pin_file,
                "Take the admin PIN from the first line of FILE, - for standard input (at a terminal: asks for it)");
    check_token->add_flag("--set-time-back", options.set_time_back, set_time_back_help);
    last_try_option(check_token);
    subcommand("report", Subcommand::report,
               "Print a report for support: no secrets, PINs, codes, serials or names of accounts");

    CLI::App* scan = subcommand("scan", Subcommand::scan, "Show the accounts in pictures of QR codes. Needs no token");
    scan->add_option("FILE", options.images, "Pictures (PNG, JPEG, BMP, GIF) and text files")
        ->type_name("")
        ->required();
    scan->add_flag("--reveal", options.reveal, "Print the secrets too");

    try {
        app.parse(argc, argv);
    } catch (const CLI::ExtrasError&) {
        return unexpected(app);
    } catch (const CLI::ParseError& error) {
        std::ostringstream out, err;
        if (error.get_exit_code() == 0) {  // help or version
            app.exit(error, out, err);
            return UsageText{Exit::done, out.str()};
        }
        const bool no_target = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError);
        if (no_target && pin->parsed()) return wrong("Which PIN? `pin` takes user, admin or unblock.");
        if (no_target && (code->parsed() || remove->parsed() || rename->parsed()))
            return wrong("Which slot? Give a slot such as totp:3, or the name of one. `tokendeck list` shows them.");
        if (no_target && scan->parsed()) return wrong("Which picture? Give the name of at least one image file.");
        return wrong("The arguments are not understood: " + base::one_line(error.what(), base::library_text_most) +
                     ". `tokendeck --help` lists what there is.");
    }

    for (const auto& step : afterwards) step();
    raw.simulated = simulate->count() > 0;
    raw.has_name = name->count() + new_name->count() > 0;
    raw.has_digits = digits->count() + new_digits->count() > 0;
    raw.has_period = period->count() + new_period->count() > 0;
    raw.has_counter = counter->count() + new_counter->count() > 0;
    if (raw.has_new_pin_file) options.new_pin_file = raw.new_pin_file;
    if (raw.has_pin_file) options.pin_file = raw.pin_file;
    if (raw.has_uri_file) options.uri_file = raw.uri_file;
    if (raw.has_secret_file) options.secret_file = raw.secret_file;
    if (raw.has_name) options.name = raw.name;

    if (auto refused = understand_simulate(raw, options)) return *std::move(refused);
    if (auto refused = understand_numbers(raw, options)) return *std::move(refused);
    if (options.subcommand == Subcommand::pin)
        if (auto refused = understand_pin(raw, options)) return *std::move(refused);
    if (auto refused = understand_config(raw, options)) return *std::move(refused);
    if (auto refused = check(options)) return *std::move(refused);
    return options;
}

}  // namespace tokendeck::cli
