#include "cli/pins.hpp"

#include "base/ascii.hpp"
#include "base/filled.hpp"
#include "base/outside_file.hpp"
#include "cli/output.hpp"
#include "cli/pin_prompt.hpp"

#include <utility>

namespace tokendeck::cli {
namespace {

constexpr std::size_t pin_file_bytes_max = 64 * 1024;

std::string shown(const SourceFile& file) {
    return file == "-" ? "standard input" : in_quotes(file);
}

}  // namespace

bool asks_on_terminal(const SourceFile& file) {
    return file == "-" && input_is_terminal();
}

std::string_view name(channel::PinKind kind) {
    return kind == channel::PinKind::admin ? "admin PIN" : "user PIN";
}

std::string tries_sentence(std::uint8_t tries) {
    return base::counted("{n} {n|try is|tries are} left.", tries);
}

ResultInWords<base::SecretText> read_secret_file(const SourceFile& file, std::size_t bytes_max, std::string_view option,
                                                 std::string_view prompt) {
    if (asks_on_terminal(file)) {
        auto typed = ask_secret(prompt);
        if (typed && !typed->empty()) return *std::move(typed);
        return Failure{Exit::usage, std::string(option) + ": nothing was typed. Nothing was changed.",
                       "Type one line, and end it with Enter."};
    }
    auto content = file == "-" ? base::read_standard_input(bytes_max) : base::read_outside_stream(file, bytes_max);
    if (content) return base::SecretText::copy_of(base::text_of(content.value()));
    base::Error error = std::move(content).error();
    error.subject = file == "-" ? shown(file) : file;
    Failure failure = failure_of(error);
    failure.text = std::string(option) + ": " + failure.text;
    return failure;
}

ResultInWords<base::SecretText> pin_in(const base::SecretText& content, const SourceFile& file) {
    std::string_view line = content.view();
    line = line.substr(0, line.find('\n'));
    if (line.empty())
        return Failure{Exit::usage, "--pin-file: the first line of " + shown(file) + " is empty.",
                       "Put the PIN there."};
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto byte = static_cast<unsigned char>(line[i]);
        if (base::is_ascii_control(byte))
            return Failure{Exit::usage,
                           "--pin-file: byte " + std::to_string(i + 1) + " of the first line of " + shown(file) +
                               " is a control character" +
                               (byte == '\r' ? " (a carriage return, as Windows ends lines)" : "") +
                               ". Nothing was sent to the token.",
                           "Remove it."};
    }
    return base::SecretText::copy_of(line);
}

Pins Pins::from_environment() {
    Pins pins;
    pins.admin_ = take_from_environment("TOKENDECK_ADMIN_PIN");
    pins.user_ = take_from_environment("TOKENDECK_USER_PIN");
    // An empty variable is how shells write "not set".
    if (pins.admin_ && pins.admin_->empty()) pins.admin_.reset();
    if (pins.user_ && pins.user_->empty()) pins.user_.reset();
    pins.new_ = take_from_environment("TOKENDECK_NEW_PIN");
    if (pins.new_ && pins.new_->empty()) pins.new_.reset();
    return pins;
}

ResultInWords<std::monostate> Pins::read_file(channel::PinKind kind, const SourceFile& file) {
    if (std::exchange(file_read_, true)) return std::monostate{};
    if (asks_on_terminal(file)) {
        given(kind).reset();
        return std::monostate{};
    }
    auto content = read_secret_file(file, pin_file_bytes_max, "--pin-file", {});
    if (!content) return content.failure();
    auto pin = pin_in(content.value(), file);
    if (!pin) return pin.failure();
    given(kind) = std::move(pin.value());
    return std::monostate{};
}

ResultInWords<std::monostate> Pins::read_new_file(const SourceFile& file) {
    if (asks_on_terminal(file)) {
        new_.reset();
        return std::monostate{};
    }
    auto content = read_secret_file(file, pin_file_bytes_max, "--new-pin-file", {});
    if (!content) return content.failure();
    auto once = pin_in(content.value(), file);
    if (!once) return once.failure();
    std::string_view rest = content.value().view();
    rest = rest.size() > once.value().size() ? rest.substr(once.value().size() + 1) : std::string_view{};
    const base::SecretText second_line = base::SecretText::copy_of(rest.substr(0, rest.find('\n')));
    if (!base::same(once.value(), second_line))
        return Failure{Exit::usage, "--new-pin-file: the first two lines of " + shown(file) +
                                        " must both be the new PIN. Nothing was sent to the token."};
    new_ = std::move(once.value());
    return std::monostate{};
}

bool Pins::available(channel::PinKind kind) const {
    return (kind == channel::PinKind::admin ? admin_ : user_).has_value() || terminal_available();
}

Failure Pins::missing(channel::PinKind kind) {
    const bool admin = kind == channel::PinKind::admin;
    return {Exit::usage, "The " + std::string(name(kind)) + " is needed, and there is no terminal to ask on.",
            std::string("Run this in a terminal, or give it with ") +
                (admin ? "--pin-file or TOKENDECK_ADMIN_PIN." : "--pin-file (for `code`) or TOKENDECK_USER_PIN.")};
}

ResultInWords<base::SecretText> Pins::take(channel::PinKind kind, std::string_view token,
                                           std::optional<std::uint8_t> tries_left, std::string_view before) {
    if (auto& pin = given(kind)) return *std::exchange(pin, std::nullopt);
    if (!terminal_available()) return missing(kind);

    const bool admin = kind == channel::PinKind::admin;
    std::string prompt(before);
    prompt += (admin ? "Admin PIN of " : "User PIN of ") + printable(token) + " (";
    if (tries_left) prompt += base::counted("{n} {n|try|tries} left", *tries_left);
    else prompt += "tries left unknown";
    prompt += std::string("; on a new token it is ") + (admin ? "12345678" : "123456") + "): ";
    auto typed = ask_secret(prompt);
    if (!typed || typed->empty())
        return Failure{Exit::usage, "No PIN was typed. Nothing was sent to the token and nothing was changed."};
    return *std::move(typed);
}

}  // namespace tokendeck::cli
