#include "device/exchange.hpp"

#include "base/bytes.hpp"
#include "device/errors.hpp"
#include "wire/storage.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace tokendeck::device {
namespace {

// More than any command makes; older ones are dropped.
constexpr std::size_t log_size = 512;

base::Microseconds grown(base::Microseconds pause) {
    return std::min(pause + pause / 2, longest_pause);
}

// Being written, or the blank buffer before any command: the checksum comes last.
bool unfinished(const wire::Report& response) {
    return base::load_le32(response.bytes(), wire::checksum_at) == 0;
}

base::Error error_of(base::ErrorCode code, const Terms& terms) {
    return base::Error{.code = code, .limit = terms.budget.count()};
}

}  // namespace

void ExchangeLog::add(channel::ExchangeRecord record) {
    if (records_.size() == log_size) records_.erase(records_.begin());
    records_.push_back(std::move(record));
}

std::vector<channel::ExchangeRecord> ExchangeLog::take() {
    return std::exchange(records_, {});
}

std::uint64_t ExchangeLog::foreign() const {
    std::uint64_t sum = 0;
    for (const auto& record : records_) sum += record.foreign;
    return sum;
}

Moment moment(const base::Clock& clock) {
    return {clock.steady(), clock.unix_time()};
}

Exchanger::Exchanger(wire::Transport& transport, base::Clock& clock, ExchangeLog& log, std::uint16_t first_nonce,
                     const std::atomic<bool>* stop)
    : transport_(&transport), clock_(&clock), log_(&log), stop_(stop), nonce_(first_nonce) {}

bool Exchanger::take_others_seen() {
    return std::exchange(others_seen_, false);
}

std::optional<Exchanger::Echo> Exchanger::echo_of(const wire::Report& response) {
    const auto bytes = response.bytes();
    if (base::load_le32(bytes, wire::checksum_at) != wire::checksum(bytes.first<wire::checked_size>()))
        return std::nullopt;
    return Echo{bytes[1], base::load_le32(bytes, 2)};
}

void Exchanger::seal(wire::Report& request) {
    if (++nonce_ == 0) nonce_ = 1;
    wire::seal(request, nonce_);
}

base::Result<wire::Report> Exchanger::exchange(wire::Report request, const Terms& terms) {
    seal(request);
    return exchange_sealed(request, terms);
}

base::Result<wire::Report> Exchanger::exchange_sealed(const wire::Report& request, const Terms& terms) {
    channel::ExchangeRecord record;
    record.command = wire::name(wire::command_of(request));
    record.at = clock_->unix_time();
    const base::SteadyTime begin = clock_->steady();
    may_have_run_ = false;

    auto reply = run(request, terms, record);

    answered_ = moment(*clock_);
    record.duration = std::chrono::duration_cast<base::Microseconds>(answered_.steady - begin);
    if (reply.ok()) {
        last_echo_ = echo_of(reply.value());
        record.status = wire::is_started(wire::command_of(request)) ? wire::name(wire::started_status_of(reply.value()))
                                                                    : wire::name(wire::status_of(reply.value()));
    } else {
        if (reply.error().field.empty()) reply.error().field = record.command;
        record.status = reply.error().code.name;
        record.transport_error = true;
        unplugged_ = unplugged_ || reply.error().code == wire::errors::unplugged;
    }
    log_->add(std::move(record));
    return reply;
}

// Quirks Q-S22 and Q-S23: a Storage lays the status that another program asked for over the next reply that is read,
// and shows a reply while it is still being built, both with a right checksum.
bool Exchanger::whole(const wire::Report& reply, const wire::Report& request, Reading& before,
                      channel::ExchangeRecord& record) {
    // The block of a started command tells when it is done; its payload can be read only once.
    if (!may_be_half_built_ || wire::is_started(wire::command_of(request))) return true;
    const auto now = clock_->steady();
    const bool same = before.there && std::ranges::equal(before.report.bytes(), reply.bytes());
    if (!same) before = {wire::Report::copy_of(reply.bytes()), now, 1, true};
    else ++before.same;
    if (wire::carries_foreign_status(reply)) {
        if (!same) {
            ++record.foreign;
            others_seen_ = true;
        }
        return before.same >= same_readings && now - before.at >= reading_apart;
    }
    return same && now - before.at >= reading_apart;
}

// How long to read on before the request counts as lost. A Storage that has finished another program's command since we
// sent would have begun ours by then, or has dropped it.
base::Milliseconds Exchanger::patience(const wire::Report& reply, const std::optional<Echo>& before) const {
    if (!may_be_half_built_) return lost_after_;
    const auto echo = echo_of(reply);
    const bool others = echo && echo != before;
    const bool at_work = wire::is_started(static_cast<wire::Command>(reply.bytes()[1])) &&
                         wire::started_status_of(reply) == wire::StartedStatus::busy;
    return others && !at_work ? std::min(lost_after_, lost_to_others_after) : lost_after_;
}

