#include "lettering/lettering_thread.hpp"

#include <utility>

namespace tokendeck::lettering {

LetteringThread::LetteringThread(Make make, void (*wake)()) : make_(std::move(make)), wake_(wake) {}

bool LetteringThread::ask(Wish wish) {
    if (under_way_ == under_way_max || !thread_.try_give(std::move(wish))) return false;
    ++under_way_;
    return true;
}

std::optional<LetteringThread::Answer> LetteringThread::take() {
    auto answer = answers_.try_pop();
    if (answer) --under_way_;
    return answer;
}

void LetteringThread::draw(Wish wish) {
    if (!letterer_) letterer_ = make_();
    Answer answer{std::move(wish), {}};
    if (*letterer_)
        if (auto picture = (*letterer_)->draw(answer.wish)) answer.picture = std::move(*picture);
    (void)answers_.try_push(std::move(answer));  // there is room for as many as can be under way
    if (wake_ != nullptr) wake_();
}

}  // namespace tokendeck::lettering
