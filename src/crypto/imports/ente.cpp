// Ente Auth: a text with an otpauth link a line. Its parameter "codeDisplay" is JSON: { "pinned", "trashed", … }. A
// '+' in the query is a space: that is how the program encodes it. Encrypted: { "version", "kdfParams",
// "encryptedData", "encryptionNonce" }. Source: ente-io/ente, mobile/apps/auth/lib/models (code.dart,
// code_display.dart) and docs/docs/auth/migration/export.md.
#include "base/ascii.hpp"
#include "crypto/errors.hpp"
#include "crypto/imports/draft.hpp"
#include "crypto/imports/formats.hpp"

#include <algorithm>

namespace tokendeck::crypto::imports {

namespace {

constexpr std::string_view scheme = "otpauth://";
constexpr std::string_view parameter_name = "codeDisplay=";

// What stands before `mark`; it is cut off together with the mark.
std::string_view take_until(std::string_view& text, char mark) {
    const std::size_t at = std::min(text.find(mark), text.size());
    const std::string_view head = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return head;
}

base::SecretText decoded(std::string_view text, bool plus_is_space) {
    base::SecretText plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && base::hex_value(text[i + 1]) >= 0 &&
                            base::hex_value(text[i + 2]) >= 0;
        if (escape) {
            plain.push_back(static_cast<char>(base::hex_value(text[i + 1]) * 16 + base::hex_value(text[i + 2])));
            i += 2;
        } else {
            plain.push_back(text[i] == '+' && plus_is_space ? ' ' : text[i]);
        }
    }
    return plain;
}

bool is_trashed(std::string_view encoded) {
    // A comma is encoded twice in the export.
    base::SecretText plain = decoded(encoded, true);
    auto display = json::parse(plain.view());
    if (!display) display = json::parse(decoded(plain.view(), false).view());
    return display && display.value().is_true("trashed");
}

void add_line(std::string_view line, Entries& entries) {
    constexpr std::size_t line_most = 16384;  // a note of the person is in it
    if (!base::begins_without_case(line, scheme) || line.size() > line_most) return entries.add(damaged_entry("link"));
    const bool entes = line.find(parameter_name) != std::string_view::npos;
    std::string_view rest = line;
    auto link = base::SecretText::copy_of(take_until(rest, '?'));
    bool trashed = false;
    char mark = '?';
    while (!rest.empty()) {
        const std::string_view parameter = take_until(rest, '&');
        if (parameter.starts_with(parameter_name)) {
            trashed = trashed || is_trashed(parameter.substr(parameter_name.size()));
            continue;
        }
        link.push_back(mark);
        mark = '&';
        for (const char c : parameter) {
            if (c == '+' && entes) link.append("%20");
            else link.push_back(c);
        }
    }
    // For the title of one that is refused: issuer and account stand in the label.
    std::string_view label = line.substr(scheme.size(), line.find('?') - scheme.size());
    label.remove_prefix(std::min(label.find('/') + 1, label.size()));
    auto account = read_link(link.view(), {}, decoded(label, false).view());
    if (trashed) entries.add_trashed(std::move(account));
    else entries.add(std::move(account));
}

}  // namespace

bool is_ente_text(std::string_view content) {
    return base::begins_without_case(base::trimmed(content), scheme) &&
           content.find(parameter_name) != std::string_view::npos;
}

base::Result<Import> read_ente_text(std::string_view content) {
    Entries entries("Ente Auth");
    while (!content.empty()) {
        const std::string_view line = base::trimmed(take_until(content, '\n'));
        if (!line.empty()) add_line(line, entries);
    }
    return std::move(entries).done();
}

Recognised read_ente(const json::Value& root) {
    if (root.object("kdfParams") == nullptr || root.text_of("encryptedData") == nullptr) return std::nullopt;
    return base::Error{errors::import_encrypted_ente};
}

}  // namespace tokendeck::crypto::imports
