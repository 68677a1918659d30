// The doctor on made-up Linux trees: /sys, /dev, /proc, /run and the folders of udev's rules.
#include "base/one_line.hpp"
#include "device/doctor_errors.hpp"
#include "device/doctor_linux.hpp"
#include "support/catch.hpp"

#include <sys/stat.h>
#include <unistd.h>
#include <fstream>
#include <random>
#include <string>

using namespace tokendeck;
using namespace tokendeck::device;
using channel::Finding;
using Weight = Finding::Weight;
namespace fs = std::filesystem;

namespace {

// As libnitrokey ships them: the Pro's USB node by its ids, hidraw nodes only of other devices, no Librem Key.
constexpr const char* libnitrokey_rules = R"(# comment: 316d 4c4b hidraw
ACTION!="add|change", GOTO="u2f_end"
KERNEL=="hidraw*", SUBSYSTEM=="hidraw", ATTRS{idVendor}=="20a0", ATTRS{idProduct}=="4287", TAG+="uaccess"
LABEL="u2f_end"
ATTR{idVendor}=="20a0", ATTR{idProduct}=="4108", MODE="0660", GROUP="plugdev", TAG+="uaccess"
)";
constexpr const char* our_rules = R"(SUBSYSTEM=="hidraw", GOTO="tokendeck_hidraw"
ATTR{idVendor}=="20a0", ATTR{idProduct}=="4108", TAG+="uaccess"
LABEL="tokendeck_hidraw"
ATTRS{idVendor}=="20a0", ATTRS{idProduct}=="4108", TAG+="uaccess"
ATTRS{idVendor}=="316D", ATTRS{idProduct}=="4C4B", TAG+="uaccess"
)";

// A Pro in port 1-2, as bus 1, device 17, with hidraw3. A node that may not be opened is one that is not there: the
// tests may run as root, who may open everything.
struct MadeUpRoot {
    MadeUpRoot() {
        path = fs::temp_directory_path() / ("tokendeck-doctor-" + std::to_string(std::random_device{}()));
        plug("1-2", "20a0", "4108", 17, "hidraw3");
        plug("1-1", "046d", "c077", 4, {});  // a mouse
    }
    ~MadeUpRoot() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    MadeUpRoot(const MadeUpRoot&) = delete;
    MadeUpRoot& operator=(const MadeUpRoot&) = delete;

    void write(const std::string& file, const std::string& text) const {
        fs::create_directories((path / file).parent_path());
        std::ofstream(path / file) << text;
    }
    void plug(const std::string& port, const char* vendor, const char* product, int number,
              const std::string& raw) const {
        const std::string device = "sys/bus/usb/devices/" + port;
        write(device + "/idVendor", std::string(vendor) + "\n");
        write(device + "/idProduct", std::string(product) + "\n");
        write(device + "/busnum", "1\n");
        write(device + "/devnum", std::to_string(number) + "\n");
        if (!raw.empty())
            fs::create_directories(path / device / (port + ":1.0") / "0003:20A0:4108.0005" / "hidraw" / raw);
    }
    void open_hidraw() const { write("dev/hidraw3", ""); }
    void open_usb() const { write("dev/bus/usb/001/017", ""); }
    void at_the_seat() const { write("run/systemd/users/1000", "NAME=ann\nSTATE=active\nACTIVE_SEATS=seat0\n"); }
    void over_ssh() const { write("run/systemd/users/1000", "NAME=ann\nSTATE=active\nACTIVE_SEATS=\n"); }
    // A process that has these nodes open.
    void process(int number, const std::string& name, const std::vector<std::string>& nodes) const {
        const std::string folder = "proc/" + std::to_string(number);
        write(folder + "/comm", name + "\n");
        fs::create_directories(path / folder / "fd");
        int descriptor = 3;
        for (const std::string& node : nodes)
            fs::create_symlink(node, path / folder / "fd" / std::to_string(descriptor++));
    }

    [[nodiscard]] std::vector<Finding> examine(bool in_plugdev = false) const {
        return examine_linux_bus(path, {1000, in_plugdev, {4711}});
    }
    // The only finding there is.
    [[nodiscard]] Finding only(bool in_plugdev = false) const {
        const auto findings = examine(in_plugdev);
        REQUIRE(findings.size() == 1);
        return findings.front();
    }

