// One open token: its status and slots, codes, and the way from an account to a proven slot.
//
// Rules that everything here keeps: a PIN is sent once for one typing, and only when its form is right and tries are
// left; nothing that has an effect is sent a second time; a slot is called proven only after the token's code was the
// expected one; a change that broke off marks the slot `unsure`.
// Thread: the device thread. Blocks for as long as its exchanges take (exchange.hpp).
#pragma once

#include "base/random.hpp"
#include "base/result.hpp"
#include "channel/device_messages.hpp"
#include "device/command_result.hpp"
#include "device/exchange.hpp"
#include "device/slot_marks.hpp"
#include "device/token_clock.hpp"
#include "device/token_driver.hpp"
#include "otp/enrolment.hpp"
#include "wire/models.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tokendeck::device {

// Who knows which code a right token gives.
class CodeOracle {
  public:
    virtual ~CodeOracle() = default;
    // The code of `secret` at `factor`, the HOTP counter or TOTP time step. May block for some seconds.
    [[nodiscard]] virtual base::Result<base::SecretText> expected(const base::SecretBytes& secret,
                                                                  otp::HashAlgorithm algorithm, std::uint32_t digits,
                                                                  std::uint64_t factor) = 0;
};

// Who wants to hear how it goes.
class SessionListener {
  public:
    virtual ~SessionListener() = default;
    virtual void progress(channel::WriteStep step) = 0;
    virtual void clock_set(base::UnixTime at) = 0;
    // Of a check: a step begins or has ended.
    virtual void checked(const channel::CheckedStep&) {}
    // Asked between two steps of a check and while it waits.
    [[nodiscard]] virtual bool cancelled() { return false; }
};

// What a session works with; all of it must outlive the session.
struct SessionTools {
    base::Clock& clock;
    base::Random& random;
    CodeOracle& oracle;
    SessionListener& listener;
    SlotMarks& marks;
    ExchangeLog& log;
    const std::atomic<bool>* stop = nullptr;  // set: begin nothing more, end soon
};

class Session {
  public:
    // Reads status and slots. Errors: firmware_not_served, no_randomness, and those of the exchanges.
    [[nodiscard]] static base::Result<std::unique_ptr<Session>> open(const channel::TokenInfo& info,
                                                                     const wire::Model& model,
                                                                     std::unique_ptr<wire::Transport> transport,
                                                                     const SessionTools& tools);

    [[nodiscard]] const channel::TokenStatus& status() const { return status_; }
    // All places, HOTP first.
    [[nodiscard]] const std::vector<otp::SlotSummary>& slots() const { return slots_; }

    // Asks the token how it is, and keeps nothing of it. Errors: as of `refresh`.
    [[nodiscard]] base::Result<TokenState> ask() { return driver_.state(); }
    // Reads both again.
    [[nodiscard]] base::Result<void> refresh();
    // `command.token` is the caller's affair, here and below. PINs in a command are wiped as soon as they are used.
    // Errors: user_pin_needed, wrong_pin (and what else is about a PIN), time_refused, slot_not_programmed …
    [[nodiscard]] CommandResult<channel::CodeRead> code(channel::GetCode command);
    // Errors before the commit leave the slot as it was; write_broke_off, readback_differs, code_differs
    // and proof_unavailable come after it, with the slot marked. The secret stays in the command, so that a failure can
    // give it back. After the proof of a HOTP slot its counter stands after the code that was read.
    [[nodiscard]] CommandResult<channel::SlotProven> write(channel::WriteSlot& command);
    // The slot is read afterwards. Errors: erase_broke_off, erase_not_done …
    [[nodiscard]] CommandResult<otp::SlotSummary> erase(channel::EraseSlot command);

    // session_edit.cpp. Errors: edit_unsupported, slot_changed, nothing_to_change, and those of `write` but for the
    // secret's; edit_changed_code with the slot marked `mismatch`.
    [[nodiscard]] CommandResult<channel::SlotEdited> edit(channel::EditSlot command);

    // session_check.cpp. Errors: those about PINs. All else that goes wrong is in the steps.
    [[nodiscard]] CommandResult<channel::TokenChecked> check(channel::CheckToken command);

    // session_care.cpp: care of the token; status and slots are read again at the end. The value is what CareDone has
    // as remarks. Errors: device/errors.hpp, "care of the token", and those about PINs.
    using Remarks = std::vector<base::Error>;
    [[nodiscard]] CommandResult<Remarks> change_pin(channel::ChangePin command);
    [[nodiscard]] CommandResult<Remarks> unblock_user_pin(channel::UnblockUserPin command);
    [[nodiscard]] CommandResult<Remarks> write_config(channel::WriteConfig command);
    [[nodiscard]] CommandResult<Remarks> factory_reset(channel::FactoryReset command);
    [[nodiscard]] CommandResult<Remarks> new_aes_key(channel::NewAesKey command);
    [[nodiscard]] CommandResult<Remarks> lock();
    void forget_user_pin();
    // The admin authentication that a write held; see channel::WriteSlot.
    void forget_admin_pin() { admin_.reset(); }
    [[nodiscard]] bool admin_pin_held() const { return admin_.has_value(); }

