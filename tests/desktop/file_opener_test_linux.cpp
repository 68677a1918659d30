#include "desktop/file_opener.hpp"

#include "desktop/errors.hpp"
#include "desktop/mocks_linux.hpp"

#include <filesystem>

using namespace mocks;

TEST_CASE("A file that no program opens is told with its name, at once or when the program has failed") {
    const Buses buses("");
    const Variable programs("PATH", buses.folder.path.string());
    const base::SteadyTime start{};
    desktop::FileOpener opener;
    const auto absent = opener.open(1, "/somewhere/sheet.pdf", start);
    REQUIRE(absent);
    CHECK(absent->id == 1);
    CHECK(absent->error.code == desktop::errors::open_failed);
    CHECK(absent->error.subject == "sheet.pdf");
    CHECK_FALSE(opener.due());

    const std::filesystem::path tool = buses.folder.path / "xdg-open";
    std::ofstream(tool) << "#!/bin/sh\nexit 3\n";
    std::filesystem::permissions(tool, std::filesystem::perms::owner_all);
    REQUIRE_FALSE(opener.open(2, "/somewhere/other.pdf", start));
    CHECK(opener.due());
    std::vector<desktop::FileOpener::Failed> failed;
    const auto until = std::chrono::steady_clock::now() + patience;
    while (failed.empty() && std::chrono::steady_clock::now() < until) failed = opener.turn(start);
    REQUIRE(failed.size() == 1);
    CHECK(failed[0].id == 2);
    CHECK(failed[0].error.subject == "other.pdf");
    CHECK_FALSE(opener.due());
}
