// Is an account on a token already? A token keeps one name a slot and gives no secret back, so the name decides.
#pragma once

#include "otp/enrolment.hpp"
#include "otp/slot.hpp"

#include <span>
#include <string_view>

namespace tokendeck::otp {

struct Duplicate {
    const SlotSummary* slot = nullptr;  // in use by what seems to be the same account; null: none is
    bool same_name = false;             // it has the name that is wanted
    bool same_account = false;          // its name is the issuer and the account that were read
};

// The first slot in use that holds `enrolment`, which is to be stored under `name`. `may_hold`: asked for each slot;
// false for those that do not count, such as the one that is to be overwritten.
template <typename MayHold>
[[nodiscard]] Duplicate find_duplicate(std::span<const SlotSummary> slots, const OtpEnrolment& enrolment,
                                       std::string_view name, MayHold&& may_hold) {
    const bool whose = !enrolment.issuer.empty() && !enrolment.account.empty();
    const std::string whole = whole_name(enrolment);
    for (const SlotSummary& slot : slots) {
        if (!occupied(slot) || !may_hold(slot)) continue;
        const Duplicate found{&slot, !name.empty() && slot.name == name, whose && slot.name == whole};
        if (found.same_name || found.same_account) return found;
    }
    return {};
}

}  // namespace tokendeck::otp
