#include "simulator/power_state.hpp"

#include "simulator/state_text.hpp"

#include <limits>
#include <string>

namespace tokendeck::simulator {
namespace {

constexpr std::string_view header[] = {"tokendeck simulated token, power format 2"};

// The two archives have the same functions, so that the fields are listed once.
class Writing {
  public:
    explicit Writing(TextWriter& to) : to_(to) {}

    template <typename Number>
    void number(const char* key, const Number& value) {
        to_.number(key, static_cast<std::uint64_t>(value));
    }

    template <typename Choice>
    void choice(const char* key, const Choice& value) {
        number(key, value);
    }

    void flag(const char* key, const bool& value) { to_.flag(key, value); }

    void time(const char* key, const base::SteadyTime& value) {
        to_.number(key, static_cast<std::uint64_t>(value.time_since_epoch().count()));
    }

    void duration(const char* key, const base::Milliseconds& value) {
        to_.number(key, static_cast<std::uint64_t>(value.count()));
    }

    void secret(const char* key, const base::SecretBytes& value, std::size_t, std::size_t) {
        to_.bytes(key, value.bytes());
    }

    void report(const char* key, const wire::Report& value) { to_.bytes(key, value.bytes()); }

    template <std::size_t Size>
    void array(const char* key, const std::array<std::uint8_t, Size>& value) {
        to_.bytes(key, value);
    }

  private:
    TextWriter& to_;
};

class Reading {
  public:
    explicit Reading(TextReader& from) : from_(from) {}

    template <typename Number>
    void number(const char* key, Number& value, std::uint64_t most = std::numeric_limits<Number>::max()) {
        value = static_cast<Number>(from_.number(key, 0, most));
    }

    template <typename Choice>
    void choice(const char* key, Choice& value) {
        value = static_cast<Choice>(from_.number(key, 0, 2));
    }

    void flag(const char* key, bool& value) { value = from_.flag(key); }

    void time(const char* key, base::SteadyTime& value) {
        const std::uint64_t most = std::numeric_limits<std::int64_t>::max();
        value = base::SteadyTime{base::SteadyTime::duration{static_cast<std::int64_t>(from_.number(key, 0, most))}};
    }

    void duration(const char* key, base::Milliseconds& value) {
        value = base::Milliseconds{static_cast<std::int64_t>(from_.number(key, 0, UINT32_MAX))};
    }

    void secret(const char* key, base::SecretBytes& value, std::size_t least, std::size_t most) {
        value = from_.bytes(key, least, most);
    }

    void report(const char* key, wire::Report& value) {
        const base::SecretBytes bytes = from_.bytes(key, wire::report_size, wire::report_size);
        value = wire::Report::copy_of(std::span<const std::uint8_t>(bytes.bytes()).first<wire::report_size>());
    }

    template <std::size_t Size>
    void array(const char* key, std::array<std::uint8_t, Size>& value) {
        value = from_.array<Size>(key);
    }

  private:
    TextReader& from_;
};

template <typename Archive, typename Walk>
void each_walk_field(Archive& archive, Walk& walk) {
    archive.choice("walk.phase", walk.phase);
    archive.report("walk.shown_before", walk.shown_before);
    archive.report("walk.shown_busy", walk.shown_busy);
    archive.time("walk.executed_at", walk.executed_at);
    archive.time("walk.ready_at", walk.ready_at);
    archive.number("walk.received_reads_left", walk.received_reads_left);
    archive.number("walk.busy_reads_left", walk.busy_reads_left);
}

template <typename Archive, typename Work>
void each_work_field(Archive& archive, Work& work) {
    archive.flag("storage.pending", work.pending);
    archive.report("storage.request", work.request);
    archive.time("storage.parse_at", work.parse_at);
    archive.number("storage.stale_reads_left", work.stale_reads_left);
    archive.duration("storage.busy_longer", work.busy_longer);
    archive.report("storage.under_construction", work.under_construction);
    archive.time("storage.ready_at", work.ready_at);
    archive.time("storage.task_free_at", work.task_free_at);
    archive.choice("storage.started", work.started);
    archive.report("storage.parameters", work.parameters);
    archive.time("storage.start_at", work.start_at);
    archive.time("storage.started_at", work.started_at);
    archive.time("storage.finish_at", work.finish_at);
    archive.number("storage.busy_reads_left", work.busy_reads_left);
    archive.number("storage.outcome", work.outcome);
    archive.choice("storage.payload_after", work.payload_after);
    archive.array("storage.block", work.block);
    archive.choice("storage.payload", work.payload);
    archive.secret("storage.remembered_user", work.remembered_user, 0, 20);
    archive.secret("storage.remembered_admin", work.remembered_admin, 0, 20);
    archive.flag("storage.silenced", work.silenced);
    archive.number("storage.active_volumes", work.active_volumes);
    archive.number("storage.cached_user_tries", work.cached_user_tries);
    archive.number("storage.cached_admin_tries", work.cached_admin_tries);
    archive.number("storage.system_seconds", work.system_seconds);
    archive.time("storage.system_set_at", work.system_set_at);
}

template <typename Archive, typename Power>
void each_field(Archive& archive, Power& power) {
    archive.number("power_id", power.power_id);
    archive.flag("on", power.on);
    archive.flag("boot_loader", power.boot_loader);
    archive.flag("flash_refuses", power.flash_refuses);
    archive.number("saves", power.saves);
    archive.time("plugged_in", power.plugged_in);
    archive.time("taken_at", power.taken_at);
    archive.secret("admin_password", power.admin_password, 0, 25);
    archive.secret("user_password", power.user_password, 0, 25);
    archive.array("buffer.name", power.buffer.name);
    archive.secret("buffer.secret", power.buffer.secret, 40, 40);
    archive.flag("buffer.open", power.buffer.open);
    archive.secret("safe_key", power.safe_key, 0, 32);
    archive.secret("safe_buffer", power.safe_buffer, 64, 64);
    archive.number("clock_base", power.clock_base);
    archive.number("clock_base_count", power.clock_base_count);
    archive.flag("card.user_verified", power.card.user_verified);
    archive.flag("card.admin_verified", power.card.admin_verified);
    archive.report("response", power.response);
    archive.number("admin_word", power.admin_word);
    archive.number("user_word", power.user_word);
    archive.flag("user_word_set", power.user_word_set);
    each_walk_field(archive, power.walk);
    each_work_field(archive, power.storage);
}

}  // namespace

base::SecretText write_power(const PowerState& power, std::string_view boot) {
    TextWriter to(header[0]);
    to.value("boot", boot);
    Writing archive(to);
    each_field(archive, power);
    return to.take();
}

std::optional<PowerState> parse_power(std::string_view text, std::string_view boot) {
    auto lines = TextReader::of(text, header);
    if (!lines || lines.value().text("boot") != boot) return std::nullopt;
    PowerState power;
    Reading archive(lines.value());
    each_field(archive, power);
    if (lines.value().failure()) return std::nullopt;
    return power;
}

}  // namespace tokendeck::simulator
