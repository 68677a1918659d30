// QR codes that stand without their light margin on a dark ground, as web pages in dark colours show them: the outer
// ring of each finder pattern runs into the page, so no reader sees the pattern.
#pragma once

#include "qr/picture.hpp"

#include <vector>

namespace tokendeck::qr {

// Each code that may be one, dark on light, cut out and put on white; no more than eight, the likeliest first. May be
// turned in any way, but is no photograph from the side.
[[nodiscard]] std::vector<Grey> freed_from_dark(const Grey& picture);

}  // namespace tokendeck::qr
