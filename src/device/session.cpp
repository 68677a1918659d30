#include "device/session.hpp"

#include "device/errors.hpp"
#include "device/token_status.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::device {
namespace {

using base::Error;
using base::Result;
using channel::PinKind;
using channel::WriteStep;

// 2014-01-01. The token counts minutes from here; an earlier time would spoil its memory of the last one.
constexpr std::int64_t first_settable_time = 1'388'534'400;
// A code's time step is certain only if the step is longer than what a setting leaves open, a second either way.
constexpr std::uint32_t certain_period = 3;
// Seconds that must be left of a step where a code can be read only once.
constexpr std::int64_t careful_margin = 4;
// Rounds of setting and reading before an exchange is called too slow for this.
constexpr int rounds_max = 3;

std::uint64_t step_at(std::int64_t unix_seconds, std::uint32_t period) {
    return otp::time_step(std::max<std::int64_t>(0, unix_seconds), period);
}

base::UnixTime step_begin(std::uint64_t step, std::uint32_t period) {
    return {static_cast<std::int64_t>(step * period) * 1000};
}

otp::SlotSummary summary_of(const otp::SlotId& id, const wire::Slot& slot) {
    otp::SlotSummary summary;
    summary.id = id;
    summary.state = otp::SlotState::programmed;
    summary.name = slot.name;
    summary.parameters.kind = std::get<otp::NumberedSlot>(id).kind;
    summary.parameters.digits = (slot.config & wire::config_eight_digits) != 0 ? 8 : 6;
    if (summary.parameters.kind == otp::OtpKind::hotp) summary.parameters.counter = slot.counter_or_interval;
    else  // what the firmware calculates with, whatever another program stored (quirk Q-P21)
        summary.parameters.period = static_cast<std::uint32_t>(slot.counter_or_interval & 0xFFFF);
    return summary;
}

otp::SlotSummary summary_of(const channel::WriteSlot& command) {
    otp::SlotSummary summary{command.slot, otp::SlotState::programmed, command.name, command.parameters};
    if (command.parameters.kind == otp::OtpKind::hotp) summary.parameters.period = otp::OtpParameters{}.period;
    else summary.parameters.counter = 0;
    return summary;
}

std::optional<std::int64_t> number(std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
    return static_cast<std::int64_t>(value);
}

Error about_slot(base::ErrorCode code, const otp::SlotId& slot) {
    return Error{code, "slot", otp::text(slot)};
}

}  // namespace

Session::Session(const channel::TokenInfo& info, const wire::Model& model, std::unique_ptr<wire::Transport> transport,
                 const SessionTools& tools, std::uint16_t first_nonce)
    : info_(info),
      model_(&model),
      transport_(std::move(transport)),
      tools_(tools),
      exchanger_(*transport_, tools.clock, tools.log, first_nonce, tools.stop),
      driver_(exchanger_, model) {}

Result<std::unique_ptr<Session>> Session::open(const channel::TokenInfo& info, const wire::Model& model,
                                               std::unique_ptr<wire::Transport> transport, const SessionTools& tools) {
    std::uint8_t nonce[2] = {};
    if (auto filled = tools.random.fill(nonce); !filled.ok()) return std::move(filled).error();
    std::unique_ptr<Session> session(
        new Session(info, model, std::move(transport), tools, static_cast<std::uint16_t>(nonce[0] | nonce[1] << 8)));
    if (auto read = session->refresh(); !read.ok()) return std::move(read).error();
    return session;
}

std::string Session::card() const {
    // The simulated token's serial may equal a real one's; a token whose card is silent has none.
    const std::string kind = info_.model + (info_.simulated ? "/simulated/" : "/");
    return kind + (status_.card_serial.empty() ? info_.key : status_.card_serial);
}

Result<void> Session::read_status() {
    auto read = driver_.state();
    if (!read.ok()) return std::move(read).error();
    fill_status(read.value(), driver_.profile(), *model_, status_);
    info_.card_serial = status_.card_serial;
    status_.info = info_;
    status_.user_pin_held = status_.pin_protected_codes && user_.has_value();
    return {};
}

