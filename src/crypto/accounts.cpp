#include "crypto/accounts.hpp"

#include "base/ascii.hpp"
#include "base/error_number.hpp"
#include "base/utf8.hpp"
#include "crypto/base32.hpp"
#include "crypto/data_uri.hpp"
#include "crypto/errors.hpp"
#include "crypto/hex.hpp"
#include "crypto/imports/imports.hpp"
#include "crypto/migration.hpp"
#include "crypto/otpauth.hpp"
#include "crypto/scheme.hpp"
#include "crypto/text_parts.hpp"
#include "qr/decode.hpp"
#include "qr/errors.hpp"
#include "qr/file_kind.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace tokendeck::crypto {
namespace {

using namespace channel;

// While a URI is typed, its beginning must not be blamed for the characters that base32 does not have.
bool begins_a_uri(std::string_view text) {
    constexpr std::string_view longest = "otpauth-migration://";
    constexpr std::string_view usual = "otpauth://";
    const auto begins = [&](std::string_view whole) {
        return text.size() < whole.size() && base::equal_without_case(text, whole.substr(0, text.size()));
    };
    return begins(longest) || begins(usual);
}

TextKind kind_of(std::string_view text, bool as_hex) {
    if (text.empty()) return TextKind::nothing_yet;
    const std::string_view scheme = scheme_of(text);
    if (base::equal_without_case(scheme, "otpauth")) return TextKind::otpauth_uri;
    if (base::equal_without_case(scheme, "otpauth-migration")) return TextKind::migration;
    if (is_data_uri(text)) return TextKind::picture;
    // "AA:BB:CC" and "Secret: JBSW" have the form of a scheme, too.
    if (!scheme.empty() && text.substr(scheme.size() + 1).starts_with("//")) return TextKind::unsupported_uri;
    if (as_hex) return TextKind::hex_secret;
    if (is_hex(text) && text.find_first_of("0189") != std::string_view::npos) return TextKind::hex_secret;
    return TextKind::base32_secret;
}

struct Content {
    std::vector<ReadAccount> accounts{};
    std::vector<AccountRefused> refused{};
    std::optional<MigrationPart> part{};
};

Remark asking(base::ErrorCode code, std::optional<std::int64_t> actual = {}, std::optional<std::int64_t> limit = {}) {
    return {{.code = code, .actual = actual, .limit = limit}, true, std::nullopt};
}

Remark telling(base::ErrorCode code, std::optional<std::int64_t> actual = {}) {
    return {{.code = code, .actual = actual}, false, std::nullopt};
}

// Steam's codes are five letters of an alphabet of its own.
bool is_steam(std::string_view name) {
    constexpr std::array<std::string_view, 5> names{"steam", "steamguard", "steam guard", "steampowered.com",
                                                    "store.steampowered.com"};
    return std::ranges::any_of(names, [&](std::string_view one) { return base::equal_without_case(one, name); });
}

// What of an account alone can be doubted, wherever it was read.
void doubt(ReadAccount& account) {
    constexpr std::size_t secret_bytes_least = 10;
    const otp::OtpEnrolment& read = account.enrolment;
    if (is_steam(base::trimmed(read.issuer)) || is_steam(base::trimmed(read.account)))
        account.remarks.push_back(asking(errors::read_steam));
    if (read.secret.size() < secret_bytes_least)
        account.remarks.push_back(
            asking(errors::read_secret_tiny, base::number(read.secret.size()), base::number(secret_bytes_least)));
}

// Most letters are base32, so that a sentence would be taken for a secret.
bool looks_like_words(std::string_view text) {
    return !is_in_groups(text) && std::ranges::none_of(text, base::is_digit);
}

// 6 to 8 digits: somebody pastes the code of an authenticator.
std::optional<base::Error> is_code(std::string_view text) {
    std::size_t digits = 0;
    for (const char c : text) {
        if (base::is_digit(c)) ++digits;
        else if (c != ' ' && c != '-') return std::nullopt;
    }
    if (digits < 6 || digits > 8) return std::nullopt;
    return base::Error{.code = errors::text_is_code, .actual = base::number(digits)};
}

base::Error too_long(std::size_t bytes, std::size_t limit) {
    return base::Error{.code = errors::text_too_long, .actual = base::number(bytes), .limit = base::number(limit)};
}

// Positions count within `text`. `said_hex`: by the person.
base::Result<Content> content_of(std::string_view text, TextKind kind, bool said_hex) {
    Content content;
    if (kind == TextKind::picture) {
        auto read = read_accounts(base::SecretText::copy_of(text), false);
        if (!read) return std::move(read).error();
        content.accounts = std::move(read.value().accounts);
        content.refused = std::move(read.value().refused);
        return content;
    }
    if (text.size() > text_bytes_max) return too_long(text.size(), text_bytes_max);
    switch (kind) {
        case TextKind::nothing_yet:
        case TextKind::picture:
        case TextKind::several: return base::Error{errors::text_empty};
        case TextKind::unsupported_uri: return not_otpauth(scheme_of(text));
        case TextKind::hex_secret: {
            if (auto code = is_code(text); code && !said_hex) return std::move(*code);
            auto secret = decode_hex(text);
            if (!secret) return std::move(secret).error();
            ReadAccount& account = content.accounts.emplace_back();
            account.enrolment.secret = std::move(secret.value().bytes);
            account.remarks = std::move(secret.value().remarks);
            break;
        }
        case TextKind::base32_secret: {
            if (auto code = is_code(text)) return std::move(*code);
            auto secret = decode_base32(text);
            if (!secret) return std::move(secret).error();
            ReadAccount& account = content.accounts.emplace_back();
            account.enrolment.secret = std::move(secret.value().bytes);
            account.remarks = std::move(secret.value().remarks);
            if (looks_like_words(text)) account.remarks.push_back(asking(errors::read_words));
            break;
        }
        case TextKind::otpauth_uri: {
            auto account = parse_otpauth(base::SecretText::copy_of(text));
            if (!account) return std::move(account).error();
            content.accounts.push_back(std::move(account).value());
            break;
        }
        case TextKind::migration: {
            auto migration = parse_migration(base::SecretText::copy_of(text));
            if (!migration) return std::move(migration).error();
            content.accounts = std::move(migration.value().accounts);
            content.refused = std::move(migration.value().refused);
            content.part = migration.value().part;
            break;
        }
    }
    for (ReadAccount& account : content.accounts) doubt(account);
    return content;
}

bool is_account(std::string_view text) {
    return text.size() <= text_bytes_max && content_of(text, kind_of(text, false), false).ok();
}

base::Result<Content> content_of(const TextPart& part, TextKind kind, bool said_hex) {
    auto content = content_of(part.read(), kind, said_hex);
    if (!content) return content;
    for (ReadAccount& account : content.value().accounts) {
        const auto lines = base::number(part.lines);
        if (part.end == LineEnd::ends_here) account.remarks.push_back(asking(errors::read_ends_with_line, lines));
        else if (part.end == LineEnd::goes_on) account.remarks.push_back(asking(errors::read_goes_on, lines));
        else if (part.joined) account.remarks.push_back(telling(errors::read_lines_joined, lines));
        if (part.within_secret) account.remarks.push_back(asking(errors::read_secret_broken_off));
        else if (part.around) account.remarks.push_back(telling(errors::read_around));
    }
    return content;
}

// True if the position is a place in the text, not in what a URI carries encoded.
bool counts_text(const base::Error& error) {
    return error.position && error.code != errors::migration_malformed;
}

std::size_t byte_of_character(std::string_view text, std::size_t position) {
    std::size_t byte = 0;
    for (; position > 1 && byte < text.size(); --position) byte += base::first_character(text.substr(byte)).size;
    return byte;
}

CharacterClass class_of(std::string_view rest, TextKind kind) {
    if (rest.empty()) return CharacterClass::none;
    const base::Character c = base::first_character(rest);
    if (!c.valid) return CharacterClass::broken;
    if (base::is_control(c.code)) return CharacterClass::control;
    if (c.size > 1) return CharacterClass::beyond_ascii;
    const char ascii = rest[0];
    if (kind != TextKind::hex_secret && (ascii == '0' || ascii == '1' || ascii == '8'))
        return CharacterClass::look_alike;
    if (kind == TextKind::hex_secret &&
        (base::lower(ascii) == 'o' || base::lower(ascii) == 'l' || base::lower(ascii) == 'i'))
        return CharacterClass::look_alike;
    if (base::is_letter(ascii)) return CharacterClass::letter;
    if (base::is_digit(ascii)) return CharacterClass::digit;
    return ascii == ' ' ? CharacterClass::space : CharacterClass::mark;
}

TextProblem problem_of(base::Error error, const TextPart& part, std::string_view whole, TextKind kind) {
    TextProblem problem;
    if (counts_text(error)) {
        const std::size_t within = byte_of_character(part.text, *error.position);
        problem.byte = part.byte + within;
        error.position = *error.position + base::count_characters(whole.substr(0, part.byte));
        problem.character = class_of(part.text.substr(within), kind);
    }
    problem.error = std::move(error);
    return problem;
}

AccountFacts facts_of(ReadAccount account) {
    otp::OtpEnrolment& read = account.enrolment;
    return {std::move(read.issuer), std::move(read.account), read.parameters, read.secret.size(),
            std::move(account.remarks)};
}

ExplainedItem explain_part(const TextPart& part, std::string_view whole, bool as_hex) {
    ExplainedItem item;
    item.line = part.line;
    item.kind = kind_of(part.text, as_hex);
    if (item.kind == TextKind::nothing_yet) return item;
    auto content = content_of(part, item.kind, as_hex);
    item.lines_joined = part.lines;
    const bool secret = item.kind == TextKind::base32_secret || item.kind == TextKind::hex_secret;
    if (secret) item.lines_joined = std::max<std::size_t>(lines_of(part.text).size(), 1);
    if (item.kind == TextKind::base32_secret) {
        item.could_be_hex = is_hex(part.text);
        for (std::size_t i = 0; i < part.text.size(); ++i)
            if (part.text[i] == '0' || part.text[i] == '1' || part.text[i] == '8')
                item.look_alikes.push_back(part.byte + i);
    }
    if (!content) {
        item.problem = problem_of(std::move(content).error(), part, whole, item.kind);
        return item;
    }
    for (ReadAccount& account : content.value().accounts) item.accounts.push_back(facts_of(std::move(account)));
    item.refused = std::move(content.value().refused);
    item.part = content.value().part;
    return item;
}

// `met`: how many accounts were met so far, also those that were refused or known.
void take(AccountsRead& read, std::size_t& met, Content content) {
    const std::size_t before = met;
    met += content.accounts.size() + content.refused.size();
    for (AccountRefused& refused : content.refused) {
        refused.place += before;
        read.refused.push_back(std::move(refused));
    }
    for (ReadAccount& account : content.accounts) {
        // The same address as a link and as its text, say.
        const bool known = std::ranges::any_of(
            read.accounts, [&](const ReadAccount& one) { return otp::same_account(one.enrolment, account.enrolment); });
        if (!known) read.accounts.push_back(std::move(account));
    }
    if (content.part) read.parts.push_back(*content.part);
}

void refuse(AccountsRead& read, std::size_t& met, base::Error error) {
    read.refused.push_back({++met, std::move(error)});
}

bool has_address(std::string_view whole) {
    return whole.size() <= lines_bytes_max &&
           std::ranges::any_of(parts_of(whole, is_account),
                               [](const TextPart& part) { return is_account_uri(part.text); });
}

// Nothing: it is no export, and to be read as other texts or pictures are.
std::optional<base::Result<AccountsRead>> read_as_export(std::string_view content) {
    auto exported = imports::read_export(content);
    if (!exported) return std::nullopt;
    if (!*exported) {
        // A web page with an address in it, say.
        if (exported->error().code == errors::import_unknown && has_address(content)) return std::nullopt;
        return std::move(*exported).error();
    }
    AccountsRead read;
    read.source = EnrolmentSource::exported;
    read.accounts = std::move(exported->value().accounts);
    read.refused = std::move(exported->value().refused);
    read.without_otp = exported->value().without_otp;
    for (ReadAccount& account : read.accounts) doubt(account);
    return read;
}

}  // namespace

