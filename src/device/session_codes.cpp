// Codes, and the token's clock behind them.
#include "device/errors.hpp"
#include "device/refusals.hpp"
#include "device/session.hpp"
#include "device/slot_summary.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::device {
namespace {

using base::Error;
using base::Result;
using channel::CodeRead;
using channel::CommandFailed;
using channel::PinKind;

// 2014-01-01. The token counts minutes from here; an earlier time would spoil its memory of the last one (quirk
// Q-P18).
constexpr std::int64_t first_settable_time = 1'388'534'400;
// Seconds that must be left of a step where a code can be read only once.
constexpr std::int64_t careful_margin = 4;
// Rounds of setting and reading before an exchange is called too slow for this.
constexpr int rounds_max = 3;
// How often the clock is set when another program's requests push ours aside.
constexpr int set_time_attempts = 4;

}  // namespace

bool Session::clock_right(std::uint32_t period, const Moment& from, const Moment& until) const {
    const auto bounds = token_clock_.between(from, until);
    if (!bounds) return false;
    const std::uint64_t step = step_at(from.unix_time.seconds(), period);
    return step == step_at(until.unix_time.seconds(), period) && step == step_at(bounds->earliest, period) &&
           step == step_at(bounds->latest, period);
}

Result<void> Session::set_clock(bool even_back) {
    std::int64_t seconds = tools_.clock.unix_time().seconds();
    if (seconds < first_settable_time) {
        return Error{.code = errors::computer_clock_unusable, .field = "time", .actual = seconds};
    }
    // Beside another program the request may be lost. It is not repeated as it was: the time has gone on.
    const auto set_now = [&](bool hard) {
        for (int attempt = 1;; ++attempt) {
            seconds = tools_.clock.unix_time().seconds();
            auto set = driver_.set_time(seconds, hard);
            if (set.ok() || set.error().code != errors::foreign_answers || attempt == set_time_attempts) return set;
        }
    };
    auto set = set_now(false);
    if (!set.ok() && set.error().code == errors::time_refused) {
        if (!even_back)
            return flash_refuses_ ? Error{.code = errors::flash_refuses, .field = set.error().field} : set.error();
        set = set_now(true);
        // No time that it remembers is a reason to refuse this.
        flash_refuses_ = flash_refuses_ || (!set.ok() && set.error().code == errors::time_refused);
    }
    if (!set.ok()) {
        token_clock_.forget();
        return flash_refuses_ ? Error{.code = errors::flash_refuses, .field = set.error().field}
                              : std::move(set).error();
    }
    (void)exchanger_.take_others_seen();
    token_clock_.was_set(seconds, exchanger_.sent(), exchanger_.answered());
    tools_.listener.clock_set({seconds * 1000});
    return {};
}

Result<TimedCode> Session::read_code(otp::OtpKind kind, std::uint8_t slot_code) {
    auto read = driver_.get_code(kind, slot_code, user());
    if (user_ && user_->spent()) forget_user_pin();
    return read;
}

Result<Session::StepCode> Session::step_code(std::uint8_t slot_code, std::uint32_t period, bool even_back) {
    const bool certain = period >= certain_period;
    int sets = 0;
    for (int reads = 0; reads < rounds_max;) {
        if (exchanger_.stopping()) return Error{.code = errors::stopping, .field = "GET_CODE"};
        if (exchanger_.take_others_seen()) token_clock_.forget();
        const Moment now = moment(tools_.clock);
        // One PIN is one code here: its reading must not fall into two steps.
        if (user() != nullptr && driver_.profile().password_once && certain) {
            const std::int64_t seconds = now.unix_time.seconds();
            const std::int64_t margin = std::min<std::int64_t>(careful_margin, period / 2);
            if (step_at(seconds, period) != step_at(seconds + margin, period)) {
                sleep(base::Milliseconds{1000 - now.unix_time.milliseconds % 1000});
                continue;
            }
        }
        if (!clock_right(period, now, now)) {
            const std::int64_t seconds = now.unix_time.seconds();
            // In a step's last second the token may already be in the next one, whatever is done; and the code would
            // be worth nothing. So wait for the next.
            if (certain && step_at(seconds, period) != step_at(seconds + 1, period)) {
                sleep(base::Milliseconds{(seconds + 1) * 1000 - now.unix_time.milliseconds});
                continue;
            }
            if (sets++ == rounds_max) break;
            if (auto set = set_clock(even_back); !set.ok())
                return why_time_refused(std::move(set).error(), slot_code, period);
            if (certain) continue;
        }
        auto read = read_code(otp::OtpKind::totp, slot_code);
        if (!read.ok()) return std::move(read).error();
        driver_.flush();
        const TimedCode& timed = read.value();
        if (certain && !clock_right(period, timed.asked, timed.answered)) {
            ++reads;
            continue;
        }
        StepCode code;
        code.code = wire::code_text(timed.code);
        code.first_step = code.last_step = step_at(timed.asked.unix_time.seconds(), period);
        if (const auto bounds = token_clock_.between(timed.asked, timed.answered); bounds && !certain) {
            code.first_step = step_at(bounds->earliest, period);
            code.last_step = step_at(bounds->latest, period);
        }
        return code;
    }
    return Error{.code = errors::clock_unsettled, .field = "GET_CODE"};
}

