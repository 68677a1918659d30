#include "device/usb_tree_linux.hpp"
#include "support/catch.hpp"

#include <fstream>
#include <random>

using namespace tokendeck::device;
namespace fs = std::filesystem;

namespace {

// A folder that looks like /: a Pro in port 1-2, a mouse in 1-1, the hub.
struct FakeRoot {
    FakeRoot() {
        path = fs::temp_directory_path() / ("tokendeck-usb-tree-" + std::to_string(std::random_device{}()));
        device("usb1", "1d6b", 1, 1);
        device("1-1", "046d", 1, 4);
        device("1-2", "20a0", 1, 17);
        fs::create_directories(path / "sys/class/hidraw");
        fs::create_directories(path / "dev/bus/usb/001");
        touch(path / "dev/bus/usb/001/017");
        const fs::path raw = real("1-2") / "1-2:1.0/0003:20A0:4108.0005/hidraw/hidraw3";
        fs::create_directories(raw);
        fs::create_directory_symlink(raw, path / "sys/class/hidraw/hidraw3");
        fs::create_directory_symlink("../..", raw / "device");
        write(raw / "device/uevent", "DRIVER=hid-generic\nHID_ID=0003:000020A0:00004108\nHID_NAME=Nitrokey Pro");
        touch(path / "dev/hidraw3");
    }
    ~FakeRoot() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }

    fs::path real(const std::string& port) const {
        const fs::path bus = path / "sys/devices/pci0000:00/usb1";
        return port == "usb1" ? bus : bus / port;
    }
    static void touch(const fs::path& file) { std::ofstream{file}; }
    static void write(const fs::path& file, const std::string& text) { std::ofstream{file} << text << '\n'; }

    void device(const std::string& port, const std::string& vendor, int bus, int number) const {
        fs::create_directories(real(port));
        fs::create_directories(path / "sys/bus/usb/devices");
        if (!fs::exists(path / "sys/bus/usb/devices" / port))
            fs::create_directory_symlink(real(port), path / "sys/bus/usb/devices" / port);
        write(real(port) / "idVendor", vendor);
        write(real(port) / "busnum", std::to_string(bus));
        write(real(port) / "devnum", std::to_string(number));
    }

    fs::path path;
};

}  // namespace

TEST_CASE("A hidraw node and a libusb path lead to the same USB device", "[usb-tree]") {
    FakeRoot root;
    const LinuxUsbTree tree(root.path);
    const UsbPlace wanted{"1-2", 1, 17};
    CHECK(tree.place_of(HidBackend::hidraw, "/dev/hidraw3") == wanted);
    CHECK(tree.place_of(HidBackend::libusb, "1-2:1.0") == wanted);
    CHECK(tree.place_of(HidBackend::libusb, "0001:0011:00") == wanted);  // as older versions wrote it
    CHECK_FALSE(tree.place_of(HidBackend::hidraw, "/dev/hidraw4").has_value());
    CHECK_FALSE(tree.place_of(HidBackend::libusb, "1-3:1.0").has_value());
    CHECK_FALSE(tree.place_of(HidBackend::libusb, "0001:0012:00").has_value());
    CHECK_FALSE(tree.place_of(HidBackend::libusb, "virtual").has_value());
    CHECK_FALSE(tree.place_of(HidBackend::libusb, "zz:11:00").has_value());
    CHECK_FALSE(tree.place_of(HidBackend::libusb, "").has_value());
}

TEST_CASE("The node behind a path is named, and missing when the device is another by now", "[usb-tree]") {
    FakeRoot root;
    const LinuxUsbTree tree(root.path);
    const auto place = tree.place_of(HidBackend::libusb, "1-2:1.0");
    CHECK(tree.node_of(HidBackend::hidraw, "/dev/hidraw3", place).path == "/dev/hidraw3");
    CHECK(tree.node_of(HidBackend::hidraw, "/dev/hidraw3", place).state == NodeState::openable);
    CHECK(tree.node_of(HidBackend::libusb, "1-2:1.0", place).path == "/dev/bus/usb/001/017");
    CHECK(tree.node_of(HidBackend::libusb, "1-2:1.0", place).state == NodeState::openable);
    root.device("1-2", "20a0", 1, 18);
    CHECK(tree.node_of(HidBackend::libusb, "1-2:1.0", place).state == NodeState::missing);
    fs::remove(root.path / "dev/hidraw3");
    CHECK(tree.node_of(HidBackend::hidraw, "/dev/hidraw3", place).state == NodeState::missing);
}

TEST_CASE("The fingerprint changes with our devices and their nodes, and with nothing else", "[usb-tree]") {
    FakeRoot root;
    const LinuxUsbTree tree(root.path);
    const auto first = tree.fingerprint();
    REQUIRE(first.has_value());
    CHECK_FALSE(first->empty());
    root.device("1-3", "046d", 1, 5);  // another mouse
    CHECK(tree.fingerprint() == first);

    SECTION("plugged in again") {
        root.device("1-2", "20a0", 1, 18);
        CHECK(tree.fingerprint() != first);
    }
    SECTION("its hidraw node came late") {
        fs::remove(root.path / "dev/hidraw3");
        CHECK(tree.fingerprint() != first);
    }
    SECTION("pulled") {
        fs::remove(root.path / "sys/bus/usb/devices/1-2");
        fs::remove(root.path / "sys/class/hidraw/hidraw3");
        CHECK(tree.fingerprint() == "");
    }
    SECTION("no USB at all") {
        fs::remove_all(root.path / "sys");
        CHECK(tree.fingerprint() == "");
    }
}
