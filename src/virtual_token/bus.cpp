#include "virtual_token/bus.hpp"

#include "simulator/token_store.hpp"
#include "wire/models.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace tokendeck::virtual_token {
namespace {

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

// How often the token was plugged in since this program looks: the number at the end of a sighting's key.
unsigned plugged_in_times(const wire::Sighting& sighting) {
    const auto colon = sighting.key.rfind(':');
    unsigned number = 1;
    if (colon != std::string::npos)
        (void)std::from_chars(sighting.key.data() + colon + 1, sighting.key.data() + sighting.key.size(), number);
    return std::max(number, 1U);
}

std::string models_known() {
    std::string text;
    for (const simulator::SimulatedModel& model : simulator::simulated_models()) {
        if (!text.empty()) text += ", ";
        text += model.key;
    }
    return text;
}

std::string sentence(const base::Error& error, const std::string& entry) {
    std::string text = "TOKENDECK_VIRTUAL: '" + entry + "' cannot be plugged in: " + std::string(error.code.name);
    if (error.position) text += " at line " + std::to_string(*error.position);
    return text;
}

}  // namespace

bool Bus::plug_in(const std::string& entry, std::string& problem) {
    const auto colon = entry.find(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == entry.size()) {
        problem = "TOKENDECK_VIRTUAL: '" + entry + "' is not MODEL:FILE";
        return false;
    }
    const std::string model = entry.substr(0, colon);
    if (simulator::find_simulated_model(model) == nullptr) {
        problem = "TOKENDECK_VIRTUAL: there is no model '" + model + "'; there are " + models_known();
        return false;
    }
    const std::string timing = environment("TOKENDECK_VIRTUAL_TIMING");
    if (!timing.empty() && timing != "fast" && timing != "real") {
        problem = "TOKENDECK_VIRTUAL_TIMING: '" + timing + "' is neither fast nor real";
        return false;
    }
    const auto& profile = timing == "fast" ? simulator::prompt_timing : simulator::real_timing;
    Token token{entry.substr(colon + 1), std::make_unique<simulator::SimulatedSource>(clock_, random_, profile)};
    token.source->keep_power(true);
    if (const std::string control = environment("TOKENDECK_SIMULATE_CONTROL"); !control.empty())
        token.source->set_control_file(control);
    if (auto attached = token.source->attach(model, token.file); !attached.ok()) {
        problem = sentence(attached.error(), entry);
        return false;
    }
    tokens_.push_back(std::move(token));
    return true;
}

bool Bus::plug_in(std::string& problem) {
    if (plugged_in_) return true;
    tokens_.clear();
    const std::string all = environment("TOKENDECK_VIRTUAL");
    if (all.empty()) {
        problem = "TOKENDECK_VIRTUAL is not set: no simulated token";
        return false;
    }
    std::size_t begin = 0;
    while (begin <= all.size()) {
        const std::size_t end = std::min(all.find(';', begin), all.size());
        if (end > begin && !plug_in(all.substr(begin, end - begin), problem)) return false;
        begin = end + 1;
    }
    plugged_in_ = true;
    return true;
}

Device Bus::describe(std::size_t index, const Token& token, const wire::Sighting& sighting) const {
    Device device;
    device.vendor_id = sighting.vendor_id;
    device.product_id = sighting.product_id;
    device.serial = sighting.usb_serial;
    device.product = sighting.product;
    const wire::Model* model = wire::find_model(sighting.vendor_id, sighting.product_id);
    const bool storage = model != nullptr && model->family == wire::Family::storage;
    device.manufacturer = model != nullptr && model->key == "librem" ? "Purism" : "Nitrokey";
    device.interface_number = storage ? 2 : 0;

    std::uint8_t minor = 0;
    if (auto store = simulator::TokenStore::open(token.file); store.ok()) minor = store.value().state().firmware_minor;
    const bool vendor_defined = minor >= (storage ? 53 : 10);
    device.release = vendor_defined ? 0x0101 : 0x0100;
    if (backend_ == Backend::hidraw) {  // the other backend does not read the report descriptor for this
        device.usage_page = vendor_defined ? 0xFF00 : 0x0001;
        device.usage = vendor_defined ? 0x0001 : 0x0006;
    }
    const std::string number = std::to_string(index + 10 * (plugged_in_times(sighting) - 1));
    device.path = backend_ == Backend::hidraw ? "/dev/hidraw" + number
                                              : "1-" + number + ":1." + std::to_string(device.interface_number);
    return device;
}

std::vector<Bus::Sighted> Bus::sight() {
    std::vector<Sighted> seen;
    for (std::size_t i = 0; i < tokens_.size(); ++i)
        for (wire::Sighting& sighting : tokens_[i].source->look()) {
            const wire::Model* const model = wire::find_model(sighting.vendor_id, sighting.product_id);
            if (model != nullptr && model->boot_loader) continue;  // it has no HID interface
            seen.push_back({describe(i, tokens_[i], sighting), std::move(sighting), tokens_[i].source.get()});
        }
    return seen;
}

std::vector<Device> Bus::look() {
    std::vector<Device> devices;
    for (Sighted& sighted : sight()) devices.push_back(std::move(sighted.device));
    return devices;
}

std::unique_ptr<wire::Transport> Bus::open(const std::string& path, std::string& problem) {
    for (const Sighted& sighted : sight()) {
        if (sighted.device.path != path) continue;
        auto opened = sighted.source->open(sighted.sighting);
        if (opened.ok()) return std::move(opened).value();
        problem = "cannot be opened: " + std::string(opened.error().code.name);
        return nullptr;
    }
    problem = "no such device: " + path;
    return nullptr;
}

}  // namespace tokendeck::virtual_token
