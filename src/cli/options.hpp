// The command line, understood. Names and meanings: docs/contract.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::cli {

struct Simulate {
    std::string model = "pro";
    std::string file{};  // empty: in the user's data folder
};

// A secret's or PIN's origin: a file, or standard input for "-". The secret itself is never an argument.
using SourceFile = std::string;

enum class Subcommand : std::uint8_t {
    window,
    devices,
    status,
    list,
    code,
    add,
    remove,
    rename,
    pin,
    config,
    lock,
    reset,
    scan,
    doctor,
    report,
    check,
};

enum class PinTask : std::uint8_t { user, admin, unblock };

// What `config` is to do with a lock key: a HOTP slot from 1, or nothing for "off".
using LockKey = std::optional<std::uint8_t>;

struct Options {
    Subcommand subcommand = Subcommand::window;
    std::string typed_as = "tokendeck";  // how the program was started, for lines that are to be typed
    std::optional<Simulate> simulate{};
    std::string token{};  // key, card serial or USB serial; empty: the only one
    bool json = false;
    std::string ui_map{};  // window only
    std::optional<SourceFile> pin_file{};
    std::string target{};               // code, remove, rename: NAME or SLOT
    bool all = false;                   // list: empty slots too; add: all accounts
    std::vector<std::string> images{};  // scan, add
    bool reveal = false;                // scan
    bool set_time_back = false;         // code, add, rename, check
    bool last_try = false;              // wherever a PIN is asked for: the one try that is left may be used
    // pin
    PinTask pin_task = PinTask::user;
    std::optional<SourceFile> new_pin_file{};
    // config; nothing: leave as it is
    std::optional<bool> pin_protection{};
    std::optional<LockKey> numlock{};
    std::optional<LockKey> capslock{};
    std::optional<LockKey> scrolllock{};
    // reset
    bool new_aes_key = false;
    bool yes = false;    // check, too
    bool quick = false;  // check
    // add; name, digits, period and counter also rename
    std::optional<SourceFile> uri_file{};
    std::optional<SourceFile> secret_file{};
    std::string slot{};
    std::optional<std::string> name{};
    std::optional<std::uint32_t> digits{};
    std::optional<std::uint32_t> period{};
    std::optional<std::uint64_t> counter{};
    std::vector<std::size_t> picks{};  // numbers of accounts, from 1; empty: not said
    bool as_read = false;              // agree to all that the reading of an account asks
    bool shorten = false;              // names that the token has no room for
    bool overwrite = false;
    bool allow_duplicate = false;
    bool show_code = false;  // with --json
};

enum class Exit : int {
    done = 0,
    failed = 1,
    usage = 2,  // wrong usage or input
    no_token = 3,
    pin = 4,     // wrong or locked
    cannot = 5,  // this token cannot do it
    no_answer = 6,
};

// Carries out a subcommand without a window.
[[nodiscard]] Exit run_command(const Options& options);

}  // namespace tokendeck::cli
