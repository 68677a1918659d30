// The formats, a file for each. Nothing: it is none of this program. Errors: errors::import_encrypted_… for one that is
// encrypted; import_empty, import_too_many.
#pragma once

#include "base/result.hpp"
#include "crypto/imports/csv.hpp"
#include "crypto/imports/imports.hpp"
#include "crypto/imports/json.hpp"

#include <optional>
#include <string_view>

namespace tokendeck::crypto::imports {

using Recognised = std::optional<base::Result<Import>>;

[[nodiscard]] Recognised read_aegis(const json::Value& root);
[[nodiscard]] Recognised read_andotp(const json::Value& root);
[[nodiscard]] Recognised read_2fas(const json::Value& root);
[[nodiscard]] Recognised read_freeotp_plus(const json::Value& root);
[[nodiscard]] Recognised read_ente(const json::Value& root);  // what it encrypts; plain it is a text
[[nodiscard]] Recognised read_proton(const json::Value& root);
[[nodiscard]] Recognised read_stratum(const json::Value& root);
[[nodiscard]] Recognised read_bitwarden(const json::Value& root);

[[nodiscard]] Recognised read_bitwarden(const csv::Table& table);
[[nodiscard]] Recognised read_keepassxc(const csv::Table& table);

// Lines of otpauth links with Ente's parameter.
[[nodiscard]] bool is_ente_text(std::string_view content);
[[nodiscard]] base::Result<Import> read_ente_text(std::string_view content);

// Any XML; one that is not KeePassXC's is named as XML.
[[nodiscard]] base::Result<Import> read_keepassxc_xml(std::string_view content);

// What is encrypted as a whole and is told by how it begins.
[[nodiscard]] bool is_encrypted_andotp(std::string_view content);
[[nodiscard]] bool is_encrypted_stratum(std::string_view content);

}  // namespace tokendeck::crypto::imports
