#include "state/intents.hpp"

namespace tokendeck::state {

Intent::Intent(Intent&&) noexcept = default;
Intent& Intent::operator=(Intent&&) noexcept = default;
Intent::~Intent() = default;

Intents::Intents() = default;
Intents::Intents(Intents&&) noexcept = default;
Intents::~Intents() = default;

void Intents::add(Intent&& intent) {
    wishes_.push_back(std::move(intent));
}

std::vector<Intent> Intents::take() {
    return std::exchange(wishes_, {});
}

}  // namespace tokendeck::state
