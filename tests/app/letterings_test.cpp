// Texts as pictures: made on a thread of their own, kept within bounds.
#include "app/letterings.hpp"

#include "support/catch.hpp"

#include <atomic>
#include <chrono>
#include <set>
#include <string>
#include <thread>

using namespace tokendeck;

namespace {

std::atomic<int> made = 0;
std::atomic<int> woken = 0;

class Bars final : public lettering::Letterer {
  public:
    explicit Bars(int width) : width_(width) { ++made; }
    std::optional<lettering::Picture> draw(const lettering::Wish& wish) override {
        if (wish.text == "refused") return std::nullopt;
        lettering::Picture picture;
        picture.width = width_;
        picture.height = 2;
        picture.advance = static_cast<float>(width_) + 0.5F;
        picture.letters.assign(static_cast<std::size_t>(width_) * 2, 0x80);
        if (wish.text == "coloured") picture.colours.assign(static_cast<std::size_t>(width_) * 8, 0x40);
        picture.stops.push_back({wish.text.size(), picture.advance, picture.advance, false});
        return picture;
    }

  private:
    int width_;
};

struct Store {
    std::set<std::uintptr_t> there{};
    std::uintptr_t last = 0;
    std::vector<std::uint8_t> pixels{};
    window::TextureStore functions() {
        return {[this](int, int, std::span<const std::uint8_t> of) {
                    pixels.assign(of.begin(), of.end());
                    there.insert(++last);
                    return (ImTextureID)last;
                },
                [this](ImTextureID texture) { CHECK(there.erase((std::uintptr_t)texture) == 1); }};
    }
};

lettering::LetteringThread::Make bars(int width) {
    return [width] { return std::make_unique<Bars>(width); };
}

const ui::LetterPicture* awaited(app::Letterings& letterings, const std::string& text) {
    for (int i = 0; i < 2'000; ++i) {
        (void)letterings.turn();
        if (const ui::LetterPicture* const picture = letterings.find(text, 16, false)) return picture;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return nullptr;
}

}  // namespace

TEST_CASE("No font is looked at before a text needs one, and then on another thread") {
    made = woken = 0;
    Store store;
    app::Letterings letterings(bars(4), store.functions(), [] { ++woken; });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    CHECK(made == 0);
    CHECK_FALSE(letterings.turn());
    CHECK(letterings.find("银行", 16, false) == nullptr);
    const ui::LetterPicture* const picture = awaited(letterings, "银行");
    REQUIRE(picture != nullptr);
    CHECK(made == 1);
    CHECK(woken >= 1);
    CHECK(picture->width == 4);
    CHECK(picture->advance == 4.5F);
    CHECK(picture->stops.size() == 1);
    CHECK(store.pixels[0] == 0xFF);
    CHECK(store.pixels[3] == 0x80);
    CHECK_FALSE(picture->coloured);
    CHECK(letterings.find("银行", 17, false) == nullptr);
    CHECK(letterings.find("银行", 16, true) == nullptr);
}

TEST_CASE("What has colours of its own comes as a second picture") {
    Store store;
    app::Letterings letterings(bars(4), store.functions(), nullptr);
    const ui::LetterPicture* const picture = awaited(letterings, "coloured");
    REQUIRE(picture != nullptr);
    CHECK(picture->coloured);
    CHECK(store.there.size() == 2);
    CHECK(store.pixels == std::vector<std::uint8_t>(32, 0x40));
}

TEST_CASE("A text that cannot be drawn is asked for once, and takes no place") {
    Store store;
    app::Letterings letterings(bars(4), store.functions(), nullptr);
    const ui::LetterPicture* const picture = awaited(letterings, "refused");
    REQUIRE(picture != nullptr);
    CHECK(picture->width == 0);
    CHECK(store.there.empty());

    app::Letterings none([] { return std::unique_ptr<lettering::Letterer>(); }, store.functions(), nullptr);
    REQUIRE(awaited(none, "银行") != nullptr);
}

TEST_CASE("Pictures are kept within bounds, those on screen before all others") {
    Store store;
    {
        const int width = GENERATE(4, 100'000);  // many texts, and much of them
        app::Letterings letterings(bars(width), store.functions(), nullptr);
        for (int frame = 0; frame < 400; ++frame) {
            letterings.begin_frame();
            REQUIRE(awaited(letterings, "on screen") != nullptr);
            REQUIRE(awaited(letterings, "text " + std::to_string(frame)) != nullptr);
            CHECK(letterings.kept() <= app::Letterings::kept_max + 2);
            CHECK(letterings.bytes() <= app::Letterings::bytes_max + 4 * 800'000);
        }
        CHECK(letterings.take_dropped());
        CHECK_FALSE(letterings.take_dropped());
        letterings.begin_frame();
        CHECK(letterings.find("on screen", 16, false) != nullptr);
        CHECK(letterings.find("text 0", 16, false) == nullptr);
        CHECK(store.there.size() == letterings.kept() - 1);
    }
    CHECK(store.there.empty());
}

TEST_CASE("More texts at once than can be under way come all the same, and the end waits for none of the others") {
    Store store;
    app::Letterings letterings(bars(4), store.functions(), nullptr);
    letterings.begin_frame();
    for (int i = 0; i < 200; ++i) (void)letterings.find(std::to_string(i), 16, false);
    CHECK(letterings.kept() <= lettering::LetteringThread::under_way_max);
    for (int i = 0; i < 200; ++i) CHECK(awaited(letterings, std::to_string(i)) != nullptr);
    for (int i = 0; i < 20; ++i) (void)letterings.find("at the end " + std::to_string(i), 16, false);
}
