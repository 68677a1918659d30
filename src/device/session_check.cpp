// A check of the token: what `write`, `code` and `erase` do, step by step with an account whose codes everybody knows.
//
// The rules of session.hpp hold. Besides: only a slot that the token says is free, asked just before, is written; the
// first step that does not pass ends the check; whatever ends it, the account is erased if the token still answers.
// RFC 6238 has codes for given moments. The token's clock is not set to those, because it would remember a time before
// 2014 as a later one than now (quirk Q-P18); two of them are read as counters, and the current ones are computed.
#include "base/error_number.hpp"
#include "device/errors.hpp"
#include "device/session.hpp"
#include "device/slot_summary.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace tokendeck::device {

using base::Error;
using base::Result;
using channel::CheckedStep;
using channel::CheckResult;
using channel::CheckStep;
using channel::CommandFailed;
using channel::PinKind;
using channel::WriteStep;

namespace {

constexpr const char* test_name = "tokendeck test";
// RFC 4226 appendix D; RFC 6238 appendix B for SHA-1.
constexpr std::string_view test_secret = "12345678901234567890";
constexpr std::array<std::string_view, 10> rfc4226_codes{"755224", "287082", "359152", "969429", "338314",
                                                         "254676", "287922", "162583", "399871", "520489"};
// The moments 1111111109 and 1111111111, 30 seconds a step.
constexpr std::uint64_t rfc6238_step = 37'037'036;
constexpr std::array<std::string_view, 2> rfc6238_codes{"07081804", "14050471"};
constexpr std::uint32_t test_period = 30;  // seconds

constexpr int timed_requests = 20;
// The token's clock is set to whole seconds, so it may be a second off either way.
constexpr base::Milliseconds looked_before{1300};
constexpr base::Milliseconds looked_after{4000};
// While it waits for a code it asks whether the token is there: one that is pulled is told soon.
constexpr base::Milliseconds still_there{1000};
constexpr base::Milliseconds looked_every{20};
// What token_clock.cpp counts on, in millionths.
constexpr std::int64_t slowest_clock = -19'600;
constexpr std::int64_t fastest_clock = 1'000;

base::SecretBytes secret_of_rfc() {
    return base::SecretBytes::copy_of({reinterpret_cast<const std::uint8_t*>(test_secret.data()), test_secret.size()});
}

struct Verdict {
    CheckResult result = CheckResult::passed;
    std::optional<Error> error{};
};

Verdict failed(Error error) {
    return {CheckResult::failed, std::move(error)};
}

Verdict skipped(Error error) {
    return {CheckResult::skipped, std::move(error)};
}

Error wrong_code(std::uint64_t factor) {
    return Error{.code = errors::check_wrong_code, .field = "GET_CODE", .actual = base::number(factor)};
}

bool is(const base::SecretText& code, std::string_view expected) {
    return base::same(code, base::SecretText::copy_of(expected));
}

}  // namespace

struct Session::Check {
    Check(Session& of, channel::CheckToken wanted) : session(of), command(std::move(wanted)) {
        for (std::size_t i = 0; i < channel::check_steps; ++i)
            done.steps.push_back(CheckedStep{static_cast<CheckStep>(i), CheckResult::not_reached, {}});
    }

    // When a code was last the old one, and first the new one.
    struct Change {
        base::SteadyTime still{};
        base::SteadyTime already{};
    };

    Session& session;
    channel::CheckToken command;
    channel::TokenChecked done{};
    std::optional<AdminAuthentication> admin{};
    std::optional<otp::SlotId> written{};  // holds the test account, or may
    std::optional<std::uint8_t> user_tries{};
    std::optional<std::uint8_t> admin_tries{};
    std::vector<otp::SlotSummary> slots{};  // as they were
    bool over = false;                      // a step did not pass, or no more is wanted

    // ---- steps ----

    [[nodiscard]] CheckedStep& at(CheckStep step) { return done.steps[static_cast<std::size_t>(step)]; }

    void begin(CheckStep step) {
        at(step).result = CheckResult::running;
        session.tools_.listener.checked(at(step));
    }

