// All accounts in a pasted text, a picture or the export of another program (imports/imports.hpp), and what a text is
// while it is typed.
//
// A text is one of: a URI (otpauth, otpauth-migration, a picture written out in it, another); several lines of which at
// least one is an otpauth or otpauth-migration URI, each then taken by itself; else a secret, put together from all its
// lines. A secret is base32; it is hexadecimal only if the caller says so, or if it has hexadecimal digits only and one
// of them is 0, 1, 8 or 9, which base32 does not have.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "channel/crypto_messages.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace tokendeck::crypto {

// Some hundred lines. One line is bounded by text_bytes_max.
inline constexpr std::size_t lines_bytes_max = 65536;

// The id of the result is 0. A line or code with no account in it is among `refused`; where there is one only, its
// error is returned. Places in `refused` count lines that are not empty, codes, or an export's accounts, whichever
// holds several. Errors: text_empty, text_too_long, not_otpauth, those of parse_otpauth, parse_migration, decode_base32
// and decode_hex; of a picture: qr::errors, too.
[[nodiscard]] base::Result<channel::AccountsRead> read_accounts(const base::SecretText& text, bool as_hex);
// A file's content: a picture, or a text in UTF-8 or UTF-16. A text that holds nothing is told as what is no picture.
[[nodiscard]] base::Result<channel::AccountsRead> read_accounts_in_file(std::span<const std::uint8_t> file_bytes);
[[nodiscard]] base::Result<channel::AccountsRead> read_accounts_in_picture(std::span<const std::uint8_t> file_bytes);

// Always an answer; its id is 0. The time is linear in the text's size.
[[nodiscard]] channel::TextExplained explain(const base::SecretText& text, bool as_hex);

}  // namespace tokendeck::crypto
