// Stratum, once Authenticator Pro: { "Authenticators": [ { "Type": 1 HOTP, 2 TOTP, 3 mOTP, 4 Steam, 5 Yandex, "Issuer",
// "Username", "Secret", "Algorithm": 0 SHA1, 1 SHA256, 2 SHA512, "Digits", "Period", "Counter" } ], … }. Encrypted:
// begins with "AUTHENTICATORPRO", older ones with "AuthenticatorPro". Source: jamie-mh/AuthenticatorPro,
// doc/BACKUP_FORMAT.md, AuthenticatorType.cs.
#include "crypto/imports/draft.hpp"
#include "crypto/imports/formats.hpp"

namespace tokendeck::crypto::imports {

namespace {

void set_kind(Draft& draft, Figure type) {
    if (!type.given) return draft.open("type");
    switch (type.value.value_or(0)) {
        case 1: return draft.kind("hotp");
        case 2: return draft.kind("totp");
        case 3: return draft.kind("mOTP");
        case 4: return draft.kind("Steam");
        case 5: return draft.kind("Yandex");
        default: return draft.unknown("type", type);
    }
}

void set_algorithm(Draft& draft, Figure algorithm) {
    if (!algorithm.given) return draft.open("algorithm");
    if (!algorithm.value) return draft.unknown("algorithm");
    switch (*algorithm.value) {
        case 0: return draft.algorithm("SHA1");
        case 1: return draft.algorithm("SHA256");
        case 2: return draft.algorithm("SHA512");
        default: return draft.unknown("algorithm", algorithm);
    }
}

base::Result<channel::ReadAccount> account_of(const json::Value& entry) {
    Draft draft;
    draft.name(entry.find("Issuer"), entry.find("Username"));
    set_kind(draft, Figure::of(entry.find("Type")));
    set_algorithm(draft, Figure::of(entry.find("Algorithm")));
    draft.digits(Figure::of(entry.find("Digits")));
    draft.period(Figure::of(entry.find("Period")));
    draft.counter(Figure::of(entry.find("Counter")));
    draft.base32(entry.find("Secret"));
    return std::move(draft).done();
}

}  // namespace

bool is_encrypted_stratum(std::string_view content) {
    return content.starts_with("AUTHENTICATORPRO") || content.starts_with("AuthenticatorPro");
}

Recognised read_stratum(const json::Value& root) {
    const json::Value* const list = root.list("Authenticators");
    if (list == nullptr) return std::nullopt;
    Entries entries("Stratum");
    for (const json::Value& entry : list->items) entries.add(account_of(entry));
    return std::move(entries).done();
}

}  // namespace tokendeck::crypto::imports
