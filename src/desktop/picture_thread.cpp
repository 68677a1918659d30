#include "desktop/picture_thread.hpp"

#include <utility>

namespace tokendeck::desktop {

PictureThread::PictureThread(PictureSource source, void (*wake)()) : source_(std::move(source)), wake_(wake) {}

bool PictureThread::ask(std::uint64_t id, From from) {
    wanted_ = id;
    return thread_.try_give(Question{id, from});
}

void PictureThread::answer(const Question& question) {
    const auto is_cancelled = [&] { return wanted_ != question.id; };
    if (is_cancelled()) return;
    Answer answer{question.id, question.from == From::screen ? source_.screen() : source_.clipboard(is_cancelled)};
    if (is_cancelled()) return;  // no main waits, and what was taken is wiped
    (void)answers_.try_push(std::move(answer));
    if (wake_ != nullptr) wake_();
}

}  // namespace tokendeck::desktop
