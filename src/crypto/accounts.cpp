#include "crypto/accounts.hpp"

#include "base/ascii.hpp"
#include "base/error_number.hpp"
#include "base/utf8.hpp"
#include "crypto/base32.hpp"
#include "crypto/data_uri.hpp"
#include "crypto/errors.hpp"
#include "crypto/hex.hpp"
#include "crypto/migration.hpp"
#include "crypto/otpauth.hpp"
#include "crypto/scheme.hpp"
#include "qr/decode.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>

namespace tokendeck::crypto {
namespace {

using namespace channel;

// A stretch of the text without white space around it.
struct Part {
    std::string_view text{};
    std::size_t byte = 0;  // where it starts
    std::size_t line = 1;
};

Part trimmed(Part part) {
    const std::string_view text = base::trimmed(part.text);
    const std::string_view before(part.text.begin(), text.begin());
    part.line += static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    part.text = text;
    part.byte += before.size();
    return part;
}

std::vector<Part> lines_of(std::string_view text) {
    std::vector<Part> lines;
    std::size_t line = 1;
    for (std::size_t at = 0; at < text.size(); ++line) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const Part part = trimmed({text.substr(at, end - at), at, line});
        if (!part.text.empty()) lines.push_back(part);
        at = end + 1;
    }
    return lines;
}

bool is_account_uri(std::string_view text) {
    const std::string_view scheme = scheme_of(text);
    return base::equal_without_case(scheme, "otpauth") || base::equal_without_case(scheme, "otpauth-migration");
}

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
    std::vector<otp::OtpEnrolment> accounts{};
    std::vector<AccountRefused> refused{};
    std::optional<MigrationPart> part{};
};

base::Error too_long(std::size_t bytes, std::size_t limit) {
    return base::Error{.code = errors::text_too_long, .actual = base::number(bytes), .limit = base::number(limit)};
}

