// A Dear ImGui context without a window, in which the views can be drawn and used as a person would: by mouse and
// keyboard at the places that the item map names.
#pragma once

#include "state/app_state.hpp"
#include "state/intents.hpp"
#include "ui/kit/imgui_compat.hpp"
#include "ui/kit/view.hpp"
#include "ui/ui.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct RingCounter final : tokendeck::ui::Painter {
    int rings = 0;
    float last_fraction = -1;
    void ring(ImDrawList*, ImVec2, float, float, float fraction, ImU32, ImU32) override {
        ++rings;
        last_fraction = fraction;
    }
};

class Stage {
  public:
    Stage(float width, float height, bool dark = false, float scale = 1.0F) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.DisplaySize = {width, height};
        io.GetClipboardTextFn = [](void* user) -> const char* { return static_cast<const Stage*>(user)->clipboard; };
        io.ClipboardUserData = this;
#if IMGUI_VERSION_NUM < 18700
        for (int key = 0; key < ImGuiKey_COUNT; ++key) io.KeyMap[key] = key;
#endif
        tokendeck::ui::load_fonts(scale);
        tokendeck::ui::apply_theme(dark, scale);
#if IMGUI_VERSION_NUM < 19200
        unsigned char* pixels = nullptr;
        int w = 0;
        int h = 0;
        io.Fonts->GetTexDataAsAlpha8(&pixels, &w, &h);
#else
        io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
#endif
        info.scale = scale;
        info.dark = dark;
        info.version = "0.0";
    }
    ~Stage() {
        ImGui::DestroyContext();
    }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;

    void frame() {
        ImGuiIO& io = ImGui::GetIO();
        io.DeltaTime = 1.0F / 60;
        ImGui::NewFrame();
        result = tokendeck::ui::draw(state, intents, memory, items, painter, info);
        ImGui::Render();
        for (auto& intent : intents.take()) wishes.push_back(std::move(intent));
    }
    void frames(int count) {
        for (int i = 0; i < count; ++i) frame();
    }
    void mouse(float x, float y) {
#if IMGUI_VERSION_NUM >= 18700
        ImGui::GetIO().AddMousePosEvent(x, y);
#else
        ImGui::GetIO().MousePos = {x, y};
#endif
    }
    void mouse_button(bool down) {
#if IMGUI_VERSION_NUM >= 18700
        ImGui::GetIO().AddMouseButtonEvent(0, down);
#else
        ImGui::GetIO().MouseDown[0] = down;
#endif
    }
    void key(ImGuiKey which, bool down) {
#if IMGUI_VERSION_NUM >= 18700
        ImGui::GetIO().AddKeyEvent(which, down);
#else
        ImGui::GetIO().KeysDown[which] = down;
#endif
    }
    void press(ImGuiKey which) {
        key(which, true);
        frame();
        key(which, false);
        frame();
    }
    void control(bool down) {
#if IMGUI_VERSION_NUM >= 18700
        ImGui::GetIO().AddKeyEvent(ImGuiMod_Ctrl, down);
#else
        ImGui::GetIO().KeyCtrl = down;
#endif
    }
    void type(std::string_view text) {
        for (const char c : text) {
            ImGui::GetIO().AddInputCharacter(static_cast<unsigned char>(c));
            frame();
        }
    }
    [[nodiscard]] const tokendeck::ui::Item* find(std::string_view path) const {
        for (const auto& item : items.items())
            if (item.path == path) return &item;
        return nullptr;
    }
    // False if there is no such item on screen, or it is not enabled.
    [[nodiscard]] bool click(std::string_view path) {
        const tokendeck::ui::Item* const item = find(path);
        if (item == nullptr || !item->enabled) return false;
        mouse(item->x + item->w / 2, item->y + item->h / 2);
        frames(2);
        mouse_button(true);
        frame();
        mouse_button(false);
        frames(2);
        return true;
    }
    // The last wish of this kind; null if there was none.
    template <typename T>
    [[nodiscard]] T* wish() {
        for (auto it = wishes.rbegin(); it != wishes.rend(); ++it)
            if (auto* found = std::get_if<T>(&*it)) return found;
        return nullptr;
    }

    const char* clipboard = "";
    tokendeck::state::AppState state{};
    tokendeck::state::Intents intents{};
    tokendeck::ui::UiMemory memory{};
    tokendeck::ui::ItemMap items{};
    tokendeck::ui::FrameInfo info{};
    tokendeck::ui::FrameResult result{};
    RingCounter painter{};
    std::vector<tokendeck::state::Intent> wishes{};
};
