#include "ui/secret_field.hpp"

#include "ui/imgui_compat.hpp"
#include "ui/texts.hpp"
#include "ui/widgets.hpp"

#include <array>
#include <cstring>

namespace tokendeck::ui {

base::SecretText SecretField::take() {
    base::SecretText taken = std::move(text_);
    text_.clear();
    overlong_ = false;
    return taken;
}

std::size_t SecretField::characters() const {
    const std::string_view text = text_.view();
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void SecretField::end_frame() {
    if (!drawn_ && (!text_.empty() || overlong_)) wipe();
    was_drawn_ = drawn_;
    drawn_ = false;
}

void SecretField::wipe() {
    text_.clear();
    overlong_ = false;
}

bool overlong(const SecretField& field);

struct SecretFieldAccess {
    static bool overlong(const SecretField& field) { return field.overlong_; }

    static void add(SecretField& field, std::string_view text, std::size_t bytes_max) {
        if (field.text_.size() + text.size() > bytes_max) {
            field.overlong_ = true;
            return;
        }
        field.overlong_ = false;
        field.text_.append(text);
    }

    static void add(SecretField& field, unsigned int code_point, std::size_t bytes_max) {
        std::array<char, 4> bytes{};
        std::size_t size = 0;
        const auto put = [&](unsigned int byte) { bytes[size++] = static_cast<char>(byte); };
        if (code_point < 0x80) {
            put(code_point);
        } else if (code_point < 0x800) {
            put(0xC0 | (code_point >> 6));
            put(0x80 | (code_point & 0x3F));
        } else if (code_point < 0x10000) {
            put(0xE0 | (code_point >> 12));
            put(0x80 | ((code_point >> 6) & 0x3F));
            put(0x80 | (code_point & 0x3F));
        } else {
            put(0xF0 | (code_point >> 18));
            put(0x80 | ((code_point >> 12) & 0x3F));
            put(0x80 | ((code_point >> 6) & 0x3F));
            put(0x80 | (code_point & 0x3F));
        }
        add(field, {bytes.data(), size}, bytes_max);
        base::wipe(bytes.data(), bytes.size());
    }

    static void remove_last(SecretField& field) {
        field.overlong_ = false;
        while (!field.text_.empty()) {
            const auto last = static_cast<unsigned char>(field.text_.view().back());
            field.text_.pop_back();
            if ((last & 0xC0) != 0x80) break;
        }
    }

    static void paste(SecretField& field, const SecretFieldOptions& options) {
        const char* const clipboard = ImGui::GetClipboardText();
        if (clipboard == nullptr) return;
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
            else remove_last(field);
        }
        if (!command)
            for (const ImWchar c : io.InputQueueCharacters)
                if (c >= 0x20 && c != 0x7F) add(field, static_cast<unsigned int>(c), options.bytes_max);
        compat::wipe_vector(io.InputQueueCharacters);
        return compat::enter_pressed();
    }

    static bool draw(View& view, const std::string& path, ImVec2 low, ImVec2 size, SecretField& field,
                     const SecretFieldOptions& options);
};

bool overlong(const SecretField& field) {
    return SecretFieldAccess::overlong(field);
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

    bool submitted = false;
    bool active = false;
    if (ImGui::ItemAdd(rect, id, nullptr, enabled ? compat::field_flags : ImGuiItemFlags_Disabled)) {
        const bool hovered = enabled && compat::hoverable(rect, id);
        if (hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_TextInput);
        const bool clicked = hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
        if (enabled && (clicked || field.focus_wanted_ || compat::activated_for_input(id)) &&
            ImGui::GetActiveID() != id) {
            ImGui::SetActiveID(id, window);
            ImGui::SetFocusID(id, window);
            ImGui::FocusWindow(window);
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
    const float rounding = view.px(8);
    fill(view.list(), low, high, enabled ? c.surface : c.raised, rounding);
    outline(view.list(), low, high,
            field.overlong_ ? c.danger
            : active        ? c.accent
                            : c.border_strong,
            rounding, view.px(active ? 2 : 1));

    const float pad = view.px(14);
    const float y_middle = low.y + size.y / 2;
    const std::size_t count = field.characters();
    const float pitch = view.px(13);
    const std::string counted = count > 12 ? text(Key::field_characters, {{"n", std::to_string(count)}}) : "";
    const float counted_width = counted.empty() ? 0 : measure(Face::small, counted).x + pad;
    const float room = size.x - 2 * pad - counted_width;
    const auto fitting = static_cast<std::size_t>(std::max(1.0F, std::floor(room / pitch)));
    const std::size_t shown = std::min(count, fitting);
    float x = low.x + pad;
    for (std::size_t i = 0; i < shown; ++i) {
        view.list()->AddCircleFilled({x + pitch / 2, y_middle}, view.px(4), enabled ? c.text : c.muted, 16);
        x += pitch;
    }
    if (count == 0 && !options.hint.empty())
        text_fit(view, {x + (active ? view.px(4) : 0), y_middle - height(Face::body) / 2}, room, Face::body, c.muted,
                 options.hint);
    if (!counted.empty())
        text_at(view.list(), {high.x - pad - counted_width + pad, y_middle - height(Face::small) / 2}, Face::small,
                c.muted, counted);
    if (active)
        view.list()->AddRectFilled({x + view.px(1), y_middle - view.px(10)},
                                   {x + view.px(1) + std::max(1.0F, view.px(1.5F)), y_middle + view.px(10)}, c.accent);
    note_item(view, path, "", low, high, enabled, active);
    return submitted;
}

bool secret_field(View& view, const std::string& path, ImVec2 position, ImVec2 size, SecretField& field,
                  const SecretFieldOptions& options) {
    return SecretFieldAccess::draw(view, path, position, size, field, options);
}

}  // namespace tokendeck::ui
