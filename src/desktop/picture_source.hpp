// Pictures that are not files: those of the clipboard and the screen. Only for the thread of PictureThread: these
// wait for other programs. What is on a clipboard or a screen may be a secret.
#pragma once

#include "base/error.hpp"
#include "base/secret.hpp"
#include "desktop/transferred.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

namespace tokendeck::desktop {

// A picture file's content; or paths of picture files, never none.
using PictureOutcome = std::variant<base::SecretBytes, std::vector<std::string>, base::Error>;
enum class WindowSystem : std::uint8_t { x11, wayland, other };

// Errors: errors::clipboard_…, qr::errors::file_too_large. Gives up after 3 s in which the
// other program does not react.
[[nodiscard]] PictureOutcome clipboard_picture(WindowSystem system, const IsCancelled& is_cancelled);
// All screens as one picture. Errors: errors::screen_absent, screen_unreadable.
[[nodiscard]] PictureOutcome screen_picture(WindowSystem system);

// Both, of one window system; what takes pictures takes this, so that tests can give their own.
struct PictureSource {
    std::function<PictureOutcome(const IsCancelled&)> clipboard{};
    std::function<PictureOutcome()> screen{};
};
[[nodiscard]] PictureSource picture_source(WindowSystem system);

}  // namespace tokendeck::desktop
