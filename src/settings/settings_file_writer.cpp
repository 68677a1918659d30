#include "settings/settings_file_writer.hpp"

#include "base/errors.hpp"
#include "base/one_line.hpp"
#include "base/outside_file.hpp"
#include "settings/data_folder.hpp"
#include "settings/errors.hpp"

#include <utility>

namespace tokendeck::settings {

std::string settings_path() {
    const std::string folder = config_folder();
    return folder.empty() ? std::string{} : folder + "/settings.conf";
}

SettingsRead read_settings(const std::string& path) {
    SettingsRead read;
    if (path.empty()) {
        read.problems.file = base::Error{errors::settings_no_folder};
        return read;
    }
    auto file = base::read_outside_file(path, SettingsLimits::file_bytes_most);
    if (!file) {
        if (file.error().code != base::errors::file_not_found) read.problems.file = std::move(file).error();
        return read;
    }
    ParsedSettings parsed = parse_settings(base::text_of(file.value()));
    read.values = std::move(parsed.values);
    read.problems = std::move(parsed.problems);
    return read;
}

SettingsFile::SettingsFile(std::string path, SettingsRead as_read, std::function<void()> wake_main)
    : path_(std::move(path)),
      can_be_kept_(!as_read.problems.file),
      wake_main_(std::move(wake_main)),
      kept_(as_read.values),
      on_disk_(std::move(as_read.values)) {}

void SettingsFile::keep(const SettingsValues& values) {
    if (!can_be_kept_ || values == kept_) return;
    kept_ = values;
    writer_.give(values);
}

void SettingsFile::bring_to_disk(SettingsValues values) {
    if (values == on_disk_) return;
    if (auto written = write(on_disk_, values); written) {
        on_disk_ = std::move(values);
    } else {
        (void)failures_.try_push(std::move(written).error());  // full: main has not yet told of the ones before
        wake_main_();
    }
}

base::Result<void> SettingsFile::write(const SettingsValues& before, const SettingsValues& now) const {
    base::Error failure{errors::settings_not_written};
    // Refused here, not written and then refused at the next start.
    if (const auto beyond = settings_beyond_limits(now); !beyond.empty()) {
        failure.field = beyond.front();
        return failure;
    }
    auto file = base::read_outside_file(path_, SettingsLimits::file_bytes_most);
    if (!file && file.error().code != base::errors::file_not_found) return std::move(file).error();
    const std::string_view text = file ? base::text_of(file.value()) : std::string_view();
    failure.subject =
        base::one_line(replace_private_file(path_, rewrite_settings(text, before, now)), base::library_text_most);
    if (!failure.subject.empty()) return failure;
    return {};
}

}  // namespace tokendeck::settings
