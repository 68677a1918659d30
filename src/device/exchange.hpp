// One request and its matched reply, within one deadline. Everything this program says to a Pro goes through here.
//
// A Pro drops a request without a sign while it is not ready, keeps its last reply readable by every program, and
// can be talked to by several programs at once. So: wait until it is ready, send, read until the reply is ours.
// Source: docs/protocol/pro-storage.md, sections 2.3, 2.5, 2.10, 2.11 and 11.
// Thread: the device thread.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "channel/device_messages.hpp"
#include "wire/pro.hpp"
#include "wire/transport.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

namespace tokendeck::device {

// How long one exchange may take, and what may be done to save it.
struct Terms {
    base::Milliseconds budget{};
    // The request may be sent again when it or its reply seems lost: executing it twice changes nothing. Never for
    // anything that has a PIN, moves a counter or writes.
    bool may_resend = false;
    // Also when the program is ending: for a request that clears a secret out of the token's reply buffer.
    bool even_when_stopping = false;
};
inline constexpr Terms reading{base::Milliseconds{2000}, true};
inline constexpr Terms reading_while_stopping{base::Milliseconds{500}, true, true};
inline constexpr Terms preparing{base::Milliseconds{10000}, true};  // fills a buffer; nothing is stored by it
inline constexpr Terms setting_time{base::Milliseconds{2000}};      // sent again only with another time
inline constexpr Terms acting{base::Milliseconds{10000}, false};    // PIN checks and flash writes

// The pause before the first read; each further one is half as long again, up to the longest.
inline constexpr base::Microseconds first_pause{1000};
inline constexpr base::Microseconds longest_pause{50000};
// A token that stays ready with replies that are not ours for so many reads and so long has lost the request.
inline constexpr std::uint32_t lost_after_reads = 3;
inline constexpr base::Milliseconds lost_after{30};
// A Storage parses every 10 ms: after that time behind another program's finished command a request is lost.
inline constexpr base::Milliseconds lost_to_others_after{40};
// So many times the budget is given to a request that may be sent again, while another program's replies come.
inline constexpr int crowded_factor = 4;
// A Storage's reply counts once two readings that far apart are the same.
inline constexpr base::Milliseconds reading_apart{4};
// What looks like another program's payload is ours after so many readings of the same: a payload is delivered once.
inline constexpr std::uint32_t same_readings = 4;

// Records of exchanges until somebody takes them. Holds names and numbers only.
class ExchangeLog {
  public:
    void add(channel::ExchangeRecord record);
    [[nodiscard]] std::vector<channel::ExchangeRecord> take();
    [[nodiscard]] bool empty() const { return records_.empty(); }
    // Replies in what is not taken yet that were damaged or not ours.
    [[nodiscard]] std::uint64_t foreign() const;

  private:
    std::vector<channel::ExchangeRecord> records_;
};

// A moment on both clocks.
struct Moment {
    base::SteadyTime steady{};
    base::UnixTime unix_time{};
};
[[nodiscard]] Moment moment(const base::Clock& clock);

class Exchanger {
  public:
    // `transport`, `clock`, `log` and `stop` (may be null) must outlive it. `first_nonce` should be random, so that
    // two programs do not number their requests alike.
    Exchanger(wire::Transport& transport, base::Clock& clock, ExchangeLog& log, std::uint16_t first_nonce,
              const std::atomic<bool>* stop);

    // Sends `request` (sealed here) and returns the reply, whatever its command status, except that a request that
    // arrived damaged is an error.
    // Errors: no_answer, foreign_answers, request_damaged, unknown_command (a Storage's started commands only),
    // stopping, and the transport's. `field` is the command.
    [[nodiscard]] base::Result<wire::Report> exchange(wire::Report request, const Terms& terms);
    // Numbers and seals a request that is to go out by `exchange_sealed`: the old protocol announces it by its
    // checksum.
    void seal(wire::Report& request);
    [[nodiscard]] base::Result<wire::Report> exchange_sealed(const wire::Report& request, const Terms& terms);

    // It is a Storage: `time` is how long it may stay silent before a request counts as lost, since it takes its time;
    // and a reply of it counts only when it is whole (quirks Q-S22, Q-S23).
    void set_storage(base::Milliseconds time) {
        lost_after_ = time;
        may_be_half_built_ = true;
    }

    // About the last exchange that failed: the token may have received the request and executed it.
    [[nodiscard]] bool may_have_run() const { return may_have_run_; }
    // About the last exchange: just before its first sending, and when its reply had been read.
    [[nodiscard]] const Moment& sent() const { return sent_; }
    [[nodiscard]] const Moment& answered() const { return answered_; }
    // True once after another program has talked to the token between two of our exchanges.
    [[nodiscard]] bool take_others_seen();
    // Told by what a reply lacks, where no reply of another program was seen.
    void note_others() { others_seen_ = true; }
    // The transport said that the token is gone; nothing will work any more.
    [[nodiscard]] bool unplugged() const { return unplugged_; }

    [[nodiscard]] base::Clock& clock() { return *clock_; }
    // While on, what is begun is ended although the program is ending: for tidying up.
    void finish_all_the_same(bool on) { finish_all_the_same_ = on; }
    [[nodiscard]] bool stopping() const { return stop_ != nullptr && stop_->load(std::memory_order_relaxed); }

  private:
    // The last reading that was ours, until another one confirms it.
    struct Reading {
        wire::Report report{};
        base::SteadyTime at{};
        std::uint32_t same = 0;
        bool there = false;
    };
    // False: read again.
    [[nodiscard]] bool whole(const wire::Report& reply, const wire::Report& request, Reading& before,
                             channel::ExchangeRecord& record);

    // What a reply says it answers.
    struct Echo {
        std::uint8_t command = 0;
        std::uint32_t checksum = 0;
        friend bool operator==(const Echo&, const Echo&) = default;
    };
    [[nodiscard]] base::Milliseconds patience(const wire::Report& reply, const std::optional<Echo>& before) const;
    [[nodiscard]] static std::optional<Echo> echo_of(const wire::Report& response);

    [[nodiscard]] base::Result<wire::Report> run(const wire::Report& request, const Terms& terms,
                                                 channel::ExchangeRecord& record);

    wire::Transport* transport_;
    base::Clock* clock_;
    ExchangeLog* log_;
    const std::atomic<bool>* stop_;
    std::uint16_t nonce_;
    base::Milliseconds lost_after_ = lost_after;
    bool may_be_half_built_ = false;
    bool may_have_run_ = false;
    bool others_seen_ = false;
    bool unplugged_ = false;
    bool finish_all_the_same_ = false;
    Moment sent_{};
    Moment answered_{};
    std::optional<Echo> last_echo_{};  // of our last accepted reply
};

}  // namespace tokendeck::device
