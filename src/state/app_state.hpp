// Everything the window shows, as one value on the main thread. Only `apply` and `tick` (state/apply.hpp) change it;
// views read it and record Intents. What has to leave main waits in the outbox until the app could hand it over.
#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "channel/crypto_messages.hpp"
#include "channel/device_messages.hpp"
#include "otp/limits.hpp"
#include "state/preferences.hpp"
#include "state/settings_problems.hpp"

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <variant>
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

// ---- small dialogues over the page ----
// Each is for the token that was active when it was opened, and closes when another one is.

struct RemoveDialog {
    otp::SlotSummary slot{};
    channel::TokenKey token{};
    bool busy = false;
    std::optional<base::Error> error{};
    std::optional<channel::PinProblem> error_pin{};  // here and below: nothing where `error` is not about a PIN
};

// Codes are PIN-protected: asks for the user PIN, then reads the code of `slot`.
struct UserPinDialog {
    otp::SlotSummary slot{};
    channel::TokenKey token{};
    bool busy = false;
    std::optional<base::Error> error{};
    std::optional<channel::PinProblem> error_pin{};
    bool set_time_back = false;  // agreed to before the PIN was asked for
};

// Changes name, digits, period or counter of a slot and keeps its secret.
struct EditDialog {
    otp::SlotSummary slot{};  // as it was when the dialogue was opened
    channel::TokenKey token{};
    std::string name{};
    otp::OtpParameters parameters{};
    std::vector<otp::FitProblem> problems{};
    bool set_time_back = false;  // the token refused the time; trying again agrees to set it back
    bool busy = false;
    std::optional<base::Error> error{};
    std::optional<channel::PinProblem> error_pin{};
    bool over = false;  // it failed after something was sent: the slot is no longer what `slot` says
};

enum class CareAction : std::uint8_t { user_pin, admin_pin, unblock, pin_protection, lock_keys, lock, new_key, reset };

enum class CareStep : std::uint8_t {
    consequences,  // what is lost and what stays; the destructive ones have to be agreed to
    pins,          // and settings, where there are some to choose
    done,
};

struct CareDialog {
    CareAction action = CareAction::user_pin;
    channel::TokenKey token{};
    CareStep step = CareStep::pins;
    bool agreed = false;
    bool new_is_factory = false;      // the new PIN is the one of a new token
    channel::GeneralConfig config{};  // what is wished, for pin_protection and lock_keys
    bool busy = false;
    std::optional<base::Error> error{};
    std::optional<channel::PinProblem> error_pin{};
    std::vector<base::Error> remarks{};  // done: what is true besides
};

// "Check this token": what will happen and the PIN, then the steps, then the result.
struct CheckDialog {
    channel::TokenKey token{};
    bool running = false;
    bool cancelling = false;  // it was told to end
    std::vector<channel::CheckedStep> steps{};
    std::optional<base::Error> error{};
    std::optional<channel::PinProblem> error_pin{};
    std::optional<channel::TokenChecked> result{};
    bool copied = false;  // its report is on the clipboard
};

// The token refused the computer's time as older than what it remembers: asks whether to set it all the same.
struct TimeDialog {
    otp::SlotSummary slot{};
    channel::TokenKey token{};
};

// The window is to be closed while accounts wait that were read and not written.
struct ClosingDialog {};

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

// ---- the provisioning wizard ----

// One of the accounts that were read. They are written one after another, each to a slot of its own.
// What was not read as it stands in the input, and what the person says to it.
struct AnsweredRemark {
    channel::Remark remark{};
    std::optional<bool> yes{};  // nothing: no answer yet, or none is asked for
};

