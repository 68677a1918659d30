#include "cli/output.hpp"

#include "base/ascii.hpp"
#include "base/one_line.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace tokendeck::cli {
namespace {

// East Asian wide and pictographs, roughly: enough to keep a table straight.
bool wide(char32_t code) {
    return (code >= 0x1100 && code <= 0x115F) || (code >= 0x2E80 && code <= 0xA4CF) ||
           (code >= 0xAC00 && code <= 0xD7A3) || (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0xFE30 && code <= 0xFE6F) || (code >= 0xFF00 && code <= 0xFF60) ||
           (code >= 0x1F300 && code <= 0x1FAFF) || (code >= 0x20000 && code <= 0x3FFFD);
}

template <typename Visit>
void each_character(std::string_view text, Visit visit) {
    while (!text.empty()) {
        const base::Character character = base::first_character(text);
        visit(character, text.substr(0, character.size));
        text.remove_prefix(character.size);
    }
}

}  // namespace

std::string printable(std::string_view bytes) {
    std::string out;
    each_character(bytes, [&](const base::Character& character, std::string_view text) {
        if (!character.valid || base::is_ascii_control(character.code)) {
            for (const char byte : text) out += "\\x" + base::hex_text(static_cast<unsigned char>(byte), 2);
        } else if (base::is_control(character.code) || base::is_invisible(character.code)) {
            out += "\\u{" + base::hex_text(character.code, 1) + "}";
        } else {
            out += text;
        }
    });
    return out;
}

std::string in_quotes(std::string_view bytes) {
    return '"' + printable(base::cut_to(bytes, base::shown_text_most, base::Cut::middle)) + '"';
}

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    each_character(text, [&](const base::Character& character, std::string_view) {
        if (!base::changes_letter_before(character.code)) columns += wide(character.code) ? 2 : 1;
    });
    return columns;
}

std::string utf8(std::string_view bytes) {
    std::string out;
    each_character(bytes, [&](const base::Character& character, std::string_view text) {
        out += character.valid ? text : std::string_view("\xEF\xBF\xBD");
    });
    return out;
}

void put_name(Json& object, const char* key, std::string_view bytes) {
    object[key] = utf8(bytes);
    Json& as_hex = object[std::string(key) + "_hex"];
    as_hex = nullptr;
    if (base::is_utf8(bytes)) return;
    std::string digits;
    for (const char byte : bytes) digits += base::hex_text(static_cast<unsigned char>(byte), 2);
    as_hex = digits;
}

Json unix_seconds(base::UnixTime time) {
    return time.milliseconds == 0 ? Json(nullptr) : Json(time.seconds());
}

void Table::add(std::vector<std::string> cells) {
    for (std::string& cell : cells) cell = printable(cell);
    rows_.push_back(std::move(cells));
}

std::string Table::text() const {
    std::vector<std::size_t> widths;
    for (const auto& row : rows_) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columns_of(row[i]));
    }
    std::string out;
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            line.append(widths[i] - columns_of(row[i]) + 2, ' ');
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + '\n';
    }
    return out;
}

std::string Facts::text() const {
    std::size_t width = 0;
    for (const auto& [name, value] : facts_) width = std::max(width, name.size());
    std::string out;
    for (const auto& [name, value] : facts_)
        out += name + ":" + std::string(width - name.size() + 2, ' ') + value + '\n';
    return out;
}

void Output::line(std::string_view text) {
    collected_.append(text);
    collected_.push_back('\n');
}

std::string Output::dump(const Json& value) {
    return value.dump(2, ' ', true, Json::error_handler_t::replace);
}

void Output::json_with_secret(const Json& object, const char* key, const base::SecretText& secret) {
    std::string before = dump(object);
    before.erase(before.rfind("\n}"));
    text(before);
    text(",\n  \"");
    text(key);
    text("\": \"");
    this->secret(secret);
    line("\"\n}");
}

Output::Written Output::flush() {
    if (collected_.empty()) return {};
    // Without a buffer of its own, stdio keeps no copy of what passes through.
    std::setvbuf(stdout, nullptr, _IONBF, 0);
    const std::string_view all = collected_.view();
    errno = 0;
    const bool complete = std::fwrite(all.data(), 1, all.size(), stdout) == all.size() && std::fflush(stdout) == 0;
    const int error = errno;
    collected_.clear();
    if (complete) return {};
    return {false, error == EPIPE ? std::string{} : std::string(std::strerror(error))};
}

namespace {

bool errors_are_json = false;  // standard error is one for the whole process

void write_line(const std::string& line) {
    const std::string whole = line + "\n";
    (void)std::fwrite(whole.data(), 1, whole.size(), stderr);
}

std::string in_one_line(const Json& object) {
    return object.dump(-1, ' ', true, Json::error_handler_t::replace);
}

}  // namespace

void write_errors_as_json() {
    errors_are_json = true;
}

void write_error(std::string_view sentences) {
    const std::string shown = printable(sentences);
    write_line(errors_are_json ? in_one_line(Json{{"notice", shown}}) : "tokendeck: " + shown);
}

void write_failure(const Failure& failure) {
    if (!errors_are_json) return write_error(sentences(failure));
    Json object;
    object["code"] = code_of(failure);
    object["message"] = printable(failure.text);
    object["next"] = failure.next.empty() ? Json(nullptr) : Json(printable(failure.next));
    write_line(in_one_line(object));
}

void write_defect() noexcept {
    std::fputs(errors_are_json ? "{\"code\":\"cli.defect\",\"message\":\"The program met an error of its own and "
                                 "ended.\",\"next\":\"Look at the token with `tokendeck status`.\"}\n"
                               : "tokendeck: The program met an error of its own and ended. Look at the token with "
                                 "`tokendeck status`.\n",
               stderr);
}

bool deliver(Output& out) {
    const Output::Written written = out.flush();
    if (!written.complete && !written.trouble.empty())
        write_failure({Exit::failed, "The result could not be written to standard output: " + written.trouble + "."});
    return written.complete;
}

}  // namespace tokendeck::cli
