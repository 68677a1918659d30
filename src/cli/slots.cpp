// `code` and `remove`: what is done with one slot that is there.
#include "cli/context.hpp"
#include "cli/json.hpp"
#include "cli/pin_prompt.hpp"
#include "device/refusals.hpp"

#include <utility>

namespace tokendeck::cli {

Exit run_code(CommandContext& context) {
    auto token = context.open_token();
    if (!token) return CommandContext::fail(token.failure());
    auto slot = find_target(token.value().slots, context.options.target);
    if (!slot) return CommandContext::fail(slot.failure());
    if (auto refused = device::refused_code(slot.value())) return CommandContext::fail(failure_of(*refused));
    bool last_try = context.options.last_try;
    auto pin = take_user_pin(context, token.value().status, last_try);
    if (!pin) return CommandContext::fail(pin.failure());

    channel::GetCode command{
        0,       token.value().status.info.key, slot.value().id, std::move(pin.value()), context.options.set_time_back,
        last_try};
    auto code = context.talk.ask<channel::CodeRead>(std::move(command), limits::code);
    if (!code) return CommandContext::fail(code.failure());

    // A HOTP code is used up: say which, so that nobody asks for a second one by mistake.
    const otp::OtpParameters& parameters = code.value().slot.parameters;
    const bool hotp = parameters.kind == otp::OtpKind::hotp;
    const std::optional<std::uint64_t>& used_counter = code.value().counter;
    if (hotp && !used_counter)
        write_error("Which counter of " + title_of(code.value().slot) +
                    " this code is for is not known: another program may have taken a code at the same time. The next "
                    "code is for counter " +
                    std::to_string(parameters.counter) + ".");
    else if (hotp && terminal_available())
        write_error("The code of counter " + std::to_string(*used_counter) + " of " + title_of(code.value().slot) +
                    " is used up by this.");

    if (context.options.json) {
        Json object = json_of(code.value().slot);
        put_counters(object, code.value().slot, used_counter);
        object["valid_until"] = unix_seconds(code.value().valid_until);
        context.out.json_with_secret(object, "code", code.value().code);
    } else {
        context.out.secret(code.value().code);
        context.out.line("");
    }
    return Exit::done;
}

Exit run_remove(CommandContext& context) {
    auto token = context.open_token();
    if (!token) return CommandContext::fail(token.failure());
    auto slot = find_target(token.value().slots, context.options.target);
    if (!slot) return CommandContext::fail(slot.failure());
    bool last_try = context.options.last_try;
    auto pin = take_pin(context, token.value().status, channel::PinKind::admin, last_try);
    if (!pin) return CommandContext::fail(pin.failure());

    channel::EraseSlot command{0, token.value().status.info.key, slot.value().id, std::move(pin.value()), last_try};
    context.hold_signals();
    auto erased = context.talk.ask<channel::SlotErased>(std::move(command), limits::write);
    if (!erased) return CommandContext::fail(erased.failure());

    if (context.options.json) {
        Json object = result_json("removed", slot.value());  // what was there
        object["state"] = otp::name(otp::SlotState::empty);
        context.out.json(object);
    } else {
        context.out.line("removed: " + title_of(slot.value()));
    }
    return Exit::done;
}

}  // namespace tokendeck::cli
