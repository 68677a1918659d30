// KeePassXC. CSV: the columns "Group", "Title", "Username" and, since 2.7, "TOTP". XML: KeePass's, with the texts of an
// entry as <String><Key>…</Key><Value>…</Value></String>; what lies in <History>, or in the group that RecycleBinUUID
// names, is old or deleted. The OTP of an entry is the text "otp" (column "TOTP"):
//   otpauth://…             a link; "none" stands for an account without a name, "KeePassXC" for an issuer without one
//   key=…&size=…&step=…     KeeOtp's, with "otpHashMode" for the algorithm
//   30;6 or 30;S            seconds and digits or Steam, in the text "TOTP Settings"; the secret is in "TOTP Seed"
// or KeePass's own: "TimeOtp-Secret-Base32", "TimeOtp-Length", "TimeOtp-Period", "TimeOtp-Algorithm". Source:
// keepassxreboot/keepassxc, src/format/CsvExporter.cpp and src/totp/totp.cpp; keepassxc-specs, kdbx-xml/rfc.md;
// keepass.info/help/base/placeholders.html for KeePass's own.
//
// pugixml keeps the texts in the copy that is given to it, which is wiped; its own memory has only the tree.
#include "base/ascii.hpp"
#include "crypto/errors.hpp"
#include "crypto/imports/draft.hpp"
#include "crypto/imports/formats.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <string>

namespace tokendeck::crypto::imports {

namespace {

constexpr std::string_view program = "KeePassXC";

// Views into the export.
struct Entry {
    std::string_view title, user;
    std::string_view otp;                                // "otp", column "TOTP"
    std::string_view seed, settings;                     // "TOTP Seed", "TOTP Settings"
    std::string_view secret, length, period, algorithm;  // KeePass's own
    std::string_view other;                              // the key of another kind of KeePass's secrets

    [[nodiscard]] bool has_otp() const { return !(otp.empty() && seed.empty() && secret.empty() && other.empty()); }
};

// "key=…&size=…", as KeeOtp writes it. Values are views; '%' stands only in the key's padding, "%3d".
void read_keeotp(std::string_view text, Draft& draft) {
    std::string_view key;
    std::string_view size;
    std::string_view step;
    std::string_view mode;
    std::string_view type;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('&'), text.size());
        const std::string_view parameter = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t equals = parameter.find('=');
        if (equals == std::string_view::npos) continue;
        const std::string_view name = parameter.substr(0, equals);
        const std::string_view value = parameter.substr(equals + 1);
        if (base::equal_without_case(name, "key")) key = value.substr(0, value.find('%'));
        else if (base::equal_without_case(name, "size")) size = value;
        else if (base::equal_without_case(name, "step")) step = value;
        else if (base::equal_without_case(name, "otpHashMode")) mode = value;
        else if (base::equal_without_case(name, "type")) type = value;
        else draft.unknown(base::equal_without_case(name, "counter") ? "counter" : "otp");
    }
    if (!type.empty() && !base::equal_without_case(type, "totp")) draft.refuse(other_kind(type, {}));
    if (mode.empty()) draft.open("algorithm");
    else draft.algorithm(mode);
    draft.digits(Figure::of(size));
    draft.period(Figure::of(step));
    draft.base32(key);
}

void read_seed(std::string_view seed, std::string_view settings, Draft& draft) {
    draft.open("algorithm");
    const std::size_t mark = settings.find(';');
    const std::string_view digits = mark == std::string_view::npos ? "" : base::trimmed(settings.substr(mark + 1));
    if (digits == "S") draft.refuse(other_kind("Steam", {}));
    draft.digits(Figure::of(digits.substr(0, digits.find(';'))));
    draft.period(Figure::of(settings.substr(0, mark)));
    draft.base32(seed);
}

base::Result<channel::ReadAccount> account_of(const Entry& entry) {
    const std::string_view otp = base::trimmed(entry.otp);
    if (is_link(otp)) {
        auto account = read_link(otp, entry.title, entry.user);
        if (!account) return account;
        otp::OtpEnrolment& read = account.value().enrolment;
        if (read.account == "none") read.account = std::string(entry.user);
        if (read.issuer == "KeePassXC" && entry.title.empty()) read.issuer.clear();
        return account;
    }
    Draft draft;
    draft.name(entry.title, entry.user);
    if (!otp.empty() && otp.find("key=") != std::string_view::npos) {
        read_keeotp(otp, draft);
    } else if (!entry.seed.empty()) {
        read_seed(entry.seed, entry.settings, draft);
    } else if (!entry.secret.empty()) {
        if (entry.algorithm.empty()) draft.open("algorithm");
        else draft.algorithm(entry.algorithm);
        draft.digits(Figure::of(entry.length));
        draft.period(Figure::of(entry.period));
        draft.base32(entry.secret);
    } else if (!entry.other.empty()) {
        draft.unknown(entry.other);
    } else {
        draft.refuse({.code = errors::import_without_secret});  // the settings alone, in CSV
    }
    return std::move(draft).done();
}

