#include "simulator/state_text.hpp"

#include "base/ascii.hpp"
#include "wire/transport.hpp"

#include <charconv>

namespace tokendeck::simulator {
namespace {

constexpr std::string_view last_line = "end";

base::Error bad_line(std::size_t line, std::string_view key) {
    return base::Error{.code = wire::errors::state_unreadable, .field = std::string(key), .position = line};
}

}  // namespace

// ---- writing ----

void TextWriter::line(std::string_view text) {
    text_.append(text);
    text_.push_back('\n');
}

void TextWriter::value(std::string_view key, std::string_view text) {
    text_.append(key);
    text_.append(" = ");
    line(text);
}

void TextWriter::number(std::string_view key, std::uint64_t value_) {
    value(key, std::to_string(value_));
}

void TextWriter::bytes(std::string_view key, std::span<const std::uint8_t> bytes_) {
    text_.append(key);
    text_.append(" = ");
    if (bytes_.empty()) text_.push_back('-');
    for (const std::uint8_t byte : bytes_) {
        text_.push_back(base::hex_digit(byte >> 4));
        text_.push_back(base::hex_digit(byte));
    }
    text_.push_back('\n');
}

base::SecretText TextWriter::take() {
    line(last_line);
    return std::move(text_);
}

// ---- reading ----

base::Result<TextReader> TextReader::of(std::string_view text, std::span<const std::string_view> headers) {
    TextReader reader;
    std::size_t line_number = 0;
    bool ended = false;
    while (!text.empty()) {
        ++line_number;
        const auto end = text.find('\n');
        if (end == std::string_view::npos || ended) return bad_line(line_number, "");
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end + 1);
        if (line_number == 1) {
            const auto found = std::ranges::find(headers, line);
            if (found == headers.end()) return bad_line(1, "");
            reader.header_ = static_cast<std::size_t>(found - headers.begin());
            continue;
        }
        if (line == last_line) {
            ended = true;
            continue;
        }
        const auto equals = line.find(" = ");
        if (equals == std::string_view::npos || equals == 0) return bad_line(line_number, "");
        const std::string_view key = line.substr(0, equals);
        if (!reader.lines_.emplace(key, Line{line.substr(equals + 3), line_number}).second)
            return bad_line(line_number, key);
    }
    reader.last_line_ = line_number;
    if (!ended) return bad_line(line_number + 1, "");
    return reader;
}

std::string_view TextReader::text(const std::string& key) {
    const auto found = lines_.find(key);
    if (found == lines_.end()) {
        fail(last_line_, key);
        return {};
    }
    const std::string_view value = found->second.value;
    line_of_last_ = found->second.number;
    lines_.erase(found);
    return value;
}

std::uint64_t TextReader::number(const std::string& key, std::uint64_t least, std::uint64_t most) {
    const std::string_view value = text(key);
    std::uint64_t parsed = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), parsed);
    if (value.empty() || error != std::errc{} || end != value.data() + value.size() || parsed < least || parsed > most)
        fail(key);
    return parsed;
}

bool TextReader::flag(const std::string& key) {
    const std::string_view value = text(key);
    if (value != "yes" && value != "no") fail(key);
    return value == "yes";
}

base::SecretBytes TextReader::bytes(const std::string& key, std::size_t least, std::size_t most) {
    std::string_view value = text(key);
    if (value == "-") value = {};
    base::SecretBytes result(value.size() / 2);
    bool good = value.size() % 2 == 0 && result.size() >= least && result.size() <= most;
    for (std::size_t i = 0; i < result.size(); ++i) {
        const int high = base::hex_value(value[2 * i]);
        const int low = base::hex_value(value[2 * i + 1]);
        good = good && high >= 0 && low >= 0;
        result.bytes()[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    if (!good) {
        fail(key);
        return base::SecretBytes(least);
    }
    return result;
}

base::SecretBytes TextReader::pin(const std::string& key, std::size_t least, std::size_t most) {
    base::SecretBytes value = bytes(key, least, most);
    if (std::ranges::find(value.bytes(), std::uint8_t{0}) != value.bytes().end()) fail(key);
    return value;
}

void TextReader::fail(std::size_t line, std::string_view key) {
    if (!failure_) failure_ = bad_line(line, key);
}

std::optional<base::Error> TextReader::failure() {
    for (const auto& [key, line] : lines_)
        if (!failure_ || *failure_->position > line.number) failure_ = bad_line(line.number, key);
    return failure_;
}

}  // namespace tokendeck::simulator
