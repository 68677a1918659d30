// If a change is missed, the window shows something that is no longer true: an old code, another slot's name.
#include "window/damage.hpp"

#include "support/catch.hpp"

#include <functional>

#include <imgui.h>

using namespace tokendeck;

namespace {

// Dear ImGui without a window: frames are made, and nobody paints them.
class Frames {
  public:
    Frames() {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {400, 300};
#if IMGUI_VERSION_NUM >= 19200
        io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
#else
        unsigned char* pixels = nullptr;
        int width = 0;
        int height = 0;
        io.Fonts->GetTexDataAsRGBA32(&pixels, &width, &height);
#endif
    }
    ~Frames() {
        ImGui::DestroyContext();
    }
    Frames(const Frames&) = delete;
    Frames& operator=(const Frames&) = delete;

    std::optional<std::vector<window::Area>> next(const std::function<void(ImDrawList*)>& draw) {
        ImGui::GetIO().DeltaTime = 0.016F;
        ImGui::NewFrame();
        draw(ImGui::GetBackgroundDrawList());
        ImGui::Render();
#if IMGUI_VERSION_NUM >= 19200
        for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
            texture->SetTexID(1);  // as if a backend had taken it
            texture->SetStatus(ImTextureStatus_OK);
        }
#endif
        return tracker.compare(*ImGui::GetDrawData());
    }

    window::DamageTracker tracker{};
};

void square(ImDrawList* list, float x, float y, ImU32 colour) {
    list->AddRectFilled({x, y}, {x + 10, y + 10}, colour);
}

constexpr ImU32 red = IM_COL32(255, 0, 0, 255);
constexpr ImU32 blue = IM_COL32(0, 0, 255, 255);

bool inside(const std::vector<window::Area>& areas, float x, float y) {
    for (const window::Area& area : areas) {
        if (x >= area.left && x <= area.right && y >= area.top && y <= area.bottom) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("The first frame is painted everywhere, and one that shows the same nowhere") {
    Frames frames;
    const auto draw = [](ImDrawList* list) { square(list, 20, 20, red); };
    CHECK_FALSE(frames.next(draw).has_value());
    const auto again = frames.next(draw);
    REQUIRE(again.has_value());
    CHECK(again->empty());
}

TEST_CASE("What took another colour is painted, and what is far from it is not") {
    Frames frames;
    (void)frames.next([](ImDrawList* list) { square(list, 20, 20, red), square(list, 200, 200, red); });
    const auto areas = frames.next([](ImDrawList* list) { square(list, 20, 20, red), square(list, 200, 200, blue); });
    REQUIRE(areas.has_value());
    CHECK(inside(*areas, 205, 205));
    CHECK_FALSE(inside(*areas, 25, 25));
}

TEST_CASE("What moved is painted where it was and where it is") {
    Frames frames;
    (void)frames.next([](ImDrawList* list) { square(list, 20, 20, red); });
    const auto areas = frames.next([](ImDrawList* list) { square(list, 300, 250, red); });
    REQUIRE(areas.has_value());
    CHECK(inside(*areas, 25, 25));
    CHECK(inside(*areas, 305, 255));
}

TEST_CASE("Something that appears or goes is painted") {
    Frames frames;
    const auto one = [](ImDrawList* list) { square(list, 20, 20, red); };
    const auto two = [](ImDrawList* list) { square(list, 20, 20, red), square(list, 200, 200, red); };
    (void)frames.next(one);
    CHECK_FALSE(frames.next(two).has_value());
    CHECK_FALSE(frames.next(one).has_value());
}

TEST_CASE("Changes in many places are all painted, with no more areas than agreed") {
    Frames frames;
    const auto draw = [](ImU32 colour) {
        return [colour](ImDrawList* list) {
            for (int i = 0; i < 30; ++i)
                square(list, static_cast<float>(i % 6) * 60, static_cast<float>(i / 6) * 55, colour);
        };
    };
    (void)frames.next(draw(red));
    const auto areas = frames.next(draw(blue));
    REQUIRE(areas.has_value());
    CHECK(areas->size() <= window::DamageTracker::areas_max);
    for (int i = 0; i < 30; ++i) {
        CHECK(inside(*areas, static_cast<float>(i % 6) * 60 + 5, static_cast<float>(i / 6) * 55 + 5));
    }
}

TEST_CASE("After the window was resized or covered everything is painted") {
    Frames frames;
    const auto draw = [](ImDrawList* list) { square(list, 20, 20, red); };
    (void)frames.next(draw);
    ImGui::GetIO().DisplaySize = {500, 300};
    CHECK_FALSE(frames.next(draw).has_value());
    frames.tracker.forget();
    CHECK_FALSE(frames.next(draw).has_value());
}
