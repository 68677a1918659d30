// What is typed into the box for anything is understood as, while it is typed: the account, or the place at which it is
// wrong. Nothing is guessed, and nothing of the secret is said but a single character that cannot belong to one.
#include "ui/kit/slot_words.hpp"
#include "ui/kit/widgets.hpp"
#include "ui/wizard/parts.hpp"
#include "words/texts.hpp"
#include "words/words.hpp"

namespace tokendeck::ui {
namespace {

constexpr std::size_t lines_most = 4;  // that are explained one by one; a page of them would hide the box

std::string account_words(const channel::AccountFacts& account) {
    std::string words = printable(account.issuer);
    if (!account.account.empty()) {
        if (!words.empty()) words += ": ";
        words += printable(account.account);
    }
    const bool totp = account.parameters.kind == otp::OtpKind::totp;
    if (!words.empty()) words += " \xC2\xB7 ";
    words += std::string(totp ? "TOTP" : "HOTP") + " \xC2\xB7 " + facts(account.parameters);
    if (account.parameters.algorithm != otp::HashAlgorithm::sha1)
        words += " \xC2\xB7 " + std::string(otp::name(account.parameters.algorithm));
    return words + " \xC2\xB7 " + text(Key::explain_bytes, {{"n", std::to_string(account.secret_bytes)}});
}

Key kind_of(channel::TextKind kind) {
    switch (kind) {
        case channel::TextKind::base32_secret: return Key::explain_base32;
        case channel::TextKind::hex_secret: return Key::explain_hex;
        case channel::TextKind::otpauth_uri: return Key::explain_address;
        case channel::TextKind::migration: return Key::explain_export;
        case channel::TextKind::several: return Key::explain_several;
        case channel::TextKind::picture: return Key::explain_picture;
        case channel::TextKind::nothing_yet:
        case channel::TextKind::unsupported_uri: break;
    }
    return Key::explain_other;
}

struct Told {
    Tone tone = Tone::success;
    std::string what{};
    std::string more{};
};

Told told_of(const channel::ExplainedItem& item) {
    Told told;
    if (item.problem) {
        const Words words = describe(item.problem->error);
        told = {Tone::danger, words.what, words.next};
        if (item.look_alikes.size() > 1)
            told.more += (told.more.empty() ? "" : " ") +
                         text(Key::explain_look_alikes, {{"n", std::to_string(item.look_alikes.size())}});
        return told;
    }
    told.what = text(kind_of(item.kind));
    if (item.kind == channel::TextKind::migration) {
        told.what = item.part && item.part->count > 1
                        ? text(Key::explain_export_part, {{"n", std::to_string(item.accounts.size())},
                                                          {"part", std::to_string(item.part->index + 1)},
                                                          {"all", std::to_string(item.part->count)}})
                        : text(Key::explain_export_n, {{"n", std::to_string(item.accounts.size())}});
        if (!item.refused.empty()) told.more = text(Key::explain_refused, {{"n", std::to_string(item.refused.size())}});
        return told;
    }
    if (!item.accounts.empty()) {
        told.more = account_words(item.accounts.front());
        for (const channel::Remark& remark : item.accounts.front().remarks) {
            if (remark.asks) told.tone = Tone::warning;
            told.more += " \xC2\xB7 " + describe(remark.error).what;
        }
    }
    if (item.lines_joined > 1 && item.kind != channel::TextKind::otpauth_uri)
        told.more += " \xC2\xB7 " + text(Key::explain_joined, {{"n", std::to_string(item.lines_joined)}});
    return told;
}

// The banner above says it in the same words, since Enter was pressed.
bool said_above(const state::InputStep& step, const base::Error& error) {
    return step.error && describe(*step.error).what == describe(error).what;
}

void one(View& view, Column& column, const Told& told, const std::string& path, std::string_view before) {
    const char* const glyph = told.tone == Tone::danger    ? icon::cross_circle
                              : told.tone == Tone::warning ? icon::warning
                                                           : icon::check_circle;
    const ImU32 colour = tone_colour(view, told.tone);
    const float x = column.x + view.px(26);
    const ImVec2 low{column.x, column.y};
    text_at(view.list(), {column.x, column.y}, Face::body, colour, glyph);
    const std::string what = before.empty() ? told.what : std::string(before) + " " + told.what;
    column.y += paragraph(view, {x, column.y}, column.right() - x, Face::body, colour, what);
    if (!told.more.empty())
        column.y += paragraph(view, {x, column.y}, column.right() - x, Face::small, view.colour.muted, told.more);
    note_item(view, path, what + (told.more.empty() ? "" : " " + told.more), low, {column.right(), column.y}, true,
              false);
    column.space(view.px(space::tight));
}

}  // namespace

void draw_wizard_explained(View& view, Column& column) {
    const SecretField& field = view.memory.secrets.pasted;
    const auto& typed_step = std::get<state::InputStep>(view.state.wizard->step);
    const state::TypedText& typed = typed_step.typed;
    const channel::TextExplained& explained = typed.explained;
    const bool none = field.empty() || explained.items.empty() || explained.kind == channel::TextKind::nothing_yet;
    if (none) {
        text_in(view, column, Face::small, view.colour.muted, text(Key::input_paste_body));
        return;
    }
    const bool lines = explained.items.size() > 1;
    bool could_be_hex = typed.as_hex;
    std::size_t shown = 0;
    // What is wrong comes first: it is what there is to do.
    for (const bool wrong : {true, false})
        for (std::size_t i = 0; i < explained.items.size(); ++i) {
            const channel::ExplainedItem& item = explained.items[i];
            if (item.problem.has_value() != wrong) continue;
            could_be_hex = could_be_hex || item.could_be_hex;
            if (wrong && said_above(typed_step, item.problem->error)) continue;
            if (++shown > lines_most) continue;
            one(view, column, told_of(item), lines ? "wizard/explained/" + std::to_string(i + 1) : "wizard/explained",
                lines ? text(Key::explain_line, {{"n", std::to_string(item.line)}}) : std::string());
        }
    if (shown > lines_most)
        text_in(view, column, Face::small, view.colour.muted,
                text(Key::explain_more, {{"n", std::to_string(shown - lines_most)}}));
    if (!could_be_hex) return;
    column.space(view.px(space::tight));
    if (checkbox(view, column, "wizard/as-hex", text(Key::explain_as_hex), typed.as_hex, Tone::info))
        view.wish(state::UseAsHex{!typed.as_hex, field.copy()});
}

}  // namespace tokendeck::ui
