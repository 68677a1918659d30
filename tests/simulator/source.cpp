// Plugging in and pulling, and the faults that can be asked for.
#include "base/errors.hpp"
#include "bench.hpp"
#include "simulator/errors.hpp"

#include <sys/stat.h>
#include <fstream>
#include <thread>

using namespace bench;

namespace {

void put(const std::string& path, const std::string& content) {
    // By rename, as a careful script does; the source must also see two changes in one tick of the file's clock.
    std::ofstream(path + ".new") << content;
    std::filesystem::rename(path + ".new", path);
}

std::string key_of(Token& token) {
    const auto seen = token.source.look();
    return seen.empty() ? "" : seen[0].key;
}

}  // namespace

TEST_CASE("A token is seen as a Nitrokey Pro that is plainly simulated") {
    Token token;
    const auto seen = token.source.look();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].key == "simulated:1");
    CHECK(seen[0].vendor_id == 0x20A0);
    CHECK(seen[0].product_id == 0x4108);
    CHECK(seen[0].product == "Nitrokey Pro");
    CHECK(seen[0].usb_serial == "000000000000000000005F11");
    CHECK(seen[0].simulated);
    CHECK(seen[0].via == "simulated");
    CHECK(seen[0].access == wire::Access::openable);
    CHECK(token.source.look() == seen);
}

TEST_CASE("A token plugged in again has a new key, and the old one opens nothing") {
    Token token;
    const auto before = token.source.look();
    token.replug();
    const auto after = token.source.look();
    REQUIRE(after.size() == 1);
    CHECK(after[0].key == "simulated:2");
    const auto opened = token.source.open(before[0]);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().code == wire::errors::unplugged);
}

TEST_CASE("A transport of a pulled token says unplugged, also after the source has gone") {
    base::ManualClock clock{0};
    CountingRandom random;
    std::unique_ptr<wire::Transport> transport;
    {
        simulator::SimulatedSource source(clock, random);
        source.attach_in_memory(known_token());
        auto opened = source.open(source.look()[0]);
        REQUIRE(opened.ok());
        transport = std::move(opened).value();
        REQUIRE(transport->send_feature(Request(0x00).sealed()).ok());
        source.detach();
        CHECK(source.look().empty());
        CHECK(transport->receive_feature().error().code == wire::errors::unplugged);
        source.attach_in_memory(known_token());
    }
    CHECK(transport->send_feature(Request(0x00).sealed()).error().code == wire::errors::unplugged);
    CHECK(transport->receive_feature().error().code == wire::errors::unplugged);
}

TEST_CASE("Only a model of the table can be attached, and a file only once") {
    const Folder folder;
    base::ManualClock clock{0};
    CountingRandom random;
    simulator::SimulatedSource source(clock, random);
    const auto other = source.attach("nk3", folder.file("token"));
    REQUIRE_FALSE(other.ok());
    CHECK(other.error().code == wire::errors::unknown_model);
    CHECK(other.error().subject == "nk3");
    CHECK_FALSE(std::filesystem::exists(folder.file("token")));
    REQUIRE(source.attach("pro", folder.file("token")).ok());
    std::filesystem::create_symlink(folder.file("token"), folder.file("link"));
    for (const char* again : {"token", "./token", "link"}) {
        const auto twice = source.attach("pro", folder.file(again));
        REQUIRE_FALSE(twice.ok());
        CHECK(twice.error().code == wire::errors::claimed);
    }
    source.detach();
    REQUIRE(source.attach("pro", folder.file("link")).ok());
    CHECK(std::filesystem::is_symlink(folder.file("link")));
}

TEST_CASE("Requests that are dropped are not executed") {
    Token token;
    simulator::Faults faults;
    faults.drop_requests = 2;
    token.source.set_faults(faults);
    REQUIRE(token.authenticate("87654321") == 0);  // a blank report: the answer of before the first command
    token.send(Request(0x07).text(1, "87654321").sealed());
    CHECK(token.source.faults().drop_requests == 0);
    CHECK(token.executed().empty());
    CHECK(token.admin_tries() == 3);
}

