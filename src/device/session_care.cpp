// Care of the token: PINs, settings, lock, reset, keys.
//
// A PIN that was typed is sent once. Where an effect has to be checked by a PIN, it is typed twice for that. The end of
// each is reading status and slots again; where that is not itself the check, its failure changes nothing about what
// was done.
#include "device/errors.hpp"
#include "device/refusals.hpp"
#include "device/session.hpp"
#include "device/slot_summary.hpp"
#include "device/token_status.hpp"
#include "wire/care.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::device {
namespace {

using base::Error;
using base::Result;
using channel::CommandFailed;
using channel::PinKind;

constexpr std::array<std::uint8_t, 5> config_cleared{wire::config_unset, wire::config_unset, wire::config_unset,
                                                     wire::config_unset, wire::config_unset};

// The token's state may be another than before.
CommandFailed token_changed(Error error) {
    CommandFailed failure = failed_with(std::move(error));
    failure.token_may_have_changed = true;
    return failure;
}
CommandFailed token_changed(base::ErrorCode code, const Error& cause) {
    return token_changed(caused(code, cause));
}

// The fields of five bytes of settings, for errors.
constexpr std::array<const char*, 5> config_fields{"numlock", "capslock", "scrolllock", "pin-protected-codes",
                                                   "config"};

}  // namespace

// ---- PINs ----

std::size_t Session::care_pin_max(std::size_t of_a_pro) const {
    return model_->family == wire::Family::storage ? wire::storage_pin_max : of_a_pro;
}

std::optional<CommandFailed> Session::check_new_pin(PinKind kind, const base::SecretText& pin,
                                                    const base::SecretText& again) const {
    if (!base::same(pin, again)) return about_pin(kind, errors::pins_differ);
    if (auto form = device::check_new_pin(kind, pin); !form.ok()) return about_pin(kind, std::move(form).error());
    return std::nullopt;
}

CommandFailed Session::pin_failure(Error error, PinKind current, PinKind changed) {
    if (error.code == errors::wrong_pin) return authentication_failure(current, std::move(error));
    if (error.code == errors::pin_refused) {
        error.field = field_of(changed);
        return authentication_failure(changed, std::move(error));
    }
    if (!driver_.may_have_changed()) return authentication_failure(current, std::move(error));
    return authentication_failure(current, std::move(error), errors::pin_change_broke_off);
}

std::optional<CommandFailed> Session::prove_pin(PinKind kind, base::SecretText& pin) {
    Result<void> accepted;
    if (kind == PinKind::admin) {
        if (auto admin = authenticate_admin(pin); !admin.ok()) accepted = std::move(admin).error();
    } else {
        const bool held = user_.has_value();
        forget_user_pin();  // the token drops its temporary password, whatever becomes of this
        auto user = driver_.authenticate_user(pin, tools_.random);
        pin.clear();
        if (!user.ok()) {
            accepted = std::move(user).error();
        } else if (held) {
            user_ = std::move(user).value();
            status_.user_pin_held = true;
        }
    }
    if (accepted.ok()) return std::nullopt;
    const bool refused = accepted.error().code == errors::wrong_pin;
    return authentication_failure(kind, accepted.error(),
                                  refused ? errors::pin_change_unproven : errors::pin_change_broke_off);
}

CommandResult<Session::Remarks> Session::change_pin(channel::ChangePin command) {
    const PinKind kind = command.kind;
    if (auto refused = check_new_pin(kind, command.new_pin, command.new_pin_again)) return std::move(*refused);
    // A Storage remembers at most 20 bytes of the current one (quirk Q-S12).
    if (auto refused = check_tries(kind, command.current_pin, command.last_try, care_pin_max(pin_max)))
        return std::move(*refused);
    auto done = driver_.change_pin(kind, command.current_pin, command.new_pin);
    command.current_pin.clear();
    command.new_pin.clear();
    if (!done.ok()) return pin_failure(std::move(done).error(), kind, kind);
    if (auto unproven = prove_pin(kind, command.new_pin_again)) return std::move(*unproven);
    (void)refresh();
    return Remarks{};
}

