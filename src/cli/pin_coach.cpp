// What a person is told before a PIN is asked for: which, what it is as delivered, what is left, what then, the way
// back. And the second yes before a last try.
#include "base/filled.hpp"
#include "cli/context.hpp"
#include "cli/pin_prompt.hpp"
#include "device/errors.hpp"
#include "device/refusals.hpp"
#include "device/token_driver.hpp"

#include <utility>

namespace tokendeck::cli {
namespace {

using channel::PinKind;

// What is so once no try is left, and the way back.
std::string at_zero(PinKind kind) {
    return kind == PinKind::admin
               ? "blocks it for good: you cannot write, remove or reset anything here any more, and only "
                 "GnuPG can reset the smart card, which erases the keys on it."
               : "blocks it until you set a new one with the admin PIN (`tokendeck pin unblock`).";
}

std::string what_at_zero(PinKind kind) {
    return "A wrong one " + at_zero(kind);
}

// Nothing: go on.
std::optional<Failure> agree_to_last_try(PinKind kind, bool& last_try) {
    if (last_try) return std::nullopt;
    const std::string which = kind == PinKind::admin ? "admin PIN" : "user PIN";
    if (terminal_available()) {
        const auto answer =
            ask_line("One try is left for the " + which + ". " + what_at_zero(kind) + "\nUse it? Type yes: ");
        if (answer && *answer == "yes") {
            last_try = true;
            return std::nullopt;
        }
    }
    Failure failure = failure_of({device::errors::pin_last_try, device::field_of(kind)});
    failure.text += " " + what_at_zero(kind);
    return failure;
}

std::optional<base::SecretText> typed(const std::string& prompt) {
    auto line = ask_secret(prompt);
    if (!line || line->empty()) return std::nullopt;
    return line;
}

Failure nothing_typed() {
    return {Exit::usage, "No PIN was typed. Nothing was sent to the token and nothing was changed."};
}

Failure differ(PinKind kind) {
    return failure_of({device::errors::pins_differ, device::field_of(kind)});
}

std::optional<std::uint8_t> tries_of(const channel::TokenStatus& status, PinKind kind) {
    return kind == PinKind::admin ? status.admin_tries : status.user_tries;
}

// Which PIN --pin-file holds.
PinKind kind_in_file(const Options& options) {
    const bool user = options.subcommand == Subcommand::code ||
                      (options.subcommand == Subcommand::pin && options.pin_task == PinTask::user);
    return user ? PinKind::user : PinKind::admin;
}

std::optional<Failure> read_pin_file(CommandContext& context, PinKind kind) {
    if (!context.options.pin_file || kind != kind_in_file(context.options)) return std::nullopt;
    auto read = context.pins.read_file(kind, *context.options.pin_file);
    if (!read) return read.failure();
    return std::nullopt;
}

// A card that is slow to start is asked once more before it is called silent. One that another program uses may be free
// when the PIN has been typed: the device thread waits for it.
std::optional<Failure> silent_card(CommandContext& context, const channel::TokenStatus& status, PinKind kind) {
    const auto silent = [&](const channel::TokenStatus& s) {
        return !tries_of(s, kind) && !(s.storage && s.storage->card_in_use.value_or(false));
    };
    if (!silent(status)) return std::nullopt;
    auto again = context.talk.ask<channel::TokenRefreshed>(channel::RefreshToken{}, limits::open);
    if (!again) return again.failure();
    if (!silent(again.value().status)) return std::nullopt;
    return failure_of({device::errors::card_silent, device::field_of(kind)});
}

}  // namespace

std::optional<Failure> refused_pins(CommandContext& context, const channel::TokenStatus& status,
                                    std::initializer_list<PinKind> kinds) {
    for (const PinKind kind : kinds) {
        if (tries_of(status, kind) == 0) return failure_of(device::blocked_pin(kind, status));
        if (auto silent = silent_card(context, status, kind)) return silent;
        if (auto unreadable = read_pin_file(context, kind)) return unreadable;
        if (!context.pins.available(kind)) return Pins::missing(kind);
    }
    return std::nullopt;
}

std::optional<Failure> refused_write_pins(CommandContext& context, const channel::TokenStatus& status) {
    return status.pin_protected_codes ? refused_pins(context, status, {PinKind::admin, PinKind::user})
                                      : refused_pins(context, status, {PinKind::admin});
}

ResultInWords<base::SecretText> take_pin(CommandContext& context, const channel::TokenStatus& status, PinKind kind,
                                         bool& last_try) {
    if (auto refused = refused_pins(context, status, {kind})) return std::move(*refused);
    const auto tries = tries_of(status, kind);
    if (tries == 1)
        if (auto refused = agree_to_last_try(kind, last_try)) return std::move(*refused);
    // Before the last try that was said already.
    const std::string coach = tries == 1 ? std::string{} : "The last wrong try " + at_zero(kind) + "\n";
    return context.pins.take(kind, title_of(status), tries, coach);
}

ResultInWords<base::SecretText> take_user_pin(CommandContext& context, const channel::TokenStatus& status,
                                              bool& last_try) {
    if (auto unreadable = read_pin_file(context, PinKind::user)) return std::move(*unreadable);  // needed or not
    if (!status.pin_protected_codes) return base::SecretText{};
    return take_pin(context, status, PinKind::user, last_try);
}

ResultInWords<PinTwice> take_admin_pin_twice(CommandContext& context, const channel::TokenStatus& status,
                                             bool& last_try) {
    if (auto refused = refused_pins(context, status, {PinKind::admin})) return std::move(*refused);
    const bool given = context.pins.is_given(PinKind::admin);
    auto once = take_pin(context, status, PinKind::admin, last_try);
    if (!once) return once.failure();
    PinTwice twice;
    twice.again = once.value().clone();
    twice.once = std::move(once.value());
    if (given) return twice;
    auto again = typed("The admin PIN again (it is sent twice: the first time only to check it): ");
    if (!again) return nothing_typed();
    if (!base::same(twice.once, *again)) return differ(PinKind::admin);
    twice.again = std::move(*again);
    return twice;
}

ResultInWords<PinTwice> take_new_pin(CommandContext& context, PinKind kind) {
    PinTwice twice;
    if (auto given = context.pins.take_new()) {
        twice.again = given->clone();
        twice.once = std::move(*given);
        return twice;
    }
    if (!terminal_available())
        return Failure{Exit::usage, "The new PIN is needed, and there is no terminal to ask on.",
                       "Run this in a terminal, or give it with --new-pin-file or TOKENDECK_NEW_PIN."};
    const bool admin = kind == PinKind::admin;
    auto once = typed(std::string(admin ? "New admin PIN (" : "New user PIN (") +
                      std::to_string(admin ? device::admin_pin_min : device::user_pin_min) + " to " +
                      base::counted("{n} {n|character|characters}", device::new_pin_max) + "): ");
    if (!once) return nothing_typed();
    if (auto form = device::check_new_pin(kind, *once); !form.ok()) return failure_of(form.error());
    auto again = typed("The new PIN again: ");
    if (!again) return nothing_typed();
    if (!base::same(*once, *again)) return differ(kind);
    twice.once = std::move(*once);
    twice.again = std::move(*again);
    return twice;
}

}  // namespace tokendeck::cli
