// Writing a slot until it is proven, and erasing one.
#include "base/error_number.hpp"
#include "device/errors.hpp"
#include "device/session.hpp"
#include "device/slot_summary.hpp"

#include <utility>

namespace tokendeck::device {

using base::Error;
using base::Result;
using channel::CommandFailed;
using channel::PinKind;
using channel::PinProblem;
using channel::SlotProven;
using channel::WriteStep;

CommandResult<SlotProven> Session::write(channel::WriteSlot& command) {
    // Everything that can be refused, before a PIN is sent or anything changes.
    const auto slot = code_of(command.slot);
    if (!slot.ok()) return slot.error();
    const std::uint8_t slot_code = slot.value();
    if (std::get<otp::NumberedSlot>(command.slot).kind != command.parameters.kind)
        return about_slot(errors::kind_differs, command.slot);
    otp::OtpEnrolment enrolment;
    enrolment.parameters = command.parameters;
    enrolment.secret = std::move(command.secret);
    const auto problems = otp::check_fit(enrolment, command.name, status_.limits);
    command.secret = std::move(enrolment.secret);
    for (const auto& problem : problems)
        if (problem.blocks) return problem.error;
    std::optional<AdminAuthentication> held;
    if (command.admin_pin.empty()) {
        held = std::exchange(admin_, std::nullopt);
        if (!held) return about_pin(PinKind::admin, errors::admin_pin_needed, PinProblem::Kind::missing);
    } else if (auto refused = check_tries(PinKind::admin, command.admin_pin, command.last_try)) {
        return std::move(*refused);
    }
    if (auto refused = check_user(command.user_pin, command.last_try)) return std::move(*refused);
    const bool totp = command.parameters.kind == otp::OtpKind::totp;
    if (totp) {
        if (auto ready = ready_clock(command.parameters.period, command.set_time_back); !ready.ok())
            return std::move(ready).error();
    }

    tools_.listener.progress(WriteStep::authenticating);
    if (auto failed = authenticate_user(command.user_pin)) return std::move(*failed);
    auto admin = held ? Result<AdminAuthentication>(std::move(*held)) : authenticate_admin(command.admin_pin);
    if (!admin.ok()) return authentication_failure(PinKind::admin, std::move(admin).error());

    const otp::SlotSummary before = place_of(command.slot);
    const otp::SlotSummary written = summary_of(command.slot, command.name, command.parameters);
    const std::uint8_t config = command.parameters.digits == 8 ? wire::config_eight_digits : std::uint8_t{0};
    const SlotContent content{command.name, command.secret.bytes(), command.parameters, config, {}};
    bool changed = false;
    if (auto done = put(admin.value(), slot_code, content, written, telling(), changed); !done.ok()) {
        // Another program authenticated since: the person has to say the PIN again.
        if (held && !changed && done.error().code == errors::not_authorised)
            return about_pin(PinKind::admin, errors::admin_pin_needed, PinProblem::Kind::forgotten);
        return put_failure(std::move(done).error(), changed, written, slot_code);
    }

    tools_.listener.progress(WriteStep::proving);
    SlotProven proven;
    auto failed = totp ? prove_totp(command, slot_code, proven) : prove_hotp(command, slot_code, proven);
    if (failed) {
        if (auto lost = not_stored(*failed, before)) return std::move(*lost);
        return std::move(*failed);
    }
    // The code is handed out, so it must not come again: a HOTP counter stays after it.
    const std::uint64_t counter_now = proven.slot.parameters.counter;
    proven.slot = written;
    if (!totp) proven.slot.parameters.counter = counter_now;
    proven.slot.state = otp::SlotState::proven;
    settle(proven.slot);
    if (command.hold_admin && !admin.value().spent()) admin_ = std::move(admin).value();
    proven.admin_pin_held = admin_pin_held();
    return proven;
}

Result<void> Session::ready_clock(std::uint32_t period, bool even_back) {
    if (exchanger_.take_others_seen()) token_clock_.forget();
    const Moment now = moment(tools_.clock);
    if (clock_right(period, now, now)) return {};
    auto set = set_clock(even_back);
    if (set.ok()) return set;
    return why_time_refused(std::move(set).error());
}

Result<void> Session::put(AdminAuthentication& admin, std::uint8_t slot_code, const SlotContent& content,
                          const otp::SlotSummary& written, const TellStep& tell_step, bool& changed) {
    const auto tell = [&](WriteStep step) {
        if (tell_step) tell_step(step);
    };
    changed = false;
    tell(WriteStep::sending);
    if (auto filled = driver_.prepare(admin, content); !filled.ok()) {
        driver_.flush();
        return filled;
    }
    tell(WriteStep::committing);
    auto committed = driver_.commit(admin, slot_code, content);
    changed = committed.ok() || driver_.may_have_changed();
    if (!changed) {
        driver_.flush();
        return committed;
    }
    const otp::SlotSummary before = place_of(written.id);
    otp::SlotSummary unsure = written;
    unsure.state = otp::SlotState::unsure;
    tools_.marks.put(card(), unsure);
    if (!committed.ok()) return committed;
    tell(WriteStep::reading_back);
    auto stored = read_back(written.id, slot_code, content);
    if (stored.ok() || stored.error().code != errors::readback_differs || !is_still(before, slot_code) ||
        !flash_refuses(true))
        return stored;
    changed = false;
    settle(before);
    return Error{.code = errors::flash_refuses, .field = "slot", .subject = otp::text(written.id)};
}

CommandFailed Session::put_failure(Error cause, bool changed, const otp::SlotSummary& written, std::uint8_t slot_code) {
    if (!changed) return failed_with(std::move(cause));
    if (cause.code != errors::readback_differs)
        return after_change(errors::write_broke_off, cause, written, otp::SlotState::unsure, slot_code);
    CommandFailed failure = failed_with(std::move(cause));
    failure.slot = mark(written, otp::SlotState::unsure, slot_code);
    return failure;
}

void Session::settle(const otp::SlotSummary& slot) {
    if (slot.state == otp::SlotState::programmed) tools_.marks.remove(card(), slot.id);
    else tools_.marks.put(card(), slot);
    for (auto& place : slots_)
        if (place.id == slot.id) place = slot;
}

Result<void> Session::read_back(const otp::SlotId& id, std::uint8_t slot_code, const SlotContent& content) {
    auto read = driver_.read_slot(slot_code);
    if (!read.ok()) return std::move(read).error();
    if (!read.value()) return Error{.code = errors::readback_differs, .field = "slot", .subject = otp::text(id)};
    const wire::Slot& slot = *read.value();
    const bool hotp = content.parameters.kind == otp::OtpKind::hotp;
    if (slot.name != content.name)
        return Error{.code = errors::readback_differs, .field = "name", .subject = otp::text(id)};
    if (slot.config != content.config)
        return Error{.code = errors::readback_differs, .field = "digits", .subject = otp::text(id)};
    const std::uint64_t wanted = hotp ? content.parameters.counter : content.parameters.period;
    if (slot.counter_or_interval != wanted) {
        return Error{.code = errors::readback_differs,
                     .field = hotp ? "counter" : "period",
                     .subject = otp::text(id),
                     .actual = base::number(slot.counter_or_interval),
                     .limit = base::number(wanted)};
    }
    return {};
}

std::optional<CommandFailed> Session::prove_totp(const channel::WriteSlot& command, std::uint8_t slot_code,
                                                 SlotProven& proven) {
    const otp::SlotSummary written = summary_of(command.slot, command.name, command.parameters);
    const std::uint32_t period = command.parameters.period;
    for (const bool last : {false, true}) {
        auto read = step_code(slot_code, period, command.set_time_back);
        if (!read.ok()) {
            forget_refused_user_pin(read.error());
            return after_change(errors::proof_unavailable, read.error(), written, otp::SlotState::unsure, slot_code);
        }
        for (std::uint64_t step = read.value().first_step; step <= read.value().last_step; ++step) {
            auto expected =
                tools_.oracle.expected(command.secret, command.parameters.algorithm, command.parameters.digits, step);
            if (!expected.ok())
                return after_change(errors::proof_unavailable, expected.error(), written, otp::SlotState::unsure,
                                    slot_code);
            if (!base::same(expected.value(), read.value().code)) continue;
            proven.code = std::move(read.value().code);
            proven.valid_from = step_begin(step, period);
            proven.valid_until = step_begin(step + 1, period);
            return std::nullopt;
        }
        // Where one PIN is one code there is no second one.
        if (status_.pin_protected_codes && !user_) break;
        // Before the account is called wrong: another program may have moved the token's clock.
        if (!last) token_clock_.forget();
    }
    Error cause{errors::code_differs, "GET_CODE"};
    return after_change(errors::code_differs, cause, written, otp::SlotState::mismatch, slot_code);
}

std::optional<CommandFailed> Session::prove_hotp(const channel::WriteSlot& command, std::uint8_t slot_code,
                                                 SlotProven& proven) {
    const otp::SlotSummary written = summary_of(command.slot, command.name, command.parameters);
    const std::uint64_t counter = command.parameters.counter;
    auto read = hotp_code(command.slot, slot_code, counter);
    if (!read.ok()) {
        forget_refused_user_pin(read.error());
        return after_change(errors::proof_unavailable, read.error(), written, otp::SlotState::unsure, slot_code);
    }
    auto expected =
        tools_.oracle.expected(command.secret, command.parameters.algorithm, command.parameters.digits, counter);
    if (!expected.ok())
        return after_change(errors::proof_unavailable, expected.error(), written, otp::SlotState::unsure, slot_code);
    if (!base::same(expected.value(), read.value().code)) {
        Error cause{errors::code_differs, "GET_CODE"};
        return after_change(errors::code_differs, cause, written, otp::SlotState::mismatch, slot_code);
    }
    const auto& after = read.value().after;
    proven.slot.parameters.counter = after ? after->counter_or_interval : counter + 1;
    proven.counter = counter;
    proven.code = std::move(read.value().code);
    return std::nullopt;
}

CommandResult<otp::SlotSummary> Session::erase(channel::EraseSlot command) {
    const auto slot = code_of(command.slot);
    if (!slot.ok()) return slot.error();
    const std::uint8_t slot_code = slot.value();
    if (auto refused = check_tries(PinKind::admin, command.admin_pin, command.last_try)) return std::move(*refused);
    auto admin = authenticate_admin(command.admin_pin);
    if (!admin.ok()) return authentication_failure(PinKind::admin, std::move(admin).error());
    return erase_with(admin.value(), command.slot, slot_code);
}

CommandResult<otp::SlotSummary> Session::erase_with(AdminAuthentication& admin, const otp::SlotId& slot,
                                                    std::uint8_t slot_code) {
    const otp::SlotSummary before = place_of(slot);
    const auto broke_off = [&](base::ErrorCode code, const Error& cause) {
        CommandFailed failure = failed_with(caused(code, cause));
        failure.slot = mark(before, otp::SlotState::unsure, slot_code);
        return failure;
    };
    if (auto erased = driver_.erase_slot(admin, slot_code); !erased.ok()) {
        if (!driver_.may_have_changed()) return std::move(erased).error();
        return broke_off(errors::erase_broke_off, erased.error());
    }
    auto read = driver_.read_slot(slot_code);
    if (!read.ok()) return broke_off(errors::erase_broke_off, read.error());
    if (read.value() && is_still(before, slot_code) && flash_refuses(true))
        return about_slot(errors::flash_refuses, slot);
    if (read.value()) return broke_off(errors::erase_not_done, about_slot(errors::erase_not_done, slot));
    tools_.marks.remove(card(), slot);
    return known(slot, read.value());
}

}  // namespace tokendeck::device
