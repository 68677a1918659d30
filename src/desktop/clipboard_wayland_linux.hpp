// The clipboard in a Wayland session, where GLFW is not told of it; see drop_target_wayland_linux.cpp.
// Thread: what ClipboardSystem has, main; `picture`, any; all else the thread that dispatches the queue of the device
// and the seat.
#pragma once

#include "base/secret.hpp"
#include "desktop/clipboard.hpp"
#include "desktop/picture_source.hpp"
#include "desktop/wayland_linux.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>

namespace tokendeck::desktop {

class WaylandClipboard final : public ClipboardSystem {
  public:
    // All outlive this; the device is told of the clipboard.
    WaylandClipboard(wl_display* display, wl_data_device_manager* manager, wl_data_device* device);

    // What is on the clipboard from now on; null: nothing.
    void select(std::unique_ptr<wayland::Offer> offer);
    // The keyboard and the pointer of the seat, of wl_seat.capability. Whoever copies has to name an event of them.
    void listen(wl_seat* seat, std::uint32_t capabilities);

    // As `clipboard_picture`.
    [[nodiscard]] PictureOutcome picture(const IsCancelled& is_cancelled);

    void write(const char* text, bool secret) override;
    std::optional<std::uint64_t> holder() override { return std::nullopt; }
    base::SecretText read() override;
    void clear(const base::SecretText& lent) override;

  private:
    static const wl_data_source_listener source_listener;
    static const wl_keyboard_listener keyboard_listener;
    static const wl_pointer_listener pointer_listener;

    void serve(wl_data_source* source, const char* form, int pipe);
    void lose(wl_data_source* source);

    wl_display* display_;
    wl_data_device_manager* manager_;
    wl_data_device* device_;
    wayland::Keyboard keyboard_{};
    wayland::Pointer pointer_{};
    std::atomic<std::uint32_t> serial_ = 0;  // of the last event of them
    std::mutex mutex_{};                     // holds what is below
    std::unique_ptr<wayland::Offer> offer_{};
    wayland::Source own_{};  // as long as the clipboard is ours
    base::SecretText text_{};
    bool secret_ = false;
};

}  // namespace tokendeck::desktop
