// The errors that `device` returns. `field` is the name of the token's command, or the parameter the error is about.
// See also wire/transport.hpp (the transport's own) and otp/limits.hpp (an account that does not fit).
#pragma once

#include "base/error.hpp"

#include <array>

namespace tokendeck::device::errors {

using base::ErrorCode;

// ---- one exchange ----
inline constexpr ErrorCode no_answer{"device.no-answer"};              // the deadline passed; limit: milliseconds
inline constexpr ErrorCode foreign_answers{"device.foreign-answers"};  // so it did, and another program's replies came
inline constexpr ErrorCode request_damaged{"device.request-damaged"};  // arrived damaged, was not executed
inline constexpr ErrorCode stopping{"device.stopping"};                // the program is ending

// ---- what a token's command status says ----
inline constexpr ErrorCode wrong_pin{"device.wrong-pin"};
inline constexpr ErrorCode not_authorised{"device.not-authorised"};  // the temporary password is no longer valid
inline constexpr ErrorCode wrong_slot{"device.wrong-slot"};          // subject: the slot
inline constexpr ErrorCode slot_not_programmed{"device.slot-not-programmed"};  // subject: the slot
inline constexpr ErrorCode time_refused{"device.time-refused"};  // the token remembers a later time than the computer's
inline constexpr ErrorCode name_refused{"device.name-refused"};
inline constexpr ErrorCode unknown_command{"device.unknown-command"};
inline constexpr ErrorCode unexpected_status{"device.unexpected-status"};  // actual: the status number
// What the token said cannot be, so it is not shown. field: "code", "admin-pin" or "user-pin" (its tries).
inline constexpr ErrorCode impossible_value{"device.impossible-value"};        // actual, limit where they are no secret
inline constexpr ErrorCode impossible_firmware{"device.impossible-firmware"};  // subject: the version said

// ---- refused before the token is asked ----
// No tries are left: of the user PIN, of the admin PIN, of either. And the same just after a wrong one that was the
// last.
inline constexpr ErrorCode user_pin_blocked{"device.user-pin-blocked"};
inline constexpr ErrorCode admin_pin_blocked{"device.admin-pin-blocked"};
inline constexpr ErrorCode both_pins_blocked{"device.both-pins-blocked"};
inline constexpr ErrorCode user_pin_used_up{"device.user-pin-used-up"};
inline constexpr ErrorCode admin_pin_used_up{"device.admin-pin-used-up"};
inline constexpr ErrorCode pin_too_short{"device.pin-too-short"};  // limit: bytes
inline constexpr ErrorCode pin_too_long{"device.pin-too-long"};    // limit: bytes
inline constexpr ErrorCode pin_has_zero{"device.pin-has-zero"};
inline constexpr ErrorCode new_pin_too_short{"device.new-pin-too-short"};  // field: which; limit: bytes
inline constexpr ErrorCode new_pin_too_long{"device.new-pin-too-long"};    // field: which; limit: bytes
inline constexpr ErrorCode pin_last_try{"device.pin-last-try"};            // one try left, and nobody agreed to use it
inline constexpr ErrorCode pins_differ{"device.pins-differ"};              // typed twice, not alike
inline constexpr ErrorCode admin_pin_needed{
    "device.admin-pin-needed"};                                        // the admin authentication that was held is gone
inline constexpr ErrorCode user_pin_needed{"device.user-pin-needed"};  // codes are PIN-protected
inline constexpr ErrorCode card_silent{
    "device.card-silent"};  // the token cannot reach its smart card: PINs do not work
inline constexpr ErrorCode firmware_not_served{"device.firmware-not-served"};  // actual, limit: minor version
inline constexpr ErrorCode model_not_served{"device.model-not-served"};        // subject: the model
inline constexpr ErrorCode no_such_token{"device.no-such-token"};              // not there, or no longer
inline constexpr ErrorCode no_active_token{"device.no-active-token"};          // none is open
inline constexpr ErrorCode wrong_token{"device.wrong-token"};    // another one is open than the command was meant for
inline constexpr ErrorCode kind_differs{"device.kind-differs"};  // a HOTP account for a TOTP slot, or the reverse
inline constexpr ErrorCode period_unusable{"device.period-unusable"};    // the slot's period; actual: seconds
inline constexpr ErrorCode slot_changed{"device.slot-changed"};          // since it was read; subject: the slot
inline constexpr ErrorCode edit_unsupported{"device.edit-unsupported"};  // the firmware cannot keep a secret
inline constexpr ErrorCode nothing_to_change{"device.nothing-to-change"};
inline constexpr ErrorCode setting_not_honoured{"device.setting-not-honoured"};  // field: "numlock" …
// This firmware types fewer HOTP slots by a lock key. field: "numlock" …; actual: the slot; limit: how many
inline constexpr ErrorCode lock_key_slot{"device.lock-key-slot"};
inline constexpr ErrorCode command_unsupported{"device.command-unsupported"};  // this model has no such command
inline constexpr ErrorCode card_busy{"device.card-busy"};  // another program is using the smart card
inline constexpr ErrorCode computer_clock_unusable{
    "device.computer-clock-unusable"};  // before 2014; actual: Unix seconds

// ---- writing, erasing and proving ----
inline constexpr ErrorCode echo_differs{
    "device.echo-differs"};  // before the commit: the slot is as it was; field: piece
inline constexpr ErrorCode write_broke_off{"device.write-broke-off"};  // at or after the commit; subject: cause's code
inline constexpr ErrorCode readback_differs{"device.readback-differs"};  // field: what differs
inline constexpr ErrorCode code_differs{
    "device.code-differs"};  // written, but the token's code is not the expected one
inline constexpr ErrorCode proof_unavailable{
    "device.proof-unavailable"};  // written, no code to compare; subject: cause
inline constexpr ErrorCode counter_not_restored{
    "device.counter-not-restored"};                                    // of an edit: right code, but the counter moved;
                                                                       // actual, limit: counter; subject: cause
inline constexpr ErrorCode erase_broke_off{"device.erase-broke-off"};  // subject: cause's code
inline constexpr ErrorCode erase_not_done{"device.erase-not-done"};    // the token said yes, yet the slot is programmed
inline constexpr ErrorCode clock_unsettled{
    "device.clock-unsettled"};  // exchanges too slow to know the code's time step
inline constexpr ErrorCode code_unanswered{"device.code-unanswered"};  // the crypto thread did not answer
// Quirk Q-P23; subject: the slot. What a full page of a HOTP counter leaves, until power is cut.
inline constexpr ErrorCode counter_stuck{"device.counter-stuck"};  // no code; the counter is where it was
inline constexpr ErrorCode code_void{"device.code-void"};  // no code; the counter is not where it was, or unread
inline constexpr ErrorCode flash_refuses{"device.flash-refuses"};  // nothing is stored; nothing was changed
// Remarks of other errors (base::Error::remark): the reply to what would have done it got lost.
inline constexpr ErrorCode counter_may_have_moved{"device.counter-may-have-moved"};  // a HOTP code
inline constexpr ErrorCode try_may_be_gone{"device.try-may-be-gone"};                // a PIN

// ---- care of the token ----
inline constexpr ErrorCode pin_refused{"device.pin-refused"};  // the card refused the new PIN; the old one stays
// The request was sent, and no answer came: the PIN may be the old or the new one.
inline constexpr ErrorCode pin_change_broke_off{"device.pin-change-broke-off"};  // subject: cause's code
inline constexpr ErrorCode pin_change_unproven{"device.pin-change-unproven"};  // said to be done, new PIN not accepted
inline constexpr ErrorCode config_broke_off{"device.config-broke-off"};
inline constexpr ErrorCode config_differs{"device.config-differs"};  // read back otherwise; field
inline constexpr ErrorCode reset_not_done{
    "device.reset-not-done"};  // said to be done, an account is still there (Q-P4)
inline constexpr ErrorCode reset_broke_off{"device.reset-broke-off"};
inline constexpr ErrorCode key_not_made{"device.key-not-made"};
inline constexpr ErrorCode key_broke_off{"device.key-broke-off"};
// An edited slot gives another code than before: its secret was not kept.
inline constexpr ErrorCode edit_changed_code{"device.edit-changed-code"};
// Remarks of CareDone: what is true besides.
inline constexpr ErrorCode reset_kept_config{"device.reset-kept-config"};  // settings could not be cleared
inline constexpr ErrorCode reset_kept_clock{"device.reset-kept-clock"};
inline constexpr ErrorCode reset_unverified{"device.reset-unverified"};  // no account was there to see vanish
inline constexpr ErrorCode reset_needs_key{"device.reset-needs-key"};    // password safe and volumes need a new key
inline constexpr ErrorCode reset_default_pins{"device.reset-default-pins"};
inline constexpr ErrorCode lock_keeps_passwords{"device.lock-keeps-passwords"};  // a Pro's lock is the safe's only
inline constexpr ErrorCode key_unverified{"device.key-unverified"};              // nothing tells whether it works

// ---- a check of the token: why a step was skipped, and what one found ----
inline constexpr ErrorCode check_no_free_slot{"device.check-no-free-slot"};  // of the step's kind
inline constexpr ErrorCode check_one_change{"device.check-one-change"};  // one PIN is good for one change (quirk Q-P8)
inline constexpr ErrorCode check_no_echo{"device.check-no-echo"};        // the old protocol repeats nothing
inline constexpr ErrorCode check_counter_small{"device.check-counter-small"};  // no counter that large fits
inline constexpr ErrorCode check_quick{"device.check-quick"};                  // not wanted
inline constexpr ErrorCode check_wrong_code{"device.check-wrong-code"};        // actual: counter or time step
inline constexpr ErrorCode check_wrong_counter{"device.check-wrong-counter"};  // actual: of the code; not one further
inline constexpr ErrorCode check_clock_off{"device.check-clock-off"};          // the next code came too early or late
inline constexpr ErrorCode check_tries_changed{"device.check-tries-changed"};  // field: which PIN's; actual: tries
inline constexpr ErrorCode check_slot_changed{"device.check-slot-changed"};    // another slot; subject: the slot
inline constexpr ErrorCode check_not_ours{"device.check-not-ours"};  // the slot holds something else; left alone

// ---- the surroundings ----
inline constexpr ErrorCode hidapi_missing{"device.hidapi-missing"};  // subject: what the loader said
inline constexpr ErrorCode simulation_unavailable{"device.simulation-unavailable"};
inline constexpr ErrorCode internal{"device.internal"};  // an exception was caught: a defect, or no memory

inline constexpr std::array all{no_answer,
                                foreign_answers,
                                request_damaged,
                                stopping,
                                wrong_pin,
                                not_authorised,
                                wrong_slot,
                                slot_not_programmed,
                                time_refused,
                                name_refused,
                                unknown_command,
                                unexpected_status,
                                impossible_value,
                                impossible_firmware,
                                user_pin_blocked,
                                admin_pin_blocked,
                                both_pins_blocked,
                                user_pin_used_up,
                                admin_pin_used_up,
                                pin_too_short,
                                pin_too_long,
                                pin_has_zero,
                                new_pin_too_short,
                                new_pin_too_long,
                                pin_last_try,
                                pins_differ,
                                admin_pin_needed,
                                user_pin_needed,
                                card_silent,
                                firmware_not_served,
                                model_not_served,
                                no_such_token,
                                no_active_token,
                                wrong_token,
                                kind_differs,
                                period_unusable,
                                slot_changed,
                                edit_unsupported,
                                nothing_to_change,
                                setting_not_honoured,
                                lock_key_slot,
                                command_unsupported,
                                card_busy,
                                computer_clock_unusable,
                                echo_differs,
                                write_broke_off,
                                readback_differs,
                                code_differs,
                                proof_unavailable,
                                counter_not_restored,
                                erase_broke_off,
                                erase_not_done,
                                clock_unsettled,
                                code_unanswered,
                                counter_stuck,
                                code_void,
                                flash_refuses,
                                counter_may_have_moved,
                                try_may_be_gone,
                                pin_refused,
                                pin_change_broke_off,
                                pin_change_unproven,
                                config_broke_off,
                                config_differs,
                                reset_not_done,
                                reset_broke_off,
                                key_not_made,
                                key_broke_off,
                                edit_changed_code,
                                reset_kept_config,
                                reset_kept_clock,
                                reset_unverified,
                                reset_needs_key,
                                reset_default_pins,
                                lock_keeps_passwords,
                                key_unverified,
                                check_no_free_slot,
                                check_one_change,
                                check_no_echo,
                                check_counter_small,
                                check_quick,
                                check_wrong_code,
                                check_wrong_counter,
                                check_clock_off,
                                check_tries_changed,
                                check_slot_changed,
                                check_not_ours,
                                hidapi_missing,
                                simulation_unavailable,
                                internal};

}  // namespace tokendeck::device::errors
