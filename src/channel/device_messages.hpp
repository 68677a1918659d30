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
    boot_loader,    // waits for new firmware
};

struct TokenInfo {
    TokenKey key{};
    std::string model{};       // "pro"
    std::string title{};       // "Nitrokey Pro"
    std::string usb_serial{};  // the same on every Nitrokey Storage
    // 8 hex digits; from the USB serial of a Pro, else as the token said when it was first seen or opened; empty:
    // not known (yet).
    std::string card_serial{};
    std::string via{};   // "hidraw", "libusb", "simulated"
    std::string node{};  // "/dev/hidraw3" when it may not be opened
    bool simulated = false;
    TokenAccess access = TokenAccess::openable;
    friend bool operator==(const TokenInfo&, const TokenInfo&) = default;
};

// What care this token and its firmware allow; see wire::FirmwareProfile.
struct Abilities {
    bool edit = false;  // name, digits, period and counter can be changed with the secret kept
    // How many HOTP slots can be typed by pressing a lock key twice; 0: the firmware ignores those settings.
    std::uint8_t lock_key_slots = 0;
    bool pin_per_command = false;   // Pro 0.7: each PIN typed is good for one write or one protected code
    bool keys_erase_slots = false;  // Storage: new keys erase all accounts and settings
    std::uint8_t pin_max = 0;       // bytes a new PIN may have
    friend bool operator==(const Abilities&, const Abilities&) = default;
};

// A lock key pressed twice types this HOTP slot (from 1); nothing: off.
struct GeneralConfig {
    std::optional<std::uint8_t> numlock{};
    std::optional<std::uint8_t> capslock{};
    std::optional<std::uint8_t> scrolllock{};
    bool pin_protected_codes = false;
    friend bool operator==(const GeneralConfig&, const GeneralConfig&) = default;
};

struct VolumeState {
    bool active = false;
    bool read_only = false;
    friend bool operator==(const VolumeState&, const VolumeState&) = default;
};

// A Storage beyond its slots. Shown, and left alone.
struct StorageStatus {
    VolumeState unencrypted{};
    VolumeState encrypted{};
    VolumeState hidden{};
    std::string sd_card_serial{};  // 8 hex digits
    bool keys_initialised = false;
    bool new_sd_card = false;
    bool filled_with_random = false;
    bool firmware_locked = false;
    bool development_build = false;
    std::optional<bool> card_in_use{};  // by GnuPG or another program; nothing: this firmware does not tell
    friend bool operator==(const StorageStatus&, const StorageStatus&) = default;
};

