#include "crypto/imports/draft.hpp"

#include "base/ascii.hpp"
#include "base/error_number.hpp"
#include "base/one_line.hpp"
#include "base/utf8.hpp"
#include "crypto/base32.hpp"
#include "crypto/character_name.hpp"
#include "crypto/errors.hpp"
#include "crypto/otpauth.hpp"

#include <array>
#include <charconv>
#include <iterator>
#include <limits>
#include <utility>

namespace tokendeck::crypto::imports {
namespace {

using base::Error;
using channel::ReadAccount;

constexpr std::size_t word_most = 20;  // of a value that is shown

// As every name from outside is checked: one that could deceive is refused.
std::optional<Error> problem_of_name(std::string_view name, std::string_view field) {
    if (name.size() > text_bytes_max)
        return Error{.code = errors::text_too_long,
                     .field = std::string(field),
                     .actual = base::number(name.size()),
                     .limit = base::number(text_bytes_max)};
    std::size_t position = 1;
    for (; !name.empty(); ++position) {
        const base::Character c = base::first_character(name);
        if (!c.valid) return Error{.code = errors::not_utf8, .field = std::string(field), .position = position};
        if (base::is_control(c.code))
            return Error{.code = errors::control_character,
                         .field = std::string(field),
                         .subject = named(name, c),
                         .position = position};
        name.remove_prefix(c.size);
    }
    return std::nullopt;
}

std::string_view text_or_empty(const json::Value* value) {
    return value != nullptr && value->kind == json::Value::Kind::text ? value->text.view() : std::string_view();
}

bool is_text_or_absent(const json::Value* value) {
    return value == nullptr || value->kind == json::Value::Kind::text;
}

}  // namespace

Figure Figure::of(const json::Value* value) {
    if (value == nullptr) return {};
    if (value->kind != json::Value::Kind::integer || value->negative) return {true, std::nullopt};
    return {true, value->size};
}

Figure Figure::of(std::string_view decimal) {
    decimal = base::trimmed(decimal);
    if (decimal.empty()) return {};
    std::uint64_t number = 0;
    const auto read = std::from_chars(decimal.data(), decimal.data() + decimal.size(), number);
    if (read.ec != std::errc() || read.ptr != decimal.data() + decimal.size()) return {true, std::nullopt};
    return {true, number};
}

Error other_kind(std::string_view kind, std::string title) {
    constexpr std::array<std::array<std::string_view, 2>, 5> known{
        {{"steam", "Steam"}, {"motp", "mOTP"}, {"yandex", "Yandex"}, {"yaotp", "Yandex"}, {"mobileotp", "mOTP"}}};
    for (const auto& [word, shown] : known)
        if (base::equal_without_case(word, kind)) kind = shown;
    return {.code = errors::import_kind, .field = base::one_line(kind, word_most), .subject = std::move(title)};
}

Error damaged_entry(std::string_view field, std::string title) {
    return {.code = errors::import_entry, .field = std::string(field), .subject = std::move(title)};
}

void Draft::refuse(Error error) {
    if (problem_) return;
    error.subject = otp::title(account_.enrolment);
    problem_ = std::move(error);
}

void Draft::name(std::string_view issuer, std::string_view account) {
    for (const auto& [text, field] : {std::pair(issuer, "issuer"), std::pair(account, "account")}) {
        if (problem_) return;
        problem_ = problem_of_name(text, field);
    }
    if (!problem_) name_account(std::string(account), std::string(issuer), account_.enrolment);
}

void Draft::name(const json::Value* issuer, const json::Value* account) {
    name(text_or_empty(issuer), text_or_empty(account));
    if (!is_text_or_absent(issuer)) refuse(damaged_entry("issuer"));
    if (!is_text_or_absent(account)) refuse(damaged_entry("account"));
}

void Draft::kind(std::string_view word) {
    if (base::equal_without_case(word, "totp")) parameters().kind = otp::OtpKind::totp;
    else if (base::equal_without_case(word, "hotp")) parameters().kind = otp::OtpKind::hotp;
    else refuse(other_kind(word, {}));
}

void Draft::kind(const json::Value* word) {
    if (word == nullptr) open("type");
    else if (word->kind == json::Value::Kind::text) kind(word->text.view());
    else unknown("type", Figure::of(word));
}

void Draft::algorithm(std::string_view word) {
    std::string plain;
    for (const char c : word.substr(0, word_most))
        if (c != '-') plain.push_back(base::lower(c));
    if (plain.starts_with("hmac")) plain.erase(0, 4);
    if (plain == "sha1") parameters().algorithm = otp::HashAlgorithm::sha1;
    else if (plain == "sha256") parameters().algorithm = otp::HashAlgorithm::sha256;
    else if (plain == "sha512") parameters().algorithm = otp::HashAlgorithm::sha512;
    else if (plain == "md5") refuse({.code = errors::migration_md5, .field = "algorithm"});
    else unknown("algorithm");
}

void Draft::algorithm(const json::Value* word) {
    if (word == nullptr) open("algorithm");
    else if (word->kind == json::Value::Kind::text) algorithm(word->text.view());
    else unknown("algorithm", Figure::of(word));
}

void Draft::digits(Figure figure) {
    constexpr std::uint64_t most = 10;  // as in an otpauth link; what a token can do is for otp::check_fit to say
    if (!figure.given) open("digits");
    else if (!figure.value || *figure.value < 1 || *figure.value > most) unknown("digits", figure);
    else parameters().digits = static_cast<std::uint32_t>(*figure.value);
}

void Draft::period(Figure figure) {
    if (parameters().kind != otp::OtpKind::totp) return;
    if (!figure.given) open("period");
    else if (!figure.value || *figure.value < 1 || *figure.value > std::numeric_limits<std::uint32_t>::max())
        unknown("period", figure);
    else parameters().period = static_cast<std::uint32_t>(*figure.value);
}

void Draft::counter(Figure figure) {
    if (parameters().kind != otp::OtpKind::hotp) return;
    if (!figure.given) counter_missing_ = true;
    else if (!figure.value || *figure.value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        unknown("counter", figure);
    else parameters().counter = *figure.value;
}

void Draft::unknown(std::string_view field, Figure figure) {
    Error error{.code = errors::migration_unknown_value, .field = std::string(field)};
    if (figure.value) error.actual = base::number(*figure.value);
    refuse(std::move(error));
}

void Draft::open(std::string_view field) {
    if (!open_.empty()) open_ += ", ";
    open_ += field;
}

void Draft::base32(std::string_view text) {
    if (problem_) return;
    if (text.size() > text_bytes_max) return refuse({.code = errors::import_secret, .field = "secret"});
    auto decoded = decode_base32(text);
    if (decoded) {
        account_.enrolment.secret = std::move(decoded.value().bytes);
        account_.remarks = std::move(decoded.value().remarks);
    } else if (decoded.error().code == errors::secret_empty) {
        refuse({.code = errors::secret_empty, .field = "secret"});
    } else {
        refuse({.code = errors::import_secret, .field = "secret", .position = decoded.error().position});
    }
}

void Draft::base32(const json::Value* text) {
    if (is_text_or_absent(text)) base32(text_or_empty(text));
    else refuse(damaged_entry("secret"));
}

void Draft::secret(base::SecretBytes bytes) {
    if (bytes.empty()) return refuse({.code = errors::secret_empty, .field = "secret"});
    account_.enrolment.secret = std::move(bytes);
}

base::Result<ReadAccount> Draft::done() && {
    if (problem_) return std::move(*problem_);
    if (account_.enrolment.secret.empty())
        return Error{.code = errors::secret_empty, .field = "secret", .subject = otp::title(account_.enrolment)};
    if (counter_missing_)
        account_.remarks.push_back(
            {{.code = errors::read_counter_missing, .field = "counter"}, true, std::nullopt, true});
    if (!open_.empty())
        account_.remarks.push_back({{.code = errors::read_defaults, .subject = open_}, false, std::nullopt});
    return std::move(account_);
}

bool is_link(std::string_view text) {
    return base::begins_without_case(text, "otpauth:") || base::begins_without_case(text, "steam:");
}

base::Result<ReadAccount> read_link(std::string_view link, std::string_view issuer, std::string_view account) {
    link = base::trimmed(link);
    otp::OtpEnrolment entry;
    for (const auto& [text, field] : {std::pair(issuer, "issuer"), std::pair(account, "account")})
        if (auto problem = problem_of_name(text, field)) return std::move(*problem);
    name_account(std::string(account), std::string(issuer), entry);
    std::string title = otp::title(entry);

    if (base::begins_without_case(link, "steam:")) return other_kind("Steam", std::move(title));
    auto read = parse_otpauth(base::SecretText::copy_of(link));
    if (read) {
        otp::OtpEnrolment& enrolment = read.value().enrolment;
        if (enrolment.issuer.empty()) enrolment.issuer = std::move(entry.issuer);
        if (enrolment.account.empty()) enrolment.account = std::move(entry.account);
        return read;
    }
    const Error& error = read.error();
    if (error.code == errors::type_unknown) return other_kind(error.subject, std::move(title));
    if (error.code == errors::parameter_unsupported) return other_kind("Steam", std::move(title));
    if (error.code == errors::algorithm_unknown)
        return Error{.code = errors::migration_unknown_value, .field = "algorithm", .subject = std::move(title)};
    return Error{.code = errors::import_link, .field = error.field, .subject = std::move(title)};
}

void Entries::add(base::Result<ReadAccount> account) {
    if (++met_ > accounts_max) return;
    if (account) import_.accounts.push_back(std::move(account).value());
    else import_.refused.push_back({met_, std::move(account).error()});
}

void Entries::add_trashed(base::Result<ReadAccount> account) {
    if (!account) return add(std::move(account));
    add(Error{.code = errors::import_trashed, .subject = otp::title(account.value().enrolment)});
}

base::Result<Import> Entries::done() && {
    if (met_ > accounts_max)
        return Error{.code = errors::import_too_many,
                     .subject = std::string(import_.program),
                     .actual = base::number(met_),
                     .limit = base::number(accounts_max)};
    if (met_ == 0) return Error{.code = errors::import_empty, .subject = std::string(import_.program)};
    return std::move(import_);
}

}  // namespace tokendeck::crypto::imports
