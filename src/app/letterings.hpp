// The texts that the window shows as pictures, kept while they are shown and for some time more, within bounds.
// Thread: main, with the window's context current.
#pragma once

#include "lettering/lettering_thread.hpp"
#include "ui/kit/lettering.hpp"
#include "window/textures.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tokendeck::app {

class Letterings final : public ui::Lettering {
  public:
    static constexpr std::size_t kept_max = 256;                    // texts
    static constexpr std::size_t bytes_max = std::size_t{8} << 20;  // of pixels; what is on screen stays all the same

    Letterings(lettering::LetteringThread::Make make, window::TextureStore store, void (*wake)());
    ~Letterings() override;
    Letterings(const Letterings&) = delete;
    Letterings& operator=(const Letterings&) = delete;

    // Call before each frame: texts that the last one did not ask for may be dropped.
    void begin_frame() { ++frame_; }
    // Uploads the texts that are ready. True: the window has to be drawn again.
    [[nodiscard]] bool turn();
    [[nodiscard]] const ui::LetterPicture* find(std::string_view text, float em, bool strong) override;
    [[nodiscard]] std::size_t kept() const { return pictures_.size(); }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }
    // True once after textures were deleted: a new one may have the number of a deleted one.
    [[nodiscard]] bool take_dropped() { return std::exchange(dropped_, false); }

  private:
    struct Name {
        std::string_view text;
        float em;
        bool strong;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(const Name& name) const;
        std::size_t operator()(const lettering::Wish& wish) const;
    };
    struct Same {
        using is_transparent = void;
        bool operator()(const lettering::Wish& a, const lettering::Wish& b) const { return a == b; }
        bool operator()(const Name& a, const lettering::Wish& b) const {
            return a.text == b.text && a.em == b.em && a.strong == b.strong;
        }
        bool operator()(const lettering::Wish& a, const Name& b) const { return (*this)(b, a); }
    };
    struct Kept {
        ui::LetterPicture picture{};
        bool there = false;
        std::uint64_t last_frame = 0;
        std::size_t bytes = 0;
    };

    void make_room();
    void drop(Kept& kept);

    const window::TextureStore store_;
    std::unordered_map<lettering::Wish, Kept, Hash, Same> pictures_{};
    std::uint64_t frame_ = 0;
    std::size_t bytes_ = 0;
    bool dropped_ = false;
    lettering::LetteringThread thread_;
};

}  // namespace tokendeck::app
