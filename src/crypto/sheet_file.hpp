// The recovery sheet of an account as a file.
// The rule is that no secret is ever written to disk. This is its one exception: only because a person asks for exactly
// this file, at a path that the person has seen, and never by itself.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "channel/crypto_messages.hpp"
#include "otp/enrolment.hpp"

#include <string>
#include <string_view>

namespace tokendeck::crypto {

// A PDF. Errors: those of write_otpauth and of sheet::recovery_sheet.
[[nodiscard]] base::Result<base::SecretBytes> make_sheet(const channel::WriteSheet& request);

// Makes the file anew, readable for its owner only, and leaves nothing behind if that fails. Returns its absolute path.
// `path` is UTF-8. Blocks until the content is on the disk; so never on the main thread.
// Errors: errors::file_exists, file_write_refused, folder_not_found, disk_full, file_not_written; subject: the name
// without the folders above.
[[nodiscard]] base::Result<std::string> write_sheet_file(const std::string& path, const base::SecretBytes& sheet);

// A sheet that was written here. What is no plain file of the user's is left; one that is gone already is no error. The
// disk may keep the file's content until something else is written there. Blocks on the disk.
// Errors: errors::file_not_deleted.
[[nodiscard]] base::Result<void> delete_sheet_file(const std::string& path);

// A path in the user's documents, else the home folder, at which nothing is yet: "tokendeck-recovery-<name>.pdf", with
// a number if need be. `name`, the account's, may hold any bytes: what a file's name should not have becomes "-", and
// what is beyond 60 bytes is left out. Blocks on the disk.
[[nodiscard]] std::string suggested_sheet_path(std::string_view name);

}  // namespace tokendeck::crypto
