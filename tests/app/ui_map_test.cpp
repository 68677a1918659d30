#include "app/ui_map.hpp"

#include "support/catch.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <thread>

#include <nlohmann/json.hpp>

using namespace tokendeck;
using nlohmann::json;

namespace {

class Folder {
  public:
    Folder()
        : path_(std::filesystem::temp_directory_path() /
                ("tokendeck-ui-map-" + std::to_string(std::random_device{}()))) {
        std::filesystem::create_directory(path_);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string file() const { return (path_ / "map.json").string(); }
    [[nodiscard]] std::size_t entries() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
    }

  private:
    std::filesystem::path path_;
};

std::string content_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

app::UiMapView view_of(std::string screen) {
    app::UiMapView view;
    view.screen = std::move(screen);
    view.width = 960;
    view.height = 640;
    ui::Item item;
    item.path = "slots/totp:3/copy";
    item.text = "github";
    item.x = 10.4F;
    item.y = 20.6F;
    item.w = 100.0F;
    item.h = 30.0F;
    item.focused = true;
    view.items.push_back(item);
    return view;
}

}  // namespace

TEST_CASE("The ui map has the members that tests and helpers rely on") {
    const json map = json::parse(app::ui_map_json(view_of("slots"), 7));
    CHECK(map["screen"] == "slots");
    CHECK(map["window"] == json{960, 640});
    CHECK(map["frames"] == 7);
    REQUIRE(map["items"].size() == 1);
    const json& item = map["items"][0];
    CHECK(item["path"] == "slots/totp:3/copy");
    CHECK(item["text"] == "github");
    CHECK(item["rect"] == json{10, 21, 100, 30});
    CHECK(item["enabled"] == true);
    CHECK(item["focused"] == true);
}

TEST_CASE("A rectangle that ends where the window ends does not end beyond it") {
    app::UiMapView view = view_of("slots");
    view.items[0].y = 629.5F;
    view.items[0].h = 10.5F;
    const json map = json::parse(app::ui_map_json(view, 1));
    CHECK(map["items"][0]["rect"] == json{10, 630, 100, 10});
}

TEST_CASE("A name on the token that is no UTF-8 still gives a map that can be read") {
    app::UiMapView view = view_of("slots");
    view.items[0].text = "caf\xE9 \"quoted\" \n";
    const json map = json::parse(app::ui_map_json(view, 1));
    CHECK(map["items"][0]["text"] == "caf\xEF\xBF\xBD \"quoted\" \n");
}

TEST_CASE("What was shown last is in the file when the program has ended, and nothing lies beside it") {
    const Folder folder;
    {
        app::UiMapFile file(folder.file());
        for (std::uint64_t i = 1; i <= 500; ++i) file.show(view_of("screen " + std::to_string(i)), i);
    }
    CHECK(json::parse(content_of(folder.file()))["screen"] == "screen 500");
    CHECK(folder.entries() == 1);
}

TEST_CASE("A frame that shows the same does not write the file again") {
    const Folder folder;
    {
        app::UiMapFile file(folder.file());
        file.show(view_of("slots"), 1);
        file.show(view_of("slots"), 2);
        CHECK_FALSE(file.waiting());
    }
    CHECK(json::parse(content_of(folder.file()))["frames"] == 1);
}

TEST_CASE("Who reads while the file is rewritten sees a whole version each time") {
    const Folder folder;
    app::UiMapFile file(folder.file());
    file.show(view_of("slots"), 0);
    while (!std::filesystem::exists(folder.file())) std::this_thread::yield();
    bool whole = true;
    for (std::uint64_t i = 1; i <= 300; ++i) {
        file.show(view_of(std::string(static_cast<std::size_t>(i), 'x')), i);
        whole = whole && !json::parse(content_of(folder.file()), nullptr, false).is_discarded();
    }
    CHECK(whole);
}
