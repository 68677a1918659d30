#include "app/ui_map.hpp"

#include "cli/output.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

namespace tokendeck::app {

std::string ui_map_json(const UiMapView& view, std::uint64_t frames) {
    using Json = nlohmann::ordered_json;
    Json items = Json::array();
    for (const ui::Item& item : view.items) {
        // Rounds the edges instead of the lengths; otherwise a rectangle could reach beyond the window.
        const long x = std::lround(item.x);
        const long y = std::lround(item.y);
        Json rect{x, y, std::lround(item.x + item.w) - x, std::lround(item.y + item.h) - y};
        items.push_back({{"path", item.path},
                         {"text", item.text},
                         {"rect", std::move(rect)},
                         {"enabled", item.enabled},
                         {"focused", item.focused}});
    }
    const Json whole{{"screen", view.screen},
                     {"window", {view.width, view.height}},
                     {"frames", frames},
                     {"items", std::move(items)}};
    return whole.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

UiMapFile::UiMapFile(std::string path) : path_(std::move(path)) {}

void UiMapFile::show(UiMapView view, std::uint64_t frames) {
    if (shown_ == view) return;
    writer_.give(ui_map_json(view, frames));
    shown_ = std::move(view);
}

void UiMapFile::write(const std::string& text) {
    namespace fs = std::filesystem;
    const fs::path target(std::u8string(path_.begin(), path_.end()));
    fs::path beside = target;
    beside += ".new";
    std::error_code problem;
    fs::remove(beside, problem);  // a pipe would wait for its reader
    {
        std::ofstream file(beside, std::ios::binary | std::ios::trunc);
        file << text;
        file.close();
        if (!file) problem = std::make_error_code(std::errc::io_error);
    }
    if (!problem) fs::rename(beside, target, problem);
    if (problem && !std::exchange(complained_, true)) {
        cli::write_error("the ui map " + cli::in_quotes(path_) + " cannot be written: " + problem.message());
    }
}

}  // namespace tokendeck::app
