#include "otp/slot.hpp"

#include <charconv>

namespace tokendeck::otp {

std::string text(const SlotId& slot) {
    if (const auto* numbered = std::get_if<NumberedSlot>(&slot))
        return std::string(name(numbered->kind)) + ":" + std::to_string(numbered->number);
    return "name:" + std::get<NamedSlot>(slot).label;
}

std::optional<SlotId> parse_slot(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const std::string_view head = text.substr(0, colon);
    const std::string_view tail = text.substr(colon + 1);
    if (tail.empty()) return std::nullopt;
    if (head == "name") return NamedSlot{std::string(tail)};
    if (head != "hotp" && head != "totp") return std::nullopt;
    if (tail.front() < '1' || tail.front() > '9') return std::nullopt;
    std::uint8_t number = 0;
    const auto [end, error] = std::from_chars(tail.data(), tail.data() + tail.size(), number);
    if (error != std::errc{} || end != tail.data() + tail.size()) return std::nullopt;
    return NumberedSlot{head == "hotp" ? OtpKind::hotp : OtpKind::totp, number};
}

const char* name(SlotState state) {
    switch (state) {
        case SlotState::empty: return "empty";
        case SlotState::programmed: return "programmed";
        case SlotState::proven: return "proven";
        case SlotState::unsure: return "unsure";
        case SlotState::mismatch: return "mismatch";
        case SlotState::unreadable: return "unreadable";
    }
    return "";
}

}  // namespace tokendeck::otp
