// What the token in use is, what its firmware means, its clock, a Storage's card and volumes.
#include "state/diagnostics.hpp"
#include "ui/diagnostics/parts.hpp"
#include "ui/kit/slot_words.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

#include <algorithm>

namespace tokendeck::ui::diagnostics {
namespace {

// The settings as this firmware honours them; what it only stores is named as that.
std::string config_words(const View& view) {
    const auto& status = view.state.active->status;
    std::string words(text(status.pin_protected_codes ? Key::diag_config_pin : Key::diag_config_no_pin));
    const auto& general = status.general;
    const auto add = [&](const std::optional<std::uint8_t>& slot, Key key) {
        if (slot) words += "\n" + text(key, {{"n", number(*slot)}});
    };
    add(general.numlock, Key::diag_config_numlock);
    add(general.capslock, Key::diag_config_capslock);
    add(general.scrolllock, Key::diag_config_scrolllock);
    if (status.abilities.lock_key_slots == 0) {
        const bool stored =
            std::any_of(status.config.begin(), status.config.begin() + 3, [](std::uint8_t byte) { return byte < 3; });
        if (stored) words += "\n" + std::string(text(Key::diag_config_ignored));
    } else if (!general.numlock && !general.capslock && !general.scrolllock) {
        words += "\n" + std::string(text(Key::diag_config_no_keys));
    }
    return words;
}

std::string volume_words(const channel::VolumeState& volume) {
    if (!volume.active) return std::string(text(Key::diag_volume_closed));
    return std::string(text(volume.read_only ? Key::diag_volume_open_ro : Key::diag_volume_open_rw));
}

std::vector<Row> storage_rows(const channel::StorageStatus& storage) {
    std::string card = storage.sd_card_serial;
    const auto also = [](std::string& words, Key key) {
        words += (words.empty() ? "" : "\n") + std::string(text(key));
    };
    if (storage.new_sd_card) also(card, Key::diag_sd_new);
    else also(card, storage.filled_with_random ? Key::diag_sd_filled : Key::diag_sd_not_filled);
    std::string firmware(text(storage.firmware_locked ? Key::diag_locked : Key::diag_not_locked));
    if (storage.development_build) also(firmware, Key::diag_development);
    return {
        {text(Key::diag_unencrypted), volume_words(storage.unencrypted)},
        {text(Key::diag_encrypted), volume_words(storage.encrypted)},
        {text(Key::diag_hidden), volume_words(storage.hidden)},
        {text(Key::diag_sd), card},
        {text(Key::diag_keys),
         std::string(text(storage.keys_initialised ? Key::diag_keys_made : Key::diag_keys_missing))},
        {text(Key::diag_card_use), std::string(text(!storage.card_in_use   ? Key::diag_card_unknown
                                                    : *storage.card_in_use ? Key::diag_card_busy
                                                                           : Key::diag_card_free))},
        {text(Key::diag_lock), firmware},
        {{}, std::string(text(Key::diag_storage_left))},
    };
}

// The firmware beside the newest one known.
std::vector<Row> news_rows(const channel::TokenStatus& status) {
    using Kind = state::diagnostics::FirmwareNews::Kind;
    const state::diagnostics::FirmwareNews news = state::diagnostics::firmware_news(status);
    const std::string newest = "0." + number(news.minor);
    const auto told = [&](Key key) { return text(key, {{"newest", newest}, {"noted", news.noted}}); };
    switch (news.kind) {
        case Kind::unknown: return {{text(Key::diag_newest), std::string(text(Key::diag_newest_unknown))}};
        case Kind::newest: return {{text(Key::diag_newest), told(Key::diag_newest_is)}};
        case Kind::ahead: return {{text(Key::diag_newest), told(Key::diag_newest_ahead)}};
        case Kind::older: break;
    }
    const auto also = [](std::string& words, const std::string& more) { words += (words.empty() ? "" : "\n") + more; };
    std::string brings;
    if (news.secret_bytes > 0) also(brings, text(Key::diag_brings_secret, {{"n", number(news.secret_bytes)}}));
    if (news.edit) also(brings, std::string(text(Key::diag_brings_edit)));
    if (news.pin_lasts) also(brings, std::string(text(Key::diag_brings_pin)));
    if (news.faults_fewer > 0) also(brings, text(Key::diag_brings_faults, {{"n", number(news.faults_fewer)}}));
    if (brings.empty()) brings = text(Key::diag_brings_nothing);
    std::string takes;
    if (news.lock_keys_lost) also(takes, std::string(text(Key::diag_takes_keys)));
    if (news.totp_slots_lost > 0) also(takes, text(Key::diag_takes_slots, {{"n", number(news.totp_slots_lost)}}));
    std::vector<Row> rows{{text(Key::diag_newest), told(Key::diag_newest_older)}, {text(Key::diag_brings), brings}};
    if (!takes.empty()) rows.emplace_back(text(Key::diag_takes), takes);
    return rows;
}

std::vector<Row> token_rows(const View& view) {
    const auto& token = *view.state.active;
    const auto& status = token.status;
    std::size_t used = 0;
    for (const auto& slot : token.slots) used += otp::occupied(slot) ? 1 : 0;
    const auto tries = [](const std::optional<std::uint8_t>& left) {
        return left ? text(Key::diag_tries, {{"n", number(*left)}}) : std::string(text(Key::diag_no_answer));
    };
    return {
        {text(Key::diag_model),
         status.info.title + (status.info.simulated ? " (" + std::string(text(Key::simulated)) + ")" : std::string())},
        {text(Key::diag_firmware), number(status.firmware_major) + "." + number(status.firmware_minor)},
        {text(Key::diag_card),
         status.card_serial.empty() ? std::string(text(Key::diag_no_answer)) : status.card_serial},
        {text(Key::diag_usb),
         status.info.usb_serial.empty() ? std::string(text(Key::diag_none)) : status.info.usb_serial},
        {text(Key::diag_via), (status.info.simulated ? std::string(text(Key::simulated)) : status.info.via) +
                                  (status.info.node.empty() ? "" : " (" + status.info.node + ")")},
        {text(Key::diag_admin_tries), tries(status.admin_tries)},
        {text(Key::diag_user_tries), tries(status.user_tries)},
        {text(Key::diag_slots),
         text(Key::diag_slots_value, {{"used", number(used)}, {"free", number(token.slots.size() - used)}})},
        {text(Key::diag_config), config_words(view)},
    };
}

std::vector<Row> limit_rows(const View& view) {
    const otp::TokenLimits& limits = view.state.active->status.limits;
    const channel::Abilities& abilities = view.state.active->status.abilities;
    std::string algorithms = "SHA1";
    if (limits.sha256) algorithms += ", SHA256";
    if (limits.sha512) algorithms += ", SHA512";
    std::string digits;
    for (std::uint32_t n = limits.digits_min; n <= limits.digits_max; ++n)
        if (n != 7 || limits.seven_digits) digits += (digits.empty() ? "" : ", ") + number(n);
    std::vector<Row> rows = news_rows(view.state.active->status);
    const std::vector<Row> held{
        {text(Key::diag_places),
         text(Key::diag_places_value, {{"totp", number(limits.totp_slots)}, {"hotp", number(limits.hotp_slots)}})},
        {text(Key::diag_algorithms), algorithms},
        {text(Key::diag_digits), digits},
        {text(Key::diag_secret), text(Key::diag_bytes_at_most, {{"n", number(limits.secret_bytes_max)}})},
        {text(Key::diag_name), text(Key::diag_bytes_at_most, {{"n", number(limits.name_bytes_max)}})},
        {text(Key::diag_period), text(Key::diag_seconds_at_most, {{"n", number(limits.period_max)}})},
        {text(Key::diag_edit), std::string(text(abilities.edit ? Key::diag_edit_yes : Key::diag_edit_no))},
        {text(Key::diag_lock_keys), abilities.lock_key_slots > 0
                                        ? text(Key::diag_lock_keys_yes, {{"n", number(abilities.lock_key_slots)}})
                                        : std::string(text(Key::diag_lock_keys_no))},
        {text(Key::diag_new_pin), text(Key::diag_new_pin_value, {{"n", number(abilities.pin_max)}})},
    };
    rows.insert(rows.end(), held.begin(), held.end());
    return rows;
}

std::string synchronised_words(const std::optional<channel::ComputerClock>& clock) {
    if (!clock || !clock->synchronised) return std::string(text(Key::diag_sync_untold));
    if (!*clock->synchronised) return std::string(text(Key::diag_sync_no));
    if (!clock->max_error) return std::string(text(Key::diag_sync_yes));
    return text(Key::diag_sync_within, {{"n", tenths(state::diagnostics::milliseconds(*clock->max_error))}});
}

std::vector<Row> clock_rows(const View& view) {
    const auto& token = *view.state.active;
    std::vector<Row> rows{{text(Key::diag_computer_time), utc(view.state.unix_now)},
                          {text(Key::diag_sync), synchronised_words(view.state.diagnostics.computer_clock)}};
    if (!token.clock_set_at) {
        rows.emplace_back(text(Key::diag_clock), std::string(text(Key::diag_clock_unset)));
        return rows;
    }
    const auto age = static_cast<double>(view.state.unix_now.milliseconds - token.clock_set_at->milliseconds) / 1000.0;
    rows.emplace_back(text(Key::diag_clock_set),
                      age < 0 ? utc(*token.clock_set_at)
                              : text(Key::diag_set_ago, {{"time", utc(*token.clock_set_at)}, {"ago", roughly(age)}}));
    const auto bounds = state::diagnostics::clock_bounds(view.state);
    rows.emplace_back(text(Key::diag_token_clock),
                      bounds ? text(Key::diag_token_clock_bounds, {{"behind", tenths(bounds->behind / 1000)},
                                                                   {"ahead", tenths(bounds->ahead / 1000)}})
                             : std::string(text(Key::diag_token_clock_unknown)));
    return rows;
}

// What the owner of such a token should know, one line each.
void known_faults(View& view, Column& column) {
    std::vector<std::pair<std::string, std::string_view>> told;
    for (const std::string& fault : view.state.active->status.quirks)
        if (const std::string_view words = describe_quirk(fault); !words.empty()) told.emplace_back(fault, words);
    if (told.empty()) return;
    const float gap = view.px(space::tight + 2);
    float label_width = 0;
    for (const auto& [fault, words] : told) label_width = std::max(label_width, measure(Face::small, fault).x);
    label_width += view.px(space::gap);
    const float width = column.width - 2 * view.px(space::pad) - label_width;
    const float lower = std::round((height(Face::body) - height(Face::small)) * 0.75F);
    float inner = -gap;
    for (const auto& [fault, words] : told) inner += paragraph_height(width, Face::body, words) + gap;
    column.space(view.px(space::gap));
    ImVec2 at = titled_card(view, {column.x, column.y}, column.width, text(Key::diag_quirks), inner);
    for (const auto& [fault, words] : told) {
        text_at(view.list(), {at.x, at.y + lower}, Face::small, view.colour.muted, fault);
        const float taken = paragraph(view, {at.x + label_width, at.y}, width, Face::body, view.colour.text, words);
        note_item(view, "diagnostics/fault/" + fault, words, at, {at.x + label_width + width, at.y + taken}, true,
                  false);
        at.y += taken + gap;
    }
    column.space(inner + card_frame(view));
}

}  // namespace

void draw_token(View& view, Column& column) {
    const float gap = view.px(space::gap);
    const bool two = column.width >= view.px(wide_from::cards_beside);
    const float width = two ? std::round((column.width - gap) / 2) : column.width;
    // Each card goes below the one before, or where two columns are, into the shorter one.
    float left = column.y;
    float right = two ? column.y : -1;
    const auto place = [&](std::string_view title, const std::vector<Row>& rows, const std::string& path) {
        const bool to_right = two && right < left;
        float& y = to_right ? right : left;
        y = facts_card(view, {to_right ? column.x + width + gap : column.x, y}, width, title, rows, path) + gap;
    };
    place(text(Key::diag_token), token_rows(view), "diagnostics/token");
    place(text(Key::diag_can), limit_rows(view), "diagnostics/limits");
    const auto& storage = view.state.active->status.storage;
    if (storage) place(text(Key::diag_storage), storage_rows(*storage), "diagnostics/storage");
    place(text(Key::diag_clocks), clock_rows(view), "diagnostics/clock");
    column.y = std::max(left, right) - gap;
    known_faults(view, column);
}

}  // namespace tokendeck::ui::diagnostics
