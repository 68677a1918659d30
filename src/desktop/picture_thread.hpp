// Takes pictures from clipboard and screen on a thread of its own, one at a time, because another program may take its
// time to answer.
// Thread: main makes it, calls it and destroys it; destruction waits for what is under way to be given up (100 ms).
#pragma once

#include "base/mailbox.hpp"
#include "base/worker_thread.hpp"
#include "desktop/picture_source.hpp"

#include <atomic>
#include <cstdint>
#include <optional>

namespace tokendeck::desktop {

class PictureThread {
  public:
    enum class From : std::uint8_t { clipboard, screen };
    struct Answer {
        std::uint64_t id = 0;
        PictureOutcome outcome{};
    };

    // `source` is called on the thread. `wake` is called from the thread after each answer.
    PictureThread(PictureSource source, void (*wake)());
    ~PictureThread() { give_up(); }
    PictureThread(const PictureThread&) = delete;
    PictureThread& operator=(const PictureThread&) = delete;

    // What was asked before is given up; an answer that was on its way may still come. False: too many are under way.
    [[nodiscard]] bool ask(std::uint64_t id, From from);
    void give_up() { wanted_ = 0; }
    [[nodiscard]] std::optional<Answer> take() { return answers_.try_pop(); }

  private:
    struct Question {
        std::uint64_t id = 0;
        From from = From::clipboard;
    };
    void answer(const Question& question);

    const PictureSource source_;
    void (*const wake_)();
    std::atomic<std::uint64_t> wanted_ = 0;  // the only question whose answer somebody waits for
    base::Mailbox<Answer> answers_{15};
    base::WorkerThread<Question> thread_{base::Handles::each, 7,
                                         [this](const Question& question) { answer(question); }};
};

}  // namespace tokendeck::desktop
