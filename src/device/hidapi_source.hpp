// Real tokens, through hidapi. On Linux both of its backends: hidraw where this user may open that node, libusb
// otherwise (the usual rules open only the USB node of a Pro). A token that both see is one token; one that neither may
// open is reported as exactly that, with the node.
// Thread: the device thread.
#pragma once

#include "device/hidapi_backend.hpp"
#include "device/usb_tree.hpp"
#include "wire/transport.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::device {

class HidapiSource final : public wire::TransportSource {
  public:
    // With this computer's hidapi and USB tree. With TOKENDECK_VIRTUAL in the environment hidapi is a drop-in whose
    // devices are in no USB tree: then it is asked each time.
    // Errors: hidapi_missing, if not one backend can be loaded.
    [[nodiscard]] static base::Result<std::unique_ptr<HidapiSource>> create();

    HidapiSource(std::vector<Hidapi> backends, std::unique_ptr<UsbTree> tree);
    ~HidapiSource() override;

    // Costs nearly nothing while no device of our vendors comes or goes.
    [[nodiscard]] std::vector<wire::Sighting> look() override;
    [[nodiscard]] base::Result<std::unique_ptr<wire::Transport>> open(const wire::Sighting& sighting) override;

    struct Shared;  // with the transports, which may outlive this

  private:
    // One way to one token.
    struct Entry {
        std::size_t backend = 0;
        std::string path{};
        std::uint16_t vendor_id = 0;
        std::uint16_t product_id = 0;
        std::string serial{};
        std::string product{};
        std::optional<UsbPlace> place{};
        Node node{};
    };

    [[nodiscard]] std::vector<Entry> enumerate();
    [[nodiscard]] std::string key_of(const Entry& entry, const std::string& identity);

    std::shared_ptr<Shared> shared_;
    std::optional<std::string> last_fingerprint_{};
    int looks_to_settle_ = 0;
    std::vector<wire::Sighting> last_{};
    std::map<std::string, std::vector<Entry>> ways_{};                // by key, the best one first
    std::map<std::string, std::pair<unsigned, bool>> appearances_{};  // of devices without a place: how often, now
};

}  // namespace tokendeck::device