base::Result<AccountsRead> read_accounts(const base::SecretText& text, bool as_hex) {
    const std::string_view whole = text.view();
    if (auto exported = read_as_export(whole)) return std::move(*exported);
    if (const TextPart picture = bare_part(whole); is_data_uri(picture.text)) {
        auto content = data_of_uri(picture.text);
        if (!content) return std::move(content).error();
        return read_accounts_in_picture(std::as_const(content.value()).bytes());
    }
    if (whole.size() > lines_bytes_max) return too_long(whole.size(), lines_bytes_max);
    const std::vector<TextPart> parts = parts_of(whole, is_account);
    AccountsRead read;
    std::size_t met = 0;
    for (const TextPart& part : parts) {
        const TextKind kind = kind_of(part.text, as_hex);
        auto content = content_of(part, kind, as_hex);
        if (content) {
            const bool bare = kind == TextKind::base32_secret || kind == TextKind::hex_secret;
            if (bare && parts.size() == 1) read.source = EnrolmentSource::bare_secret;
            take(read, met, std::move(content).value());
            continue;
        }
        base::Error error = problem_of(std::move(content).error(), part, whole, kind).error;
        if (parts.size() == 1) return error;
        refuse(read, met, std::move(error));
    }
    return read;
}

base::Result<AccountsRead> read_accounts_in_picture(std::span<const std::uint8_t> file_bytes) {
    auto codes = qr::read_codes(file_bytes);
    if (!codes) return std::move(codes).error();
    AccountsRead read;
    read.source = EnrolmentSource::image;
    std::size_t codes_met = 0;
    std::size_t met = 0;
    std::optional<base::Error> only;
    for (qr::CodePart& part : codes.value().parts)
        read.code_parts.push_back({part.index, part.count, part.parity, std::move(part.text)});
    for (const base::SecretText& code : codes.value().texts) {
        const TextPart part = bare_part(code.view());
        if (!is_account_uri(part.text)) continue;  // a web link beside it does no harm
        ++codes_met;
        auto content = content_of(part, kind_of(part.text, false), false);
        if (content) {
            take(read, met, std::move(content).value());
            continue;
        }
        only = content.error();
        refuse(read, met, std::move(content).error());
    }
    if (!read.code_parts.empty()) return read;
    if (codes_met == 0) return not_otpauth(scheme_of(codes.value().texts.front().view()));
    if (codes_met == 1 && only) return std::move(*only);
    return read;
}

