// What all formats share: an account that is put together field by field, and the list of what was met.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "channel/crypto_messages.hpp"
#include "crypto/imports/imports.hpp"
#include "crypto/imports/json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tokendeck::crypto::imports {

// A number as an export has it.
struct Figure {
    bool given = false;
    std::optional<std::uint64_t> value{};                      // nothing although it is given: no whole number from 0
    [[nodiscard]] static Figure of(const json::Value* value);  // null: not given
    [[nodiscard]] static Figure of(std::string_view decimal);  // empty: not given
    [[nodiscard]] static Figure of(std::uint64_t number) { return {true, number}; }
};

// The first problem that is met is the one that is told, with the account's title. So the names come first.
class Draft {
  public:
    // Issuer and account; a null pointer or an empty text: it has none.
    void name(std::string_view issuer, std::string_view account);
    void name(const json::Value* issuer, const json::Value* account);
    // "totp" or "hotp" in any case; another is refused by its name.
    void kind(std::string_view word);
    void kind(const json::Value* word);  // null: left open
    void algorithm(std::string_view word);
    void algorithm(const json::Value* word);
    void digits(Figure figure);
    // That of the kind is used: call it after `kind`.
    void period(Figure figure);
    void counter(Figure figure);
    // For what the export has as a number of its own.
    void unknown(std::string_view field, Figure figure = {});
    void open(std::string_view field);  // the export leaves it to its format's default
    void base32(std::string_view text);
    void base32(const json::Value* text);
    void secret(base::SecretBytes bytes);
    void refuse(base::Error error);  // its subject becomes the title

    [[nodiscard]] otp::OtpParameters& parameters() { return account_.enrolment.parameters; }
    [[nodiscard]] base::Result<channel::ReadAccount> done() &&;

  private:
    channel::ReadAccount account_{};
    std::optional<base::Error> problem_{};
    std::string open_{};
    bool counter_missing_ = false;
};

// Codes of another kind than TOTP and HOTP.
[[nodiscard]] base::Error other_kind(std::string_view kind, std::string title);
// An entry that is not as the program writes it.
[[nodiscard]] base::Error damaged_entry(std::string_view field, std::string title = {});

// The account that an otpauth link means. `issuer` and `account`: of the entry, for what the link leaves out.
[[nodiscard]] base::Result<channel::ReadAccount> read_link(std::string_view link, std::string_view issuer,
                                                           std::string_view account);
[[nodiscard]] bool is_link(std::string_view text);  // otpauth:, or steam: as some write it

// What is met, in order.
class Entries {
  public:
    explicit Entries(std::string_view program) { import_.program = program; }
    void add(base::Result<channel::ReadAccount> account);
    void add_trashed(base::Result<channel::ReadAccount> account);  // it lies in the program's trash
    void add_without_otp() { ++import_.without_otp; }
    // Errors: errors::import_empty, import_too_many.
    [[nodiscard]] base::Result<Import> done() &&;

  private:
    Import import_{};
    std::size_t met_ = 0;
};

}  // namespace tokendeck::crypto::imports
