#include "ui/kit/secret_field.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/letters.hpp"
#include "ui/kit/widgets.hpp"
#include "words/texts.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace tokendeck::ui {

base::SecretText SecretField::take() {
    base::SecretText taken = std::move(text_);
    text_.clear();
    caret_ = 0;
    overlong_ = wrong_sought_ = false;
    changed_ = false;
    revealed_ = false;
    return taken;
}

std::size_t SecretField::characters() const {
    const std::string_view text = text_.view();
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return !base::continues_character(c); }));
}

void SecretField::end_frame() {
    if (!drawn_ && (!text_.empty() || overlong_)) wipe();
    if (!drawn_) revealed_ = changed_ = false;
    was_drawn_ = drawn_;
    drawn_ = false;
    pasted_nothing_ = false;
}

void SecretField::wipe() {
    changed_ = !text_.empty();
    text_.clear();
    caret_ = 0;
    overlong_ = wrong_sought_ = false;
    revealed_ = false;
    focus_wanted_ = false;
}

bool overlong(const SecretField& field);

struct SecretFieldAccess {
    static bool overlong(const SecretField& field) { return field.overlong_; }

    static void add(SecretField& field, std::string_view text, std::size_t bytes_max) {
        if (field.text_.size() + text.size() > bytes_max) {
            field.overlong_ = true;
            return;
        }
        field.overlong_ = field.wrong_sought_ = false;
        field.changed_ = true;
        put(field, field.caret_, field.caret_, text);
    }

    // In the place of the bytes from `begin` to `end`; the caret stands behind it.
    static void put(SecretField& field, std::size_t begin, std::size_t end, std::string_view text) {
        if (begin == field.text_.size()) {
            field.text_.append(text);
        } else {
            const std::string_view held = field.text_.view();
            base::SecretText made = base::SecretText::copy_of(held.substr(0, begin));
            made.append(text);
            made.append(held.substr(end));
            field.text_ = std::move(made);
        }
        field.caret_ = begin + text.size();
    }

    static bool inside_character(const SecretField& field, std::size_t at) {
        const std::string_view text = field.text_.view();
        return at < text.size() && base::continues_character(text[at]);
    }
    static std::size_t before(const SecretField& field, std::size_t at) {
        if (at > 0) --at;
        while (at > 0 && inside_character(field, at)) --at;
        return at;
    }
    static std::size_t behind(const SecretField& field, std::size_t at) {
        if (at < field.text_.size()) ++at;
        while (inside_character(field, at)) ++at;
        return at;
    }

    static void remove(SecretField& field, std::size_t begin, std::size_t end) {
        field.overlong_ = field.wrong_sought_ = false;
        field.changed_ = true;
        if (begin != end) put(field, begin, end, {});
    }

    static void add(SecretField& field, char32_t code_point, std::size_t bytes_max) {
        base::Encoded character = base::encoded(code_point);
        add(field, character.view(), bytes_max);
        base::wipe(character.bytes.data(), character.bytes.size());
    }

    static void paste(SecretField& field, const SecretFieldOptions& options) {
        const char* const clipboard = ImGui::GetClipboardText();
        if (clipboard == nullptr || *clipboard == 0) {
            field.pasted_nothing_ = true;
            return;
        }
        std::string_view text(clipboard);
        if (!options.lines)
            while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
        add(field, text, options.bytes_max);
        compat::wipe_clipboard_buffer();
    }

    // What the keyboard did while the field has it. True: Enter.
    static bool type(SecretField& field, const SecretFieldOptions& options) {
        ImGuiIO& io = ImGui::GetIO();
        const bool command = (io.KeyCtrl && !io.KeyAlt) || io.KeySuper;  // Ctrl and Alt together is AltGr
        if (compat::shortcut_pressed(ImGuiKey_V)) paste(field, options);
        if (compat::key_pressed(ImGuiKey_Backspace, true)) {
            if (command) field.wipe();
            else remove(field, before(field, field.caret_), field.caret_);
        }
        if (compat::key_pressed(ImGuiKey_Delete, true)) remove(field, field.caret_, behind(field, field.caret_));
        if (compat::key_pressed(ImGuiKey_LeftArrow, true)) field.caret_ = command ? 0 : before(field, field.caret_);
        if (compat::key_pressed(ImGuiKey_RightArrow, true))
            field.caret_ = command ? field.text_.size() : behind(field, field.caret_);
        if (compat::key_pressed(ImGuiKey_Home, true)) field.caret_ = 0;
        if (compat::key_pressed(ImGuiKey_End, true)) field.caret_ = field.text_.size();
        if (!command)
            compat::each_typed_character([&](char32_t c) {
                if (!base::is_ascii_control(c)) add(field, c, options.bytes_max);
            });
        compat::wipe_vector(io.InputQueueCharacters);
        return compat::enter_pressed();
    }

