// Changing a slot with its secret kept. The token is asked for a code before and after; that they are the same is the
// only proof that it kept the secret.
#include "base/error_number.hpp"
#include "device/errors.hpp"
#include "device/refusals.hpp"
#include "device/session.hpp"
#include "device/slot_summary.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tokendeck::device {
namespace {

using base::Error;
using base::Result;
using channel::CommandFailed;
using channel::PinKind;
using channel::SlotEdited;
using channel::WriteStep;

// The same code, also where one has 6 digits and the other 8: the shorter is the end of the longer.
bool same_code(const base::SecretText& a, const base::SecretText& b) {
    const std::size_t digits = std::min(a.size(), b.size());
    return base::equal_in_constant_time(a.bytes().last(digits), b.bytes().last(digits));
}

// The counter of a HOTP slot moves by use.
bool is_as_seen(const otp::SlotSummary& now, const otp::SlotSummary& seen) {
    return now.name == seen.name && now.parameters.kind == seen.parameters.kind &&
           now.parameters.digits == seen.parameters.digits &&
           (now.parameters.kind == otp::OtpKind::hotp || now.parameters.period == seen.parameters.period);
}

}  // namespace

struct Session::Edit {
    std::uint8_t slot_code;
    bool set_time_back;
    bool compare;              // codes can be read before and after
    otp::SlotSummary before;   // with its mark
    otp::SlotSummary written;  // what it is to be
    SlotContent content;       // the same, for the driver
    AdminAuthentication& admin;
    bool code_compared = false;

    [[nodiscard]] const otp::SlotId& id() const { return before.id; }
};

CommandResult<SlotEdited> Session::edit(channel::EditSlot command) {
    const auto slot = code_of(command.slot);
    if (!slot.ok()) return slot.error();
    const wire::FirmwareProfile& profile = driver_.profile();
    auto read = driver_.read_slot(slot.value());
    if (!read.ok()) return std::move(read).error();
    const otp::SlotSummary before = known(command.slot, read.value());
    if (!read.value() || !is_as_seen(before, command.seen)) {
        CommandFailed changed = failed_with(about_slot(errors::slot_changed, command.slot));
        changed.slot = before;
        return changed;
    }
    const wire::Slot& held = *read.value();
    const bool hotp = before.parameters.kind == otp::OtpKind::hotp;
    otp::OtpParameters wanted = command.parameters;
    // A counter that the person left alone stays where it is by now.
    if (hotp && wanted.counter == command.seen.parameters.counter) wanted.counter = before.parameters.counter;
    if (auto refused = refused_edit(before, command.name, wanted, status_)) return std::move(*refused);
    const bool moves = hotp ? wanted.counter != before.parameters.counter : wanted.period != before.parameters.period;

    // A Pro 0.7 takes one write for a PIN and gives one protected code for a PIN (quirk Q-P8). So nothing is compared
    // there if codes are protected, nor if the one write has to move the period or the counter, after which codes are
    // others anyway.
    const bool compare = !profile.password_once || (!status_.pin_protected_codes && !moves);
    if (auto refused = check_tries(PinKind::admin, command.admin_pin, command.last_try)) return std::move(*refused);
    if (compare) {
        if (auto refused = check_user(command.user_pin, command.last_try)) return std::move(*refused);
        if (!hotp) {
            if (auto ready = ready_clock(before.parameters.period, command.set_time_back); !ready.ok())
                return std::move(ready).error();
        }
    }

    tools_.listener.progress(WriteStep::authenticating);
    if (!compare) command.user_pin.clear();
    else if (auto failed = authenticate_user(command.user_pin)) return std::move(*failed);
    auto admin = authenticate_admin(command.admin_pin);
    if (!admin.ok()) return authentication_failure(PinKind::admin, std::move(admin).error());

    // The bits of the config byte that say how codes are typed stay, and so does the token id.
    const auto config = static_cast<std::uint8_t>((held.config & ~wire::config_eight_digits) |
                                                  (wanted.digits == 8 ? wire::config_eight_digits : 0));
    Edit edit{slot.value(),
              command.set_time_back,
              compare,
              before,
              summary_of(command.slot, command.name, wanted),
              SlotContent{command.name, {}, wanted, config, held.token_id},
              admin.value()};
    if (auto failed = hotp ? edit_hotp(edit) : edit_totp(edit)) return std::move(*failed);

    // What was known of the secret is still true of it. Only "proven" needs more: that its code is the same.
    edit.written.state = before.state;
    if (before.state == otp::SlotState::proven && !edit.code_compared) edit.written.state = otp::SlotState::programmed;
    settle(edit.written);
    return SlotEdited{.slot = edit.written, .code_compared = edit.code_compared};
}

