#include "ui/kit/line_edit.hpp"

#include "base/ascii.hpp"
#include "base/utf8.hpp"
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/letters.hpp"
#include "ui/kit/view.hpp"

#include <algorithm>
#include <cfloat>
#include <string_view>

namespace tokendeck::ui {
namespace {

constexpr std::size_t undo_max = 100;

// What a reader takes for one character, and where it stands.
struct Cell {
    std::size_t begin = 0, end = 0;  // bytes
    float left = 0, right = 0;
    bool from_right = false;
};

struct Layout {
    std::vector<Cell> cells{};
    float width = 0;
    bool whole = true;  // no picture is missing

    // Before cell number i, or behind the last one.
    [[nodiscard]] float caret(std::size_t i) const {
        if (cells.empty()) return 0;
        if (i == 0) return cells[0].from_right ? cells[0].right : cells[0].left;
        const Cell& before = cells[i - 1];
        if (!before.from_right) return before.right;
        return i < cells.size() && !cells[i].from_right ? cells[i].left : before.left;
    }
    [[nodiscard]] std::size_t byte(std::size_t i) const {
        return i < cells.size() ? cells[i].begin : cells.empty() ? 0 : cells.back().end;
    }
    // The place at byte `at`, or the next one before it.
    [[nodiscard]] std::size_t place(std::size_t at) const {
        std::size_t i = 0;
        while (i < cells.size() && cells[i].end <= at) ++i;
        return i;
    }
    [[nodiscard]] std::size_t nearest(float x) const {
        std::size_t found = 0;
        for (std::size_t i = 0; i <= cells.size(); ++i)
            if (std::abs(caret(i) - x) < std::abs(caret(found) - x)) found = i;
        return found;
    }
};

Layout lay_out(std::string_view text) {
    constexpr Face face = Face::body;
    const float unit = 1.0F / letter_density();
    Layout made;
    float x = 0;
    const auto one_by_one = [&](std::size_t begin, std::string_view piece, float each) {
        for (std::size_t at = 0; at < piece.size();) {
            const std::size_t size = base::first_character(piece.substr(at)).size;
            const float wide = each > 0 ? each : measure_embedded(face, piece.substr(at, size)).x;
            made.cells.push_back({begin + at, begin + at + size, x, x + wide, false});
            x += wide;
            at += size;
        }
    };
    for (std::size_t at = 0; at < text.size();) {
        const Piece piece = piece_at(face, text, at);
        const LetterPicture* const picture = piece.pictured ? picture_of(face, piece.text) : nullptr;
        if (picture != nullptr && !picture->stops.empty() && picture->stops.back().end == piece.text.size()) {
            std::size_t begin = at;
            float before = picture->start * unit;
            for (const LetterStop& stop : picture->stops) {
                const float behind = stop.caret * unit;
                made.cells.push_back({begin, at + stop.end, x + std::min(before, behind), x + std::max(before, behind),
                                      behind < before});
                begin = at + stop.end;
                before = behind;
            }
            x += picture->advance * unit;
        } else if (piece.pictured) {
            made.whole = false;
            one_by_one(at, piece.text, height(face) * 0.7F);
        } else {
            one_by_one(at, piece.text, 0);
        }
        at += piece.text.size();
    }
    made.width = x;
    return made;
}

void draw_pieces(ImDrawList* list, ImVec2 at, ImU32 colour, std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const Piece piece = piece_at(Face::body, text, i);
        if (piece.pictured) {
            at.x += picture_at(list, at, Face::body, colour, piece.text);
        } else {
            embedded_at(list, at, Face::body, colour, piece.text);
            at.x += measure_embedded(Face::body, piece.text).x;
        }
        i += piece.text.size();
    }
}

// Of what is pasted, only what fits into one line: no line ends, tabs and other control characters.
std::string one_line_of(std::string_view text) {
    std::string made;
    while (!text.empty()) {
        const base::Character c = base::first_character(text);
        if (!c.valid) base::append_character(made, base::replacement_character);
        else if (!base::is_ascii_control(c.code)) made += text.substr(0, c.size);
        text.remove_prefix(c.size);
    }
    return made;
}

class Editing {
  public:
    Editing(LineEdit& edit, std::string& text) : edit_(edit), text_(text), layout_(lay_out(text)) {
        edit_.caret = layout_.byte(layout_.place(std::min(edit_.caret, text_.size())));
        edit_.anchor = layout_.byte(layout_.place(std::min(edit_.anchor, text_.size())));
    }

    [[nodiscard]] const Layout& layout() const { return layout_; }
    [[nodiscard]] std::size_t begin() const { return std::min(edit_.caret, edit_.anchor); }
    [[nodiscard]] std::size_t end() const { return std::max(edit_.caret, edit_.anchor); }
    [[nodiscard]] bool changed() const { return changed_; }

    void move_to(std::size_t byte, bool select) {
        edit_.caret = byte;
        if (!select) edit_.anchor = byte;
    }
    void select_all() {
        edit_.anchor = 0;
        edit_.caret = text_.size();
    }