    static bool draw(View& view, const std::string& path, ImVec2 low, ImVec2 size, SecretField& field,
                     const SecretFieldOptions& options);
    static void draw_text(View& view, const std::string& path, ImVec2 low, ImVec2 high, SecretField& field,
                          const SecretFieldOptions& options, bool enabled, bool active, bool clicked);
};

void SecretField::paste_and_focus() {
    SecretFieldOptions options;
    options.lines = true;
    options.bytes_max = pasted_bytes_max;
    SecretFieldAccess::paste(*this, options);
    focus();
}

bool overlong(const SecretField& field) {
    return SecretFieldAccess::overlong(field);
}

namespace {

// Where the characters of a text stand: rows of cells of one width, so that a character's place tells nothing about it.
struct Cell {
    std::size_t byte = 0;
    std::size_t size = 0;  // bytes of it; 0: the end, where the next one would stand
    std::size_t row = 0;
    std::size_t column = 0;
};

template <typename Visit>
void for_each_cell(std::string_view text, std::size_t columns, bool rows, Visit&& visit) {
    std::size_t row = 0;
    std::size_t column = 0;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at + 1;
        while (end < text.size() && base::continues_character(text[end])) ++end;
        if (rows && column == columns) {
            ++row;
            column = 0;
        }
        visit(Cell{at, end - at, row, column});
        ++column;
        if (rows && text[at] == '\n') {
            ++row;
            column = 0;
        }
        at = end;
    }
    visit(Cell{text.size(), 0, row, column});
}

}  // namespace

void SecretFieldAccess::draw_text(View& view, const std::string& path, ImVec2 low, ImVec2 high, SecretField& field,
                                  const SecretFieldOptions& options, bool enabled, bool active, bool clicked) {
    const Palette& c = view.colour;
    const float pad = view.px(14);
    const float line = view.px(22);
    const float pitch = view.px(field.revealed_ ? 15 : 13);
    const auto rows =
        static_cast<std::size_t>(std::max(1.0F, std::floor((high.y - low.y - view.px(space::gap)) / line)));
    const std::size_t count = field.characters();
    const std::string counted = count > 12 ? text(Key::field_characters, {{"n", std::to_string(count)}}) : "";
    const float counted_width = counted.empty() ? 0 : measure(Face::small, counted).x + pad;
    const float room = high.x - low.x - 2 * pad - counted_width;
    const auto columns = static_cast<std::size_t>(std::max(1.0F, std::floor(room / pitch)));
    const float top = low.y + (high.y - low.y - line * static_cast<float>(rows)) / 2;
    const std::string_view typed = field.text_.view();

    // The rows that are shown: those with what is wrong, else the last ones.
    std::size_t end_row = 0;
    std::size_t wrong_row = 0;
    std::size_t caret_row = 0;
    for_each_cell(typed, columns, rows > 1, [&](const Cell& cell) {
        end_row = cell.row;
        if (options.wrong && cell.byte <= *options.wrong) wrong_row = cell.row;
        if (cell.byte <= field.caret_) caret_row = cell.row;
    });
    std::size_t first = end_row >= rows ? end_row + 1 - rows : 0;
    first = std::min(first, options.wrong ? wrong_row : caret_row);
    if (clicked) {  // the caret goes to the nearest place between two characters
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        float nearest = FLT_MAX;
        for_each_cell(typed, columns, rows > 1, [&](const Cell& cell) {
            const float x = low.x + pad + pitch * static_cast<float>(cell.column) - mouse.x;
            const float y = top + line * (static_cast<float>(cell.row) - static_cast<float>(first) + 0.5F) - mouse.y;
            const float far = std::abs(x) + 100 * std::abs(y);
            if (far < nearest) {
                nearest = far;
                field.caret_ = cell.byte;
            }
        });
    }

    for_each_cell(typed, columns, rows > 1, [&](const Cell& cell) {
        if (cell.row < first || cell.row >= first + rows || cell.column > columns) return;
        const ImVec2 at{low.x + pad + pitch * static_cast<float>(cell.column),
                        top + line * static_cast<float>(cell.row - first)};
        const float middle = at.y + line / 2;
        const bool wrong = options.wrong && *options.wrong >= cell.byte &&
                           *options.wrong < cell.byte + std::max<std::size_t>(cell.size, 1);
        const bool doubtful =
            std::find(options.doubtful.begin(), options.doubtful.end(), cell.byte) != options.doubtful.end() &&
            cell.size != 0;
        if (cell.byte == field.caret_ && active)
            view.list()->AddRectFilled(
                {at.x + view.px(space::pixel), middle - view.px(space::apart)},
                {at.x + view.px(space::pixel) + std::max(1.0F, view.px(1.5F)), middle + view.px(space::apart)},
                c.accent);
        if (cell.size != 0 && cell.column < columns) {
            const ImU32 colour = wrong ? c.danger : doubtful ? c.warning : enabled ? c.text : c.muted;
            const std::string_view character = typed.substr(cell.byte, cell.size);
            const bool control = cell.size == 1 && static_cast<unsigned char>(character[0]) < 0x20;
            if (field.revealed_ && !control) {
                const ImVec2 extent = measure_embedded(Face::body, character);
                embedded_at(view.list(), {at.x + (pitch - extent.x) / 2, middle - extent.y / 2}, Face::body, colour,
                            character);
            } else if (!control) {
                view.list()->AddCircleFilled({at.x + pitch / 2, middle}, view.px(4), colour, 16);
            }
        }
        if (!wrong && !doubtful) return;
        const float under = at.y + line - view.px(3);
        view.list()->AddRectFilled({at.x + view.px(space::pixel), under},
                                   {at.x + pitch - view.px(space::pixel), under + view.px(space::hair)},
                                   wrong ? c.danger : c.warning);
        // Under a letter that can be read the line is enough.
        if (wrong && !field.revealed_)
            view.list()->AddTriangleFilled({at.x + pitch / 2, under - view.px(space::tight)},
                                           {at.x + pitch / 2 + view.px(space::tight), under + view.px(space::pixel)},
                                           {at.x + pitch / 2 - view.px(space::tight), under + view.px(space::pixel)},
                                           c.danger);
        if (wrong) note_item(view, path + "/wrong", "", at, {at.x + pitch, at.y + line}, true, false);
    });
    if (count == 0 && !options.hint.empty())
        text_fit(view, {low.x + pad + (active ? view.px(space::tight) : 0), top + (line - height(Face::body)) / 2},
                 room, Face::body, c.muted, options.hint);
    if (!counted.empty())
        text_at(view.list(),
                {high.x - counted_width, top + line * static_cast<float>(rows) - line / 2 - height(Face::small) / 2},
                Face::small, c.muted, counted);
}

