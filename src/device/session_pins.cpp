// PINs of a session: what is checked before one is sent, what is said after one was refused, and the user
// authentication that codes may need.
#include "device/errors.hpp"
#include "device/refusals.hpp"
#include "device/session.hpp"

#include <utility>

namespace tokendeck::device {

using base::Error;
using channel::PinKind;

namespace {

// How long another program may hold the smart card before a PIN is given up.
constexpr base::Milliseconds card_wait{3000};

}  // namespace

std::optional<Failure> Session::check_tries(PinKind kind, const base::SecretText& pin, bool last_try,
                                            std::size_t most) {
    if (auto form = check_pin(kind, pin, most); !form.ok()) return Failure{std::move(form).error(), {}, kind};
    // GnuPG's hold on a Storage's card lasts half a second after each of its commands; a PIN is not sent into that.
    for (const base::Deadline deadline(tools_.clock, card_wait);;) {
        auto in_use = driver_.card_in_use();
        if (!in_use.ok()) return Failure{std::move(in_use).error(), {}, kind};
        if (!in_use.value().value_or(false)) break;
        if (deadline.passed() || exchanger_.stopping())
            return Failure{Error{errors::card_busy, field_of(kind)}, {}, kind};
        sleep(base::Milliseconds{200});
    }
    auto tries = driver_.tries_left(kind);
    if (!tries.ok()) return Failure{std::move(tries).error(), {}, kind};
    (kind == PinKind::user ? status_.user_tries : status_.admin_tries) = tries.value();
    if (!tries.value()) return Failure{Error{errors::card_silent, field_of(kind)}, {}, kind};
    if (*tries.value() == 0) return Failure{blocked_pin(kind, status_), {}, kind, std::uint8_t{0}};
    if (*tries.value() == 1 && !last_try)
        return Failure{Error{errors::pin_last_try, field_of(kind)}, {}, kind, std::uint8_t{1}};
    return std::nullopt;
}

Failure Session::authentication_failure(PinKind kind, Error error, std::optional<base::ErrorCode> told) {
    const bool lost = driver_.reply_lost(error);
    if (told) error = Error{*told, error.field, std::string(error.code.name)};
    if (lost) error.remark = errors::try_may_be_gone;
    if (error.code == errors::wrong_pin) error.field = field_of(kind);
    Failure failure{std::move(error), {}, kind};
    if (unplugged()) return failure;
    if (auto tries = driver_.tries_left(kind); tries.ok()) {
        (kind == PinKind::user ? status_.user_tries : status_.admin_tries) = tries.value();
        failure.tries_left = tries.value();
        if (failure.error.code == errors::wrong_pin && tries.value() == 0)
            failure.error = blocked_pin(kind, status_, true);
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

std::optional<Failure> Session::check_user(const base::SecretText& user_pin, bool last_try) {
    if (!status_.pin_protected_codes || user_) return std::nullopt;
    if (user_pin.empty()) return Failure{Error{errors::user_pin_needed, field_of(PinKind::user)}, {}, PinKind::user};
    return check_tries(PinKind::user, user_pin, last_try);
}

std::optional<Failure> Session::authenticate_user(base::SecretText& user_pin) {
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

Failure Session::code_failure(Error error) {
    Failure failure{std::move(error)};
    if (failure.error.code == errors::not_authorised) {
        // Another program authenticated, or has just turned the protection on: the person has to say the PIN again.
        forget_user_pin();
        (void)read_status();
        failure.pin = PinKind::user;
        failure.error.field = field_of(PinKind::user);
    }
    return failure;
}

void Session::forget_user_pin() {
    user_.reset();
    status_.user_pin_held = false;
}

}  // namespace tokendeck::device