namespace {

// A text of UTF-16 with its byte-order mark, as Windows' editors write it; nothing: it is none.
std::optional<base::SecretText> from_utf16(std::span<const std::uint8_t> bytes) {
    if (bytes.size() < 2 || bytes.size() % 2 != 0) return std::nullopt;
    const bool little = bytes[0] == 0xFF && bytes[1] == 0xFE;
    if (!little && !(bytes[0] == 0xFE && bytes[1] == 0xFF)) return std::nullopt;
    const auto unit = [&](std::size_t at) {
        return static_cast<char32_t>(little ? bytes[at] | bytes[at + 1] << 8 : bytes[at] << 8 | bytes[at + 1]);
    };
    base::SecretText text;
    for (std::size_t at = 2; at < bytes.size(); at += 2) {
        char32_t code = unit(at);
        if (code >= 0xD800 && code <= 0xDFFF) {
            const char32_t low = at + 2 < bytes.size() ? unit(at + 2) : 0;
            if (code > 0xDBFF || low < 0xDC00 || low > 0xDFFF) return std::nullopt;
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            at += 2;
        }
        text.append(base::encoded(code).view());
    }
    return text;
}

}  // namespace

base::Result<AccountsRead> read_accounts_in_file(std::span<const std::uint8_t> file_bytes) {
    const std::string_view content(reinterpret_cast<const char*>(file_bytes.data()), file_bytes.size());
    if (!qr::is_readable(qr::kind_of(file_bytes)))
        if (auto exported = read_as_export(content)) return std::move(*exported);
    auto wide = from_utf16(file_bytes);
    const qr::FileKind kind = qr::kind_of(file_bytes);
    if (!wide && kind != qr::FileKind::text) return read_accounts_in_picture(file_bytes);
    const base::SecretText text = wide ? std::move(*wide) : base::SecretText::copy_of(content);
    if (wide)
        if (auto exported = read_as_export(text.view())) return std::move(*exported);
    auto read = read_accounts(text, false);
    // Any text is a secret with wrong characters; that would say nothing about a letter that was dropped by mistake.
    const auto is_words = [](const ReadAccount& one) {
        return std::ranges::any_of(one.remarks, [](const Remark& r) { return r.error.code == errors::read_words; });
    };
    const bool meant = has_address(text.view()) || (read && std::ranges::none_of(read.value().accounts, is_words));
    if (meant) return read;
    return base::Error{.code = qr::errors::not_a_picture, .subject = std::string(qr::name(qr::FileKind::text))};
}