// ---- XML ----

bool is_named(const pugi::xml_node& node, const char* name) {
    return std::string_view(node.name()) == name;
}

// False: its text is encrypted, as within KeePass's own files.
bool take_text(const pugi::xml_node& text, Entry& entry) {
    const std::string_view key = text.child_value("Key");
    const pugi::xml_node value_node = text.child("Value");
    const std::string_view value = value_node.child_value();
    const auto is = [&](std::string_view name) { return key == name; };
    const bool secret = is("otp") || is("TOTP Seed") || is("TimeOtp-Secret-Base32");
    if (secret && !value.empty() && value_node.attribute("Protected").as_bool()) return false;
    if (is("Title")) entry.title = value;
    else if (is("UserName")) entry.user = value;
    else if (is("otp")) entry.otp = value;
    else if (is("TOTP Seed")) entry.seed = value;
    else if (is("TOTP Settings")) entry.settings = value;
    else if (is("TimeOtp-Secret-Base32")) entry.secret = value;
    else if (is("TimeOtp-Length")) entry.length = value;
    else if (is("TimeOtp-Period")) entry.period = value;
    else if (is("TimeOtp-Algorithm")) entry.algorithm = value;
    else if (!value.empty())
        for (const std::string_view other :
             {"TimeOtp-Secret", "TimeOtp-Secret-Hex", "TimeOtp-Secret-Base64", "HmacOtp-Secret", "HmacOtp-Secret-Hex",
              "HmacOtp-Secret-Base32", "HmacOtp-Secret-Base64"})
            if (is(other)) entry.other = other;
    return true;
}

void add_entry(const pugi::xml_node& node, bool trashed, Entries& entries) {
    Entry entry;
    bool readable = true;
    for (const pugi::xml_node& text : node.children("String")) readable = take_text(text, entry) && readable;
    if (!readable) return entries.add(damaged_entry("otp"));
    if (!entry.has_otp()) return entries.add_without_otp();
    if (trashed) entries.add_trashed(account_of(entry));
    else entries.add(account_of(entry));
}

// Groups within groups, without recursion: a hostile file nests them by the million.
void add_group(const pugi::xml_node& top, std::string_view trash, Entries& entries) {
    pugi::xml_node node = top;
    std::size_t trashed = 0;  // how many of the open groups are the trash
    const auto is_trash = [&](const pugi::xml_node& group) {
        return !trash.empty() && trash == group.child_value("UUID");
    };
    while (true) {
        pugi::xml_node next;
        if (is_named(node, "Group")) {
            if (is_trash(node)) ++trashed;
            next = node.first_child();
            if (!next && is_trash(node)) --trashed;
        } else if (is_named(node, "Entry")) {
            add_entry(node, trashed != 0, entries);
        }
        while (!next) {
            if (node == top) return;
            next = node.next_sibling();
            if (next) break;
            node = node.parent();
            if (is_trash(node)) --trashed;
        }
        node = next;
    }
}

}  // namespace

base::Result<Import> read_keepassxc_xml(std::string_view content) {
    auto copy = base::SecretBytes::copy_of({reinterpret_cast<const std::uint8_t*>(content.data()), content.size()});
    pugi::xml_document document;
    const pugi::xml_parse_result parsed =
        document.load_buffer_inplace(copy.bytes().data(), copy.size(), pugi::parse_default, pugi::encoding_utf8);
    if (!parsed) {
        base::Error error{.code = errors::import_malformed, .subject = "XML"};
        if (parsed.offset >= 0) error.position = static_cast<std::size_t>(parsed.offset) + 1;
        return error;
    }
    const pugi::xml_node file = document.child("KeePassFile");
    const pugi::xml_node root = file.child("Root").child("Group");
    if (!root) return base::Error{.code = errors::import_unknown, .subject = "XML"};
    Entries entries(program);
    add_group(root, file.child("Meta").child_value("RecycleBinUUID"), entries);
    return std::move(entries).done();
}

Recognised read_keepassxc(const csv::Table& table) {
    const std::size_t title = table.column("Title");
    const std::size_t user = table.column("Username");
    if (table.column("Group") != 0 || title >= table.header.size() || user >= table.header.size()) return std::nullopt;
    const std::size_t otp = table.column("TOTP");
    Entries entries(program);
    for (const csv::Row& row : table.rows) {
        Entry entry;
        entry.title = row.field(title);
        entry.user = row.field(user);
        entry.otp = row.field(otp);
        if (entry.has_otp()) entries.add(account_of(entry));
        else entries.add_without_otp();
    }
    return std::move(entries).done();
}

}  // namespace tokendeck::crypto::imports
