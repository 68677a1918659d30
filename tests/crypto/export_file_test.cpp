#include "crypto/export_file.hpp"

#include "crypto/errors.hpp"
#include "support/catch.hpp"
#include "support/data.hpp"
#include "support/temporary_folder.hpp"

#include <filesystem>
#include <string>

using namespace tokendeck;

namespace {

std::span<const std::uint8_t> bytes_of(const std::string& content) {
    return {reinterpret_cast<const std::uint8_t*>(content.data()), content.size()};
}

}  // namespace

TEST_CASE("an export is deleted only as it was read: not one that changed, a link, or what is no plain file") {
    const TemporaryFolder folder;
    const auto path = folder / "export.json";
    const std::string content = R"({"encrypted": false})";
    const auto write = [&](const std::string& text) { folder.put("export.json", text); };
    write(content);
    const auto file = crypto::export_file(path.string(), bytes_of(content));
    REQUIRE(file);
    CHECK(file->path == path.string());

    for (const char* other : {R"({"encrypted": true })", R"({"encrypted": false}  )", ""}) {
        write(other);
        const auto kept = crypto::delete_export_file(*file);
        REQUIRE_FALSE(kept.ok());
        CHECK(kept.error().code == crypto::errors::file_changed);
        CHECK(std::filesystem::exists(path));
    }

    write(content);
    const auto link = folder / "link.json";
    std::filesystem::create_symlink(path, link);
    auto by_link = *file;
    by_link.path = link.string();
    CHECK_FALSE(crypto::delete_export_file(by_link).ok());
    CHECK(std::filesystem::exists(path));

    auto of_folder = *file;
    of_folder.path = folder.text();
    CHECK_FALSE(crypto::delete_export_file(of_folder).ok());

    CHECK(crypto::delete_export_file(*file).ok());
    CHECK_FALSE(std::filesystem::exists(path));
    CHECK(crypto::delete_export_file(*file).ok());  // gone already
}

TEST_CASE("a picture is no export") {
    const std::string picture = read_test_data("images/good/plain.png");
    CHECK_FALSE(crypto::export_file("/plain.png", bytes_of(picture)));
}
