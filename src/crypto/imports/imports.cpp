#include "crypto/imports/imports.hpp"

#include "base/ascii.hpp"
#include "base/error_number.hpp"
#include "crypto/errors.hpp"
#include "crypto/imports/formats.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <string>
#include <utility>

namespace tokendeck::crypto::imports {
namespace {

using base::Error;

enum class Form : std::uint8_t { other, json, xml, html, csv, ente_text, andotp_encrypted, stratum_encrypted };

// A secret in brackets is no JSON.
bool begins_json(std::string_view text) {
    if (text.empty() || (text[0] != '{' && text[0] != '[')) return false;
    const bool list = text[0] == '[';
    text = base::trimmed(text.substr(1));
    if (text.empty()) return false;
    return text[0] == '"' || (list ? text[0] == '{' || text[0] == '[' || text[0] == ']' : text[0] == '}');
}

// The first line names columns, and one of them is of the kind that password managers have.
bool begins_csv(std::string_view text) {
    constexpr std::size_t line_most = 1024;
    const std::string_view line = text.substr(0, text.find_first_of("\r\n"));
    if (line.size() > line_most || line.size() == text.size()) return false;
    constexpr std::string_view marks = "\",_- ";
    if (!std::ranges::all_of(line, [&](char c) {
            return base::is_letter(c) || base::is_digit(c) || marks.find(c) != std::string_view::npos;
        }))
        return false;
    constexpr std::ptrdiff_t commas_least = 2;
    if (std::ranges::count(line, ',') < commas_least) return false;
    const std::string columns = base::lowered(line);
    constexpr std::array known{"login_totp", "password", "username", "secret", "totp", "otp"};
    return std::ranges::any_of(known, [&](const char* word) { return columns.find(word) != std::string::npos; });
}

Form form_of(std::string_view content) {
    if (is_encrypted_stratum(content)) return Form::stratum_encrypted;
    if (is_encrypted_andotp(content)) return Form::andotp_encrypted;
    const std::string_view text = base::trimmed(content);
    const auto begins = [&](std::string_view beginning) { return base::begins_without_case(text, beginning); };
    if (begins_json(text)) return Form::json;
    if (begins("<!doctype html") || begins("<html")) return Form::html;
    if (begins("<?xml") || begins("<!doctype") || begins("<KeePassFile")) return Form::xml;
    if (is_ente_text(text)) return Form::ente_text;
    if (begins_csv(text)) return Form::csv;
    return Form::other;
}

base::Result<Import> unknown(std::string_view form) {
    return Error{.code = errors::import_unknown, .subject = std::string(form)};
}

base::Result<Import> read_json(std::string_view content) {
    auto root = json::parse(base::trimmed(content));
    if (!root) return std::move(root).error();
    constexpr Recognised (*formats[])(const json::Value&) = {read_aegis,  read_2fas,    read_freeotp_plus, read_ente,
                                                             read_proton, read_stratum, read_bitwarden,    read_andotp};
    for (const auto read : formats)
        if (auto import = read(root.value())) return std::move(*import);
    return unknown("JSON");
}

base::Result<Import> read_csv(std::string_view content) {
    auto table = csv::parse(content);
    if (!table) return std::move(table).error();
    if (auto import = read_bitwarden(table.value())) return std::move(*import);
    if (auto import = read_keepassxc(table.value())) return std::move(*import);
    return unknown("CSV");
}

base::Result<Import> read(std::string_view content, Form form) {
    if (content.size() > bytes_max)
        return Error{
            .code = errors::import_too_large, .actual = base::number(content.size()), .limit = base::number(bytes_max)};
    switch (form) {
        case Form::json: return read_json(content);
        case Form::xml: return read_keepassxc_xml(content);
        case Form::html: return unknown("HTML");
        case Form::csv: return read_csv(content);
        case Form::ente_text: return read_ente_text(content);
        case Form::andotp_encrypted: return Error{errors::import_encrypted_andotp};
        case Form::stratum_encrypted: return Error{errors::import_encrypted_stratum};
        case Form::other: break;
    }
    return unknown("text");
}

}  // namespace

std::optional<base::Result<Import>> read_export(std::string_view content) noexcept {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (content.starts_with(byte_order_mark)) content.remove_prefix(byte_order_mark.size());
    try {
        const Form form = form_of(content);
        if (form == Form::other) return std::nullopt;
        return read(content, form);
    } catch (const std::exception&) {  // no memory for it
        return Error{.code = errors::import_too_complex};
    }
}

}  // namespace tokendeck::crypto::imports
