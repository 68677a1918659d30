#include "ui/ui.hpp"

#include "ui/codes/slots_parts.hpp"
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/letters.hpp"
#include "ui/kit/view.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/pages.hpp"

namespace tokendeck::ui {
namespace {

void fields_end_frame(Memory& memory) {
    for (SecretField* field : memory.secrets.fields()) field->end_frame();
    memory.secrets.admin_last_try.end_frame();
    memory.secrets.user_last_try.end_frame();
    compat::wipe_typed_characters();
}

void draw_screen(View& view, ImVec2 low, ImVec2 high) {
    switch (view.state.screen) {
        case state::Screen::start: return draw_start(view, low, high);
        case state::Screen::slots:
            // Without a token there is nothing to list; the state is about to say so itself.
            return view.state.active ? draw_slots(view, low, high) : draw_start(view, low, high);
        case state::Screen::wizard:
            return view.state.wizard ? draw_wizard(view, low, high) : draw_start(view, low, high);
        case state::Screen::care: return draw_care(view, low, high);
        case state::Screen::diagnostics: return draw_diagnostics(view, low, high);
        case state::Screen::settings: return draw_settings(view, low, high);
    }
}

// The item that had the focus has it again when a dialog is closed, and when Escape, with which Dear ImGui gives it up,
// was for something else.
void keep_focus(View& view) {
    Memory& memory = view.memory;
    memory.focus.before = std::exchange(memory.focus.now, {});
    if (view.blocked && !memory.dialog.was_open)
        memory.focus.below = memory.focus.seen ? memory.focus.before : std::string();
    std::string back;
    if (!view.blocked && memory.dialog.was_open) back = std::exchange(memory.focus.below, {});
    else if (!view.blocked && memory.focus.seen && compat::key_pressed(ImGuiKey_Escape) && !compat::popup_open())
        back = memory.focus.before;
    if (back.empty()) return;
    if (back == search_path) memory.search.wants_focus = true;
    else memory.focus.wanted = back;
}

// The button that has the keyboard on a page that has just appeared; fields take the focus by themselves.
std::string first_focus(const state::AppState& state, bool at_start) {
    if (state.screen == state::Screen::slots && at_start) {
        // Enter copies it; of a counter-based one that would use up a code, which nobody does by mistake.
        for (const otp::SlotSummary* const slot : state::listed_slots(state))
            if (slot->parameters.kind == otp::OtpKind::totp) return slot_path(*slot, "copy");
        return {};
    }
    if (state.screen != state::Screen::wizard || !state.wizard) return {};
    switch (state::step_of(*state.wizard)) {
        case state::WizardStep::review: {
            // Else the name has it, where Enter leads on, too.
            const state::Candidate& one = state.wizard->account();
            const otp::SlotSummary* const same = one.same_as ? state::find_slot(state, *one.same_as) : nullptr;
            if (same != nullptr && !one.keep_both)
                return one.same_for_certain && state::of_kind(same->id, one.enrolment.parameters.kind)
                           ? "wizard/same/replace"
                           : "wizard/same/keep";
            const otp::SlotSummary* const target = state::wizard_target(state);
            return target != nullptr && otp::occupied(*target) ? "wizard/overwrite" : "";
        }
        case state::WizardStep::choose: return state::wizard_ready_for_pin(state) ? "wizard/write" : "";
        case state::WizardStep::proven: return "wizard/close";
        case state::WizardStep::failed: return "wizard/try-again";
        case state::WizardStep::input:
        case state::WizardStep::reading:
        case state::WizardStep::pin:
        case state::WizardStep::writing: return {};
    }
    return {};
}

}  // namespace

UiMemory::UiMemory() : parts_(std::make_unique<Memory>()) {}
UiMemory::~UiMemory() = default;

void UiMemory::wipe() {
    for (SecretField* field : parts_->secrets.fields()) field->wipe();
    parts_->line_edit = {};
    compat::wipe_typed_characters();
    compat::wipe_clipboard_buffer();
}

FrameResult draw(const state::AppState& state, state::Intents& intents, UiMemory& memory, ItemMap& items,
                 Painter& painter, const FrameInfo& info) {
    FrameResult result;
    use_lettering(info.lettering);
    Memory& parts = memory.parts();
    items.begin_frame();
    parts.cut.clear();
    const std::string screen = state::screen_name(state);
    parts.page.is_new = screen != parts.page.step_before;
    const bool at_start = parts.page.step_before == "start";
    parts.page.step_before = screen;
    parts.page.frames = parts.page.is_new ? 0 : std::min(parts.page.frames + 1, 1000);
    if (parts.page.is_new) parts.page.since = state.now;
    if (parts.page.is_new) parts.focus.wanted = first_focus(state, at_start);

    compat::no_window_list();
    if (compat::key_pressed(ImGuiKey_Tab, true)) compat::tab_pressed();
    View view{state, intents, parts, items, painter, info, result, palette(info.dark)};
    view.blocked = dialog_open(state);
    keep_focus(view);
    if (!view.blocked) draw_shortcuts(view);

    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(size);
    constexpr ImGuiWindowFlags flags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                       ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                                       ImGuiWindowFlags_NoScrollWithMouse;
    if (ImGui::Begin("tokendeck", nullptr, flags)) {
        draw_header(view);
        const float top = header_height(view);
        const float bottom = size.y - status_height(view);
        measure_notice(view);
        const bool wizard = state.screen == state::Screen::wizard && state.wizard;  // leaves it free by itself
        draw_screen(view, {0, top}, {size.x, bottom - (wizard ? 0 : parts.page.notice_height)});
        draw_status(view, {0, bottom}, size);
        draw_notice(view, {0, top}, {size.x, bottom - (wizard ? wizard_foot_height(view) : 0)});
    }
    ImGui::End();

    if (view.blocked) {
        view.blocked = false;
        draw_dialog(view);
    }
    if (info.drag != channel::Drag::none) draw_drag(view, size);
    parts.dialog.was_open = dialog_open(state);
    fields_end_frame(parts);
    compat::forget_lost_focus(parts.focus.frames_without);
    parts.focus.seen = compat::focus_visible();
    parts.popup_was_open = compat::popup_open();
    return result;
}

}  // namespace tokendeck::ui