    // The transport said that the token is gone; nothing will work any more.
    [[nodiscard]] bool unplugged() const { return exchanger_.unplugged(); }

  private:
    Session(const channel::TokenInfo& info, const wire::Model& model, std::unique_ptr<wire::Transport> transport,
            const SessionTools& tools, std::uint16_t first_nonce);

    struct HotpCode {
        base::SecretText code{};
        std::optional<std::uint64_t> counter{};  // that it is of; nothing: another program took one, too
        std::optional<wire::Slot> after{};       // the slot afterwards; nothing: it could not be read
    };

    // A TOTP code and the time steps it can be of: one, unless the period is shorter than 3 seconds.
    struct StepCode {
        base::SecretText code{};
        std::uint64_t first_step = 0;
        std::uint64_t last_step = 0;
    };

    [[nodiscard]] base::Result<void> read_status();
    // The place as it was last read.
    [[nodiscard]] otp::SlotSummary place_of(const otp::SlotId& slot) const;
    [[nodiscard]] base::Result<std::uint8_t> code_of(const otp::SlotId& slot) const;
    // What is known of a slot: what the token said (nothing: not programmed), and its mark. Kept in `slots_`, too.
    otp::SlotSummary known(const otp::SlotId& slot, const std::optional<wire::Slot>& read);
    // Marks the slot, and reads it again if the token still answers.
    otp::SlotSummary mark(const otp::SlotSummary& written, otp::SlotState state, std::uint8_t slot_code);
    // What an error after the slot was, or may have been, changed says, with the slot marked.
    [[nodiscard]] channel::CommandFailed after_change(base::ErrorCode code, const base::Error& cause,
                                                      const otp::SlotSummary& written, otp::SlotState state,
                                                      std::uint8_t slot_code);
    // Writes the slot and reads it back. Once it has, or may have, changed it is marked `unsure`, because nobody has
    // seen its code yet. The error is the cause; `put_failure` makes of it what is told.
    // `tell_step`, which may be empty, hears of each step as it begins.
    using TellStep = std::function<void(channel::WriteStep)>;
    [[nodiscard]] base::Result<void> put(AdminAuthentication& admin, std::uint8_t slot_code, const SlotContent& content,
                                         const otp::SlotSummary& written, const TellStep& tell_step, bool& changed);
    // Tells the listener.
    [[nodiscard]] TellStep telling() {
        return [this](channel::WriteStep step) { tools_.listener.progress(step); };
    }
    [[nodiscard]] channel::CommandFailed put_failure(base::Error cause, bool changed, const otp::SlotSummary& written,
                                                     std::uint8_t slot_code);
    [[nodiscard]] CommandResult<otp::SlotSummary> erase_with(AdminAuthentication& admin, const otp::SlotId& slot,
                                                             std::uint8_t slot_code);
    // The last word on a slot that was written: its mark, its place in `slots_`.
    void settle(const otp::SlotSummary& slot);
    [[nodiscard]] std::string card() const;

    // Refuses a PIN that cannot or must not be sent. Errors: check_pin's, user_pin_blocked and its like, pin_last_try,
    // card_silent.
    [[nodiscard]] std::optional<channel::CommandFailed> check_tries(channel::PinKind kind, const base::SecretText& pin,
                                                                    bool last_try, std::size_t most = pin_max);
    // `error` is of the exchange just before. `told`: the error that it is the cause of; then the token's state may
    // have changed. Reads how many tries are left.
    [[nodiscard]] channel::CommandFailed authentication_failure(channel::PinKind kind, base::Error error,
                                                                std::optional<base::ErrorCode> told = {});
    // What codes need: nothing, or a user authentication that is alive, or one with this PIN.
    [[nodiscard]] std::optional<channel::CommandFailed> check_user(const base::SecretText& user_pin, bool last_try);
    [[nodiscard]] std::optional<channel::CommandFailed> authenticate_user(base::SecretText& user_pin);
    [[nodiscard]] UserAuthentication* user();
    // A code, with the user authentication if codes need one; forgets that if it is good for one code only.
    [[nodiscard]] base::Result<TimedCode> read_code(otp::OtpKind kind, std::uint8_t slot_code);
    // Forgets the user PIN if the token no longer honours it; says whether it did.
    bool forget_refused_user_pin(const base::Error& error);
    // The same, and what is told of it.
    [[nodiscard]] channel::CommandFailed code_failure(base::Error error);
    // A HOTP code of a slot whose counter stands at `before`, and the slot read afterwards. Errors: counter_stuck,
    // code_void; a code that got lost has a remark if the counter may have moved.
    [[nodiscard]] base::Result<HotpCode> hotp_code(const otp::SlotId& slot, std::uint8_t slot_code,
                                                   std::uint64_t before);

