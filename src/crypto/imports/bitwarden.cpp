// Bitwarden: { "encrypted": false, "items": [ { "type": 1 for a login, "name", "deletedDate", "login": { "username",
// "totp" } } ] }, or CSV with the columns "name", "login_username" and "login_totp". "totp" is an otpauth link, a bare
// secret (TOTP, SHA1, 6 digits, 30 seconds) or steam://SECRET. Bitwarden Authenticator writes the same, and in newer
// versions "issuer", "period" and "digits" beside "totp". Encrypted: "encrypted" is true. Source: bitwarden.com/help/
// condition-bitwarden-import and encrypted-export; bitwarden/android, ExportJsonData.kt.
#include "base/ascii.hpp"
#include "crypto/errors.hpp"
#include "crypto/imports/draft.hpp"
#include "crypto/imports/formats.hpp"

namespace tokendeck::crypto::imports {

namespace {

constexpr std::string_view program = "Bitwarden";

std::string_view text_in(const json::Value& object, std::string_view name) {
    const json::Value* const value = object.text_of(name);
    return value == nullptr ? std::string_view() : value->text.view();
}

struct Login {
    std::string_view totp, issuer, account;
    const json::Value* algorithm = nullptr;
    Figure digits{}, period{};
};

base::Result<channel::ReadAccount> account_of(const Login& login) {
    if (is_link(login.totp)) return read_link(login.totp, login.issuer, login.account);
    Draft draft;
    draft.name(login.issuer, login.account);
    draft.open("type");
    draft.algorithm(login.algorithm);
    draft.digits(login.digits);
    draft.period(login.period);
    draft.base32(login.totp);
    return std::move(draft).done();
}

void add_item(const json::Value& item, Entries& entries) {
    const json::Value* const login = item.object("login");
    const json::Value* const totp = login == nullptr ? nullptr : login->find("totp");
    if (totp == nullptr) return entries.add_without_otp();
    if (totp->kind != json::Value::Kind::text) return entries.add(damaged_entry("totp"));
    Login read;
    read.totp = base::trimmed(totp->text.view());
    if (read.totp.empty()) return entries.add_without_otp();
    read.issuer = text_in(*login, "issuer");
    if (read.issuer.empty()) read.issuer = text_in(item, "name");
    else read.account = text_in(item, "name");
    if (const std::string_view user = text_in(*login, "username"); !user.empty()) read.account = user;
    read.algorithm = login->find("algorithm");
    read.digits = Figure::of(login->find("digits"));
    read.period = Figure::of(login->find("period"));
    auto account = account_of(read);
    if (item.find("deletedDate") != nullptr) entries.add_trashed(std::move(account));
    else entries.add(std::move(account));
}

}  // namespace

Recognised read_bitwarden(const json::Value& root) {
    const json::Value* const encrypted = root.find("encrypted");
    if (encrypted == nullptr || encrypted->kind != json::Value::Kind::boolean) return std::nullopt;
    if (encrypted->truth) return base::Error{errors::import_encrypted_bitwarden};
    const json::Value* const list = root.list("items");
    if (list == nullptr) return std::nullopt;
    Entries entries(program);
    for (const json::Value& item : list->items) add_item(item, entries);
    return std::move(entries).done();
}

Recognised read_bitwarden(const csv::Table& table) {
    const std::size_t totp = table.column("login_totp");
    if (totp >= table.header.size()) return std::nullopt;
    const std::size_t name = table.column("name");
    const std::size_t user = table.column("login_username");
    Entries entries(program);
    for (const csv::Row& row : table.rows) {
        Login read;
        read.totp = base::trimmed(row.field(totp));
        read.issuer = row.field(name);
        read.account = row.field(user);
        if (read.totp.empty()) entries.add_without_otp();
        else entries.add(account_of(read));
    }
    return std::move(entries).done();
}

}  // namespace tokendeck::crypto::imports
