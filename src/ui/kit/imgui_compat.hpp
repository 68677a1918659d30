// The differences between Dear ImGui 1.86 and 1.92, all in one place.
#pragma once

#include "base/secret.hpp"

#include <imgui.h>
#include <imgui_internal.h>

namespace tokendeck::ui::compat {

// ---- keys ----

inline bool key_pressed(ImGuiKey key, bool repeat = false) {
#if IMGUI_VERSION_NUM >= 18700
    return ImGui::IsKeyPressed(key, repeat);
#else
    return ImGui::IsKeyPressedMap(key, repeat);
#endif
}

inline bool enter_pressed() {
#if IMGUI_VERSION_NUM >= 18700
    return key_pressed(ImGuiKey_Enter) || key_pressed(ImGuiKey_KeypadEnter);
#else
    return key_pressed(ImGuiKey_Enter) || key_pressed(ImGuiKey_KeyPadEnter);
#endif
}

// The letter of a shortcut with Ctrl (Cmd on a Mac), and nothing else held.
inline bool shortcut_pressed(ImGuiKey letter) {
    const ImGuiIO& io = ImGui::GetIO();
    const bool main_modifier = io.ConfigMacOSXBehaviors ? io.KeySuper : io.KeyCtrl;
    return main_modifier && !io.KeyAlt && key_pressed(letter, true);
}

// Keys that 1.86 has no names for; its GLFW backend tells them by GLFW's numbers.
namespace keys {
#if IMGUI_VERSION_NUM >= 18700
using Key = ImGuiKey;
inline constexpr Key f1 = ImGuiKey_F1;
inline constexpr Key f2 = ImGuiKey_F2;
inline constexpr Key f5 = ImGuiKey_F5;
inline constexpr Key f = ImGuiKey_F;
inline constexpr Key n = ImGuiKey_N;
inline constexpr Key comma = ImGuiKey_Comma;
inline constexpr Key digits[] = {ImGuiKey_1, ImGuiKey_2, ImGuiKey_3, ImGuiKey_4};
#else
using Key = int;
inline constexpr Key f1 = 290;
inline constexpr Key f2 = 291;
inline constexpr Key f5 = 294;
inline constexpr Key f = 70;
inline constexpr Key n = 78;
inline constexpr Key comma = 44;
inline constexpr Key digits[] = {49, 50, 51, 52};
#endif
}  // namespace keys

inline bool named_key_pressed(keys::Key key) {
    return ImGui::IsKeyPressed(key, false);
}

// Ctrl (Cmd on a Mac) is held, and neither Alt nor Shift.
inline bool main_modifier_held() {
    const ImGuiIO& io = ImGui::GetIO();
    return (io.ConfigMacOSXBehaviors ? io.KeySuper : io.KeyCtrl) && !io.KeyAlt && !io.KeyShift;
}

inline bool no_modifier_held() {
    const ImGuiIO& io = ImGui::GetIO();
    return !io.KeyCtrl && !io.KeySuper && !io.KeyAlt && !io.KeyShift;
}

// The window that is being made is drawn over all others.
inline void to_the_front() {
    ImGui::BringWindowToDisplayFront(ImGui::GetCurrentWindow());
}

// A list that drops down, or a menu, has the keyboard.
inline bool popup_open() {
    return ImGui::IsPopupOpen(static_cast<const char*>(nullptr),
                              ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
}

// ---- items ----

// Dear ImGui's own search for an item to begin with, when an arrow is pressed and nothing has the focus.
template <typename Context>
void drop_first_focus(Context& g) {
    g.NavInitRequest = false;
    if constexpr (requires { g.NavInitResultId; }) g.NavInitResultId = 0;
    else g.NavInitResult.Clear();
}

inline void show_focus(bool seen) {
#if IMGUI_VERSION_NUM >= 19140
    ImGui::SetNavCursorVisible(seen);
#else
    ImGui::GetCurrentContext()->NavDisableHighlight = !seen;
#endif
}

// Gives the item that is about to be added the focus, visibly, and scrolls to it. `covered`: height at the foot of the
// area where something lies over it.
inline void focus_item(ImGuiID id, const ImRect& rect, float covered) {
    ImGuiWindow* const window = ImGui::GetCurrentWindow();
    drop_first_focus(*ImGui::GetCurrentContext());
    if (ImGui::GetCurrentContext()->ActiveId != id) ImGui::ClearActiveID();
    ImGui::FocusWindow(window);
    ImGui::SetFocusID(id, window);
    window->NavRectRel[window->DC.NavLayerCurrent] = ImGui::WindowRectAbsToRel(window, rect);
    ImGui::ScrollToRect(window, {rect.Min, {rect.Max.x, rect.Max.y + covered}});
    show_focus(true);
#if IMGUI_VERSION_NUM < 19140
    ImGui::GetCurrentContext()->NavDisableMouseHover = true;
#endif
}

// The arrow key pressed in this frame was used for something else.
inline void drop_arrow_key() {
    ImGui::NavMoveRequestCancel();
}

// Fields with this flag are reached with Tab and take the keyboard then.
inline constexpr ImGuiItemFlags field_flags = ImGuiItemFlags_Inputable;
// Buttons are reached with Tab. Before 1.87 only with the same flag; later versions lead Tab to every item by
// themselves and would press a button that has it.
#if IMGUI_VERSION_NUM < 18700
inline constexpr ImGuiItemFlags button_flags = ImGuiItemFlags_Inputable;
#else
inline constexpr ImGuiItemFlags button_flags = ImGuiItemFlags_None;
#endif

inline bool hoverable(const ImRect& rect, ImGuiID id) {
#if IMGUI_VERSION_NUM >= 18970
    return ImGui::ItemHoverable(rect, id, ImGui::GetItemFlags());
#else
    return ImGui::ItemHoverable(rect, id);
#endif
}

// True in the frame in which the item was reached by Tab, or Enter was pressed on it.
inline bool activated_for_input(ImGuiID id) {
    const ImGuiContext& g = *ImGui::GetCurrentContext();
#if IMGUI_VERSION_NUM >= 18955
    return g.NavActivateId == id && (g.NavActivateFlags & ImGuiActivateFlags_PreferInput) != 0;
#else
    return g.NavActivateInputId == id || g.NavActivateId == id;
#endif
}

// For a button that Tab skips.
inline constexpr ImGuiItemFlags passed_flags = ImGuiItemFlags_NoTabStop;

// The person uses the keyboard to move around, so the focus has to be seen.
inline bool focus_visible() {
    const ImGuiContext& g = *ImGui::GetCurrentContext();
#if IMGUI_VERSION_NUM >= 19140
    return g.NavCursorVisible;
#else
    return !g.NavDisableHighlight;
#endif
}

// To be called at the beginning of a frame in which Tab was pressed: from now on the focus is seen.
inline void tab_pressed() {
#if IMGUI_VERSION_NUM < 18700
    // 1.86 moves on from fields only; from elsewhere it would go to the first item again and again.
    ImGuiContext& g = *ImGui::GetCurrentContext();
    if ((g.NavMoveFlags & ImGuiNavMoveFlags_Tabbing) != 0 && g.NavTabbingDir == 0 && g.NavId != 0) g.NavTabbingDir = 1;
#endif
    show_focus(true);
}

// Dear ImGui's own list of windows, with Ctrl+Tab: there is one window here.
inline void no_window_list() {
    ImGuiContext& g = *ImGui::GetCurrentContext();
    g.NavWindowingTarget = nullptr;
    g.NavWindowingTargetAnim = nullptr;
}

// To be called at the end of a frame. The item that had the focus may be gone with its page; Tab would look for it in
// vain. `frames_gone` is kept by the caller: an item that takes the focus in this frame is told as gone once.
inline void forget_lost_focus(int& frames_gone) {
    ImGuiContext& g = *ImGui::GetCurrentContext();
    frames_gone = g.NavId != 0 && !g.NavIdIsAlive ? frames_gone + 1 : 0;
    if (frames_gone >= 2) {
        g.NavId = 0;
        frames_gone = 0;
    }
#if IMGUI_VERSION_NUM >= 18700
    // From nothing, Tab leads to the first item only while the focus is not seen.
    if (g.NavId == 0 && g.ActiveId == 0) show_focus(false);
#endif
}

// While an own field is active it takes arrows, Home, End and Enter itself.
inline void claim_keys_of_active_field(ImGuiID id) {
    ImGuiContext& g = *ImGui::GetCurrentContext();
    g.ActiveIdUsingNavDirMask |= (1U << ImGuiDir_Left) | (1U << ImGuiDir_Right);
#if IMGUI_VERSION_NUM >= 18970
    ImGui::SetKeyOwner(ImGuiKey_Enter, id);
    ImGui::SetKeyOwner(ImGuiKey_KeypadEnter, id);
    ImGui::SetKeyOwner(ImGuiKey_Home, id);
    ImGui::SetKeyOwner(ImGuiKey_End, id);
#elif IMGUI_VERSION_NUM >= 18700
    ImGui::SetActiveIdUsingKey(ImGuiKey_Home);
    ImGui::SetActiveIdUsingKey(ImGuiKey_End);
#else
    g.ActiveIdUsingNavInputMask |= 1U << ImGuiNavInput_Input;
    g.ActiveIdUsingKeyInputMask |= (ImU64{1} << ImGuiKey_Home) | (ImU64{1} << ImGuiKey_End);
#endif
    (void)id;
}

// While an own field is active Escape is for it alone.
inline void claim_escape(ImGuiID id) {
#if IMGUI_VERSION_NUM >= 18970
    ImGui::SetKeyOwner(ImGuiKey_Escape, id);
#else
    ImGui::GetCurrentContext()->ActiveIdUsingNavInputMask |= 1U << ImGuiNavInput_Cancel;
#endif
    (void)id;
}

// A child window through which Tab and arrows pass as if it were part of its parent.
inline void begin_child(const char* id, ImVec2 size, ImGuiWindowFlags flags) {
#if IMGUI_VERSION_NUM >= 19090
    ImGui::BeginChild(id, size, ImGuiChildFlags_NavFlattened, flags);
#else
    ImGui::BeginChild(id, size, false, flags | ImGuiWindowFlags_NavFlattened);
#endif
}

#if IMGUI_VERSION_NUM >= 19140
inline constexpr ImGuiCol focus_colour = ImGuiCol_NavCursor;
#else
inline constexpr ImGuiCol focus_colour = ImGuiCol_NavHighlight;
#endif

// ---- fonts ----

// The height a font was made for, in units of the window.
inline float size_of(const ImFont* font) {
#if IMGUI_VERSION_NUM >= 19200
    return font->LegacySize * ImGui::GetStyle().FontScaleMain;
#else
    return font->FontSize * ImGui::GetIO().FontGlobalScale;
#endif
}

inline void set_font_shrink(float factor) {
#if IMGUI_VERSION_NUM >= 19200
    ImGui::GetStyle().FontScaleMain = factor;
#else
    ImGui::GetIO().FontGlobalScale = factor;
#endif
}

inline void push_font(ImFont* font) {
#if IMGUI_VERSION_NUM >= 19200
    ImGui::PushFont(font, font->LegacySize);
#else
    ImGui::PushFont(font);
#endif
}

// True if the font file has this letter.
inline bool has_glyph(const ImFont* font, ImWchar letter) {
#if IMGUI_VERSION_NUM >= 19200
    return const_cast<ImFont*>(font)->IsGlyphInFont(letter);
#else
    return const_cast<ImFont*>(font)->FindGlyphNoFallback(letter) != nullptr;
#endif
}

// From the upper edge of a line to its base line.
inline float ascent(const ImFont* font, float size) {
#if IMGUI_VERSION_NUM >= 19200
    return const_cast<ImFont*>(font)->GetFontBaked(size)->Ascent;
#else
    return font->Ascent * size / font->FontSize;
#endif
}

// Where a line of at most `width` ends.
inline const char* wrap_position(const ImFont* font, float size, const char* begin, const char* end, float width) {
#if IMGUI_VERSION_NUM >= 19200
    return const_cast<ImFont*>(font)->CalcWordWrapPosition(size, begin, end, width);
#else
    return font->CalcWordWrapPositionA(size / font->FontSize, begin, end, width);
#endif
}

inline ImVec2 measure(const ImFont* font, float size, const char* begin, const char* end) {
    return const_cast<ImFont*>(font)->CalcTextSizeA(size, FLT_MAX, 0.0F, begin, end);
}

// ---- what was typed ----

// Where a character of Dear ImGui has 16 bits, one beyond U+FFFF is given to it as two halves.
inline void add_typed_character(unsigned character) {
    ImGuiIO& io = ImGui::GetIO();
    if (sizeof(ImWchar) > 2 || character <= 0xFFFF) return io.AddInputCharacter(character);
    io.AddInputCharacter(0xD800 + ((character - 0x10000) >> 10));
    io.AddInputCharacter(0xDC00 + ((character - 0x10000) & 0x3FF));
}

// The complete characters among those in the queue; a single half is left out.
template <typename Visit>
void each_typed_character(Visit&& visit) {
    char32_t first = 0;
    for (const ImWchar half : ImGui::GetIO().InputQueueCharacters) {
        const auto c = static_cast<char32_t>(half);
        if (c >= 0xD800 && c <= 0xDBFF) {
            first = c;
            continue;
        }
        if (c >= 0xDC00 && c <= 0xDFFF) {
            if (first != 0) visit(0x10000 + ((first - 0xD800) << 10) + (c - 0xDC00));
        } else {
            visit(c);
        }
        first = 0;
    }
}

// ---- copies of what was typed ----

template <typename T>
void wipe_vector(ImVector<T>& vector) {
    if (vector.Data != nullptr) base::wipe(vector.Data, static_cast<std::size_t>(vector.Capacity) * sizeof(T));
    vector.resize(0);
}

// Characters that were typed and wait for a field or were read by one. After all widgets of a frame were drawn.
inline void wipe_typed_characters() {
    wipe_vector(ImGui::GetIO().InputQueueCharacters);
#if IMGUI_VERSION_NUM >= 18700
    ImGuiContext& g = *ImGui::GetCurrentContext();
    // Events that were handled, kept for debugging tools. Those not handled yet are still needed.
    wipe_vector(g.InputEventsTrail);
    const int waiting = g.InputEventsQueue.Size;
    if (waiting < g.InputEventsQueue.Capacity)
        base::wipe(g.InputEventsQueue.Data + waiting,
                   static_cast<std::size_t>(g.InputEventsQueue.Capacity - waiting) * sizeof(ImGuiInputEvent));
#endif
}

// The text that the clipboard's default handler keeps; the app's own handler keeps none.
inline void wipe_clipboard_buffer() {
    wipe_vector(ImGui::GetCurrentContext()->ClipboardHandlerData);
}

}  // namespace tokendeck::ui::compat
