// The clipboard as a loan: what was lent is taken back only while it is still ours.
// Thread: main. Nothing here waits for another program for longer than `ClipboardSystem::read` says.
#pragma once

#include "base/secret.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

struct GLFWwindow;

namespace tokendeck::desktop {

class DropTarget;

// The operating system's clipboard. Tests replace it.
class ClipboardSystem {
  public:
    virtual ~ClipboardSystem() = default;
    // Puts a text on the clipboard; the system, or GLFW for it, keeps a copy. `secret`: marked, where the system knows
    // a mark, as a text that clipboard managers leave out.
    virtual void write(const char* text, bool secret) = 0;
    // Names who holds the clipboard now, without asking that program anything. Differs as soon as another took it.
    // Nothing: the system does not tell.
    [[nodiscard]] virtual std::optional<std::uint64_t> holder() = 0;
    // The current text. From another program it comes within 200 ms or not at all, where the system lets us
    // choose (X11, Windows, some Wayland desktops); else GLFW waits for the other program to answer.
    [[nodiscard]] virtual base::SecretText read() = 0;
    // Replaces `lent` by an empty text and keeps the clipboard. Where the system lets us (X11), a program that puts
    // `lent` back is overridden once, and reported by `take_return` the second time.
    virtual void clear(const base::SecretText& lent) = 0;
    // Another program holds the clipboard: as `clear` if it offers `lent`, where the system lets us find out without
    // waiting (X11).
    virtual void clear_elsewhere(const base::SecretText& lent) { (void)lent; }
    // The name of a program that does not let `lent` be cleared; empty if it has none.
    [[nodiscard]] virtual std::optional<std::string> take_return() { return std::nullopt; }
    // True if since the last call another program has replaced what was lent (known on X11 only).
    [[nodiscard]] virtual bool take_replaced() { return false; }
};

class Clipboard {
  public:
    explicit Clipboard(ClipboardSystem& system) : system_(system) {}

    // Lends `text`; ends the loan before it.
    void lend(base::SecretText text);
    // Lends `text` in the place of what was lent, if that is still there and this program still holds it.
    void exchange(base::SecretText text);
    // Ends the loan, and empties the clipboard if what was lent is still there, whoever holds it by now.
    void take_back();
    // A text the user copied, out of a field for example; not a loan.
    void copy(const char* text);
    [[nodiscard]] std::optional<std::string> take_return() { return system_.take_return(); }
    // Something else is in the place of what was lent, which ends the loan.
    [[nodiscard]] bool take_replaced();
    // For pasting into a field. Valid until `forget_pasted`.
    [[nodiscard]] const char* paste();
    void forget_pasted() { pasted_.clear(); }

  private:
    ClipboardSystem& system_;
    base::SecretText lent_{};
    std::optional<std::uint64_t> holder_{};
    base::SecretText pasted_{};
};

// The clipboard of the system that `window` is on. `drops`: the window's, or null. `wake` is called from any thread
// when `take_return` has news. Lifetime: within that of the window and of `drops`.
[[nodiscard]] std::unique_ptr<ClipboardSystem> system_clipboard(GLFWwindow* window, DropTarget* drops, void (*wake)());

}  // namespace tokendeck::desktop
