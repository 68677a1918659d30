// The one place where a secret is typed. Dear ImGui's own text field keeps copies of what was typed, so this one does
// not use it: characters go from the input queue straight into a SecretText, and the queue is wiped.
// What was typed is shown as dots, or as it is while the person wants to see it. Editing is at the caret, which the
// arrows, Home, End and a click move: Backspace, Delete, Ctrl+Backspace (all), Ctrl+V. A field that is high enough has
// several rows. None of it is ever in the item map. Thread: main.
#pragma once

#include "base/secret.hpp"

#include <imgui.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace tokendeck::ui {

struct View;

// An otpauth link has some hundred, an export of a thousand accounts some hundred thousand.
inline constexpr std::size_t pasted_bytes_max = 256 * 1024;

class SecretField {
  public:
    // What was typed; the field is empty afterwards.
    [[nodiscard]] base::SecretText take();
    // A copy, for explaining the text while it stays in the field.
    [[nodiscard]] base::SecretText copy() const { return text_.clone(); }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    [[nodiscard]] std::size_t characters() const;
    [[nodiscard]] std::size_t bytes() const { return text_.size(); }
    [[nodiscard]] bool same_as(const SecretField& other) const { return base::same(text_, other.text_); }
    // True once after the text changed, except by `take`.
    [[nodiscard]] bool take_changed() { return std::exchange(changed_, false); }
    // True in the frame in which Ctrl+V found no text to paste: perhaps there is a picture.
    [[nodiscard]] bool pasted_nothing() const { return pasted_nothing_; }
    // Readable instead of dots, until the field is empty or not drawn any more.
    void reveal(bool yes) { revealed_ = yes; }
    [[nodiscard]] bool revealed() const { return revealed_; }
    // Gives it the keyboard in the next frame in which it is drawn.
    void focus() { focus_wanted_ = true; }
    // Ctrl+V while the keyboard is elsewhere: puts the clipboard's text in, several lines as they are.
    void paste_and_focus();
    // The caret goes behind the character that is wrong as soon as one is told, unless the person types before that.
    void seek_wrong() { wrong_sought_ = true; }
    // In a frame in which the field is not drawn: what was typed may be needed again, and then it has the keyboard.
    void keep() { drawn_ = focus_wanted_ = true; }
    // The same without the keyboard.
    void keep_unseen() { drawn_ = true; }
    // Call once a frame, after everything was drawn: wipes the text of a field that was not drawn.
    void end_frame();
    void wipe();

  private:
    friend struct SecretFieldAccess;
    base::SecretText text_{};
    std::size_t caret_ = 0;  // byte in it
    bool wrong_sought_ = false;
    bool drawn_ = false;
    bool was_drawn_ = false;  // in the frame before
    bool focus_wanted_ = false;
    bool overlong_ = false;
    bool changed_ = false;
    bool pasted_nothing_ = false;
    bool revealed_ = false;
};

struct SecretFieldOptions {
    std::string hint{};           // shown while the field is empty
    std::size_t bytes_max = 256;  // more is refused as a whole and said so, never cut
    bool enabled = true;
    bool takes_focus = false;  // has the keyboard as soon as it appears
    bool lines = false;  // a pasted text may have several lines; otherwise only its end may be a line break, and goes
    // Places in what was typed, in bytes: wrong (marked, and noted as the item `<path>/wrong`, without text), and in
    // doubt.
    std::optional<std::size_t> wrong{};
    std::span<const std::size_t> doubtful{};
};

// Draws the field into a rectangle (screen position and size). Returns true when Enter was pressed in it.
bool secret_field(View& view, const std::string& path, ImVec2 position, ImVec2 size, SecretField& field,
                  const SecretFieldOptions& options);
// True if more was typed or pasted than the field takes; it was not taken.
[[nodiscard]] bool overlong(const SecretField& field);

}  // namespace tokendeck::ui
