// A token's firmware as the USB bus sees it: feature reports in, feature reports out, at given times. What it keeps is
// in TokenState and PowerState, so that several processes may have an object each for one token, by turns.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "simulator/faults.hpp"
#include "wire/report.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tokendeck::simulator {

// A command that a token has executed. What tests count, for example PINs sent. `status`: byte 6 of the reply; of a
// Storage's started command the wire::StartedStatus that it ended with.
struct Executed {
    std::uint8_t command = 0;
    std::uint8_t status = 0;
    friend bool operator==(const Executed&, const Executed&) = default;
};

struct UsbIdentity {
    std::uint16_t vendor_id = 0;
    std::uint16_t product_id = 0;
    std::string product{};
    std::string serial{};
};

class Firmware {
  public:
    virtual ~Firmware() = default;
    [[nodiscard]] virtual UsbIdentity usb() const = 0;
    // SET_REPORT. True if it was taken; false if it was acknowledged and lost, as in a busy Pro. A token has its own
    // power and goes on when the host dies: a Pro's command takes its effect within the call, a Storage's whenever
    // anybody next uses the token after its time has come.
    // Errors: wire::errors::state_unreadable, state_unwritable, base::errors::file_…; the token is then broken for
    // good.
    [[nodiscard]] virtual base::Result<bool> set_report(const wire::Report& request, base::SteadyTime now,
                                                        const Faults& faults) = 0;
    // GET_REPORT.
    [[nodiscard]] virtual base::Result<wire::Report> get_report(base::SteadyTime now, const Faults& faults) = 0;
    // What has been sent takes its whole effect now, whatever its time.
    virtual void finish(base::SteadyTime now, const Faults& faults) = 0;
    // Another program authenticates with temporary passwords of its own, as admin and as user.
    virtual void another_program() = 0;
    // Another program reads what a Storage delivers once. False if there was nothing to take.
    [[nodiscard]] virtual bool steal_payload(base::SteadyTime now, const Faults& faults) = 0;
    // It restarted as another device, its boot loader, which has no HID interface. There it stays until its power is
    // cut.
    [[nodiscard]] virtual bool in_boot_loader() const = 0;
    // The last 1000 commands executed through this object, oldest first.
    [[nodiscard]] virtual const std::vector<Executed>& executed() const = 0;
};

}  // namespace tokendeck::simulator