CommandResult<Session::Remarks> Session::unblock_user_pin(channel::UnblockUserPin command) {
    if (auto refused = check_new_pin(PinKind::user, command.new_pin, command.new_pin_again)) return std::move(*refused);
    if (auto refused =
            check_tries(PinKind::admin, command.admin_pin, command.last_try, care_pin_max(wire::unblock_pin_max)))
        return std::move(*refused);
    auto done = driver_.unblock_user_pin(command.admin_pin, command.new_pin);
    command.admin_pin.clear();
    command.new_pin.clear();
    if (!done.ok()) return pin_failure(std::move(done).error(), PinKind::admin, PinKind::user);
    if (auto unproven = prove_pin(PinKind::user, command.new_pin_again)) return std::move(*unproven);
    (void)refresh();
    return Remarks{};
}

// ---- settings ----

Result<void> Session::put_config(AdminAuthentication& admin, const std::array<std::uint8_t, 5>& config, bool& changed) {
    auto done = driver_.write_config(admin, config);
    changed = done.ok() || driver_.may_have_changed();
    if (!done.ok()) return done;
    if (auto read = read_status(); !read.ok()) return read;
    for (std::size_t i = 0; i < config.size(); ++i)
        if (status_.config[i] != config[i]) return Error{.code = errors::config_differs, .field = config_fields[i]};
    return {};
}

CommandResult<Session::Remarks> Session::write_config(channel::WriteConfig command) {
    if (auto read = read_status(); !read.ok()) return std::move(read).error();
    if (auto refused = refused_config(command.config, status_)) return std::move(*refused);
    const auto config = config_bytes(command.config, status_.config, driver_.profile().lock_key_slots);
    if (auto refused = check_tries(PinKind::admin, command.admin_pin, command.last_try)) return std::move(*refused);
    auto admin = authenticate_admin(command.admin_pin);
    if (!admin.ok()) return authentication_failure(PinKind::admin, std::move(admin).error());

    bool changed = false;
    const auto before = status_.config;
    auto done = put_config(admin.value(), config, changed);
    if (!done.ok() && !unplugged()) (void)refresh();
    if (!done.ok() && done.error().code == errors::config_differs && status_.config == before && flash_refuses(true))
        return Error{.code = errors::flash_refuses, .field = "config"};
    if (!done.ok() && !changed) return std::move(done).error();
    if (!done.ok() && done.error().code == errors::config_differs) return token_changed(std::move(done).error());
    if (!done.ok()) return token_changed(errors::config_broke_off, done.error());
    (void)refresh();
    return Remarks{};
}

// ---- reset, keys, lock ----

CommandResult<Session::Remarks> Session::factory_reset(channel::FactoryReset command) {
    if (!base::same(command.admin_pin, command.admin_pin_again)) return about_pin(PinKind::admin, errors::pins_differ);
    if (auto refused = check_tries(PinKind::admin, command.admin_pin, command.last_try, care_pin_max(pin_max)))
        return std::move(*refused);
    if (auto read = refresh(); !read.ok()) return std::move(read).error();
    // An unsure place may well be empty, and shows nothing by being so afterwards.
    bool any_before = false;
    for (const otp::SlotSummary& slot : slots_) {
        if (any_before || !otp::occupied(slot)) continue;
        const auto code = code_of(slot.id);
        if (!code.ok()) return code.error();
        auto read = driver_.read_slot(code.value());
        if (!read.ok()) return std::move(read).error();
        any_before = read.value().has_value();
    }
    const bool keys_before = status_.storage && status_.storage->keys_initialised;
    auto admin = authenticate_admin(command.admin_pin);
    if (!admin.ok()) return authentication_failure(PinKind::admin, std::move(admin).error());
    auto reset = driver_.factory_reset(command.admin_pin_again);
    command.admin_pin_again.clear();
    if (!reset.ok()) {
        if (reset.error().code == errors::wrong_pin)
            return authentication_failure(PinKind::admin, std::move(reset).error());
        forget_user_pin();
        CommandFailed failure = failed_with(reset.error());
        if (driver_.may_have_changed())
            failure = authentication_failure(PinKind::admin, reset.error(), errors::reset_broke_off);
        if (!unplugged()) (void)refresh();
        return failure;
    }

    // Firmware 0.11 to 0.13 has reset its firmware password, too (quirk Q-P11), which this program has no use for.
    // It says ok also when the card refused and nothing was erased (quirk Q-P4), and it leaves the password safe
    // unlocked (quirk Q-P5).
    forget_user_pin();
    const auto locked = driver_.lock();
    if (auto read = refresh(); !read.ok()) return token_changed(errors::reset_broke_off, read.error());
    for (const otp::SlotSummary& slot : slots_) {
        auto code = code_of(slot.id);
        if (!code.ok()) return code.error();
        auto read = driver_.read_slot(code.value());
        if (!read.ok()) return token_changed(errors::reset_broke_off, read.error());
        if (!read.value()) continue;
        CommandFailed kept = token_changed(about_slot(errors::reset_not_done, slot.id));
        kept.slot = slot;
        return kept;
    }
    tools_.marks.remove_all(card());

    Remarks remarks{Error{errors::reset_default_pins}, Error{errors::reset_needs_key}, Error{errors::reset_kept_clock}};
    const bool keys_gone = keys_before && status_.storage && !status_.storage->keys_initialised;
    if (!any_before && !keys_gone) remarks.insert(remarks.begin(), Error{errors::reset_unverified});
    // A Pro keeps the settings, and the temporary password with which they can be cleared (quirk Q-P5).
    if (status_.config != config_cleared) {
        bool changed = false;
        auto cleared = put_config(admin.value(), config_cleared, changed);
        if (!cleared.ok()) remarks.insert(remarks.begin(), caused(errors::reset_kept_config, cleared.error()));
    }
    if (!locked.ok()) remarks.push_back(locked.error());
    (void)refresh();
    return remarks;
}

