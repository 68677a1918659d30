// The seam between a token's driver and whatever carries its reports: hidapi, or a simulated token. It lies in
// `wire` because both sides of it, `device` and `simulator`, need it and neither may include the other.
// Interfaces only: nothing here opens, sleeps or retries.
#pragma once

#include "base/result.hpp"
#include "wire/report.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tokendeck::wire {

// One open token. Thread: the one that opened it. Closes when destroyed.
class Transport {
  public:
    virtual ~Transport() = default;
    // SET_REPORT and GET_REPORT (feature, id 0). Blocks for one USB control transfer, some milliseconds.
    // Errors: errors::transfer_failed, errors::unplugged.
    [[nodiscard]] virtual base::Result<void> send_feature(const Report& report) = 0;
    [[nodiscard]] virtual base::Result<Report> receive_feature() = 0;
};

enum class Access : std::uint8_t {
    openable,       // can be opened, as far as can be told without opening
    no_permission,  // seen, but this user may not open it
};

// A token that was seen.
struct Sighting {
    std::string key{};  // names it while it stays plugged in: the same key means the same plugging-in
    std::uint16_t vendor_id = 0;
    std::uint16_t product_id = 0;
    std::string product{};     // USB product string, trailing zeros removed
    std::string usb_serial{};  // USB serial string, may be empty
    std::string via{};         // "hidraw", "libusb", "simulated"
    bool simulated = false;
    Access access = Access::openable;
    std::string node{};  // what may not be opened, for the advice: "/dev/hidraw3"; or empty
    friend bool operator==(const Sighting&, const Sighting&) = default;
};

// Something that finds tokens. Thread: the device thread.
class TransportSource {
  public:
    virtual ~TransportSource() = default;
    // All tokens of this source that are there now. Takes some milliseconds; called about once a second.
    [[nodiscard]] virtual std::vector<Sighting> look() = 0;
    // Errors: errors::unplugged, errors::no_permission, errors::claimed, errors::transfer_failed.
    [[nodiscard]] virtual base::Result<std::unique_ptr<Transport>> open(const Sighting& sighting) = 0;
};

// The source of simulated tokens: they are plugged in and pulled by the program itself.
class AttachableSource : public TransportSource {
  public:
    // Plugs in a simulated token of the model (`Model::key`), its state kept in `file` (created if it is not there).
    // Errors: errors::unknown_model, errors::state_unreadable, errors::state_unwritable, base::errors::file_….
    [[nodiscard]] virtual base::Result<void> attach(const std::string& model, const std::string& file) = 0;
    // Pulls all of them: open ones answer errors::unplugged from now on. Volatile state is lost, as on hardware.
    virtual void detach() = 0;
};

namespace errors {

inline constexpr base::ErrorCode transfer_failed{"wire.transfer-failed"};  // subject: what the system said
inline constexpr base::ErrorCode unplugged{"wire.unplugged"};
inline constexpr base::ErrorCode no_permission{"wire.no-permission"};  // subject: the node
inline constexpr base::ErrorCode claimed{"wire.claimed"};              // another program holds it

inline constexpr base::ErrorCode unknown_model{"wire.unknown-model"};        // subject: the model asked for
inline constexpr base::ErrorCode state_unreadable{"wire.state-unreadable"};  // subject: the file; position: its line
inline constexpr base::ErrorCode state_unwritable{"wire.state-unwritable"};  // subject: the file
// The state file is that of another token than the one asked for: "FILE: storage-0.57".
inline constexpr base::ErrorCode state_other_model{"wire.state-other-model"};

inline constexpr std::array all{transfer_failed, unplugged,        no_permission,    claimed,
                                unknown_model,   state_unreadable, state_unwritable, state_other_model};

}  // namespace errors

}  // namespace tokendeck::wire