    // Whether a code now is surely of the computer's time step, as far as the clocks go.
    [[nodiscard]] bool clock_right(std::uint32_t period, const Moment& from, const Moment& until) const;
    // Sets the token's clock to now.
    [[nodiscard]] base::Result<void> set_clock(bool even_back);
    [[nodiscard]] base::Result<StepCode> step_code(std::uint8_t slot_code, std::uint32_t period, bool even_back);
    [[nodiscard]] std::optional<channel::CommandFailed> prove_totp(const channel::WriteSlot& command,
                                                                   std::uint8_t slot_code, channel::SlotProven& proven);
    [[nodiscard]] std::optional<channel::CommandFailed> prove_hotp(const channel::WriteSlot& command,
                                                                   std::uint8_t slot_code, channel::SlotProven& proven);
    // ---- session_flash.cpp: a Pro that stores nothing more until its power is cut (quirk Q-P23) ----

    // Asked when something went wrong. `left_no_trace`: what the token said it stored is not there.
    [[nodiscard]] bool flash_refuses(bool left_no_trace);
    // Why the clock could not be set: flash_refuses, or `error` as it is. A TOTP slot whose code can be read tells a
    // refusal to store the time from a time that the token remembers; without one it is not known.
    [[nodiscard]] base::Error why_time_refused(base::Error error, std::uint8_t totp_slot_code, std::uint32_t period);
    [[nodiscard]] base::Error why_time_refused(base::Error error);
    [[nodiscard]] bool clock_moves_though_refused(std::uint8_t slot_code, std::uint32_t period);
    // The write that failed like this left no trace: the slot is as it was.
    [[nodiscard]] std::optional<channel::CommandFailed> not_stored(const channel::CommandFailed& failure,
                                                                   const otp::SlotSummary& before);
    [[nodiscard]] bool is_still(const otp::SlotSummary& before, std::uint8_t slot_code);  // of a Pro, read again

    // A token that refuses the time could not show its TOTP code afterwards: found out before a PIN is sent.
    [[nodiscard]] base::Result<void> ready_clock(std::uint32_t period, bool even_back);
    // Nothing wrong: the slot holds this.
    [[nodiscard]] base::Result<void> read_back(const otp::SlotId& slot, std::uint8_t slot_code,
                                               const SlotContent& content);
    // ---- session_edit.cpp ----
    struct Edit;  // one edit under way
    [[nodiscard]] std::optional<channel::CommandFailed> edit_totp(Edit& edit);
    [[nodiscard]] std::optional<channel::CommandFailed> edit_hotp(Edit& edit);
    // The token's TOTP code of another moment: its clock is set there first.
    [[nodiscard]] base::Result<base::SecretText> code_at(std::uint8_t slot_code, std::int64_t unix_seconds);

    struct Check;  // session_check.cpp: one check under way

    // ---- session_care.cpp ----
    [[nodiscard]] std::optional<channel::CommandFailed> check_new_pin(channel::PinKind kind,
                                                                      const base::SecretText& pin,
                                                                      const base::SecretText& again) const;
    // Asks the token to accept the PIN that it has just been given.
    [[nodiscard]] std::optional<channel::CommandFailed> prove_pin(channel::PinKind kind, base::SecretText& pin);
    // What a change of a PIN that failed says.
    [[nodiscard]] channel::CommandFailed pin_failure(base::Error error, channel::PinKind current,
                                                     channel::PinKind changed);
    // The most a PIN may have for the commands of care.
    [[nodiscard]] std::size_t care_pin_max(std::size_t of_a_pro) const;
    // Ends the one that was held.
    [[nodiscard]] base::Result<AdminAuthentication> authenticate_admin(base::SecretText& pin);
    // Five bytes of settings written and read back. `changed`: they may not be as before.
    [[nodiscard]] base::Result<void> put_config(AdminAuthentication& admin, const std::array<std::uint8_t, 5>& config,
                                                bool& changed);

    // Sleeps in short pieces; ends early when the program is ending.
    void sleep(base::Microseconds duration);

    channel::TokenInfo info_;
    const wire::Model* model_;
    std::unique_ptr<wire::Transport> transport_;
    SessionTools tools_;
    Exchanger exchanger_;
    TokenDriver driver_;
    TokenClock token_clock_{};
    bool flash_refuses_ = false;  // it has shown that it does
    std::optional<UserAuthentication> user_{};
    std::optional<AdminAuthentication> admin_{};  // between two writes of several accounts
    channel::TokenStatus status_{};
    std::vector<otp::SlotSummary> slots_{};
};

}  // namespace tokendeck::device
