#include "device/hidapi_source.hpp"

#include "base/one_line.hpp"
#include "base/secret.hpp"
#include "base/utf8.hpp"
#include "device/errors.hpp"
#include "wire/models.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <thread>
#include <utility>

namespace tokendeck::device {
namespace {

// udev gives rights and libusb takes notice some moments after the kernel shows a device.
constexpr int settling_looks = 4;
// A hub is asked for news every 256 ms at the latest.
constexpr int looks_for_pulled_plug = 15;
constexpr std::chrono::milliseconds between_looks{20};

// What hidapi gives, as one line of at most `most` characters; nothing beyond them is looked at. wchar_t is UTF-16 on
// Windows and UTF-32 elsewhere. What is no character becomes U+FFFD.
std::string line_of(const wchar_t* text, std::size_t most) {
    std::string out;
    if (text == nullptr) return out;
    for (std::size_t count = 0; count < most && *text != L'\0'; ++count) {
        auto c = static_cast<std::uint32_t>(*text++);
        if constexpr (sizeof(wchar_t) == 2) {
            c &= 0xFFFF;
            if (c >= 0xD800 && c < 0xDC00 && *text >= 0xDC00 && *text < 0xE000)
                c = 0x10000 + ((c - 0xD800) << 10) + (static_cast<std::uint32_t>(*text++) - 0xDC00);
        }
        if ((c >= 0xD800 && c < 0xE000) || c > 0x10FFFF) c = base::replacement_character;
        base::append_character(out, c);
    }
    out = base::one_line(out);
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out;
}

std::set<std::uint16_t> vendors() {
    std::set<std::uint16_t> found;
    for (const wire::Model& model : wire::models()) found.insert(model.vendor_id);
    return found;
}

base::Error error_of(base::ErrorCode code, std::string subject = {}) {
    return base::Error{.code = code, .subject = std::move(subject)};
}

}  // namespace

const char* name(HidBackend backend) {
    switch (backend) {
        case HidBackend::hidraw: return "hidraw";
        case HidBackend::libusb: return "libusb";
        case HidBackend::native: break;
    }
    return "hidapi";
}

struct HidapiSource::Shared {
    std::vector<Hidapi> backends;
    std::unique_ptr<UsbTree> tree;
    std::vector<int> open_handles;  // by backend
};

namespace {

using Shared = HidapiSource::Shared;

// A report with hidapi's leading report id, 0.
class ReportBuffer {
  public:
    ReportBuffer() = default;
    ReportBuffer(const ReportBuffer&) = delete;
    ReportBuffer& operator=(const ReportBuffer&) = delete;
    ~ReportBuffer() { base::wipe(bytes.data(), bytes.size()); }
    std::array<std::uint8_t, 1 + wire::report_size> bytes{};
};

class HidapiTransport final : public wire::Transport {
  public:
    struct Way {
        std::size_t backend;
        std::string path;
        std::uint16_t vendor_id;
        std::uint16_t product_id;
        std::optional<UsbPlace> place;
    };

    HidapiTransport(std::shared_ptr<Shared> shared, hid_device* device, Way way)
        : shared_(std::move(shared)), device_(device), way_(std::move(way)) {
        ++shared_->open_handles[way_.backend];
    }
    HidapiTransport(const HidapiTransport&) = delete;
    HidapiTransport& operator=(const HidapiTransport&) = delete;
    ~HidapiTransport() override {
        api().call.close(device_);
        --shared_->open_handles[way_.backend];
    }

    base::Result<void> send_feature(const wire::Report& report) override {
        ReportBuffer buffer;
        std::ranges::copy(report.bytes(), buffer.bytes.begin() + 1);
        const int sent = api().call.send_feature_report(device_, buffer.bytes.data(), buffer.bytes.size());
        // Some versions do not count the report id.
        if (sent >= static_cast<int>(wire::report_size)) return {};
        return failed(sent);
    }

    base::Result<wire::Report> receive_feature() override {
        ReportBuffer buffer;
        const int got = api().call.get_feature_report(device_, buffer.bytes.data(), buffer.bytes.size());
        if (got < static_cast<int>(wire::report_size)) return failed(got);
        return wire::Report::copy_of(std::span(buffer.bytes).subspan<1, wire::report_size>());
    }

  private:
    [[nodiscard]] const Hidapi& api() const { return shared_->backends[way_.backend]; }