TEST_CASE("A pull at a command comes before it is executed, a pull after it comes before its answer") {
    Token token;
    REQUIRE(token.write(0x10, "hotp", rfc_secret, 0) == 0);
    const bool executed = GENERATE(false, true);
    simulator::Faults faults;
    (executed ? faults.unplug_after : faults.unplug_at) = simulator::Trigger{0x04, 2};
    token.source.set_faults(faults);
    CHECK(token.code(0x10) == 755224);  // the first is not meant
    const auto sent = token.transport->send_feature(Request(0x04).byte(1, 0x10).sealed());
    CHECK(sent.ok() == executed);
    CHECK(token.transport->receive_feature().error().code == wire::errors::unplugged);
    CHECK(token.source.look().empty());
    token.source.set_faults({});
    token.reopen();
    CHECK(token.counter(0x10) == (executed ? 2 : 1));
}

TEST_CASE("Pulling in the middle of a slot write leaves the old slot") {
    Token token;
    REQUIRE(token.write(0x20, "old", rfc_secret, 30) == 0);
    simulator::Faults faults;
    faults.unplug_at = simulator::Trigger{0x01, 1};
    token.source.set_faults(faults);
    REQUIRE(token.authenticate() == 0);
    REQUIRE(token.send_name("new") == 0);
    CHECK_FALSE(token.transport->send_feature(Request(0x01).text(1, temporary()).byte(26, 0x20).sealed()).ok());
    token.source.set_faults({});
    token.reopen();
    const auto slot = token.exchange(Request(0x02).byte(1, 0x20));
    CHECK(std::string_view(reinterpret_cast<const char*>(slot.bytes().data()) + 7, 3) == "old");
}

TEST_CASE("Failed transfers, damaged and foreign answers come as often as asked for") {
    Token token;
    simulator::Faults faults;
    faults.fail_transfers = 1;
    token.source.set_faults(faults);
    CHECK(token.transport->send_feature(Request(0x00).sealed()).error().code == wire::errors::transfer_failed);
    CHECK(token.executed().empty());

    const auto checksum_right = [](const wire::Report& report) {
        return base::load_le32(report.bytes(), 60) == wire::checksum(report.bytes().first<60>());
    };
    const auto request = Request(0x09).sealed();
    faults = {};
    faults.corrupt_replies = 1;
    token.source.set_faults(faults);
    CHECK_FALSE(checksum_right(token.exchange(request)));
    const auto right = token.read();
    CHECK(checksum_right(right));

    faults = {};
    faults.foreign_replies = 2;
    token.source.set_faults(faults);
    const auto other_command = token.read();
    CHECK(checksum_right(other_command));
    CHECK(unsigned{other_command.bytes()[1]} != 0x09);
    const auto other_request = token.read();
    CHECK(checksum_right(other_request));
    CHECK(unsigned{other_request.bytes()[1]} == 0x09);
    CHECK(base::load_le32(other_request.bytes(), 2) != base::load_le32(request.bytes(), 60));
    CHECK(std::ranges::equal(token.read().bytes(), right.bytes()));
}

TEST_CASE("An answer can be late by reads and by time") {
    Token token;
    simulator::Faults faults;
    faults.late_reads = 5;
    token.source.set_faults(faults);
    token.send(Request(0x00).sealed());
    int reads = 0;
    while (token.read().bytes()[0] != 0) ++reads;
    CHECK(reads == 7);

    faults = {};
    faults.busy_longer = base::Milliseconds{500};
    token.source.set_faults(faults);
    const auto before = token.clock.steady();
    token.exchange(Request(0x00));
    CHECK(token.clock.steady() - before >= base::Milliseconds{490});
}

TEST_CASE("A wrong code is wrong by one and moves the counter as the right one does") {
    Token token;
    REQUIRE(token.write(0x10, "hotp", rfc_secret, 0) == 0);
    simulator::Faults faults;
    faults.wrong_code = true;
    token.source.set_faults(faults);
    CHECK(token.code(0x10) == 755225);
    token.source.set_faults({});
    CHECK(token.code(0x10) == 287082);
}

TEST_CASE("The control file pulls the token and plugs it in again") {
    const Folder folder;
    const std::string control = folder.file("control");
    Token token;
    token.source.set_control_file(control);
    CHECK(key_of(token) == "simulated:1");  // there is no file yet
    put(control, "# pulled by a person\n\nunplugged\n");
    CHECK(token.transport->send_feature(Request(0x00).sealed()).error().code == wire::errors::unplugged);
    CHECK(token.source.look().empty());
    put(control, "");
    CHECK(key_of(token) == "simulated:2");
    put(control, "unplugged");
    CHECK(token.source.look().empty());
    std::filesystem::remove(control);
    CHECK(key_of(token) == "simulated:3");
}

