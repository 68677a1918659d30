// What a person has to know before typing a PIN; the code with its ring; names of slots.
#include "ui/texts.hpp"
#include "ui/views.hpp"
#include "ui/widgets.hpp"

namespace tokendeck::ui {

bool draw_pin_facts(View& view, Column& column, Pin pin, bool with_default) {
    if (!view.state.active) return true;
    const auto& status = view.state.active->status;
    const std::optional<std::uint8_t> tries = pin == Pin::admin ? status.admin_tries : status.user_tries;
    if (!tries) {
        banner(view, column, Tone::warning, text(Key::pin_tries_unknown), text(Key::pin_tries_unknown_body));
        column.space(view.px(10));
        return true;
    }
    const int left = *tries;
    if (left == 0) {
        banner(view, column, Tone::danger, text(pin == Pin::admin ? Key::pin_admin_blocked : Key::pin_user_blocked),
               text(pin == Pin::admin ? Key::pin_admin_blocked_body : Key::pin_user_blocked_body),
               pin == Pin::admin ? "pin/admin-blocked" : "pin/user-blocked");
        column.space(view.px(10));
        return false;
    }
    const ImU32 colour = left >= 3 ? view.colour.success : left == 2 ? view.colour.warning : view.colour.danger;
    const std::string words =
        left == 1 ? std::string(text(Key::pin_one_try)) : text(Key::pin_tries, {{"n", std::to_string(left)}});
    dots(view, {column.x, column.y + view.px(6)}, left, 3, colour);
    const float x = column.x + view.px(56);
    const float taken = text_fit(view, {x, column.y}, column.right() - x, Face::strong, colour, words);
    note_item(view, pin == Pin::admin ? "pin/admin-tries" : "pin/user-tries", words, {column.x, column.y},
              {x + taken, column.y + view.px(22)}, true, false);
    column.space(view.px(26));
    if (left == 1) {
        banner(view, column, Tone::danger, text(Key::pin_last_try),
               text(pin == Pin::admin ? Key::pin_admin_at_zero : Key::pin_user_at_zero));
        column.space(view.px(10));
    } else {
        std::string facts_text(text(pin == Pin::admin ? Key::pin_admin_at_zero : Key::pin_user_at_zero));
        if (with_default)
            facts_text += " " + std::string(text(pin == Pin::admin ? Key::pin_admin_default : Key::pin_user_default));
        text_in(view, column, Face::small, view.colour.muted, facts_text);
        column.space(view.px(8));
    }
    return true;
}

namespace {

// Digits stand in cells of the same width: Inter's 1 is narrower, and codes would jump.
float cell_width(float size) {
    return std::round(size * 0.545F);
}

std::size_t group_of(std::size_t digits) {
    return digits % 3 == 0 ? 3 : digits % 4 == 0 ? 4 : digits;
}

float digits_width(std::size_t digits, float size) {
    const std::size_t gaps = digits == 0 ? 0 : (digits - 1) / group_of(digits);
    return cell_width(size) * static_cast<float>(digits) + std::round(size * 0.28F) * static_cast<float>(gaps);
}

}  // namespace

float code_width(const View& view, const state::ShownCode& shown, float scale) {
    const float size = std::round(height(Face::digits) * scale);
    return digits_width(shown.code.size(), size) + view.px(shown.timed() ? 54 : 34);
}

float draw_code(View& view, ImVec2 right_middle, const state::ShownCode& shown, float scale, const std::string& path) {
    const float size = std::round(height(Face::digits) * scale);
    const std::string_view digits = shown.code.view();
    const float width = code_width(view, shown, scale);
    const float left = right_middle.x - width;
    const float top = right_middle.y - size / 2;
    ImFont* const face = font(Face::digits);

    float fraction = 1;
    long seconds = 0;
    if (shown.timed()) {
        const auto whole = static_cast<double>(shown.valid_until.milliseconds - shown.valid_from.milliseconds);
        const auto rest = static_cast<double>(shown.valid_until.milliseconds - view.state.unix_now.milliseconds);
        fraction = whole > 0 ? static_cast<float>(std::clamp(rest / whole, 0.0, 1.0)) : 0;
        seconds = static_cast<long>(std::max(0.0, std::ceil(rest / 1000)));
    }
    const bool late = shown.timed() && seconds <= 5;
    const ImU32 colour = late ? view.colour.warning : view.colour.text;
    const std::size_t group = group_of(digits.size());
    float x = left;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && i % group == 0) x += std::round(size * 0.28F);
        const char* const digit = digits.data() + i;
        const float digit_width = face->CalcTextSizeA(size, FLT_MAX, 0, digit, digit + 1).x;
        view.list()->AddText(face, size, {std::round(x + (cell_width(size) - digit_width) / 2), std::round(top)},
                             colour, digit, digit + 1);
        x += cell_width(size);
    }
    note_item(view, path, digits, {left, top}, {x, top + size}, true, false);

    if (shown.timed()) {
        const float radius = view.px(15);
        const ImVec2 centre{right_middle.x - radius - view.px(3), right_middle.y};
        view.painter.ring(view.list(), centre, radius, view.px(3.5F), fraction,
                          late ? view.colour.warning : view.colour.accent, view.colour.track);
        const std::string words = std::to_string(seconds);
        const ImVec2 extent = measure(Face::small, words);
        text_at(view.list(), {centre.x - extent.x / 2, centre.y - extent.y / 2}, Face::small,
                late ? view.colour.warning : view.colour.muted, words);
    } else {
        text_at(view.list(), {right_middle.x - view.px(22), right_middle.y - height(Face::body) / 2}, Face::body,
                view.colour.success, icon::check);
    }
    return width;
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

std::string facts(const otp::OtpParameters& parameters) {
    const std::string digits = std::to_string(parameters.digits);
    if (parameters.kind == otp::OtpKind::totp)
        return text(Key::facts_totp, {{"digits", digits}, {"period", std::to_string(parameters.period)}});
    return text(Key::facts_hotp, {{"digits", digits}, {"counter", std::to_string(parameters.counter)}});
}

long seconds_since(const View& view, base::SteadyTime since) {
    view.redraw_within(base::Milliseconds{500});
    return static_cast<long>(
        std::max<std::int64_t>(0, std::chrono::duration_cast<std::chrono::seconds>(view.state.now - since).count()));
}

}  // namespace tokendeck::ui
