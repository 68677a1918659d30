// `devices`, `status` and `list`: looking, without any PIN.
#include "base/filled.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"
#include "state/diagnostics.hpp"
#include "words/words.hpp"

#include <algorithm>

namespace tokendeck::cli {
namespace {

const char* name(channel::TokenAccess access) {
    switch (access) {
        case channel::TokenAccess::openable: return "openable";
        case channel::TokenAccess::no_permission: return "no permission";
        case channel::TokenAccess::not_served: return "not served";
        case channel::TokenAccess::boot_loader: return "boot loader";
    }
    return "";
}

std::string access_text(const channel::TokenInfo& token) {
    std::string text = name(token.access);
    if (token.access == channel::TokenAccess::no_permission && !token.node.empty()) text += ": " + token.node;
    return text;
}

struct Usage {
    std::size_t used = 0, total = 0;
};

Usage usage_of(const std::vector<otp::SlotSummary>& slots, otp::OtpKind kind) {
    Usage usage;
    for (const auto& slot : slots) {
        const auto* numbered = std::get_if<otp::NumberedSlot>(&slot.id);
        if (numbered == nullptr || numbered->kind != kind) continue;
        ++usage.total;
        if (otp::occupied(slot)) ++usage.used;
    }
    return usage;
}

std::string text(Usage usage) {
    return std::to_string(usage.used) + " of " + std::to_string(usage.total) + " in use";
}

std::string text(std::optional<std::uint8_t> tries) {
    if (!tries) return "unknown: the smart card does not answer";
    return std::to_string(*tries) + (*tries == 0 ? " (blocked)" : "");
}

// The lock keys that type a HOTP code when pressed twice; only what this firmware does.
std::vector<std::pair<const char*, std::optional<std::uint8_t>>> lock_keys(const channel::TokenStatus& status) {
    const channel::GeneralConfig& config = status.general;
    return {{"num_lock", config.numlock}, {"caps_lock", config.capslock}, {"scroll_lock", config.scrolllock}};
}

std::string double_press_text(const channel::TokenStatus& status) {
    if (status.abilities.lock_key_slots == 0) return "this firmware does not type codes";
    std::string out;
    for (const auto& [key, slot] : lock_keys(status)) {
        if (!slot) continue;
        std::string words = key;
        std::replace(words.begin(), words.end(), '_', ' ');
        out += (out.empty() ? "" : ", ") + words + " types hotp:" + std::to_string(*slot);
    }
    return out.empty() ? "off" : out;
}

std::string text(const channel::VolumeState& volume) {
    return std::string(volume.active ? "active" : "not active") + (volume.read_only ? ", read-only" : "");
}

void add(Facts& facts, const channel::StorageStatus& storage) {
    facts.add("unencrypted volume", text(storage.unencrypted));
    facts.add("encrypted volume", text(storage.encrypted));
    facts.add("hidden volume", text(storage.hidden));
    facts.add("SD card",
              storage.sd_card_serial + (storage.new_sd_card ? ", new" : "") +
                  (storage.filled_with_random ? ", filled with random data" : ", not filled with random data"));
    facts.add("keys", storage.keys_initialised ? "made" : "not made: volumes and password safe do not work yet");
    if (storage.firmware_locked) facts.add("firmware", "locked");
    if (storage.development_build) facts.add("build", "a development build");
    if (storage.card_in_use) facts.add("smart card", *storage.card_in_use ? "in use by another program" : "not in use");
}

// The newest firmware known, where the token has a newer one.
std::optional<std::string> newer_than_known(const channel::TokenStatus& status) {
    const auto news = state::diagnostics::firmware_news(status);
    if (news.kind != state::diagnostics::FirmwareNews::Kind::ahead) return std::nullopt;
    return "0." + std::to_string(news.minor);
}

void print_status_json(CommandContext& context, const OpenedToken& token) {
    const channel::TokenStatus& status = token.status;
    Json object = json_of(status.info);
    object["firmware"] = std::to_string(status.firmware_major) + "." + std::to_string(status.firmware_minor);
    object["newer_than_known"] = newer_than_known(status).has_value();
    object["card_serial"] = status.card_serial.empty() ? Json(nullptr) : Json(status.card_serial);
    object["user_tries"] = number_or_null(status.user_tries);
    object["admin_tries"] = number_or_null(status.admin_tries);
    object["slots"] = slots_in_use(token.slots);
    put_settings(object, status);
    object["clock"] = nullptr;  // no command reads it
    object["limits"] = limits_json(status);
    object["can_edit"] = status.abilities.edit;
    object["storage"] = storage_json(status, Told::all);
    object["known_faults"] = known_faults_json(status);
    context.out.json(object);
}

void print_status_text(CommandContext& context, const OpenedToken& token) {
    const channel::TokenStatus& status = token.status;
    Facts facts;
    facts.add("token", status.info.title + (status.info.simulated ? " (simulated)" : ""));
    facts.add("model", status.info.model);
    std::string firmware = std::to_string(status.firmware_major) + "." + std::to_string(status.firmware_minor);
    if (const auto newest = newer_than_known(status))
        firmware += ", newer than " + *newest + ", the newest known; served as that";
    facts.add("firmware", firmware);
    facts.add("card serial",
              status.card_serial.empty() ? "unknown: the smart card did not answer" : status.card_serial);
    facts.add("USB serial", status.info.usb_serial.empty() ? "none" : status.info.usb_serial);
    facts.add("via", status.info.via);
    facts.add("key", status.info.key);
    facts.add("user PIN tries left", text(status.user_tries));
    facts.add("admin PIN tries left", text(status.admin_tries));
    facts.add("HOTP slots", text(usage_of(token.slots, otp::OtpKind::hotp)));
    facts.add("TOTP slots", text(usage_of(token.slots, otp::OtpKind::totp)));
    facts.add("codes", status.pin_protected_codes ? "need the user PIN" : "need no PIN");
    facts.add("double press", double_press_text(status));
    facts.add("clock", "cannot be read; it is set before a code is asked for");
    facts.add("secrets up to", base::counted("{n} {n|byte|bytes}", status.limits.secret_bytes_max));
    if (status.storage) add(facts, *status.storage);
    context.out.text(facts.text());
    for (const std::string& quirk : status.quirks)
        context.out.line("known fault: " + printable(words::describe_quirk(quirk)) + " (" + quirk + ")");
}

std::vector<std::string> cells_of(const otp::SlotSummary& slot) {
    if (!otp::occupied(slot)) return {utf8(otp::text(slot.id)), "", "", "", "", otp::name(slot.state)};
    const otp::OtpParameters& p = slot.parameters;
    if (slot.state == otp::SlotState::unreadable)
        return {otp::text(slot.id), slot.name, otp::name(p.kind), "?", "?", otp::name(slot.state)};
    return {otp::text(slot.id),
            slot.name,
            otp::name(p.kind),
            std::to_string(p.digits),
            p.kind == otp::OtpKind::totp ? std::to_string(p.period) + " s" : "counter " + std::to_string(p.counter),
            otp::name(slot.state)};
}

}  // namespace

Exit run_devices(CommandContext& context) {
    auto tokens = context.tokens();
    if (!tokens) return CommandContext::fail(tokens.failure());

    if (context.options.json) {
        Json array = Json::array();
        for (const auto& token : tokens.value()) array.push_back(json_of(token));
        context.out.json(array);
    } else if (!tokens.value().empty()) {
        Table table({"TOKEN", "MODEL", "CARD SERIAL", "VIA", "ACCESS", "KEY"});
        for (const auto& token : tokens.value())
            table.add({token.title + (token.simulated ? " (simulated)" : ""), token.model, token.card_serial, token.via,
                       access_text(token), token.key});
        context.out.text(table.text());
    }
    if (tokens.value().empty()) return CommandContext::fail(no_token());

    const auto any = [&](channel::TokenAccess access) {
        return std::any_of(tokens.value().begin(), tokens.value().end(),
                           [&](const channel::TokenInfo& token) { return token.access == access; });
    };
    if (any(channel::TokenAccess::no_permission))
        write_error(
            "There is a token that you are not allowed to open. `tokendeck doctor` says why, and which command fixes "
            "it.");
    if (any(channel::TokenAccess::boot_loader))
        write_error("A token is in its boot loader. Unplug it and plug it in again; `tokendeck doctor` says more.");
    if (any(channel::TokenAccess::not_served))
        write_error("There is a token whose protocol tokendeck does not speak. It is left alone.");
    return Exit::done;
}

Exit run_status(CommandContext& context) {
    auto token = context.open_token();
    if (!token) return CommandContext::fail(token.failure());
    if (context.options.json) print_status_json(context, token.value());
    else print_status_text(context, token.value());
    return Exit::done;
}

Exit run_list(CommandContext& context) {
    auto token = context.open_token();
    if (!token) return CommandContext::fail(token.failure());
    const auto& slots = token.value().slots;

    if (context.options.json) {
        Json array = Json::array();
        for (const auto& slot : slots) array.push_back(json_of(slot));
        context.out.json(array);
        return Exit::done;
    }
    if (!context.options.all && std::none_of(slots.begin(), slots.end(), otp::occupied)) {
        context.out.line("No slot is in use. `tokendeck add` puts an account on the token.");
        return Exit::done;
    }
    Table table({"SLOT", "NAME", "KIND", "DIGITS", "PERIOD", "STATE"});
    for (const auto& slot : slots)
        if (context.options.all || otp::occupied(slot)) table.add(cells_of(slot));
    context.out.text(table.text());
    return Exit::done;
}

}  // namespace tokendeck::cli
