// Everything the window shows, as one value on the main thread. Only `apply` and `tick` (state/apply.hpp) change it;
// views read it and record Intents. What has to leave main waits in the outbox until the app could hand it over.
#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "channel/device_messages.hpp"
#include "otp/limits.hpp"
#include "state/dialogs.hpp"
#include "state/outbox.hpp"
#include "state/preferences.hpp"
#include "state/settings_problems.hpp"
#include "state/wizard_state.hpp"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::state {

enum class Screen : std::uint8_t { start, slots, wizard, care, diagnostics, settings };

// ---- the token ----

struct ActiveToken {
    channel::TokenStatus status{};
    std::vector<otp::SlotSummary> slots{};  // all places, HOTP first
    std::optional<base::UnixTime> clock_set_at{};
    base::SteadyTime opened_at{};
    // When the token last accepted a user PIN that it (or the device thread) may still honour; nothing: none. The
    // authentication is ended `Settings::user_pin_time` later.
    std::optional<base::SteadyTime> user_pin_accepted_at{};
};

// The code on display. One at a time.
struct ShownCode {
    otp::SlotId slot{};
    std::string name{};
    base::SecretText code{};
    base::UnixTime valid_from{};  // both zero for HOTP
    base::UnixTime valid_until{};
    base::SteadyTime hidden_at{};  // HOTP: when it is taken off the screen
    base::SteadyTime masked_at{};  // with Settings::mask_codes: dots from then on
    [[nodiscard]] bool timed() const { return valid_until.milliseconds != 0; }
};

// Whether the PINs of a card are those it had when it was new, as far as this run of the program has seen it.
struct FactoryPins {
    std::optional<bool> admin{};
    std::optional<bool> user{};
};

// A code was wished for when its time was nearly over: the next one is read as soon as it is there.
struct AwaitedCode {
    otp::SlotId slot{};
    std::string name{};
    channel::TokenKey token{};
    base::UnixTime at{};  // when the next one begins
};

// A HOTP code read a moment ago: a second click gives it again instead of using up the next one.
struct RecentHotp {
    otp::SlotId slot{};
    std::string name{};
    base::SecretText code{};
    base::SteadyTime until{};
};

// A code we lent to the clipboard; cleared when due, if it is still ours (the app checks that).
struct ClipboardLoan {
    std::string name{};  // of the slot
    base::SteadyTime clears_at{};
    bool kept = false;  // the person stopped the clock: it goes when the program ends or the screen is locked
    // When the code is no longer good: then the next one of the same slot takes its place, or it goes. 0: never.
    base::UnixTime expires_at{};
    otp::SlotId slot{};
    channel::TokenKey token{};
    bool exchanging = false;  // the next one is on its way
    bool seen = false;        // the code that has expired was on screen until then
};

// ---- waiting for the device ----

enum class Wait : std::uint8_t {
    open,
    refresh,
    code,
    write,
    edit,
    erase,
    care,
    check,
    forget,
    examine,
    attach,
    detach
};

struct PendingCommand {
    channel::MessageId id = 0;
    Wait what = Wait::open;
    otp::SlotId slot{};
    channel::TokenKey token{};
    base::SteadyTime since{};
    bool with_user_pin = false;  // it took a user PIN along
    bool set_time_back = false;  // of a code
    FactoryPins factory{};       // of the PINs that it took along: whether they are those of a new token
    bool exchange = false;       // its code takes the place of one on the clipboard that has expired
    bool unseen = false;         // its code: the screen was locked meanwhile, nobody sits before it
};

// A line that comes and goes, under the title bar.
struct Notice {
    enum class Kind : std::uint8_t { info, success, problem };
    Kind kind = Kind::info;
    std::string text_key{};  // key of ui/words.hpp; empty if `error` is set
    std::string subject{};   // shown inside the text: a slot's name, a token's title
    std::optional<base::Error> error{};
    base::SteadyTime ends_at{};
    channel::TokenKey token{};  // that it is about: it goes when that is unplugged
    std::string until_back{};   // title of the token that was unplugged: it goes when one like it is plugged in
};

// ---- diagnostics ----