// Positions count within `text`.
base::Result<Content> content_of(std::string_view text, TextKind kind) {
    Content content;
    if (kind == TextKind::picture) {
        auto read = read_accounts(base::SecretText::copy_of(text), false);
        if (!read) return std::move(read).error();
        content.accounts = std::move(read.value().accounts);
        content.refused = std::move(read.value().refused);
        return content;
    }
    if (text.size() > text_bytes_max) return too_long(text.size(), text_bytes_max);
    const auto bare = [&](base::Result<base::SecretBytes> secret) -> base::Result<Content> {
        if (!secret) return std::move(secret).error();
        content.accounts.emplace_back().secret = std::move(secret).value();
        return std::move(content);
    };
    switch (kind) {
        case TextKind::nothing_yet:
        case TextKind::picture:
        case TextKind::several: return base::Error{errors::text_empty};
        case TextKind::unsupported_uri: return not_otpauth(scheme_of(text));
        case TextKind::hex_secret: return bare(decode_hex(text));
        case TextKind::base32_secret: return bare(decode_base32(text));
        case TextKind::otpauth_uri: {
            auto account = parse_otpauth(base::SecretText::copy_of(text));
            if (!account) return std::move(account).error();
            content.accounts.push_back(std::move(account).value());
            return content;
        }
        case TextKind::migration: {
            auto migration = parse_migration(base::SecretText::copy_of(text));
            if (!migration) return std::move(migration).error();
            content.accounts = std::move(migration.value().accounts);
            content.refused = std::move(migration.value().refused);
            content.part = migration.value().part;
            return content;
        }
    }
    return base::Error{errors::text_empty};
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

TextProblem problem_of(base::Error error, const Part& part, std::string_view whole, TextKind kind) {
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

ExplainedItem explain_part(const Part& part, std::string_view whole, bool as_hex) {
    ExplainedItem item;
    item.line = part.line;
    item.kind = kind_of(part.text, as_hex);
    if (item.kind == TextKind::nothing_yet) return item;
    auto content = content_of(part.text, item.kind);
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
    for (const otp::OtpEnrolment& account : content.value().accounts)
        item.accounts.push_back({account.issuer, account.account, account.parameters, account.secret.size()});
    item.refused = std::move(content.value().refused);
    item.part = content.value().part;
    return item;
}

// The lines, if the text has several accounts; else the whole.
std::vector<Part> parts_of(std::string_view whole) {
    std::vector<Part> lines = lines_of(whole);
    const bool several = lines.size() > 1 && std::any_of(lines.begin(), lines.end(),
                                                         [](const Part& line) { return is_account_uri(line.text); });
    if (!several) lines.assign(1, trimmed({whole, 0, 1}));
    return lines;
}

void take(AccountsRead& read, Content content) {
    const std::size_t before = read.accounts.size() + read.refused.size();
    for (AccountRefused& refused : content.refused) {
        refused.place += before;
        read.refused.push_back(std::move(refused));
    }
    std::move(content.accounts.begin(), content.accounts.end(), std::back_inserter(read.accounts));
    if (content.part) read.parts.push_back(*content.part);
}

void refuse(AccountsRead& read, base::Error error) {
    read.refused.push_back({read.accounts.size() + read.refused.size() + 1, std::move(error)});
}

}  // namespace

base::Result<AccountsRead> read_accounts(const base::SecretText& text, bool as_hex) {
    const std::string_view whole = text.view();
    if (const Part picture = trimmed({whole, 0, 1}); is_data_uri(picture.text)) {
        auto content = data_of_uri(picture.text);
        if (!content) return std::move(content).error();
        return read_accounts_in_picture(std::as_const(content.value()).bytes());
    }
    if (whole.size() > lines_bytes_max) return too_long(whole.size(), lines_bytes_max);
    const std::vector<Part> parts = parts_of(whole);
    AccountsRead read;
    for (const Part& part : parts) {
        const TextKind kind = kind_of(part.text, as_hex);
        auto content = content_of(part.text, kind);
        if (content) {
            const bool bare = kind == TextKind::base32_secret || kind == TextKind::hex_secret;
            if (bare && parts.size() == 1) read.source = EnrolmentSource::bare_secret;
            take(read, std::move(content).value());
            continue;
        }
        base::Error error = problem_of(std::move(content).error(), part, whole, kind).error;
        if (parts.size() == 1) return error;
        refuse(read, std::move(error));
    }
    return read;
}

base::Result<AccountsRead> read_accounts_in_picture(std::span<const std::uint8_t> file_bytes) {
    auto codes = qr::read_codes(file_bytes);
    if (!codes) return std::move(codes).error();
    AccountsRead read;
    read.source = EnrolmentSource::image;
    std::size_t met = 0;
    std::optional<base::Error> only;
    for (const base::SecretText& code : codes.value()) {
        const Part part = trimmed({code.view(), 0, 1});
        if (!is_account_uri(part.text)) continue;  // a web link beside it does no harm
        ++met;
        auto content = content_of(part.text, kind_of(part.text, false));
        if (content) {
            take(read, std::move(content).value());
            continue;
        }
        only = content.error();
        refuse(read, std::move(content).error());
    }
    if (met == 0) return not_otpauth(scheme_of(codes.value().front().view()));
    if (met == 1 && only) return std::move(*only);
    return read;
}

TextExplained explain(const base::SecretText& text, bool as_hex) {
    const std::string_view whole = text.view();
    TextExplained explained;
    if (whole.size() > lines_bytes_max && !is_data_uri(trimmed({whole, 0, 1}).text)) {
        ExplainedItem item;
        item.problem = TextProblem{too_long(whole.size(), lines_bytes_max), {}, CharacterClass::none};
        explained.items.push_back(std::move(item));
        return explained;
    }
    const std::vector<Part> parts = parts_of(whole);
    if (parts.size() == 1 && begins_a_uri(parts[0].text) && !as_hex) {
        // "OTPA" might be a secret as well; that is said when it is more than the beginning of an address.
        explained.items.emplace_back();
        return explained;
    }
    for (const Part& part : parts) explained.items.push_back(explain_part(part, whole, as_hex));
    explained.kind = parts.size() > 1 ? TextKind::several : explained.items.front().kind;
    return explained;
}

}  // namespace tokendeck::crypto
