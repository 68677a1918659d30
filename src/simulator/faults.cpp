#include "simulator/faults.hpp"

#include "simulator/errors.hpp"

#include <charconv>

namespace tokendeck::simulator {
namespace {

template <typename Number>
std::optional<Number> number(std::string_view text, int base = 10) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<Trigger> trigger(std::string_view text) {
    const auto colon = text.find(':');
    if (colon != 2) return std::nullopt;
    const auto command = number<std::uint8_t>(text.substr(0, 2), 16);
    const auto count = number<unsigned>(text.substr(3));
    if (!command || !count || *count == 0) return std::nullopt;
    return Trigger{*command, *count};
}

bool take_flag(std::string_view line, Faults& faults) {
    if (line == "unplugged") return faults.unplugged = true;
    if (line == "wrong_code") return faults.wrong_code = true;
    if (line == "reset_without_effect") return faults.reset_without_effect = true;
    if (line == "card_in_use") return faults.card_in_use = true;
    return false;
}

std::optional<Trigger>* trigger_named(std::string_view key, Faults& faults) {
    if (key == "unplug_at") return &faults.unplug_at;
    if (key == "unplug_after") return &faults.unplug_after;
    if (key == "power_loss_at") return &faults.power_loss_at;
    if (key == "power_loss_after") return &faults.power_loss_after;
    if (key == "other_program_at") return &faults.other_program_at;
    if (key == "hang_at") return &faults.hang_at;
    return nullptr;
}

unsigned* count_named(std::string_view key, Faults& faults) {
    if (key == "drop_next") return &faults.drop_requests;
    if (key == "fail_next") return &faults.fail_transfers;
    if (key == "lose_next") return &faults.lose_replies;
    if (key == "corrupt_next") return &faults.corrupt_replies;
    if (key == "foreign_next") return &faults.foreign_replies;
    if (key == "duplicate_next") return &faults.duplicate_replies;
    if (key == "steal_next") return &faults.steal_payloads;
    if (key == "late_reads") return &faults.late_reads;
    return nullptr;
}

// True if the line was understood.
bool take_line(std::string_view line, Faults& faults) {
    if (line.empty() || line.front() == '#' || take_flag(line, faults)) return true;
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) return false;
    const auto key = line.substr(0, equals);
    const auto value = line.substr(equals + 1);
    if (auto* const named = trigger_named(key, faults)) return (*named = trigger(value)).has_value();
    if (key == "delay_ms" || key == "card_start_ms") {
        const auto time = number<std::uint32_t>(value);
        (key == "delay_ms" ? faults.busy_longer : faults.card_start) = base::Milliseconds{time.value_or(0)};
        return time.has_value();
    }
    if (key == "timing") {
        faults.timing = value == "real" ? TimingChoice::real : TimingChoice::fast;
        return value == "real" || value == "fast";
    }
    unsigned* const count = count_named(key, faults);
    const auto parsed = number<unsigned>(value);
    if (count == nullptr || !parsed) return false;
    *count = *parsed;
    return true;
}

}  // namespace

base::Result<Faults> parse_control(std::string_view text) {
    Faults faults;
    for (std::size_t line_number = 1; !text.empty(); ++line_number) {
        const auto end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        if (!take_line(line, faults)) {
            return base::Error{.code = errors::control_unreadable, .position = line_number};
        }
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return faults;
}

}  // namespace tokendeck::simulator
