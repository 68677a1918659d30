#include "base/one_line.hpp"
#include "base/utf8.hpp"
#include "device/errors.hpp"
#include "device/hidapi_source.hpp"
#include "support/catch.hpp"
#include "wire/pro.hpp"

#include <algorithm>
#include <cstring>
#include <list>
#include <set>

using namespace tokendeck;
using namespace tokendeck::device;

namespace {

// Two hidapis of ours, each a table of functions on one of these.
struct FakeHidapi {
    struct Device {
        std::string path;
        std::uint16_t vendor;
        std::uint16_t product;
        std::wstring serial{};
        int interface = 0;
    };
    std::vector<Device> devices{};
    std::vector<std::string> refuses{};
    int enumerations = 0;
    int exits = 0;
    int handles = 0;
    int transfer_result = 65;
    std::vector<std::uint8_t> sent{};
    std::list<hid_device_info> infos{};
    std::wstring product_name = L"Nitrokey Pro";
    std::wstring says = L"broken pipe";

    hid_device_info* enumerate(unsigned short vendor, unsigned short product) {
        ++enumerations;
        infos.clear();
        for (Device& device : devices) {
            if (device.vendor != vendor || (product != 0 && device.product != product)) continue;
            hid_device_info info{};
            info.path = device.path.data();
            info.vendor_id = device.vendor;
            info.product_id = device.product;
            info.serial_number = device.serial.data();
            info.product_string = product_name.data();
            info.interface_number = device.interface;
            infos.push_back(info);
            if (infos.size() > 1) std::prev(infos.end(), 2)->next = &infos.back();
        }
        return infos.empty() ? nullptr : &infos.front();
    }

    hid_device* open(const char* path) {
        if (std::ranges::find(refuses, path) != refuses.end()) return nullptr;
        for (const Device& device : devices)
            if (device.path == path) {
                ++handles;
                return reinterpret_cast<hid_device*>(this);
            }
        return nullptr;
    }
};

FakeHidapi fake_hidraw;
FakeHidapi fake_libusb;

template <FakeHidapi& Fake>
Hidapi table(HidBackend backend) {
    HidapiFunctions call;
    call.exit = [] { return ++Fake.exits, 0; };
    call.enumerate = [](unsigned short vendor, unsigned short product) { return Fake.enumerate(vendor, product); };
    call.free_enumeration = [](hid_device_info*) {};
    call.open_path = [](const char* path) { return Fake.open(path); };
    call.close = [](hid_device*) { --Fake.handles; };
    call.error = [](hid_device*) -> const wchar_t* { return Fake.says.c_str(); };
    call.send_feature_report = [](hid_device*, const unsigned char* data, std::size_t size) {
        Fake.sent.assign(data, data + size);
        return Fake.transfer_result;
    };
    call.get_feature_report = [](hid_device*, unsigned char* data, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) data[i] = static_cast<unsigned char>(i);
        return Fake.transfer_result;
    };
    return {backend, call};
}

// What the kernel and udev have, made up.
struct FakeTree final : UsbTree {
    std::optional<std::string> print = "x";
    std::map<std::string, UsbPlace> places{};
    std::map<std::string, Node> nodes{};

    std::optional<std::string> fingerprint() const override { return print; }
    std::optional<UsbPlace> place_of(HidBackend, const std::string& path) const override {
        const auto found = places.find(path);
        return found == places.end() ? std::nullopt : std::optional(found->second);
    }
    Node node_of(HidBackend, const std::string& path, const std::optional<UsbPlace>&) const override {
        const auto found = nodes.find(path);
        return found == nodes.end() ? Node{} : found->second;
    }
};

struct Bench {
    Bench() {
        fake_hidraw = {};
        fake_libusb = {};
        auto owned = std::make_unique<FakeTree>();
        tree = owned.get();
        source = std::make_unique<HidapiSource>(
            std::vector{table<fake_hidraw>(HidBackend::hidraw), table<fake_libusb>(HidBackend::libusb)},
            std::move(owned));
    }

    // A Pro that both backends see.
    void plug_pro() {
        fake_hidraw.devices = {{"/dev/hidraw3", 0x20A0, 0x4108, L"000000000000000000005F11"}};
        fake_libusb.devices = {{"1-2:1.0", 0x20A0, 0x4108, L"000000000000000000005F11"}};
        tree->places = {{"/dev/hidraw3", {"1-2", 1, 17}}, {"1-2:1.0", {"1-2", 1, 17}}};
        tree->nodes = {{"/dev/hidraw3", {"/dev/hidraw3", NodeState::openable}},
                       {"1-2:1.0", {"/dev/bus/usb/001/017", NodeState::openable}}};
        tree->print = "pro";
    }

