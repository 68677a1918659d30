// The clipboard of X11 by a connection and a thread of our own: GLFW offers a text and nothing beside it, and waits
// without a limit for a program that hangs. What is cleared stays owned as an empty text, because a clipboard manager
// puts its last item back as soon as nobody owns the clipboard.
#pragma once

#include "desktop/clipboard.hpp"

#include <memory>

namespace tokendeck::desktop {

// Null if the server cannot be reached. `wake` is called from the thread when `take_return` or `take_replaced` has
// news. Its end gives the clipboard up. First, for at most a second, clipboard managers can take what is offered: a
// text that was copied to stay, or the empty one.
[[nodiscard]] std::unique_ptr<ClipboardSystem> x11_clipboard(void (*wake)());

}  // namespace tokendeck::desktop
