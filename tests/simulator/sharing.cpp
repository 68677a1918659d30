// Several programs on one token by its file: what is in RAM is shared, and goes when it would go on hardware.
#include "bench.hpp"
#include "simulator/power_state.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <thread>

using namespace bench;

namespace {

std::size_t files_in(const Folder& folder) {
    std::size_t files = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path)) ++files;
    return files;
}

// In a process of its own; true if `action` was.
template <typename Action>
bool in_child(const Action& action) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(action() ? 0 : 1);
    int status = 0;
    return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool buffer_is_open(Token& token) {
    return token.commit(0x20, 30) == 0;
}

}  // namespace

TEST_CASE("Two programs share what the token has in RAM, and each sees the other's reply") {
    const Folder folder;
    const std::string path = folder.file("token");
    Token here(path);
    REQUIRE(here.authenticate() == 0);
    Token there(path);
    CHECK(unsigned{there.read().bytes()[1]} == 0x07);
    CHECK(there.send_name("by both") == 0);
    CHECK(here.commit(0x20, 30) == 0);
    CHECK(there.slot_status(0x20) == 0);
    REQUIRE(there.authenticate(admin_pin, temporary('z')) == 0);
    CHECK(here.send_name("late") == 5);
    here.send(Request(0x00).sealed());
    const auto shown = there.read();
    CHECK(unsigned{shown.bytes()[0]} == 3);  // busy with the other's request
    there.send(Request(0x09).sealed());
    CHECK(unsigned{here.read_until_ready().bytes()[1]} == 0x00);  // which was therefore lost
}

TEST_CASE("What a program prints goes into no file of the token when its standard output is closed") {
    const Folder folder;
    const std::string path = folder.file("token");
    CHECK(in_child([&] {
        for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) (void)::close(stream);
        Token token(path);
        if (token.authenticate() != 0) return false;
        bool free = true;
        for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            free = free && ::fcntl(stream, F_GETFD) == -1 && errno == EBADF;
        return free;
    }));
}

TEST_CASE("A started command of one program is finished under the eyes of the other") {
    const Folder folder;
    const std::string path = folder.file("token");
    Token here(path, "storage");
    Token there(path, "storage");
    here.send(Request(0x20).byte(1, 'P').text(2, user_pin).sealed());
    for (int i = 0; i < 3; ++i) (void)there.read();
    const auto reply = there.read();
    CHECK(unsigned{reply.bytes()[21]} == 0x20);
    CHECK(unsigned{reply.bytes()[22]} == 1);
    CHECK(unsigned{here.exchange(Request(0x2E)).bytes()[45]} == 3);
}

TEST_CASE("Power is lost with the last program, and its files go") {
    const Folder folder;
    const std::string path = folder.file("token");
    {
        Token outer(path);
        {
            Token inner(path);
            REQUIRE(inner.authenticate() == 0);
            REQUIRE(inner.send_name("kept") == 0);
        }
        CHECK(files_in(folder) == 3);
        CHECK(buffer_is_open(outer));
        REQUIRE(outer.send_name("lost") == 0);
    }
    CHECK(files_in(folder) == 1);
    Token again(path);
    CHECK(again.commit(0x20, 30) == 5);
    CHECK(again.slot_status(0x20) == 0);
}

TEST_CASE("A token that keeps its power forgets nothing until FILE.power is deleted") {
    const Folder folder;
    const std::string path = folder.file("token");
    for (const bool deleted : {false, true}) {
        {
            Token token(path, "pro", true);
            REQUIRE(token.authenticate() == 0);
            REQUIRE(token.send_name("kept") == 0);
        }
        struct stat info {};

        REQUIRE(::stat((path + ".power").c_str(), &info) == 0);
        CHECK((info.st_mode & 0777U) == 0600);
        if (deleted) REQUIRE(std::filesystem::remove(path + ".power"));
        Token again(path, "pro", true);
        CHECK(buffer_is_open(again) != deleted);
    }
    Token other(path);  // one that does not keep it has plugged it in anew
    CHECK(other.commit(0x20, 30) == 5);
}

TEST_CASE("Deleting FILE.power under an open token pulls it and plugs it in again") {
    const Folder folder;
    const std::string path = folder.file("token");
    Token token(path, "pro", true);
    REQUIRE(token.authenticate() == 0);
    const auto before = token.source.look();
    REQUIRE(std::filesystem::remove(path + ".power"));
    CHECK(token.transport->send_feature(Request(0x00).sealed()).error().code == wire::errors::unplugged);
    const auto after = token.source.look();
    REQUIRE(after.size() == 1);
    CHECK(after[0].key != before[0].key);
    token.reopen();
    CHECK(token.send_name("late") == 5);
}