    FakeTree* tree = nullptr;
    std::unique_ptr<HidapiSource> source{};
};

}  // namespace

TEST_CASE("A token that both backends see is one token, reached through hidraw", "[hidapi]") {
    Bench bench;
    bench.plug_pro();
    const auto seen = bench.source->look();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].via == "hidraw");
    CHECK(seen[0].access == wire::Access::openable);
    CHECK(seen[0].usb_serial == "000000000000000000005F11");
    CHECK(seen[0].product == "Nitrokey Pro");
    CHECK(seen[0].node.empty());
    CHECK_FALSE(seen[0].simulated);
}

TEST_CASE("A token whose hidraw node may not be opened is reached through libusb", "[hidapi]") {
    Bench bench;
    bench.plug_pro();
    bench.tree->nodes["/dev/hidraw3"].state = NodeState::no_permission;
    const auto seen = bench.source->look();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].via == "libusb");
    CHECK(seen[0].access == wire::Access::openable);
    REQUIRE(bench.source->open(seen[0]).ok());
}

TEST_CASE("A token that neither backend may open is shown as that, with the node that needs a rule", "[hidapi]") {
    Bench bench;
    bench.plug_pro();
    bench.tree->nodes["/dev/hidraw3"].state = NodeState::no_permission;
    bench.tree->nodes["1-2:1.0"].state = NodeState::no_permission;
    fake_libusb.devices[0].serial.clear();  // cannot be read without opening
    const auto seen = bench.source->look();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].access == wire::Access::no_permission);
    CHECK(seen[0].node == "/dev/hidraw3");
    CHECK(seen[0].usb_serial == "000000000000000000005F11");
    const auto opened = bench.source->open(seen[0]);
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().code == wire::errors::no_permission);
    CHECK(opened.error().subject == "/dev/hidraw3");
}

TEST_CASE("Only the vendor's devices are tokens, and only through their one HID interface", "[hidapi]") {
    Bench bench;
    bench.tree->print = "several";
    fake_libusb.devices = {{"1-1:1.0", 0x20A0, 0x0001, L"a"},       // the vendor's id, no known product
                           {"1-3:1.0", 0x046D, 0x4108, L"b"},       // a mouse with a Pro's product id
                           {"1-4:1.1", 0x20A0, 0x4108, L"c", 1},    // another interface of a Pro
                           {"1-5:1.0", 0x316D, 0x4C4B, L"d"},       // a Librem Key
                           {"1-6:1.2", 0x20A0, 0x4109, L"e", 2},    // a Storage
                           {"1-7:1.0", 0x20A0, 0x4108, L"f", -1}};  // interface not told
    const auto seen = bench.source->look();
    std::vector<std::string> serials;
    for (const auto& sighting : seen) serials.push_back(sighting.usb_serial);
    std::ranges::sort(serials);
    CHECK(serials == std::vector<std::string>{"d", "e", "f"});
}

TEST_CASE("A path that hidapi lists once for each usage is one token", "[hidapi]") {
    Bench bench;
    bench.plug_pro();
    fake_hidraw.devices.push_back(fake_hidraw.devices[0]);
    CHECK(bench.source->look().size() == 1);
}

TEST_CASE("The key stays while the token is plugged in and is another after it was plugged in again", "[hidapi]") {
    Bench bench;
    SECTION("where the bus is known") {
        bench.plug_pro();
        const auto first = bench.source->look().at(0).key;
        CHECK(bench.source->look().at(0).key == first);
        bench.tree->places = {{"/dev/hidraw3", {"1-2", 1, 18}}, {"1-2:1.0", {"1-2", 1, 18}}};
        bench.tree->print = "pro again";
        CHECK(bench.source->look().at(0).key != first);
    }
    SECTION("where it is not: a drop-in library") {
        bench.plug_pro();
        bench.tree->places.clear();
        bench.tree->print.reset();
        const auto first = bench.source->look().at(0).key;
        CHECK(bench.source->look().size() == 1);  // still merged, by serial
        CHECK(bench.source->look().at(0).key == first);
        const auto devices = fake_hidraw.devices;
        const auto devices_too = fake_libusb.devices;
        fake_hidraw.devices.clear();
        fake_libusb.devices.clear();
        CHECK(bench.source->look().empty());
        fake_hidraw.devices = devices;
        fake_libusb.devices = devices_too;
        CHECK(bench.source->look().at(0).key != first);
    }
    SECTION("two tokens without a serial are two") {
        bench.tree->print.reset();
        fake_hidraw.devices = {{"a", 0x20A0, 0x4108}, {"b", 0x20A0, 0x4108}};
        fake_libusb.devices = {{"c", 0x20A0, 0x4108}, {"d", 0x20A0, 0x4108}};
        const auto seen = bench.source->look();
        REQUIRE(seen.size() == 2);
        CHECK(seen[0].key != seen[1].key);
    }
}

