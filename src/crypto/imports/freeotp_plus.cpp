// FreeOTP+: { "tokenOrder": [ … ], "tokens": [ { "type", "algo", "counter", "digits", "period", "issuerInt",
// "issuerExt", "issuerAlt", "label", "labelAlt", "secret": bytes from -128 to 127 } ] }. "…Alt" is what the person has
// changed a name to. The counter is one behind that of an otpauth link: the program adds one when it writes a link, and
// so it is here. If the issuer is "Steam" it makes Steam codes. Source: helloworld1/FreeOTPPlus, token-data,
// legacy/Token.java.
#include "crypto/errors.hpp"
#include "crypto/imports/draft.hpp"
#include "crypto/imports/formats.hpp"

#include <limits>
#include <optional>

namespace tokendeck::crypto::imports {

namespace {

std::optional<base::SecretBytes> bytes_of(const json::Value& list) {
    constexpr std::size_t bytes_most = 4096;
    if (list.items.size() > bytes_most) return std::nullopt;
    base::SecretBytes bytes(list.items.size());
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const json::Value& one = list.items[i];
        if (one.kind != json::Value::Kind::integer || one.size > (one.negative ? 128U : 127U)) return std::nullopt;
        bytes.bytes()[i] = static_cast<std::uint8_t>(one.negative ? 256 - one.size : one.size);
    }
    return bytes;
}

Figure next_counter(const json::Value* counter) {
    if (counter != nullptr && counter->kind == json::Value::Kind::integer && counter->negative && counter->size == 1)
        return Figure::of(std::uint64_t{0});
    Figure figure = Figure::of(counter);
    if (figure.value && *figure.value < std::numeric_limits<std::uint64_t>::max()) ++*figure.value;
    return figure;
}

base::Result<channel::ReadAccount> account_of(const json::Value& entry) {
    Draft draft;
    const auto first_of = [&](std::initializer_list<const char*> names) -> const json::Value* {
        for (const char* const name : names) {
            const json::Value* const value = entry.find(name);
            if (value != nullptr && !(value->kind == json::Value::Kind::text && value->text.empty())) return value;
        }
        return nullptr;
    };
    draft.name(first_of({"issuerAlt", "issuerExt", "issuerInt"}), first_of({"labelAlt", "label"}));
    const json::Value* const issuer = entry.text_of("issuerExt");
    if (issuer != nullptr && issuer->text.view() == "Steam") draft.refuse(other_kind("Steam", {}));
    draft.kind(entry.find("type"));
    draft.algorithm(entry.find("algo"));
    draft.digits(Figure::of(entry.find("digits")));
    draft.period(Figure::of(entry.find("period")));
    draft.counter(next_counter(entry.find("counter")));
    const json::Value* const secret = entry.list("secret");
    auto bytes = secret == nullptr ? std::nullopt : bytes_of(*secret);
    if (bytes) draft.secret(std::move(*bytes));
    else draft.refuse(damaged_entry("secret"));
    return std::move(draft).done();
}

}  // namespace

Recognised read_freeotp_plus(const json::Value& root) {
    const json::Value* const list = root.list("tokens");
    if (list == nullptr || root.list("tokenOrder") == nullptr) return std::nullopt;
    Entries entries("FreeOTP+");
    for (const json::Value& entry : list->items) entries.add(account_of(entry));
    return std::move(entries).done();
}

}  // namespace tokendeck::crypto::imports