Result<base::SecretText> Session::code_at(std::uint8_t slot_code, std::int64_t unix_seconds) {
    token_clock_.forget();
    if (auto set = driver_.set_time(unix_seconds, true); !set.ok()) return std::move(set).error();
    auto read = read_code(otp::OtpKind::totp, slot_code);
    if (!read.ok()) return std::move(read).error();
    driver_.flush();
    return wire::code_text(read.value().code);
}

std::optional<CommandFailed> Session::edit_totp(Edit& edit) {
    const std::uint32_t period = edit.before.parameters.period;
    const bool moves = edit.written.parameters.period != period;
    const bool two_writes = moves && edit.compare;
    SlotContent content = edit.content;
    if (two_writes) content.parameters.period = period;
    otp::SlotSummary written = summary_of(edit.id(), edit.written.name, content.parameters);

    // A code of a step before; with a period too short for that, of a second, as the token counts.
    base::SecretText code;
    std::uint64_t step = 0;
    const std::int64_t second = tools_.clock.unix_time().seconds();
    if (edit.compare && period >= certain_period) {
        auto read = step_code(edit.slot_code, period, edit.set_time_back);
        if (!read.ok()) return code_failure(std::move(read).error());
        code = std::move(read.value().code);
        step = read.value().first_step;
    } else if (edit.compare) {
        auto read = code_at(edit.slot_code, second);
        if (!read.ok()) return code_failure(std::move(read).error());
        code = std::move(read).value();
    }

    bool changed = false;
    if (auto done = put(edit.admin, edit.slot_code, content, written, telling(), changed); !done.ok())
        return put_failure(std::move(done).error(), changed, written, edit.slot_code);
    if (!edit.compare) return std::nullopt;

    tools_.listener.progress(WriteStep::proving);
    bool same = false;
    if (period >= certain_period) {
        auto read = step_code(edit.slot_code, period, edit.set_time_back);
        same = read.ok() && read.value().first_step == step && same_code(read.value().code, code);
    }
    if (!same) {
        // The step is over by now, or another program moved the clock in between. The token gives the code of any
        // moment once its clock is set to that: to the beginning of the same step. A second after the setting may
        // come at once, which only matters to a period of one or two.
        const std::int64_t begin = step_begin(step, period).seconds();
        const std::array<std::int64_t, 6> seconds{second, second + 1, second - 1, second, second + 1, second - 1};
        std::optional<Error> unreadable;
        for (std::size_t i = 0; i < seconds.size() && !same && !unreadable; ++i) {
            auto read = code_at(edit.slot_code, period >= certain_period ? begin : seconds[i]);
            if (read.ok()) same = same_code(read.value(), code);
            else unreadable = read.error();
            if (period >= certain_period && i == 1) break;
        }
        // Back to now. If that fails, the next code finds the clock unknown and sets it.
        if (!unplugged()) (void)set_clock(true);
        if (unreadable) {
            forget_refused_user_pin(*unreadable);
            return after_change(errors::proof_unavailable, *unreadable, written, otp::SlotState::unsure,
                                edit.slot_code);
        }
    }
    if (!same)
        return after_change(errors::edit_changed_code, Error{.code = errors::edit_changed_code, .field = "GET_CODE"},
                            written, otp::SlotState::mismatch, edit.slot_code);
    edit.code_compared = !moves;
    if (!two_writes) return std::nullopt;

    // The new period, after the secret was seen to be kept. Another period gives other codes: nothing to compare.
    if (auto done = put(edit.admin, edit.slot_code, edit.content, edit.written, telling(), changed); !done.ok()) {
        if (changed) return put_failure(std::move(done).error(), changed, edit.written, edit.slot_code);
        return after_change(errors::write_broke_off, done.error(), written, otp::SlotState::unsure, edit.slot_code);
    }
    return std::nullopt;
}

