// Where an account comes from: a picture that is dropped or chosen, or a text that is pasted. A pasted text is a
// secret, so it goes through the secret field.
#include "ui/texts.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"
#include "ui/words.hpp"

namespace tokendeck::ui {
namespace {

constexpr std::size_t pasted_max = 16 * 1024;  // bytes; an otpauth URI has some hundred

void dashed_frame(View& view, ImVec2 low, ImVec2 high, ImU32 colour) {
    const float step = view.px(12);
    const float dash = view.px(7);
    const float thick = view.px(1.5F);
    for (float x = low.x + view.px(10); x < high.x - view.px(10); x += step) {
        const float end = std::min(x + dash, high.x - view.px(10));
        view.list()->AddLine({x, low.y}, {end, low.y}, colour, thick);
        view.list()->AddLine({x, high.y}, {end, high.y}, colour, thick);
    }
    for (float y = low.y + view.px(10); y < high.y - view.px(10); y += step) {
        const float end = std::min(y + dash, high.y - view.px(10));
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

void browser(View& view, Column& column) {
    const state::FolderBrowser& b = view.state.wizard->browser;
    const float side = view.px(38);
    if (icon_button(view, "wizard/folder/up", {column.x, column.y}, side, icon::arrow_up, text(Key::browser_up),
                    view.colour.accent_text, !b.busy && parent_of(b.path) != b.path && !b.path.empty()))
        view.wish(state::BrowseFolder{parent_of(b.path)});
    const float close_width = button_width(view, text(Key::browser_close));
    text_at(view.list(), {column.x + side + view.px(10), column.y + (side - height(Face::body)) / 2}, Face::body,
            view.colour.muted, icon::folder_open);
    text_fit(view, {column.x + side + view.px(36), column.y + (side - height(Face::strong)) / 2},
             column.width - side - close_width - view.px(56), Face::strong, view.colour.text, printable(b.path), true);
    if (button(view, "wizard/folder/close", {column.right() - close_width, column.y}, Look::plain,
               text(Key::browser_close)))
        view.wish(state::CloseBrowser{});
    column.space(side + view.px(10));
    if (b.error) {
        banner(view, column, Tone::danger, "", sentences(describe(*b.error)), "wizard/message");
        column.space(view.px(10));
    }
    if (b.busy) {
        spinner(view, {column.x + column.width / 2, column.y + view.px(24)}, view.px(12));
        column.space(view.px(48));
        return;
    }
    if (b.entries.empty() && !b.error) {
        text_in(view, column, Face::body, view.colour.muted, text(Key::browser_empty));
        return;
    }
    const float row = view.px(40);
    const ImVec2 low{column.x, column.y};
    if (!b.entries.empty())
        card(view, low, {column.right(), low.y + row * static_cast<float>(b.entries.size()) + view.px(10)});
    column.space(view.px(5));
    for (const auto& entry : b.entries) {
        const ImVec2 row_low{column.x + view.px(5), column.y};
        const ImVec2 row_high{column.right() - view.px(5), column.y + row};
        const std::string name = printable(entry.name);
        const Press press = press_area(view, "wizard/folder/entry/" + name, name, row_low, row_high);
        if (press.hovered || press.focused) fill(view.list(), row_low, row_high, view.colour.raised, view.px(8));
        const float y = column.y + (row - height(Face::body)) / 2;
        text_at(view.list(), {row_low.x + view.px(10), y}, Face::body,
                entry.folder ? view.colour.accent_text : view.colour.muted,
                entry.folder ? icon::folder : icon::picture);
        text_fit(view, {row_low.x + view.px(38), y}, row_high.x - row_low.x - view.px(66), Face::body, view.colour.text,
                 name, true);
        if (entry.folder)
            text_at(view.list(), {row_high.x - view.px(20), y + view.px(1)}, Face::small, view.colour.muted,
                    icon::chevron_right);
        if (press.pressed) {
            if (entry.folder) view.wish(state::BrowseFolder{join(b.path, entry.name)});
            else view.wish(state::ReadFile{join(b.path, entry.name)});
        }
        column.space(row);
    }
    column.space(view.px(5));
}

void reading(View& view, Column& column) {
    spinner(view, {column.x + column.width / 2, column.y + view.px(22)}, view.px(22));
    column.space(view.px(66));
    const std::string name = printable(view.state.wizard->reading);
    const std::string words =
        name.empty() ? std::string(text(Key::input_reading_text)) : text(Key::input_reading_file, {{"name", name}});
    column.y += paragraph(view, {column.x, column.y}, column.width, Face::title, view.colour.text, words, true);
}

void drop_zone(View& view, Column& column) {
    const float tall = view.px(150);
    const ImVec2 low{column.x, column.y};
    const ImVec2 high{column.right(), column.y + tall};
    fill(view.list(), low, high, view.info.drop_hovering ? view.colour.accent_soft : view.colour.surface, view.px(12));
    dashed_frame(view, low, high, view.info.drop_hovering ? view.colour.accent : view.colour.border_strong);
    const float glyph = view.px(34);
    emblem(view, {low.x + view.px(28) + glyph, low.y + tall / 2}, glyph, icon::qrcode, view.colour.accent_text,
           view.colour.accent_soft);
    const float text_x = low.x + view.px(118);
    const float text_width = high.x - text_x - view.px(20);
    float y = low.y + view.px(16);
    y += paragraph(view, {text_x, y}, text_width, Face::title, view.colour.text, text(Key::input_drop));
    y += view.px(2);
    paragraph(view, {text_x, y}, text_width, Face::body, view.colour.muted, text(Key::input_drop_body));
    if (button(view, "wizard/file", {text_x, high.y - button_height(view) - view.px(16)}, Look::plain,
               text(Key::input_choose), icon::folder_open))
        view.wish(state::OpenBrowser{});
    column.space(tall);
}

void paste_box(View& view, Column& column) {
    text_at(view.list(), {column.x, column.y}, Face::strong, view.colour.text, text(Key::input_paste));
    column.space(view.px(24));
    const std::string_view label = text(Key::input_read);
    const float read_width = button_width(view, label, icon::arrow_right);
    const float tall = view.px(42);
    SecretField& field = view.memory.pasted;
    SecretFieldOptions options;
    options.hint = text(Key::input_paste_hint);
    options.bytes_max = pasted_max;
    options.lines = true;
    const bool entered = secret_field(view, "wizard/paste", {column.x, column.y},
                                      {column.width - read_width - view.px(10), tall}, field, options);
    const bool pressed = button(view, "wizard/read", {column.right() - read_width, column.y + view.px(2)},
                                Look::primary, label, icon::arrow_right, !field.empty());
    if ((entered || pressed) && !field.empty()) view.wish(state::PasteText{field.take()});
    column.space(tall + view.px(6));
    if (overlong(field))
        text_in(view, column, Face::small, view.colour.danger,
                text(Key::field_overlong, {{"n", std::to_string(pasted_max)}}));
    else text_in(view, column, Face::small, view.colour.muted, text(Key::input_paste_body));
}

}  // namespace

void draw_wizard_input(View& view, Column& column) {
    const state::Wizard& wizard = *view.state.wizard;
    if (wizard.step == state::WizardStep::reading) return reading(view, column);
    if (wizard.browser.open) return browser(view, column);
    if (wizard.input_error) {
        const Words words = describe(*wizard.input_error);
        banner(view, column, Tone::danger, words.what, words.next, "wizard/message");
        column.space(view.px(12));
    }
    drop_zone(view, column);
    column.space(view.px(18));
    paste_box(view, column);
}

}  // namespace tokendeck::ui
