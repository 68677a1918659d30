#include "cli/context.hpp"
#include "settings/data_folder.hpp"

#include "base/ascii.hpp"
#include "device/doctor_errors.hpp"
#include "device/errors.hpp"
#include "device/token_status.hpp"
#include "wire/transport.hpp"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <iterator>
#include <utility>

namespace tokendeck::cli {
namespace {

engine::EngineOptions engine_options(const Options& options) {
    engine::EngineOptions engine;
    const char* no_usb = std::getenv("TOKENDECK_NO_USB");
    // Whoever asks for a simulated token means that one; real ones are then left in peace.
    const bool only_simulated = options.simulate && options.token.empty() && options.subcommand != Subcommand::devices;
    engine.hidapi = !only_simulated && options.subcommand != Subcommand::scan &&
                    (no_usb == nullptr || std::string_view(no_usb) != "1");
    if (const char* control = std::getenv("TOKENDECK_SIMULATE_CONTROL")) engine.simulate_control = control;
    return engine;
}

// "GitHub" of "GitHub:alice", the form in which an account's name is kept; all of a name without a colon.
std::string_view issuer_of(std::string_view name) {
    return name.substr(0, name.find(':'));
}

// Where the table of exit codes does not know the error, since it belongs to the doctor's findings.
Failure failure_as(Exit exit, const base::Error& error) {
    Failure failure = failure_of(error);
    failure.exit = exit;
    return failure;
}

bool is_card(const std::string& card_serial, const std::string& typed) {
    const auto number = device::serial_number(card_serial);
    return number && number == device::serial_number(typed);
}

}  // namespace

CommandContext::CommandContext(const Options& chosen, Pins given)
    : options(chosen), pins(std::move(given)), talk(engine_options(chosen)) {}

Failure no_token() {
    return {Exit::no_token, "No token is plugged in.", "Plug one in, or try --simulate for a simulated one."};
}

Exit CommandContext::fail(const Failure& failure) {
    write_failure(failure);
    return failure.exit;
}

ResultInWords<std::vector<channel::TokenInfo>> CommandContext::tokens() {
    if (options.simulate) {
        const std::string& model = options.simulate->model;
        const std::string file =
            options.simulate->file.empty() ? settings::default_simulated_file(model) : options.simulate->file;
        if (file.empty())
            return Failure{Exit::failed, "There is no folder for the simulated token's state.",
                           "Name a file: --simulate=MODEL:FILE."};
        auto attached = talk.ask<channel::Done>(channel::AttachSimulated{0, model, file}, limits::attach);
        if (!attached) return attached.failure();
    }
    return talk.tokens(options.simulate.has_value(), limits::look);
}

ResultInWords<std::optional<channel::TokenInfo>> choose_token(const std::vector<channel::TokenInfo>& seen,
                                                              const Options& options) {
    std::vector<channel::TokenInfo> candidates;
    for (const auto& token : seen) {
        const bool meant = options.token.empty()
                               ? !options.simulate || token.simulated
                               : token.key == options.token || is_card(token.card_serial, options.token) ||
                                     base::equal_without_case(token.usb_serial, options.token);
        if (meant) candidates.push_back(token);
    }
    if (candidates.empty() && !options.token.empty()) return std::optional<channel::TokenInfo>{};

    std::vector<channel::TokenInfo> usable;
    std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(usable),
                 [](const channel::TokenInfo& token) { return token.access == channel::TokenAccess::openable; });
    if (usable.size() == 1) return std::optional(usable.front());
    if (usable.size() > 1) {
        constexpr std::size_t listed_most = 10;
        std::string list;
        for (std::size_t i = 0; i < std::min(usable.size(), listed_most); ++i)
            list += (list.empty() ? "" : ", ") + title_as_seen(usable[i]) + " [" + usable[i].key + "]";
        if (usable.size() > listed_most)
            list += " and " + std::to_string(usable.size() - listed_most) + " more; `tokendeck devices` lists them all";
        return Failure{Exit::usage, "Several tokens are plugged in.",
                       "Choose one with --token and its serial or key: " + list + ".", "cli.several-tokens",
                       Failure::Why::several_tokens};
    }
    // What is there and cannot be used is said rather than that nothing is there.
    for (const auto& token : candidates)
        if (token.access == channel::TokenAccess::no_permission)
            return failure_of({wire::errors::no_permission, {}, token.node.empty() ? token.title : token.node});
    for (const auto& token : candidates)
        if (token.access == channel::TokenAccess::boot_loader)
            return failure_as(Exit::cannot, {device::doctor_errors::boot_loader, {}, candidates.front().title});
    if (!candidates.empty()) return failure_of({device::errors::model_not_served, {}, candidates.front().title});
    return no_token();
}