TEST_CASE("While nothing changes on the bus hidapi is not asked", "[hidapi]") {
    Bench bench;
    SECTION("with no token") {
        bench.tree->print = "";
        for (int i = 0; i < 10; ++i) CHECK(bench.source->look().empty());
        CHECK(fake_hidraw.enumerations == 0);
        CHECK(fake_libusb.enumerations == 0);
    }
    SECTION("with one, after it has settled") {
        bench.plug_pro();
        for (int i = 0; i < 10; ++i) CHECK(bench.source->look().size() == 1);
        const int settled = fake_libusb.enumerations;
        for (int i = 0; i < 10; ++i) CHECK(bench.source->look().size() == 1);
        CHECK(fake_libusb.enumerations == settled);
        bench.tree->print = "";
        CHECK(bench.source->look().empty());
    }
    SECTION("but a token that libusb notices late is found") {
        bench.plug_pro();
        const auto late = std::exchange(fake_libusb.devices, {});
        fake_hidraw.devices.clear();
        CHECK(bench.source->look().empty());
        fake_libusb.devices = late;
        CHECK(bench.source->look().size() == 1);
    }
}

TEST_CASE("libusb is started anew to see what was plugged in, but not under an open token", "[hidapi]") {
    Bench bench;
    bench.plug_pro();
    auto seen = bench.source->look();
    CHECK(fake_libusb.exits == 1);
    CHECK(fake_hidraw.exits == 0);
    bench.tree->nodes["/dev/hidraw3"].state = NodeState::no_permission;
    bench.tree->print = "changed";
    seen = bench.source->look();
    const int exits = fake_libusb.exits;
    auto transport = bench.source->open(seen.at(0));
    REQUIRE(transport.ok());
    bench.tree->print = "changed again";
    CHECK(bench.source->look().size() == 1);
    CHECK(fake_libusb.exits == exits);
    CHECK(fake_libusb.handles == 1);
    transport.value().reset();
    CHECK(fake_libusb.handles == 0);
}

TEST_CASE("Reports are always 65 bytes with report id 0", "[hidapi]") {
    Bench bench;
    bench.plug_pro();
    auto transport = bench.source->open(bench.source->look().at(0));
    REQUIRE(transport.ok());
    wire::Report report;
    report.bytes()[0] = 0x0B;
    report.bytes()[63] = 0xEE;
    REQUIRE(transport.value()->send_feature(report).ok());
    REQUIRE(fake_hidraw.sent.size() == 65);
    CHECK(fake_hidraw.sent[0] == 0);
    CHECK(fake_hidraw.sent[1] == 0x0B);
    CHECK(fake_hidraw.sent[64] == 0xEE);
    auto reply = transport.value()->receive_feature();
    REQUIRE(reply.ok());
    CHECK(reply.value().bytes()[0] == 1);
    CHECK(reply.value().bytes()[63] == 64);
}

TEST_CASE("A transfer that fails says why, and says that the token was pulled when it was", "[hidapi]") {
    Bench bench;
    bench.plug_pro();
    auto transport = bench.source->open(bench.source->look().at(0));
    REQUIRE(transport.ok());
    const auto failure = [&] {
        const auto sent = transport.value()->send_feature(wire::Report{});
        const auto got = transport.value()->receive_feature();
        REQUIRE_FALSE(sent.ok());
        REQUIRE_FALSE(got.ok());
        CHECK(sent.error().code == got.error().code);
        return got.error();
    };
    fake_hidraw.transfer_result = -1;
    CHECK(failure().code == wire::errors::transfer_failed);
    CHECK(failure().subject == "broken pipe");
    fake_hidraw.transfer_result = 0;
    CHECK(failure().subject == "time-out");
    fake_hidraw.transfer_result = 32;
    CHECK(failure().subject == "short report");
    fake_hidraw.transfer_result = -1;
    SECTION("the node is gone") {
        bench.tree->nodes["/dev/hidraw3"].state = NodeState::missing;
        CHECK(failure().code == wire::errors::unplugged);
    }
    SECTION("another plugging-in has its path") {
        bench.tree->places["/dev/hidraw3"].device = 18;
        CHECK(failure().code == wire::errors::unplugged);
    }
}

