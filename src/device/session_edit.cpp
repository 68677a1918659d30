// Changing a slot with its secret kept.
#include "device/errors.hpp"
#include "device/session.hpp"

namespace tokendeck::device {

Outcome<SlotEdit> Session::edit(channel::EditSlot command) {
    return base::Error{errors::edit_unsupported, "slot", otp::text(command.slot)};
}

}  // namespace tokendeck::device
