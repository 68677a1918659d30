#include "cli/conversation.hpp"

#include "base/errors.hpp"
#include "cli/output.hpp"
#include "cli/pins.hpp"
#include "crypto/errors.hpp"
#include "device/errors.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace tokendeck::cli {
namespace {

// How often it is asked whether an end is wanted.
constexpr base::Milliseconds look_interval{50};

channel::MessageId id_of_event(const channel::DeviceEvent& event) {
    return std::visit(
        [](const auto& e) -> channel::MessageId {
            if constexpr (std::is_same_v<std::decay_t<decltype(e)>, channel::WriteProgress> ||
                          std::is_same_v<std::decay_t<decltype(e)>, channel::CheckProgress>)
                return 0;  // more will come
            else if constexpr (requires { e.id; }) return e.id;
            else return 0;
        },
        event);
}

// Of a request or a reply.
template <typename Message>
channel::MessageId id_of(const Message& message) {
    return std::visit(
        [](const auto& m) -> channel::MessageId {
            if constexpr (requires { m.id; }) return m.id;
            else return 0;
        },
        message);
}

// A file that cannot be read, by the name that was typed: the window's words tell only its last part.
Failure failure_of_file(base::Error error, const std::string& file) {
    constexpr std::pair<base::ErrorCode, base::ErrorCode> pairs[] = {
        {crypto::errors::file_not_found, base::errors::file_not_found},
        {crypto::errors::file_no_permission, base::errors::file_no_permission},
        {crypto::errors::file_is_folder, base::errors::file_is_folder},
        {crypto::errors::file_not_regular, base::errors::file_not_regular},
        {crypto::errors::file_unreadable, base::errors::file_unreadable},
    };
    const auto pair = std::ranges::find(pairs, error.code, &std::pair<base::ErrorCode, base::ErrorCode>::first);
    if (!file.empty() && pair != std::end(pairs)) {
        error.code = pair->second;
        error.subject = file;
    }
    return failure_of(error);
}

}  // namespace

Failure failure_of(const channel::CommandFailed& failed) {
    Failure failure = failure_of(failed.error);
    const bool about_tries =
        exit_for(failed.error.code) == Exit::pin || failed.error.remark == device::errors::try_may_be_gone;
    const std::uint8_t tries = failed.pin ? failed.pin->tries_left.value_or(0) : std::uint8_t{0};
    // That none is left is said by the error itself.
    if (tries > 0 && about_tries)
        failure.text += " " + std::string(failed.pin->pin == channel::PinKind::admin ? "Admin PIN: " : "User PIN: ") +
                        tries_sentence(tries);
    if (failed.time_refused)
        failure.next += (failure.next.empty() ? "" : " ") + std::string("--set-time-back sets its clock anyway.");
    if (failed.slot && failed.slot->state == otp::SlotState::unsure)
        failure.next = otp::text(failed.slot->id) + " is unsure now: write it again with --overwrite, or remove it." +
                       (failure.next.empty() ? "" : " ") + failure.next;
    if (failed.slot && failed.slot->state == otp::SlotState::mismatch)
        failure.text += " Do not rely on " + otp::text(failed.slot->id) + ".";
    return failure;
}

engine::Engine& Conversation::engine() {
    if (!engine_)
        engine_.emplace(std::move(options_), [this] {
            const std::lock_guard lock(mutex_);
            news_ = true;
            woken_.notify_one();
        });
    return *engine_;
}

