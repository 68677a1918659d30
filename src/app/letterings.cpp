#include "app/letterings.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace tokendeck::app {

Letterings::Letterings(lettering::LetteringThread::Make make, window::TextureStore store, void (*wake)())
    : store_(std::move(store)), thread_(std::move(make), wake) {}

Letterings::~Letterings() {
    for (auto& [wish, kept] : pictures_) drop(kept);
}

std::size_t Letterings::Hash::operator()(const Name& name) const {
    return std::hash<std::string_view>()(name.text) * 31 + std::hash<float>()(name.em) + (name.strong ? 1 : 0);
}

std::size_t Letterings::Hash::operator()(const lettering::Wish& wish) const {
    return (*this)(Name{wish.text, wish.em, wish.strong});
}

const ui::LetterPicture* Letterings::find(std::string_view text, float em, bool strong) {
    const auto found = pictures_.find(Name{text, em, strong});
    if (found != pictures_.end()) {
        found->second.last_frame = frame_;
        return found->second.there ? &found->second.picture : nullptr;
    }
    lettering::Wish wish{std::string(text), em, strong};
    if (!thread_.ask(wish)) return nullptr;  // asked for again in the frame that the next answer brings
    pictures_[std::move(wish)].last_frame = frame_;
    return nullptr;
}

bool Letterings::turn() {
    bool told = false;
    while (auto answer = thread_.take()) {
        const auto found = pictures_.find(answer->wish);
        if (found == pictures_.end()) continue;
        const lettering::Picture& drawn = answer->picture;
        Kept& kept = found->second;
        ui::LetterPicture& picture = kept.picture;
        picture.width = drawn.width;
        picture.height = drawn.height;
        picture.left = drawn.left;
        picture.above = drawn.above;
        picture.advance = drawn.advance;
        picture.start = drawn.start;
        for (const lettering::Stop& stop : drawn.stops)
            picture.stops.push_back({stop.end, stop.advance, stop.caret, stop.may_break});
        if (drawn.width > 0) {
            std::vector<std::uint8_t> pixels(drawn.letters.size() * 4, 0xFF);
            for (std::size_t i = 0; i < drawn.letters.size(); ++i) pixels[4 * i + 3] = drawn.letters[i];
            picture.letters = store_.make(drawn.width, drawn.height, pixels);
            kept.bytes = pixels.size() + drawn.colours.size();
            picture.coloured = !drawn.colours.empty();
            if (picture.coloured) picture.colours = store_.make(drawn.width, drawn.height, drawn.colours);
        }
        kept.there = true;
        bytes_ += kept.bytes;
        told = true;
    }
    if (told) make_room();
    return told;
}

// Starts with what has been unused for longest; never what the last frame showed or what is still being drawn.
void Letterings::make_room() {
    while (pictures_.size() > kept_max || bytes_ > bytes_max) {
        auto oldest = pictures_.end();
        for (auto i = pictures_.begin(); i != pictures_.end(); ++i) {
            const bool unused = i->second.there && i->second.last_frame < frame_;
            if (unused && (oldest == pictures_.end() || i->second.last_frame < oldest->second.last_frame)) oldest = i;
        }
        if (oldest == pictures_.end()) return;
        drop(oldest->second);
        pictures_.erase(oldest);
    }
}

void Letterings::drop(Kept& kept) {
    if (kept.picture.width > 0 && kept.there) {
        store_.drop(kept.picture.letters);
        if (kept.picture.coloured) store_.drop(kept.picture.colours);
        dropped_ = true;
    }
    bytes_ -= kept.bytes;
}

}  // namespace tokendeck::app