    void end(CheckStep step, Verdict verdict) {
        if (verdict.result == CheckResult::failed || verdict.result == CheckResult::unclear) over = true;
        at(step).result = verdict.result;
        at(step).error = std::move(verdict.error);
        session.tools_.listener.checked(at(step));
    }

    // True: nothing more is to be begun.
    [[nodiscard]] bool ended() {
        if (over) return true;
        if (session.tools_.listener.cancelled() || session.exchanger_.stopping()) done.cancelled = over = true;
        return over;
    }

    template <typename Action>
    void step(CheckStep which, Action action) {
        if (ended()) return;
        begin(which);
        end(which, action());
    }

    void skip(std::initializer_list<CheckStep> which, const Error& why) {
        for (const CheckStep step : which)
            if (!ended()) end(step, skipped(why));
    }

    // An error of an exchange: whether the token did what it was asked is not always known.
    [[nodiscard]] Verdict broke(Error error) const {
        const bool lost = session.unplugged() || session.driver_.reply_lost(error) || error.remark ||
                          error.code == errors::stopping || error.code == errors::foreign_answers ||
                          error.code == errors::code_unanswered || error.code == errors::clock_unsettled;
        return {lost ? CheckResult::unclear : CheckResult::failed, std::move(error)};
    }

    // ---- before anything is written ----

    Verdict read_state() {
        if (auto read = session.refresh(); !read.ok()) return broke(std::move(read).error());
        user_tries = session.status_.user_tries;
        admin_tries = session.status_.admin_tries;
        slots = session.slots_;
        return {};
    }

    Verdict time_answers() {
        std::vector<base::Microseconds> times;
        for (int i = 0; i < timed_requests; ++i) {
            const auto sent = session.tools_.clock.steady();
            if (auto read = session.driver_.state(); !read.ok()) return broke(std::move(read).error());
            times.push_back(std::chrono::duration_cast<base::Microseconds>(session.tools_.clock.steady() - sent));
        }
        std::ranges::sort(times);
        done.figures.usual_answer = times[times.size() / 2];
        done.figures.slowest_answer = times.back();
        return {};
    }

    // Each PIN is sent once.
    std::optional<CommandFailed> give_pins() {
        if (command.admin_pin.empty())
            return about_pin(PinKind::admin, errors::admin_pin_needed, channel::PinProblem::Kind::missing);
        if (auto refused = session.check_tries(PinKind::admin, command.admin_pin, command.last_try)) return refused;
        if (auto refused = session.check_user(command.user_pin, command.last_try)) return refused;
        if (auto refused = session.authenticate_user(command.user_pin)) return refused;
        auto accepted = session.authenticate_admin(command.admin_pin);
        if (!accepted.ok()) return session.authentication_failure(PinKind::admin, std::move(accepted).error());
        admin = std::move(accepted).value();
        return std::nullopt;
    }

    [[nodiscard]] std::optional<otp::SlotId> free_slot(otp::OtpKind kind) const {
        for (const otp::SlotSummary& slot : session.slots_) {
            const auto* numbered = std::get_if<otp::NumberedSlot>(&slot.id);
            if (numbered != nullptr && numbered->kind == kind && !otp::occupied(slot)) return slot.id;
        }
        return std::nullopt;
    }

    // ---- the account ----

    // What the slot holds is what this check has put there. Nothing: it is empty.
    [[nodiscard]] Result<std::optional<wire::Slot>> look(const otp::SlotId& slot) {
        const auto slot_code = session.code_of(slot);
        if (!slot_code.ok()) return slot_code.error();
        auto read = session.driver_.read_slot(slot_code.value());
        if (read.ok() && read.value() && (written != slot || read.value()->name != test_name))
            return about_slot(errors::check_not_ours, slot);
        return read;
    }

    // `begun`: the step as it begins. An error is the cause; `written` says whether the slot may hold the account.
    Result<void> write(const otp::SlotId& slot, const otp::OtpParameters& parameters, const TellStep& begun) {
        if (auto there = look(slot); !there.ok()) return std::move(there).error();
        const auto slot_code = session.code_of(slot);
        if (!slot_code.ok()) return slot_code.error();
        const base::SecretBytes secret = secret_of_rfc();
        const std::uint8_t config = parameters.digits == 8 ? wire::config_eight_digits : std::uint8_t{0};
        const SlotContent content{test_name, secret.bytes(), parameters, config, {}};
        bool changed = false;
        auto put =
            session.put(*admin, slot_code.value(), content, summary_of(slot, test_name, parameters), begun, changed);
        if (changed) written = slot;
        return put;
    }

