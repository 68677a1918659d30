// The clipboard as a loan: what was lent is taken back only while it is still ours.
// Thread: main. Nothing here waits for another program for longer than `ClipboardSystem::read` says.
#pragma once

#include "base/secret.hpp"

#include <cstdint>
#include <memory>
#include <optional>

struct GLFWwindow;

namespace tokendeck::app {

// What is asked of the operating system. A test stands in for it.
class ClipboardSystem {
  public:
    virtual ~ClipboardSystem() = default;
    // Puts a text on the clipboard; the system, or GLFW for it, keeps a copy.
    virtual void write(const char* text) = 0;
    // Names who holds the clipboard now, without asking that program anything. Differs as soon as another took it.
    // Nothing: the system does not tell.
    [[nodiscard]] virtual std::optional<std::uint64_t> holder() = 0;
    // The text that is there. From another program it comes within 200 ms or not at all, where the system lets us
    // choose (X11, Windows); under Wayland GLFW waits for the other program to answer.
    [[nodiscard]] virtual base::SecretText read() = 0;
    // After `write("")`: gives the clipboard up altogether, where that is possible.
    virtual void release() = 0;
};

class Clipboard {
  public:
    explicit Clipboard(ClipboardSystem& system) : system_(system) {}

    // Lends `text`; ends the loan before it.
    void lend(base::SecretText text);
    // Ends the loan, and empties the clipboard if what was lent is still there.
    void take_back();
    // A text the user copied out of a field; not a loan.
    void copy(const char* text);
    // For pasting into a field. Valid until `forget_pasted`.
    [[nodiscard]] const char* paste();
    void forget_pasted() { pasted_.clear(); }

  private:
    ClipboardSystem& system_;
    base::SecretText lent_{};
    std::optional<std::uint64_t> holder_{};
    base::SecretText pasted_{};
};

// The clipboard of the system that `window` is on. Lifetime: within that of the window.
[[nodiscard]] std::unique_ptr<ClipboardSystem> system_clipboard(GLFWwindow* window);

}  // namespace tokendeck::app
