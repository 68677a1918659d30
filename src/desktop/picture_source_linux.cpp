#include "desktop/picture_source_linux.hpp"

#include "desktop/errors.hpp"
#include "desktop/picture_forms.hpp"
#include "qr/decode.hpp"
#include "qr/errors.hpp"

#include <cstdlib>
#include <utility>

namespace tokendeck::desktop {

PictureOutcome clipboard_picture(WindowSystem system, const IsCancelled& is_cancelled) {
    return system == WindowSystem::wayland ? wayland_clipboard_picture(is_cancelled)
                                           : x11_clipboard_picture(is_cancelled);
}

PictureOutcome picture_in(std::string_view form, Transferred handed) {
    if (const auto* reason = std::get_if<NotTransferred>(&handed)) return why_no_picture(*reason);
    auto& content = std::get<base::SecretBytes>(handed);
    if (content.empty()) return base::Error{errors::clipboard_no_picture};
    if (form != uri_list_form) return std::move(content);
    const auto bytes = std::as_const(content).bytes();
    auto files = files_of_uri_list({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    if (files.empty()) return base::Error{errors::clipboard_no_picture};
    return files;
}

PictureOutcome screen_picture(WindowSystem system) {
    // Under Xwayland the X server's screen is black: what the other windows show is not on it.
    const char* const session = std::getenv("WAYLAND_DISPLAY");
    if (system == WindowSystem::wayland || (session != nullptr && *session != '\0'))
        return base::Error{errors::screen_absent};
    return x11_screen_picture();
}

base::Error why_no_picture(NotTransferred reason) {
    base::Error error{errors::clipboard_unreadable};
    switch (reason) {
        case NotTransferred::refused: error.code = errors::clipboard_no_picture; break;
        case NotTransferred::no_answer:
            error.code = errors::clipboard_no_answer;
            error.limit = silence_limit.count();
            break;
        case NotTransferred::too_large:
            error.code = qr::errors::file_too_large;
            error.limit = static_cast<std::int64_t>(qr::file_bytes_max);
            break;
        case NotTransferred::unreadable: break;
    }
    return error;
}

}  // namespace tokendeck::desktop