std::optional<CommandFailed> Session::edit_hotp(Edit& edit) {
    const std::uint64_t counter = edit.before.parameters.counter;
    // Reading a code moves the counter by one; the first write puts it back.
    base::SecretText code;
    const auto with_slot = [&](CommandFailed failure) {
        if (!failure.slot && !unplugged())
            if (auto read = driver_.read_slot(edit.slot_code); read.ok()) failure.slot = known(edit.id(), read.value());
        return failure;
    };
    // A code was used up to compare; whether the counter was put back is known only if it can be read.
    const auto used_up = [&](CommandFailed failure) {
        failure = with_slot(std::move(failure));
        auto now = unplugged() ? Result<std::optional<wire::Slot>>(std::optional<wire::Slot>{})
                               : driver_.read_slot(edit.slot_code);
        if (!now.ok() || !now.value() || now.value()->counter_or_interval != counter)
            failure.error.remark = errors::counter_may_have_moved;
        return failure;
    };
    if (edit.compare) {
        auto read = hotp_code(edit.id(), edit.slot_code, counter);
        if (!read.ok()) return with_slot(code_failure(std::move(read).error()));
        code = std::move(read.value().code);
    }
    SlotContent content = edit.content;
    if (edit.compare) content.parameters.counter = counter;
    const otp::SlotSummary written = summary_of(edit.id(), edit.written.name, content.parameters);
    bool changed = false;
    if (auto done = put(edit.admin, edit.slot_code, content, written, telling(), changed); !done.ok()) {
        auto failure = put_failure(std::move(done).error(), changed, written, edit.slot_code);
        return edit.compare ? used_up(std::move(failure)) : with_slot(std::move(failure));
    }
    // A Pro 0.7 that could not compare: the counter stands where it was wanted, which was read back; that the secret
    // was kept is the firmware's rule and was not seen.
    if (!edit.compare) return std::nullopt;

    tools_.listener.progress(WriteStep::proving);
    auto read = hotp_code(edit.id(), edit.slot_code, counter);
    if (!read.ok()) {
        forget_refused_user_pin(read.error());
        return used_up(
            after_change(errors::proof_unavailable, read.error(), written, otp::SlotState::unsure, edit.slot_code));
    }
    if (!same_code(read.value().code, code))
        return used_up(after_change(errors::edit_changed_code,
                                    Error{.code = errors::edit_changed_code, .field = "GET_CODE"}, written,
                                    otp::SlotState::mismatch, edit.slot_code));
    edit.code_compared = true;
    // A Pro 0.7 has no second write for this PIN: that the secret was kept is certain, and the counter stands one
    // further, because the code that shows it has been used up. A web site looks a few codes ahead.
    if (edit.admin.spent()) {
        ++edit.written.parameters.counter;
        return std::nullopt;
    }
    tools_.listener.progress(WriteStep::restoring_counter);
    if (auto done = put(edit.admin, edit.slot_code, edit.content, edit.written, {}, changed); !done.ok()) {
        CommandFailed failure = after_change(errors::counter_not_restored, done.error(), edit.written,
                                             otp::SlotState::unsure, edit.slot_code);
        failure.error.actual = done.error().actual;
        failure.error.limit = base::number(edit.written.parameters.counter);
        return failure;
    }
    return std::nullopt;
}

}  // namespace tokendeck::device
