// Care of the token: PINs, settings, lock, reset, keys.
#include "device/errors.hpp"
#include "device/session.hpp"

namespace tokendeck::device {

Outcome<Session::Remarks> Session::change_pin(channel::ChangePin) {
    return base::Error{errors::command_unsupported};
}
Outcome<Session::Remarks> Session::unblock_user_pin(channel::UnblockUserPin) {
    return base::Error{errors::command_unsupported};
}
Outcome<Session::Remarks> Session::write_config(channel::WriteConfig) {
    return base::Error{errors::command_unsupported};
}
Outcome<Session::Remarks> Session::factory_reset(channel::FactoryReset) {
    return base::Error{errors::command_unsupported};
}
Outcome<Session::Remarks> Session::new_aes_key(channel::NewAesKey) {
    return base::Error{errors::command_unsupported};
}
Outcome<Session::Remarks> Session::lock() {
    return base::Error{errors::command_unsupported};
}

}  // namespace tokendeck::device