// `done` looks into the mailboxes; true ends the waiting.
template <typename Done>
bool Conversation::wait(base::Milliseconds limit, Done done) {
    const auto end = std::chrono::steady_clock::now() + limit;
    std::uint32_t beats = 0;
    std::optional<std::chrono::steady_clock::time_point> beat_since;  // an end is wanted, and the last beat was then
    for (;;) {
        {
            const std::lock_guard lock(mutex_);
            news_ = false;
        }
        if (done()) return true;
        const auto now = std::chrono::steady_clock::now();
        if (end_wanted_ && end_wanted_()) {
            if (cancel_) (void)engine().try_send(std::exchange(cancel_, nullptr)(++last_id_));
            if (!beat_since || engine().device_beats() != beats) beat_since = now;
            beats = engine().device_beats();
            if (now - *beat_since >= hanging_limit) return false;
        }
        if (now >= end) return false;
        std::unique_lock lock(mutex_);
        woken_.wait_until(lock, end_wanted_ ? std::min(end, now + look_interval) : end, [this] { return news_; });
    }
}

void Conversation::note_news(channel::DeviceEvent& event) {
    if (auto* seen = std::get_if<channel::TokensSeen>(&event)) tokens_ = std::move(seen->tokens);
    if (const auto* progress = std::get_if<channel::CheckProgress>(&event); progress != nullptr && watch_check_)
        watch_check_(progress->step);
    if (auto* logged = std::get_if<channel::ExchangesLogged>(&event))
        for (auto& record : logged->records) exchanges_.push_back(std::move(record));
}

Failure Conversation::timed_out() {
    stuck_ = true;
    return {Exit::no_answer, "The token did not answer in time.",
            "Unplug it, plug it back in and check with `tokendeck status`."};
}

Failure Conversation::unexpected() {
    return {Exit::failed, "The program got an answer that does not belong to its question: a defect.",
            "Please report it."};
}

ResultInWords<channel::DeviceEvent> Conversation::exchange(channel::DeviceCommand command, base::Milliseconds limit) {
    auto answer = send(std::move(command), limit);
    if (!answer) return answer;
    if (const auto* failed = std::get_if<channel::CommandFailed>(&answer.value())) return failure_of(*failed);
    return answer;
}

ResultInWords<channel::DeviceEvent> Conversation::send(channel::DeviceCommand command, base::Milliseconds limit) {
    const channel::MessageId id = channel::id_of(command);
    if (!engine().try_send(std::move(command))) return unexpected();  // one question at a time: there is always room
    std::optional<channel::DeviceEvent> answer;
    const bool in_time = wait(limit, [&] {
        while (!answer) {
            auto event = engine().next_device_event();
            if (!event) return false;
            if (id_of_event(*event) == id) answer = std::move(event);
            else note_news(*event);
        }
        return true;
    });
    if (!in_time) return timed_out();
    return *std::move(answer);
}

ResultInWords<channel::AccountsRead> Conversation::read(channel::CryptoRequest request, base::Milliseconds limit,
                                                        const std::string& file) {
    const channel::MessageId id = id_of(request);
    if (!engine().try_send(std::move(request))) return unexpected();
    std::optional<channel::CryptoReply> answer;
    const bool in_time = wait(limit, [&] {
        while (!answer) {
            auto reply = engine().next_crypto_reply();
            if (!reply) return false;
            if (id_of(*reply) == id) answer = std::move(reply);
        }
        return true;
    });
    if (!in_time) {
        stuck_ = true;
        return Failure{Exit::failed, "Reading the account took too long, so tokendeck gave up.",
                       "Try a different picture or text."};
    }
    if (const auto* failed = std::get_if<channel::RequestFailed>(&*answer)) return failure_of_file(failed->error, file);
    if (auto* read = std::get_if<channel::AccountsRead>(&*answer)) return std::move(*read);
    return unexpected();
}

ResultInWords<std::vector<channel::TokenInfo>> Conversation::tokens(bool simulated, base::Milliseconds limit) {
    const bool in_time = wait(limit, [&] {
        while (auto event = engine().next_device_event()) note_news(*event);
        return tokens_ && (!simulated || std::any_of(tokens_->begin(), tokens_->end(),
                                                     [](const channel::TokenInfo& token) { return token.simulated; }));
    });
    if (!in_time) return timed_out();
    return *tokens_;
}

}  // namespace tokendeck::cli