    void write_in_steps(const otp::SlotId& slot, const otp::OtpParameters& parameters, CheckStep echo,
                        CheckStep read_back) {
        if (ended()) return;
        begin(echo);
        bool echoed = false;
        auto put = write(slot, parameters, [&](WriteStep now) {
            if (now != WriteStep::committing) return;
            echoed = true;
            if (session.driver_.profile().authorises_packets) end(echo, skipped(Error{errors::check_no_echo}));
            else end(echo, {});
            begin(read_back);
        });
        if (!put.ok()) end(echoed ? read_back : echo, broke(std::move(put).error()));
        else end(read_back, {});
    }

    // Whatever has happened, if the token still answers.
    void erase(CheckStep step) {
        if (!written) return;
        const otp::SlotId slot = *written;
        const bool was_over = over;
        begin(step);
        session.exchanger_.finish_all_the_same(true);
        Verdict verdict;
        const auto slot_code = session.code_of(slot);
        auto there = look(slot);
        if (!there.ok()) {
            verdict = broke(std::move(there).error());
        } else if (!there.value()) {
            session.tools_.marks.remove(session.card(), slot);
            (void)session.known(slot, std::nullopt);
        } else if (auto erased = session.erase_with(*admin, slot, slot_code.value()); !erased.ok()) {
            verdict = broke(std::move(erased.failure().error));
        }
        session.exchanger_.finish_all_the_same(false);
        if (verdict.result == CheckResult::passed) written.reset();
        end(step, std::move(verdict));
        over = over || was_over;
    }

    // ---- counter-based ----

    // The codes from `first` on, one after the other, are these, and the counter goes on by one with each.
    template <std::size_t Count>
    Verdict read_counter_codes(const otp::SlotId& slot, std::uint64_t first,
                               const std::array<std::string_view, Count>& codes) {
        const auto slot_code = session.code_of(slot);
        if (!slot_code.ok()) return broke(slot_code.error());
        for (std::size_t i = 0; i < Count; ++i) {
            const std::uint64_t counter = first + i;
            auto read = session.hotp_code(slot, slot_code.value(), counter);
            if (!read.ok()) return broke(session.code_failure(std::move(read).error()).error);
            if (!is(read.value().code, codes[i])) return failed(wrong_code(counter));
            const auto& after = read.value().after;
            Error error{.code = errors::check_wrong_counter, .field = "READ_SLOT", .actual = base::number(counter)};
            if (!after) return {CheckResult::unclear, std::move(error)};
            if (after->counter_or_interval != counter + 1) return failed(std::move(error));
        }
        return {};
    }

    void counter_account() {
        using enum CheckStep;
        const auto slot = free_slot(otp::OtpKind::hotp);
        if (!slot) {
            skip({counter_echo, counter_read_back, counter_codes, counter_large, counter_erased},
                 Error{.code = errors::check_no_free_slot, .field = otp::name(otp::OtpKind::hotp)});
            return;
        }
        otp::OtpParameters parameters;
        parameters.kind = otp::OtpKind::hotp;
        parameters.digits = 6;
        parameters.counter = 0;
        write_in_steps(*slot, parameters, counter_echo, counter_read_back);
        step(counter_codes, [&] { return read_counter_codes(*slot, 0, rfc4226_codes); });
        if (session.status_.limits.counter_max < rfc6238_step + rfc6238_codes.size()) {
            skip({counter_large}, Error{errors::check_counter_small});
        } else {
            step(counter_large, [&]() -> Verdict {
                parameters.digits = 8;
                parameters.counter = rfc6238_step;
                if (auto put = write(*slot, parameters, {}); !put.ok()) return broke(std::move(put).error());
                return read_counter_codes(*slot, rfc6238_step, rfc6238_codes);
            });
        }
        erase(counter_erased);
    }

    // ---- time-based ----

    Result<base::SecretText> expected(std::uint64_t time_step) {
        return session.tools_.oracle.expected(secret_of_rfc(), otp::HashAlgorithm::sha1, 8, time_step);
    }

