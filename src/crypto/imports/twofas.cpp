// 2FAS: { "schemaVersion", "services": [ { "name", "secret", "otp": { "account", "label", "issuer", "digits", "period",
// "algorithm", "counter", "tokenType" } } ], "servicesEncrypted" }. What is left out: TOTP, SHA1, 6 digits, 30 seconds.
// Encrypted: "servicesEncrypted" is a text. Source: twofas/2fas-android, and the exports in beemdevelopment/Aegis,
// app/src/test/resources.
#include "crypto/errors.hpp"
#include "crypto/imports/draft.hpp"
#include "crypto/imports/formats.hpp"

namespace tokendeck::crypto::imports {

namespace {

base::Result<channel::ReadAccount> account_of(const json::Value& entry) {
    Draft draft;
    const json::Value* const otp = entry.object("otp");
    if (otp == nullptr) {
        draft.name(entry.find("name"), nullptr);
        draft.refuse(damaged_entry("otp"));
        return std::move(draft).done();
    }
    const auto named = [&](const json::Value& within, const char* name) {
        const json::Value* const value = within.find(name);
        return value != nullptr && value->kind == json::Value::Kind::text && value->text.empty() ? nullptr : value;
    };
    const json::Value* const issuer = named(*otp, "issuer");
    const json::Value* const account = named(*otp, "account");
    draft.name(issuer != nullptr ? issuer : entry.find("name"), account != nullptr ? account : otp->find("label"));
    draft.kind(otp->find("tokenType"));
    draft.algorithm(otp->find("algorithm"));
    draft.digits(Figure::of(otp->find("digits")));
    draft.period(Figure::of(otp->find("period")));
    draft.counter(Figure::of(otp->find("counter")));
    draft.base32(entry.find("secret"));
    return std::move(draft).done();
}

}  // namespace

Recognised read_2fas(const json::Value& root) {
    if (root.find("schemaVersion") == nullptr) return std::nullopt;
    const json::Value* const encrypted = root.text_of("servicesEncrypted");
    if (encrypted != nullptr && !encrypted->text.empty()) return base::Error{errors::import_encrypted_2fas};
    const json::Value* const list = root.list("services");
    if (list == nullptr) return std::nullopt;
    Entries entries("2FAS");
    for (const json::Value& entry : list->items) entries.add(account_of(entry));
    return std::move(entries).done();
}

}  // namespace tokendeck::crypto::imports
