// What is dragged over the window and dropped on it, in every form that a drag offers. GLFW passes on the paths of
// files only, and gets nothing where a drop target takes everything. Thread: main. The target waits for other programs
// on a thread of its own.
#pragma once

#include "channel/drag.hpp"
#include "desktop/drop_forms.hpp"
#include "desktop/picture_source.hpp"

#include <memory>
#include <optional>

struct GLFWwindow;

namespace tokendeck::desktop {

class ClipboardSystem;

class DropTarget {
  public:
    virtual ~DropTarget() = default;
    // The current state of the drag.
    [[nodiscard]] virtual channel::Drag drag() const = 0;
    // The next thing that was dropped; each is given once.
    [[nodiscard]] virtual std::optional<Dropped> take() = 0;
    // Refuses everything that is dropped, or accepts it again.
    virtual void refuse(bool yes) = 0;
    // True where drops arrive through GLFW instead, and only files.
    [[nodiscard]] virtual bool files_only() const { return false; }
    // Where the system tells this of the clipboard and not GLFW; else null. Lifetime: this target's.
    [[nodiscard]] virtual ClipboardSystem* clipboard() { return nullptr; }
    // The picture on that clipboard, as `clipboard_picture`; nothing where the system does not tell this of it.
    // Thread: that of PictureThread.
    [[nodiscard]] virtual std::optional<PictureOutcome> copied_picture(const IsCancelled&) { return std::nullopt; }
};

// `wake` is called, from another thread, whenever `drag` or `take` has news. Null where GLFW's way has to do.
// The window has not been shown yet. Lifetime: within that of the window.
[[nodiscard]] std::unique_ptr<DropTarget> drop_target(GLFWwindow* window, void (*wake)());

}  // namespace tokendeck::desktop
