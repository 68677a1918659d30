// What the device thread tells main. Events without an id are news.
#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "channel/token_facts.hpp"
#include "otp/slot.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tokendeck::channel {

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

}  // namespace tokendeck::channel
