// Draws texts in the system's fonts on a thread of its own: fonts are read from the disk, and the first time that can
// take a while. The thread begins with the first question; before it nothing of the fonts is read.
// Thread: main makes it, calls it and destroys it; destruction waits for the text that is being drawn.
#pragma once

#include "base/doorbell.hpp"
#include "base/mailbox.hpp"
#include "lettering/lettering.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <thread>

namespace tokendeck::app {

class LetteringThread {
  public:
    struct Answer {
        lettering::Wish wish{};
        lettering::Picture picture{};  // as good as empty if it could not be drawn
    };
    using Make = std::function<std::unique_ptr<lettering::Letterer>()>;

    // `make` is called on the thread, once. `wake` is called from the thread after each answer.
    LetteringThread(Make make, void (*wake)());
    ~LetteringThread();
    LetteringThread(const LetteringThread&) = delete;
    LetteringThread& operator=(const LetteringThread&) = delete;

    static constexpr std::size_t under_way_max = 32;
    // False: so many texts are being drawn already.
    [[nodiscard]] bool ask(lettering::Wish wish);
    [[nodiscard]] std::optional<Answer> take();

  private:
    void run();

    const Make make_;
    void (*const wake_)();
    std::size_t under_way_ = 0;
    std::atomic<bool> ending_ = false;
    base::Doorbell doorbell_{};
    base::Mailbox<lettering::Wish> questions_{under_way_max, &doorbell_};
    base::Mailbox<Answer> answers_{under_way_max};
    std::thread thread_{};
};

}  // namespace tokendeck::app
