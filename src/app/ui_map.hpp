// --ui-map: what is on screen, as a JSON file for tests and helpers. Form and fixed names: docs/contract.md.
// "frames" counts the frames drawn so far: a test uses it to prove that an unchanged window draws none. A change of the
// count alone does not rewrite the file.
#pragma once

#include "base/worker_thread.hpp"
#include "ui/ui.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::app {

struct UiMapView {
    std::string screen{};
    int width = 0;  // of the window, in its own pixels
    int height = 0;
    std::vector<ui::Item> items{};
    friend bool operator==(const UiMapView&, const UiMapView&) = default;
};

// One line a value, valid UTF-8 whatever bytes the texts hold (what is not becomes U+FFFD).
[[nodiscard]] std::string ui_map_json(const UiMapView& view, std::uint64_t frames);

// Writes the file on a thread of its own, so that no frame waits for the disk. Each version replaces the one before as
// a whole, by rename; versions that were overtaken before they were written are left out.
// Thread: main makes it, calls it and destroys it. What was shown last is written before the destructor ends.
class UiMapFile {
  public:
    explicit UiMapFile(std::string path);

    // After each frame. Never waits.
    void show(UiMapView view, std::uint64_t frames);
    // True while a version has not been handed over yet; `hand_over` has to be called again soon.
    [[nodiscard]] bool waiting() const { return writer_.waiting(); }
    void hand_over() { writer_.hand_over(); }

  private:
    void write(const std::string& text);

    const std::string path_;
    std::optional<UiMapView> shown_{};
    bool complained_ = false;  // of the writer's thread
    base::WorkerThread<std::string> writer_{base::Handles::newest, 63,
                                            [this](const std::string& text) { write(text); }};
};

}  // namespace tokendeck::app