    // `count` is what hidapi returned: -1 for an error, 0 for a time-out, else a report that is cut off.
    [[nodiscard]] base::Error failed(int count) {
        if (gone_by_now()) return error_of(wire::errors::unplugged);
        if (count < 0) return error_of(wire::errors::transfer_failed, what_hidapi_says());
        return error_of(wire::errors::transfer_failed, count == 0 ? "time-out" : "short report");
    }

    // Between the plug being pulled and the hub saying so, transfers just fail. Where the system's tree is not known
    // there is nothing to wait for.
    [[nodiscard]] bool gone_by_now() const {
        for (int look = 0; way_.place && look < looks_for_pulled_plug; ++look) {
            if (gone()) return true;
            std::this_thread::sleep_for(between_looks);
        }
        return gone();
    }

    // The libusb library of hidapi before 0.14 has only "hid_error is not implemented yet", which helps nobody.
    [[nodiscard]] std::string what_hidapi_says() {
        std::string text = line_of(api().call.error(device_), base::library_text_most);
        return text.find("not implemented") == std::string::npos ? text : std::string{};
    }

    [[nodiscard]] bool gone() const {
        if (way_.place)
            return shared_->tree->node_of(api().backend, way_.path, way_.place).state == NodeState::missing ||
                   shared_->tree->place_of(api().backend, way_.path) != way_.place;
        hid_device_info* const list = api().call.enumerate(way_.vendor_id, way_.product_id);
        bool there = false;
        for (const hid_device_info* info = list; info != nullptr; info = info->next)
            there = there || (info->path != nullptr && way_.path == info->path);
        api().call.free_enumeration(list);
        return !there;
    }

