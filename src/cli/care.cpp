// `pin`, `config`, `lock` and `reset`: care of the token.
#include "cli/context.hpp"
#include "cli/json.hpp"
#include "cli/pin_prompt.hpp"
#include "device/refusals.hpp"
#include "device/token_driver.hpp"
#include "words/texts.hpp"

#include <utility>

namespace tokendeck::cli {
namespace {

using channel::PinKind;
using words::Key;

// `result`: its name in JSON; `said`: the same in words.
Exit finish(CommandContext& context, ResultInWords<channel::CareDone> done, const char* result, Key said) {
    if (!done) return CommandContext::fail(done.failure());
    if (context.options.json) {
        Json object;
        object["result"] = result;
        object["remarks"] = Json::array();
        for (const base::Error& remark : done.value().remarks) object["remarks"].push_back(remark.code.name);
        context.out.json(object);
        return Exit::done;
    }
    std::string sentence(words::text(said));
    if (!sentence.ends_with('.')) sentence += '.';
    context.out.line(sentence);
    for (const base::Error& remark : done.value().remarks) context.out.line(sentences(failure_of(remark)));
    return Exit::done;
}

std::string shown(const std::optional<std::uint8_t>& lock_key) {
    return lock_key ? "types hotp:" + std::to_string(*lock_key) : "off";
}

void print_config(CommandContext& context, const channel::TokenStatus& status) {
    const channel::GeneralConfig& config = status.general;
    const bool keys = status.abilities.lock_key_slots > 0;
    if (context.options.json) {
        Json object;
        put_settings(object, status);
        context.out.json(object);
        return;
    }
    Facts facts;
    facts.add("PIN protection of codes", config.pin_protected_codes ? "on" : "off");
    if (keys) {
        facts.add("Num Lock", shown(config.numlock));
        facts.add("Caps Lock", shown(config.capslock));
        facts.add("Scroll Lock", shown(config.scrolllock));
    } else {
        facts.add("lock keys", "this firmware ignores them");
    }
    context.out.text(facts.text());
    if (keys && (config.numlock || config.capslock || config.scrolllock))
        write_error(words::text(Key::care_say_lock_keys));
}

// What is about to happen to this token, in full, before it is asked for. `stays`: nothing, if that goes without
// saying.
void say_consequences(const channel::TokenStatus& status, Key task, Key lost, std::optional<Key> stays, Key mind) {
    const auto line = [](Key heading, Key words) {
        write_error(std::string(words::text(heading)) + ": " + std::string(words::text(words)));
    };
    write_error(title_of(status) + ": " + std::string(words::text(task)) + ".");
    line(Key::care_lost, lost);
    if (stays) line(Key::care_stays, *stays);
    line(Key::care_mind, mind);
}

void say_consequences_of_reset(const channel::TokenStatus& status) {
    if (status.storage)
        say_consequences(status, Key::care_reset, Key::care_reset_lost_storage, Key::care_reset_stays_storage,
                         Key::care_reset_mind_storage);
    else say_consequences(status, Key::care_reset, Key::care_reset_lost, Key::care_reset_stays, Key::care_reset_mind);
}

void say_consequences_of_new_key(const channel::TokenStatus& status) {
    if (status.storage)
        say_consequences(status, Key::care_new_key, Key::care_new_key_lost_storage, Key::care_new_key_stays_storage,
                         Key::care_new_key_mind_storage);
    else
        say_consequences(status, Key::care_new_key, Key::care_new_key_lost, Key::care_new_key_stays,
                         Key::care_new_key_mind);
}

std::optional<Failure> confirm(const CommandContext& context, const channel::TokenStatus& status) {
    if (context.options.yes) return std::nullopt;
    if (!terminal_available())
        return Failure{Exit::usage, "Nothing was done.", "Without a terminal to ask on, this needs --yes."};
    const std::string word = status.card_serial.empty() ? "erase" : status.card_serial;
    const auto answer = ask_line("To go on, type " + word + ": ");
    if (answer && *answer == word) return std::nullopt;
    return Failure{Exit::failed, "That does not match. Nothing was sent to the token and nothing was changed."};
}

}  // namespace

Exit run_pin(CommandContext& context) {
    const Options& options = context.options;
    const PinKind asked = options.pin_task == PinTask::user ? PinKind::user : PinKind::admin;
    const PinKind changed = options.pin_task == PinTask::admin ? PinKind::admin : PinKind::user;
    if (options.new_pin_file) {
        auto read = context.pins.read_new_file(*options.new_pin_file);
        if (!read) return CommandContext::fail(read.failure());
    }
    if (const base::SecretText* const given = context.pins.given_new())
        if (auto form = device::check_new_pin(changed, *given); !form.ok())
            return CommandContext::fail(failure_of(form.error()));
    auto token = context.open_token();
    if (!token) return CommandContext::fail(token.failure());
    const channel::TokenStatus& status = token.value().status;
    bool last_try = options.last_try;
    auto pin = take_pin(context, status, asked, last_try);
    if (!pin) return CommandContext::fail(pin.failure());
    auto fresh = take_new_pin(context, changed);
    if (!fresh) return CommandContext::fail(fresh.failure());

    context.hold_signals();
    if (options.pin_task == PinTask::unblock) {
        channel::UnblockUserPin command{0,
                                        status.info.key,
                                        std::move(pin.value()),
                                        std::move(fresh.value().once),
                                        std::move(fresh.value().again),
                                        last_try};
        return finish(context, context.talk.ask<channel::CareDone>(std::move(command), limits::write), "pin_unblocked",
                      Key::care_said_unblock);
    }
    channel::ChangePin command{0,
                               status.info.key,
                               changed,
                               std::move(pin.value()),
                               std::move(fresh.value().once),
                               std::move(fresh.value().again),
                               last_try};
    return finish(context, context.talk.ask<channel::CareDone>(std::move(command), limits::write), "pin_changed",
                  changed == PinKind::admin ? Key::care_said_admin_pin : Key::care_said_user_pin);
}

Exit run_config(CommandContext& context) {
    const Options& options = context.options;
    if (!options.pin_protection && !options.numlock && !options.capslock && !options.scrolllock) {
        auto token = context.open_token();
        if (!token) return CommandContext::fail(token.failure());
        print_config(context, token.value().status);
        return Exit::done;
    }
    auto token = context.open_token();
    if (!token) return CommandContext::fail(token.failure());
    const channel::TokenStatus& status = token.value().status;
    channel::WriteConfig command;
    command.token = status.info.key;
    command.config = status.general;
    if (options.pin_protection) command.config.pin_protected_codes = *options.pin_protection;
    if (options.numlock) command.config.numlock = *options.numlock;
    if (options.capslock) command.config.capslock = *options.capslock;
    if (options.scrolllock) command.config.scrolllock = *options.scrolllock;
    if (auto refused = device::refused_config(command.config, status))
        return CommandContext::fail(failure_of(*refused));
    command.last_try = options.last_try;
    auto pin = take_pin(context, status, PinKind::admin, command.last_try);
    if (!pin) return CommandContext::fail(pin.failure());
    command.admin_pin = std::move(pin.value());
    const bool of_lock_keys = options.numlock || options.capslock || options.scrolllock;
    const Key said = of_lock_keys                         ? Key::care_said_lock_keys
                     : command.config.pin_protected_codes ? Key::care_said_protected
                                                          : Key::care_said_unprotected;
    context.hold_signals();
    return finish(context, context.talk.ask<channel::CareDone>(std::move(command), limits::write), "configured",
                  options.pin_protection && of_lock_keys ? Key::care_said_config_body : said);
}

Exit run_lock(CommandContext& context) {
    auto token = context.open_token();
    if (!token) return CommandContext::fail(token.failure());
    const channel::TokenStatus& status = token.value().status;
    // Said, and done all the same: whoever locks in a hurry must not be asked.
    say_consequences(status, Key::care_lock, status.storage ? Key::care_lock_lost_storage : Key::care_lock_lost,
                     std::nullopt, status.storage ? Key::care_lock_mind_storage : Key::care_lock_mind);
    channel::LockToken command{0, status.info.key};
    return finish(context, context.talk.ask<channel::CareDone>(std::move(command), limits::write), "locked",
                  Key::care_said_lock);
}

Exit run_reset(CommandContext& context) {
    const bool new_key = context.options.new_aes_key;
    auto token = context.open_token();
    if (!token) return CommandContext::fail(token.failure());
    const channel::TokenStatus& status = token.value().status;
    if (auto refused = refused_pins(context, status, {PinKind::admin})) return CommandContext::fail(*refused);
    if (new_key) say_consequences_of_new_key(status);
    else say_consequences_of_reset(status);
    if (auto refused = confirm(context, status)) return CommandContext::fail(*refused);
    bool last_try = context.options.last_try;
    auto pin = take_admin_pin_twice(context, status, last_try);
    if (!pin) return CommandContext::fail(pin.failure());
    context.hold_signals();
    if (new_key) {
        channel::NewAesKey command{0, status.info.key, std::move(pin.value().once), std::move(pin.value().again),
                                   last_try};
        return finish(context, context.talk.ask<channel::CareDone>(std::move(command), limits::erase), "key_made",
                      Key::care_said_new_key);
    }
    channel::FactoryReset command{0, status.info.key, std::move(pin.value().once), std::move(pin.value().again),
                                  last_try};
    return finish(context, context.talk.ask<channel::CareDone>(std::move(command), limits::erase), "reset",
                  Key::care_said_reset);
}

}  // namespace tokendeck::cli
