// The report's text. What goes in is named here member by member; what is not named stays out.
#include "base/filled.hpp"
#include "state/diagnostics.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <string_view>

namespace tokendeck::state::diagnostics {
namespace {

constexpr std::size_t commands_told = 32;

std::string number(std::uint64_t value) {
    return std::to_string(value);
}

std::string tenths(double value) {
    std::array<char, 48> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%.1f", value);
    return buffer.data();
}

const char* yes_no(bool value) {
    return value ? "yes" : "no";
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size()), ' ');
    return text;
}

std::string right(const std::string& text, std::size_t width) {
    return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

// Commands and statuses come from fixed tables. Anything of another form is no name of theirs and is left out.
bool all_of(std::string_view text, std::string_view allowed) {
    return !text.empty() && text.size() <= 40 && text.find_first_not_of(allowed) == std::string_view::npos;
}

std::string command_name(const std::string& name) {
    return all_of(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") ? name : "(another)";
}

std::string status_name(std::string name) {
    std::string_view rest = name;
    for (const std::string_view word : {"PIN", "AES"})
        if (rest.starts_with(word)) rest.remove_prefix(word.size());
    std::string without(rest);
    if (const auto at = without.find(" PIN"); at != std::string::npos) without.erase(at, 4);
    return all_of(without.empty() ? "x" : without, "abcdefghijklmnopqrstuvwxyz .-") ? name : "(another)";
}

class Lines {
  public:
    void line(std::string_view words) { (text_ += words) += '\n'; }
    void fact(std::string_view label, std::string_view value) {
        line(padded(std::string(label) + ":", 24) + std::string(value));
    }
    void heading(std::string_view words) {
        text_ += '\n';
        line(words);
    }
    [[nodiscard]] std::string take() { return std::move(text_); }

  private:
    std::string text_{};
};

std::string firmware_words(const channel::TokenStatus& status) {
    const FirmwareNews news = firmware_news(status);
    const std::string newest = "0." + number(news.minor);
    std::string words = number(status.firmware_major) + "." + number(status.firmware_minor);
    switch (news.kind) {
        case FirmwareNews::Kind::unknown: return words + "; the newest one of this model is not known";
        case FirmwareNews::Kind::newest: return words + ", the newest known (as of " + news.noted + ")";
        case FirmwareNews::Kind::older: return words + "; newer is known: " + newest + " (as of " + news.noted + ")";
        case FirmwareNews::Kind::ahead:
            return words + ", newer than the newest known, " + newest + " (as of " + news.noted + ")";
    }
    return words;
}

std::string tries(const std::optional<std::uint8_t>& left) {
    return left ? base::counted("{n} of 3 tries left", *left) : "the smart card did not answer";
}

std::string slots_in_use(const std::vector<otp::SlotSummary>& slots, otp::OtpKind kind) {
    std::size_t used = 0, all = 0, unsure = 0, mismatched = 0;
    for (const otp::SlotSummary& slot : slots) {
        const auto* numbered = std::get_if<otp::NumberedSlot>(&slot.id);
        if (numbered == nullptr || numbered->kind != kind) continue;
        ++all;
        used += otp::occupied(slot) ? 1 : 0;
        unsure += slot.state == otp::SlotState::unsure ? 1 : 0;
        mismatched += slot.state == otp::SlotState::mismatch ? 1 : 0;
    }
    std::string words = number(used) + " of " + number(all) + " used";
    if (unsure > 0) words += ", " + number(unsure) + " unsure";
    if (mismatched > 0) words += ", " + number(mismatched) + " with a wrong code";
    return words;
}

std::string volume(const channel::VolumeState& state) {
    if (!state.active) return "closed";
    return state.read_only ? "open, read-only" : "open, can be written";
}

std::string lock_key(const std::optional<std::uint8_t>& slot) {
    return slot ? "HOTP " + number(*slot) : "off";
}

void tell_storage(Lines& out, const channel::StorageStatus& storage) {
    out.fact("unencrypted volume", volume(storage.unencrypted));
    out.fact("encrypted volume", volume(storage.encrypted));
    out.fact("SD card", storage.new_sd_card          ? "new, not filled with random data"
                        : storage.filled_with_random ? "filled with random data"
                                                     : "not filled with random data");
    out.fact("keys made", yes_no(storage.keys_initialised));
    out.fact("firmware locked", yes_no(storage.firmware_locked));
    out.fact("development build", yes_no(storage.development_build));
    out.fact("smart card in use", storage.card_in_use ? yes_no(*storage.card_in_use) : "not told");
}

void tell_token(Lines& out, const ActiveToken& token) {
    const channel::TokenStatus& status = token.status;
    const otp::TokenLimits& limits = status.limits;
    out.heading("Token");
    out.fact("model", status.info.title + (status.info.simulated ? " (simulated)" : ""));
    for (const std::string_view way : {"hidraw", "libusb", "simulated"})
        if (status.info.via == way) out.fact("reached by", way);
    out.fact("firmware", firmware_words(status));
    out.fact("smart card answers", yes_no(!status.card_serial.empty()));
    out.fact("user PIN", tries(status.user_tries));
    out.fact("admin PIN", tries(status.admin_tries));
    out.fact("TOTP slots", slots_in_use(token.slots, otp::OtpKind::totp));
    out.fact("HOTP slots", slots_in_use(token.slots, otp::OtpKind::hotp));
    out.fact("codes need the user PIN", yes_no(status.pin_protected_codes));
    if (status.abilities.lock_key_slots > 0)
        out.fact("lock keys", "Num " + lock_key(status.general.numlock) + ", Caps " +
                                  lock_key(status.general.capslock) + ", Scroll " +
                                  lock_key(status.general.scrolllock));
    if (status.storage) tell_storage(out, *status.storage);
    out.fact("secrets up to", base::counted("{n} {n|byte|bytes}", limits.secret_bytes_max));
    out.fact("names up to", base::counted("{n} {n|byte|bytes}", limits.name_bytes_max));
    out.fact("algorithms", std::string("SHA1") + (limits.sha256 ? ", SHA256" : "") + (limits.sha512 ? ", SHA512" : ""));
    out.fact("digits", number(limits.digits_min) + " to " + number(limits.digits_max));
    out.fact("period up to", number(limits.period_max) + " s");
    out.fact("slots can be edited", yes_no(status.abilities.edit));
    std::string faults;
    for (const std::string& fault : status.quirks) faults += (faults.empty() ? "" : ", ") + fault;
    out.fact("known faults", faults.empty() ? "none" : faults);
}

void tell_clocks(Lines& out, const AppState& state) {
    out.heading("Clocks");
    const auto& clock = state.diagnostics.computer_clock;
    std::string kept = "not told by this system";
    if (clock && clock->synchronised) kept = *clock->synchronised ? "yes" : "no";
    if (clock && clock->max_error) kept += ", within " + tenths(milliseconds(*clock->max_error)) + " ms";
    if (clock && clock->estimated_error)
        kept += " (estimated " + tenths(milliseconds(*clock->estimated_error)) + " ms)";
    out.fact("computer synchronised", kept);
    if (!state.active) return;
    out.fact("token's clock set at", state.active->clock_set_at ? utc(*state.active->clock_set_at) : "not set yet");
    if (const auto bounds = clock_bounds(state))
        out.fact("token's clock now", "at most " + tenths(bounds->behind / 1000) + " s behind, " +
                                          tenths(bounds->ahead / 1000) + " s ahead");
}

void tell_times(Lines& out, std::string_view name, const Times& times) {
    out.line(padded(std::string(name), 30) + right(number(times.count), 6) + right(tenths(times.p50), 10) +
             right(tenths(times.p95), 10) + right(tenths(times.p99), 10) + right(tenths(times.longest), 10));
}

void tell_exchanges(Lines& out, const Diagnostics& d) {
    out.heading("Exchanges since the program started");
    out.fact("exchanges", number(d.total));
    out.fact("transport errors", number(d.transport_errors));
    out.fact("foreign replies", number(d.foreign_replies));
    out.fact("refusals", number(d.refusals));
    for (const ErrorCount& error : errors_by_kind(d))
        out.line("  " + number(error.count) + " x " + status_name(error.name));
    if (d.exchanges.empty()) return;

    out.heading("Answer times in ms" + padded("", 13) + " count       p50       p95       p99   longest");
    tell_times(out, "all kept", times_of(d));
    for (const CommandTimes& one : times_by_command(d)) tell_times(out, command_name(one.command), one.times);

    out.heading("Last commands, newest first");
    for (std::size_t i = 0; i < std::min(commands_told, d.exchanges.size()); ++i) {
        const channel::ExchangeRecord& record = d.exchanges[d.exchanges.size() - 1 - i];
        out.line(utc(record.at) + "  " + padded(command_name(record.command), 30) +
                 right(tenths(milliseconds(record.duration)), 9) + " ms" + right(number(record.reads), 4) +
                 padded(base::counted(" {n|read|reads}", record.reads), 6) +
                 (record.foreign > 0 ? ", " + number(record.foreign) + " foreign" : "") + "  " +
                 status_name(record.status));
    }
}

void tell_findings(Lines& out, const std::vector<channel::Finding>& findings) {
    out.heading("Found by the doctor");
    for (const channel::Finding& found : findings) {
        const char* const weight = found.weight == channel::Finding::Weight::problem  ? "problem"
                                   : found.weight == channel::Finding::Weight::advice ? "advice"
                                                                                      : "fine";
        out.line(std::string(weight) + ": " + std::string(found.error.code.name));
    }
    if (findings.empty()) out.line("nothing");
}

void tell_tokens_seen(Lines& out, const AppState& state) {
    std::map<std::string, unsigned> seen;
    for (const channel::TokenInfo& info : state.tokens) {
        std::string words = info.title + (info.simulated ? " (simulated)" : "");
        switch (info.access) {
            case channel::TokenAccess::openable: break;
            case channel::TokenAccess::no_permission: words += ", may not be opened"; break;
            case channel::TokenAccess::not_served: words += ", not served"; break;
            case channel::TokenAccess::boot_loader: words += ", in its boot loader"; break;
        }
        ++seen[words];
    }
    out.heading("Tokens seen");
    for (const auto& [words, count] : seen) out.line(number(count) + " x " + words);
    if (seen.empty()) out.line("none");
    if (state.open_error) out.fact("not opened", state.open_error->code.name);
}

}  // namespace

std::string report(const AppState& state) {
    Lines out;
    out.line("Report of " + state.diagnostics.program + " on " + state.diagnostics.system);
    out.line("made at " + utc(state.unix_now) + ". Names of accounts, serial numbers, codes and PINs are left out.");
    tell_tokens_seen(out, state);
    if (state.active) tell_token(out, *state.active);
    tell_clocks(out, state);
    tell_exchanges(out, state.diagnostics);
    if (state.findings) tell_findings(out, *state.findings);
    return out.take();
}

}  // namespace tokendeck::state::diagnostics