    std::shared_ptr<Shared> shared_;
    hid_device* device_;
    Way way_;
};

}  // namespace

base::Result<std::unique_ptr<HidapiSource>> HidapiSource::create() {
    LoadedHidapi loaded = load_hidapi();
    if (loaded.backends.empty()) return error_of(errors::hidapi_missing, loaded.problem);
    std::unique_ptr<UsbTree> tree;
    if (std::getenv("TOKENDECK_VIRTUAL") != nullptr) tree = std::make_unique<BlindUsbTree>();
    else tree = system_usb_tree();
    return std::make_unique<HidapiSource>(std::move(loaded.backends), std::move(tree));
}

HidapiSource::HidapiSource(std::vector<Hidapi> backends, std::unique_ptr<UsbTree> tree)
    : shared_(std::make_shared<Shared>()) {
    shared_->open_handles.resize(backends.size());
    shared_->backends = std::move(backends);
    shared_->tree = std::move(tree);
}

HidapiSource::~HidapiSource() {
    for (std::size_t i = 0; i < shared_->backends.size(); ++i)
        if (shared_->open_handles[i] == 0) (void)shared_->backends[i].call.exit();
}

std::vector<HidapiSource::Entry> HidapiSource::enumerate() {
    std::vector<Entry> found;
    for (std::size_t i = 0; i < shared_->backends.size(); ++i) {
        const Hidapi& api = shared_->backends[i];
        // Without udev, libusb knows only what was there when it was started. Not while a handle is open; and not in a
        // drop-in, for which it might mean to take the token's power away.
        if (api.backend == HidBackend::libusb && shared_->open_handles[i] == 0 && last_fingerprint_)
            (void)api.call.exit();
        for (const std::uint16_t vendor : vendors()) {
            hid_device_info* const list = api.call.enumerate(vendor, 0);
            for (const hid_device_info* info = list; info != nullptr; info = info->next) {
                const wire::Model* model = wire::find_model(info->vendor_id, info->product_id);
                if (model == nullptr || info->path == nullptr) continue;
                if (model->hid_interface >= 0 && info->interface_number >= 0 &&
                    model->hid_interface != info->interface_number)
                    continue;
                // hidapi lists a path once for each usage of its report descriptor.
                if (std::ranges::any_of(found, [&](const Entry& e) { return e.backend == i && e.path == info->path; }))
                    continue;
                Entry entry;
                entry.backend = i;
                entry.path = info->path;
                entry.vendor_id = info->vendor_id;
                entry.product_id = info->product_id;
                entry.serial = line_of(info->serial_number, base::usb_text_most);
                entry.product = line_of(info->product_string, base::usb_text_most);
                entry.place = shared_->tree->place_of(api.backend, entry.path);
                entry.node = shared_->tree->node_of(api.backend, entry.path, entry.place);
                if (entry.node.state != NodeState::missing) found.push_back(std::move(entry));
            }
            api.call.free_enumeration(list);
        }
    }
    return found;
}

std::string HidapiSource::key_of(const Entry& entry, const std::string& identity) {
    if (entry.place) return "usb:" + entry.place->port + '#' + std::to_string(entry.place->device);
    auto& [times, here] = appearances_[identity];
    if (!here) ++times;
    here = true;
    return "hid:" + identity + '@' + std::to_string(times);
}

std::vector<wire::Sighting> HidapiSource::look() {
    const auto fingerprint = shared_->tree->fingerprint();
    if (fingerprint) {
        if (fingerprint != last_fingerprint_) looks_to_settle_ = settling_looks;
        last_fingerprint_ = fingerprint;
        if (fingerprint->empty()) {
            last_.clear();
            ways_.clear();
            return {};
        }
        if (looks_to_settle_ == 0) return last_;
        --looks_to_settle_;
    }

    // What belongs to one token: the same place on the bus, else the same ids and serial, the n-th of them in each
    // backend. In the order in which they were first seen.
    std::vector<std::pair<std::string, std::vector<Entry>>> tokens;
    std::map<std::pair<std::size_t, std::string>, int> met;
    for (Entry& entry : enumerate()) {
        std::string identity;
        if (entry.place) {
            identity = entry.place->port + '#' + std::to_string(entry.place->device);
        } else {
            char ids[16];
            std::snprintf(ids, sizeof ids, "%04x:%04x:", entry.vendor_id, entry.product_id);
            identity = ids + entry.serial;
            identity += '/' + std::to_string(++met[{entry.backend, identity}]);
        }
        const auto known = std::ranges::find_if(tokens, [&](const auto& token) { return token.first == identity; });
        if (known != tokens.end()) known->second.push_back(std::move(entry));
        else tokens.emplace_back(identity, std::vector<Entry>{}).second.push_back(std::move(entry));
    }

    for (auto& [identity, appearance] : appearances_)
        appearance.second = appearance.second && std::ranges::any_of(tokens, [&, id = &identity](const auto& token) {
                                return token.first == *id;
                            });
    ways_.clear();
    last_.clear();
    for (auto& [identity, entries] : tokens) {
        std::stable_partition(entries.begin(), entries.end(),
                              [](const Entry& e) { return e.node.state == NodeState::openable; });
        const Entry& best = entries.front();
        wire::Sighting sighting;
        sighting.key = key_of(best, identity);
        sighting.vendor_id = best.vendor_id;
        sighting.product_id = best.product_id;
        for (const Entry& entry : entries) {
            if (sighting.usb_serial.empty()) sighting.usb_serial = entry.serial;
            if (sighting.product.empty()) sighting.product = entry.product;
        }
        sighting.via = name(shared_->backends[best.backend].backend);
        if (best.node.state != NodeState::openable) {
            sighting.access = wire::Access::no_permission;
            sighting.node = best.node.path;
        }
        ways_[sighting.key] = std::move(entries);
        last_.push_back(std::move(sighting));
    }
    return last_;
}

base::Result<std::unique_ptr<wire::Transport>> HidapiSource::open(const wire::Sighting& sighting) {
    const auto ways = ways_.find(sighting.key);
    if (ways == ways_.end()) return error_of(wire::errors::unplugged);
    std::optional<base::Error> problem;
    for (const Entry& way : ways->second) {
        const Hidapi& api = shared_->backends[way.backend];
        const Node node = shared_->tree->node_of(api.backend, way.path, way.place);
        base::Error error = error_of(wire::errors::unplugged);
        if (node.state == NodeState::no_permission) {
            error = error_of(wire::errors::no_permission, node.path);
        } else if (node.state == NodeState::openable) {
            if (hid_device* const device = api.call.open_path(way.path.c_str()))
                return std::unique_ptr<wire::Transport>(std::make_unique<HidapiTransport>(
                    shared_, device,
                    HidapiTransport::Way{way.backend, way.path, way.vendor_id, way.product_id, way.place}));
            // libusb can open it only if no other program has the interface.
            error = api.backend == HidBackend::libusb
                        ? error_of(wire::errors::claimed, node.path)
                        : error_of(wire::errors::transfer_failed,
                                   line_of(api.call.error(nullptr), base::library_text_most));
        }
        if (!problem) problem = std::move(error);
    }
    return std::move(*problem);
}

}  // namespace tokendeck::device
