// vhci_tokens: simulated tokens in the ports of the kernel's virtual USB host controller, at the word of whoever writes
// to its standard input. Each line is a command and is answered by one line, "ok …" or "error …":
//
//   make MODEL FILE        makes a state file, plugs nothing in
//   plug PORT MODEL FILE [keyboard]   PORT 0 to 7; keyboard: with the descriptors of firmware from before 0.10 (Pro)
//   and
//                                     0.53 (Storage)
//   pull PORT
//   fault PORT LINE…       replaces the faults; lines of the control file (simulator/faults.hpp)
//   executed PORT          the commands that the token has executed since it was plugged in: ID:STATUS, hex
//
// At the end of the input all tokens are pulled. Needs to be root, and vhci-hcd.
#include "base/random.hpp"
#include "simulator/simulated_models.hpp"
#include "simulator/simulated_source.hpp"
#include "vhci_port.hpp"
#include "wire/models.hpp"

#include <array>
#include <cstdio>
#include <iostream>
#include <sstream>

namespace {

using namespace tokendeck;
using namespace tokendeck::kernel_test;

struct Token {
    std::unique_ptr<simulator::SimulatedSource> source;
    std::string key;
    std::unique_ptr<VhciPort> port;
};

// Section 1.1: until these, the report descriptor was a keyboard's.
constexpr std::uint8_t first_vendor_defined_pro = 10;
constexpr std::uint8_t first_vendor_defined_storage = 53;

Appearance appearance_of(const simulator::SimulatedModel& simulated, const wire::Sighting& sighting) {
    const wire::Model* const model = wire::find_model(simulated.model);
    Appearance made;
    made.vendor_id = sighting.vendor_id;
    made.product_id = sighting.product_id;
    made.storage = model != nullptr && model->family == wire::Family::storage;
    made.keyboard = simulated.firmware_minor < (made.storage ? first_vendor_defined_storage : first_vendor_defined_pro);
    made.serial = sighting.usb_serial;
    made.product = sighting.product;
    made.manufacturer = simulated.model == "librem" ? "Purism, SPC" : "Nitrokey";
    if (!made.storage) {  // docs/protocol/pro-storage.md, section 1.2: a Pro's strings have a fixed length
        made.manufacturer_units = 25;
        made.product_units = 17;
    }
    return made;
}

class Desk {
  public:
    std::string obey(const std::string& line) {
        std::istringstream words(line);
        std::string verb;
        words >> verb;
        if (verb == "make") return make(words);
        if (verb == "plug") return plug(words);
        std::size_t port = ports_.size();
        if (!(words >> port) || port >= ports_.size() || !ports_[port].port) return "error no token in that port";
        if (verb == "pull") return pull(ports_[port]);
        if (verb == "fault") return fault(ports_[port], words);
        if (verb == "executed") return executed(ports_[port]);
        return "error unknown command";
    }

  private:
    std::string make(std::istringstream& words) {
        std::string model, file;
        if (!(words >> model >> file)) return "error usage: make MODEL FILE";
        const auto made = simulator::SimulatedSource(clock_, random_).attach(model, file);
        return made ? "ok" : "error " + std::string(made.error().code.name);
    }

    std::string plug(std::istringstream& words) {
        std::size_t port = ports_.size();
        std::string model, file;
        if (!(words >> port >> model >> file) || port >= ports_.size()) return "error usage: plug PORT MODEL FILE";
        const simulator::SimulatedModel* const simulated = simulator::find_simulated_model(model);
        if (simulated == nullptr) return "error no such model";
        Token& token = ports_[port];
        if (token.port) return "error a token is in that port";
        token.source = std::make_unique<simulator::SimulatedSource>(clock_, random_, simulator::prompt_timing);
        if (const auto attached = token.source->attach(model, file); !attached)
            return "error " + std::string(attached.error().code.name);
        const auto seen = token.source->look();
        if (seen.size() != 1) return "error the simulated token does not show itself";
        auto opened = token.source->open(seen.front());
        if (!opened) return "error " + std::string(opened.error().code.name);
        token.key = seen.front().key;
        std::string problem;
        auto device = std::make_unique<UsbDevice>(appearance_of(*simulated, seen.front()), std::move(opened).value());
        token.port = VhciPort::plug_in(static_cast<int>(port), std::move(device), problem);
        return token.port ? "ok" : "error " + problem;
    }

    static std::string pull(Token& token) {
        token = {};
        return "ok";
    }

    static std::string fault(Token& token, std::istringstream& words) {
        std::string text;
        for (std::string line; words >> line;) text += line + '\n';
        const auto faults = simulator::parse_control(text);
        if (!faults) return "error not a fault";
        token.source->set_faults(faults.value());
        return "ok";
    }

    static std::string executed(const Token& token) {
        std::string text = "ok";
        for (const simulator::Executed& one : token.source->executed(token.key)) {
            std::array<char, 8> pair{};
            std::snprintf(pair.data(), pair.size(), " %02X:%02X", one.command, one.status);
            text += pair.data();
        }
        return text;
    }

    base::SystemClock clock_;
    base::SystemRandom random_;
    std::array<Token, 8> ports_{};
};

}  // namespace

int main() {
    Desk desk;
    for (std::string line; std::getline(std::cin, line);) std::cout << desk.obey(line) << std::endl;
}