    Verdict current_code(std::uint8_t slot_code, std::uint64_t& time_step) {
        auto read = session.step_code(slot_code, test_period, command.set_time_back);
        if (!read.ok()) return broke(session.code_failure(std::move(read).error()).error);
        time_step = read.value().first_step;
        auto right = expected(time_step);
        if (!right.ok()) return broke(std::move(right).error());
        if (!base::same(right.value(), read.value().code)) return failed(wrong_code(time_step));
        return {};
    }

    // Looks on while the code of `time_step` becomes the next one.
    Verdict see_change(std::uint8_t slot_code, std::uint64_t time_step, Change& change) {
        auto old_code = expected(time_step);
        if (!old_code.ok()) return broke(std::move(old_code).error());
        auto new_code = expected(time_step + 1);
        if (!new_code.ok()) return broke(std::move(new_code).error());
        const std::int64_t due = step_begin(time_step + 1, test_period).milliseconds;
        const auto now = [&] { return session.tools_.clock.unix_time().milliseconds; };
        base::SteadyTime asked = session.tools_.clock.steady();
        while (now() < due - looked_before.count()) {
            if (ended()) return {CheckResult::not_reached, {}};
            if (session.tools_.clock.steady() - asked >= still_there) {
                if (auto there = session.driver_.state(); !there.ok()) return broke(std::move(there).error());
                asked = session.tools_.clock.steady();
            }
            session.sleep(std::min<base::Microseconds>(base::Milliseconds{due - looked_before.count() - now()},
                                                       base::Milliseconds{200}));
        }
        for (bool seen = false;;) {
            if (ended()) return {CheckResult::not_reached, {}};
            auto read = session.read_code(otp::OtpKind::totp, slot_code);
            if (!read.ok()) return broke(session.code_failure(std::move(read).error()).error);
            const base::SecretText code = wire::code_text(read.value().code);
            const bool late = now() > due + looked_after.count();
            if (base::same(code, old_code.value())) {
                change.still = read.value().asked.steady;
                seen = true;
                if (late) return failed(Error{errors::check_clock_off});
            } else if (base::same(code, new_code.value())) {
                change.already = read.value().answered.steady;
                if (!seen) return failed(Error{errors::check_clock_off});
                return {};
            } else {
                return failed(wrong_code(time_step + 1));
            }
            session.sleep(looked_every);
        }
    }

    Verdict rate(const Change& first, const Change& second) {
        if (session.exchanger_.take_others_seen())
            return {CheckResult::unclear, Error{.code = errors::foreign_answers, .field = "GET_CODE"}};
        const auto micros = [](base::SteadyTime from, base::SteadyTime until) {
            return std::chrono::duration_cast<base::Microseconds>(until - from).count();
        };
        const std::int64_t least = micros(first.already, second.still);
        const std::int64_t most = micros(first.still, second.already);
        if (least <= 0) return failed(Error{errors::check_clock_off});
        const std::int64_t counted = std::int64_t{test_period} * 1'000'000;
        const std::int64_t slow = counted * 1'000'000 / most - 1'000'000;
        const std::int64_t fast = counted * 1'000'000 / least - 1'000'000;
        done.figures.clock_ppm = static_cast<std::int32_t>((slow + fast) / 2);
        done.figures.clock_ppm_error = static_cast<std::int32_t>((fast - slow + 1) / 2);
        if (fast < slowest_clock || slow > fastest_clock) {
            Error error{.code = errors::check_clock_off, .actual = *done.figures.clock_ppm};
            return failed(std::move(error));
        }
        return {};
    }

