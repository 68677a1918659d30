#include "cli/json.hpp"

#include "words/words.hpp"

#include <string>
#include <utility>

namespace tokendeck::cli {
namespace {

const char* name(channel::TokenAccess access) {
    switch (access) {
        case channel::TokenAccess::openable: return "openable";
        case channel::TokenAccess::no_permission: return "no_permission";
        case channel::TokenAccess::not_served: return "not_served";
        case channel::TokenAccess::boot_loader: return "boot_loader";
    }
    return "";
}

Json text_or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(utf8(text));
}

Json in_use(const std::vector<otp::SlotSummary>& slots, otp::OtpKind kind) {
    std::size_t used = 0, total = 0;
    for (const auto& slot : slots) {
        const auto* numbered = std::get_if<otp::NumberedSlot>(&slot.id);
        if (numbered == nullptr || numbered->kind != kind) continue;
        ++total;
        if (otp::occupied(slot)) ++used;
    }
    Json object;
    object["used"] = used;
    object["total"] = total;
    return object;
}

Json lock_key(const std::optional<std::uint8_t>& slot) {
    return slot ? Json("hotp:" + std::to_string(*slot)) : Json(nullptr);
}

Json json_of(const channel::VolumeState& volume) {
    Json object;
    object["active"] = volume.active;
    object["read_only"] = volume.read_only;
    return object;
}

}  // namespace

Json json_of(const channel::TokenInfo& token) {
    Json object;
    object["key"] = utf8(token.key);
    object["model"] = token.model;
    object["title"] = token.title;
    object["usb_serial"] = utf8(token.usb_serial);
    object["card_serial"] = text_or_null(token.card_serial);
    object["via"] = token.via;
    object["simulated"] = token.simulated;
    object["access"] = name(token.access);
    object["node"] = text_or_null(token.node);
    return object;
}

Json json_of(const otp::SlotSummary& slot) {
    const bool known = otp::occupied(slot), readable = known && slot.state != otp::SlotState::unreadable;
    const auto* numbered = std::get_if<otp::NumberedSlot>(&slot.id);
    const otp::OtpParameters& p = slot.parameters;
    const otp::OtpKind kind = numbered ? numbered->kind : p.kind;
    Json object;
    object["slot"] = otp::text(slot.id);
    object["state"] = otp::name(slot.state);
    if (known) {
        put_name(object, "name", slot.name);
    } else {
        object["name"] = nullptr;
        object["name_hex"] = nullptr;
    }
    object["kind"] = otp::name(kind);
    object["algorithm"] = known ? Json(otp::name(p.algorithm)) : Json(nullptr);
    object["digits"] = readable ? Json(p.digits) : Json(nullptr);
    object["period"] = readable && kind == otp::OtpKind::totp ? Json(p.period) : Json(nullptr);
    object["counter"] = readable && kind == otp::OtpKind::hotp ? Json(p.counter) : Json(nullptr);
    return object;
}

Json slots_in_use(const std::vector<otp::SlotSummary>& slots) {
    Json object;
    object["hotp"] = in_use(slots, otp::OtpKind::hotp);
    object["totp"] = in_use(slots, otp::OtpKind::totp);
    return object;
}

Json limits_json(const channel::TokenStatus& status) {
    Json object;
    object["secret_bytes"] = status.limits.secret_bytes_max;
    object["name_bytes"] = status.limits.name_bytes_max;
    object["counter"] = status.limits.counter_max;
    object["period"] = status.limits.period_max;
    return object;
}

Json known_faults_json(const channel::TokenStatus& status) {
    Json array = Json::array();
    for (const std::string& quirk : status.quirks) {
        Json fault;
        fault["number"] = quirk;
        fault["text"] = utf8(words::describe_quirk(quirk));
        array.push_back(std::move(fault));
    }
    return array;
}

void put_settings(Json& object, const channel::TokenStatus& status) {
    const channel::GeneralConfig& config = status.general;
    const bool honoured = status.abilities.lock_key_slots > 0;
    object["pin_protection"] = status.pin_protected_codes;
    object["lock_keys_honoured"] = honoured;
    object["numlock"] = honoured ? lock_key(config.numlock) : Json(nullptr);
    object["capslock"] = honoured ? lock_key(config.capslock) : Json(nullptr);
    object["scrolllock"] = honoured ? lock_key(config.scrolllock) : Json(nullptr);
}

Json storage_json(const channel::TokenStatus& status, Told told) {
    if (!status.storage) return nullptr;
    const channel::StorageStatus& storage = *status.storage;
    Json object;
    object["unencrypted"] = json_of(storage.unencrypted);
    object["encrypted"] = json_of(storage.encrypted);
    if (told == Told::all) {
        object["hidden"] = json_of(storage.hidden);
        object["sd_card_serial"] = storage.sd_card_serial;
        object["new_sd_card"] = storage.new_sd_card;
        object["filled_with_random"] = storage.filled_with_random;
    }
    object["keys_initialised"] = storage.keys_initialised;
    object["firmware_locked"] = storage.firmware_locked;
    object["development_build"] = storage.development_build;
    object["smart_card_in_use"] = storage.card_in_use ? Json(*storage.card_in_use) : Json(nullptr);
    return object;
}

Json number_or_null(const std::optional<std::uint8_t>& number) {
    return number ? Json(*number) : Json(nullptr);
}

Json result_json(const char* result, const otp::SlotSummary& slot) {
    Json object;
    object["result"] = result;
    object.update(json_of(slot));
    return object;
}

void put_counters(Json& object, const otp::SlotSummary& slot, std::optional<std::uint64_t> of_code) {
    Json next = object["counter"];
    object["next_counter"] = std::move(next);
    object["counter"] = of_code && slot.parameters.kind == otp::OtpKind::hotp ? Json(*of_code) : Json(nullptr);
}

}  // namespace tokendeck::cli
