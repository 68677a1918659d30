// What every subcommand works with, and the steps that several of them share.
#pragma once

#include "channel/device_messages.hpp"
#include "cli/conversation.hpp"
#include "cli/failure.hpp"
#include "cli/held_signals.hpp"
#include "cli/options.hpp"
#include "cli/output.hpp"
#include "cli/pins.hpp"

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <vector>

namespace tokendeck::cli {

// After these the process ends, whatever a worker is doing.
namespace limits {
inline constexpr base::Milliseconds look{15'000};
inline constexpr base::Milliseconds examine{60'000};  // several tokens may be silent
inline constexpr base::Milliseconds attach{10'000};
inline constexpr base::Milliseconds open{30'000};
inline constexpr base::Milliseconds code{30'000};
inline constexpr base::Milliseconds write{60'000};
inline constexpr base::Milliseconds erase{150'000};
inline constexpr base::Milliseconds read{60'000};
inline constexpr base::Milliseconds check{600'000};  // waits for codes, and each request may take its time
}  // namespace limits

struct OpenedToken {
    channel::TokenStatus status{};
    std::vector<otp::SlotSummary> slots{};  // all places, HOTP first
};

class CommandContext {
  public:
    CommandContext(const Options& options, Pins pins);

    const Options& options;
    Pins pins;
    Output out;
    Conversation talk;

    // From now on and until the result has been printed, Ctrl-C waits: the token is about to be changed. It does not
    // wait for a token that never answers.
    void hold_signals() {
        held_.emplace();
        talk.watch_for_end([this] { return held_->noted(); });
    }
    [[nodiscard]] bool end_wanted() const { return held_ && held_->noted(); }
    // A signal that was noted takes its course, which may be the end of the process.
    void release_signals() {
        talk.watch_for_end({});
        held_.reset();
    }

    // Shows the failure on standard error.
    [[nodiscard]] static Exit fail(const Failure& failure);

    // All tokens there are, a simulated one plugged in if it was asked for.
    [[nodiscard]] ResultInWords<std::vector<channel::TokenInfo>> tokens();
    // The one that --token names, or the only one, opened.
    [[nodiscard]] ResultInWords<OpenedToken> open_token();

    [[nodiscard]] ResultInWords<OpenedToken> open(const channel::TokenInfo& token);

  private:
    std::optional<HeldSignals> held_{};

    [[nodiscard]] ResultInWords<OpenedToken> open_by_card_serial(const std::vector<channel::TokenInfo>& tokens);
};

// Which of the tokens is meant: the one that --token names by key or USB serial, else the only one that can be used;
// with --simulate only simulated ones count. Nothing: --token names none of them, so it may be a card's serial.
[[nodiscard]] ResultInWords<std::optional<channel::TokenInfo>> choose_token(const std::vector<channel::TokenInfo>& seen,
                                                                            const Options& options);

// Nothing is plugged in.
[[nodiscard]] Failure no_token();
// "Nitrokey Pro 00005F11 (simulated)"; of a token that is not open, as far as it is known.
[[nodiscard]] std::string title_as_seen(const channel::TokenInfo& token);
[[nodiscard]] std::string title_of(const channel::TokenStatus& status);
// `totp:3 "github"`.
[[nodiscard]] std::string title_of(const otp::SlotSummary& slot);

// The slot that `target` means: a slot such as "totp:3", or the name of an occupied one. Of a name, the first rule that
// any slot fits decides, and only one may fit it: the exact name; the name in other case (of ASCII letters); the issuer
// before the colon; a beginning of the name. Several: the failure lists them.
[[nodiscard]] ResultInWords<otp::SlotSummary> find_target(const std::vector<otp::SlotSummary>& slots,
                                                          const std::string& target);

// PINs for the token that is open (pin_coach.cpp). They are the last that a subcommand takes, after all that can be
// refused without one: only then --pin-file is read and anybody asked.
//
// What would refuse one of these PINs whatever it is: no try is left, the card is silent, or nobody could give it.
// Asked before the first of several PINs is taken.
[[nodiscard]] std::optional<Failure> refused_pins(CommandContext& context, const channel::TokenStatus& status,
                                                  std::initializer_list<channel::PinKind> kinds);
// The same for what a write to a slot takes: the admin PIN, and the user PIN where the token's codes are protected.
[[nodiscard]] std::optional<Failure> refused_write_pins(CommandContext& context, const channel::TokenStatus& status);
// Asks only while a try is left, and before the last one whether it may be used. `last_try`: what the command to the
// device thread has to say about that; it is set, never cleared.
[[nodiscard]] ResultInWords<base::SecretText> take_pin(CommandContext& context, const channel::TokenStatus& status,
                                                       channel::PinKind kind, bool& last_try);
// Empty unless the token's codes need the user PIN.
[[nodiscard]] ResultInWords<base::SecretText> take_user_pin(CommandContext& context, const channel::TokenStatus& status,
                                                            bool& last_try);
// Both PINs that a write to a slot takes, into the command's `admin_pin` and `user_pin`.
template <typename Command>
[[nodiscard]] std::optional<Failure> take_pins(CommandContext& context, const channel::TokenStatus& status,
                                               Command& command) {
    auto admin = take_pin(context, status, channel::PinKind::admin, command.last_try);
    if (!admin) return admin.failure();
    command.admin_pin = std::move(admin.value());
    auto user = take_user_pin(context, status, command.last_try);
    if (!user) return user.failure();
    command.user_pin = std::move(user.value());
    return std::nullopt;
}

// Text typed twice, where one is sent to do something and the other to check it.
struct PinTwice {
    base::SecretText once{};
    base::SecretText again{};
};
[[nodiscard]] ResultInWords<PinTwice> take_admin_pin_twice(CommandContext& context, const channel::TokenStatus& status,
                                                           bool& last_try);
[[nodiscard]] ResultInWords<PinTwice> take_new_pin(CommandContext& context, channel::PinKind kind);

// The subcommands.
[[nodiscard]] Exit run_devices(CommandContext& context);
[[nodiscard]] Exit run_status(CommandContext& context);
[[nodiscard]] Exit run_list(CommandContext& context);
[[nodiscard]] Exit run_code(CommandContext& context);
[[nodiscard]] Exit run_add(CommandContext& context);
[[nodiscard]] Exit run_remove(CommandContext& context);
[[nodiscard]] Exit run_rename(CommandContext& context);
[[nodiscard]] Exit run_pin(CommandContext& context);
[[nodiscard]] Exit run_config(CommandContext& context);
[[nodiscard]] Exit run_lock(CommandContext& context);
[[nodiscard]] Exit run_reset(CommandContext& context);
[[nodiscard]] Exit run_doctor(CommandContext& context);
[[nodiscard]] Exit run_report(CommandContext& context);
[[nodiscard]] Exit run_check(CommandContext& context);
[[nodiscard]] Exit run_scan(CommandContext& context);

}  // namespace tokendeck::cli
