#include "desktop/drop_forms.hpp"

#include "base/ascii.hpp"
#include "base/secret.hpp"
#include "base/utf8.hpp"
#include "desktop/errors.hpp"
#include "desktop/picture_forms.hpp"
#include "qr/decode.hpp"
#include "qr/errors.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace tokendeck::desktop {
namespace {

enum class Kind : std::uint8_t { picture, any_bytes, addresses, html, text };

struct Form {
    std::string_view name;  // without parameters ("; charset=utf-8")
    Kind kind;
};

// Best first, after those of a picture's own bytes, which need nobody's permission and no file that may be gone.
constexpr std::array other_forms{
    Form{"application/octet-stream", Kind::any_bytes},
    Form{"text/uri-list", Kind::addresses},
    Form{"text/x-moz-url", Kind::addresses},
    Form{"text/html", Kind::html},
    Form{"UTF8_STRING", Kind::text},
    Form{"text/plain", Kind::text},
    Form{"STRING", Kind::text},
};

std::string_view without_parameters(std::string_view name) {
    name = name.substr(0, name.find(';'));
    while (name.ends_with(' ')) name.remove_suffix(1);
    return name;
}

std::optional<Kind> kind_of(std::string_view name) {
    if (std::ranges::find(picture_form_names, without_parameters(name)) != picture_form_names.end())
        return Kind::picture;
    const auto found = std::ranges::find(other_forms, without_parameters(name), &Form::name);
    if (found == other_forms.end()) return std::nullopt;
    return found->kind;
}

bool is_picture(std::span<const std::uint8_t> bytes) {
    constexpr std::array<std::string_view, 4> beginnings{"\x89PNG\r\n", "\xFF\xD8\xFF", "GIF8", "BM"};
    return std::ranges::any_of(beginnings, [&](std::string_view beginning) {
        return bytes.size() > beginning.size() &&
               std::ranges::equal(beginning, bytes.first(beginning.size()),
                                  [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; });
    });
}

using base::begins_without_case;

bool is_web(std::string_view address) {
    return begins_without_case(address, "http://") || begins_without_case(address, "https://") ||
           begins_without_case(address, "ftp://") || begins_without_case(address, "blob:");
}

// It has a scheme. A single letter before the colon is a drive.
bool is_address(std::string_view text) {
    const std::size_t colon =
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.");
    return colon != std::string_view::npos && colon > 1 && text[colon] == ':';
}

// An address that is itself what is wanted: an account's, an export's, a picture's written out.
bool is_content(std::string_view address) {
    return begins_without_case(address, "otpauth:") || begins_without_case(address, "otpauth-migration:") ||
           begins_without_case(address, "data:image/");
}

// The five characters that HTML writes otherwise.
base::SecretText without_entities(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, char>, 6> entities{
        {{"&amp;", '&'}, {"&quot;", '"'}, {"&#39;", '\''}, {"&apos;", '\''}, {"&lt;", '<'}, {"&gt;", '>'}}};
    base::SecretBytes plain(text.size());
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto entity = std::ranges::find_if(entities, [&](const auto& one) {
            return text[i] == '&' && begins_without_case(text.substr(i), one.first);
        });
        plain.bytes()[written++] = static_cast<std::uint8_t>(entity == entities.end() ? text[i] : entity->second);
        i += entity == entities.end() ? 1 : entity->first.size();
    }
    return base::SecretText::copy_of({reinterpret_cast<const char*>(std::as_const(plain).bytes().data()), written});
}

base::SecretText text_of_utf16(std::span<const std::uint8_t> content, bool low_byte_first) {
    const auto unit = [&](std::size_t i) -> std::uint32_t {
        const std::uint32_t first = content[i];
        const std::uint32_t second = content[i + 1];
        return low_byte_first ? first | second << 8 : first << 8 | second;
    };
    base::SecretBytes text(content.size() * 3 / 2 + 4);
    std::size_t written = 0;
    for (std::size_t i = 0; i + 1 < content.size(); i += 2) {
        char32_t code = unit(i);
        if (code == 0xFEFF || code == 0) continue;
        const bool high = code >= 0xD800 && code < 0xDC00;
        const bool paired = high && i + 3 < content.size() && unit(i + 2) >= 0xDC00 && unit(i + 2) < 0xE000;
        if (paired) {
            code = 0x10000 + ((code - 0xD800) << 10) + (unit(i + 2) - 0xDC00);
            i += 2;
        } else if (code >= 0xD800 && code < 0xE000) {
            code = base::replacement_character;  // half a pair
        }
        base::Encoded character = base::encoded(code);
        std::ranges::copy(character.view(), text.bytes().data() + written);
        written += character.size;
        base::wipe(character.bytes.data(), character.size);
    }
    return base::SecretText::copy_of({reinterpret_cast<const char*>(std::as_const(text).bytes().data()), written});
}

}  // namespace

