// What the doctor can find. `subject` is what it is about: a node, a program, a model.
#pragma once

#include "base/error.hpp"

#include <array>

namespace tokendeck::device::doctor_errors {

using base::ErrorCode;

// What came of asking a token; subject: its model.
inline constexpr ErrorCode token_ready{"doctor.token-ready"};
inline constexpr ErrorCode token_claimed{"doctor.token-claimed"};  // another program holds it alone
inline constexpr ErrorCode token_silent{"doctor.token-silent"};
inline constexpr ErrorCode token_crowded{"doctor.token-crowded"};  // only another program got its replies
inline constexpr ErrorCode token_unclear{"doctor.token-unclear"};  // its replies cannot be right
inline constexpr ErrorCode token_disturbed{
    "doctor.token-disturbed"};                               // some replies on the way were not right or not ours
inline constexpr ErrorCode token_gone{"doctor.token-gone"};  // pulled meanwhile
inline constexpr ErrorCode firmware_too_old{"doctor.firmware-too-old"};  // actual, limit: minor version
inline constexpr ErrorCode firmware_newer{"doctor.firmware-newer"};      // than any known; actual, limit: minor version
inline constexpr ErrorCode card_silent{"doctor.card-silent"};
inline constexpr ErrorCode card_in_use{"doctor.card-in-use"};  // by another program

inline constexpr ErrorCode no_token{"doctor.no-token"};                  // nothing of ours is on the bus
inline constexpr ErrorCode no_rule{"doctor.no-rule"};                    // subject: the node
inline constexpr ErrorCode rule_not_applied{"doctor.rule-not-applied"};  // subject: the node
inline constexpr ErrorCode no_seat{"doctor.no-seat"};                    // subject: the node
inline constexpr ErrorCode hidraw_closed{"doctor.hidraw-closed"};        // only the USB node may be opened
inline constexpr ErrorCode held{"doctor.held"};                          // subject: the program and its number
inline constexpr ErrorCode held_by_scdaemon{"doctor.held-by-scdaemon"};  // subject: likewise
inline constexpr ErrorCode held_by_pcscd{"doctor.held-by-pcscd"};
inline constexpr ErrorCode boot_loader{"doctor.boot-loader"};            // subject: model
inline constexpr ErrorCode model_not_served{"doctor.model-not-served"};  // subject: model
inline constexpr ErrorCode hidapi_missing{"doctor.hidapi-missing"};
inline constexpr ErrorCode clock_unsynchronised{"doctor.clock-unsynchronised"};
inline constexpr ErrorCode clock_absurd{"doctor.clock-absurd"};
inline constexpr ErrorCode clock_right{"doctor.clock-right"};
inline constexpr ErrorCode no_display{"doctor.no-display"};  // the command line's own finding

inline constexpr std::array all{token_ready,
                                token_claimed,
                                token_silent,
                                token_crowded,
                                token_unclear,
                                token_disturbed,
                                token_gone,
                                firmware_too_old,
                                firmware_newer,
                                card_silent,
                                card_in_use,
                                no_token,
                                no_rule,
                                rule_not_applied,
                                no_seat,
                                hidraw_closed,
                                held,
                                held_by_scdaemon,
                                held_by_pcscd,
                                boot_loader,
                                model_not_served,
                                hidapi_missing,
                                clock_unsynchronised,
                                clock_absurd,
                                clock_right,
                                no_display};

}  // namespace tokendeck::device::doctor_errors
