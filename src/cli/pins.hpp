// Reading secrets from files and standard input, and where each PIN comes from. A PIN is handed out once.
#pragma once

#include "base/secret.hpp"
#include "channel/device_messages.hpp"
#include "cli/failure.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace tokendeck::cli {

// What a file ("-": standard input) holds, at most `bytes_max` bytes; `option` is named when that fails. If standard
// input is a terminal, `prompt` asks for one line, which is not shown.
[[nodiscard]] ResultInWords<base::SecretText> read_secret_file(const SourceFile& file, std::size_t bytes_max,
                                                               std::string_view option, std::string_view prompt);

// `file` is standard input, and that is a terminal.
[[nodiscard]] bool asks_on_terminal(const SourceFile& file);

// The PIN in what a --pin-file holds: its first line without the line feed, and nothing else is changed. Refused: an
// empty line, and control characters (a carriage return from another system's editor among them), since they would cost
// a try.
[[nodiscard]] ResultInWords<base::SecretText> pin_in(const base::SecretText& content, const SourceFile& file);

class Pins {
  public:
    // Takes TOKENDECK_ADMIN_PIN, TOKENDECK_USER_PIN and TOKENDECK_NEW_PIN out of the environment. Thread: before any
    // other is started.
    [[nodiscard]] static Pins from_environment();

    // Reads --pin-file, unless that was done; it goes before the environment. From standard input that is a terminal
    // nothing is read: take() asks there.
    [[nodiscard]] ResultInWords<std::monostate> read_file(channel::PinKind kind, const SourceFile& file);

    // Reads --new-pin-file: its first two lines, which have to be alike. A terminal: as with --pin-file.
    [[nodiscard]] ResultInWords<std::monostate> read_new_file(const SourceFile& file);

    // False: take() could only fail, for no PIN was given and there is no terminal to ask on.
    [[nodiscard]] bool available(channel::PinKind kind) const;
    // The failure that names the ways to give a PIN.
    [[nodiscard]] static Failure missing(channel::PinKind kind);

    // The PIN that was given, or asks for it once. `token` names the token in the prompt; `before` is said above it.
    [[nodiscard]] ResultInWords<base::SecretText> take(channel::PinKind kind, std::string_view token,
                                                       std::optional<std::uint8_t> tries_left, std::string_view before);
    // Was given by file or environment, so that nobody will be asked.
    [[nodiscard]] bool is_given(channel::PinKind kind) const {
        return (kind == channel::PinKind::admin ? admin_ : user_).has_value();
    }
    // The new PIN that was given by file or environment; null: it has to be asked for.
    [[nodiscard]] const base::SecretText* given_new() const { return new_ ? &*new_ : nullptr; }
    [[nodiscard]] std::optional<base::SecretText> take_new() { return std::exchange(new_, std::nullopt); }

  private:
    [[nodiscard]] std::optional<base::SecretText>& given(channel::PinKind kind) {
        return kind == channel::PinKind::admin ? admin_ : user_;
    }

    std::optional<base::SecretText> admin_{};
    std::optional<base::SecretText> user_{};
    std::optional<base::SecretText> new_{};
    bool file_read_ = false;
};

// "admin PIN", "user PIN".
[[nodiscard]] std::string_view name(channel::PinKind kind);
// "2 tries are left."
[[nodiscard]] std::string tries_sentence(std::uint8_t tries);

}  // namespace tokendeck::cli
