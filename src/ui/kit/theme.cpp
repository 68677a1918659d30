#include "ui/kit/theme.hpp"

#include "ui/kit/imgui_compat.hpp"
#include "ui/ui.hpp"

#include <algorithm>
#include <cmath>

namespace tokendeck::ui {
namespace {

constexpr ImU32 rgb(std::uint32_t hex, std::uint32_t alpha = 255) {
    return IM_COL32((hex >> 16) & 0xFF, (hex >> 8) & 0xFF, hex & 0xFF, alpha);
}

constexpr Palette light{
    .background = rgb(0xF4F6F8),
    .surface = rgb(0xFFFFFF),
    .raised = rgb(0xF0F3F6),
    .border = rgb(0xDFE4EA),
    .border_strong = rgb(0xC3CCD6),
    .text = rgb(0x17212C),
    .muted = rgb(0x55626F),
    .accent = rgb(0x0E6B78),
    .accent_hover = rgb(0x0A5863),
    .on_accent = rgb(0xFFFFFF),
    .accent_soft = rgb(0xE0F1F2),
    .accent_text = rgb(0x0B616D),
    .success = rgb(0x176B3F),
    .success_soft = rgb(0xE1F4E8),
    .warning = rgb(0x7F5200),
    .warning_soft = rgb(0xFDF1D8),
    .danger = rgb(0xA92A20),
    .danger_soft = rgb(0xFCE9E7),
    .danger_fill = rgb(0xB5332A),
    .on_danger = rgb(0xFFFFFF),
    .simulated = rgb(0x6B3FA0),
    .simulated_soft = rgb(0xEFE7F8),
    .track = rgb(0xDCE3E9),
    .shadow = rgb(0x1B2A3A, 14),
    .scrim = rgb(0x16202B, 120),
};

constexpr Palette dark_set{
    .background = rgb(0x11161B),
    .surface = rgb(0x1A2128),
    .raised = rgb(0x242D36),
    .border = rgb(0x2B353F),
    .border_strong = rgb(0x3F4C59),
    .text = rgb(0xE8EDF2),
    .muted = rgb(0x9FADBA),
    .accent = rgb(0x56C2CE),
    .accent_hover = rgb(0x74D3DD),
    .on_accent = rgb(0x062327),
    .accent_soft = rgb(0x163439),
    .accent_text = rgb(0x72D0DA),
    .success = rgb(0x6ED79B),
    .success_soft = rgb(0x163323),
    .warning = rgb(0xF2C063),
    .warning_soft = rgb(0x352A12),
    .danger = rgb(0xFF9C92),
    .danger_soft = rgb(0x3D1F1D),
    .danger_fill = rgb(0xC2463C),
    .on_danger = rgb(0xFFFFFF),
    .simulated = rgb(0xC9A8F2),
    .simulated_soft = rgb(0x30254A),
    .track = rgb(0x34404B),
    .shadow = rgb(0x000000, 50),
    .scrim = rgb(0x05080B, 170),
};

double luminance(ImU32 colour) {
    const auto channel = [](ImU32 byte) {
        const double c = static_cast<double>(byte & 0xFF) / 255.0;
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(colour >> IM_COL32_R_SHIFT) + 0.7152 * channel(colour >> IM_COL32_G_SHIFT) +
           0.0722 * channel(colour >> IM_COL32_B_SHIFT);
}

}  // namespace

const Palette& palette(bool dark) {
    return dark ? dark_set : light;
}

ImU32 faded(ImU32 colour, float factor) {
    const auto alpha = static_cast<float>((colour >> IM_COL32_A_SHIFT) & 0xFF) * std::clamp(factor, 0.0F, 1.0F);
    return (colour & ~IM_COL32_A_MASK) | (static_cast<ImU32>(alpha) << IM_COL32_A_SHIFT);
}

double contrast(ImU32 a, ImU32 b) {
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

ImVec4 background_colour(bool dark) {
    return ImGui::ColorConvertU32ToFloat4(palette(dark).background);
}

void apply_theme(bool dark, float scale) {
    const Palette& p = palette(dark);
    ImGuiStyle style;
    style.WindowPadding = {0, 0};
    style.WindowBorderSize = 0;
    style.WindowRounding = 0;
    style.ChildBorderSize = 0;
    style.PopupRounding = radius::popup;
    style.PopupBorderSize = 1;
    style.FramePadding = {12, 9};
    style.FrameRounding = radius::field;
    style.FrameBorderSize = 1;
    style.ItemSpacing = {0, 0};
    style.ItemInnerSpacing = {8, 4};
    style.ScrollbarSize = 12;
    style.ScrollbarRounding = 6;
    style.DisabledAlpha = 1.0F;  // widgets draw themselves disabled, text must stay legible
    style.ScaleAllSizes(scale);
    style.WindowMinSize = {1, 1};  // not below that, which Dear ImGui refuses
    style.FrameBorderSize = std::max(1.0F, std::floor(scale));
    style.PopupBorderSize = style.FrameBorderSize;

    const auto set = [&style](ImGuiCol which, ImU32 colour) {
        style.Colors[which] = ImGui::ColorConvertU32ToFloat4(colour);
    };
    set(ImGuiCol_WindowBg, p.background);
    set(ImGuiCol_ChildBg, 0);
    set(ImGuiCol_PopupBg, p.surface);
    set(ImGuiCol_Border, p.border_strong);
    set(ImGuiCol_BorderShadow, 0);
    set(ImGuiCol_Text, p.text);
    set(ImGuiCol_TextDisabled, p.muted);
    set(ImGuiCol_FrameBg, p.surface);
    set(ImGuiCol_FrameBgHovered, p.surface);
    set(ImGuiCol_FrameBgActive, p.surface);
    set(ImGuiCol_ScrollbarBg, 0);
    set(ImGuiCol_ScrollbarGrab, faded(p.muted, 0.35F));
    set(ImGuiCol_ScrollbarGrabHovered, faded(p.muted, 0.6F));
    set(ImGuiCol_ScrollbarGrabActive, faded(p.muted, 0.8F));
    set(ImGuiCol_TextSelectedBg, faded(p.accent, 0.35F));
    set(compat::focus_colour, 0);  // own focus rings, the same on all widgets
    ImGui::GetStyle() = style;

    ImGuiIO& io = ImGui::GetIO();
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.ConfigInputTextCursorBlink = false;  // a window in which nothing changes draws no frame
    io.IniFilename = nullptr;
}

}  // namespace tokendeck::ui
