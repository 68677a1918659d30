// Aegis: { "version", "header": { "slots", "params" }, "db": { "entries": [ { "type", "name", "issuer", "info": {
// "secret", "algo", "digits", "period" or "counter" } } ] } }. Encrypted: "db" is a text. Source:
// beemdevelopment/Aegis, docs/vault.md.
#include "crypto/errors.hpp"
#include "crypto/imports/draft.hpp"
#include "crypto/imports/formats.hpp"

namespace tokendeck::crypto::imports {

namespace {

base::Result<channel::ReadAccount> account_of(const json::Value& entry) {
    Draft draft;
    draft.name(entry.find("issuer"), entry.find("name"));
    draft.kind(entry.find("type"));
    const json::Value* const info = entry.object("info");
    if (info == nullptr) {
        draft.refuse(damaged_entry("info"));
        return std::move(draft).done();
    }
    draft.algorithm(info->find("algo"));
    draft.digits(Figure::of(info->find("digits")));
    draft.period(Figure::of(info->find("period")));
    draft.counter(Figure::of(info->find("counter")));
    draft.base32(info->find("secret"));
    return std::move(draft).done();
}

}  // namespace

Recognised read_aegis(const json::Value& root) {
    const json::Value* const db = root.find("db");
    if (db == nullptr || root.object("header") == nullptr) return std::nullopt;
    if (db->kind == json::Value::Kind::text) return base::Error{errors::import_encrypted_aegis};
    const json::Value* const list = db->list("entries");
    if (list == nullptr) return std::nullopt;
    Entries entries("Aegis");
    for (const json::Value& entry : list->items) entries.add(account_of(entry));
    return std::move(entries).done();
}

}  // namespace tokendeck::crypto::imports
