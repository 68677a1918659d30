// The recovery sheet of accounts: for each one page to print, from which any authenticator takes the account in again.
// It shows the secret in the open. It is made only because a person asks for exactly this, and kept by nobody here.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"
#include "channel/sheet_facts.hpp"
#include "otp/parameters.hpp"

#include <span>
#include <string>

namespace tokendeck::sheet {

struct Account {
    std::string issuer{};   // UTF-8, may be empty
    std::string account{};  // UTF-8, may be empty
    otp::OtpParameters parameters{};
    base::SecretText uri{};     // what the QR code says
    base::SecretText base32{};  // the same secret, for typing; without spaces
    std::string slot{};         // where it was written to, if it is another place than SheetFacts::slot
};

// A PDF with a page of A4 for each account, whose content fits on Letter, too. The same for the same arguments, at any
// time and with the same fonts on the system. Long names are wrapped, and set smaller where they need it. Names in
// scripts that the embedded typeface lacks are set in the system's fonts; where that cannot be (lettering.hpp), such a
// letter is shown as U+FFFD, the question mark in a black diamond, letters are not joined and not put from right to
// left; the QR code has the name as it is. What libharu keeps for itself while it works is freed, not wiped: the
// program wipes freed memory (cli/hardening.hpp). The text can be copied out of it: a secret comes as its groups of
// four with spaces between them. Takes some tens of milliseconds an account. Thread: any. Errors:
// errors::too_much_text, pdf_failed; qr::errors::text_too_long, text_empty, encoder_failed.
[[nodiscard]] base::Result<base::SecretBytes> recovery_sheets(std::span<const Account> accounts,
                                                              const channel::SheetFacts& facts);
[[nodiscard]] base::Result<base::SecretBytes> recovery_sheet(const Account& account, const channel::SheetFacts& facts);

}  // namespace tokendeck::sheet
