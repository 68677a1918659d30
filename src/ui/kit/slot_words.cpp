#include "ui/kit/slot_words.hpp"
#include "base/ascii.hpp"
#include "state/diagnostics.hpp"
#include "ui/kit/widgets.hpp"
#include "words/texts.hpp"

#include <algorithm>
#include <chrono>

namespace tokendeck::ui {

std::string token_name(const channel::TokenInfo& info) {
    const std::string& serial = info.card_serial;
    if (serial.empty())
        return text(info.simulated ? Key::token_name_plain_simulated : Key::token_name_plain, {{"title", info.title}});
    return text(info.simulated ? Key::token_name_simulated : Key::token_name,
                {{"title", info.title}, {"serial", serial}});
}

std::string token_name(const channel::TokenStatus& status) {
    channel::TokenInfo info = status.info;
    if (!status.card_serial.empty()) info.card_serial = status.card_serial;
    return token_name(info);
}

void draw_token_line(View& view, Column& column, const std::string& path) {
    if (!view.state.active) return;
    const auto& status = view.state.active->status;
    const std::string words = token_name(status);
    const ImU32 colour = status.info.simulated ? view.colour.simulated : view.colour.accent_text;
    text_at(view.list(), {column.x, column.y}, Face::small, colour, status.info.simulated ? icon::flask : icon::usb);
    const ImVec2 low{column.x + view.px(space::page), column.y};
    const float taken = text_fit(view, low, column.right() - low.x, Face::small, colour, words, true);
    note_item(view, path, words, low, {low.x + taken, low.y + height(Face::small)}, true, false);
    column.space(view.px(size::label_row));
}

std::string slot_title(const otp::SlotSummary& slot) {
    const std::string name = printable(slot.name);
    return name.find_first_not_of(' ') == std::string::npos ? std::string(text(Key::slot_unnamed)) : name;
}

std::string place(const otp::SlotId& slot) {
    if (const auto* numbered = std::get_if<otp::NumberedSlot>(&slot))
        return text(numbered->kind == otp::OtpKind::totp ? Key::place_totp : Key::place_hotp,
                    {{"n", std::to_string(numbered->number)}});
    return printable(std::get<otp::NamedSlot>(slot).label);
}

std::string name_length(std::string_view name, std::size_t bytes_max) {
    const bool plain = base::is_ascii(name);
    const std::string used = std::to_string(name.size());
    const std::string most = std::to_string(bytes_max);
    return plain ? text(Key::review_characters, {{"n", used}, {"max", most}}) : used + "/" + most;
}

std::string facts(const otp::OtpParameters& parameters) {
    const std::string digits = std::to_string(parameters.digits);
    if (parameters.kind == otp::OtpKind::totp)
        return text(Key::facts_totp, {{"digits", digits}, {"period", std::to_string(parameters.period)}});
    return text(Key::facts_hotp, {{"digits", digits}, {"counter", std::to_string(parameters.counter)}});
}

std::string utc(base::UnixTime time) {
    return state::diagnostics::utc(time);
}

long seconds_since(const View& view, base::SteadyTime since) {
    view.redraw_within(base::Milliseconds{500});
    return static_cast<long>(
        std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::seconds>(view.state.now - since).count()));
}

}  // namespace tokendeck::ui
