#include "device/session.hpp"

#include "device/errors.hpp"
#include "device/slot_summary.hpp"
#include "device/token_status.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::device {

using base::Error;
using base::Result;
using channel::CommandFailed;
using channel::PinKind;

Session::Session(const channel::TokenInfo& info, const wire::Model& model, std::unique_ptr<wire::Transport> transport,
                 const SessionTools& tools, std::uint16_t first_nonce)
    : info_(info),
      model_(&model),
      transport_(std::move(transport)),
      tools_(tools),
      exchanger_(*transport_, tools.clock, tools.log, first_nonce, tools.stop),
      driver_(exchanger_, model) {}

Result<std::unique_ptr<Session>> Session::open(const channel::TokenInfo& info, const wire::Model& model,
                                               std::unique_ptr<wire::Transport> transport, const SessionTools& tools) {
    std::uint8_t nonce[2] = {};
    if (auto filled = tools.random.fill(nonce); !filled.ok()) return std::move(filled).error();
    std::unique_ptr<Session> session(
        new Session(info, model, std::move(transport), tools, static_cast<std::uint16_t>(nonce[0] | nonce[1] << 8)));
    if (auto read = session->refresh(); !read.ok()) return std::move(read).error();
    return session;
}

std::string Session::card() const {
    // The simulated token's serial may equal a real one's; a token whose card is silent has none.
    const std::string kind = info_.model + (info_.simulated ? "/simulated/" : "/");
    return kind + (status_.card_serial.empty() ? info_.key : status_.card_serial);
}

Result<void> Session::read_status() {
    auto read = driver_.state();
    if (!read.ok()) return std::move(read).error();
    fill_status(read.value(), driver_.profile(), *model_, status_);
    info_.card_serial = status_.card_serial;
    status_.info = info_;
    status_.user_pin_held = status_.pin_protected_codes && user_.has_value();
    return {};
}

Result<void> Session::refresh() {
    if (auto read = read_status(); !read.ok()) return read;
    if (!status_.pin_protected_codes) user_.reset();
    // While another program has a Storage's card, asking for its tries would have to wait for that.
    const bool card_in_use = status_.storage && status_.storage->card_in_use.value_or(false);
    if (card_in_use) status_.user_tries = status_.admin_tries = std::nullopt;
    for (const PinKind kind : {PinKind::user, PinKind::admin}) {
        if (card_in_use) break;
        auto tries = driver_.tries_left(kind);
        if (!tries.ok()) return std::move(tries).error();
        (kind == PinKind::user ? status_.user_tries : status_.admin_tries) = tries.value();
    }

    std::vector<otp::SlotSummary> slots;
    for (const otp::OtpKind kind : {otp::OtpKind::hotp, otp::OtpKind::totp}) {
        const unsigned count = kind == otp::OtpKind::hotp ? status_.limits.hotp_slots : status_.limits.totp_slots;
        for (unsigned i = 1; i <= count; ++i) {
            const otp::SlotId id = otp::NumberedSlot{kind, static_cast<std::uint8_t>(i)};
            auto code = code_of(id);
            if (!code.ok()) return std::move(code).error();
            auto read = driver_.read_slot(code.value());
            if (!read.ok()) return std::move(read).error();
            slots.push_back(known(id, read.value()));
        }
    }
    slots_ = std::move(slots);
    return {};
}

Result<std::uint8_t> Session::code_of(const otp::SlotId& slot) const {
    if (const auto code = wire::slot_code(slot, status_.limits)) return *code;
    return about_slot(errors::wrong_slot, slot);
}

otp::SlotSummary Session::place_of(const otp::SlotId& slot) const {
    for (const auto& place : slots_)
        if (place.id == slot) return place;
    otp::SlotSummary empty;
    empty.id = slot;
    empty.parameters.kind = std::get<otp::NumberedSlot>(slot).kind;
    return empty;
}

otp::SlotSummary Session::known(const otp::SlotId& slot, const std::optional<wire::Slot>& read) {
    otp::SlotSummary summary;
    if (read) {
        summary = summary_of(slot, *read, model_->family, status_.limits);
    } else {
        summary.id = slot;
        summary.parameters.kind = std::get<otp::NumberedSlot>(slot).kind;
    }
    tools_.marks.apply(card(), summary);
    for (auto& place : slots_)
        if (place.id == slot) place = summary;
    return summary;
}

otp::SlotSummary Session::mark(const otp::SlotSummary& written, otp::SlotState state, std::uint8_t slot_code) {
    otp::SlotSummary marked = written;
    marked.state = state;
    tools_.marks.put(card(), marked);
    if (!unplugged()) {
        if (auto read = driver_.read_slot(slot_code); read.ok()) return known(written.id, read.value());
    }
    for (auto& place : slots_)
        if (place.id == written.id) place = marked;
    return marked;
}

CommandFailed Session::after_change(base::ErrorCode code, const Error& cause, const otp::SlotSummary& written,
                                    otp::SlotState state, std::uint8_t slot_code) {
    CommandFailed failure = failed_with(caused(code, cause));
    failure.error.remark = cause.remark;
    failure.slot = mark(written, state, slot_code);
    failure.broke_off = code == errors::write_broke_off;
    return failure;
}

}  // namespace tokendeck::device