// The newest firmware of a model that was known when this program was built, and what it can. Nobody was asked for it.
struct NewestFirmware {
    std::uint8_t minor = 0;  // major 0
    std::string noted{};     // year and month in which that was noted, "2026-11"
    otp::TokenLimits limits{};
    Abilities abilities{};
    std::vector<std::string> quirks{};  // as TokenStatus::quirks
    friend bool operator==(const NewestFirmware&, const NewestFirmware&) = default;
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
    GeneralConfig general{};               // the same, understood
    otp::TokenLimits limits{};
    Abilities abilities{};
    std::optional<StorageStatus> storage{};
    // Known faults of this firmware that its owner should know: numbers of docs/protocol/pro-storage.md, section 6,
    // "Q-P1".
    std::vector<std::string> quirks{};
    std::optional<NewestFirmware> newest{};  // nothing: not known for this model
    bool user_pin_held = false;              // a user PIN was accepted and codes can be read without it for now
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
// `last_try`: the person knows that one try is left and agreed to use it. Without it, a PIN with one try left is
// refused before it is sent (device.pin-last-try). PINs typed twice come as two texts, so that one typed is one sent.

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
    // HOTP: the counter that the code is of. Nothing: another program took a code at the same time, or the token could
    // not be asked.
    std::optional<std::uint64_t> counter{};
};
enum class WriteStep : std::uint8_t { authenticating, sending, committing, reading_back, proving, restoring_counter };
struct WriteProgress {
    MessageId id = 0;
    WriteStep step = WriteStep::authenticating;
};
// Written, read back, and the token's code was the expected one. Of a HOTP slot that code is used up by the proof, and
// the counter stays after it: the code is for the web site, and must not come a second time.
struct SlotProven {
    MessageId id = 0;
    otp::SlotSummary slot{};
    base::SecretText code{};  // for HOTP the code at the start counter, which is what a web site asks for first
    base::UnixTime valid_from{};
    base::UnixTime valid_until{};
    std::optional<std::uint64_t> counter{};  // HOTP: the counter that `code` is of; the next one is in `slot`
    base::SecretBytes secret{};              // if WriteSlot::return_secret
    bool admin_pin_held = false;             // the next WriteSlot needs no admin PIN
};
// Changed as wished and read back.
struct SlotEdited {
    MessageId id = 0;
    otp::SlotSummary slot{};
    // The code before and after was compared and is the same. False when the period changed: another period gives
    // other codes, and nothing can be compared.
    bool code_compared = false;
};
struct SlotErased {
    MessageId id = 0;
    otp::SlotSummary slot{};
};
enum class CareTask : std::uint8_t {
    change_user_pin,
    change_admin_pin,
    unblock_user_pin,
    write_config,
    factory_reset,
    new_aes_key,
    lock,
};
// Carried out and, as far as the token lets anybody look, checked.
struct CareDone {
    MessageId id = 0;
    CareTask task = CareTask::lock;
    TokenStatus status{};
    std::vector<otp::SlotSummary> slots{};
    // What the token kept or could not be checked, each a code with words: "device.reset-kept-clock" …
    std::vector<base::Error> remarks{};
};
// The steps of CheckToken, in this order.
enum class CheckStep : std::uint8_t {
    state,         // status, PIN tries and all slots can be read
    answer_times,  // many requests, each answered
    pins,          // accepted
    counter_echo,  // the token repeats name and secret before they are stored
    counter_read_back,
    counter_codes,  // the ten codes of RFC 4226
    counter_large,  // two codes of RFC 6238, whose time steps are counters of eight digits
    counter_erased,
    clock_set,  // to the computer's time
    time_echo,
    time_read_back,
    time_code,   // the current code is the computed one
    time_steps,  // so are the next two, and they come when it is time
    clock_rate,
    time_erased,
    tries_kept,  // no PIN has lost a try
    slots_kept,  // all other slots are as they were
};
inline constexpr std::size_t check_steps = 17;
enum class CheckResult : std::uint8_t {
    not_reached,
    running,
    passed,
    failed,
    unclear,  // a reply got lost, or the token: neither passed nor failed
    skipped,  // this token or firmware cannot, or it was not wanted: `error` says why
};
struct CheckedStep {
    CheckStep step = CheckStep::state;
    CheckResult result = CheckResult::not_reached;
    std::optional<base::Error> error{};
    friend bool operator==(const CheckedStep& a, const CheckedStep& b) {
        return a.step == b.step && a.result == b.result && a.error.has_value() == b.error.has_value() &&
               (!a.error || (a.error->code == b.error->code && a.error->subject == b.error->subject));
    }
};
// What was measured; nothing: not reached.
struct CheckFigures {
    std::optional<base::Microseconds> usual_answer{};    // median
    std::optional<base::Microseconds> slowest_answer{};  // of those
    std::optional<std::int32_t> clock_ppm{};             // below zero: the token's clock is slow
    std::int32_t clock_ppm_error = 0;                    // either way
};
struct CheckProgress {
    MessageId id = 0;
    CheckedStep step{};
};
struct TokenChecked {
    MessageId id = 0;
    TokenStatus status{};
    std::vector<otp::SlotSummary> slots{};
    std::vector<CheckedStep> steps{};  // all of them, none `running`
    CheckFigures figures{};
    bool cancelled = false;
    std::optional<otp::SlotId> left{};  // the test account may still be there
};
// What a report counts: the steps that passed, of those that were not skipped.
struct CheckTally {
    std::size_t passed = 0;
    std::size_t of = 0;
    bool failed = false;  // a step failed or is unclear
};
[[nodiscard]] inline CheckTally tally(const std::vector<CheckedStep>& steps) {
    CheckTally sum;
    for (const CheckedStep& step : steps) {
        if (step.result == CheckResult::passed) ++sum.passed;
        if (step.result != CheckResult::skipped) ++sum.of;
        if (step.result == CheckResult::failed || step.result == CheckResult::unclear) sum.failed = true;
    }
    return sum;
}
// Whether a check would write, and so needs PINs: not without a free slot, and not where one PIN is good for one
// change, because the account could not be erased with the PIN that wrote it.
[[nodiscard]] inline bool check_writes(const TokenStatus& status, const std::vector<otp::SlotSummary>& slots) {
    if (status.abilities.pin_per_command) return false;
    for (const otp::SlotSummary& slot : slots)
        if (!otp::occupied(slot)) return true;
    return false;
}