struct Candidate {
    enum class Fate : std::uint8_t { waiting, proven, failed };
    struct SlotOfCard {
        otp::SlotId slot{};
        std::string card{};
    };
    otp::OtpEnrolment enrolment{};  // without its secret while it is being written
    std::vector<AnsweredRemark> remarks{};
    otp::OtpParameters as_read{};  // what the figures are without what a remark is meant as
    std::string name{};            // for the slot
    bool name_typed = false;       // by the person: nothing else changes it
    std::string shortened_from{};  // the whole name, where the one suggested is shorter
    bool chosen = false;
    std::optional<otp::SlotId> slot{};  // nothing: not chosen, no token, or none is free
    bool overwrite_confirmed = false;   // what `slot` holds may be lost
    // What `slot` was last: offered again when the same card is back after it was pulled.
    std::optional<SlotOfCard> was{};
    std::vector<otp::FitProblem> problems{};  // against the active token; empty without one
    std::optional<otp::SlotId> same_as{};     // another slot of the token that seems to hold this account already
    bool same_for_certain = false;            // it is called by this issuer and account; else only the name is the same
    bool keep_both = false;                   // that is as the person wants it
    Fate fate = Fate::waiting;
    std::optional<base::Error> failure{};
};

// What is typed into the box for anything, as far as it is understood. The text itself stays in the field.
struct TypedText {
    channel::MessageId request = 0;  // the newest that was sent; 0: none is under way
    channel::TextExplained explained{};
    bool as_hex = false;  // the person said so
};

// The account in a form that another program or a sheet of paper takes: QR code and letters. On screen while open.
struct RecoverySheet {
    bool open = false;
    channel::MessageId request = 0;  // 0: none is under way
    int side = 0;                    // modules a side; 0: not there yet
    base::SecretBytes modules{};     // side * side; 1 is dark
    base::SecretText base32{};       // in groups of four
    std::string path{};              // where a file would be written: suggested, then as typed; UTF-8
    bool saving = false;
    std::optional<std::string> saved{};
    bool printing = false;
    bool deleting = false;
    bool deleted = false;
    std::optional<base::Error> error{};
};

struct FolderBrowser {
    bool open = false;
    channel::MessageId request = 0;  // 0: none is under way
    std::string path{};
    std::vector<channel::FolderEntry> entries{};
    std::vector<channel::PictureFolder> places{};
    std::optional<base::Error> error{};
};

// What is being read, or waited for.
enum class ReadingFrom : std::uint8_t { file, picture, text, clipboard, screen, new_secret };

// The steps of the wizard, each with what is of no use after it. What outlives a step is in Wizard.

// Drop, choose or paste.
struct InputStep {
    std::optional<base::Error> error{};
    FolderBrowser browser{};
    TypedText typed{};
};
// The crypto thread has it, or the app is asked for a picture.
struct ReadingStep {
    channel::MessageId request = 0;
    ReadingFrom from = ReadingFrom::file;
    std::string file{};                  // its name
    std::vector<std::string> to_read{};  // pictures that come after it
    base::SteadyTime since{};
    TypedText typed{};    // goes back to the box if nothing comes of it
    bool joined = false;  // what is read now was put together from the codes of pictures
};
// One account: slot, name, what does not fit. Several: which ones.
struct ReviewStep {};
struct PinStep {
    std::optional<base::Error> error{};
    std::optional<channel::PinProblem> error_pin{};
};
// The device thread has it; main owns no secret of what is being written.
struct WritingStep {
    channel::MessageId request = 0;
    channel::WriteStep progress = channel::WriteStep::authenticating;
    base::SteadyTime started{};
    bool stop_asked = false;  // of several accounts: no more after this one
};
struct ProvenStep {
    otp::SlotSummary result{};               // the slot as it is now known to be; of several the last
    std::optional<std::uint64_t> counter{};  // HOTP: the counter that the code shown is of; it is used up
    // The secret is still here, for the sheet and a spare token, until then at the latest.
    base::SteadyTime secret_kept_until{};
};
struct FailedStep {
    std::optional<base::Error> error{};
    otp::SlotSummary result{};
    bool slot_is_unsure = false;
    bool broke_off = false;     // as in channel::CommandFailed
    bool time_refused = false;  // trying again agrees to set the token's clock back
};

// What a step is called. `choose` and `review` are the same step, for several accounts and for one.
enum class WizardStep : std::uint8_t { input, reading, choose, review, pin, writing, proven, failed };

