#include "app/picture_thread.hpp"

#include <utility>

namespace tokendeck::app {

PictureThread::PictureThread(PictureSource source, void (*wake)())
    : source_(std::move(source)), wake_(wake), thread_([this] { run(); }) {}

PictureThread::~PictureThread() {
    wanted_ = 0;
    ending_ = true;
    doorbell_.ring();
    thread_.join();
}

bool PictureThread::ask(std::uint64_t id, From from) {
    wanted_ = id;
    return questions_.try_push(Question{id, from});
}

void PictureThread::run() {
    while (true) {
        const std::uint32_t seen = doorbell_.rings();
        if (ending_) return;
        while (const auto question = questions_.try_pop()) {
            const auto given_up = [&] { return wanted_ != question->id; };
            if (given_up()) continue;
            Answer answer{question->id,
                          question->from == From::screen ? source_.screen() : source_.clipboard(given_up)};
            if (given_up()) continue;  // no main waits, and what was taken is wiped
            (void)answers_.try_push(std::move(answer));
            if (wake_ != nullptr) wake_();
        }
        doorbell_.wait_for_change(seen);
    }
}

}  // namespace tokendeck::app
