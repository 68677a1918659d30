// andOTP: [ { "secret", "issuer", "label", "digits", "type", "algorithm", "period" or "counter", "tags", … } ]. Before
// there was "issuer", the label was "issuer - account". What is left out: TOTP, SHA1, 6 digits, 30 seconds. Encrypted:
// a big-endian number of rounds from 140,000 to 160,000, 12 bytes of salt, AES-GCM; or an OpenPGP message. Source:
// andOTP/andOTP, Database/Entry.java; the numbers of rounds as paolostivanin/OTPClient checks them.
#include "base/ascii.hpp"
#include "crypto/errors.hpp"
#include "crypto/imports/draft.hpp"
#include "crypto/imports/formats.hpp"

#include <cstdint>

namespace tokendeck::crypto::imports {

namespace {

base::Result<channel::ReadAccount> account_of(const json::Value& entry) {
    Draft draft;
    const json::Value* const label = entry.text_of("label");
    constexpr std::string_view between = " - ";
    const std::size_t at =
        label == nullptr || entry.find("issuer") != nullptr ? std::string_view::npos : label->text.view().find(between);
    if (at == std::string_view::npos) draft.name(entry.find("issuer"), entry.find("label"));
    else draft.name(label->text.view().substr(0, at), label->text.view().substr(at + between.size()));
    draft.kind(entry.find("type"));
    draft.algorithm(entry.find("algorithm"));
    draft.digits(Figure::of(entry.find("digits")));
    draft.period(Figure::of(entry.find("period")));
    draft.counter(Figure::of(entry.find("counter")));
    draft.base32(entry.find("secret"));
    return std::move(draft).done();
}

}  // namespace

bool is_encrypted_andotp(std::string_view content) {
    if (content.starts_with("-----BEGIN PGP MESSAGE-----")) return true;
    constexpr std::size_t least = 4 + 12 + 12 + 16;
    constexpr std::uint32_t rounds_least = 140'000;
    constexpr std::uint32_t rounds_most = 160'000;
    if (content.size() < least) return false;
    std::uint32_t rounds = 0;
    for (const char c : content.substr(0, 4)) rounds = rounds << 8 | static_cast<unsigned char>(c);
    return rounds >= rounds_least && rounds <= rounds_most;
}

Recognised read_andotp(const json::Value& root) {
    if (root.kind != json::Value::Kind::list || root.items.empty()) return std::nullopt;
    const json::Value& first = root.items.front();
    if (first.find("secret") == nullptr || first.find("label") == nullptr) return std::nullopt;
    Entries entries("andOTP");
    for (const json::Value& entry : root.items) entries.add(account_of(entry));
    return std::move(entries).done();
}

}  // namespace tokendeck::crypto::imports