    // What the keyboard did. True: Enter.
    bool type() {
        ImGuiIO& io = ImGui::GetIO();
        const bool command = (io.KeyCtrl && !io.KeyAlt) || io.KeySuper;  // Ctrl and Alt together is AltGr
        const bool shift = io.KeyShift;
        if (compat::key_pressed(ImGuiKey_LeftArrow, true)) arrow(true, command, shift);
        if (compat::key_pressed(ImGuiKey_RightArrow, true)) arrow(false, command, shift);
        if (compat::key_pressed(ImGuiKey_Home)) move_to(0, shift);
        if (compat::key_pressed(ImGuiKey_End)) move_to(text_.size(), shift);
        if (compat::key_pressed(ImGuiKey_Backspace, true)) {
            if (begin() == end()) edit_.anchor = command ? word(edit_.caret, true) : neighbour(edit_.caret, true);
            replace({});
        }
        if (compat::key_pressed(ImGuiKey_Delete, true)) {
            if (shift) put_on_clipboard();
            else if (begin() == end())
                edit_.anchor = command ? word(edit_.caret, false) : neighbour(edit_.caret, false);
            if (!shift || begin() != end()) replace({});
        }
        const bool insert = compat::key_pressed(ImGuiKey_Insert);
        if (compat::shortcut_pressed(ImGuiKey_A)) select_all();
        if (compat::shortcut_pressed(ImGuiKey_C) || (insert && command)) put_on_clipboard();
        if (compat::shortcut_pressed(ImGuiKey_X) && begin() != end()) {
            put_on_clipboard();
            replace({});
        }
        if (compat::shortcut_pressed(ImGuiKey_V) || (insert && shift))
            if (const char* const pasted = ImGui::GetClipboardText()) replace(one_line_of(pasted));
        if (compat::shortcut_pressed(ImGuiKey_Z))
            step(shift ? edit_.redo : edit_.undo, shift ? edit_.undo : edit_.redo);
        if (compat::shortcut_pressed(ImGuiKey_Y)) step(edit_.redo, edit_.undo);
        std::string typed;
        if (!command) compat::each_typed_character([&](char32_t c) { base::append_character(typed, c); });
        io.InputQueueCharacters.resize(0);
        if (typed = one_line_of(typed); !typed.empty()) replace(typed);
        return compat::enter_pressed();
    }

  private:
    [[nodiscard]] std::size_t neighbour(std::size_t at, bool back) const {
        const std::size_t place = layout_.place(at);
        if (back) return place > 0 ? layout_.byte(place - 1) : 0;
        return place < layout_.cells.size() ? layout_.byte(place + 1) : text_.size();
    }
    // To the beginning of a word, or behind its end.
    [[nodiscard]] std::size_t word(std::size_t at, bool back) const {
        const auto space = [&](std::size_t i) { return text_[i] == ' '; };
        if (back) {
            while (at > 0 && space(at - 1)) --at;
            while (at > 0 && !space(at - 1)) --at;
        } else {
            while (at < text_.size() && space(at)) ++at;
            while (at < text_.size() && !space(at)) ++at;
        }
        return at;
    }
    // Where letters run from the right, what comes next stands at the left.
    void arrow(bool left, bool words, bool select) {
        const std::size_t place = layout_.place(edit_.caret);
        const std::size_t beside =
            std::min(left || place == layout_.cells.size() ? place - std::min<std::size_t>(place, 1) : place,
                     layout_.cells.empty() ? 0 : layout_.cells.size() - 1);
        const bool from_right = !layout_.cells.empty() && layout_.cells[beside].from_right;
        const bool back = left != from_right;
        if (begin() != end() && !select) return move_to(back ? begin() : end(), false);
        move_to(words ? word(edit_.caret, back) : neighbour(edit_.caret, back), select);
    }

    void put_on_clipboard() const {
        if (begin() != end()) ImGui::SetClipboardText(text_.substr(begin(), end() - begin()).c_str());
    }

    void replace(const std::string& with) {
        if (begin() == end() && with.empty()) return;
        edit_.undo.emplace_back(text_, edit_.caret);
        if (edit_.undo.size() > undo_max) edit_.undo.erase(edit_.undo.begin());
        edit_.redo.clear();
        const std::size_t behind = begin() + with.size();
        text_.replace(begin(), end() - begin(), with);
        made(behind);
    }

    void step(std::vector<std::pair<std::string, std::size_t>>& from,
              std::vector<std::pair<std::string, std::size_t>>& to) {
        if (from.empty()) return;
        to.emplace_back(text_, edit_.caret);
        text_ = std::move(from.back().first);
        const std::size_t caret = from.back().second;
        from.pop_back();
        made(caret);
    }

    void made(std::size_t caret) {
        changed_ = true;
        move_to(std::min(caret, text_.size()), false);
        layout_ = lay_out(text_);
    }

