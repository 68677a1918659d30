// One thing done to the token: what it really means first, then the PINs, then what came of it.
#include "ui/kit/dialog_parts.hpp"
#include "ui/kit/pin_panel.hpp"
#include "ui/kit/slot_words.hpp"
#include "ui/manage/manage.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

#include <algorithm>
#include <array>

namespace tokendeck::ui {
namespace {

using state::CareAction;
using state::CareStep;

struct CareLook {
    const char* glyph;
    Tone tone;
    Key confirm;
    Key busy;
    Key said;       // the heading when it is done: what is so now
    Key said_body;  // below it
};

CareLook care_look(const state::CareDialog& dialog) {
    switch (dialog.action) {
        case CareAction::user_pin:
            return {icon::user,
                    Tone::info,
                    Key::care_confirm_pin,
                    Key::care_busy_pin,
                    Key::care_said_user_pin,
                    Key::care_said_pin_body};
        case CareAction::admin_pin:
            return {icon::key,
                    Tone::info,
                    Key::care_confirm_pin,
                    Key::care_busy_pin,
                    Key::care_said_admin_pin,
                    Key::care_said_pin_body};
        case CareAction::unblock:
            return {icon::unlock,
                    Tone::info,
                    Key::care_confirm_unblock,
                    Key::care_busy_pin,
                    Key::care_said_unblock,
                    Key::care_said_pin_body};
        case CareAction::pin_protection: {
            const bool on = dialog.config.pin_protected_codes;
            return {icon::shield,
                    Tone::info,
                    on ? Key::care_confirm_on : Key::care_confirm_off,
                    Key::care_busy_config,
                    on ? Key::care_said_protected : Key::care_said_unprotected,
                    Key::care_said_config_body};
        }
        case CareAction::lock_keys:
            return {icon::keyboard,           Tone::warning,
                    Key::care_confirm_config, Key::care_busy_config,
                    Key::care_said_lock_keys, Key::care_said_config_body};
        case CareAction::lock:
            return {icon::lock,          Tone::info,          Key::care_confirm_lock,
                    Key::care_busy_lock, Key::care_said_lock, Key::care_said_lock_body};
        case CareAction::new_key:
            return {icon::refresh,          Tone::danger,           Key::care_confirm_new_key,
                    Key::care_busy_new_key, Key::care_said_new_key, Key::care_said_new_key_body};
        case CareAction::reset:
            return {icon::eraser,         Tone::danger,         Key::care_confirm_reset,
                    Key::care_busy_reset, Key::care_said_reset, Key::care_said_reset_body};
    }
    return {icon::wrench, Tone::info, Key::close, Key::close, Key::close, Key::close};
}

bool is_storage(const View& view) {
    return view.state.active && view.state.active->status.abilities.keys_erase_slots;
}

std::string minutes_of(const View& view) {
    return std::to_string(std::chrono::duration_cast<std::chrono::minutes>(view.state.settings.user_pin_time).count());
}

Key heading_of(const state::CareDialog& dialog) {
    switch (dialog.action) {
        case CareAction::user_pin: return Key::care_ask_user_pin;
        case CareAction::admin_pin: return Key::care_ask_admin_pin;
        case CareAction::unblock: return Key::care_ask_unblock;
        case CareAction::pin_protection:
            return dialog.config.pin_protected_codes ? Key::care_ask_protect : Key::care_ask_unprotect;
        case CareAction::lock_keys: return Key::care_ask_lock_keys;
        case CareAction::lock: return Key::care_ask_lock;
        case CareAction::new_key: return Key::care_ask_new_key;
        case CareAction::reset: return Key::care_ask_reset;
    }
    return Key::care_heading;
}

// What it means, above the PINs, for what destroys nothing.
std::string meaning_of(const View& view, const state::CareDialog& dialog) {
    const auto& status = view.state.active->status;
    switch (dialog.action) {
        case CareAction::user_pin: return std::string(text(Key::care_say_user_pin));
        case CareAction::admin_pin: return std::string(text(Key::care_say_admin_pin));
        case CareAction::unblock:
            if (!status.user_tries || *status.user_tries == 0) return std::string(text(Key::care_say_unblock));
            return text(Key::care_say_unblock_early, {{"n", std::to_string(*status.user_tries)}});
        case CareAction::pin_protection: {
            if (!dialog.config.pin_protected_codes) return std::string(text(Key::care_say_unprotect));
            std::string words = status.abilities.pin_per_command
                                    ? std::string(text(Key::care_say_protect_once))
                                    : text(Key::care_say_protect, {{"n", minutes_of(view)}});
            if (status.abilities.lock_key_slots > 0) words += " " + std::string(text(Key::care_say_protect_keys));
            return words;
        }
        case CareAction::lock_keys: return std::string(text(Key::care_say_lock_keys));
        case CareAction::lock:
        case CareAction::new_key:
        case CareAction::reset: break;
    }
    return {};
}

struct Consequences {
    Key lost, stays, mind, agree;
};

Consequences consequences_of(CareAction action, bool storage) {
    if (action == CareAction::reset)
        return storage ? Consequences{Key::care_reset_lost_storage, Key::care_reset_stays_storage,
                                      Key::care_reset_mind_storage, Key::care_reset_agree}
                       : Consequences{Key::care_reset_lost, Key::care_reset_stays, Key::care_reset_mind,
                                      Key::care_reset_agree};
    return storage ? Consequences{Key::care_new_key_lost_storage, Key::care_new_key_stays_storage,
                                  Key::care_new_key_mind_storage, Key::care_new_key_agree_storage}
                   : Consequences{Key::care_new_key_lost, Key::care_new_key_stays, Key::care_new_key_mind,
                                  Key::care_new_key_agree};
}

void consequence(View& view, Column& column, Key label, ImU32 colour, std::string_view words, const char* path) {
    float label_width = 0;  // the same for all lines, in every language
    for (const Key one : {Key::care_lost, Key::care_stays, Key::care_mind, Key::care_locks})
        label_width = std::max(label_width, measure(Face::strong, text(one)).x);
    label_width = std::round(label_width) + view.px(space::pad);
    text_at(view.list(), {column.x, column.y}, Face::strong, colour, text(label));
    const ImVec2 low{column.x + label_width, column.y};
    column.y += paragraph(view, low, column.width - label_width, Face::body, view.colour.text, words);
    note_item(view, path, words, low, {column.right(), column.y}, true, false);
    column.space(view.px(space::near));
}

void consequences(View& view, Column& column, const state::CareDialog& dialog, const CareLook& look) {
    const bool storage = is_storage(view);
    const bool locks = dialog.action == CareAction::lock;
    if (locks) {
        consequence(view, column, Key::care_locks, view.colour.warning,
                    text(storage ? Key::care_lock_lost_storage : Key::care_lock_lost), "care/lost");
        consequence(view, column, Key::care_mind, view.colour.text,
                    text(storage ? Key::care_lock_mind_storage : Key::care_lock_mind), "care/mind");
    } else {
        const Consequences told = consequences_of(dialog.action, storage);
        consequence(view, column, Key::care_lost, view.colour.danger, text(told.lost), "care/lost");
        consequence(view, column, Key::care_stays, view.colour.success, text(told.stays), "care/stays");
        consequence(view, column, Key::care_mind, view.colour.text, text(told.mind), "care/mind");
        column.space(view.px(space::tight));
        if (checkbox(view, column, "care/agree", text(told.agree), dialog.agreed, Tone::danger))
            view.wish(state::AgreeToCare{!dialog.agreed});
    }
    dialog_error(view, column, dialog.error, dialog.error_pin, "care/message");
    if (dialog.busy) dialog_busy(view, column, text(look.busy), state::find_pending(view.state, state::Wait::care));
    const DialogButtons buttons =
        locks ? DialogButtons{"care/cancel", "care/confirm", {}, text(look.confirm), look.glyph, Look::primary, true}
              : DialogButtons{
                    "care/cancel", "care/continue",    {}, text(Key::care_continue), icon::arrow_right, Look::danger,
                    dialog.agreed, text(Key::why_tick)};
    const DialogPressed pressed = dialog_buttons(view, column, buttons, dialog.busy);
    if (pressed.cancel) view.wish(state::CloseCare{});
    else if (pressed.confirm && locks) view.wish(state::SubmitCare{});
    else if (pressed.confirm) view.wish(state::ContinueCare{});
}

void choose_lock_keys(View& view, Column& column, const state::CareDialog& dialog) {
    struct LockKey {
        const char* path;
        Key label;
        std::optional<std::uint8_t> channel::GeneralConfig::*slot;
    };
    static constexpr std::array keys{
        LockKey{"care/numlock", Key::care_numlock, &channel::GeneralConfig::numlock},
        LockKey{"care/capslock", Key::care_capslock, &channel::GeneralConfig::capslock},
        LockKey{"care/scrolllock", Key::care_scrolllock, &channel::GeneralConfig::scrolllock},
    };
    std::vector<DropEntry> entries{{"off", std::string(text(Key::care_key_off))}};
    for (std::uint8_t n = 1; n <= view.state.active->status.abilities.lock_key_slots; ++n) {
        const otp::SlotId id = otp::NumberedSlot{otp::OtpKind::hotp, n};
        const otp::SlotSummary* const slot = state::find_slot(view.state, id);
        entries.push_back(
            {otp::text(id), place(id), slot != nullptr && otp::occupied(*slot) ? slot_title(*slot) : std::string()});
    }
    const float gap = view.px(space::gap);
    const float width = std::round((column.width - 2 * gap) / 3);
    float x = column.x;
    for (const LockKey& key : keys) {
        text_at(view.list(), {x, column.y}, Face::small, view.colour.muted, text(key.label));
        const std::optional<std::uint8_t> now = dialog.config.*key.slot;
        const std::size_t chosen = now && *now < entries.size() ? *now : 0U;
        const int wish = dropdown(view, key.path, {x, column.y + view.px(space::page)}, width, entries[chosen].label,
                                  entries, static_cast<int>(chosen));
        if (wish >= 0) {
            channel::GeneralConfig config = dialog.config;
            config.*key.slot = wish == 0 ? std::nullopt : std::optional(static_cast<std::uint8_t>(wish));
            view.wish(state::ChangeCareConfig{config});
        }
        x += width + gap;
    }
    column.space(view.px(70));
}

// The PINs that an action wants: one that is checked, and perhaps a new one twice, or the same once more.
struct Wanted {
    Pin checked = Pin::admin;
    std::optional<Pin> fresh{};
    bool twice = false;
};

Wanted wanted_by(CareAction action) {
    switch (action) {
        case CareAction::user_pin: return {Pin::user, Pin::user, false};
        case CareAction::admin_pin: return {Pin::admin, Pin::admin, false};
        case CareAction::unblock: return {Pin::admin, Pin::user, false};
        case CareAction::new_key:
        case CareAction::reset: return {Pin::admin, std::nullopt, true};
        case CareAction::pin_protection:
        case CareAction::lock_keys:
        case CareAction::lock: break;
    }
    return {};
}

// Returns true when Enter was pressed in the last field that is not yet filled, or all are.
bool pin_fields(View& view, Column& column, const Wanted& wanted) {
    Memory& memory = view.memory;
    if (!draw_pin_facts(view, column, wanted.checked, "care/pin")) return false;
    const bool changes = wanted.fresh && *wanted.fresh == wanted.checked;
    const Key hint =
        wanted.checked == Pin::admin ? (changes ? Key::pin_current_admin : Key::pin_admin) : Key::pin_current_user;
    const float gap = view.px(space::gap);
    const float half = std::round((column.width - gap) / 2);
    Column left{column.x, column.y, wanted.twice ? half : column.width};
    Column right{column.x + half + gap, column.y, column.width - half - gap};
    bool entered =
        draw_pin_field(view, left, "care/pin", memory.secrets.dialog_pin, {wanted.checked, false, text(hint), true});
    if (wanted.twice)
        entered = draw_pin_again(view, right, "care/pin-again", memory.secrets.new_pin, memory.secrets.dialog_pin,
                                 text(Key::pin_admin_again)) ||
                  entered;
    column.y = left.y;
    if (wanted.fresh) {
        Column first{column.x, column.y, half};
        Column again{right.x, column.y, right.width};
        const Key label = *wanted.fresh == Pin::admin ? Key::pin_new_admin : Key::pin_new_user;
        entered =
            draw_pin_field(view, first, "care/new-pin", memory.secrets.new_pin, {*wanted.fresh, true, text(label)}) ||
            entered;
        entered = draw_pin_again(view, again, "care/new-pin-again", memory.secrets.new_again, memory.secrets.new_pin,
                                 text(Key::pin_again)) ||
                  entered;
        column.y = first.y;
    }
    return entered;
}

bool pins_ready(const View& view, const Wanted& wanted) {
    const Memory& memory = view.memory;
    if (pin_blocked(view, wanted.checked) || !last_try_settled(view, wanted.checked) ||
        !pin_typed(view, memory.secrets.dialog_pin, wanted.checked))
        return false;
    if (wanted.twice) return memory.secrets.new_pin.same_as(memory.secrets.dialog_pin);
    return !wanted.fresh || (pin_typed(view, memory.secrets.new_pin, *wanted.fresh, true) &&
                             memory.secrets.new_again.same_as(memory.secrets.new_pin));
}

// Enter leads on to the first field that is not yet right.
void focus_next(View& view, const Wanted& wanted) {
    Memory& memory = view.memory;
    if (!pin_typed(view, memory.secrets.dialog_pin, wanted.checked)) memory.secrets.dialog_pin.focus();
    else if ((wanted.twice && !memory.secrets.new_pin.same_as(memory.secrets.dialog_pin)) ||
             (wanted.fresh && !pin_typed(view, memory.secrets.new_pin, *wanted.fresh, true)))
        memory.secrets.new_pin.focus();
    else if (wanted.fresh && !memory.secrets.new_again.same_as(memory.secrets.new_pin))
        memory.secrets.new_again.focus();
    else lead_to_tick(view, wanted.checked, memory.secrets.dialog_pin, "care/pin");
}

// The new PIN, while the token is asked, and after it said that the current one is wrong.
void keep_new_pin(View& view, const state::CareDialog& dialog, const Wanted& wanted) {
    Memory& memory = view.memory;
    if (dialog.busy && wanted.fresh) {
        memory.secrets.new_pin.keep_unseen();
        memory.secrets.new_again.keep_unseen();
    } else if (memory.dialog.care_was_busy && dialog.error &&
               !(dialog.error_pin && dialog.error_pin->kind == channel::PinProblem::Kind::wrong)) {
        memory.secrets.new_pin.wipe();
        memory.secrets.new_again.wipe();
    }
    memory.dialog.care_was_busy = dialog.busy;
}

void ask_pins(View& view, Column& column, const state::CareDialog& dialog, const CareLook& look) {
    if (!dialog.error || !view.low()) {  // it was read before the PIN was typed
        const std::string meaning = meaning_of(view, dialog);
        if (!meaning.empty()) {
            const float top = column.y;
            text_in(view, column, Face::body, view.colour.text, meaning);
            note_item(view, "care/meaning", meaning, {column.x, top}, {column.right(), column.y}, true, false);
            column.space(view.px(space::near));
        }
    }
    dialog_error(view, column, dialog.error, dialog.error_pin, "care/message");
    const Wanted wanted = wanted_by(dialog.action);
    const bool destroys = look.tone == Tone::danger;
    bool entered = false;
    keep_new_pin(view, dialog, wanted);
    if (dialog.busy) {
        dialog_busy(view, column, text(look.busy), state::find_pending(view.state, state::Wait::care));
        if (destroys) text_in(view, column, Face::strong, view.colour.text, text(Key::care_do_not_pull));
    } else {
        if (dialog.action == CareAction::lock_keys) choose_lock_keys(view, column, dialog);
        entered = pin_fields(view, column, wanted);
    }
    const bool changed =
        dialog.action != CareAction::lock_keys || !(dialog.config == view.state.active->status.general);
    const bool ready = pins_ready(view, wanted) && changed;
    const DialogPressed pressed = dialog_buttons(view, column,
                                                 {"care/cancel",
                                                  "care/confirm",
                                                  {},
                                                  text(look.confirm),
                                                  look.glyph,
                                                  destroys ? Look::danger : Look::primary,
                                                  ready,
                                                  why_tick(view, wanted.checked, view.memory.secrets.dialog_pin)},
                                                 dialog.busy);
    Memory& memory = view.memory;
    if (pressed.cancel) view.wish(state::CloseCare{});
    else if ((pressed.confirm || entered) && ready)
        // A new PIN stays in its fields until the token has taken it: when the current one was wrong, only that is
        // typed again. The same PIN twice is taken from both.
        view.wish(state::SubmitCare{memory.secrets.dialog_pin.take(),
                                    wanted.fresh ? memory.secrets.new_pin.copy() : memory.secrets.new_pin.take(),
                                    wanted.fresh ? memory.secrets.new_again.copy() : memory.secrets.new_again.take(),
                                    last_try_agreed(view)});
    else if (entered) focus_next(view, wanted);
}

void came_of_it(View& view, Column& column, const state::CareDialog& dialog, const CareLook& look) {
    banner(view, column, Tone::success, {}, text(look.said_body), "care/done");
    column.space(view.px(space::near));
    int number = 0;
    for (const base::Error& remark : dialog.remarks) {
        const std::string words = sentences(describe(remark));
        const float top = column.y;
        text_at(view.list(), {column.x, column.y}, Face::small, view.colour.warning, icon::info_circle);
        column.y += paragraph(view, {column.x + view.px(space::wide), column.y}, column.width - view.px(space::wide),
                              Face::small, view.colour.text, words);
        note_item(view, "care/remark/" + std::to_string(++number), words, {column.x, top}, {column.right(), column.y},
                  true, false);
        column.space(view.px(space::snug));
    }
    if (dialog_buttons(view, column, {"care/close", {}, text(Key::close)}, false).cancel) view.wish(state::CloseCare{});
}

}  // namespace

void draw_care_dialog(View& view, Column& column, const state::CareDialog& dialog) {
    if (!view.state.active) return;
    const CareLook look = care_look(dialog);
    const bool done = dialog.step == CareStep::done;
    dialog_heading(view, column, look.glyph, done ? Tone::success : look.tone,
                   text(done ? look.said : heading_of(dialog)));
    switch (dialog.step) {
        case CareStep::consequences: return consequences(view, column, dialog, look);
        case CareStep::pins: return ask_pins(view, column, dialog, look);
        case CareStep::done: return came_of_it(view, column, dialog, look);
    }
}

}  // namespace tokendeck::ui
