#include "state/diagnostics.hpp"

#include "state/parts.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <utility>

namespace tokendeck::state::diagnostics {
namespace {

// A Pro counts 101 ticks of 10 ms as one second (quirk Q-P1), with a margin for its oscillator, and perhaps none.
constexpr double slowest_second = 1.02;
constexpr double fastest_second = 0.999;
// It is set to whole seconds, and setting need not restart the fraction.
constexpr double setting_error = 1'000;

bool fault_of(const std::vector<std::string>& faults, const std::string& number) {
    return std::ranges::find(faults, number) != faults.end();
}

}  // namespace

Outcome outcome_of(const channel::ExchangeRecord& record) {
    if (record.transport_error) return Outcome::failed;
    const bool empty_slot = record.status == "slot not programmed" && record.command.starts_with("READ_SLOT");
    if (record.status != "ok" && !empty_slot) return Outcome::refused;
    return record.foreign > 0 ? Outcome::foreign : Outcome::fine;
}

void log(AppState& state, channel::ExchangesLogged event) {
    auto& d = state.diagnostics;
    for (auto& record : event.records) {
        ++d.total;
        d.foreign_replies += record.foreign;
        const Outcome outcome = outcome_of(record);
        d.transport_errors += outcome == Outcome::failed ? 1 : 0;
        d.refusals += outcome == Outcome::refused ? 1 : 0;
        if (outcome == Outcome::failed || outcome == Outcome::refused) ++d.errors[record.status];
        d.exchanges.push_back(std::move(record));
        if (d.exchanges.size() > Diagnostics::kept) d.exchanges.pop_front();
    }
}

double milliseconds(base::Microseconds time) {
    return static_cast<double>(time.count()) / 1000.0;
}

Times times_of(std::vector<double> all) {
    if (all.empty()) return {};
    std::ranges::sort(all);
    const auto rank = [&](double part) {
        const auto within = static_cast<std::size_t>(std::ceil(part * static_cast<double>(all.size())));
        return all[std::clamp<std::size_t>(within, 1, all.size()) - 1];
    };
    return {all.size(), rank(0.50), rank(0.95), rank(0.99), all.back()};
}

Times times_of(const Diagnostics& diagnostics) {
    std::vector<double> all;
    for (const auto& record : diagnostics.exchanges) all.push_back(milliseconds(record.duration));
    return times_of(std::move(all));
}

std::vector<CommandTimes> times_by_command(const Diagnostics& diagnostics) {
    std::map<std::string, std::vector<double>> all;
    for (const auto& record : diagnostics.exchanges) all[record.command].push_back(milliseconds(record.duration));
    std::vector<CommandTimes> made;
    for (auto& [command, times] : all) made.push_back({command, times_of(std::move(times))});
    std::ranges::stable_sort(made, [](const auto& a, const auto& b) { return a.times.count > b.times.count; });
    return made;
}

std::vector<ErrorCount> errors_by_kind(const Diagnostics& diagnostics) {
    std::vector<ErrorCount> made;
    for (const auto& [name, count] : diagnostics.errors) made.push_back({name, count});
    std::ranges::stable_sort(made, [](const auto& a, const auto& b) { return a.count > b.count; });
    return made;
}

FirmwareNews firmware_news(const channel::TokenStatus& status) {
    FirmwareNews news;
    if (!status.newest) return news;
    const channel::NewestFirmware& newest = *status.newest;
    news.minor = newest.minor;
    news.noted = newest.noted;
    const std::pair<std::uint8_t, std::uint8_t> held{status.firmware_major, status.firmware_minor};
    const std::pair<std::uint8_t, std::uint8_t> known{0, newest.minor};
    if (held == known) news.kind = FirmwareNews::Kind::newest;
    else news.kind = held > known ? FirmwareNews::Kind::ahead : FirmwareNews::Kind::older;
    if (news.kind != FirmwareNews::Kind::older) return news;

    if (newest.limits.secret_bytes_max > status.limits.secret_bytes_max)
        news.secret_bytes = static_cast<std::uint8_t>(newest.limits.secret_bytes_max);
    news.edit = newest.abilities.edit && !status.abilities.edit;
    news.pin_lasts = status.abilities.pin_per_command && !newest.abilities.pin_per_command;
    for (const std::string& fault : status.quirks) news.faults_fewer += fault_of(newest.quirks, fault) ? 0 : 1;
    news.lock_keys_lost = status.abilities.lock_key_slots > 0 && newest.abilities.lock_key_slots == 0;
    if (newest.limits.totp_slots < status.limits.totp_slots)
        news.totp_slots_lost = static_cast<std::uint8_t>(status.limits.totp_slots - newest.limits.totp_slots);
    return news;
}

std::optional<ClockBounds> clock_bounds(const AppState& state) {
    if (!state.active || !state.active->clock_set_at || state.active->status.storage) return std::nullopt;
    const auto passed = static_cast<double>(state.unix_now.milliseconds - state.active->clock_set_at->milliseconds);
    if (passed < 0) return std::nullopt;
    return ClockBounds{passed - passed / slowest_second + setting_error,
                       passed / fastest_second - passed + setting_error};
}

std::string utc(base::UnixTime time) {
    const std::chrono::sys_seconds point{std::chrono::seconds{time.seconds()}};
    const auto day = std::chrono::floor<std::chrono::days>(point);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{point - day};
    std::array<char, 64> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02u %02d:%02d:%02d UTC", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()));
    return buffer.data();
}

void copy_report(AppState& state) {
    // What was lent to the clipboard is no longer on it, so there is nothing to take back.
    state.clipboard.reset();
    state.outbox.effects.emplace_back(PutOnClipboard{base::SecretText::copy_of(report(state))});
    tell(state, Notice::Kind::success, "notice.report-copied", {});
}

}  // namespace tokendeck::state::diagnostics
