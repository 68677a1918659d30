// What main asks of the device thread. Every command has an id and ends in exactly one terminal event with that id.
// Secrets move: a command takes them along, the sender keeps nothing.
//
// `last_try`: the person knows that one try is left and agreed to use it. Without it, a PIN with one try left is
// refused before it is sent (device.pin-last-try). PINs typed twice come as two texts, so that one typed is one sent.
#pragma once

#include "base/secret.hpp"
#include "channel/token_facts.hpp"
#include "otp/slot.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace tokendeck::channel {

// Opens the token and makes it the active one; closes the one before. Ends in TokenOpened.
struct OpenToken {
    MessageId id = 0;
    TokenKey key{};
};
// Reads status and slots again. Ends in TokenRefreshed.
struct RefreshToken {
    MessageId id = 0;
};
// Ends in CodeRead. A HOTP code is used up by reading it.
struct GetCode {
    MessageId id = 0;
    TokenKey token{};
    otp::SlotId slot{};
    base::SecretText user_pin{};  // only if codes are PIN-protected and no user authentication is alive; else empty
    bool set_time_back = false;   // set the token's clock even if it remembers a later time
    bool last_try = false;
};
// Authenticate, write, read back, prove. Ends in SlotProven. Progress in between.
struct WriteSlot {
    MessageId id = 0;
    TokenKey token{};  // the token that was reviewed; any other is refused
    otp::SlotId slot{};
    std::string name{};
    otp::OtpParameters parameters{};
    base::SecretBytes secret{};
    base::SecretText admin_pin{};
    base::SecretText user_pin{};  // as in GetCode
    bool set_time_back = false;   // as in GetCode
    bool last_try = false;
    // The admin's authentication is kept for the next WriteSlot, which then comes with an empty `admin_pin`; only if
    // this one is proven, and only until another command that needs the admin, ForgetPins, or the token is left.
    bool hold_admin = false;
    bool return_secret = false;  // when proven, too: for a recovery sheet and a spare token
};
// Changes a slot and keeps its secret: reads a code, writes, and compares the code afterwards (for HOTP at the same
// counter, which is then put to `parameters.counter`: resynchronise is an edit of the counter). Ends in SlotEdited.
struct EditSlot {
    MessageId id = 0;
    TokenKey token{};
    otp::SlotId slot{};
    // What the person saw: if the slot holds something else by now, nothing is done (device.slot-changed). A HOTP
    // counter may have moved on.
    otp::SlotSummary seen{};
    std::string name{};
    otp::OtpParameters parameters{};  // kind as it is
    base::SecretText admin_pin{};
    base::SecretText user_pin{};  // as in GetCode
    bool set_time_back = false;
    bool last_try = false;
};
// Ends in SlotErased.
struct EraseSlot {
    MessageId id = 0;
    TokenKey token{};
    otp::SlotId slot{};
    base::SecretText admin_pin{};
    bool last_try = false;
};
// ---- care of the token ----
// The token is asked to accept the new PIN once afterwards, which is why it has to be typed twice. Ends in CareDone.
struct ChangePin {
    MessageId id = 0;
    TokenKey token{};
    PinKind kind = PinKind::user;
    base::SecretText current_pin{};
    base::SecretText new_pin{};
    base::SecretText new_pin_again{};  // differs: device.pins-differ, nothing is sent
    bool last_try = false;
};
// A new user PIN by the admin PIN; also when the user PIN is blocked. Ends in CareDone.
struct UnblockUserPin {
    MessageId id = 0;
    TokenKey token{};
    base::SecretText admin_pin{};
    base::SecretText new_pin{};
    base::SecretText new_pin_again{};
    bool last_try = false;
};
// Writes the general settings and reads them back. Settings that this firmware does not honour are refused if they
// differ from what is there (device.setting-not-honoured). Ends in CareDone.
struct WriteConfig {
    MessageId id = 0;
    TokenKey token{};
    GeneralConfig config{};
    base::SecretText admin_pin{};
    bool last_try = false;
};
// Erases everything, and looks whether it did. The PIN is typed twice: once to be checked, once for the reset.
// Ends in CareDone.
struct FactoryReset {
    MessageId id = 0;
    TokenKey token{};
    base::SecretText admin_pin{};
    base::SecretText admin_pin_again{};
    bool last_try = false;
};
// A new AES key for the password safe (and a Storage's volumes). The PIN is typed twice, as above: a Pro destroys the
// old key before it looks at the PIN. Ends in CareDone.
struct NewAesKey {
    MessageId id = 0;
    TokenKey token{};
    base::SecretText admin_pin{};
    base::SecretText admin_pin_again{};
    bool last_try = false;
};
// LOCK_DEVICE, and forgets the user PIN's authentication. Ends in CareDone.
struct LockToken {
    MessageId id = 0;
    TokenKey token{};
};
// Forgets the user PIN's authentication, and the admin's that a WriteSlot held; the next protected code or write needs
// its PIN again. Also without a token. Ends in Done.
struct ForgetPins {
    MessageId id = 0;
    bool admin_only = false;
};

// Writes a test account (the secret of RFC 4226) to a free slot of each kind, proves what the token does with it, and
// erases it again. An occupied slot is never touched. CheckProgress as it goes; ends in TokenChecked, or in
// CommandFailed if a PIN was refused, before anything is written.
struct CheckToken {
    MessageId id = 0;
    TokenKey token{};
    base::SecretText admin_pin{};  // both empty where `check_writes` says no
    base::SecretText user_pin{};   // as in GetCode
    bool set_time_back = false;    // as in GetCode
    bool quick = false;            // leaves out what has to wait for the next time step
    bool last_try = false;
};
// A CheckToken under way begins no further step, erases its account and ends. Ends in Done.
struct CancelCheck {
    MessageId id = 0;
};

// Looks for what stands between a person and their token, and asks each token for its state. Ends in Examined.
struct Examine {
    MessageId id = 0;
};

// Plugs in a simulated token. Ends in Done; TokensSeen follows.
struct AttachSimulated {
    MessageId id = 0;
    std::string model{};  // "pro", "pro-0.7", "storage" …: simulator::simulated_models
    // UTF-8 path of its state. Where a token of that file is plugged in here already, a second one is: with "-2" in its
    // file's name, then "-3" …
    std::string file{};
};
// Pulls all simulated tokens. Ends in Done.
struct DetachSimulated {
    MessageId id = 0;
};

using DeviceCommand = std::variant<std::monostate, OpenToken, RefreshToken, GetCode, WriteSlot, EditSlot, EraseSlot,
                                   ChangePin, UnblockUserPin, WriteConfig, FactoryReset, NewAesKey, LockToken,
                                   ForgetPins, CheckToken, CancelCheck, Examine, AttachSimulated, DetachSimulated>;

[[nodiscard]] inline MessageId id_of(const DeviceCommand& command) {
    return std::visit(
        [](const auto& c) -> MessageId {
            if constexpr (requires { c.id; }) return c.id;
            else return 0;
        },
        command);
}

}  // namespace tokendeck::channel
