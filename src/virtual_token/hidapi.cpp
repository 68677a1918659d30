// All functions of hidapi.h, over simulated tokens. Return values, wide strings and error strings as that header
// promises them. hidapi promises nothing about threads; here a lock makes them take turns.
#include "base/secret.hpp"
#include "virtual_token/backend.hpp"
#include "virtual_token/bus.hpp"

#include <hidapi/hidapi.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cwchar>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

// Only these are seen from outside: the libraries are built with hidden visibility.
#define EXPORTED extern "C" __attribute__((visibility("default")))

namespace tk = tokendeck;
using tk::virtual_token::Bus;
using tk::virtual_token::Device;

namespace {

std::wstring wide(const std::string& text) {
    return {text.begin(), text.end()};  // what tokens have is ASCII
}

constexpr const wchar_t* no_error = L"Success";
constexpr std::size_t report_with_id = 1 + tk::wire::report_size;
constexpr tk::base::Milliseconds read_step{20};

struct Library {
    std::recursive_mutex mutex{};
    std::unique_ptr<Bus> bus{};
    std::wstring error{no_error};
};

// Never destroyed: a program may call hidapi from its own static destructors.
Library& library() {
    static Library* const the_one = new Library;
    return *the_one;
}

void note(std::wstring& error, const std::string& problem) {
    error = problem.empty() ? std::wstring(no_error) : wide(problem);
}

// Null, and the global error says why. With the lock held.
Bus* bus() {
    Library& lib = library();
    if (!lib.bus) lib.bus = std::make_unique<Bus>(tk::virtual_token::this_backend());
    std::string problem;
    if (lib.bus->plug_in(problem)) return lib.bus.get();
    if (lib.error != wide(problem)) (void)std::fprintf(stderr, "tokendeck's virtual token: %s\n", problem.c_str());
    note(lib.error, problem);
    return nullptr;
}

char* copied(const std::string& text) {
    char* copy = static_cast<char*>(std::malloc(text.size() + 1));
    if (copy != nullptr) std::memcpy(copy, text.c_str(), text.size() + 1);
    return copy;
}

wchar_t* copied_wide(const std::string& text) {
    auto* copy = static_cast<wchar_t*>(std::malloc((text.size() + 1) * sizeof(wchar_t)));
    if (copy == nullptr) return nullptr;
    std::copy(text.begin(), text.end(), copy);
    copy[text.size()] = L'\0';
    return copy;
}

hid_device_info* info_of(const Device& device) {
    auto* info = static_cast<hid_device_info*>(std::calloc(1, sizeof(hid_device_info)));
    if (info == nullptr) return nullptr;
    info->path = copied(device.path);
    info->vendor_id = device.vendor_id;
    info->product_id = device.product_id;
    info->serial_number = copied_wide(device.serial);
    info->release_number = device.release;
    info->manufacturer_string = copied_wide(device.manufacturer);
    info->product_string = copied_wide(device.product);
    info->usage_page = device.usage_page;
    info->usage = device.usage;
    info->interface_number = device.interface_number;
#ifdef HID_API_VERSION  // the header of 0.13 and later has it
    info->bus_type = HID_API_BUS_USB;
#endif
    return info;
}

void free_infos(hid_device_info* info) {
    while (info != nullptr) {
        hid_device_info* const next = info->next;
        std::free(info->path);
        std::free(info->serial_number);
        std::free(info->manufacturer_string);
        std::free(info->product_string);
        std::free(info);
        info = next;
    }
}

bool wanted(const Device& device, unsigned short vendor_id, unsigned short product_id) {
    return (vendor_id == 0 || vendor_id == device.vendor_id) && (product_id == 0 || product_id == device.product_id);
}

int put_string(const std::string& text, wchar_t* string, std::size_t maxlen) {
    if (string == nullptr || maxlen == 0) return -1;
    const std::size_t length = std::min(text.size(), maxlen - 1);
    std::copy_n(text.begin(), length, string);
    string[length] = L'\0';
    return 0;
}

}  // namespace

struct hid_device_ {
    Device device{};
    std::unique_ptr<tk::wire::Transport> transport{};
    std::wstring error{no_error};
    hid_device_info* info = nullptr;
    bool blocking = true;

    ~hid_device_() { free_infos(info); }
};