void Session::sleep(base::Microseconds duration) {
    while (duration.count() > 0 && !exchanger_.stopping()) {
        const auto piece = std::min(duration, longest_pause);
        tools_.clock.sleep(piece);
        duration -= piece;
    }
}

CommandResult<CodeRead> Session::code(channel::GetCode command) {
    const auto slot_code = code_of(command.slot);
    if (!slot_code.ok()) return slot_code.error();
    auto read = driver_.read_slot(slot_code.value());
    if (!read.ok()) return std::move(read).error();
    CodeRead result;
    result.slot = known(command.slot, read.value());
    if (!read.value()) return about_slot(errors::slot_not_programmed, command.slot);
    const otp::OtpParameters parameters = result.slot.parameters;
    if (auto refused = refused_code(result.slot)) return std::move(*refused);
    if (auto refused = check_user(command.user_pin, command.last_try)) return std::move(*refused);
    if (auto failed = authenticate_user(command.user_pin)) return std::move(*failed);

    if (parameters.kind == otp::OtpKind::totp) {
        auto step = step_code(slot_code.value(), parameters.period, command.set_time_back);
        if (!step.ok()) return code_failure(std::move(step).error());
        result.code = std::move(step.value().code);
        if (result.code.size() != parameters.digits) return Error{.code = errors::impossible_value, .field = "code"};
        result.valid_from = step_begin(step.value().first_step, parameters.period);
        result.valid_until = step_begin(step.value().first_step + 1, parameters.period);
        return result;
    }
    auto hotp = hotp_code(command.slot, slot_code.value(), parameters.counter);
    if (!hotp.ok()) {
        CommandFailed failure = code_failure(std::move(hotp).error());
        if (failure.error.remark) failure.slot = place_of(command.slot);
        return failure;
    }
    result.code = std::move(hotp.value().code);
    result.counter = hotp.value().counter;
    if (hotp.value().after) result.slot = known(command.slot, hotp.value().after);
    else ++result.slot.parameters.counter;
    if (result.code.size() != parameters.digits) {
        CommandFailed failure = failed_with({.code = errors::impossible_value, .field = "code"});
        failure.slot = result.slot;
        return failure;
    }
    return result;
}

Result<Session::HotpCode> Session::hotp_code(const otp::SlotId& slot, std::uint8_t slot_code, std::uint64_t before) {
    auto read = read_code(otp::OtpKind::hotp, slot_code);
    if (!read.ok()) {
        Error error = std::move(read).error();
        if (!driver_.code_may_be_used_up()) return error;
        error.remark = errors::counter_may_have_moved;
        if (unplugged()) return error;
        const auto now = driver_.read_slot(slot_code);
        if (now.ok() && now.value() && now.value()->counter_or_interval == before) error.remark.reset();
        if (now.ok()) (void)known(slot, now.value());
        return error;
    }
    HotpCode code{wire::code_text(read.value().code), {}, {}};
    // Clears the code out of the token's reply buffer, too.
    auto after = driver_.read_slot(slot_code);
    if (after.ok()) code.after = std::move(after).value();
    const bool storage = model_->family == wire::Family::storage;
    const bool moved = code.after && code.after->counter_or_interval != before;
    if (!storage && code.after && !moved) {
        flash_refuses_ = true;
        return about_slot(errors::counter_stuck, slot);
    }
    // All zeros is what a Pro gives when it could not store the counter. By its sources it has moved the first time.
    if (!storage && read.value().code.value == 0 && flash_refuses(true)) return about_slot(errors::code_void, slot);
    // On a Storage the counter is every 504 codes where it was, and the same code comes once more (quirk Q-S9).
    if (code.after && (!moved || code.after->counter_or_interval == before + 1)) code.counter = before;
    return code;
}

}  // namespace tokendeck::device
