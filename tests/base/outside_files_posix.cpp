// Files from outside, whatever they turn out to be.
#include "support/catch.hpp"

#include "base/errors.hpp"
#include "base/outside_file.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace tokendeck;
namespace fs = std::filesystem;
namespace errors = base::errors;

namespace {

class Folder {
  public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "tokendeck-outside-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string file(const char* name) const { return (path_ / name).string(); }
    [[nodiscard]] std::string put(const char* name, const std::string& content) const {
        std::ofstream(file(name), std::ios::binary) << content;
        return file(name);
    }
    [[nodiscard]] std::string pipe(const char* name) const {
        REQUIRE(::mkfifo(file(name).c_str(), 0600) == 0);
        return file(name);
    }
    [[nodiscard]] std::string socket(const char* name) const {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::snprintf(address.sun_path, sizeof address.sun_path, "%s", file(name).c_str());
        const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        REQUIRE(::bind(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        (void)::close(made);
        return file(name);
    }

  private:
    fs::path path_;
};

constexpr std::size_t most = 100;

base::Error error_of(const std::string& path) {
    const auto content = base::read_outside_file(path, most);
    REQUIRE_FALSE(content.ok());
    CHECK(content.error().subject == path);
    return content.error();
}

std::string text_of(const base::Result<base::SecretBytes>& content) {
    REQUIRE(content.ok());
    return std::string(base::text_of(content.value()));
}

}  // namespace

TEST_CASE("What is no ordinary file is refused at once, by what it is") {
    const Folder folder;
    CHECK(error_of(folder.pipe("pipe")).code == errors::file_not_regular);
    CHECK(error_of(folder.socket("socket")).code == errors::file_not_regular);
    CHECK(error_of("/dev/zero").code == errors::file_not_regular);
    CHECK(error_of("/dev/full").code == errors::file_not_regular);
    CHECK(error_of("/dev/null").code == errors::file_not_regular);
    CHECK(error_of(fs::temp_directory_path().string()).code == errors::file_is_folder);
    CHECK(error_of(folder.file("missing")).code == errors::file_not_found);
    CHECK(error_of(folder.put("plain", "x") + "/below").code == errors::file_not_found);
    CHECK(error_of("").code == errors::file_not_found);
    CHECK(error_of(folder.put("plain", "x") + std::string("\0.png", 5)).code == errors::file_not_found);
    fs::create_symlink("there", folder.file("here"));
    fs::create_symlink("here", folder.file("there"));
    CHECK(error_of(folder.file("here")).code == errors::file_unreadable);
    fs::permissions(folder.file("plain"), fs::perms::none);
    if (::geteuid() != 0) CHECK(error_of(folder.file("plain")).code == errors::file_no_permission);
}

TEST_CASE("A file is read up to the limit, and one that is larger is told with its size") {
    const Folder folder;
    CHECK(text_of(base::read_outside_file(folder.put("empty", ""), most)).empty());
    CHECK(text_of(base::read_outside_file(folder.put("full", std::string(most, 'x')), most)) == std::string(most, 'x'));
    const base::Error error = error_of(folder.put("large", std::string(most + 1, 'x')));
    CHECK(error.code == errors::file_too_large);
    CHECK(error.actual == std::int64_t{most} + 1);
    CHECK(error.limit == std::int64_t{most});
    const std::string content(300'000, 'y');
    CHECK(text_of(base::read_outside_file(folder.put("long", content), 1'000'000)) == content);
}

TEST_CASE("Files that the system makes up while they are read have their limit, too, whatever size they claim") {
    if (!fs::exists("/proc/self/maps")) return;
    const base::Error error = error_of("/proc/self/maps");
    CHECK(error.code == errors::file_too_large);
    CHECK(error.actual > error.limit);
    CHECK(text_of(base::read_outside_file("/proc/self/maps", 1 << 20)).size() > most);
}

TEST_CASE("A link is followed only where it may be, and whose file it is is known") {
    const Folder folder;
    fs::create_symlink(folder.put("real", "content"), folder.file("link"));
    CHECK(text_of(base::read_outside_file(folder.file("link"), most)) == "content");
    const auto refused = base::OutsideFile::open(folder.file("link"), base::OutsideFile::Links::refused);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == errors::file_not_regular);
    auto own = base::OutsideFile::open(folder.file("real"), base::OutsideFile::Links::refused);
    REQUIRE(own.ok());
    CHECK(own.value().is_own());
    if (::geteuid() != 0) CHECK_FALSE(base::OutsideFile::open("/etc/passwd").value().is_own());
}

TEST_CASE("A file that is swapped for a pipe again and again never makes the reader wait", "[threads]") {
    const Folder folder;
    const std::string path = folder.put("picture.png", "content");
    std::thread swapper([&] {
        for (int i = 0; i < 1000; ++i) {
            (void)::mkfifo(folder.file("new").c_str(), 0600);
            (void)::rename(folder.file("new").c_str(), path.c_str());
            std::ofstream(folder.file("new")) << "content";
            (void)::rename(folder.file("new").c_str(), path.c_str());
        }
    });
    for (int i = 0; i < 3000; ++i) {
        const auto content = base::read_outside_file(path, most);
        if (content.ok()) REQUIRE(base::text_of(content.value()) == "content");
        else REQUIRE(content.error().code == errors::file_not_regular);
    }
    swapper.join();
}

TEST_CASE("A file that grows without end is not read beyond the limit, nor taken for whole", "[threads]") {
    const Folder folder;
    const std::string path = folder.put("growing", "");
    std::atomic<bool> enough = false;
    std::thread writer([&] {
        std::ofstream file(path, std::ios::app);
        for (int i = 0; i < 100'000 && !enough; ++i) file << std::string(1000, 'x') << std::flush;
    });
    bool too_large = false;
    for (int i = 0; i < 100'000 && !too_large; ++i) {
        const auto content = base::read_outside_file(path, 50'000);
        if (content.ok()) {
            REQUIRE(content.value().size() <= 50'000);
        } else {
            too_large = content.error().code == errors::file_too_large;
            REQUIRE((too_large || content.error().code == errors::file_changing));
        }
    }
    enough = true;
    writer.join();
    CHECK(too_large);
}

TEST_CASE("A stream is read to its end, also a pipe whose writer comes later, and never beyond the limit",
          "[threads]") {
    const Folder folder;
    const std::string pipe = folder.pipe("pipe");
    const auto read_while_written = [&](const std::string& content) {
        std::thread writer([&] { std::ofstream(pipe) << content << std::flush; });
        auto read = base::read_outside_stream(pipe, most);
        writer.join();
        return read;
    };
    CHECK(text_of(read_while_written("a secret")) == "a secret");
    CHECK(text_of(read_while_written("")).empty());
    CHECK(text_of(read_while_written(std::string(most, 'x'))) == std::string(most, 'x'));
    CHECK(text_of(base::read_outside_stream(folder.put("plain", "x"), most)) == "x");

    const auto error_of_stream = [&](const std::string& path) {
        const auto content = base::read_outside_stream(path, most);
        REQUIRE_FALSE(content.ok());
        CHECK(content.error().subject == path);
        return content.error();
    };
    const base::Error endless = error_of_stream("/dev/zero");
    CHECK(endless.code == errors::file_too_large);
    CHECK_FALSE(endless.actual);
    CHECK(endless.limit == std::int64_t{most});
    CHECK(error_of_stream(folder.put("large", std::string(200, 'x'))).actual == 200);
    CHECK(error_of_stream(folder.socket("socket")).code == errors::file_not_regular);
    CHECK(error_of_stream(fs::temp_directory_path().string()).code == errors::file_is_folder);
    CHECK(error_of_stream(folder.file("missing")).code == errors::file_not_found);
}
