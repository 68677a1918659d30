#include "app/settings_file_writer.hpp"

#include "app/data_folder.hpp"
#include "base/errors.hpp"
#include "base/outside_file.hpp"
#include "ui/words.hpp"

#include <utility>

namespace tokendeck::app {

std::string settings_path() {
    const std::string folder = config_folder();
    return folder.empty() ? std::string{} : folder + "/settings.conf";
}

SettingsRead read_settings(const std::string& path) {
    SettingsRead read;
    if (path.empty()) {
        read.problems.push_back({SettingsProblem::Kind::unreadable, 0, {}, "there is no configuration folder"});
        read.can_be_kept = false;
        return read;
    }
    const auto file = base::read_outside_file(path, SettingsLimits::file_bytes_most);
    if (!file) {
        if (file.error().code == base::errors::file_not_found) return read;
        const bool large = file.error().code == base::errors::file_too_large;
        read.problems.push_back({large ? SettingsProblem::Kind::too_large : SettingsProblem::Kind::unreadable,
                                 0,
                                 {},
                                 ui::describe(file.error()).what});
        read.can_be_kept = false;
        return read;
    }
    ParsedSettings parsed = parse_settings(base::text_of(file.value()));
    read.values = std::move(parsed.values);
    read.problems = std::move(parsed.problems);
    return read;
}

SettingsFile::SettingsFile(std::string path, SettingsRead as_read)
    : path_(std::move(path)),
      can_be_kept_(as_read.can_be_kept),
      kept_(as_read.values),
      writer_([this, values = as_read.values] { run(values); }) {}

SettingsFile::~SettingsFile() {
    while (waiting()) {
        hand_over();
        if (waiting()) std::this_thread::yield();
    }
    ending_ = true;
    doorbell_.ring();
    writer_.join();
}

void SettingsFile::keep(const SettingsValues& values) {
    if (!can_be_kept_ || values == kept_) return;
    kept_ = values;
    waiting_ = true;
    hand_over();
}

void SettingsFile::hand_over() {
    if (!waiting_) return;
    SettingsValues version = kept_;
    if (versions_.try_push(std::move(version))) waiting_ = false;
}

void SettingsFile::run(SettingsValues on_disk) {
    while (true) {
        const std::uint32_t seen = doorbell_.rings();
        const bool ending = ending_;  // before looking: what was pushed before the end is still written
        std::optional<SettingsValues> newest;
        while (auto version = versions_.try_pop()) newest = std::move(version);
        if (newest && *newest != on_disk) {
            std::string failure = write(on_disk, *newest);
            if (failure.empty()) on_disk = std::move(*newest);
            else (void)failures_.try_push(std::move(failure));  // full: main has not yet told of the ones before
        }
        if (ending) return;
        doorbell_.wait_for_change(seen);
    }
}

std::string SettingsFile::write(const SettingsValues& before, const SettingsValues& now) const {
    // Refused here, not written and then refused at the next start.
    if (const auto beyond = settings_beyond_limits(now); !beyond.empty()) {
        return "a value of " + std::string(beyond.front()) + " that the file may not hold";
    }
    const auto file = base::read_outside_file(path_, SettingsLimits::file_bytes_most);
    if (!file && file.error().code != base::errors::file_not_found) return ui::describe(file.error()).what;
    const std::string_view text = file ? base::text_of(file.value()) : std::string_view();
    return replace_private_file(path_, rewrite_settings(text, before, now));
}

}  // namespace tokendeck::app