struct Diagnostics {
    static constexpr std::size_t kept = 256;
    std::deque<channel::ExchangeRecord> exchanges{};  // newest last, at most `kept`
    std::uint64_t total = 0;
    std::uint64_t transport_errors = 0;
    std::uint64_t foreign_replies = 0;              // read but not ours, or damaged
    std::uint64_t refusals = 0;                     // exchanges that the token answered with another status than ok
    std::map<std::string, std::uint64_t> errors{};  // how often it went wrong, by the status or the error's name
    std::optional<channel::ComputerClock> computer_clock{};
    // For the report; set by the app at start. "tokendeck 0.1.0"; the system, its version and the machine's kind.
    std::string program{};
    std::string system{};
};

// A simulated token that can be plugged in. The app knows which there are.
struct SimulatedModel {
    std::string key{};    // "pro", "storage-0.53" …
    std::string title{};  // as people read it
    std::string file{};   // UTF-8 path of its state
};

// The desktop's tray, for the menu that copies codes.
enum class TrayState : std::uint8_t {
    unknown,  // not told yet, or no system of the kind
    shown,
    no_tray,  // nothing on this desktop takes icons
    no_bus,   // there is no session bus over which to look
};

struct Settings {
    Theme theme = Theme::system;
    std::string language{};  // "de"; empty: the system's
    Motion motion = Motion::automatic;
    std::optional<int> scale_percent{};  // of everything; nothing: what the screen says
    bool mask_codes = true;              // a code is dots again after `code_seen_time`
    base::Milliseconds code_seen_time{8'000};
    base::Milliseconds clipboard_time{45'000};
    base::Milliseconds hotp_shown_time{30'000};  // and how long a second click gives the same HOTP code
    base::Milliseconds user_pin_time{600'000};   // after which the token's acceptance of the user PIN is given up
    // What StartSimulated plugs in; set by the app at start and by ChooseSimulated.
    std::string simulated_model = "pro";
    std::string simulated_file{};
    std::vector<SimulatedModel> simulated_models{};
};

struct AppState {
    // In app_state.cpp, so that not every file makes the code for all that is below.
    AppState();
    AppState(AppState&&) noexcept;
    AppState& operator=(AppState&&) noexcept;
    ~AppState();

    base::SteadyTime now{};
    base::UnixTime unix_now{};

    Screen screen = Screen::start;
    bool looked_for_tokens = false;  // the first TokensSeen has come
    std::vector<channel::TokenInfo> tokens{};
    std::optional<channel::TokenKey> opening{};
    std::optional<base::Error> open_error{};  // why the chosen token could not be opened
    channel::TokenKey open_error_token{};
    std::optional<ActiveToken> active{};

    std::string search{};   // what was typed on the slots screen: only accounts with it are listed
    bool slot_map = false;  // the slots screen shows all places by number
    bool help = false;      // the list of keys is open
    std::optional<ShownCode> shown{};
    std::optional<AwaitedCode> awaited{};
    std::vector<RecentHotp> recent_hotp{};
    std::optional<ClipboardLoan> clipboard{};
    std::vector<PendingCommand> pending{};
    std::map<std::string, FactoryPins, std::less<>> factory_pins{};  // by card
    std::optional<RemoveDialog> remove{};
    std::optional<UserPinDialog> user_pin{};
    std::optional<TimeDialog> time{};
    std::optional<EditDialog> edit{};
    std::optional<CareDialog> care{};
    std::optional<CheckDialog> check{};
    std::optional<ClosingDialog> closing{};
    bool may_close = false;  // the window is to go; only AskToClose sets it
    // What stands between the person and their token, as far as it was looked for; nothing: not yet.
    std::optional<std::vector<channel::Finding>> findings{};
    std::optional<std::size_t> finding_open{};  // number in it; the others show their heading only
    std::optional<Notice> notice{};
    TrayState tray = TrayState::unknown;
    SettingsProblems settings_problems{};  // from the start on
    std::optional<Wizard> wizard{};
    Diagnostics diagnostics{};
    Settings settings{};

    Outbox outbox{};
    channel::MessageId last_id = 0;
};

// ---- questions that views and tests ask ----

[[nodiscard]] const otp::SlotSummary* find_slot(const AppState& state, const otp::SlotId& slot);
[[nodiscard]] const PendingCommand* find_pending(const AppState& state, Wait what);
// The command that reads the code of this slot, if one is under way.
[[nodiscard]] const PendingCommand* code_pending(const AppState& state, const otp::SlotId& slot);
// The fixed name of --ui-map: "start", "slots", "wizard:review", ...
[[nodiscard]] const char* screen_name(const AppState& state);
// "wizard:review" is for one account, "wizard:choose" for several.
[[nodiscard]] WizardStep step_of(const Wizard& wizard);
[[nodiscard]] bool at(const AppState& state, WizardStep step);
// There is something to choose from: more than one account was read, one beside others that cannot be taken, or a part
// of an export. State and views ask nothing else.
[[nodiscard]] bool several(const Wizard& wizard);
// Of what was read, accounts that were not proven, or could not be taken.
[[nodiscard]] std::size_t accounts_not_written(const Wizard& wizard);
// It is to be written, and was not yet.
[[nodiscard]] bool to_be_written(const Candidate& candidate);
// True while the person has to agree to how it was read.
[[nodiscard]] bool is_open(const AnsweredRemark& remark);
[[nodiscard]] bool has_open_remark(const Candidate& candidate);
// The address has no counter, so that the person may give one.
[[nodiscard]] bool lacks_counter(const Candidate& candidate);
// The slot that a single account would be written to, as it is now; null without a token or without a choice.
[[nodiscard]] const otp::SlotSummary* wizard_target(const AppState& state);
// All that must hold before a PIN is asked for: a token, at least one account that is chosen, and for each that is a
// slot, nothing that blocks, overwriting agreed to.
[[nodiscard]] bool wizard_ready_for_pin(const AppState& state);
// From the review of an account back to where it came from; not where its secret was made here or comes from a proof.
[[nodiscard]] bool may_go_back(const Wizard& wizard);
// After the proof: the secret is still here, for the sheet and a spare token.
[[nodiscard]] bool wizard_keeps_secret(const Wizard& wizard);
// Parts of exports that were announced and not read yet, each batch in order.
[[nodiscard]] std::vector<channel::MigrationPart> missing_parts(const Wizard& wizard);
// Of a text over several QR codes, codes are missing: errors::code_in_parts of the one that was read last.
[[nodiscard]] std::optional<base::Error> missing_codes(const Wizard& wizard);
// How many; 0: none is missing.
[[nodiscard]] std::size_t parts_missing(const Wizard& wizard);
// An account that comes now, dropped say, can be read: nothing is being written.
[[nodiscard]] bool takes_accounts(const AppState& state);
// Accounts were read that are on no token yet: they are given up only when the person says so.
[[nodiscard]] bool wizard_holds_accounts(const AppState& state);
// The name of the one that comes next, as it will be on the token, or of several the first.
[[nodiscard]] std::string waiting_account(const AppState& state);
[[nodiscard]] std::size_t accounts_waiting(const AppState& state);
// The account is for a spare token, and the active one is still the first.
[[nodiscard]] bool spare_is_missing(const AppState& state);
// The tokens plugged in that may be the spare one: all but the first that can be opened.
[[nodiscard]] std::vector<const channel::TokenInfo*> possible_spares(const AppState& state);
// The code on the clipboard is no longer good.
[[nodiscard]] bool loan_expired(const AppState& state);
// The slot is for accounts of this kind; a named one is for both.
[[nodiscard]] bool of_kind(const otp::SlotId& slot, otp::OtpKind kind);
// The code on display may be read now; otherwise it is dots.
[[nodiscard]] bool code_readable(const AppState& state);
// The used slots that the search leaves, in the order they are listed, time-based ones first: the first nine are copied
// by 1 to 9.
[[nodiscard]] std::vector<const otp::SlotSummary*> listed_slots(const AppState& state);
// Of the token that is in use; nothing is known of one whose card is silent.
[[nodiscard]] FactoryPins factory_pins(const AppState& state);
// A PIN has to be typed for reading a code on this token now.
[[nodiscard]] bool user_pin_needed(const AppState& state);
// A dialogue or the wizard waits for the token: it is not left, and no other token is opened.
[[nodiscard]] bool token_busy(const AppState& state);
// Less of a TOTP code's time is left than it takes to type it: the next one is waited for.
inline constexpr base::Milliseconds code_time_least{5'000};
// The slot's name, digits, period and counter can be changed with its secret kept.
[[nodiscard]] bool can_edit(const AppState& state, const otp::SlotSummary& slot);
// Something was changed and all of it fits the token.
[[nodiscard]] bool edit_ready(const EditDialog& dialog);
// How long main may sleep until something on screen changes by itself; nothing: until an event comes.
[[nodiscard]] std::optional<base::Milliseconds> time_to_next_change(const AppState& state);

}  // namespace tokendeck::state