TEST_CASE("A drop-in library's token that was pulled is missing from its list", "[hidapi]") {
    Bench bench;
    bench.plug_pro();
    bench.tree->places.clear();
    bench.tree->print.reset();
    auto transport = bench.source->open(bench.source->look().at(0));
    REQUIRE(transport.ok());
    fake_hidraw.transfer_result = -1;
    CHECK(transport.value()->receive_feature().error().code == wire::errors::transfer_failed);
    fake_hidraw.devices.clear();
    CHECK(transport.value()->receive_feature().error().code == wire::errors::unplugged);
}

TEST_CASE("A token that another program holds is told as that, and one that is gone too", "[hidapi]") {
    Bench bench;
    bench.plug_pro();
    fake_hidraw.devices.clear();
    const auto seen = bench.source->look();
    REQUIRE(seen.at(0).via == "libusb");
    fake_libusb.refuses = {"1-2:1.0"};
    CHECK(bench.source->open(seen[0]).error().code == wire::errors::claimed);
    bench.tree->nodes["1-2:1.0"].state = NodeState::missing;
    CHECK(bench.source->open(seen[0]).error().code == wire::errors::unplugged);
    wire::Sighting other = seen[0];
    other.key = "usb:9-9#1";
    CHECK(bench.source->open(other).error().code == wire::errors::unplugged);
}

TEST_CASE("When hidraw refuses after all, libusb is tried", "[hidapi]") {
    Bench bench;
    bench.plug_pro();
    const auto seen = bench.source->look();
    fake_hidraw.refuses = {"/dev/hidraw3"};
    REQUIRE(bench.source->open(seen.at(0)).ok());
    fake_libusb.refuses = {"1-2:1.0"};
    const auto opened = bench.source->open(seen.at(0));
    REQUIRE_FALSE(opened.ok());
    CHECK(opened.error().code == wire::errors::transfer_failed);
}

TEST_CASE("This computer's hidapi can be loaded and looked through", "[hidapi]") {
    auto source = HidapiSource::create();
    REQUIRE(source.ok());
    (void)source.value()->look();
}

TEST_CASE("What a device or hidapi says is taken in as one line of bounded length") {
    Bench bench;
    const std::wstring hostile = L"\x1B]0;title\x07 two\nlines \x202E" + std::wstring(5000, L'x');
    fake_hidraw.devices = {{"/dev/hidraw0", 0x20a0, 0x4108, hostile}};
    fake_hidraw.product_name = hostile;
    bench.tree->nodes["/dev/hidraw0"] = {"/dev/hidraw0", NodeState::openable};
    const auto seen = bench.source->look();
    REQUIRE(seen.size() == 1);
    const auto is_one_line = [](const std::string& text, std::size_t most) {
        CHECK(base::count_characters(text) <= most);
        CHECK(base::one_line(text) == text);
        CHECK(text.find("title\xEF\xBF\xBD two lines \xEF\xBF\xBDxxx") != std::string::npos);
    };
    is_one_line(seen[0].usb_serial, 126);
    is_one_line(seen[0].product, 126);
    CHECK(base::one_line(seen[0].key) == seen[0].key);
    CHECK(seen[0].key.size() < 1000);

    auto opened = bench.source->open(seen[0]);
    REQUIRE(opened.ok());
    fake_hidraw.says = hostile;
    fake_hidraw.transfer_result = -1;
    const auto sent = opened.value()->send_feature(wire::get_status());
    REQUIRE_FALSE(sent.ok());
    is_one_line(sent.error().subject, 200);
}

TEST_CASE("Three hundred tokens are seen, each with a key of its own") {
    Bench bench;
    for (int i = 0; i < 300; ++i) {
        const std::string path = "/dev/hidraw" + std::to_string(i);
        fake_hidraw.devices.push_back({path, 0x20a0, 0x4108, std::wstring(126, L's')});
        bench.tree->nodes[path] = {path, NodeState::openable};
    }
    std::set<std::string> keys;
    for (const wire::Sighting& seen : bench.source->look()) keys.insert(seen.key);
    CHECK(keys.size() == 300);
}