TEST_CASE("A token that one program pulls is gone for the other, and comes back to both") {
    const Folder folder;
    const std::string path = folder.file("token");
    Token here(path);
    Token there(path);
    REQUIRE(there.authenticate() == 0);
    here.source.set_faults({.unplugged = true});
    CHECK(there.source.look().empty());
    CHECK(there.transport->send_feature(Request(0x00).sealed()).error().code == wire::errors::unplugged);
    here.source.set_faults({});
    there.reopen();
    CHECK(there.send_name("late") == 5);
    CHECK(there.source.look()[0].key == "simulated:2");
}

TEST_CASE("A process that is killed leaves no lock, and what pulling the token would leave") {
    const Folder folder;
    const std::string path = folder.file("token");
    CHECK_FALSE(in_child([&] {
        Token token(path);
        (void)token.write(0x20, "written", rfc_secret, 30);
        (void)token.authenticate();
        (void)token.send_name("half a write");
        (void)::raise(SIGKILL);
        return true;
    }));
    CHECK(std::filesystem::exists(path + ".power"));
    Token token(path);
    CHECK(token.slot_status(0x20) == 0);
    CHECK(token.commit(0x20, 30) == 5);
}

TEST_CASE("Another process's temporary password works here, as on hardware") {
    const Folder folder;
    const std::string path = folder.file("token");
    for (const char* key : {"pro", "storage"}) {
        INFO(key);
        const std::string file = path + key;
        CHECK(in_child([&] {
            Token token(file, key, true);
            return token.authenticate() == 0 && token.send_name("by another") == 0;
        }));
        Token token(file, key, true);
        CHECK(buffer_is_open(token));
    }
}

TEST_CASE("Codes that processes draw at the same time are each another one") {
    const Folder folder;
    const std::string path = folder.file("token");
    {
        Token token(path);
        REQUIRE(token.write(0x10, "hotp", rfc_secret, 0) == 0);
    }
    // A request that comes while the other's is worked on is lost, so each is asked for until its echo is there.
    const auto draw = [&](std::uint8_t nonce, int codes) {
        Token token(path, "pro", true);
        for (int i = 0; i < codes;) {
            const auto request = Request(0x04).byte(1, 0x10).byte(2, nonce).byte(3, static_cast<unsigned>(i)).sealed();
            token.send(request);
            for (int read = 0; read < 4; ++read) {
                const auto reply = token.read();
                if (reply.bytes()[0] != 0) continue;
                if (std::ranges::equal(reply.bytes().subspan(2, 4), request.bytes().subspan(60, 4))) ++i;
                break;
            }
        }
        return true;
    };
    const pid_t child = ::fork();
    if (child == 0) ::_exit(draw(1, 20) ? 0 : 1);
    CHECK(draw(2, 20));
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(status == 0);
    Token token(path);
    CHECK(token.counter(0x10) >= 40);  // one that was taken and not seen in time is drawn again
}

TEST_CASE("A power file that was cut off, or of another run of the system, is a token without power") {
    simulator::PowerState power;
    power.power_id = 5;
    power.user_word = 7;
    const auto text = simulator::write_power(power, "this run");
    const auto read = simulator::parse_power(text.view(), "this run");
    REQUIRE(read);
    CHECK(read->power_id == 5);
    CHECK(read->user_word == 7);
    CHECK(simulator::write_power(*read, "this run").view() == text.view());
    CHECK_FALSE(simulator::parse_power(text.view(), "another run"));
    for (std::size_t length = 0; length < text.size(); ++length)
        if (simulator::parse_power(text.view().substr(0, length), "this run")) FAIL("cut at " << length);

    const Folder folder;
    const std::string path = folder.file("token");
    {
        Token token(path, "pro", true);
        REQUIRE(token.authenticate() == 0);
    }
    std::ofstream(path + ".power") << "rubbish";
    Token token(path, "pro", true);
    CHECK(token.send_name("late") == 5);
}

TEST_CASE("Two sources on two threads take turns on one token", "[threads]") {
    const Folder folder;
    const std::string path = folder.file("token");
    {
        Token token(path);
        (void)token.authenticate();
    }
    const auto use = [&] {
        base::SystemClock clock;
        CountingRandom random;
        simulator::SimulatedSource source(clock, random);
        if (!source.attach("pro", path)) return false;
        auto opened = source.open(source.look()[0]);
        if (!opened) return false;
        for (int i = 0; i < 100; ++i)
            if (!opened.value()->send_feature(Request(0x00).sealed()) || !opened.value()->receive_feature())
                return false;
        return true;
    };
    bool other = false;
    std::thread thread([&] { other = use(); });
    const bool mine = use();
    thread.join();
    CHECK(mine);
    CHECK(other);
}
