// What leaves the command line: text that is safe for a terminal, aligned tables, JSON, and one writer for all of it.
#pragma once

#include "base/clock.hpp"
#include "base/secret.hpp"
#include "cli/failure.hpp"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tokendeck::cli {

using Json = nlohmann::ordered_json;

// `bytes` as they can be shown on a terminal: well-formed UTF-8 stays, everything that could move the cursor, change
// colours, turn the direction of text or is no character at all becomes "\x1B" (a byte) or "\u{202E}" (a character).
// Names on a token may be any bytes, and file names nearly so.
[[nodiscard]] std::string printable(std::string_view bytes);
// The same within double quotes, for sentences: cut in the middle where it is very long.
[[nodiscard]] std::string in_quotes(std::string_view bytes);

// How many columns a terminal needs for a printable text.
[[nodiscard]] std::size_t columns_of(std::string_view printable_text);

// `bytes` as a JSON string: what is not UTF-8 becomes U+FFFD.
[[nodiscard]] std::string utf8(std::string_view bytes);
// Puts a name under `key`, and under `key`_hex its bytes in hex if it is not UTF-8, so that nothing is lost; else null.
void put_name(Json& object, const char* key, std::string_view bytes);
// Whole seconds since 1970, null for zero (HOTP codes have no end).
[[nodiscard]] Json unix_seconds(base::UnixTime time);

// Columns aligned by two spaces; the cells are made printable. The first row is the heading.
class Table {
  public:
    explicit Table(std::vector<std::string> heading) { add(std::move(heading)); }
    void add(std::vector<std::string> cells);
    [[nodiscard]] std::string text() const;

  private:
    std::vector<std::vector<std::string>> rows_;
};

// "name:   value" lines, values aligned and made printable.
class Facts {
  public:
    void add(std::string name, std::string_view value) { facts_.emplace_back(std::move(name), printable(value)); }
    [[nodiscard]] std::string text() const;

  private:
    std::vector<std::pair<std::string, std::string>> facts_;
};

// Standard output. Collects, since a code or a revealed secret may be among it, in memory that is wiped.
class Output {
  public:
    void text(std::string_view text) { collected_.append(text); }
    void line(std::string_view text);
    void secret(const base::SecretText& text) { collected_.append(text.view()); }
    // One JSON value and a line end. Everything beyond ASCII is escaped: JSON may end up on a terminal as well.
    void json(const Json& value) { line(dump(value)); }
    // An object with one more string member, a secret of letters and digits, that never becomes part of a Json.
    void json_with_secret(const Json& object, const char* key, const base::SecretText& secret);
    [[nodiscard]] static std::string dump(const Json& value);

    // Writes what was collected. Nothing: done, or nobody reads any more (a closed pipe, which is no news to the user);
    // else what the system said.
    struct Written {
        bool complete = true;
        std::string trouble{};
    };
    [[nodiscard]] Written flush();

  private:
    base::SecretText collected_;
};

// From now on standard error is JSON, too: an object a line. Thread: main, before anything is written.
void write_errors_as_json();
// "tokendeck: " and the sentences, made printable, to standard error; as JSON {"notice": …}.
void write_error(std::string_view sentences);
// Why the process ends. As JSON {"code": …, "message": …, "next": …}.
void write_failure(const Failure& failure);
// The same for an error of the program's own. Needs no memory.
void write_defect() noexcept;

// Flushes. False: it could not be written, which was said on standard error unless only the reader had gone.
[[nodiscard]] bool deliver(Output& out);

}  // namespace tokendeck::cli
