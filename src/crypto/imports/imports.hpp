// Moving in from another authenticator: what such programs export without encryption, recognised by content. Which
// programs, how to export there, what is read and from where that is known: docs/importing.md.
//
// Bounds: 8 MiB, 32 levels, a million values, 2,000 accounts. One account that cannot be taken does not harm the
// others. No exception leaves this part and no error holds a secret. Copies made here are wiped; what the libraries
// keep is said in json.hpp, csv.hpp and keepassxc.cpp.
#pragma once

#include "base/result.hpp"
#include "channel/crypto_messages.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace tokendeck::crypto::imports {

inline constexpr std::size_t bytes_max = std::size_t{8} << 20;
inline constexpr std::size_t accounts_max = 2000;

struct Import {
    std::string_view program;  // "Aegis"
    std::vector<channel::ReadAccount> accounts{};
    std::vector<channel::AccountRefused> refused{};  // place: among the accounts; accounts and refused: not both empty
    std::size_t without_otp = 0;                     // entries that hold no OTP: passwords, notes
};

// Nothing: the text is no JSON, XML or CSV of this kind (it starts otherwise), and is to be read as other texts.
// Errors: errors::import_…. Any bytes may be given. Thread: any.
[[nodiscard]] std::optional<base::Result<Import>> read_export(std::string_view content) noexcept;

}  // namespace tokendeck::crypto::imports
