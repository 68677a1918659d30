#include "device/slot_marks.hpp"

namespace tokendeck::device {
namespace {

// The counter of a HOTP slot moves by use.
bool same_account(const otp::SlotSummary& a, const otp::SlotSummary& b) {
    return a.name == b.name && a.parameters.kind == b.parameters.kind && a.parameters.digits == b.parameters.digits &&
           (a.parameters.kind == otp::OtpKind::hotp || a.parameters.period == b.parameters.period);
}

}  // namespace

void SlotMarks::put(const std::string& token, const otp::SlotSummary& slot) {
    marks_.insert_or_assign({token, slot.id}, slot);
}

void SlotMarks::remove(const std::string& token, const otp::SlotId& slot) {
    marks_.erase({token, slot});
}

void SlotMarks::remove_all(const std::string& token) {
    std::erase_if(marks_, [&](const auto& mark) { return mark.first.first == token; });
}

void SlotMarks::apply(const std::string& token, otp::SlotSummary& slot) {
    const auto mark = marks_.find({token, slot.id});
    // What cannot be read tells nothing of whether it is the account of before.
    if (mark == marks_.end() || slot.state == otp::SlotState::unreadable) return;
    const bool rewritten = slot.state == otp::SlotState::empty || !same_account(mark->second, slot);
    if (rewritten && mark->second.state != otp::SlotState::unsure) marks_.erase(mark);
    else slot.state = mark->second.state;
}

}  // namespace tokendeck::device
