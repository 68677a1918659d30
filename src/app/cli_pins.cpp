#include "app/cli_pins.hpp"

#include "app/cli_output.hpp"
#include "app/pin_prompt.hpp"

#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <utility>

namespace tokendeck::app::cli {
namespace {

constexpr std::size_t pin_file_bytes_max = 64 * 1024;

std::string shown(const SourceFile& file) {
    return file == "-" ? "standard input" : in_quotes(file);
}

std::filesystem::path path_of(const SourceFile& file) {
    return std::filesystem::path(std::u8string(file.begin(), file.end()));
}

// The next bytes of a stream; 0 at its end, nothing if it cannot be read. Nothing that reads here keeps a buffer.
template <typename ReadSome>
std::optional<base::SecretText> read_all(ReadSome read_some, std::size_t bytes_max) {
    base::SecretText content;
    char piece[512];
    for (;;) {
        const std::optional<std::size_t> count = read_some(piece, sizeof piece);
        if (!count) return std::nullopt;
        content.append({piece, *count});
        base::wipe(piece, *count);
        if (*count == 0 || content.size() > bytes_max) return content;
    }
}

std::optional<base::SecretText> read_stdin(std::size_t bytes_max) {
    std::setvbuf(stdin, nullptr, _IONBF, 0);
    const auto some = [](char* to, std::size_t size) -> std::optional<std::size_t> {
        const std::size_t count = std::fread(to, 1, size, stdin);
        if (count == 0 && std::ferror(stdin) != 0) return std::nullopt;
        return count;
    };
    return read_all(some, bytes_max);
}

std::optional<base::SecretText> read_named(const SourceFile& file, std::size_t bytes_max) {
    std::filebuf buffer;
    buffer.pubsetbuf(nullptr, 0);
    try {
        if (!buffer.open(path_of(file), std::ios::in | std::ios::binary)) return std::nullopt;
        const auto some = [&](char* to, std::size_t size) -> std::optional<std::size_t> {
            return static_cast<std::size_t>(buffer.sgetn(to, static_cast<std::streamsize>(size)));
        };
        return read_all(some, bytes_max);
    } catch (const std::exception&) {  // a folder opens, and then cannot be read
        return std::nullopt;
    }
}

}  // namespace

std::string_view name(channel::PinKind kind) {
    return kind == channel::PinKind::admin ? "admin PIN" : "user PIN";
}

std::string tries_sentence(std::uint8_t tries) {
    if (tries == 0) return "No try is left.";
    return tries == 1 ? "1 try is left." : std::to_string(tries) + " tries are left.";
}

Outcome<base::SecretText> read_secret_file(const SourceFile& file, std::size_t bytes_max, std::string_view option) {
    auto content = file == "-" ? read_stdin(bytes_max) : read_named(file, bytes_max);
    if (!content)
        return Failure{Exit::usage, std::string(option) + ": " + shown(file) +
                                        " cannot be read. Check that it exists and that you may read it."};
    if (content->size() > bytes_max)
        return Failure{Exit::usage, std::string(option) + ": " + shown(file) + " holds more than " +
                                        std::to_string(bytes_max) + " bytes. Is it the right file?"};
    return *std::move(content);
}

Outcome<base::SecretText> pin_in(const base::SecretText& content, const SourceFile& file) {
    std::string_view line = content.view();
    line = line.substr(0, line.find('\n'));
    if (line.empty())
        return Failure{Exit::usage, "--pin-file: the first line of " + shown(file) + " is empty. Put the PIN there."};
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto byte = static_cast<unsigned char>(line[i]);
        if (byte < 0x20 || byte == 0x7F)
            return Failure{Exit::usage, "--pin-file: byte " + std::to_string(i + 1) + " of the first line of " +
                                            shown(file) + " is a control character" +
                                            (byte == '\r' ? " (a carriage return, as Windows ends lines)" : "") +
                                            ". Nothing was sent to the token; remove it."};
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

Outcome<std::monostate> Pins::read_file(channel::PinKind kind, const SourceFile& file) {
    auto content = read_secret_file(file, pin_file_bytes_max, "--pin-file");
    if (!content) return content.failure();
    auto pin = pin_in(content.value(), file);
    if (!pin) return pin.failure();
    given(kind) = std::move(pin.value());
    return std::monostate{};
}

Outcome<std::monostate> Pins::read_new_file(const SourceFile& file) {
    auto content = read_secret_file(file, pin_file_bytes_max, "--new-pin-file");
    if (!content) return content.failure();
    auto once = pin_in(content.value(), file);
    if (!once) return once.failure();
    std::string_view rest = content.value().view();
    rest = rest.size() > once.value().size() ? rest.substr(once.value().size() + 1) : std::string_view{};
    const base::SecretText second_line = base::SecretText::copy_of(rest.substr(0, rest.find('\n')));
    if (!base::same(once.value(), second_line))
        return Failure{Exit::usage, "--new-pin-file: the first two lines of " + shown(file) +
                                        " have to hold the new PIN, alike. Nothing was sent to the token."};
    new_ = std::move(once.value());
    return std::monostate{};
}

bool Pins::available(channel::PinKind kind) const {
    return (kind == channel::PinKind::admin ? admin_ : user_).has_value() || terminal_available();
}

Failure Pins::missing(channel::PinKind kind) {
    const bool admin = kind == channel::PinKind::admin;
    return {Exit::usage,
            "The " + std::string(name(kind)) +
                " is needed, and there is no terminal to ask on. Run this in a terminal, or give it with " +
                (admin ? "--pin-file or TOKENDECK_ADMIN_PIN." : "--pin-file (for `code`) or TOKENDECK_USER_PIN.")};
}

Outcome<base::SecretText> Pins::take(channel::PinKind kind, std::string_view token,
                                     std::optional<std::uint8_t> tries_left, std::string_view before) {
    if (auto& pin = given(kind)) return *std::exchange(pin, std::nullopt);
    if (!terminal_available()) return missing(kind);

    const bool admin = kind == channel::PinKind::admin;
    std::string prompt(before);
    prompt += (admin ? "Admin PIN of " : "User PIN of ") + printable(token) + " (";
    if (tries_left) prompt += *tries_left == 1 ? "1 try left" : std::to_string(*tries_left) + " tries left";
    else prompt += "tries left unknown";
    prompt += std::string("; as delivered it is ") + (admin ? "12345678" : "123456") + "): ";
    auto typed = ask_secret(prompt);
    if (!typed || typed->empty())
        return Failure{Exit::usage, "No PIN was typed. Nothing was sent to the token and nothing was changed."};
    return *std::move(typed);
}

}  // namespace tokendeck::app::cli
