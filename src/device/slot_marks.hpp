// What this run of the program knows about slots beyond what a token tells: proven, unsure, mismatch. Kept by card
// serial, so that a token that is pulled and plugged in again keeps it. Thread: the device thread.
#pragma once

#include "otp/slot.hpp"

#include <map>
#include <string>
#include <utility>

namespace tokendeck::device {

class SlotMarks {
  public:
    // `token` names the card. `slot.state` is the mark: proven, unsure or mismatch; the rest is what was written.
    void put(const std::string& token, const otp::SlotSummary& slot);
    void remove(const std::string& token, const otp::SlotId& slot);
    void remove_all(const std::string& token);
    // Puts the mark into a summary that was just read from the token (state empty or programmed). `unsure` stays
    // until the next write or erase; the others are dropped when another program put another account there.
    void apply(const std::string& token, otp::SlotSummary& slot);

  private:
    std::map<std::pair<std::string, otp::SlotId>, otp::SlotSummary> marks_;
};

}  // namespace tokendeck::device
