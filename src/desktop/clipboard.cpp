#include "desktop/clipboard.hpp"

#include <utility>

namespace tokendeck::desktop {

void Clipboard::lend(base::SecretText text) {
    system_.write(text.c_str(), true);
    holder_ = system_.holder();
    lent_ = std::move(text);
}

void Clipboard::exchange(base::SecretText text) {
    if (lent_.empty() || (holder_ && system_.holder() != holder_)) return;
    if (same(system_.read(), lent_)) lend(std::move(text));
}

void Clipboard::take_back() {
    if (lent_.empty()) return;
    // The holder is asked first: as long as it is this program, reading asks no other.
    if (holder_ && system_.holder() != holder_) system_.clear_elsewhere(lent_);
    else if (same(system_.read(), lent_)) system_.clear(lent_);
    lent_.clear();
    holder_.reset();
}

void Clipboard::copy(const char* text) {
    system_.write(text, false);
    lent_.clear();  // it is no longer there
    holder_.reset();
}

bool Clipboard::take_replaced() {
    if (!system_.take_replaced()) return false;
    lent_.clear();
    holder_.reset();
    return true;
}

const char* Clipboard::paste() {
    pasted_ = system_.read();
    return pasted_.c_str();
}

}  // namespace tokendeck::desktop