// A file of text that accounts were read from, which still holds their secrets.
struct ExportLeft {
    channel::ExportFile file{};
    channel::MessageId request = 0;  // it is being deleted
    bool deleted = false;
    std::optional<base::Error> error{};
};

struct Wizard {
    struct Token {
        channel::TokenKey key{};
        std::string card{};
    };
    std::variant<InputStep, ReadingStep, ReviewStep, PinStep, WritingStep, ProvenStep, FailedStep> step{};
    // Null if the wizard is at another step.
    template <typename T>
    [[nodiscard]] T* in() {
        return std::get_if<T>(&step);
    }
    template <typename T>
    [[nodiscard]] const T* in() const {
        return std::get_if<T>(&step);
    }

    // What was read; empty before that.
    std::vector<Candidate> candidates{};
    std::vector<channel::AccountRefused> refused{};
    std::vector<channel::MigrationPart> parts{};  // of exports over several pictures: those that were read
    std::vector<channel::CodePart> code_parts{};  // of a text over several QR codes, until all of them are read
    std::vector<ExportLeft> exports{};
    std::size_t without_otp = 0;  // entries of these that are no OTP account
    std::size_t left_out = 0;     // accounts that were read and then given up or refused
    channel::EnrolmentSource source = channel::EnrolmentSource::image;
    bool made_here = false;  // a random secret: the other side has to be given it
    // The one that is reviewed alone, asked a PIN for, being written, or was last.
    std::size_t current = 0;
    [[nodiscard]] Candidate& account() { return candidates.at(current); }
    [[nodiscard]] const Candidate& account() const { return candidates.at(current); }

    std::optional<otp::SlotId> wanted_slot{};  // where the person clicked "add", for the account read next
    Token token{};                             // the one that was reviewed
    bool set_time_back = false;                // there; the person agreed to it after a refusal
    bool admin_held = false;                   // it takes the next account without the admin PIN
    // The first token, when the accounts are now for a spare one: that has to be another.
    Token spare_of{};
    // The proof there, to which leaving the spare token leads back, and what each candidate was then.
    struct FirstProof {
        struct Was {
            std::string name{};
            std::string shortened_from{};
            bool chosen = false;
            std::optional<otp::SlotId> slot{};
        };
        ProvenStep step{};
        std::vector<Was> candidates{};
    };
    std::optional<FirstProof> first_proof{};
    RecoverySheet sheet{};
    // A picture that the app was asked for: from the clipboard, the screen, or the desktop's file chooser. 0: none.
    channel::MessageId asked_app = 0;
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

// ---- what leaves main ----

struct PutOnClipboard {
    base::SecretText text{};
    bool lent = false;  // a code, to be taken back by ClearClipboardIfOurs
};
struct ClearClipboardIfOurs {};
// Puts another code in the place of the one that was lent, if that is still there.
struct ExchangeClipboardIfOurs {
    base::SecretText text{};
};
// Ends in one of the intents PictureTaken, PicturesChosen, PictureFailed with that id.
struct TakePictureFromClipboard {
    channel::MessageId id = 0;
};
struct TakePictureOfScreen {
    channel::MessageId id = 0;
};
struct ChoosePictures {
    channel::MessageId id = 0;
};
// A file that the person has saved. Each ends in SheetHandedOver with that id.
struct OpenFile {
    channel::MessageId id = 0;
    std::string path{};
};
struct PrintFile {
    channel::MessageId id = 0;
    std::string path{};
};
// The app is to give up on it; it ends all the same.
struct CancelPicture {
    channel::MessageId id = 0;
};
using Effect = std::variant<PutOnClipboard, ClearClipboardIfOurs, ExchangeClipboardIfOurs, TakePictureFromClipboard,
                            TakePictureOfScreen, ChoosePictures, CancelPicture, OpenFile, PrintFile>;

struct Outbox {
    std::deque<channel::DeviceCommand> device{};
    std::deque<channel::CryptoRequest> crypto{};
    std::deque<Effect> effects{};
    [[nodiscard]] bool empty() const { return device.empty() && crypto.empty() && effects.empty(); }
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
