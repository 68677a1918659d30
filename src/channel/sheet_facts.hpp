// What a recovery sheet says apart from the account itself. Nothing here is secret.
#pragma once

#include <string>
#include <vector>

namespace tokendeck::channel {

// In the person's language, UTF-8. A label stands before or above what it names, without a colon.
struct SheetWords {
    std::string title{};
    std::string issuer{};
    std::string account{};
    std::string kind{};
    std::string kind_totp{};  // the two values of `kind`
    std::string kind_hotp{};
    std::string algorithm{};
    std::string digits{};
    std::string period{};  // the value is written "30 s"
    std::string counter{};
    std::string token{};
    std::string slot{};
    std::string date{};
    std::string scan{};  // a sentence under the QR code: what to do with it
    std::string secret{};
    std::string advice_title{};
    std::vector<std::string> advice{};  // a sentence or two each
    std::string notes{};
};

struct SheetFacts {
    SheetWords words{};
    // What the account was written to, and when, as the person shall read it. A line with an empty value is left out.
    std::string token{};
    std::string slot{};
    std::string date{};
    std::vector<std::string> further_slots{};  // of the accounts after the first
};

}  // namespace tokendeck::channel
