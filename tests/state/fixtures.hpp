// States and events that the tests of `state` start from.
#pragma once

#include "state/apply.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace tokendeck::state::test {

inline constexpr std::int64_t start_unix = 1'700'000'010;  // 0 s into a 30 s step

inline base::SteadyTime steady(std::int64_t milliseconds) {
    return base::SteadyTime{} + std::chrono::milliseconds{1'000'000 + milliseconds};
}

inline void at(AppState& state, std::int64_t milliseconds) {
    tick(state, steady(milliseconds), {start_unix * 1000 + milliseconds});
}

inline AppState fresh() {
    AppState state;
    at(state, 0);
    return state;
}

inline channel::TokenInfo info(std::string key, bool simulated = false) {
    channel::TokenInfo i;
    i.key = std::move(key);
    i.model = "pro";
    i.title = "Nitrokey Pro";
    i.simulated = simulated;
    return i;
}

inline std::vector<otp::SlotSummary> empty_slots() {
    std::vector<otp::SlotSummary> slots;
    for (std::uint8_t n = 1; n <= 3; ++n) slots.push_back({otp::NumberedSlot{otp::OtpKind::hotp, n}});
    for (std::uint8_t n = 1; n <= 15; ++n) slots.push_back({otp::NumberedSlot{otp::OtpKind::totp, n}});
    return slots;
}

inline const otp::SlotId totp1 = otp::NumberedSlot{otp::OtpKind::totp, 1};
inline const otp::SlotId hotp1 = otp::NumberedSlot{otp::OtpKind::hotp, 1};

inline std::vector<otp::SlotSummary> some_slots() {
    auto slots = empty_slots();
    slots[0].state = otp::SlotState::programmed;
    slots[0].name = "door";
    slots[0].parameters.kind = otp::OtpKind::hotp;
    slots[3].state = otp::SlotState::programmed;
    slots[3].name = "github";
    return slots;
}

inline channel::TokenStatus status(const std::string& key) {
    channel::TokenStatus s;
    s.info = info(key);
    s.firmware_minor = 15;
    s.card_serial = "00005F11";
    s.user_tries = 3;
    s.admin_tries = 3;
    s.limits = {3, 15, 40, 15, false, false, 6, 8, false, 0xFFFF, UINT64_MAX - 1};
    return s;
}

// The newest command of the type `T` in the outbox, taken out; the test fails where there is none.
template <typename T>
T take_command(AppState& state) {
    auto& box = state.outbox.device;
    for (auto it = box.rbegin(); it != box.rend(); ++it) {
        if (auto* command = std::get_if<T>(&*it)) {
            T taken = std::move(*command);
            box.erase(std::next(it).base());
            return taken;
        }
    }
    throw std::runtime_error("no such command in the outbox");
}

template <typename T>
T take_request(AppState& state) {
    auto& box = state.outbox.crypto;
    for (auto it = box.rbegin(); it != box.rend(); ++it) {
        if (auto* request = std::get_if<T>(&*it)) {
            T taken = std::move(*request);
            box.erase(std::next(it).base());
            return taken;
        }
    }
    throw std::runtime_error("no such request in the outbox");
}

inline bool has_command(const AppState& state) {
    return !state.outbox.device.empty();
}

// A command that failed. Its error has a name that no rule can know: what the state does follows from the other fields.
inline channel::CommandFailed failure(channel::MessageId id) {
    return {.id = id, .error = {.code = {"test.failed"}}};
}

inline channel::CommandFailed wrong_pin(channel::MessageId id, channel::PinKind pin, std::uint8_t tries_left) {
    channel::CommandFailed event = failure(id);
    event.pin = {.pin = pin, .kind = channel::PinProblem::Kind::wrong, .tries_left = tries_left};
    return event;
}

inline channel::CommandFailed missing_user_pin(channel::MessageId id) {
    channel::CommandFailed event = failure(id);
    event.pin = {.pin = channel::PinKind::user, .kind = channel::PinProblem::Kind::missing};
    return event;
}

inline channel::CommandFailed time_refused(channel::MessageId id) {
    channel::CommandFailed event = failure(id);
    event.time_refused = true;
    return event;
}

inline AppState with_token(std::vector<otp::SlotSummary> slots = empty_slots(), const std::string& key = "a") {
    AppState state = fresh();
    apply(state, channel::TokensSeen{{info(key)}});
    const auto open = take_command<channel::OpenToken>(state);
    apply(state, channel::TokenOpened{open.id, status(key), std::move(slots)});
    return state;
}

inline otp::OtpEnrolment enrolment(otp::OtpKind kind = otp::OtpKind::totp) {
    otp::OtpEnrolment e;
    e.issuer = "github";
    e.account = "me";
    e.parameters.kind = kind;
    e.secret = base::SecretBytes(20);
    e.secret.bytes()[0] = 0x31;
    return e;
}

// What the crypto thread answers about one account.
inline channel::AccountsRead one_account(channel::MessageId id, otp::OtpEnrolment account,
                                         channel::EnrolmentSource source = channel::EnrolmentSource::image) {
    channel::AccountsRead read;
    read.id = id;
    read.source = source;
    read.accounts.push_back({std::move(account), {}});
    return read;
}

// A wizard that has read an account and is at the review.
inline AppState at_review(std::vector<otp::SlotSummary> slots = empty_slots(), otp::OtpKind kind = otp::OtpKind::totp) {
    AppState state = with_token(std::move(slots));
    apply(state, ReadFile{"/home/x/qr.png"});
    const auto request = take_request<channel::ReadAccountsInImage>(state);
    apply(state, one_account(request.id, enrolment(kind)));
    return state;
}

inline AppState at_pin() {
    AppState state = at_review();
    apply(state, ContinueToPin{});
    return state;
}

}  // namespace tokendeck::state::test
