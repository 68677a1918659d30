// PINs of a session: what is checked before one is sent, what is said after one was refused, and the user
// authentication that codes may need.
#include "device/errors.hpp"
#include "device/refusals.hpp"
#include "device/session.hpp"
#include "device/slot_summary.hpp"

#include <utility>

namespace tokendeck::device {

using base::Error;
using channel::CommandFailed;
using channel::PinKind;
using channel::PinProblem;

namespace {

// How long another program may hold the smart card before a PIN is given up.
constexpr base::Milliseconds card_wait{3000};

}  // namespace

std::optional<CommandFailed> Session::check_tries(PinKind kind, const base::SecretText& pin, bool last_try,
                                                  std::size_t most) {
    if (auto form = check_pin(kind, pin, most); !form.ok()) return about_pin(kind, std::move(form).error());
    // GnuPG's hold on a Storage's card lasts half a second after each of its commands; a PIN is not sent into that.
    for (const base::Deadline deadline(tools_.clock, card_wait);;) {
        auto in_use = driver_.card_in_use();
        if (!in_use.ok()) return about_pin(kind, std::move(in_use).error());
        if (!in_use.value().value_or(false)) break;
        if (deadline.passed() || exchanger_.stopping()) return about_pin(kind, errors::card_busy);
        sleep(base::Milliseconds{200});
    }
    auto tries = driver_.tries_left(kind);
    if (!tries.ok()) return about_pin(kind, std::move(tries).error());
    (kind == PinKind::user ? status_.user_tries : status_.admin_tries) = tries.value();
    if (!tries.value()) return about_pin(kind, errors::card_silent);
    if (*tries.value() == 0)
        return about_pin(kind, blocked_pin(kind, status_), PinProblem::Kind::none_left, std::uint8_t{0});
    if (*tries.value() == 1 && !last_try)
        return about_pin(kind, errors::pin_last_try, PinProblem::Kind::other, std::uint8_t{1});
    return std::nullopt;
}

CommandFailed Session::authentication_failure(PinKind kind, Error error, std::optional<base::ErrorCode> told) {
    const bool lost = driver_.reply_lost(error);
    if (told) error = caused(*told, error);
    if (lost) error.remark = errors::try_may_be_gone;
    const bool wrong = error.code == errors::wrong_pin;
    if (wrong) error.field = field_of(kind);
    CommandFailed failure =
        about_pin(kind, std::move(error), wrong ? PinProblem::Kind::wrong : PinProblem::Kind::other);
    failure.token_may_have_changed = told.has_value();
    if (unplugged()) return failure;
    if (auto tries = driver_.tries_left(kind); tries.ok()) {
        (kind == PinKind::user ? status_.user_tries : status_.admin_tries) = tries.value();
        failure.pin->tries_left = tries.value();
        if (wrong && tries.value() == 0) {
            failure.error = blocked_pin(kind, status_, true);
            failure.pin->kind = PinProblem::Kind::none_left;
        }
    }
    return failure;
}

base::Result<AdminAuthentication> Session::authenticate_admin(base::SecretText& pin) {
    admin_.reset();
    auto admin = driver_.authenticate_admin(pin, tools_.random);
    pin.clear();
    return admin;
}

UserAuthentication* Session::user() {
    return status_.pin_protected_codes && user_ ? &*user_ : nullptr;
}

std::optional<CommandFailed> Session::check_user(const base::SecretText& user_pin, bool last_try) {
    if (!status_.pin_protected_codes || user_) return std::nullopt;
    if (user_pin.empty()) return about_pin(PinKind::user, errors::user_pin_needed, PinProblem::Kind::missing);
    return check_tries(PinKind::user, user_pin, last_try);
}

std::optional<CommandFailed> Session::authenticate_user(base::SecretText& user_pin) {
    if (!status_.pin_protected_codes || user_) {
        user_pin.clear();
        return std::nullopt;
    }
    auto authenticated = driver_.authenticate_user(user_pin, tools_.random);
    user_pin.clear();
    if (!authenticated.ok()) return authentication_failure(PinKind::user, std::move(authenticated).error());
    user_ = std::move(authenticated).value();
    status_.user_pin_held = true;
    return std::nullopt;
}

bool Session::forget_refused_user_pin(const Error& error) {
    if (error.code != errors::not_authorised) return false;
    // Another program authenticated, or has just turned the protection on.
    forget_user_pin();
    (void)read_status();
    return true;
}

CommandFailed Session::code_failure(Error error) {
    if (!forget_refused_user_pin(error)) return failed_with(std::move(error));
    error.field = field_of(PinKind::user);
    return about_pin(PinKind::user, std::move(error), PinProblem::Kind::forgotten);
}

void Session::forget_user_pin() {
    user_.reset();
    status_.user_pin_held = false;
}

}  // namespace tokendeck::device
