// The clipboard of X11 by a connection and a thread of our own: GLFW offers a text and nothing beside it, and waits
// without a limit for a program that hangs. What is cleared stays owned as an empty text, because a clipboard manager
// puts its last item back as soon as nobody owns the clipboard.
// Source: ICCCM 2.0, "Peer-to-Peer Communication by Means of Selections"; freedesktop.org, "ClipboardManager".
#pragma once

#include "base/secret.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace tokendeck::desktop {

class X11Clipboard {
  public:
    enum class Kind : std::uint8_t {
        plain,
        secret,  // offered with the marks by which clipboard managers leave passwords out
    };
    // Null if the server cannot be reached. `wake` is called from the thread when `take_return` has news.
    [[nodiscard]] static std::unique_ptr<X11Clipboard> open(const char* display_name, void (*wake)());
    // Gives the clipboard up. First, for at most a second, clipboard managers can take what is offered: a text that
    // was copied to stay, or the empty one.
    ~X11Clipboard();
    X11Clipboard(const X11Clipboard&) = delete;
    X11Clipboard& operator=(const X11Clipboard&) = delete;

    // ---- main; each takes a round trip to the server at most ----

    void offer(const char* text, Kind kind);
    // Puts an empty text in the place of `secret`. For some seconds it is taken back from a program that puts `secret`
    // there again: once, the second time it is told by `take_return`.
    void clear(const base::SecretText& secret);
    // Another program owns the clipboard. If it offers `secret`, this does as `clear`; else it is left alone.
    void clear_elsewhere(const base::SecretText& secret);
    // The window that owns the clipboard; 0: none.
    [[nodiscard]] std::uint32_t owner();
    [[nodiscard]] bool is_own(std::uint32_t owner) const;
    [[nodiscard]] base::SecretText own_text() const;
    // The name of the program that put a cleared secret back for the second time; empty if it does not tell.
    [[nodiscard]] std::optional<std::string> take_return();
    // Since the last call another program put something else in the place of a secret that was offered. One that offers
    // the same, as clipboard managers do, does not count.
    [[nodiscard]] bool take_replaced();

  private:
    struct Parts;
    X11Clipboard();
    std::unique_ptr<Parts> parts_;
};

}  // namespace tokendeck::desktop
