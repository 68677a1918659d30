// The conversation between main and the device thread. Commands go there, events come back; both are closed variants.
// Every command has an id and ends in exactly one terminal event with that id. Events without an id are news.
// Secrets move: a command takes them along, the sender keeps nothing.
#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "otp/limits.hpp"
#include "otp/slot.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tokendeck::channel {

// Counted up by the sender, from 1; 0 is no command.
using MessageId = std::uint64_t;
// wire::Sighting::key: one plugging-in of one token.
using TokenKey = std::string;

enum class PinKind : std::uint8_t { user, admin };

// ---- what is told about tokens ----

enum class TokenAccess : std::uint8_t {
    openable,
    no_permission,  // seen, but this user may not open it
    not_served,     // one of the vendor's, but this program does not speak its protocol
};

struct TokenInfo {
    TokenKey key{};
    std::string model{};  // "pro"
    std::string title{};  // "Nitrokey Pro"
    std::string usb_serial{};
    std::string via{};   // "hidraw", "libusb", "simulated"
    std::string node{};  // "/dev/hidraw3" when it may not be opened
    bool simulated = false;
    TokenAccess access = TokenAccess::openable;
    friend bool operator==(const TokenInfo&, const TokenInfo&) = default;
};

struct TokenStatus {
    TokenInfo info{};
    std::uint8_t firmware_major = 0;
    std::uint8_t firmware_minor = 0;
    std::string card_serial{};                 // 8 hex digits; empty if the card did not answer at power-up
    std::optional<std::uint8_t> user_tries{};  // nothing: the card did not answer
    std::optional<std::uint8_t> admin_tries{};
    bool pin_protected_codes = false;
    std::array<std::uint8_t, 5> config{};  // as read, 0xFF: never set
    otp::TokenLimits limits{};
    friend bool operator==(const TokenStatus&, const TokenStatus&) = default;
};

// One exchange with the token, for the diagnostics panel. Names and numbers only, never a payload.
struct ExchangeRecord {
    std::string command{};  // "READ_SLOT"
    std::string status{};   // "ok", "wrong PIN", or the name of the error that ended it
    bool transport_error = false;
    base::Microseconds duration{};
    std::uint32_t reads = 0;    // how often the reply was asked for
    std::uint32_t foreign = 0;  // replies read that were not ours, or damaged
    base::UnixTime at{};
};

// ---- commands ----

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
};
// Ends in SlotErased.
struct EraseSlot {
    MessageId id = 0;
    TokenKey token{};
    otp::SlotId slot{};
    base::SecretText admin_pin{};
};
// Plugs in a simulated token. Ends in Done; TokensSeen follows.
struct AttachSimulated {
    MessageId id = 0;
    std::string model{};  // "pro"
    std::string file{};   // UTF-8 path of its state
};
// Pulls all simulated tokens. Ends in Done.
struct DetachSimulated {
    MessageId id = 0;
};

using DeviceCommand = std::variant<std::monostate, OpenToken, RefreshToken, GetCode, WriteSlot, EraseSlot,
                                   AttachSimulated, DetachSimulated>;

// ---- events ----

// All tokens that are there now; sent at the start and whenever that changes.
struct TokensSeen {
    std::vector<TokenInfo> tokens{};
};
// The active token is gone; commands under way have been answered with CommandFailed before this.
struct TokenLost {
    TokenKey key{};
};
struct TokenOpened {
    MessageId id = 0;
    TokenStatus status{};
    std::vector<otp::SlotSummary> slots{};  // all places, HOTP first
};
struct TokenRefreshed {
    MessageId id = 0;
    TokenStatus status{};
    std::vector<otp::SlotSummary> slots{};
};
struct CodeRead {
    MessageId id = 0;
    otp::SlotSummary slot{};  // HOTP: with the counter after this code
    base::SecretText code{};
    base::UnixTime valid_from{};  // TOTP: the step's start and end; HOTP: both zero
    base::UnixTime valid_until{};
};
enum class WriteStep : std::uint8_t { authenticating, sending, committing, reading_back, proving, restoring_counter };
struct WriteProgress {
    MessageId id = 0;
    WriteStep step = WriteStep::authenticating;
};
// Written, read back, and the token's code was the expected one.
struct SlotProven {
    MessageId id = 0;
    otp::SlotSummary slot{};
    base::SecretText code{};  // for HOTP the code at the start counter, which is what a web site asks for first
    base::UnixTime valid_from{};
    base::UnixTime valid_until{};
};
struct SlotErased {
    MessageId id = 0;
    otp::SlotSummary slot{};
};
struct Done {
    MessageId id = 0;
};
struct CommandFailed {
    MessageId id = 0;
    base::Error error{};
    std::optional<otp::SlotSummary> slot{};    // what is now known of the slot, e.g. `unsure`
    std::optional<PinKind> pin{};              // which PIN the error is about
    std::optional<std::uint8_t> tries_left{};  // of that PIN, read after the failure
    // A WriteSlot that failed gives its secret back, always: with a wrong PIN, an unplugged token or an unsure slot
    // the person must be able to try again without having to find the QR code once more. Else empty.
    base::SecretBytes secret{};
};
// News for the diagnostics panel.
struct ExchangesLogged {
    std::vector<ExchangeRecord> records{};
};
struct TokenClockSet {
    base::UnixTime at{};
};

using DeviceEvent =
    std::variant<std::monostate, TokensSeen, TokenLost, TokenOpened, TokenRefreshed, CodeRead, WriteProgress,
                 SlotProven, SlotErased, Done, CommandFailed, ExchangesLogged, TokenClockSet>;

[[nodiscard]] inline MessageId id_of(const DeviceCommand& command) {
    return std::visit(
        [](const auto& c) -> MessageId {
            if constexpr (requires { c.id; }) return c.id;
            else return 0;
        },
        command);
}

}  // namespace tokendeck::channel
