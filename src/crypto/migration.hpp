// Exports of several accounts, as Google Authenticator shows them in QR codes.
//
//   otpauth-migration://offline?data=BASE64 of a protobuf message
//
// Source: no specification is public. The message as several independent readers describe it:
//   payload: 1 account (repeated), 2 version, 3 number of parts, 4 this part from 0, 5 batch
//   account: 1 secret, 2 name, 3 issuer, 4 algorithm (1 SHA1, 2 SHA256, 3 SHA512, 4 MD5), 5 digits (1 six, 2 eight),
//            6 type (1 HOTP, 2 TOTP), 7 counter; the period is always 30 seconds
// and the protobuf encoding of its own documentation. Fields of other numbers are skipped, whatever the version. A
// known field of another wire type, one that comes twice, groups, and lengths beyond the end are refused. A value that
// is absent or unknown is never replaced by a default; only a counter that is absent is 0, as the encoding has it.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "channel/crypto_messages.hpp"

#include <optional>
#include <vector>

namespace tokendeck::crypto {

struct Migration {
    std::vector<channel::ReadAccount> accounts{};
    std::vector<channel::AccountRefused> refused{};  // place: among all accounts of this export
    std::optional<channel::MigrationPart> part{};    // if the export says its parts' number
};

// Errors: errors::migration_…, text_too_long, parameter_…, percent_damaged, uri_bad_character. Thread: any.
[[nodiscard]] base::Result<Migration> parse_migration(const base::SecretText& uri);

// The same of the message itself; positions are bytes of it. Any bytes may be given.
[[nodiscard]] base::Result<Migration> parse_migration_message(std::span<const std::uint8_t> message);

}  // namespace tokendeck::crypto