Result<void> Session::refresh() {
    if (auto read = read_status(); !read.ok()) return read;
    if (!status_.pin_protected_codes) user_.reset();
    for (const PinKind kind : {PinKind::user, PinKind::admin}) {
        auto tries = driver_.tries_left(kind);
        if (!tries.ok()) return std::move(tries).error();
        (kind == PinKind::user ? status_.user_tries : status_.admin_tries) = tries.value();
    }

    std::vector<otp::SlotSummary> slots;
    for (const otp::OtpKind kind : {otp::OtpKind::hotp, otp::OtpKind::totp}) {
        const unsigned count = kind == otp::OtpKind::hotp ? status_.limits.hotp_slots : status_.limits.totp_slots;
        for (unsigned i = 1; i <= count; ++i) {
            const otp::SlotId id = otp::NumberedSlot{kind, static_cast<std::uint8_t>(i)};
            auto code = code_of(id);
            if (!code.ok()) return std::move(code).error();
            auto read = driver_.read_slot(code.value());
            if (!read.ok()) return std::move(read).error();
            slots.push_back(known(id, read.value()));
        }
    }
    slots_ = std::move(slots);
    return {};
}

Result<std::uint8_t> Session::code_of(const otp::SlotId& slot) const {
    if (const auto code = wire::slot_code(slot, status_.limits)) return *code;
    return about_slot(errors::wrong_slot, slot);
}

otp::SlotSummary Session::known(const otp::SlotId& slot, const std::optional<wire::Slot>& read) {
    otp::SlotSummary summary;
    if (read) {
        summary = summary_of(slot, *read);
    } else {
        summary.id = slot;
        summary.parameters.kind = std::get<otp::NumberedSlot>(slot).kind;
    }
    tools_.marks.apply(card(), summary);
    for (auto& place : slots_)
        if (place.id == slot) place = summary;
    return summary;
}

otp::SlotSummary Session::mark(const otp::SlotSummary& written, otp::SlotState state, std::uint8_t slot_code) {
    otp::SlotSummary marked = written;
    marked.state = state;
    tools_.marks.put(card(), marked);
    if (!unplugged()) {
        if (auto read = driver_.read_slot(slot_code); read.ok()) return known(written.id, read.value());
    }
    for (auto& place : slots_)
        if (place.id == written.id) place = marked;
    return marked;
}

Failure Session::after_commit(base::ErrorCode code, const Error& cause, const channel::WriteSlot& command,
                              otp::SlotState state, std::uint8_t slot_code) {
    Failure failure{Error{code, cause.field, std::string(cause.code.name)}};
    failure.slot = mark(summary_of(command), state, slot_code);
    return failure;
}

// ---- PINs ----

std::optional<Failure> Session::check_tries(PinKind kind, const base::SecretText& pin, bool last_try,
                                            std::size_t most) {
    if (auto form = check_pin(kind, pin, most); !form.ok()) return Failure{std::move(form).error(), {}, kind};
    auto tries = driver_.tries_left(kind);
    if (!tries.ok()) return Failure{std::move(tries).error(), {}, kind};
    (kind == PinKind::user ? status_.user_tries : status_.admin_tries) = tries.value();
    if (!tries.value()) return Failure{Error{errors::card_silent, field_of(kind)}, {}, kind};
    if (*tries.value() == 0) return Failure{Error{errors::pin_blocked, field_of(kind)}, {}, kind, std::uint8_t{0}};
    if (*tries.value() == 1 && !last_try)
        return Failure{Error{errors::pin_last_try, field_of(kind)}, {}, kind, std::uint8_t{1}};
    return std::nullopt;
}

