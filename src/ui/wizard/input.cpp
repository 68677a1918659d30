// Where an account comes from: a picture that is dropped, chosen, on the clipboard or on the screen; a text that is
// pasted; a secret made here. A pasted text is a secret, so it goes through the secret field.
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/wizard/parts.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

#include <array>

namespace tokendeck::ui {
namespace {

void dashed_frame(View& view, ImVec2 low, ImVec2 high, ImU32 colour) {
    const float step = view.px(space::gap);
    const float dash = view.px(7);
    const float thick = view.px(1.5F);
    for (float x = low.x + view.px(space::apart); x < high.x - view.px(space::apart); x += step) {
        const float end = std::min(x + dash, high.x - view.px(space::apart));
        view.list()->AddLine({x, low.y}, {end, low.y}, colour, thick);
        view.list()->AddLine({x, high.y}, {end, high.y}, colour, thick);
    }
    for (float y = low.y + view.px(space::apart); y < high.y - view.px(space::apart); y += step) {
        const float end = std::min(y + dash, high.y - view.px(space::apart));
        view.list()->AddLine({low.x, y}, {low.x, end}, colour, thick);
        view.list()->AddLine({high.x, y}, {high.x, end}, colour, thick);
    }
}

std::string join(const std::string& folder, const std::string& name) {
    if (folder.empty()) return name;
    return folder.back() == '/' ? folder + name : folder + "/" + name;
}

std::string parent_of(const std::string& folder) {
    const std::size_t slash = folder.find_last_of("/\\");
    if (slash == std::string::npos) return folder;
    return slash == 0 ? "/" : folder.substr(0, slash);
}

// The folders in which most pictures are.
void places(View& view, Column& column, const state::FolderBrowser& b) {
    if (b.places.empty()) return;
    using Kind = channel::PictureFolder::Kind;
    float x = column.x;
    for (const channel::PictureFolder& place : b.places) {
        const bool home = place.kind == Kind::home;
        const Key label = home                           ? Key::browser_home
                          : place.kind == Kind::pictures ? Key::browser_pictures
                                                         : Key::browser_downloads;
        const char* const name = home                           ? "wizard/folder/home"
                                 : place.kind == Kind::pictures ? "wizard/folder/pictures"
                                                                : "wizard/folder/downloads";
        const float wide = button_width(view, text(label), icon::folder);
        if (x > column.x && x + wide > column.right()) break;
        if (button(view, name, {x, column.y}, Look::quiet, text(label), icon::folder,
                   b.request == 0 && place.path != b.path))
            view.wish(state::BrowseFolder{place.path});
        x += wide + view.px(space::near);
    }
    column.space(button_height(view) + view.px(space::apart));
}

void browser(View& view, Column& column) {
    const state::FolderBrowser& b = std::get<state::InputStep>(view.state.wizard->step).browser;
    const bool busy = b.request != 0;
    const float side = view.px(size::control);
    if (icon_button(view, "wizard/folder/up", {column.x, column.y}, side, icon::arrow_up, text(Key::browser_up),
                    view.colour.accent_text, !busy && parent_of(b.path) != b.path && !b.path.empty()))
        view.wish(state::BrowseFolder{parent_of(b.path)});
    const float close_width = button_width(view, text(Key::browser_close));
    std::string& typed = view.memory.wizard.folder_path;
    const bool editing = ImGui::GetActiveID() != 0 && ImGui::GetActiveID() == ImGui::GetID("##wizard/folder/path");
    if (!editing && !(b.error && typed != b.path)) typed = b.path;
    const float field_x = column.x + side + view.px(space::near);
    (void)text_field(view, "wizard/folder/path", {field_x, column.y},
                     column.right() - close_width - view.px(space::near) - field_x, typed, false, !busy);
    if (ImGui::IsItemDeactivated() && compat::enter_pressed()) view.wish(state::OpenTypedPath{typed});
    if (button(view, "wizard/folder/close", {column.right() - close_width, column.y}, Look::plain,
               text(Key::browser_close)))
        view.wish(state::CloseBrowser{});
    column.space(side + view.px(space::near));
    places(view, column, b);
    if (b.error) {
        banner(view, column, Tone::danger, "", sentences(describe(*b.error)), "wizard/message");
        column.space(view.px(space::apart));
    }
    if (busy) {
        spinner(view, {column.x + column.width / 2, column.y + view.px(space::wide)}, view.px(12));
        column.space(view.px(size::field_row));
        return;
    }
    if (b.entries.empty() && !b.error) {
        text_in(view, column, Face::body, view.colour.muted, text(Key::browser_empty));
        return;
    }
    const float row = view.px(40);
    const ImVec2 low{column.x, column.y};
    if (!b.entries.empty())
        card(view, low, {column.right(), low.y + row * static_cast<float>(b.entries.size()) + view.px(space::apart)});
    column.space(view.px(5));
    for (const auto& entry : b.entries) {
        const ImVec2 row_low{column.x + view.px(5), column.y};
        const ImVec2 row_high{column.right() - view.px(5), column.y + row};
        const std::string name = printable(entry.name);
        const Press press = press_area(view, "wizard/folder/entry/" + name, name, row_low, row_high);
        if (press.hovered || press.focused)
            fill(view.list(), row_low, row_high, view.colour.raised, view.px(radius::field));
        const float y = column.y + (row - height(Face::body)) / 2;
        text_at(view.list(), {row_low.x + view.px(space::apart), y}, Face::body,
                entry.folder ? view.colour.accent_text : view.colour.muted,
                entry.folder ? icon::folder : icon::picture);
        text_fit(view, {row_low.x + view.px(38), y}, row_high.x - row_low.x - view.px(66), Face::body, view.colour.text,
                 name, true);
        if (entry.folder)
            text_at(view.list(), {row_high.x - view.px(space::page), y + view.px(space::pixel)}, Face::small,
                    view.colour.muted, icon::chevron_right);
        if (press.pressed) {
            if (entry.folder) view.wish(state::BrowseFolder{join(b.path, entry.name)});
            else view.wish(state::ReadFile{join(b.path, entry.name)});
        }
        column.space(row);
    }
    column.space(view.px(5));
}

std::string reading_words(const state::Wizard& wizard, const state::ReadingStep& step) {
    switch (step.from) {
        case state::ReadingFrom::file: return text(Key::input_reading_file, {{"name", printable(step.file)}});
        case state::ReadingFrom::picture: return std::string(text(Key::input_reading_picture));
        case state::ReadingFrom::text: return std::string(text(Key::input_reading_text));
        case state::ReadingFrom::clipboard: return std::string(text(Key::input_reading_clipboard));
        case state::ReadingFrom::screen:
            return std::string(text(wizard.asked_app != 0 ? Key::input_waiting_screen : Key::input_reading_screen));
        case state::ReadingFrom::new_secret: return std::string(text(Key::input_making));
    }
    return {};
}

void reading(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    const auto& step = std::get<state::ReadingStep>(wizard.step);
    if (step.from == state::ReadingFrom::text) view.memory.secrets.pasted.keep();
    spinner(view, {column.x + column.width / 2, column.y + view.px(size::waiting)}, view.px(size::waiting));
    column.space(view.px(66));
    const std::string words = reading_words(wizard, step);
    const float top = column.y;
    column.y += paragraph(view, {column.x, column.y}, column.width, Face::title, view.colour.text, words, true);
    note_item(view, "wizard/waiting", words, {column.x, top}, {column.right(), column.y}, true, false);
    column.space(view.px(space::tight));
    std::string more = text(Key::seconds, {{"n", std::to_string(seconds_since(view, step.since))}});
    if (!step.to_read.empty())
        more += " \xC2\xB7 " + text(Key::input_reading_more, {{"n", std::to_string(step.to_read.size())}});
    column.y += paragraph(view, {column.x, column.y}, column.width, Face::body, view.colour.muted, more, true);
    if (step.from == state::ReadingFrom::screen && wizard.asked_app != 0)
        column.y += paragraph(view, {column.x, column.y}, column.width, Face::body, view.colour.muted,
                              text(Key::input_waiting_screen_body), true);
}

// The three ways to a picture beside dropping it.
void picture_buttons(View& view, Column& column) {
    struct Way {
        const char* path;
        Key words;
        const char* glyph;
    };
    static constexpr std::array ways{Way{"wizard/file", Key::input_choose, icon::folder_open},
                                     Way{"wizard/clipboard", Key::input_clipboard, icon::clipboard},
                                     Way{"wizard/screen", Key::input_screen, icon::desktop}};
    const bool waiting = view.state.wizard->asked_app != 0;
    float x = column.x;
    for (const Way& way : ways) {
        const float wide = button_width(view, text(way.words), way.glyph);
        if (x > column.x && x + wide > column.right()) {
            x = column.x;
            column.space(button_height(view) + view.px(space::near));
        }
        if (button(view, way.path, {x, column.y}, Look::plain, text(way.words), way.glyph)) {
            if (way.words == Key::input_choose) view.wish(state::ChooseFile{});
            else if (way.words == Key::input_clipboard) view.wish(state::PictureFromClipboard{});
            else view.wish(state::PictureOfScreen{});
        }
        x += wide + view.px(space::near);
    }
    column.space(button_height(view));
    if (!waiting) return;
    column.space(view.px(space::near));
    const ImVec2 low{column.x, column.y};
    spinner(view, {low.x + view.px(space::near), low.y + height(Face::small) / 2}, view.px(size::small_spinner));
    text_fit(view, {low.x + view.px(space::wide), low.y}, column.width - view.px(space::wide), Face::small,
             view.colour.muted, text(Key::input_chooser_open));
    column.space(height(Face::small));
    note_item(view, "wizard/waiting", text(Key::input_chooser_open), low, {column.right(), column.y}, true, false);
}

void drop_zone(View& view, Column& column) {
    const bool low_window = view.low();
    const float pad = view.px(low_window ? 10 : space::pad);
    const float glyph = view.px(low_window ? 24 : 34);
    const ImVec2 low{column.x, column.y};
    ImDrawList* const list = view.list();
    list->ChannelsSplit(2);
    list->ChannelsSetCurrent(1);
    const float text_x = low.x + 2 * glyph + 2 * pad;
    Column inner{text_x, low.y + pad, column.right() - text_x - pad};
    text_in(view, inner, low_window ? Face::strong : Face::title, view.colour.text, text(Key::input_drop));
    const std::string_view body = text(view.info.files_only ? Key::input_drop_files : Key::input_drop_body);
    if (!low_window || view.info.files_only) text_in(view, inner, Face::small, view.colour.muted, body);
    if (!low_window) inner.space(view.px(space::near));
    inner.space(view.px(space::hair));
    picture_buttons(view, inner);
    const ImVec2 high{column.right(), inner.y + pad};
    emblem(view, {low.x + pad + glyph, (low.y + high.y) / 2}, glyph, icon::qrcode, view.colour.accent_text,
           view.colour.accent_soft);
    list->ChannelsSetCurrent(0);
    const bool hovering = view.info.drag == channel::Drag::takeable;
    fill(list, low, high, hovering ? view.colour.accent_soft : view.colour.surface, view.px(radius::card));
    dashed_frame(view, low, high, hovering ? view.colour.accent : view.colour.border_strong);
    list->ChannelsMerge();
    note_item(view, "wizard/drop", body, low, high, true, false);
    column.y = high.y;
}

// The first thing that is wrong, and the characters in doubt.
void mark(const state::TypedText& typed, SecretFieldOptions& options) {
    for (const channel::ExplainedItem& item : typed.explained.items) {
        if (!item.problem || !item.problem->byte) continue;
        options.wrong = item.problem->byte;
        options.doubtful = item.look_alikes;
        return;
    }
}

void paste_box(View& view, Column& column) {
    const state::TypedText& typed = std::get<state::InputStep>(view.state.wizard->step).typed;
    SecretField& field = view.memory.secrets.pasted;
    field_label(view, column, text(Key::input_paste));
    const std::string_view label = text(Key::input_read);
    const float read_width = button_width(view, label, icon::arrow_right);
    const float side = button_height(view);
    const float tall = view.px(view.low() ? 58 : 80);
    SecretFieldOptions options;
    options.hint = text(Key::input_paste_hint);
    options.bytes_max = pasted_bytes_max;
    options.lines = true;
    options.takes_focus = true;
    if (!field.empty()) mark(typed, options);
    // In a low window the field is too low for two buttons above one another beside it.
    const float field_width =
        column.width - read_width - view.px(space::apart) - (view.low() ? side + view.px(space::tight) : 0);
    const bool entered = secret_field(view, "wizard/paste", {column.x, column.y}, {field_width, tall}, field, options);
    if (field.pasted_nothing() && field.empty()) view.wish(state::PictureFromClipboard{});
    const float right = column.right() - read_width;
    const bool pressed = main_button(view, "wizard/read", {right, column.y}, label, icon::arrow_right, !field.empty());
    if (field.take_changed()) view.wish(state::ExplainTyped{field.copy()});
    // It stays in the field, as dots, until something came of it: what was wrong can be mended in its place.
    if ((entered || pressed) && !field.empty()) {
        view.wish(state::PasteText{field.copy()});
        field.reveal(false);
        field.seek_wrong();
        field.focus();
    }
    const ImVec2 eye = view.low() ? ImVec2{right - side - view.px(7), column.y} : ImVec2{right, column.y + tall - side};
    if (icon_button(view, "wizard/paste-show", eye, side, icon::eye,
                    text(field.revealed() ? Key::input_hide : Key::input_show),
                    field.revealed() ? view.colour.accent_text : view.colour.muted, !field.empty(), false)) {
        field.reveal(!field.revealed());
        field.focus();
    }
    column.space(tall + view.px(space::snug));
    if (!overlong(field)) return draw_wizard_explained(view, column);
    const std::string said = text(Key::input_overlong, {{"n", std::to_string(pasted_bytes_max)}});
    const float top = column.y;
    text_in(view, column, Face::small, view.colour.danger, said);
    note_item(view, "wizard/overlong", said, {column.x, top}, {column.right(), column.y}, true, false);
}

void new_secret(View& view, Column& column) {
    const std::string_view label = text(Key::input_new_secret);
    const float wide = button_width(view, label, icon::key);
    const float x = column.x + wide + view.px(space::gap);
    const float words = paragraph_height(column.right() - x, Face::small, text(Key::input_new_secret_body));
    const float tall = std::max(button_height(view), words);
    if (button(view, "wizard/new-secret", {column.x, column.y + (tall - button_height(view)) / 2}, Look::plain, label,
               icon::key))
        view.wish(state::MakeNewSecret{});
    paragraph(view, {x, column.y + (tall - words) / 2}, column.right() - x, Face::small, view.colour.muted,
              text(Key::input_new_secret_body));
    column.space(tall);
}

}  // namespace

void draw_wizard_input(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    const auto* const input = wizard.in<state::InputStep>();
    if (input == nullptr) return reading(view, column);
    if (input->browser.open) return browser(view, column);
    if (input->error) {
        const Words words = describe(*input->error);
        banner(view, column, Tone::danger, words.what, words.next, "wizard/message");
        column.space(view.px(space::gap));
    }
    drop_zone(view, column);
    column.space(view.px(view.low() ? 8 : 18));
    paste_box(view, column);
    column.space(view.px(view.low() ? 8 : 18));
    new_secret(view, column);
}

}  // namespace tokendeck::ui