    LineEdit& edit_;
    std::string& text_;
    Layout layout_;
    bool changed_ = false;
};

}  // namespace

LineEvent edit_line(View& view, const std::string& path, const LineBox& box, std::string& text) {
    LineEvent event;
    LineEdit& edit = view.memory.line_edit;
    ImGuiWindow* const window = ImGui::GetCurrentWindow();
    const ImGuiID id = window->GetID(("##" + path).c_str());
    const ImRect rect(box.low, box.high);
    const float inner_left = box.low.x + box.pad_left;
    const float room = std::max(1.0F, box.high.x - box.pad_right - inner_left);
    if (!ImGui::ItemAdd(rect, id, nullptr, box.enabled ? compat::field_flags : ImGuiItemFlags_Disabled)) {
        if (ImGui::GetActiveID() == id) ImGui::KeepAliveID(id);  // scrolled out of sight
        return event;
    }
    const ImGuiIO& io = ImGui::GetIO();
    const bool hovered = box.enabled && compat::hoverable(rect, id);
    if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
    const bool clicked = hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
    const bool was_active = ImGui::GetActiveID() == id;
    const bool by_keyboard = compat::activated_for_input(id);
    if (box.enabled && !was_active && (clicked || box.take_focus || by_keyboard)) {
        compat::drop_first_focus(*ImGui::GetCurrentContext());
        ImGui::FocusWindow(window);  // first: it gives the focus to what had it last in that window
        ImGui::SetActiveID(id, window);
        ImGui::SetFocusID(id, window);
        edit = {};
        edit.id = id;
        edit.before = text;
        edit.caret = text.size();
        edit.anchor = by_keyboard && !clicked && !box.take_focus ? 0 : text.size();
    } else if (was_active && !box.enabled) {
        ImGui::ClearActiveID();
    } else if (was_active && box.take_focus) {
        edit.caret = edit.anchor = text.size();
    }
    event.active = ImGui::GetActiveID() == id && edit.id == id;
    event.focused = event.active || (box.enabled && ImGui::IsItemFocused());

    ImDrawList* const list = view.list();
    const float y = std::round(box.low.y + (box.high.y - box.low.y - height(Face::body)) / 2);
    const ImU32 colour = box.enabled || view.blocked ? view.colour.text : view.colour.muted;
    list->PushClipRect({inner_left - view.px(space::pixel), box.low.y},
                       {inner_left + room + view.px(space::pixel), box.high.y}, true);
    if (!event.active) {
        draw_pieces(list, {inner_left, y}, colour, text);
        list->PopClipRect();
        return event;
    }

    ImGui::KeepAliveID(id);
    compat::claim_keys_of_active_field(id);
    compat::claim_escape(id);
    ImGui::GetIO().WantTextInput = true;
    // A click elsewhere is taken at once by what is there, even if that was drawn before this field.
    ImGui::GetCurrentContext()->ActiveIdAllowOverlap = !io.MouseDown[0];
    Editing editing(edit, text);
    const auto pointed = [&] {
        return editing.layout().byte(editing.layout().nearest(io.MousePos.x - inner_left + edit.scroll));
    };
    if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
        editing.select_all();
    } else if (clicked) {
        editing.move_to(pointed(), io.KeyShift && was_active);
        edit.dragging = true;
    } else if (edit.dragging && io.MouseDown[0] && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 2)) {
        editing.move_to(pointed(), true);
    }
    if (!io.MouseDown[0]) edit.dragging = false;
    event.entered = editing.type();
    event.changed = editing.changed();
    if (compat::key_pressed(ImGuiKey_Escape)) {
        if (!box.escape_keeps && text != edit.before) {
            text = edit.before;
            event.changed = true;
        }
        ImGui::ClearActiveID();
    } else if (event.entered || (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !hovered)) {
        ImGui::ClearActiveID();
    }

    const Layout& layout = editing.layout();
    const float caret = layout.caret(layout.place(edit.caret));
    edit.scroll = std::max(std::min(edit.scroll, caret), caret - room + view.px(space::hair));
    edit.scroll = std::max(0.0F, std::min(edit.scroll, layout.width - room + view.px(space::hair)));
    const float x = std::round(inner_left - edit.scroll);
    const float top = y - view.px(space::pixel);
    const float bottom = y + height(Face::body) + view.px(space::hair);
    for (const Cell& cell : layout.cells)
        if (cell.begin >= editing.begin() && cell.end <= editing.end())
            list->AddRectFilled({x + cell.left, top}, {x + cell.right, bottom},
                                ImGui::GetColorU32(ImGuiCol_TextSelectedBg));
    if (layout.whole || edit.shown.empty()) edit.shown = text;
    draw_pieces(list, {x, y}, colour, edit.shown);
    const float caret_x = std::round(x + caret);
    list->AddRectFilled({caret_x, top}, {caret_x + std::max(1.0F, view.px(space::pixel)), bottom}, view.colour.text);
    list->PopClipRect();
    return event;
}

}  // namespace tokendeck::ui