base::SecretText text_of_form(std::span<const std::uint8_t> content) {
    const auto starts = [&](std::uint8_t first, std::uint8_t second) {
        return content.size() >= 2 && content[0] == first && content[1] == second;
    };
    // What browsers give in UTF-16 begins with an ASCII character, with or without the mark before it.
    if (starts(0xFE, 0xFF)) return text_of_utf16(content, false);
    if (starts(0xFF, 0xFE) || (content.size() >= 2 && content[0] != 0 && content[1] == 0))
        return text_of_utf16(content, true);
    std::string_view text{reinterpret_cast<const char*>(content.data()), content.size()};
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    return base::SecretText::copy_of(text.substr(0, text.find('\0')));
}

std::vector<std::string> forms_to_ask(std::span<const std::string> offered) {
    std::vector<std::string> wanted;
    const auto want = [&](std::string_view form) {
        for (const std::string& name : offered)
            if (without_parameters(name) == form && std::ranges::find(wanted, name) == wanted.end())
                wanted.push_back(name);
    };
    for (const std::string_view form : picture_form_names) want(form);
    for (const Form& form : other_forms) want(form.name);
    return wanted;
}

std::optional<Dropped> DropReader::take(std::string_view form, base::SecretBytes content) {
    const std::optional<Kind> kind = kind_of(form);
    if (!kind || content.empty()) return std::nullopt;
    if (*kind == Kind::picture) return content;
    if (*kind == Kind::any_bytes) {
        if (!is_picture(std::as_const(content).bytes())) return std::nullopt;
        return content;
    }
    base::SecretText text = text_of_form(std::as_const(content).bytes());
    if (*kind == Kind::addresses) return take_addresses(text.view());
    if (*kind == Kind::html) return take_html(text.view());
    const std::string_view body = base::trimmed(text.view());
    if (body.empty()) return std::nullopt;
    const bool one_address = body.find_first_of(" \t\r\n") == std::string_view::npos;
    if (one_address && (is_web(body) || begins_without_case(body, "file:"))) return take_addresses(body);
    return base::SecretText::copy_of(body);
}

// A line each; of text/x-moz-url every other line is a title.
std::optional<Dropped> DropReader::take_addresses(std::string_view list) {
    std::vector<std::string> files = files_of_uri_list(list);
    if (!files.empty()) return files;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find_first_of("\r\n"), list.size());
        const std::string_view line = base::trimmed(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
        if (is_content(line)) return base::SecretText::copy_of(line);
        web_address_ = web_address_ || is_web(line);
    }
    return std::nullopt;
}

// The first picture or link in it that is written out.
std::optional<Dropped> DropReader::take_html(std::string_view html) {
    for (std::size_t at = html.find('='); at != std::string_view::npos; at = html.find('=', at + 1)) {
        const std::string_view before = html.substr(0, at);
        const bool wanted = before.size() >= 4 && (begins_without_case(before.substr(before.size() - 3), "src") ||
                                                   begins_without_case(before.substr(before.size() - 4), "href"));
        if (!wanted || at + 1 >= html.size()) continue;
        const char quote = html[at + 1];
        if (quote != '"' && quote != '\'') continue;
        const std::size_t end = html.find(quote, at + 2);
        if (end == std::string_view::npos) break;
        const std::string_view value = base::trimmed(html.substr(at + 2, end - at - 2));
        if (is_content(value)) return without_entities(value);
        web_address_ = web_address_ || is_web(value);
        at = end;
    }
    return std::nullopt;
}

base::Error DropReader::nothing() const {
    return base::Error{web_address_ ? errors::drop_web_address : errors::drop_unusable};
}

Dropped dropped_paths(std::span<const char* const> paths) {
    std::vector<std::string> files;
    bool web_address = false;
    for (const std::string_view path : paths) {
        if (is_content(path)) return base::SecretText::copy_of(path);
        if (!is_address(path)) files.emplace_back(path);
        web_address = web_address || is_web(path);
    }
    if (!files.empty()) return files;
    return base::Error{web_address ? errors::drop_web_address : errors::drop_unusable};
}

Dropped receive_best(std::span<const std::string> forms,
                     const std::function<Transferred(const std::string&)>& hand_over) {
    DropReader reader;
    for (const std::string& form : forms) {
        auto content = hand_over(form);
        if (auto* bytes = std::get_if<base::SecretBytes>(&content)) {
            if (auto dropped = reader.take(form, std::move(*bytes))) return *std::move(dropped);
            continue;
        }
        switch (std::get<NotTransferred>(content)) {
            case NotTransferred::no_answer: {
                return base::Error{.code = errors::drop_no_answer, .limit = silence_limit.count()};
            }
            case NotTransferred::too_large: {
                return base::Error{.code = qr::errors::file_too_large,
                                   .limit = static_cast<std::int64_t>(qr::file_bytes_max)};
            }
            case NotTransferred::refused:
            case NotTransferred::unreadable: break;  // the next form may do
        }
    }
    return reader.nothing();
}

}  // namespace tokendeck::desktop
