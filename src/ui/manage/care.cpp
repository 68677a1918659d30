// The page from which PINs are changed, codes protected, and the token locked or reset.
#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/manage/manage.hpp"
#include "words/texts.hpp"

#include <array>

namespace tokendeck::ui {
namespace {

using state::CareAction;

struct Entry {
    CareAction action;
    const char* path;
    const char* glyph;
    Key title;
    std::string about;
    Tone tone = Tone::info;
    bool warns = false;  // what it says of itself is a reason to act
    bool enabled = true;
};

std::string tries_words(const std::optional<std::uint8_t>& tries) {
    if (!tries) return std::string(text(Key::care_no_answer));
    if (*tries == 0) return std::string(text(Key::care_blocked));
    return text(Key::care_tries, {{"n", std::to_string(*tries)}});
}

std::string armed_keys(const channel::GeneralConfig& config) {
    std::string keys;
    const auto add = [&](const std::optional<std::uint8_t>& slot, Key name) {
        if (slot) keys += (keys.empty() ? "" : ", ") + std::string(text(name));
    };
    add(config.numlock, Key::care_numlock);
    add(config.capslock, Key::care_capslock);
    add(config.scrolllock, Key::care_scrolllock);
    return keys;
}

std::string lock_words(const View& view) {
    const auto& active = *view.state.active;
    if (!active.status.user_pin_held || !active.user_pin_accepted_at) return std::string(text(Key::care_lock_about));
    const auto left = *active.user_pin_accepted_at + view.state.settings.user_pin_time - view.state.now;
    const auto minutes = std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::minutes>(left).count());
    view.redraw_within(base::Milliseconds{20'000});
    return text(Key::care_lock_held, {{"n", std::to_string(minutes)}});
}

std::vector<Entry> entries_of(const View& view) {
    const auto& status = view.state.active->status;
    const bool user_blocked = status.user_tries && *status.user_tries == 0;
    const auto few = [](const std::optional<std::uint8_t>& tries) { return tries && *tries < 3; };
    std::vector<Entry> entries{
        {CareAction::user_pin, "care/user-pin", icon::user, Key::care_user_pin, tries_words(status.user_tries),
         Tone::info, few(status.user_tries), !user_blocked},
        {CareAction::admin_pin, "care/admin-pin", icon::key, Key::care_admin_pin, tries_words(status.admin_tries),
         Tone::info, few(status.admin_tries)},
        {CareAction::unblock, "care/unblock", icon::unlock, Key::care_unblock,
         std::string(text(Key::care_unblock_about)), Tone::info, user_blocked},
        {CareAction::pin_protection, "care/pin-protection", icon::shield, Key::care_protection,
         std::string(text(status.general.pin_protected_codes ? Key::care_protection_on : Key::care_protection_off))},
    };
    if (status.abilities.lock_key_slots > 0) {
        const std::string keys = armed_keys(status.general);
        entries.push_back({CareAction::lock_keys, "care/lock-keys", icon::keyboard, Key::care_lock_keys,
                           keys.empty() ? std::string(text(Key::care_lock_keys_off))
                                        : text(Key::care_lock_keys_armed, {{"keys", keys}}),
                           Tone::info, !keys.empty()});
    }
    entries.push_back({CareAction::lock, "care/lock", icon::lock, Key::care_lock, lock_words(view)});
    entries.push_back({CareAction::reset, "care/reset", icon::eraser, Key::care_reset,
                       std::string(text(Key::care_reset_about)), Tone::danger});
    return entries;
}

// What few people ever need.
std::vector<Entry> advanced_entries(const View& view) {
    const bool storage = view.state.active->status.abilities.keys_erase_slots;
    return {{CareAction::new_key, "care/new-key", icon::refresh, Key::care_new_key,
             std::string(text(storage ? Key::care_new_key_about_storage : Key::care_new_key_about)), Tone::danger}};
}

void entry_card(View& view, ImVec2 low, ImVec2 high, const Entry& entry) {
    card(view, low, high);
    const std::string both = std::string(text(entry.title)) + ": " + entry.about;
    const Press press = press_area(view, entry.path, both, low, high, entry.enabled);
    if (press.hovered || press.held) {
        fill(view.list(), {low.x + view.px(space::pixel), low.y + view.px(space::pixel)},
             {high.x - view.px(space::pixel), high.y - view.px(space::pixel)},
             press.held ? view.colour.raised : faded(view.colour.raised, 0.6F), view.px(11));
        outline(view.list(), low, high, view.colour.accent, view.px(radius::card), view.px(thickness::thin));
    }
    const float radius = view.px(18);
    emblem(view, {low.x + view.px(14) + radius, (low.y + high.y) / 2}, radius, entry.glyph,
           entry.enabled ? tone_colour(view, entry.tone) : view.colour.muted,
           entry.enabled ? tone_background(view, entry.tone) : view.colour.raised);
    const float x = low.x + view.px(62);
    const float room = high.x - x - view.px(space::gap);
    const float about_height = paragraph_height(room, Face::small, entry.about);
    const float y = low.y + (high.y - low.y - about_height - view.px(space::wide)) / 2;
    text_fit(view, {x, y}, room, Face::strong, entry.enabled ? view.colour.text : view.colour.muted, text(entry.title));
    paragraph(view, {x, y + view.px(23)}, room, Face::small, entry.warns ? view.colour.warning : view.colour.muted,
              entry.about);
    if (press.focused) focus_ring(view, low, high, view.px(radius::card));
    if (press.pressed) view.wish(state::AskCare{entry.action});
}

// Two side by side, those of a row of one height.
void draw_entries(View& view, Column& column, const std::vector<Entry>& entries) {
    const float gap = view.px(space::apart);
    const float width = std::round((column.width - gap) / 2);
    for (std::size_t i = 0; i < entries.size(); i += 2) {
        float tall = view.px(64);
        for (std::size_t j = i; j < std::min(i + 2, entries.size()); ++j)
            tall = std::max(tall, paragraph_height(width - view.px(74), Face::small, entries[j].about) + view.px(40));
        for (std::size_t j = i; j < std::min(i + 2, entries.size()); ++j) {
            const float x = j == i ? column.x : column.right() - width;
            entry_card(view, {x, column.y}, {x + width, column.y + tall}, entries[j]);
        }
        column.space(tall + gap);
    }
}

}  // namespace

void draw_care(View& view, ImVec2 low, ImVec2 high) {
    Column column = begin_area(view, "care", low, high, space::page, 14, space::page_most);
    text_at(view.list(), {column.x, column.y - view.px(space::tight)}, Face::heading, view.colour.text,
            text(Key::care_heading));
    column.space(view.px(space::group));
    if (!view.state.active) {
        column.space(view.px(space::pad));
        banner(view, column, Tone::info, text(Key::care_no_token), text(Key::care_no_token_body), "care/no-token");
        end_area(view, column, 14);
        return;
    }
    draw_token_line(view, column, "care/token");
    column.space(view.px(space::hair));
    draw_entries(view, column, entries_of(view));
    column.space(view.px(space::snug));
    text_in(view, column, Face::strong, view.colour.muted, text(Key::care_advanced));
    column.space(view.px(space::snug));
    draw_entries(view, column, advanced_entries(view));
    end_area(view, column, 6);
}

}  // namespace tokendeck::ui
