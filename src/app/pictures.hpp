// What the wizard asks the app for: a picture from the clipboard, of the screen, or files from the desktop's chooser.
// One at a time; nothing here waits. Each question ends in one of the intents PictureTaken, PicturesChosen,
// PictureFailed. For a picture of the screen the window is hidden first, so that it does not cover the code, and comes
// back however that ends. Thread: main.
#pragma once

#include "app/desktop_link.hpp"
#include "base/clock.hpp"
#include "desktop/picture_thread.hpp"
#include "state/app_state.hpp"
#include "state/intents.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace tokendeck::app {

// Takes the window off the screen for a picture of it, and brings it back. May be told to bring back a window that is
// there.
struct WindowAside {
    std::function<void()> step_aside{};
    std::function<void()> come_back{};
    std::function<std::string()> portal_parent{};  // as Window; empty: none
};

class Pictures {
  public:
    // How long the window needs to leave the screen, including the animations of desktops.
    static constexpr base::Milliseconds hiding_time{350};

    // `source`, `wake`: as PictureThread.
    Pictures(WindowAside window, DesktopLink& desktop, desktop::PictureSource source, void (*wake)())
        : window_(std::move(window)), desktop_(desktop), thread_(std::move(source), wake) {}

    // TakePictureFromClipboard, TakePictureOfScreen, ChoosePictures or CancelPicture. What was asked for before is
    // given up.
    void ask(state::AppState& state, const state::Effect& effect);
    // Handles the answers that have arrived. True if the state may have changed.
    [[nodiscard]] bool turn(state::AppState& state);
    // When `turn` has to be called at the latest; nothing: when something comes.
    [[nodiscard]] std::optional<base::SteadyTime> due() const;

  private:
    enum class Stage : std::uint8_t { hiding, choosing, portal, thread };
    struct Question {
        channel::MessageId id = 0;
        Stage stage = Stage::thread;
        base::SteadyTime due{};   // of `hiding`
        bool handed_over = true;  // to the desktop or the thread
    };

    void begin(state::AppState& state, Question question);
    void hand_over();
    void handle(state::AppState& state, desktop::DesktopEvent event);
    void finish(state::AppState& state, state::Intent intent);
    void give_up(state::AppState& state);

    const WindowAside window_;
    DesktopLink& desktop_;
    desktop::PictureThread thread_;
    std::optional<Question> question_{};
};

}  // namespace tokendeck::app
