// States of the page with the codes.
#include "ui/states.hpp"

using namespace tokendeck;
using state::AppState;

namespace {

const otp::SlotId github = otp::NumberedSlot{otp::OtpKind::totp, 1};

void masked(AppState& s) {
    begin_slots(s);
    s.shown.emplace();
    s.shown->slot = github;
    s.shown->name = "GitHub";
    s.shown->code = base::SecretText::copy_of("481516");
    s.shown->valid_from = {s.unix_now.milliseconds - 18'000};
    s.shown->valid_until = {s.unix_now.milliseconds + 12'000};
    s.clipboard = state::ClipboardLoan{"GitHub", s.now + std::chrono::seconds{21}, true};
}

void longest(AppState& s) {
    begin_slots(s);
    for (auto& slot : s.active->slots) {
        if (slot.state == otp::SlotState::empty) continue;
        slot.name = "WWWWWWWWWWWWWWW";
        slot.parameters.digits = 8;
    }
}

}  // namespace

void add_slots_states(std::vector<NamedState>& states) {
    const auto add = [&](std::string name, std::function<void(AppState&)> f) {
        states.emplace_back(std::move(name), std::move(f));
    };
    add("slots-masked", masked);
    add("slots-awaited", [](AppState& s) {
        begin_slots(s);
        s.awaited = state::AwaitedCode{github, "GitHub", s.active->status.info.key, {s.unix_now.milliseconds + 2'400}};
    });
    add("slots-search", [](AppState& s) {
        begin_slots(s);
        s.search = "vp";
    });
    add("slots-not-found", [](AppState& s) {
        begin_slots(s);
        s.search = "a rather long text that no account has in its name";
    });
    add("slots-map", [](AppState& s) {
        begin_slots(s);
        s.slot_map = true;
    });
    add("slots-longest", [](AppState& s) {
        masked(s);
        longest(s);
        s.shown->code = base::SecretText::copy_of("48151623");
        s.clipboard->name = "WWWWWWWWWWWWWWW";
        s.clipboard->kept = false;
    });
    add("slots-help", [](AppState& s) {
        begin_slots(s);
        s.help = true;
    });
}
