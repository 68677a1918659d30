// `check`: what the token does with an account whose codes everybody knows.
#include "cli/context.hpp"
#include "cli/json.hpp"
#include "cli/pin_prompt.hpp"
#include "state/check_report.hpp"
#include "words/check_texts.hpp"
#include "words/words.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::cli {
namespace {

using channel::CheckedStep;
using channel::CheckResult;

std::string in_words(const CheckedStep& step) {
    std::string line(words::text(words::key_of(step.result)));
    line.resize(std::max<std::size_t>(line.size(), 12), ' ');
    line += words::text(words::key_of(step.step));
    if (step.error) line += ": " + words::sentences(words::describe(*step.error));
    return line;
}

// Nothing: it may begin.
std::optional<Failure> confirm(const CommandContext& context, const OpenedToken& token) {
    if (context.options.yes) return std::nullopt;
    if (!terminal_available())
        return Failure{Exit::usage, "Nothing was done: a test account has to be written to the token.",
                       "Without a terminal to ask on, this needs --yes."};
    write_error(title_of(token.status) + ": " + std::string(words::text(words::Key::check_about)));
    const auto answer = ask_line("Check this token? Type yes: ");
    if (answer && (*answer == "yes" || *answer == "y")) return std::nullopt;
    return Failure{Exit::failed, "Nothing was sent to the token and nothing was changed."};
}

Json json_of(const channel::TokenChecked& checked) {
    const auto micros = [](const std::optional<base::Microseconds>& time) {
        return time ? Json(time->count()) : Json(nullptr);
    };
    const auto sum = channel::tally(checked.steps);
    const channel::TokenStatus& status = checked.status;
    Json object;
    object["result"] = "checked";
    object["passed"] = sum.passed;
    object["of"] = sum.of;
    object["cancelled"] = checked.cancelled;
    object["left_in"] = checked.left ? Json(otp::text(*checked.left)) : Json(nullptr);
    object["model"] = status.info.model;
    object["title"] = status.info.title;
    object["firmware"] = std::to_string(status.firmware_major) + "." + std::to_string(status.firmware_minor);
    object["via"] = status.info.via;
    object["simulated"] = status.info.simulated;
    object["usual_answer_us"] = micros(checked.figures.usual_answer);
    object["slowest_answer_us"] = micros(checked.figures.slowest_answer);
    object["clock_ppm"] = checked.figures.clock_ppm ? Json(*checked.figures.clock_ppm) : Json(nullptr);
    object["clock_ppm_error"] = checked.figures.clock_ppm ? Json(checked.figures.clock_ppm_error) : Json(nullptr);
    object["steps"] = Json::array();
    for (const CheckedStep& step : checked.steps)
        object["steps"].push_back(Json{{"step", state::name(step.step)},
                                       {"result", state::name(step.result)},
                                       {"error", step.error ? Json(step.error->code.name) : Json(nullptr)}});
    object["report"] = utf8(state::check_report(checked));
    return object;
}

Exit conclude(const channel::TokenChecked& checked) {
    if (checked.left) {
        const std::string slot = otp::text(*checked.left);
        return CommandContext::fail(
            {Exit::failed, "The test account could not be erased: it may still be in " + slot + ".",
             "Plug the token in again and remove it with `tokendeck remove " + slot + "`.", "cli.test-account-left"});
    }
    for (const CheckedStep& step : checked.steps) {
        if (step.result != CheckResult::failed && step.result != CheckResult::unclear) continue;
        if (step.error) return CommandContext::fail(failure_of(*step.error));
        return Exit::failed;
    }
    if (checked.cancelled)
        return CommandContext::fail({Exit::failed, "The check was cancelled. The test account is erased.", {}, {}});
    return Exit::done;
}

}  // namespace

Exit run_check(CommandContext& context) {
    const Options& options = context.options;
    auto token = context.open_token();
    if (!token) return CommandContext::fail(token.failure());
    const channel::TokenStatus& status = token.value().status;
    channel::CheckToken command;
    command.token = status.info.key;
    command.set_time_back = options.set_time_back;
    command.quick = options.quick;
    command.last_try = options.last_try;
    if (channel::check_writes(status, token.value().slots)) {
        if (auto refused = refused_write_pins(context, status)) return CommandContext::fail(*refused);
        if (auto refused = confirm(context, token.value())) return CommandContext::fail(*refused);
        if (auto refused = take_pins(context, status, command)) return CommandContext::fail(*refused);
    }
    // Ctrl-C ends the check after the step under way, with the account erased.
    context.hold_signals();
    context.talk.cancel_with([](channel::MessageId id) { return channel::CancelCheck{id}; });
    if (!options.json)
        context.talk.watch_check([&context](const CheckedStep& step) {
            if (step.result == CheckResult::running || step.result == CheckResult::not_reached) return;
            context.out.line(printable(in_words(step)));
            (void)context.out.flush();  // what could not be written is said at the end
        });
    auto checked = context.talk.ask<channel::TokenChecked>(std::move(command), limits::check);
    if (!checked) return CommandContext::fail(checked.failure());
    if (options.json) {
        context.out.json(json_of(checked.value()));
    } else {
        context.out.line("");
        context.out.text(state::check_report(checked.value()));
    }
    return conclude(checked.value());
}

}  // namespace tokendeck::cli