Failure Session::authentication_failure(PinKind kind, Error error) {
    if (error.code == errors::wrong_pin) error.field = field_of(kind);
    Failure failure{std::move(error), {}, kind};
    if (unplugged()) return failure;
    if (auto tries = driver_.tries_left(kind); tries.ok()) {
        (kind == PinKind::user ? status_.user_tries : status_.admin_tries) = tries.value();
        failure.tries_left = tries.value();
    }
    return failure;
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

// ---- time ----

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
        Error error{errors::computer_clock_unusable, "time"};
        error.actual = seconds;
        return error;
    }
    auto set = driver_.set_time(seconds, false);
    if (!set.ok() && set.error().code == errors::time_refused) {
        if (!even_back) return set;
        seconds = tools_.clock.unix_time().seconds();
        set = driver_.set_time(seconds, true);
    }
    if (!set.ok()) {
        token_clock_.forget();
        return set;
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

void Session::forget_user_pin() {
    user_.reset();
    status_.user_pin_held = false;
}

Result<Session::StepCode> Session::step_code(std::uint8_t slot_code, std::uint32_t period, bool even_back) {
    const bool certain = period >= certain_period;
    int sets = 0;
    for (int reads = 0; reads < rounds_max;) {
        if (exchanger_.stopping()) return Error{errors::stopping, "GET_CODE"};
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
            if (auto set = set_clock(even_back); !set.ok()) return std::move(set).error();
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
    return Error{errors::clock_unsettled, "GET_CODE"};
}

void Session::sleep(base::Microseconds duration) {
    while (duration.count() > 0 && !exchanger_.stopping()) {
        const auto piece = std::min(duration, longest_pause);
        tools_.clock.sleep(piece);
        duration -= piece;
    }
}

// ---- commands ----

Outcome<SlotCode> Session::code(channel::GetCode command) {
    const auto slot_code = code_of(command.slot);
    if (!slot_code.ok()) return slot_code.error();
    auto read = driver_.read_slot(slot_code.value());
    if (!read.ok()) return std::move(read).error();
    SlotCode result;
    result.slot = known(command.slot, read.value());
    if (!read.value()) return about_slot(errors::slot_not_programmed, command.slot);
    const otp::OtpParameters& parameters = result.slot.parameters;
    if (parameters.kind == otp::OtpKind::totp && parameters.period == 0) {
        Error error = about_slot(errors::period_unusable, command.slot);
        error.actual = 0;
        return error;
    }
    if (auto refused = check_user(command.user_pin, command.last_try)) return std::move(*refused);
    if (auto failed = authenticate_user(command.user_pin)) return std::move(*failed);

    if (parameters.kind == otp::OtpKind::totp) {
        auto step = step_code(slot_code.value(), parameters.period, command.set_time_back);
        if (!step.ok()) return code_failure(std::move(step).error());
        result.code = std::move(step.value().code);
        result.valid_from = step_begin(step.value().first_step, parameters.period);
        result.valid_until = step_begin(step.value().first_step + 1, parameters.period);
        return result;
    }
    auto hotp = read_code(otp::OtpKind::hotp, slot_code.value());
    if (!hotp.ok()) return code_failure(std::move(hotp).error());
    result.code = wire::code_text(hotp.value().code);
    // Clears the code out of the token's reply buffer, and tells where the counter is now.
    read = driver_.read_slot(slot_code.value());
    if (read.ok() && read.value()) result.slot = known(command.slot, read.value());
    else ++result.slot.parameters.counter;
    return result;
}

Outcome<SlotCode> Session::write(channel::WriteSlot& command) {
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
    if (auto refused = check_tries(PinKind::admin, command.admin_pin, command.last_try)) return std::move(*refused);
    if (auto refused = check_user(command.user_pin, command.last_try)) return std::move(*refused);
    if (command.parameters.kind == otp::OtpKind::totp) {
        // A token that refuses the time could not prove its code afterwards.
        if (exchanger_.take_others_seen()) token_clock_.forget();
        const Moment now = moment(tools_.clock);
        if (!clock_right(command.parameters.period, now, now)) {
            if (auto set = set_clock(command.set_time_back); !set.ok()) return std::move(set).error();
        }
    }

    tools_.listener.progress(WriteStep::authenticating);
    if (auto failed = authenticate_user(command.user_pin)) return std::move(*failed);
    auto admin = driver_.authenticate_admin(command.admin_pin, tools_.random);
    command.admin_pin.clear();
    if (!admin.ok()) return authentication_failure(PinKind::admin, std::move(admin).error());

    tools_.listener.progress(WriteStep::sending);
    const std::uint8_t config = command.parameters.digits == 8 ? wire::config_eight_digits : std::uint8_t{0};
    const SlotContent content{command.name, command.secret.bytes(), command.parameters, config};
    if (auto filled = driver_.prepare(admin.value(), content); !filled.ok()) {
        driver_.flush();
        return std::move(filled).error();
    }

    tools_.listener.progress(WriteStep::committing);
    if (auto committed = driver_.commit(admin.value(), slot_code, content); !committed.ok()) {
        if (driver_.may_have_changed())
            return after_commit(errors::write_broke_off, committed.error(), command, otp::SlotState::unsure, slot_code);
        driver_.flush();
        return std::move(committed).error();
    }
    // From here on the slot is what it was made to be, but nobody has seen that yet.
    tools_.marks.put(card(), [&] {
        otp::SlotSummary written = summary_of(command);
        written.state = otp::SlotState::unsure;
        return written;
    }());

    tools_.listener.progress(WriteStep::reading_back);
    if (auto same = read_back(command, slot_code, config); !same.ok()) {
        if (same.error().code != errors::readback_differs)
            return after_commit(errors::write_broke_off, same.error(), command, otp::SlotState::unsure, slot_code);
        Failure failure{std::move(same).error()};
        failure.slot = mark(summary_of(command), otp::SlotState::unsure, slot_code);
        return failure;
    }

    tools_.listener.progress(WriteStep::proving);
    SlotCode proven;
    auto failed = command.parameters.kind == otp::OtpKind::totp
                      ? prove_totp(command, slot_code, proven)
                      : prove_hotp(command, slot_code, config, admin.value(), proven);
    if (failed) return std::move(*failed);
    proven.slot = summary_of(command);
    if (proven.counter_moved) ++proven.slot.parameters.counter;
    proven.slot.state = otp::SlotState::proven;
    tools_.marks.put(card(), proven.slot);
    for (auto& place : slots_)
        if (place.id == proven.slot.id) place = proven.slot;
    return proven;
}

Result<void> Session::read_back(const channel::WriteSlot& command, std::uint8_t slot_code, std::uint8_t config) {
    auto read = driver_.read_slot(slot_code);
    if (!read.ok()) return std::move(read).error();
    if (!read.value()) return Error{errors::readback_differs, "slot", otp::text(command.slot)};
    const wire::Slot& slot = *read.value();
    const bool hotp = command.parameters.kind == otp::OtpKind::hotp;
    if (slot.name != command.name) return Error{errors::readback_differs, "name", otp::text(command.slot)};
    if (slot.config != config) return Error{errors::readback_differs, "digits", otp::text(command.slot)};
    const std::uint64_t wanted = hotp ? command.parameters.counter : command.parameters.period;
    if (slot.counter_or_interval != wanted) {
        Error error{errors::readback_differs, hotp ? "counter" : "period", otp::text(command.slot)};
        error.actual = number(slot.counter_or_interval);
        error.limit = number(wanted);
        return error;
    }
    return {};
}

std::optional<Failure> Session::prove_totp(const channel::WriteSlot& command, std::uint8_t slot_code,
                                           SlotCode& proven) {
    const std::uint32_t period = command.parameters.period;
    for (const bool last : {false, true}) {
        auto read = step_code(slot_code, period, command.set_time_back);
        if (!read.ok()) {
            (void)code_failure(read.error());
            return after_commit(errors::proof_unavailable, read.error(), command, otp::SlotState::unsure, slot_code);
        }
        for (std::uint64_t step = read.value().first_step; step <= read.value().last_step; ++step) {
            auto expected =
                tools_.oracle.expected(command.secret, command.parameters.algorithm, command.parameters.digits, step);
            if (!expected.ok())
                return after_commit(errors::proof_unavailable, expected.error(), command, otp::SlotState::unsure,
                                    slot_code);
            if (!base::same(expected.value(), read.value().code)) continue;
            proven.code = std::move(read.value().code);
            proven.valid_from = step_begin(step, period);
            proven.valid_until = step_begin(step + 1, period);
            return std::nullopt;
        }
        // Before the account is called wrong: another program may have moved the token's clock.
        if (!last) token_clock_.forget();
    }
    Error cause{errors::code_differs, "GET_CODE"};
    return after_commit(errors::code_differs, cause, command, otp::SlotState::mismatch, slot_code);
}

std::optional<Failure> Session::prove_hotp(const channel::WriteSlot& command, std::uint8_t slot_code,
                                           std::uint8_t config, AdminAuthentication& admin, SlotCode& proven) {
    const std::uint64_t counter = command.parameters.counter;
    auto read = read_code(otp::OtpKind::hotp, slot_code);
    if (!read.ok()) {
        (void)code_failure(read.error());
        return after_commit(errors::proof_unavailable, read.error(), command, otp::SlotState::unsure, slot_code);
    }
    driver_.flush();
    base::SecretText code = wire::code_text(read.value().code);
    auto expected =
        tools_.oracle.expected(command.secret, command.parameters.algorithm, command.parameters.digits, counter);
    if (!expected.ok())
        return after_commit(errors::proof_unavailable, expected.error(), command, otp::SlotState::unsure, slot_code);
    if (!base::same(expected.value(), code)) {
        Error cause{errors::code_differs, "GET_CODE"};
        return after_commit(errors::code_differs, cause, command, otp::SlotState::mismatch, slot_code);
    }

    // Reading the code used it up. With one PIN a second write is not possible on a Pro 0.7 (quirk Q-P8), and asking
    // for the PIN twice is not worth it: the code just read is the one that the web site asks for first.
    proven.counter_moved = admin.spent();
    if (admin.spent()) {
        proven.code = std::move(code);
        return std::nullopt;
    }
    // The same once more, keeping the secret where the firmware can (an old Storage cannot, quirk Q-S10).
    tools_.listener.progress(WriteStep::restoring_counter);
    SlotContent again{command.name, {}, command.parameters, config};
    if (!driver_.profile().keeps_secret) again.secret = command.secret.bytes();
    Result<void> restored = driver_.prepare(admin, again);
    if (restored.ok()) restored = driver_.commit(admin, slot_code, again);
    if (restored.ok()) restored = read_back(command, slot_code, config);
    if (!restored.ok()) {
        Failure failure =
            after_commit(errors::counter_not_restored, restored.error(), command, otp::SlotState::unsure, slot_code);
        failure.error.actual = restored.error().actual;
        failure.error.limit = number(counter);
        return failure;
    }
    proven.code = std::move(code);
    return std::nullopt;
}

Outcome<otp::SlotSummary> Session::erase(channel::EraseSlot command) {
    const auto slot = code_of(command.slot);
    if (!slot.ok()) return slot.error();
    const std::uint8_t slot_code = slot.value();
    if (auto refused = check_tries(PinKind::admin, command.admin_pin, command.last_try)) return std::move(*refused);
    auto admin = driver_.authenticate_admin(command.admin_pin, tools_.random);
    command.admin_pin.clear();
    if (!admin.ok()) return authentication_failure(PinKind::admin, std::move(admin).error());

    otp::SlotSummary before;
    before.id = command.slot;
    before.parameters.kind = std::get<otp::NumberedSlot>(command.slot).kind;
    for (const auto& place : slots_)
        if (place.id == command.slot) before = place;
    const auto broke_off = [&](base::ErrorCode code, const Error& cause) {
        Failure failure{Error{code, cause.field, std::string(cause.code.name)}};
        failure.slot = mark(before, otp::SlotState::unsure, slot_code);
        return failure;
    };
    if (auto erased = driver_.erase_slot(admin.value(), slot_code); !erased.ok()) {
        if (!driver_.may_have_changed()) return std::move(erased).error();
        return broke_off(errors::erase_broke_off, erased.error());
    }
    auto read = driver_.read_slot(slot_code);
    if (!read.ok()) return broke_off(errors::erase_broke_off, read.error());
    if (read.value()) return broke_off(errors::erase_not_done, about_slot(errors::erase_not_done, command.slot));
    tools_.marks.remove(card(), command.slot);
    return known(command.slot, read.value());
}

}  // namespace tokendeck::device
