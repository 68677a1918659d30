// Proton Authenticator: { "version", "entries": [ { "id", "content": { "uri", "entry_type": "Totp" or "Steam", "name"
// }, "note" } ] }. Encrypted: { "version", "salt", "content" }. Source: the export in beemdevelopment/Aegis,
// app/src/test/resources; ente-io/ente, proton_import_parser.dart, for what is encrypted.
#include "base/ascii.hpp"
#include "crypto/errors.hpp"
#include "crypto/imports/draft.hpp"
#include "crypto/imports/formats.hpp"

namespace tokendeck::crypto::imports {

namespace {

base::Result<channel::ReadAccount> account_of(const json::Value& entry) {
    const json::Value* const content = entry.object("content");
    if (content == nullptr) return damaged_entry("content");
    const json::Value* const name = content->text_of("name");
    const std::string_view account = name == nullptr ? std::string_view() : name->text.view();
    // The names are checked, and there is a title, before anything is said of the entry.
    Draft draft;
    draft.name({}, account);
    const json::Value* const type = content->text_of("entry_type");
    if (type != nullptr && !base::equal_without_case(type->text.view(), "totp"))
        draft.refuse(other_kind(type->text.view(), {}));
    const json::Value* const uri = content->text_of("uri");
    if (uri == nullptr) draft.refuse(damaged_entry("uri"));
    auto checked = std::move(draft).done();
    if (!checked && checked.error().code != errors::secret_empty) return checked;
    return read_link(uri->text.view(), {}, account);
}

}  // namespace

Recognised read_proton(const json::Value& root) {
    if (root.find("version") == nullptr) return std::nullopt;
    if (root.text_of("salt") != nullptr && root.text_of("content") != nullptr)
        return base::Error{errors::import_encrypted_proton};
    const json::Value* const list = root.list("entries");
    if (list == nullptr) return std::nullopt;
    Entries entries("Proton Authenticator");
    for (const json::Value& entry : list->items) entries.add(account_of(entry));
    return std::move(entries).done();
}

}  // namespace tokendeck::crypto::imports
