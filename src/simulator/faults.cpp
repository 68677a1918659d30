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

// True if the line was understood.
bool take_line(std::string_view line, Faults& faults) {
    if (line.empty() || line.front() == '#') return true;
    if (line == "unplugged") return faults.unplugged = true;
    if (line == "wrong_code") return faults.wrong_code = true;
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) return false;
    const auto key = line.substr(0, equals);
    const auto value = line.substr(equals + 1);
    if (key == "unplug_at") return (faults.unplug_at = trigger(value)).has_value();
    if (key == "unplug_after") return (faults.unplug_after = trigger(value)).has_value();
    if (key == "delay_ms") {
        const auto delay = number<std::uint32_t>(value);
        faults.busy_longer = base::Milliseconds{delay.value_or(0)};
        return delay.has_value();
    }
    unsigned* const count = key == "drop_next"      ? &faults.drop_requests
                            : key == "fail_next"    ? &faults.fail_transfers
                            : key == "corrupt_next" ? &faults.corrupt_replies
                            : key == "foreign_next" ? &faults.foreign_replies
                            : key == "late_reads"   ? &faults.late_reads
                                                    : nullptr;
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
            base::Error error{errors::control_unreadable};
            error.position = line_number;
            return error;
        }
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return faults;
}

}  // namespace tokendeck::simulator