namespace {

int failed(hid_device* dev, const std::string& problem) {
    note(dev->error, problem);
    return -1;
}

hid_device* open_device(const std::string& path) {
    Bus* const there = bus();
    if (there == nullptr) return nullptr;
    Library& lib = library();
    for (const Device& device : there->look()) {
        if (device.path != path) continue;
        std::string problem;
        auto transport = there->open(path, problem);
        note(lib.error, problem);
        if (!transport) return nullptr;
        auto opened = std::make_unique<hid_device>();
        opened->device = device;
        opened->transport = std::move(transport);
        return opened.release();
    }
    note(lib.error, "no such device: " + path);
    return nullptr;
}

}  // namespace

EXPORTED int hid_init(void) {
    const std::lock_guard lock(library().mutex);
    note(library().error, {});
    return 0;
}

// What is open stays open, as with the real ones.
EXPORTED int hid_exit(void) {
    const std::lock_guard lock(library().mutex);
    library().bus.reset();
    note(library().error, {});
    return 0;
}

EXPORTED hid_device_info* hid_enumerate(unsigned short vendor_id, unsigned short product_id) {
    const std::lock_guard lock(library().mutex);
    Bus* const there = bus();
    if (there == nullptr) return nullptr;
    hid_device_info* first = nullptr;
    hid_device_info** next = &first;
    for (const Device& device : there->look()) {
        if (!wanted(device, vendor_id, product_id)) continue;
        *next = info_of(device);
        if (*next == nullptr) break;
        next = &(*next)->next;
    }
    note(library().error, first != nullptr ? "" : "No HID devices found in the system.");
    return first;
}

EXPORTED void hid_free_enumeration(hid_device_info* devs) {
    free_infos(devs);
}

EXPORTED hid_device* hid_open(unsigned short vendor_id, unsigned short product_id, const wchar_t* serial_number) {
    const std::lock_guard lock(library().mutex);
    Bus* const there = bus();
    if (there == nullptr) return nullptr;
    for (const Device& device : there->look())
        if (device.vendor_id == vendor_id && device.product_id == product_id &&
            (serial_number == nullptr || wide(device.serial) == serial_number))
            return open_device(device.path);
    note(library().error, "Device with requested VID/PID/(SerialNumber) not found");
    return nullptr;
}

EXPORTED hid_device* hid_open_path(const char* path) {
    const std::lock_guard lock(library().mutex);
    return open_device(path != nullptr ? path : "");
}

// The real libusb library opens a file descriptor of the system's; here there is none.
EXPORTED hid_device* hid_libusb_wrap_sys_device(std::intptr_t, int) {
    const std::lock_guard lock(library().mutex);
    note(library().error, "a simulated token has no system device");
    return nullptr;
}

EXPORTED void hid_close(hid_device* dev) {
    if (dev == nullptr) return;
    const std::lock_guard lock(library().mutex);
    delete dev;
}

// Output reports say which lock lights are on. Double-press typing is not simulated: taken, and of no effect.
EXPORTED int hid_write(hid_device* dev, const unsigned char* data, std::size_t length) {
    if (dev == nullptr) return -1;
    const std::lock_guard lock(library().mutex);
    if (data == nullptr || length == 0) return failed(dev, "Zero buffer/length");
    note(dev->error, {});
    return static_cast<int>(length);
}

EXPORTED int hid_send_output_report(hid_device* dev, const unsigned char* data, std::size_t length) {
    return hid_write(dev, data, length);
}

// These tokens never say anything by themselves: waits, and then there is nothing; or the token is gone.
EXPORTED int hid_read_timeout(hid_device* dev, unsigned char* data, std::size_t length, int milliseconds) {
    if (dev == nullptr || data == nullptr || length == 0) return -1;
    for (;;) {
        {
            const std::lock_guard lock(library().mutex);
            Bus* const there = bus();
            const auto seen = there != nullptr ? there->look() : std::vector<Device>{};
            if (std::none_of(seen.begin(), seen.end(), [&](const Device& d) { return d.path == dev->device.path; }))
                return failed(dev, "the device was unplugged");
            note(dev->error, {});
            if (milliseconds == 0) return 0;
        }
        const int step = static_cast<int>(read_step.count());
        tk::base::SystemClock{}.sleep(tk::base::Milliseconds{milliseconds < 0 ? step : std::min(milliseconds, step)});
        if (milliseconds > 0) milliseconds -= std::min(milliseconds, step);
    }
}

EXPORTED int hid_read(hid_device* dev, unsigned char* data, std::size_t length) {
    return hid_read_timeout(dev, data, length, dev != nullptr && dev->blocking ? -1 : 0);
}

EXPORTED int hid_set_nonblocking(hid_device* dev, int nonblock) {
    if (dev == nullptr) return -1;
    dev->blocking = nonblock == 0;
    return 0;
}

