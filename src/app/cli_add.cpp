// `add`: from a picture, an otpauth link or a bare secret to a slot that is proven to give the right code.
#include "app/cli_desk.hpp"
#include "app/cli_json.hpp"
#include "base/filled.hpp"
#include "otp/duplicate.hpp"
#include "otp/limits.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::app::cli {
namespace {

constexpr std::size_t account_bytes_max = 64 * 1024;

// Without the end of its last line, which is the file's and not the account's.
base::SecretText without_line_end(const base::SecretText& content) {
    std::string_view text = content.view();
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return base::SecretText::copy_of(text);
}

Outcome<channel::EnrolmentRead> read_account(Desk& desk) {
    const Options& options = desk.options;
    if (options.image) return desk.talk.read(channel::ReadImage{0, *options.image}, limits::read);

    const bool bare = options.secret_file.has_value();
    auto content = read_secret_file(bare ? *options.secret_file : *options.uri_file, account_bytes_max,
                                    bare ? "--secret-file" : "--uri-file",
                                    bare ? "Secret of the account (not shown): " : "otpauth link (not shown): ");
    if (!content) return content.failure();
    auto read = desk.talk.read(channel::ReadText{0, without_line_end(content.value())}, limits::read);
    if (!read) return read;
    const bool is_bare = read.value().source == channel::EnrolmentSource::bare_secret;
    if (bare && !is_bare)
        return Failure{Exit::usage, "--secret-file holds an otpauth link, not a bare secret.",
                       "Use --uri-file for it."};
    if (!bare && is_bare)
        return Failure{
            Exit::usage, "--uri-file holds no otpauth link.",
            "For a bare base32 secret use --secret-file, with --name and what is known of its digits and period."};
    return read;
}

// A bare secret is what the options say; anything else says it itself.
void complete_bare_secret(otp::OtpParameters& parameters, const Options& options) {
    const auto slot = otp::parse_slot(options.slot);
    const auto* numbered = slot ? std::get_if<otp::NumberedSlot>(&*slot) : nullptr;
    const bool hotp = options.counter || (numbered != nullptr && numbered->kind == otp::OtpKind::hotp);
    parameters.kind = hotp ? otp::OtpKind::hotp : otp::OtpKind::totp;
    if (options.digits) parameters.digits = *options.digits;
    if (options.period) parameters.period = *options.period;
    if (options.counter) parameters.counter = *options.counter;
}

Outcome<std::string> choose_name(const Desk& desk, const otp::OtpEnrolment& enrolment, std::size_t bytes_max) {
    if (desk.options.name) return *desk.options.name;
    std::string name = otp::suggested_name(enrolment, bytes_max);
    const bool whole = name == enrolment.issuer || name == enrolment.account || name == otp::whole_name(enrolment);
    if (whole) return name;
    return Failure{Exit::usage,
                   "The name " + in_quotes(otp::title(enrolment)) + " is too long: this token keeps " +
                       base::counted("{n} {n|byte|bytes}", bytes_max) + ".",
                   "Choose a shorter one with --name.", "cli.name-too-long"};
}

otp::OtpKind kind_of(const otp::SlotSummary& slot) {
    const auto* numbered = std::get_if<otp::NumberedSlot>(&slot.id);
    return numbered ? numbered->kind : slot.parameters.kind;
}

// The slot that --slot names is no second one: it is replaced, or refused as in use.
std::optional<Failure> already_there(const Desk& desk, const std::vector<otp::SlotSummary>& slots,
                                     const otp::OtpEnrolment& enrolment, const std::string& name) {
    if (desk.options.allow_duplicate) return std::nullopt;
    const auto wanted = otp::parse_slot(desk.options.slot);
    const auto [slot, same_name, same_account] = otp::find_duplicate(
        slots, enrolment, name, [&](const otp::SlotSummary& held) { return !wanted || held.id != *wanted; });
    if (slot == nullptr) return std::nullopt;
    const bool replaceable = kind_of(*slot) == enrolment.parameters.kind;
    return Failure{Exit::usage,
                   title_of(*slot) + (same_name ? " already has this name" : " already holds this account") +
                       ", and nothing was changed.",
                   (replaceable ? "--overwrite --slot " + otp::text(slot->id) + " replaces it; " : std::string()) +
                       (same_name && !same_account ? "--name gives this one another name; " : "") +
                       "--allow-duplicate adds it anyway.",
                   "cli.account-exists"};
}

Outcome<otp::SlotSummary> choose_slot(const Desk& desk, const std::vector<otp::SlotSummary>& slots, otp::OtpKind kind) {
    const std::string kind_name = kind == otp::OtpKind::totp ? "TOTP" : "HOTP";
    if (desk.options.slot.empty()) {
        for (const auto& slot : slots)
            if (kind_of(slot) == kind && !otp::occupied(slot)) return slot;
        return Failure{Exit::cannot, "All " + kind_name + " slots of this token are in use, and nothing was changed.",
                       "Remove one, or choose one with --slot and --overwrite.", "cli.token-full"};
    }
    const auto id = otp::parse_slot(desk.options.slot);
    const auto slot =
        std::find_if(slots.begin(), slots.end(), [&](const otp::SlotSummary& s) { return id && s.id == *id; });
    if (slot == slots.end())
        return Failure{Exit::usage, "This token has no slot " + desk.options.slot + ".",
                       "`tokendeck list --all` shows what it has.", "cli.no-such-slot"};
    if (kind_of(*slot) != kind)
        return Failure{
            Exit::usage,
            "The account is of the kind " + kind_name + ", and " + desk.options.slot + " is a slot of the other kind.",
            "Choose another with --slot, or leave it out."};
    if (otp::occupied(*slot) && !desk.options.overwrite)
        return Failure{Exit::usage, title_of(*slot) + " is in use, and nothing was changed.",
                       "With --overwrite it is replaced; its account is lost then.", "cli.slot-in-use"};
    return *slot;
}

void print(Desk& desk, const channel::SlotProven& proven) {
    if (desk.options.json) {
        Json object = result_json("proven", proven.slot);
        put_counters(object, proven.slot, proven.counter);
        object["valid_until"] = unix_seconds(proven.valid_until);
        // An answer in JSON ends in logs more often than on a screen: a live code only for whoever asks for it.
        if (desk.options.show_code) desk.out.json_with_secret(object, "code", proven.code);
        else desk.out.json(object);
        return;
    }
    desk.out.line("proven: " + title_of(proven.slot));
    desk.out.text("code: ");
    desk.out.secret(proven.code);
    desk.out.line("");
    if (proven.counter)
        write_error("This code is for counter " + std::to_string(*proven.counter) +
                    ". Use it to confirm on the web site: the token gives it only once, and its next code is for "
                    "counter " +
                    std::to_string(proven.slot.parameters.counter) + ".");
}

}  // namespace

