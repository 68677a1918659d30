// Draws texts in the system's fonts on a thread of its own: fonts are read from the disk, and the first time that can
// take a while. The thread begins with the first question; before it nothing of the fonts is read.
// Thread: main makes it, calls it and destroys it; destruction waits for the text that is being drawn.
#pragma once

#include "base/mailbox.hpp"
#include "base/worker_thread.hpp"
#include "lettering/lettering.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

namespace tokendeck::lettering {

class LetteringThread {
  public:
    struct Answer {
        Wish wish{};
        Picture picture{};  // as good as empty if it could not be drawn
    };
    using Make = std::function<std::unique_ptr<Letterer>()>;

    // `make` is called on the thread, once. `wake` is called from the thread after each answer.
    LetteringThread(Make make, void (*wake)());

    static constexpr std::size_t under_way_max = 32;
    // False: so many texts are being drawn already.
    [[nodiscard]] bool ask(Wish wish);
    [[nodiscard]] std::optional<Answer> take();

  private:
    void draw(Wish wish);

    const Make make_;
    void (*const wake_)();
    std::size_t under_way_ = 0;
    std::optional<std::unique_ptr<Letterer>> letterer_{};  // the thread's; nothing: not made yet
    base::Mailbox<Answer> answers_{under_way_max};
    base::WorkerThread<Wish> thread_{base::Handles::each, under_way_max, [this](Wish wish) { draw(std::move(wish)); }};
};

}  // namespace tokendeck::lettering
