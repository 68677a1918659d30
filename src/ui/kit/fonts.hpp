// The faces the window is set in: Inter, with DejaVu Sans for letters that Inter lacks and Font Awesome for icons.
#pragma once

#include <imgui.h>

#include <string_view>

namespace tokendeck::ui {

// In the order in which load_fonts adds them to the atlas. The first is Dear ImGui's default.
enum class Face { body, small, strong, title, heading, digits, icon_large, count };

// The font of a face. Precondition: load_fonts was called for the current context.
[[nodiscard]] ImFont* font(Face face);
// Its height in units of the window.
[[nodiscard]] float height(Face face);
[[nodiscard]] ImVec2 measure(Face face, std::string_view text);

// Code points of Font Awesome 4.7 as UTF-8. What is not listed here is not in the atlas.
namespace icon {
inline constexpr const char* check = "\xEF\x80\x8C";          // f00c
inline constexpr const char* cross = "\xEF\x80\x8D";          // f00d
inline constexpr const char* cog = "\xEF\x80\x93";            // f013
inline constexpr const char* trash = "\xEF\x80\x94";          // f014
inline constexpr const char* clock = "\xEF\x80\x97";          // f017
inline constexpr const char* refresh = "\xEF\x80\xA1";        // f021
inline constexpr const char* lock = "\xEF\x80\xA3";           // f023
inline constexpr const char* qrcode = "\xEF\x80\xA9";         // f029
inline constexpr const char* picture = "\xEF\x80\xBE";        // f03e
inline constexpr const char* check_circle = "\xEF\x81\x98";   // f058
inline constexpr const char* cross_circle = "\xEF\x81\x97";   // f057
inline constexpr const char* info_circle = "\xEF\x81\x9A";    // f05a
inline constexpr const char* ban = "\xEF\x81\x9E";            // f05e
inline constexpr const char* arrow_left = "\xEF\x81\xA0";     // f060
inline constexpr const char* arrow_right = "\xEF\x81\xA1";    // f061
inline constexpr const char* arrow_up = "\xEF\x81\xA2";       // f062
inline constexpr const char* plus = "\xEF\x81\xA7";           // f067
inline constexpr const char* warning = "\xEF\x81\xB1";        // f071
inline constexpr const char* chevron_down = "\xEF\x81\xB8";   // f078
inline constexpr const char* folder = "\xEF\x81\xBB";         // f07b
inline constexpr const char* folder_open = "\xEF\x81\xBC";    // f07c
inline constexpr const char* chart = "\xEF\x82\x80";          // f080
inline constexpr const char* key = "\xEF\x82\x84";            // f084
inline constexpr const char* list = "\xEF\x80\xBA";           // f03a
inline constexpr const char* flask = "\xEF\x83\x83";          // f0c3
inline constexpr const char* copy = "\xEF\x83\x85";           // f0c5
inline constexpr const char* clipboard = "\xEF\x83\xAA";      // f0ea
inline constexpr const char* chevron_right = "\xEF\x81\x94";  // f054
inline constexpr const char* desktop = "\xEF\x84\x88";        // f108
inline constexpr const char* eject = "\xEF\x81\x92";          // f052
inline constexpr const char* shield = "\xEF\x84\xB2";         // f132
inline constexpr const char* sun = "\xEF\x86\x85";            // f185
inline constexpr const char* moon = "\xEF\x86\x86";           // f186
inline constexpr const char* usb = "\xEF\x8A\x87";            // f287
inline constexpr const char* microchip = "\xEF\x8B\x9B";      // f2db
inline constexpr const char* user = "\xEF\x80\x87";           // f007
inline constexpr const char* pencil = "\xEF\x81\x80";         // f040
inline constexpr const char* unlock = "\xEF\x82\x9C";         // f09c
inline constexpr const char* wrench = "\xEF\x82\xAD";         // f0ad
inline constexpr const char* stethoscope = "\xEF\x83\xB1";    // f0f1
inline constexpr const char* keyboard = "\xEF\x84\x9C";       // f11c
inline constexpr const char* eraser = "\xEF\x84\xAD";         // f12d
inline constexpr const char* search = "\xEF\x80\x82";         // f002
inline constexpr const char* grid = "\xEF\x80\x8A";           // f00a
inline constexpr const char* eye = "\xEF\x81\xAE";            // f06e
inline constexpr const char* eye_off = "\xEF\x81\xB0";        // f070
inline constexpr const char* print = "\xEF\x80\xAF";          // f02f
inline constexpr const char* download = "\xEF\x80\x99";       // f019
}  // namespace icon

}  // namespace tokendeck::ui
