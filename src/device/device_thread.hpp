// The device thread: takes commands from main, gives events back, looks for tokens once a second, owns the one open
// token. It alone touches hidapi.
//
// Every command ends in exactly one terminal event, also when the token is pulled or the program ends. (Only a main
// that no longer empties its full mailbox while it ends the program loses events.) Exceptions end in `internal`.
#pragma once

#include "base/clock.hpp"
#include "base/mailbox.hpp"
#include "base/random.hpp"
#include "channel/crypto_messages.hpp"
#include "channel/device_messages.hpp"
#include "wire/transport.hpp"

#include <functional>
#include <memory>
#include <vector>

namespace tokendeck::device {

inline constexpr base::Milliseconds look_interval{1000};
inline constexpr base::Milliseconds code_answer_budget{10000};

// Everything must outlive the thread.
struct DeviceThreadParts {
    base::Mailbox<channel::DeviceCommand>& commands;  // main -> device; without a doorbell
    base::Mailbox<channel::DeviceEvent>& events;      // device -> main
    base::Mailbox<channel::CodeQuestion>& questions;  // device -> crypto; rings crypto's doorbell by itself
    base::Mailbox<channel::CodeAnswer>& answers;      // crypto -> device; without a doorbell
    base::Clock& clock;
    base::Random& random;
    std::vector<wire::TransportSource*> sources{};  // looked at in this order
    wire::AttachableSource* simulated = nullptr;    // for AttachSimulated; also in `sources`. Null: refused
    std::function<void()> wake_main{};              // called on the device thread after each event; may be empty
};

class DeviceThread {
  public:
    // Starts the thread. Thread: main, for everything here.
    explicit DeviceThread(DeviceThreadParts parts);
    // As `stop`.
    ~DeviceThread();
    DeviceThread(const DeviceThread&) = delete;
    DeviceThread& operator=(const DeviceThread&) = delete;

    // Ends soon: nothing more is begun, a read under way is left, a PIN check or a write under way is waited for (its
    // deadline is 10 s at most, some 0.2 s as a rule). Commands that are left end in CommandFailed. Joins.
    void stop();

  private:
    struct Worker;
    std::unique_ptr<Worker> worker_;
};

}  // namespace tokendeck::device
