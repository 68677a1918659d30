// The line at the bottom, and what is told for a while.
#include "ui/codes/slots_parts.hpp"
#include "ui/kit/imgui_compat.hpp"
#include "words/words.hpp"

#include <limits>

namespace tokendeck::ui {
namespace {

// A button of the height of a line of text, at most `widest` wide. Returns true when pressed; `x` is moved on.
bool small_button(View& view, const std::string& path, float& x, float middle, std::string_view words,
                  float widest = std::numeric_limits<float>::max()) {
    const float tall = view.px(26);
    const float width = std::min(std::round(measure(Face::small, words).x + view.px(space::page)), widest);
    const ImVec2 low{x, middle - tall / 2};
    const ImVec2 high{x + width, middle + tall / 2};
    const Press press = press_area(view, path, words, low, high);
    const float rounding = view.px(radius::small);
    fill(view.list(), low, high, press.hovered || press.held ? view.colour.raised : view.colour.surface, rounding);
    outline(view.list(), low, high, view.colour.border_strong, rounding, view.px(thickness::hair));
    text_fit(view, {low.x + view.px(space::apart), middle - height(Face::small) / 2}, width - view.px(19), Face::small,
             view.colour.text, words, true);
    if (press.focused) focus_ring(view, low, high, rounding);
    x = high.x + view.px(space::near);
    return press.pressed;
}

std::string loan_words(const View& view, const state::ClipboardLoan& loan) {
    const std::string name = printable(loan.name);
    if (loan.kept && state::loan_expired(view.state))
        return name.empty() ? std::string(text(Key::clipboard_kept_expired_unnamed))
                            : text(Key::clipboard_kept_expired, {{"name", name}});
    if (loan.kept)
        return name.empty() ? std::string(text(Key::clipboard_kept_unnamed))
                            : text(Key::clipboard_kept, {{"name", name}});
    const auto left = std::chrono::duration_cast<base::Milliseconds>(loan.clears_at - view.state.now);
    const std::string seconds = std::to_string(std::max<long>(0, static_cast<long>((left.count() + 999) / 1000)));
    return name.empty() ? text(Key::clipboard_loan_unnamed, {{"n", seconds}})
                        : text(Key::clipboard_loan, {{"name", name}, {"n", seconds}});
}

// What was lent to the clipboard, and what can be done about it. Returns where it ends.
float loan(View& view, const state::ClipboardLoan& lent, float x, float end, ImVec2 low, ImVec2 high) {
    const float middle = (low.y + high.y) / 2;
    if (!lent.kept) {  // a thin line that gets shorter
        const auto left = std::chrono::duration<float>(lent.clears_at - view.state.now).count();
        const auto whole = std::chrono::duration<float>(view.state.settings.clipboard_time).count();
        const float fraction = whole > 0 ? std::clamp(left / whole, 0.0F, 1.0F) : 0;
        view.list()->AddRectFilled(low, {low.x + (high.x - low.x) * fraction, low.y + view.px(space::hair)},
                                   view.colour.success);
    }
    const float y = middle - height(Face::small) / 2;
    text_at(view.list(), {x, y}, Face::small, view.colour.success, icon::clipboard);
    x += view.px(size::icon_room);
    const std::string words = loan_words(view, lent);
    const float buttons =
        measure(Face::small, text(Key::clipboard_clear)).x + view.px(20 + space::gap) +
        (lent.kept ? 0 : measure(Face::small, text(Key::clipboard_keep)).x + view.px(20 + space::near));
    const float room = end - x - buttons;
    const float taken = text_fit(view, {x, y}, room, Face::small, view.colour.text, words, true);
    note_item(view, "clipboard/loan", words, {x, low.y}, {x + taken, high.y}, true, false);
    // The buttons stay where they are while the seconds, whose digits are not all as wide, count down.
    std::string widest = words;
    for (char& c : widest)
        if (c >= '0' && c <= '9') c = '0';
    x += std::round(std::min(std::max(taken, measure(Face::small, widest).x), room)) + view.px(space::gap);
    if (small_button(view, "clipboard/clear", x, middle, text(Key::clipboard_clear)))
        view.wish(state::ClearClipboard{});
    if (!lent.kept && small_button(view, "clipboard/keep", x, middle, text(Key::clipboard_keep)))
        view.wish(state::KeepClipboard{});
    return x;
}

// The account that was read and is not written yet. Returns where it ends.
float waiting(View& view, float x, float end, float middle) {
    const std::string name = printable(state::waiting_account(view.state));
    const std::size_t count = state::accounts_waiting(view.state);
    const std::string words = count > 1      ? text(Key::waiting_continue_several, {{"n", std::to_string(count)}})
                              : name.empty() ? std::string(text(Key::waiting_continue_unnamed))
                                             : text(Key::waiting_continue, {{"name", name}});
    if (small_button(view, "wizard/continue", x, middle, words, end - x)) view.wish(state::StartWizard{});
    return x;
}

// Returns where it begins.
float keys_hint(View& view, float right, float middle) {
    const std::string_view words = text(Key::keys_hint);
    const float words_width = measure(Face::small, words).x;
    const float cap = key_cap_width(view, "F1");
    const ImVec2 low{right - cap - words_width - view.px(8 + 2 * 6), middle - view.px(14)};
    const ImVec2 high{right, middle + view.px(14)};
    const Press press = press_area(view, "help/open", words, low, high);
    const float rounding = view.px(radius::small);
    if (press.hovered) fill(view.list(), low, high, view.colour.raised, rounding);
    const float x = low.x + view.px(space::snug);
    key_cap(view, {x, middle - key_cap_height(view) / 2 - view.px(space::pixel)}, "F1");
    text_at(view.list(), {x + cap + view.px(space::near), middle - height(Face::small) / 2}, Face::small,
            view.colour.muted, words);
    if (press.focused) focus_ring(view, low, high, rounding);
    if (press.pressed) view.wish(state::ShowHelp{true});
    return low.x;
}

}  // namespace

float status_height(const View& view) {
    return view.px(38);
}

void draw_status(View& view, ImVec2 low, ImVec2 high) {
    fill(view.list(), low, high, view.colour.surface, 0);
    view.list()->AddRectFilled(low, {high.x, low.y + view.px(space::pixel)}, view.colour.border);
    const float middle = std::round((low.y + high.y) / 2);
    const float margin =
        std::max(0.0F, std::round((high.x - low.x - view.px(space::page_most)) / 2) - view.px(space::page));
    float left = low.x + margin + view.px(space::page);
    const float hint_width =
        key_cap_width(view, "F1") + measure(Face::small, text(Key::keys_hint)).x + view.px(8 + 2 * 6);
    const float hint_end = high.x - (margin > 0 ? margin + view.px(space::page) : view.px(space::gap));
    const float hint_x = hint_end - hint_width;
    if (view.state.screen != state::Screen::wizard && state::wizard_holds_accounts(view.state))
        left = waiting(view, left, low.x + (high.x - low.x) * (view.state.clipboard ? 0.35F : 0.6F), middle) +
               view.px(space::near);
    if (view.state.clipboard) left = loan(view, *view.state.clipboard, left, hint_x - view.px(space::near), low, high);
    const std::string_view drop = text(Key::drop_hint);
    const float drop_width = measure(Face::small, drop).x + view.px(size::icon_room);
    const float x = view.state.clipboard ? hint_x - view.px(space::page) - drop_width : left;
    if (x >= left && x + drop_width <= hint_x - view.px(space::near)) {
        const float y = middle - height(Face::small) / 2;
        text_at(view.list(), {x, y}, Face::small, view.colour.muted, icon::picture);
        text_at(view.list(), {x + view.px(size::icon_room), y}, Face::small, view.colour.muted, drop);
    }
    keys_hint(view, hint_end, middle);
}

namespace {

std::string notice_words(const View& view, const state::Notice& notice) {
    if (notice.error) return sentences(describe(*notice.error));
    return text_by_name(notice.text_key,
                        {{"subject", printable(notice.subject)},
                         {"hotp", std::to_string(view.state.settings.hotp_shown_time.count() / 1000)}});
}

struct NoticeLook {
    std::string words;
    float text_width, width, tall;
};

NoticeLook notice_look(const View& view, const state::Notice& notice) {
    NoticeLook look{notice_words(view, notice), 0, 0, 0};
    const float beside =
        2 * view.px(space::gap) + view.px(space::group) + view.px(30);  // the edges, the icon, the cross
    const float most = std::min(ImGui::GetIO().DisplaySize.x - 2 * view.px(space::page), view.px(760));
    look.text_width = std::min(most - beside, std::ceil(measure(Face::body, look.words).x) + 1);
    look.width = look.text_width + beside;
    look.tall = paragraph_height(look.text_width, Face::body, look.words) + view.px(18);
    return look;
}

}  // namespace

void measure_notice(View& view) {
    view.memory.page.notice_height =
        view.state.notice ? notice_look(view, *view.state.notice).tall + 2 * view.px(space::near) : 0;
}

void draw_notice(View& view, ImVec2 low, ImVec2 high) {
    if (!view.state.notice) return;
    const state::Notice& notice = *view.state.notice;
    const Tone tone = notice.kind == state::Notice::Kind::success   ? Tone::success
                      : notice.kind == state::Notice::Kind::problem ? Tone::danger
                                                                    : Tone::info;
    const auto [words, text_width, width, tall] = notice_look(view, notice);
    const float pad = view.px(space::gap);
    const float glyph_room = view.px(space::group);
    const float close = view.px(30);
    const float x = std::round((low.x + high.x - width) / 2);
    const float y = high.y - view.px(space::near) - tall;
    const ImVec2 box{x, y};
    const ImVec2 end{x + width, y + tall};

    // In a window of its own: its cross is reached with Tab after what the page has.
    const float shade = view.px(space::snug);
    ImGui::SetCursorScreenPos({box.x - shade, box.y - shade});
    compat::begin_child("notice", {width + 2 * shade, tall + 2 * shade},
                        ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar);
    const float rounding = view.px(radius::card);
    for (const float spread : {5.0F, 2.5F})
        fill(view.list(), {box.x - view.px(spread) / 2, box.y}, {end.x + view.px(spread) / 2, end.y + view.px(spread)},
             view.colour.shadow, rounding);
    fill(view.list(), box, end, view.colour.surface, rounding);
    fill(view.list(), box, end, tone_background(view, tone), rounding);
    outline(view.list(), box, end, tone_colour(view, tone), rounding, view.px(thickness::hair));
    const float text_y = y + view.px(9) + view.px(space::hair);
    text_at(view.list(), {x + pad, text_y}, Face::body, tone_colour(view, tone),
            tone == Tone::success  ? icon::check_circle
            : tone == Tone::danger ? icon::warning
                                   : icon::info_circle);
    const float text_x = x + pad + glyph_room;
    paragraph(view, {text_x, text_y}, text_width, Face::body, view.colour.text, words);
    note_item(view, "notice/text", words, {text_x, y}, {text_x + text_width, end.y}, true, false);
    if (icon_button(view, "notice/dismiss", {end.x - close - view.px(space::snug), y + (tall - close) / 2}, close,
                    icon::cross, text(Key::dismiss), view.colour.muted))
        view.wish(state::DismissNotice{});
    ImGui::EndChild();
}

}  // namespace tokendeck::ui
