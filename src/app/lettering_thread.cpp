#include "app/lettering_thread.hpp"

#include <utility>

namespace tokendeck::app {

LetteringThread::LetteringThread(Make make, void (*wake)()) : make_(std::move(make)), wake_(wake) {}

LetteringThread::~LetteringThread() {
    ending_ = true;
    doorbell_.ring();
    if (thread_.joinable()) thread_.join();
}

bool LetteringThread::ask(lettering::Wish wish) {
    if (under_way_ == under_way_max || !questions_.try_push(std::move(wish))) return false;
    ++under_way_;
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    return true;
}

std::optional<LetteringThread::Answer> LetteringThread::take() {
    auto answer = answers_.try_pop();
    if (answer) --under_way_;
    return answer;
}

void LetteringThread::run() {
    const std::unique_ptr<lettering::Letterer> letterer = make_();
    while (true) {
        const std::uint32_t seen = doorbell_.rings();
        while (auto wish = questions_.try_pop()) {
            if (ending_) return;
            Answer answer{std::move(*wish), {}};
            if (letterer)
                if (auto picture = letterer->draw(answer.wish)) answer.picture = std::move(*picture);
            (void)answers_.try_push(std::move(answer));  // there is room for as many as can be under way
            if (wake_ != nullptr) wake_();
        }
        if (ending_) return;
        doorbell_.wait_for_change(seen);
    }
}

}  // namespace tokendeck::app
