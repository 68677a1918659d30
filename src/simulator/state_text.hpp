// The text form of what a simulated token keeps: a header line, `key = value` lines, a last line `end`; bytes in hex.
// Nothing is guessed, skipped or filled in.
#pragma once

#include "base/error.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tokendeck::simulator {

class TextWriter {
  public:
    explicit TextWriter(std::string_view header) { line(header); }

    void value(std::string_view key, std::string_view text);
    void number(std::string_view key, std::uint64_t value_);
    void bytes(std::string_view key, std::span<const std::uint8_t> bytes_);
    void flag(std::string_view key, bool value_) { value(key, value_ ? "yes" : "no"); }
    // With the last line. Empties the writer.
    [[nodiscard]] base::SecretText take();

  private:
    void line(std::string_view text);

    base::SecretText text_;
};

// All lines by key. Each key that is asked for is crossed out; the first that could not be read, or is missing, is
// remembered, and the rest of the reading then goes on with empty values that nobody sees. The text must live longer.
// Errors: wire::errors::state_unreadable with the line and, where it is known, the key in `field`.
class TextReader {
  public:
    // The index of the header that was met is `header()`.
    [[nodiscard]] static base::Result<TextReader> of(std::string_view text, std::span<const std::string_view> headers);

    [[nodiscard]] std::size_t header() const { return header_; }

    [[nodiscard]] bool has(const std::string& key) const { return lines_.find(key) != lines_.end(); }

    std::string_view text(const std::string& key);
    std::uint64_t number(const std::string& key, std::uint64_t least, std::uint64_t most);
    bool flag(const std::string& key);
    // As many bytes as `least` to `most` says.
    base::SecretBytes bytes(const std::string& key, std::size_t least, std::size_t most);
    // Bytes without a zero among them.
    base::SecretBytes pin(const std::string& key, std::size_t least, std::size_t most);

    template <std::size_t Size>
    std::array<std::uint8_t, Size> array(const std::string& key) {
        const base::SecretBytes value = bytes(key, Size, Size);
        std::array<std::uint8_t, Size> result{};
        std::ranges::copy(value.bytes(), result.begin());
        return result;
    }

    // The value read last is wrong for a reason of the caller's.
    void fail(std::string_view key) { fail(line_of_last_, key); }

    [[nodiscard]] const std::optional<base::Error>& failed_so_far() const { return failure_; }

    // What was wrong, if anything: also a line that nobody asked for.
    [[nodiscard]] std::optional<base::Error> failure();

  private:
    struct Line {
        std::string_view value;
        std::size_t number;
    };

    void fail(std::size_t line, std::string_view key);

    std::map<std::string, Line, std::less<>> lines_;
    std::size_t header_ = 0;
    std::size_t last_line_ = 0;
    std::size_t line_of_last_ = 0;
    std::optional<base::Error> failure_;
};

}  // namespace tokendeck::simulator