    fs::path path;
};

bool holds(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("A token whose hidraw node may be opened gives nothing to say", "[doctor]") {
    MadeUpRoot root;
    root.open_hidraw();
    CHECK(root.examine().empty());
}

TEST_CASE("No rule anywhere: the node is named, and the lines that install ours", "[doctor]") {
    MadeUpRoot root;
    const Finding found = root.only();
    CHECK(found.weight == Weight::problem);
    CHECK(found.error.code == doctor_errors::no_rule);
    CHECK(found.error.subject == "/dev/hidraw3");
    CHECK(holds(found.command, "packaging/udev/70-tokendeck.rules"));
    CHECK(holds(found.command, "udevadm control --reload"));
    CHECK(holds(found.command, "udevadm trigger"));
}

TEST_CASE("The rules of libnitrokey alone are not enough for the hidraw node", "[doctor]") {
    MadeUpRoot root;
    root.at_the_seat();
    root.write("lib/udev/rules.d/41-nitrokey.rules", libnitrokey_rules);
    SECTION("nothing may be opened") {
        CHECK(root.only().error.code == doctor_errors::no_rule);
    }
    SECTION("the USB node may be opened: it works, and what would be better is advice") {
        root.open_usb();
        const Finding found = root.only();
        CHECK(found.weight == Weight::advice);
        CHECK(found.error.code == doctor_errors::hidraw_closed);
        CHECK(holds(found.command, "70-tokendeck.rules"));
    }
    SECTION("a Librem Key is not in them, whatever a comment says") {
        root.open_hidraw();
        root.plug("1-3", "316d", "4c4b", 18, "hidraw4");
        CHECK(root.only().error.code == doctor_errors::no_rule);
        CHECK(root.only().error.subject == "/dev/hidraw4");
    }
}

TEST_CASE("A rule that is there and does not hold yet has to be applied", "[doctor]") {
    MadeUpRoot root;
    for (const char* folder : {"etc/udev/rules.d", "run/udev/rules.d", "usr/lib/udev/rules.d", "lib/udev/rules.d"}) {
        INFO(folder);
        const std::string file = std::string(folder) + "/70-tokendeck.rules";
        root.write(file, our_rules);
        root.at_the_seat();
        const Finding found = root.only();
        CHECK(found.error.code == doctor_errors::rule_not_applied);
        CHECK(holds(found.command, "udevadm control --reload"));
        CHECK_FALSE(holds(found.command, "cp "));
        fs::remove(root.path / file);
    }
    root.write("etc/udev/rules.d/70-tokendeck.rules.disabled", our_rules);
    CHECK(root.only().error.code == doctor_errors::no_rule);
}

TEST_CASE("A rule by seat and group gives nothing to a person who has neither", "[doctor]") {
    MadeUpRoot root;
    root.write("etc/udev/rules.d/70-tokendeck.rules", our_rules);
    SECTION("logind knows nothing of them") {
        CHECK(root.only().error.code == doctor_errors::no_seat);
    }
    SECTION("logged in over ssh") {
        root.over_ssh();
        const Finding found = root.only();
        CHECK(found.error.code == doctor_errors::no_seat);
        CHECK(found.error.subject == "/dev/hidraw3");
        CHECK(found.command == "sudo usermod -aG plugdev \"$USER\"");
    }
    SECTION("somebody else sits at the seat") {
        root.write("run/systemd/users/1001", "ACTIVE_SEATS=seat0\n");
        CHECK(root.only().error.code == doctor_errors::no_seat);
    }
    SECTION("a member of the group: the rule only has to be applied") {
        CHECK(root.only(true).error.code == doctor_errors::rule_not_applied);
    }
}

TEST_CASE("Ids in a rule are found in capitals, too", "[doctor]") {
    MadeUpRoot root;
    root.open_hidraw();
    root.at_the_seat();
    root.plug("1-3", "316d", "4c4b", 18, "hidraw4");
    root.write("etc/udev/rules.d/70-tokendeck.rules", our_rules);
    CHECK(root.only().error.code == doctor_errors::rule_not_applied);
}

TEST_CASE("A program that has the token open is named, with its number", "[doctor]") {
    MadeUpRoot root;
    root.open_hidraw();
    root.process(100, "bash", {"/dev/pts/0"});
    SECTION("by the hidraw node") {
        root.process(200, "nitrokey-app", {"/dev/null", "/dev/hidraw3"});
        const Finding found = root.only();
        CHECK(found.weight == Weight::advice);
        CHECK(found.error.code == doctor_errors::held);
        CHECK(holds(found.error.subject, "nitrokey-app"));
        CHECK(holds(found.error.subject, "200"));
    }
    SECTION("by a program whose name is meant to do harm") {
        root.process(202, "\x1B[2J\x07" + std::string(5000, 'x'), {"/dev/hidraw3"});
        const std::string subject = root.only().error.subject;
        CHECK(subject.size() < 300);
        CHECK(base::one_line(subject) == subject);
        CHECK(holds(subject, "(process 202)"));
    }
    SECTION("by the USB node") {
        root.process(201, "nitrocli", {"/dev/bus/usb/001/017"});
        CHECK(holds(root.only().error.subject, "nitrocli"));
    }
    SECTION("GnuPG's daemon, with the command that lets it go") {
        root.process(202, "scdaemon", {"/dev/bus/usb/001/017"});
        CHECK(root.only().error.code == doctor_errors::held_by_scdaemon);
        CHECK(root.only().command == "gpgconf --kill scdaemon");
    }
    SECTION("the smart card service") {
        root.process(203, "pcscd", {"/dev/bus/usb/001/017"});
        CHECK(root.only().error.code == doctor_errors::held_by_pcscd);
        CHECK(holds(root.only().command, "systemctl stop pcscd"));
    }
    SECTION("this program itself is not told") {
        root.process(4711, "tokendeck", {"/dev/hidraw3"});
        CHECK(root.examine().empty());
    }
    SECTION("a device that only begins alike is another") {
        root.process(204, "other", {"/dev/hidraw30", "/dev/bus/usb/001/0170"});
        CHECK(root.examine().empty());
    }
}

TEST_CASE("Boot loaders and models that are not served are named from the bus alone", "[doctor]") {
    MadeUpRoot root;
    fs::remove_all(root.path / "sys/bus/usb/devices/1-2");
    SECTION("a Storage that waits for firmware") {
        root.plug("1-3", "03eb", "2ff1", 5, {});
        CHECK(root.only().error.code == doctor_errors::boot_loader);
        CHECK(root.only().weight == Weight::problem);
    }
    SECTION("a Nitrokey 3") {
        root.plug("1-3", "20a0", "42b2", 5, "hidraw5");
        CHECK(root.only().error.code == doctor_errors::model_not_served);
        CHECK(root.only().error.subject == "Nitrokey 3");
    }
    SECTION("devices of others") {
        CHECK(root.examine().empty());
    }
}

TEST_CASE("Pipes and endless files in the tree are not waited for", "[doctor]") {
    MadeUpRoot root;
    root.open_hidraw();
    for (const char* name : {"etc/udev/rules.d/10-pipe.rules", "run/systemd/users/1000", "proc/300/comm",
                             "sys/bus/usb/devices/1-9/idVendor"}) {
        const fs::path pipe = root.path / name;
        fs::create_directories(pipe.parent_path());
        REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    }
    fs::create_symlink("/dev/zero", root.path / "etc/udev/rules.d/11-endless.rules");
    fs::remove(root.path / "dev/hidraw3");  // so that rules and seat are looked at
    CHECK_FALSE(root.examine().empty());
}

TEST_CASE("A tree without anything, or with odd things in it, is borne", "[doctor]") {
    CHECK(examine_linux_bus(fs::temp_directory_path() / "tokendeck-doctor-nowhere", {1000, false, {}}).empty());
    MadeUpRoot root;
    root.write("sys/bus/usb/devices/1-9/idVendor", "not hex");
    root.write("sys/bus/usb/devices/1-8/idVendor", "20a0");  // no product
    root.write("proc/12x/comm", "odd");
    root.write("proc/300/comm", "");
    root.open_hidraw();
    CHECK(root.examine().empty());
    fs::remove(root.path / "sys/bus/usb/devices/1-2/devnum");  // pulled while it was looked at
    CHECK(root.examine().empty());
}