base::Result<wire::Report> Exchanger::run(const wire::Report& request, const Terms& terms,
                                          channel::ExchangeRecord& record) {
    const base::Deadline deadline(*clock_, terms.budget);
    const auto give_up = [&] { return stopping() && !terms.even_when_stopping && !finish_all_the_same_; };
    const auto sleep = [&](base::Microseconds& pause) {
        const base::Microseconds left = deadline.left();
        clock_->sleep(left.count() > 0 ? std::min(pause, left) : pause);
        pause = grown(pause);
    };

    // Until the token is ready, a Pro would lose a request without a sign (quirk Q-P2). A Storage always says ready and
    // shows its last reply meanwhile (quirk Q-S4): the number in each request tells them apart. A blank buffer before
    // any command counts as ready.
    std::optional<Echo> before;
    for (base::Microseconds pause = first_pause;;) {
        if (give_up()) return base::Error{errors::stopping};
        auto seen = transport_->receive_feature();
        ++record.reads;
        if (seen.ok() && wire::device_status_of(seen.value()) == wire::DeviceStatus::ready) {
            before = echo_of(seen.value());
            break;
        }
        if (!seen.ok() && (seen.error().code == wire::errors::unplugged || deadline.passed()))
            return std::move(seen).error();
        if (deadline.passed()) return error_of(errors::no_answer, terms);
        sleep(pause);
    }
    // Programs on libnitrokey ask for the version before every call (quirk Q-L7), so their traffic shows here.
    if (last_echo_ && before && before != last_echo_) others_seen_ = true;

    bool foreign = false;  // a reply that is neither ours nor what was there before
    // Beside another program a request needs more tries, each of which may be lost to the other's.
    const base::Deadline crowded(*clock_, terms.budget * crowded_factor);
    const auto over = [&] { return foreign && terms.may_resend ? crowded.passed() : deadline.passed(); };
    sent_ = moment(*clock_);
    for (base::Microseconds resend_pause = first_pause;; sleep(resend_pause)) {
        // A transfer that failed may have arrived all the same.
        may_have_run_ = true;
        if (auto sent = transport_->send_feature(request); !sent.ok()) {
            if (sent.error().code == wire::errors::unplugged || !terms.may_resend || over())
                return std::move(sent).error();
            continue;
        }

        Reading last;
        std::uint32_t reads_not_ours = 0;
        base::SteadyTime not_ours_since{};
        bool send_again = false;
        for (base::Microseconds pause = first_pause; !send_again;) {
            // What cannot be repeated is waited for even when the program is ending: its outcome matters.
            if (terms.may_resend && give_up()) return base::Error{errors::stopping};
            sleep(pause);
            auto reply = transport_->receive_feature();
            ++record.reads;
            if (!reply.ok()) {
                if (reply.error().code == wire::errors::unplugged || over()) return std::move(reply).error();
                continue;
            }
            wire::Match match = wire::match(reply.value(), request);
            // A refusal that was there before we sent is an old one.
            if (match == wire::Match::rejected && before && echo_of(reply.value()) == before)
                match = wire::Match::not_ours;

            switch (match) {
                case wire::Match::ours:
                    if (whole(reply.value(), request, last, record)) return reply;
                    pause = reading_apart;
                    reads_not_ours = 0;
                    break;
                case wire::Match::pending: reads_not_ours = 0; break;
                case wire::Match::unknown: may_have_run_ = false; return base::Error{errors::unknown_command};
                case wire::Match::rejected:
                    may_have_run_ = false;
                    if (!terms.may_resend || over()) return base::Error{errors::request_damaged};
                    before = echo_of(reply.value());
                    send_again = true;
                    break;
                case wire::Match::not_ours:
                case wire::Match::damaged:
                    // A Storage shows the reply before until it has begun, and then one without a checksum until it
                    // is done (docs/protocol/pro-storage.md, sections 2.5 and 11.14): neither is worth a word.
                    if (match == wire::Match::damaged ? !unfinished(reply.value())
                                                      : !before || echo_of(reply.value()) != before) {
                        ++record.foreign;
                        foreign = foreign || match == wire::Match::not_ours;
                        others_seen_ = others_seen_ || match == wire::Match::not_ours;
                    }
                    if (reads_not_ours++ == 0) not_ours_since = clock_->steady();
                    send_again = terms.may_resend && reads_not_ours >= lost_after_reads &&
                                 clock_->steady() - not_ours_since >= patience(reply.value(), before);
                    break;
            }
            if (over()) return error_of(foreign ? errors::foreign_answers : errors::no_answer, terms);
        }
    }
}

}  // namespace tokendeck::device