TextExplained explain(const base::SecretText& text, bool as_hex) {
    const std::string_view whole = text.view();
    TextExplained explained;
    if (auto exported = read_as_export(whole)) {
        ExplainedItem& item = explained.items.emplace_back();
        explained.kind = item.kind = TextKind::migration;
        if (!*exported) {
            item.problem = TextProblem{std::move(*exported).error(), {}, CharacterClass::none};
            return explained;
        }
        for (ReadAccount& account : exported->value().accounts) item.accounts.push_back(facts_of(std::move(account)));
        item.refused = std::move(exported->value().refused);
        return explained;
    }
    if (whole.size() > lines_bytes_max && !is_data_uri(bare_part(whole).text)) {
        ExplainedItem item;
        item.problem = TextProblem{too_long(whole.size(), lines_bytes_max), {}, CharacterClass::none};
        explained.items.push_back(std::move(item));
        return explained;
    }
    const std::vector<TextPart> parts = parts_of(whole, is_account);
    if (parts.size() == 1 && begins_a_uri(parts[0].text) && !as_hex) {
        // "OTPA" might be a secret as well; that is said when it is more than the beginning of an address.
        explained.items.emplace_back();
        return explained;
    }
    for (const TextPart& part : parts) explained.items.push_back(explain_part(part, whole, as_hex));
    explained.kind = parts.size() > 1 ? TextKind::several : explained.items.front().kind;
    return explained;
}

}  // namespace tokendeck::crypto