EXPORTED int hid_send_feature_report(hid_device* dev, const unsigned char* data, std::size_t length) {
    if (dev == nullptr) return -1;
    const std::lock_guard lock(library().mutex);
    if (data == nullptr || length == 0) return failed(dev, "Zero buffer/length");
    if (data[0] != 0) return failed(dev, "the device has no numbered reports");
    if (length > report_with_id) return failed(dev, "longer than the device's feature report");
    tk::wire::Report report;
    std::copy_n(data + 1, length - 1, report.bytes().begin());
    if (auto sent = dev->transport->send_feature(report); !sent.ok())
        return failed(dev, std::string(sent.error().code.name));
    note(dev->error, {});
    return static_cast<int>(length);
}

EXPORTED int hid_get_feature_report(hid_device* dev, unsigned char* data, std::size_t length) {
    if (dev == nullptr) return -1;
    const std::lock_guard lock(library().mutex);
    if (data == nullptr || length == 0) return failed(dev, "Zero buffer/length");
    if (data[0] != 0) return failed(dev, "the device has no numbered reports");
    auto report = dev->transport->receive_feature();
    if (!report.ok()) return failed(dev, std::string(report.error().code.name));
    const std::size_t taken = std::min(length - 1, tk::wire::report_size);
    std::copy_n(report.value().bytes().begin(), taken, data + 1);
    note(dev->error, {});
    return static_cast<int>(taken + 1);
}

EXPORTED int hid_get_input_report(hid_device* dev, unsigned char*, std::size_t) {
    if (dev == nullptr) return -1;
    const std::lock_guard lock(library().mutex);
    return failed(dev, "the device has no input report to give");
}

EXPORTED int hid_get_manufacturer_string(hid_device* dev, wchar_t* string, std::size_t maxlen) {
    return dev == nullptr ? -1 : put_string(dev->device.manufacturer, string, maxlen);
}

EXPORTED int hid_get_product_string(hid_device* dev, wchar_t* string, std::size_t maxlen) {
    return dev == nullptr ? -1 : put_string(dev->device.product, string, maxlen);
}

EXPORTED int hid_get_serial_number_string(hid_device* dev, wchar_t* string, std::size_t maxlen) {
    return dev == nullptr ? -1 : put_string(dev->device.serial, string, maxlen);
}

EXPORTED int hid_get_indexed_string(hid_device* dev, int string_index, wchar_t* string, std::size_t maxlen) {
    if (dev == nullptr) return -1;
    switch (string_index) {
        case 1: return put_string(dev->device.manufacturer, string, maxlen);
        case 2: return put_string(dev->device.product, string, maxlen);
        case 3: return put_string(dev->device.serial, string, maxlen);
        default: return failed(dev, "the device has no string of this index");
    }
}

EXPORTED hid_device_info* hid_get_device_info(hid_device* dev) {
    if (dev == nullptr) return nullptr;
    const std::lock_guard lock(library().mutex);
    if (dev->info == nullptr) dev->info = info_of(dev->device);
    return dev->info;
}

// hidapi 0.14: the vendor-defined descriptor, 64 bytes each of input, output and feature report.
EXPORTED int hid_get_report_descriptor(hid_device* dev, unsigned char* buf, std::size_t buf_size) {
    static constexpr std::array<unsigned char, 29> descriptor{
        0x06, 0x00, 0xFF, 0x09, 0x01, 0xA1, 0x01, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08, 0x95,
        0x40, 0x09, 0x01, 0x81, 0x02, 0x09, 0x01, 0x91, 0x02, 0x09, 0x01, 0xB1, 0x02, 0xC0};
    if (dev == nullptr || buf == nullptr) return -1;
    const std::size_t size = std::min(buf_size, descriptor.size());
    std::copy_n(descriptor.begin(), size, buf);
    return static_cast<int>(size);
}

EXPORTED const wchar_t* hid_error(hid_device* dev) {
    const std::lock_guard lock(library().mutex);
    return dev != nullptr ? dev->error.c_str() : library().error.c_str();
}

EXPORTED const wchar_t* hid_read_error(hid_device* dev) {
    return hid_error(dev);
}

EXPORTED const hid_api_version* hid_version(void) {
    static constexpr hid_api_version made_for{HID_API_VERSION_MAJOR, HID_API_VERSION_MINOR, HID_API_VERSION_PATCH};
    return &made_for;
}

EXPORTED const char* hid_version_str(void) {
    return HID_API_VERSION_STR;
}
