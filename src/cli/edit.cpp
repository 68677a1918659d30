// `rename`: changes a slot and keeps its secret.
#include "cli/context.hpp"
#include "cli/json.hpp"
#include "device/refusals.hpp"

#include <utility>

namespace tokendeck::cli {
namespace {

std::optional<Failure> wrong_kind(const Options& options, const otp::SlotSummary& slot) {
    if (slot.parameters.kind == otp::OtpKind::hotp && options.period)
        return Failure{Exit::usage, "--period is for TOTP, and " + otp::text(slot.id) + " is a HOTP slot.",
                       "Leave it out."};
    if (slot.parameters.kind == otp::OtpKind::totp && options.counter)
        return Failure{Exit::usage, "--counter is for HOTP, and " + otp::text(slot.id) + " is a TOTP slot.",
                       "Leave it out."};
    return std::nullopt;
}

const char* not_compared(const otp::OtpParameters& before, const otp::OtpParameters& now) {
    if (before.kind == otp::OtpKind::totp && before.period != now.period)
        return "Changed and read back. The period changed, so the codes are different and could not be compared: try "
               "one "
               "at the web site while you can still log in another way.";
    return "Changed and read back. On this firmware a PIN is good for one command, so no code could be compared: try "
           "one at the web site while you can still log in another way.";
}

void print(CommandContext& context, const otp::OtpParameters& before, const channel::SlotEdited& edited) {
    const otp::OtpParameters& p = edited.slot.parameters;
    if (context.options.json) {
        Json object = result_json("renamed", edited.slot);
        object["code_compared"] = edited.code_compared;
        context.out.json(object);
        return;
    }
    context.out.line("changed: " + title_of(edited.slot));
    context.out.line(edited.code_compared ? "The code before and after is the same: the secret was kept."
                                          : not_compared(before, p));
    if (p.kind == otp::OtpKind::hotp) context.out.line("The counter stands at " + std::to_string(p.counter) + ".");
}

}  // namespace

Exit run_rename(CommandContext& context) {
    const Options& options = context.options;
    auto token = context.open_token();
    if (!token) return CommandContext::fail(token.failure());
    const channel::TokenStatus& status = token.value().status;
    auto slot = find_target(token.value().slots, options.target);
    if (!slot) return CommandContext::fail(slot.failure());
    if (auto wrong = wrong_kind(options, slot.value())) return CommandContext::fail(*wrong);

    channel::EditSlot command;
    command.token = status.info.key;
    command.slot = slot.value().id;
    command.seen = slot.value();
    command.name = options.name.value_or(slot.value().name);
    command.parameters = slot.value().parameters;
    if (options.digits) command.parameters.digits = *options.digits;
    if (options.period) command.parameters.period = *options.period;
    if (options.counter) command.parameters.counter = *options.counter;
    if (auto refused = device::refused_edit(slot.value(), command.name, command.parameters, status))
        return CommandContext::fail(failure_of(*refused));
    using channel::PinKind;
    if (auto refused = refused_write_pins(context, status)) return CommandContext::fail(*refused);
    command.set_time_back = options.set_time_back;
    command.last_try = options.last_try;
    if (auto refused = take_pins(context, status, command)) return CommandContext::fail(*refused);

    context.hold_signals();
    auto edited = context.talk.ask<channel::SlotEdited>(std::move(command), limits::write);
    if (!edited) return CommandContext::fail(edited.failure());
    print(context, slot.value().parameters, edited.value());
    return Exit::done;
}

}  // namespace tokendeck::cli