    void time_account() {
        using enum CheckStep;
        const auto slot = free_slot(otp::OtpKind::totp);
        if (!slot) {
            skip({clock_set, time_echo, time_read_back, time_code, time_steps, clock_rate, time_erased},
                 Error{.code = errors::check_no_free_slot, .field = otp::name(otp::OtpKind::totp)});
            return;
        }
        // A token that remembers a later time is no broken one, and its owner has to say whether it may be set back.
        std::optional<Error> refused;
        step(clock_set, [&]() -> Verdict {
            auto ready = session.ready_clock(test_period, command.set_time_back);
            if (ready.ok()) return {};
            if (ready.error().code != errors::time_refused) return broke(std::move(ready).error());
            refused = ready.error();
            return skipped(std::move(ready).error());
        });
        if (refused) {
            skip({time_echo, time_read_back, time_code, time_steps, clock_rate, time_erased}, *refused);
            return;
        }
        const auto slot_code = session.code_of(*slot);
        if (!slot_code.ok()) return;
        otp::OtpParameters parameters;
        parameters.kind = otp::OtpKind::totp;
        parameters.digits = 8;
        parameters.period = test_period;
        write_in_steps(*slot, parameters, time_echo, time_read_back);
        std::uint64_t now = 0;
        step(time_code, [&] { return current_code(slot_code.value(), now); });
        if (command.quick) {
            skip({time_steps, clock_rate}, Error{errors::check_quick});
        } else {
            Change first, second;
            (void)session.exchanger_.take_others_seen();
            step(time_steps, [&]() -> Verdict {
                if (auto seen = see_change(slot_code.value(), now, first); seen.result != CheckResult::passed)
                    return seen;
                return see_change(slot_code.value(), now + 1, second);
            });
            step(clock_rate, [&] { return rate(first, second); });
            session.driver_.flush();
        }
        erase(time_erased);
    }

    // ---- afterwards ----

    Verdict tries_kept() {
        const auto& status = session.status_;
        for (const PinKind kind : {PinKind::user, PinKind::admin}) {
            const bool user = kind == PinKind::user;
            const auto before = user ? user_tries : admin_tries;
            const auto now = user ? status.user_tries : status.admin_tries;
            const bool sent = user ? status.pin_protected_codes : admin.has_value();
            // A PIN that was accepted gets all its tries back.
            if (!before || before == now || (sent && now == tries_max)) continue;
            if (!now) return {CheckResult::unclear, Error{.code = errors::card_silent, .field = field_of(kind)}};
            Error error{.code = errors::check_tries_changed, .field = field_of(kind), .actual = *now};
            return failed(std::move(error));
        }
        return {};
    }

    Verdict slots_kept() {
        for (const otp::SlotSummary& before : slots) {
            const otp::SlotSummary now = session.place_of(before.id);
            if (now != before && written != before.id) return failed(about_slot(errors::check_slot_changed, before.id));
        }
        return {};
    }

    // Also after a step that did not pass, unless nothing can be learned any more.
    void look_afterwards() {
        if (slots.empty() || session.unplugged() || session.exchanger_.stopping()) return;
        const bool was_over = std::exchange(over, false);
        begin(CheckStep::tries_kept);
        if (auto read = session.refresh(); !read.ok()) {
            end(CheckStep::tries_kept, broke(std::move(read).error()));
        } else {
            end(CheckStep::tries_kept, tries_kept());
            begin(CheckStep::slots_kept);
            end(CheckStep::slots_kept, slots_kept());
        }
        over = over || was_over;
    }

    // ---- all of it ----

    std::optional<CommandFailed> run() {
        using enum CheckStep;
        step(state, [&] { return read_state(); });
        step(answer_times, [&] { return time_answers(); });
        if (channel::check_writes(session.status_, session.slots_)) {
            if (!ended()) {
                begin(pins);
                if (auto refused = give_pins()) return refused;
                end(pins, {});
            }
            counter_account();
            time_account();
        } else {
            const bool one_change = session.status_.abilities.pin_per_command;
            skip({pins, counter_echo, counter_read_back, counter_codes, counter_large, counter_erased, clock_set,
                  time_echo, time_read_back, time_code, time_steps, clock_rate, time_erased},
                 Error{one_change ? errors::check_one_change : errors::check_no_free_slot});
        }
        look_afterwards();
        for (CheckedStep& left : done.steps)
            if (left.result == CheckResult::running) left.result = CheckResult::not_reached;
        return std::nullopt;
    }
};

CommandResult<channel::TokenChecked> Session::check(channel::CheckToken command) {
    Check check(*this, std::move(command));
    if (auto refused = check.run()) return std::move(*refused);
    check.done.status = status_;
    check.done.slots = slots_;
    check.done.left = check.written;
    return std::move(check.done);
}

}  // namespace tokendeck::device