CommandResult<Session::Remarks> Session::new_aes_key(channel::NewAesKey command) {
    if (!base::same(command.admin_pin, command.admin_pin_again)) return about_pin(PinKind::admin, errors::pins_differ);
    if (auto refused = check_tries(PinKind::admin, command.admin_pin, command.last_try, care_pin_max(pin_max)))
        return std::move(*refused);
    // Firmware up to 0.13 does not look whether its random numbers are any (quirk Q-P12); only newer firmware helps.
    // A Pro destroys the old key before it looks at the PIN (quirk Q-P3), and a Storage tells any failure as a wrong
    // PIN (docs/protocol/pro-storage.md, section 4.6). So the PIN is checked first.
    auto admin = authenticate_admin(command.admin_pin);
    if (!admin.ok()) return authentication_failure(PinKind::admin, std::move(admin).error());
    auto made = driver_.new_aes_key(command.admin_pin_again);
    command.admin_pin_again.clear();
    const bool storage = model_->family == wire::Family::storage;
    if (!made.ok()) {
        const bool changed = driver_.may_have_changed();
        CommandFailed failure = failed_with(made.error());
        failure.token_may_have_changed = made.error().code == errors::key_not_made;
        if (made.error().code == errors::wrong_pin) failure = authentication_failure(PinKind::admin, made.error());
        const bool broke_off =
            changed && made.error().code != errors::wrong_pin && made.error().code != errors::key_not_made;
        // The PIN was right a moment ago: this was another step that failed.
        if (storage && made.error().code == errors::wrong_pin)
            failure = token_changed(errors::key_not_made, made.error());
        else if (broke_off) failure = authentication_failure(PinKind::admin, made.error(), errors::key_broke_off);
        if (!unplugged()) (void)refresh();
        return failure;
    }
    // A Storage has erased all slots and settings (quirk Q-S11); what is left is read again.
    if (auto read = refresh(); !read.ok()) return token_changed(errors::key_broke_off, read.error());
    if (!storage) return Remarks{Error{errors::key_unverified}};
    if (status_.storage && !status_.storage->keys_initialised) return token_changed(Error{errors::key_not_made});
    tools_.marks.remove_all(card());
    if (auto read = refresh(); !read.ok()) return token_changed(errors::key_broke_off, read.error());
    return Remarks{};
}

CommandResult<Session::Remarks> Session::lock() {
    // Forgotten first: whatever becomes of the command, codes need the PIN again.
    forget_user_pin();
    forget_admin_pin();
    if (auto locked = driver_.lock(); !locked.ok()) return std::move(locked).error();
    (void)refresh();
    if (driver_.profile().lock_ends_passwords) return Remarks{};
    return Remarks{Error{errors::lock_keeps_passwords}};  // quirk Q-P6
}

}  // namespace tokendeck::device