Exit run_add(Desk& desk) {
    const Options& options = desk.options;
    // First all that can go wrong without a token.
    auto account = read_account(desk);
    if (!account) return Desk::fail(account.failure());
    otp::OtpEnrolment enrolment = std::move(account.value().enrolment);
    if (options.secret_file) complete_bare_secret(enrolment.parameters, options);

    // Then all that can go wrong without a PIN.
    auto opened = desk.open_token();
    if (!opened) return Desk::fail(opened.failure());
    const OpenedToken& token = opened.value();
    auto name = choose_name(desk, enrolment, token.status.limits.name_bytes_max);
    if (!name) return Desk::fail(name.failure());
    const auto problems = otp::check_fit(enrolment, name.value(), token.status.limits);
    if (auto misfit = misfit_failure(problems)) return Desk::fail(*misfit);
    if (auto there = already_there(desk, token.slots, enrolment, name.value())) return Desk::fail(*there);
    auto slot = choose_slot(desk, token.slots, enrolment.parameters.kind);
    if (!slot) return Desk::fail(slot.failure());

    using channel::PinKind;
    if (auto refused = token.status.pin_protected_codes
                           ? refused_pins(desk, token.status, {PinKind::admin, PinKind::user})
                           : refused_pins(desk, token.status, {PinKind::admin}))
        return Desk::fail(*refused);
    if (const std::string worth_knowing = in_words(problems, false); !worth_knowing.empty()) write_error(worth_knowing);
    bool last_try = options.last_try;
    auto admin_pin = take_pin(desk, token.status, channel::PinKind::admin, last_try);
    if (!admin_pin) return Desk::fail(admin_pin.failure());
    auto user_pin = take_user_pin(desk, token.status, last_try);
    if (!user_pin) return Desk::fail(user_pin.failure());

    channel::WriteSlot command;
    command.token = token.status.info.key;
    command.slot = slot.value().id;
    command.name = std::move(name.value());
    command.parameters = enrolment.parameters;
    command.secret = std::move(enrolment.secret);
    command.admin_pin = std::move(admin_pin.value());
    command.user_pin = std::move(user_pin.value());
    command.set_time_back = options.set_time_back;
    command.last_try = last_try;
    desk.hold_signals();
    auto proven = desk.talk.ask<channel::SlotProven>(std::move(command), limits::write);
    if (!proven) return Desk::fail(proven.failure());
    print(desk, proven.value());
    return Exit::done;
}

}  // namespace tokendeck::app::cli
