// The settings on disk: read once at start, written by a thread of their own, so that no frame waits for the disk.
// The file is private to the user (0600, in a folder 0700) and replaced as a whole: what is read is always one version.
// Before each rewrite the file is read again, so that what was edited in it meanwhile is kept.
#pragma once

#include "base/mailbox.hpp"
#include "base/result.hpp"
#include "base/worker_thread.hpp"
#include "settings/settings_file.hpp"

#include <functional>
#include <optional>
#include <string>

namespace tokendeck::settings {

// "settings.conf" in the configuration folder; empty if there is no such folder.
[[nodiscard]] std::string settings_path();

struct SettingsRead {
    SettingsValues values{};
    state::SettingsProblems problems{};  // with `file` set nothing is kept, and the file is not touched
};
// A file that is not there gives the defaults and no problem. Waits for the disk: main, once, before the first frame.
[[nodiscard]] SettingsRead read_settings(const std::string& path);

// Thread: main makes it, calls it and destroys it. What was kept last is on disk when the destructor has ended.
class SettingsFile {
  public:
    // `as_read`: what `read_settings` gave. Nothing is written while nothing differs from it. `wake_main` is called by
    // the writing thread when there is a failure to take.
    SettingsFile(
        std::string path, SettingsRead as_read, std::function<void()> wake_main = [] {});

    // Call it whenever a setting may have changed, also every frame. Never waits.
    void keep(const SettingsValues& values);
    // True while a change has not been handed over yet; `hand_over` has to be called again soon.
    [[nodiscard]] bool waiting() const { return writer_.waiting(); }
    void hand_over() { writer_.hand_over(); }
    // The reason why the last write failed. Given once; then nothing until another write fails.
    [[nodiscard]] std::optional<base::Error> take_failure() { return failures_.try_pop(); }

  private:
    void bring_to_disk(SettingsValues values);
    [[nodiscard]] base::Result<void> write(const SettingsValues& before, const SettingsValues& now) const;

    const std::string path_;
    const bool can_be_kept_;
    const std::function<void()> wake_main_;
    SettingsValues kept_;
    SettingsValues on_disk_;  // the writing thread's
    base::Mailbox<base::Error> failures_{3};
    base::WorkerThread<SettingsValues> writer_{base::Handles::newest, 15,
                                               [this](SettingsValues values) { bring_to_disk(std::move(values)); }};
};

// The system's part (settings_file_posix.cpp, settings_file_windows.cpp). Gives the system's words; empty: it went
// well.
[[nodiscard]] std::string replace_private_file(const std::string& path, const std::string& text);

}  // namespace tokendeck::settings
