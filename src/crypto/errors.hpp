// The errors of understanding a secret, an otpauth URI, or a picture file, and of computing a code.
// Positions count characters from 1; where a text was pasted, in the text as it was pasted.
#pragma once

#include "base/error.hpp"

#include <array>

namespace tokendeck::crypto::errors {

using base::ErrorCode;

// ---- base32; field: "secret" ----
inline constexpr ErrorCode secret_empty{"crypto.secret-empty"};
// Not one of A to Z, 2 to 7. Subject: the character; position.
inline constexpr ErrorCode secret_bad_character{"crypto.secret-bad-character"};
// 0, 1 or 8, which base32 leaves out because they look like O, I or L, and B. Never guessed. Subject: it; position.
inline constexpr ErrorCode secret_look_alike{"crypto.secret-look-alike"};
// No whole number of bytes has that many characters: at least one is missing. Actual: characters.
inline constexpr ErrorCode secret_incomplete{"crypto.secret-incomplete"};
// '=' where no padding belongs: something follows it. Position of the first '='.
inline constexpr ErrorCode secret_padding_misplaced{"crypto.secret-padding-misplaced"};

// ---- pasted text and codes as a whole ----
inline constexpr ErrorCode text_is_code{"crypto.text-is-code"};  // 6 to 8 digits: a code, not a secret. Actual: digits
inline constexpr ErrorCode text_empty{"crypto.text-empty"};
inline constexpr ErrorCode text_too_long{"crypto.text-too-long"};  // actual, limit: bytes
// Subject: the scheme ("https"), or "text" where there is none.
inline constexpr ErrorCode not_otpauth{"crypto.not-otpauth"};

// ---- otpauth URI; field: "type", "label", "issuer", "account" or the parameter's name ----
inline constexpr ErrorCode uri_no_slashes{"crypto.uri-no-slashes"};        // "otpauth:" without "//"; position
inline constexpr ErrorCode type_unknown{"crypto.type-unknown"};            // neither totp nor hotp; subject: what it is
inline constexpr ErrorCode label_missing{"crypto.label-missing"};          // no issuer and no account at all
inline constexpr ErrorCode uri_bad_character{"crypto.uri-bad-character"};  // must be percent-encoded; subject, position
inline constexpr ErrorCode percent_damaged{"crypto.percent-damaged"};      // '%' without two hex digits; position
inline constexpr ErrorCode not_utf8{"crypto.not-utf8"};                    // position
// A control character, or one that changes the direction of text. Subject: its number, "U+0007"; position.
inline constexpr ErrorCode control_character{"crypto.control-character"};
inline constexpr ErrorCode parameter_missing{"crypto.parameter-missing"};
inline constexpr ErrorCode parameter_twice{"crypto.parameter-twice"};          // position of the second
inline constexpr ErrorCode parameter_malformed{"crypto.parameter-malformed"};  // not name=value; position
// A parameter that makes other codes than this program can (encoder=steam). Position.
inline constexpr ErrorCode parameter_unsupported{"crypto.parameter-unsupported"};
inline constexpr ErrorCode algorithm_unknown{"crypto.algorithm-unknown"};  // subject: what it is; position
inline constexpr ErrorCode number_malformed{"crypto.number-malformed"};    // not decimal digits; subject, position
inline constexpr ErrorCode number_too_small{"crypto.number-too-small"};    // actual, limit; position
inline constexpr ErrorCode number_too_large{"crypto.number-too-large"};    // limit if it fits; position

// ---- remarks (channel::Remark): the account was read, but not as it stands there ----
// These ask, because they can change the codes.
// A parameter that no format knows but that is near to one. Subject: "algo=SHA256", with ", " between several.
inline constexpr ErrorCode read_similar{"crypto.read-similar"};
// The same where what it says is not known either: it can only be left out.
inline constexpr ErrorCode read_similar_unclear{"crypto.read-similar-unclear"};
inline constexpr ErrorCode read_steam{"crypto.read-steam"};  // issuer or account is Steam, whose codes are letters
inline constexpr ErrorCode read_counter_missing{"crypto.read-counter-missing"};
inline constexpr ErrorCode read_secret_tiny{"crypto.read-secret-tiny"};              // actual: bytes; limit: the least
inline constexpr ErrorCode read_secret_incomplete{"crypto.read-secret-incomplete"};  // actual: base32 characters
inline constexpr ErrorCode read_secret_broken_off{"crypto.read-secret-broken-off"};  // words follow after a space
// An address that may go on in the next lines: the one that ends, and the one that goes on. Actual: lines.
inline constexpr ErrorCode read_ends_with_line{"crypto.read-ends-with-line"};
inline constexpr ErrorCode read_goes_on{"crypto.read-goes-on"};
inline constexpr ErrorCode read_words{"crypto.read-words"};  // letters only, in parts of different sizes: a sentence?
// These are told.
inline constexpr ErrorCode read_lines_joined{"crypto.read-lines-joined"};  // actual: lines
inline constexpr ErrorCode read_left_out{"crypto.read-left-out"};          // subject: parameters, ", " between them
inline constexpr ErrorCode read_fragment{"crypto.read-fragment"};          // what follows '#' was left out
inline constexpr ErrorCode read_around{"crypto.read-around"};              // other text beside the address was left out
inline constexpr ErrorCode read_html{"crypto.read-html"};                  // "&amp;" was taken as "&"
inline constexpr ErrorCode read_not_encoded{"crypto.read-not-encoded"};    // spaces or letters beyond ASCII
inline constexpr ErrorCode read_spelling{"crypto.read-spelling"};  // field "algorithm"; subject: how it stands there
inline constexpr ErrorCode read_empty{"crypto.read-empty"};  // subject: parameters without a value, ", " between them
inline constexpr ErrorCode read_twice{"crypto.read-twice"};  // subject: parameters that say the same twice
inline constexpr ErrorCode read_defaults{"crypto.read-defaults"};  // subject: what an export leaves open
inline constexpr ErrorCode read_left_over_bits{"crypto.read-left-over-bits"};
inline constexpr ErrorCode read_padding{"crypto.read-padding"};      // not as many '=' as there should be
inline constexpr ErrorCode read_invisible{"crypto.read-invisible"};  // actual: characters that were left out

// ---- writing an otpauth URI, making a secret ----
inline constexpr ErrorCode name_has_colon{
    "crypto.name-has-colon"};  // the format parts issuer and account with it; field
inline constexpr ErrorCode uri_not_writable{"crypto.uri-not-writable"};  // it would be read as something else
inline constexpr ErrorCode secret_size{"crypto.secret-size"};            // actual: bytes; limit: the most

// ---- a secret in hexadecimal digits; field: "secret" ----
inline constexpr ErrorCode hex_bad_character{"crypto.hex-bad-character"};  // subject, position
inline constexpr ErrorCode hex_incomplete{"crypto.hex-incomplete"};        // an odd number of digits. Actual: digits

// ---- otpauth-migration, an export of several accounts ----
inline constexpr ErrorCode migration_address{
    "crypto.migration-address"};  // not otpauth-migration://offline?…; position
inline constexpr ErrorCode migration_bad_base64{"crypto.migration-bad-base64"};  // field "data"; subject, position
inline constexpr ErrorCode migration_cut_off{"crypto.migration-cut-off"};  // no whole number of bytes; field "data"
// No protobuf message of this kind. Field: the message's field, if it is known; position: byte of the decoded data.
inline constexpr ErrorCode migration_malformed{"crypto.migration-malformed"};
inline constexpr ErrorCode migration_empty{"crypto.migration-empty"};  // no account in it
inline constexpr ErrorCode migration_part{"crypto.migration-part"};    // a part beyond their number. Actual, limit
// One account of it asks for what is not known. Subject: its name; field "algorithm", "digits", "type", "counter";
// actual: the number that stands there.
inline constexpr ErrorCode migration_md5{"crypto.migration-md5"};
inline constexpr ErrorCode migration_unknown_value{"crypto.migration-unknown-value"};

// A picture that is written out in an address is not whole.
inline constexpr ErrorCode data_uri_damaged{"crypto.data-uri-damaged"};

// ---- files; subject: the name, without the folders above ----
inline constexpr ErrorCode file_not_found{"crypto.file-not-found"};
inline constexpr ErrorCode file_no_permission{"crypto.file-no-permission"};
inline constexpr ErrorCode file_is_folder{"crypto.file-is-folder"};
inline constexpr ErrorCode file_not_regular{"crypto.file-not-regular"};  // a device, a pipe, a socket
inline constexpr ErrorCode file_unreadable{"crypto.file-unreadable"};

// ---- writing a new file; subject: its name, or that of the folder it was to be in ----
inline constexpr ErrorCode file_exists{"crypto.file-exists"};  // nothing was written
inline constexpr ErrorCode file_write_refused{"crypto.file-write-refused"};
inline constexpr ErrorCode disk_full{"crypto.disk-full"};  // what was begun was removed
inline constexpr ErrorCode file_not_deleted{"crypto.file-not-deleted"};
inline constexpr ErrorCode file_changed{"crypto.file-changed"};          // since it was read; it was not deleted
inline constexpr ErrorCode file_not_written{"crypto.file-not-written"};  // what was begun was removed

// ---- the expected code; field: "digits", "counter" ----
inline constexpr ErrorCode code_digits{"crypto.code-digits"};  // actual; limit: the most
inline constexpr ErrorCode code_factor{"crypto.code-factor"};  // actual (if it fits), limit
inline constexpr ErrorCode code_secret{"crypto.code-secret"};  // no secret to compute with
inline constexpr ErrorCode code_failed{"crypto.code-failed"};  // libcotp gave none

// ---- exports of other programs, crypto/imports ----
// They are encrypted: how to export without encryption there.
inline constexpr ErrorCode import_encrypted_aegis{"crypto.import-encrypted-aegis"};
inline constexpr ErrorCode import_encrypted_andotp{"crypto.import-encrypted-andotp"};
inline constexpr ErrorCode import_encrypted_2fas{"crypto.import-encrypted-2fas"};
inline constexpr ErrorCode import_encrypted_ente{"crypto.import-encrypted-ente"};
inline constexpr ErrorCode import_encrypted_proton{"crypto.import-encrypted-proton"};
inline constexpr ErrorCode import_encrypted_stratum{"crypto.import-encrypted-stratum"};
inline constexpr ErrorCode import_encrypted_bitwarden{"crypto.import-encrypted-bitwarden"};
inline constexpr ErrorCode import_unknown{"crypto.import-unknown"};          // subject: "JSON", "XML", "HTML", "CSV"
inline constexpr ErrorCode import_malformed{"crypto.import-malformed"};      // subject: the same; position: byte
inline constexpr ErrorCode import_too_large{"crypto.import-too-large"};      // actual, limit: bytes
inline constexpr ErrorCode import_too_complex{"crypto.import-too-complex"};  // too many parts, or too deep in others
inline constexpr ErrorCode import_too_many{"crypto.import-too-many"};  // subject: program; actual, limit: accounts
inline constexpr ErrorCode import_empty{"crypto.import-empty"};        // subject: program
// One account of it cannot be taken. Subject: its name.
inline constexpr ErrorCode import_kind{"crypto.import-kind"};  // field: the kind of its codes, "Steam"
inline constexpr ErrorCode import_trashed{"crypto.import-trashed"};
inline constexpr ErrorCode import_entry{"crypto.import-entry"};    // field: what of it is not as it should be
inline constexpr ErrorCode import_link{"crypto.import-link"};      // its otpauth link; field: of the link
inline constexpr ErrorCode import_secret{"crypto.import-secret"};  // no base32; position
inline constexpr ErrorCode import_without_secret{"crypto.import-without-secret"};  // only how codes are made

inline constexpr std::array all{secret_empty,
                                secret_bad_character,
                                secret_look_alike,
                                secret_incomplete,
                                secret_padding_misplaced,
                                text_empty,
                                text_too_long,
                                text_is_code,
                                not_otpauth,
                                data_uri_damaged,
                                uri_no_slashes,
                                type_unknown,
                                label_missing,
                                uri_bad_character,
                                percent_damaged,
                                not_utf8,
                                control_character,
                                parameter_missing,
                                parameter_twice,
                                parameter_malformed,
                                parameter_unsupported,
                                algorithm_unknown,
                                number_malformed,
                                number_too_small,
                                number_too_large,
                                read_similar,
                                read_similar_unclear,
                                read_steam,
                                read_counter_missing,
                                read_secret_tiny,
                                read_secret_incomplete,
                                read_secret_broken_off,
                                read_ends_with_line,
                                read_goes_on,
                                read_words,
                                read_lines_joined,
                                read_left_out,
                                read_fragment,
                                read_around,
                                read_html,
                                read_not_encoded,
                                read_spelling,
                                read_empty,
                                read_twice,
                                read_defaults,
                                read_left_over_bits,
                                read_padding,
                                read_invisible,
                                name_has_colon,
                                uri_not_writable,
                                secret_size,
                                hex_bad_character,
                                hex_incomplete,
                                migration_address,
                                migration_bad_base64,
                                migration_cut_off,
                                migration_malformed,
                                migration_empty,
                                migration_part,
                                migration_md5,
                                migration_unknown_value,
                                file_not_found,
                                file_no_permission,
                                file_is_folder,
                                file_not_regular,
                                file_unreadable,
                                file_exists,
                                file_write_refused,
                                disk_full,
                                file_not_written,
                                file_not_deleted,
                                file_changed,
                                code_digits,
                                code_factor,
                                code_secret,
                                code_failed,
                                import_encrypted_aegis,
                                import_encrypted_andotp,
                                import_encrypted_2fas,
                                import_encrypted_ente,
                                import_encrypted_proton,
                                import_encrypted_stratum,
                                import_encrypted_bitwarden,
                                import_unknown,
                                import_malformed,
                                import_too_large,
                                import_too_complex,
                                import_too_many,
                                import_empty,
                                import_kind,
                                import_trashed,
                                import_entry,
                                import_link,
                                import_secret,
                                import_without_secret};

}  // namespace tokendeck::crypto::errors