bool SecretFieldAccess::draw(View& view, const std::string& path, ImVec2 low, ImVec2 size, SecretField& field,
                             const SecretFieldOptions& options) {
    const bool enabled = options.enabled && !view.blocked;
    const ImVec2 high{low.x + size.x, low.y + size.y};
    const ImRect rect(low, high);
    ImGuiWindow* const window = ImGui::GetCurrentWindow();
    const ImGuiID id = window->GetID(path.c_str());
    field.drawn_ = true;
    if (options.takes_focus && !field.was_drawn_) field.focus_wanted_ = true;

    if (field.wrong_sought_ && options.wrong) {
        field.caret_ = behind(field, std::min(*options.wrong, field.text_.size()));
        field.wrong_sought_ = false;
    }
    bool submitted = false;
    bool active = false;
    bool clicked = false;
    if (ImGui::ItemAdd(rect, id, nullptr, enabled ? compat::field_flags : ImGuiItemFlags_Disabled)) {
        const bool hovered = enabled && compat::hoverable(rect, id);
        if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
        clicked = hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
        if (enabled && (clicked || field.focus_wanted_ || compat::activated_for_input(id)) &&
            ImGui::GetActiveID() != id) {
            compat::drop_first_focus(*ImGui::GetCurrentContext());
            ImGui::FocusWindow(window);  // first: it gives the focus to what had it last in that window
            ImGui::SetActiveID(id, window);
            ImGui::SetFocusID(id, window);
        }
        field.focus_wanted_ = false;
        active = ImGui::GetActiveID() == id;
        if (active && !enabled) {
            ImGui::ClearActiveID();
            active = false;
        }
        if (active) {
            ImGui::KeepAliveID(id);
            compat::claim_keys_of_active_field(id);
            ImGui::GetIO().WantTextInput = true;
            // As Dear ImGui's own field does: a click elsewhere is taken at once by what is there, even if that was
            // drawn before this field.
            ImGui::GetCurrentContext()->ActiveIdAllowOverlap = !ImGui::GetIO().MouseDown[0];
            submitted = type(field, options);
            if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !hovered) ImGui::ClearActiveID();
        }
    } else if (ImGui::GetActiveID() == id) {
        ImGui::KeepAliveID(id);  // scrolled out of sight
    }

    const Palette& c = view.colour;
    const float rounding = view.px(radius::field);
    fill(view.list(), low, high, enabled ? c.surface : c.raised, rounding);
    outline(view.list(), low, high,
            field.overlong_ ? c.danger
            : active        ? c.accent
                            : c.border_strong,
            rounding, view.px(active ? 2 : 1));
    draw_text(view, path, low, high, field, options, enabled, active, clicked);
    note_item(view, path, "", low, high, enabled, active);
    return submitted;
}

bool secret_field(View& view, const std::string& path, ImVec2 position, ImVec2 size, SecretField& field,
                  const SecretFieldOptions& options) {
    return SecretFieldAccess::draw(view, path, position, size, field, options);
}

}  // namespace tokendeck::ui