// One thing that Examine found. `error` is one of device/doctor.hpp's codes, with words; its subject is the node, the
// program or the model it is about.
struct Finding {
    enum class Weight : std::uint8_t { fine, advice, problem };
    Weight weight = Weight::problem;
    base::Error error{};
    // The exact line to type for it; empty if there is none.
    std::string command{};
    friend bool operator==(const Finding& a, const Finding& b) {
        return a.weight == b.weight && a.error.code == b.error.code && a.error.subject == b.error.subject &&
               a.command == b.command;
    }
};
struct Examined {
    MessageId id = 0;
    std::vector<Finding> findings{};  // problems first
};
struct Done {
    MessageId id = 0;
};
// What a command that failed has to do with a PIN.
struct PinProblem {
    enum class Kind : std::uint8_t {
        other,      // it could not be checked, or must not be sent as it is
        wrong,      // the token refused it; it has tries left
        none_left,  // no try is left
        missing,    // it is needed, and none came along; nothing was changed
        forgotten,  // the token no longer accepts what followed from an earlier PIN: it has to be typed again
    };
    PinKind pin = PinKind::user;
    Kind kind = Kind::other;
    std::optional<std::uint8_t> tries_left{};  // read after the failure
    friend bool operator==(const PinProblem&, const PinProblem&) = default;
};
// `error` is for words only. What to do about a failure is decided by the other fields.
struct CommandFailed {
    MessageId id = 0;
    base::Error error{};
    std::optional<otp::SlotSummary> slot{};  // what is now known of the slot, e.g. `unsure`
    std::optional<PinProblem> pin{};         // nothing: the failure is not about a PIN
    bool time_refused = false;               // the token remembers a later time; `set_time_back` would overrule it
    // Of a write or an edit: it broke off while the token stored `slot`, which may hold the old account, the new one or
    // a mixture.
    bool broke_off = false;
    // Of a command that cares for the token: its state may be another than before, and has to be read again.
    bool token_may_have_changed = false;
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
// Whether something keeps the computer's clock right; told when a token is opened or read again, and by Examine.
struct ComputerClock {
    std::optional<bool> synchronised{};  // nothing: this system does not tell
    // How far off it may be at most, and is by the system's own estimate; only of a synchronised one.
    std::optional<base::Microseconds> max_error{};
    std::optional<base::Microseconds> estimated_error{};
    base::UnixTime at{};  // when that was read
};

using DeviceEvent =
    std::variant<std::monostate, TokensSeen, TokenLost, TokenOpened, TokenRefreshed, CodeRead, WriteProgress,
                 SlotProven, SlotEdited, SlotErased, CareDone, Examined, Done, CommandFailed, ExchangesLogged,
                 TokenClockSet, ComputerClock, CheckProgress, TokenChecked>;

[[nodiscard]] inline MessageId id_of(const DeviceCommand& command) {
    return std::visit(
        [](const auto& c) -> MessageId {
            if constexpr (requires { c.id; }) return c.id;
            else return 0;
        },
        command);
}

}  // namespace tokendeck::channel
