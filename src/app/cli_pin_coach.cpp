// What a person is told before a PIN is asked for: which, what it is as delivered, what is left, what then, the way
// back. And the second yes before a last try.
#include "app/cli_desk.hpp"
#include "app/pin_prompt.hpp"
#include "device/errors.hpp"

#include <utility>

namespace tokendeck::app::cli {
namespace {

using channel::PinKind;

// What is so once no try is left, and the way back.
std::string at_zero(PinKind kind) {
    return kind == PinKind::admin
               ? "blocks it for good: nothing can be written, removed or reset here any more, and only "
                 "GnuPG can reset the smart card, which erases the keys on it."
               : "blocks it until it is set anew with the admin PIN (`tokendeck pin unblock`).";
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
    Failure failure = failure_of({device::errors::pin_last_try, kind == PinKind::admin ? "admin-pin" : "user-pin"});
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
    return failure_of({device::errors::pins_differ, kind == PinKind::admin ? "admin-pin" : "user-pin"});
}

}  // namespace

Outcome<base::SecretText> take_pin(Desk& desk, const channel::TokenStatus& status, PinKind kind, bool& last_try) {
    const auto tries = kind == PinKind::admin ? status.admin_tries : status.user_tries;
    if (tries == 0) return failure_of({device::errors::pin_blocked, kind == PinKind::admin ? "admin-pin" : "user-pin"});
    if (!desk.pins.available(kind)) return Pins::missing(kind);
    if (tries == 1)
        if (auto refused = agree_to_last_try(kind, last_try)) return std::move(*refused);
    // Before the last try that was said already.
    const std::string coach = tries == 1 ? std::string{} : "The last wrong try " + at_zero(kind) + "\n";
    return desk.pins.take(kind, title_of(status), tries, coach);
}

Outcome<base::SecretText> take_user_pin(Desk& desk, const channel::TokenStatus& status, bool& last_try) {
    if (!status.pin_protected_codes) return base::SecretText{};
    return take_pin(desk, status, PinKind::user, last_try);
}

Outcome<PinTwice> take_admin_pin_twice(Desk& desk, const channel::TokenStatus& status, bool& last_try) {
    const bool given = desk.pins.is_given(PinKind::admin);
    auto once = take_pin(desk, status, PinKind::admin, last_try);
    if (!once) return once.failure();
    PinTwice twice;
    twice.again = once.value().clone();
    twice.once = std::move(once.value());
    if (given) return twice;
    auto again = typed("The same admin PIN once more (the token is asked twice: first whether it is right): ");
    if (!again) return nothing_typed();
    if (!base::same(twice.once, *again)) return differ(PinKind::admin);
    twice.again = std::move(*again);
    return twice;
}

Outcome<PinTwice> take_new_pin(Desk& desk, PinKind kind) {
    PinTwice twice;
    if (auto given = desk.pins.take_new()) {
        twice.again = given->clone();
        twice.once = std::move(*given);
        return twice;
    }
    if (!terminal_available())
        return Failure{Exit::usage,
                       "The new PIN is needed, and there is no terminal to ask on. Run this in a terminal, or give it "
                       "with --new-pin-file or TOKENDECK_NEW_PIN."};
    const bool admin = kind == PinKind::admin;
    const std::string which = admin ? "New admin PIN (8 to 20 characters): " : "New user PIN (6 to 20 characters): ";
    auto once = typed(which);
    if (!once) return nothing_typed();
    auto again = typed("The same once more: ");
    if (!again) return nothing_typed();
    if (!base::same(*once, *again)) return differ(kind);
    twice.once = std::move(*once);
    twice.again = std::move(*again);
    return twice;
}

}  // namespace tokendeck::app::cli