TEST_CASE("The control file asks for the same faults as the program") {
    const auto faults = simulator::parse_control(
        "delay_ms=250\ndrop_next=3\nwrong_code\nunplug_at=01:1\n"
        "unplug_after=1b:12\nfail_next=4\ncorrupt_next=5\nforeign_next=6\n"
        "late_reads=7\n");
    REQUIRE(faults.ok());
    CHECK(faults.value().busy_longer == base::Milliseconds{250});
    CHECK(faults.value().drop_requests == 3);
    CHECK(faults.value().wrong_code);
    CHECK_FALSE(faults.value().unplugged);
    REQUIRE(faults.value().unplug_at);
    CHECK(unsigned{faults.value().unplug_at->command} == 1);
    CHECK(faults.value().unplug_at->count == 1);
    REQUIRE(faults.value().unplug_after);
    CHECK(unsigned{faults.value().unplug_after->command} == 0x1B);
    CHECK(faults.value().unplug_after->count == 12);
    CHECK(faults.value().fail_transfers == 4);
    CHECK(faults.value().corrupt_replies == 5);
    CHECK(faults.value().foreign_replies == 6);
    CHECK(faults.value().late_reads == 7);
}

TEST_CASE("A line of the control file that means nothing is told to everybody who uses the token") {
    const Folder folder;
    const std::string control = folder.file("control");
    for (const char* bad :
         {"unpluged", "drop_next", "drop_next=", "drop_next=-1", "drop_next=1 ", "drop_next=1x", "unplug_at=1:1",
          "unplug_at=01", "unplug_at=01:0", "unplug_at=zz:1", "delay_ms=abc", "unplugged=1", " unplugged", "=3"}) {
        INFO(bad);
        Token token;
        token.source.set_control_file(control);
        put(control, std::string("wrong_code\n") + bad + "\n");
        const auto sent = token.transport->send_feature(Request(0x00).sealed());
        REQUIRE_FALSE(sent.ok());
        CHECK(sent.error().code == simulator::errors::control_unreadable);
        CHECK(sent.error().subject == control);
        CHECK(sent.error().position == std::optional<std::size_t>{2});
        CHECK_FALSE(token.transport->receive_feature().ok());  // not only once
        put(control, "");
        CHECK(token.transport->send_feature(Request(0x00).sealed()).ok());
    }
}

TEST_CASE("A control file that is a pipe is told to everybody who uses the token, and nobody waits for it") {
    const Folder folder;
    const std::string control = folder.file("control");
    Token token;
    REQUIRE(::mkfifo(control.c_str(), 0600) == 0);
    token.source.set_control_file(control);
    const auto sent = token.transport->send_feature(Request(0x00).sealed());
    REQUIRE_FALSE(sent.ok());
    CHECK(sent.error().code == base::errors::file_not_regular);
    CHECK(sent.error().subject == control);
    std::filesystem::remove(control);
    CHECK(token.transport->send_feature(Request(0x00).sealed()).ok());
}

TEST_CASE("A count in the control file starts anew only when the file changes") {
    const Folder folder;
    const std::string control = folder.file("control");
    Token token;
    token.source.set_control_file(control);
    put(control, "fail_next=1\n");
    CHECK_FALSE(token.transport->send_feature(Request(0x00).sealed()).ok());
    CHECK(token.transport->send_feature(Request(0x00).sealed()).ok());
    put(control, "fail_next=1\n");
    CHECK_FALSE(token.transport->send_feature(Request(0x00).sealed()).ok());
}

TEST_CASE("A token may be pulled from another thread while it is used", "[threads]") {
    base::SystemClock clock;
    CountingRandom random;
    simulator::SimulatedSource source(clock, random);
    source.attach_in_memory(known_token());
    auto opened = source.open(source.look()[0]);
    REQUIRE(opened.ok());
    std::thread puller([&] {
        for (int i = 0; i < 50; ++i) (void)source.look();
        source.detach();
    });
    const auto request = Request(0x00).sealed();
    while (opened.value()->send_feature(request).ok()) (void)opened.value()->receive_feature();
    puller.join();
    CHECK(opened.value()->receive_feature().error().code == wire::errors::unplugged);
}
