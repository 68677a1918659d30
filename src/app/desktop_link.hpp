// Connects DesktopBus with the state of the window: screen lock and suspend, the
// preference for dark, the second start, the tray. Where a desktop has none of it, nothing happens.
// Thread: main.
#pragma once

#include "desktop/bus.hpp"
#include "desktop/messages.hpp"
#include "state/app_state.hpp"
#include "words/language.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace tokendeck::app {

class DesktopLink {
  public:
    // `hold`, `wake`: as DesktopBus. `raise` brings the window to the front.
    DesktopLink(std::unique_ptr<desktop::InstanceHold> hold, std::function<void()> raise, void (*wake)())
        : raise_(std::move(raise)), bus_(std::move(hold), wake) {}

    // Handles what has arrived and sends what is due. True if the state or the look may have changed. Never waits.
    [[nodiscard]] bool turn(state::AppState& state);
    // Something could not be handed over yet; `turn` has to be called again soon.
    [[nodiscard]] bool waiting() const { return waiting_; }
    // Nothing: the desktop does not say.
    [[nodiscard]] std::optional<bool> dark() const { return dark_ ? dark_ : named_dark_; }
    [[nodiscard]] std::optional<bool> reduced_motion() const { return reduced_motion_; }
    // Since the last call the screen was locked or the computer went to sleep: half-typed text has to be wiped, too.
    [[nodiscard]] bool take_forget() { return std::exchange(forget_, false); }
    // False: there is no room for it now.
    [[nodiscard]] bool send(desktop::DesktopCommand&& command) { return bus_.try_send(std::move(command)); }
    // Ends in SheetHandedOver, in `turn`. A second one before that waits for the first.
    void print(desktop::PrintFile file) { to_print_.push_back(std::move(file)); }
    // FilesChosen, ScreenshotTaken and DesktopRequestEnded, as they came.
    [[nodiscard]] std::optional<desktop::DesktopEvent> take_answer();
    [[nodiscard]] bool quit() const { return quit_; }
    // The features of this desktop that are known so far.
    [[nodiscard]] const desktop::DesktopStatus& status() const { return status_; }

  private:
    void handle(state::AppState& state, desktop::DesktopEvent event);
    void forget(state::AppState& state);
    void hand_over_print();
    bool print_ended(state::AppState& state, desktop::DesktopRequestId id,
                     std::optional<desktop::DesktopRequestEnded::Reason> reason);
    void show_slots(const state::AppState& state);

    const std::function<void()> raise_;
    desktop::DesktopBus bus_;
    std::optional<bool> dark_{};
    std::optional<bool> named_dark_{};  // by the theme's name, where no preference is told
    std::optional<bool> reduced_motion_{};
    std::deque<desktop::DesktopEvent> answers_{};
    std::deque<desktop::PrintFile> to_print_{};
    std::optional<desktop::DesktopRequestId> printing_{};
    desktop::DesktopStatus status_{};
    bool forget_ = false;
    bool quit_ = false;
    bool going_to_sleep_ = false;
    bool waiting_ = false;
    std::optional<std::vector<desktop::TraySlot>> shown_{};  // what the tray has
    words::Language shown_in_ = words::Language::english;
};

}  // namespace tokendeck::app