ResultInWords<OpenedToken> CommandContext::open(const channel::TokenInfo& token) {
    auto opened = talk.ask<channel::TokenOpened>(channel::OpenToken{0, token.key}, limits::open);
    if (!opened) return opened.failure();
    return OpenedToken{std::move(opened.value().status), std::move(opened.value().slots)};
}

// A card's serial is known only once its token is open.
ResultInWords<OpenedToken> CommandContext::open_by_card_serial(const std::vector<channel::TokenInfo>& tokens) {
    std::optional<Failure> trouble;
    for (const auto& token : tokens) {
        if (token.access != channel::TokenAccess::openable) continue;
        auto opened = open(token);
        if (!opened) trouble = opened.failure();
        else if (is_card(opened.value().status.card_serial, options.token)) return opened;
    }
    if (trouble) return *std::move(trouble);
    return Failure{Exit::no_token, "No token has the key or serial that --token names.",
                   "`tokendeck devices` lists the tokens."};
}

ResultInWords<OpenedToken> CommandContext::open_token() {
    auto seen = tokens();
    if (!seen) return seen.failure();
    auto chosen = choose_token(seen.value(), options);
    if (!chosen) return chosen.failure();
    return chosen.value() ? open(*chosen.value()) : open_by_card_serial(seen.value());
}

std::string title_as_seen(const channel::TokenInfo& token) {
    std::string title = token.title;
    if (!token.card_serial.empty()) title += " " + token.card_serial;
    else if (!token.usb_serial.empty()) title += " " + token.usb_serial;
    if (token.simulated) title += " (simulated)";
    return title;
}

std::string title_of(const channel::TokenStatus& status) {
    std::string title = status.info.title;
    if (!status.card_serial.empty()) title += " " + status.card_serial;
    if (status.info.simulated) title += " (simulated)";
    return title;
}

std::string title_of(const otp::SlotSummary& slot) {
    return otp::text(slot.id) + " " + in_quotes(slot.name);
}

namespace {

std::string listed(const std::vector<otp::SlotSummary>& slots) {
    std::string list;
    for (const auto& slot : slots) list += (list.empty() ? "" : ", ") + title_of(slot);
    return list;
}

}  // namespace

ResultInWords<otp::SlotSummary> find_target(const std::vector<otp::SlotSummary>& slots, const std::string& target) {
    if (const auto id = otp::parse_slot(target)) {
        for (const auto& slot : slots) {
            if (slot.id != *id) continue;
            if (otp::occupied(slot)) return slot;
            return Failure{Exit::usage, otp::text(*id) + " is empty.", "`tokendeck list` shows the slots in use.",
                           "cli.slot-empty"};
        }
        return Failure{Exit::usage, "This token has no slot " + otp::text(*id) + ".",
                       "`tokendeck list --all` shows what it has.", "cli.no-such-slot"};
    }

    const std::function<bool(const std::string&)> rules[] = {
        [&](const std::string& name) { return name == target; },
        [&](const std::string& name) { return base::equal_without_case(name, target); },
        [&](const std::string& name) { return base::equal_without_case(issuer_of(name), target); },
        [&](const std::string& name) { return base::begins_without_case(name, target); },
    };
    for (const auto& matches : rules) {
        std::vector<otp::SlotSummary> found;
        for (const auto& slot : slots)
            if (otp::occupied(slot) && matches(slot.name)) found.push_back(slot);
        if (found.size() == 1) return found.front();
        if (found.size() > 1)
            return Failure{Exit::usage,
                           "Several slots fit " + in_quotes(target) + ": " + listed(found) + ". Nothing was done.",
                           "Give the slot, such as " + otp::text(found.front().id) + ", or more of the name.",
                           "cli.several-slots"};
    }
    return Failure{Exit::usage, "No slot is called " + in_quotes(target) + ".", "`tokendeck list` shows the names.",
                   "cli.no-such-name"};
}

}  // namespace tokendeck::cli
