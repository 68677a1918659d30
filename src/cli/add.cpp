// `add`: from pictures, otpauth links or a bare secret to slots that are proven to give the right codes.
#include "base/filled.hpp"
#include "base/one_line.hpp"
#include "cli/accounts.hpp"
#include "cli/pin_prompt.hpp"
#include "words/words.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::cli {
namespace {

constexpr std::size_t account_bytes_max = 64 * 1024;
constexpr std::size_t listed_most = 40;

// Without the end of its last line, which is the file's and not the account's.
base::SecretText without_line_end(const base::SecretText& content) {
    std::string_view text = content.view();
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return base::SecretText::copy_of(text);
}

std::optional<Failure> read_text(Accounts& accounts, const SourceFile& file, bool bare) {
    auto content = read_secret_file(file, account_bytes_max, bare ? "--secret-file" : "--uri-file",
                                    bare ? "Secret of the account (not shown): " : "otpauth link (not shown): ");
    if (!content) return content.failure();
    auto read = accounts.read_text(without_line_end(content.value()));
    if (!read) return read.failure();
    if (bare && !accounts.bare())
        return Failure{Exit::usage, "--secret-file holds an otpauth link, not a bare secret.",
                       "Use --uri-file for it."};
    if (!bare && accounts.bare())
        return Failure{
            Exit::usage, "--uri-file holds no otpauth link.",
            "For a bare base32 secret use --secret-file, with --name and what is known of its digits and period."};
    return std::nullopt;
}

std::optional<Failure> read_all(const Options& options, Accounts& accounts) {
    for (const std::string& image : options.images) {
        auto read = accounts.read_picture(image);
        if (read) continue;
        Failure failure = read.failure();
        if (options.images.size() > 1) failure = about_file(image, std::move(failure));
        return failure;
    }
    if (!accounts.any())
        if (auto missing = accounts.missing_codes()) return missing;
    if (options.uri_file) return read_text(accounts, *options.uri_file, false);
    if (options.secret_file) return read_text(accounts, *options.secret_file, true);
    return std::nullopt;
}

// A bare secret is what the options say; anything else says it itself.
void complete_bare_secret(Accounts& accounts, const Options& options) {
    const auto slot = otp::parse_slot(options.slot);
    const auto* numbered = slot ? std::get_if<otp::NumberedSlot>(&*slot) : nullptr;
    const bool hotp = options.counter || (numbered != nullptr && numbered->kind == otp::OtpKind::hotp);
    otp::OtpParameters parameters = accounts.all().front().enrolment.parameters;
    parameters.kind = hotp ? otp::OtpKind::hotp : otp::OtpKind::totp;
    if (options.digits) parameters.digits = *options.digits;
    if (options.period) parameters.period = *options.period;
    if (options.counter) parameters.counter = *options.counter;
    accounts.wish(state::EditParameters{parameters});
}

std::string joined(const std::vector<std::string>& sentences) {
    std::string all;
    for (const std::string& sentence : sentences) all += (all.empty() ? "" : " ") + sentence;
    return all;
}

// Everything that was found, in a sentence.
std::string found(const Accounts& accounts) {
    std::string list;
    const std::size_t count = accounts.all().size();
    for (std::size_t i = 0; i < std::min(count, listed_most); ++i)
        list += (list.empty() ? "" : "; ") + listed(accounts, i);
    if (count > listed_most) list += base::counted("; and {n} {n|other|others}", count - listed_most);
    std::string text = base::counted("{n} {n|account was|accounts were} found:", count) + " " + list + ".";
    const std::string lacking = joined(shortcomings(accounts));
    return text + (lacking.empty() ? "" : " " + lacking) + " Nothing was changed.";
}

std::string picks(const std::vector<std::size_t>& numbers) {
    std::string list;
    for (const std::size_t number : numbers) list += (list.empty() ? "" : ",") + std::to_string(number);
    return "--pick " + list;
}

std::vector<std::size_t> all_numbers(const Accounts& accounts) {
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < accounts.all().size(); ++i) numbers.push_back(accounts.number(i));
    return numbers;
}

// Which of several. Nothing: it is clear.
std::optional<Failure> choose(const CommandContext& context, Accounts& accounts) {
    const Options& options = context.options;
    const std::size_t count = accounts.all().size();
    if (!options.picks.empty()) {
        for (const std::size_t number : options.picks)
            if (number < 1 || number > count)
                return Failure{Exit::usage, "No account has the number of --pick " + std::to_string(number) + ". " +
                                                found(accounts)};
        accounts.keep(options.picks);
        return std::nullopt;
    }
    if (!state::several(accounts.wizard())) return std::nullopt;
    if (!options.all)
        return Failure{Exit::usage, found(accounts),
                       "Choose with --pick and a number, such as --pick 1 (or --pick 1,2), or take them with --all.",
                       "cli.several-accounts"};
    if (const auto lacking = shortcomings(accounts); !lacking.empty()) {
        const bool parts = !missing_parts_sentence(accounts).empty();
        return Failure{Exit::usage, "Not all can be added. " + joined(lacking) + " Nothing was changed.",
                       (parts ? "Give its picture with another --image, or use " : "Use ") +
                           picks(all_numbers(accounts)) + " for those that were read.",
                       "cli.not-all-accounts"};
    }
    accounts.keep(all_numbers(accounts));
    return std::nullopt;
}

// Two that would be found by the same name.
std::optional<Failure> same_name_twice(const Accounts& accounts, std::size_t place) {
    for (std::size_t i = 0; i < place; ++i)
        if (accounts.all()[i].name == accounts.all()[place].name)
            return Failure{Exit::usage,
                           "It would have the same name as account " + std::to_string(accounts.number(i)) + ": " +
                               in_quotes(accounts.all()[i].name) + ".",
                           "Add one of them alone, with --name, or both with --allow-duplicate.", "cli.account-exists"};
    return std::nullopt;
}

// That nothing was changed is said once, for all.
Failure of_several(Failure failure) {
    for (const std::string_view said : {", and nothing was changed", " Nothing was changed."})
        if (const auto at = failure.text.find(said); at != std::string::npos) failure.text.erase(at, said.size());
    return failure;
}

// Everything that stands in the way of any of them, before a PIN is asked for.
std::optional<Failure> obstacles(const CommandContext& context, const Accounts& accounts) {
    if (accounts.all().size() == 1) return obstacle(accounts, 0);
    std::optional<Failure> first;
    std::string texts;
    std::vector<std::size_t> fine;
    for (std::size_t i = 0; i < accounts.all().size(); ++i) {
        auto one = obstacle(accounts, i);
        if (!one && !context.options.allow_duplicate) one = same_name_twice(accounts, i);
        if (!one) {
            fine.push_back(accounts.number(i));
            continue;
        }
        texts += (texts.empty() ? "" : " ") + std::string("Account ") + std::to_string(accounts.number(i)) + " " +
                 in_quotes(otp::whole_name(accounts.all()[i].enrolment)) + ": " + sentences(of_several(*one));
        if (!first) first = std::move(one);
    }
    if (!first) return std::nullopt;
    return Failure{first->exit, texts + " Nothing was changed.",
                   fine.empty() ? std::string() : picks(fine) + " adds the others.", code_of(*first)};
}

// Names and slots as the options say.
std::optional<Failure> settle(const CommandContext& context, Accounts& accounts) {
    const Options& options = context.options;
    const bool one = accounts.all().size() == 1;
    if (!one && (options.name || !options.slot.empty()))
        return Failure{Exit::usage,
                       std::string(options.name ? "--name" : "--slot") + " is for one account, and you chose " +
                           base::counted("{n} {n|account|accounts}", accounts.all().size()) + ". Nothing was changed.",
                       "Leave it out, or choose one account with --pick."};
    if (options.name) accounts.name(0, *options.name);
    if (options.allow_duplicate)
        for (std::size_t i = 0; i < accounts.all().size(); ++i) accounts.accept_duplicate(i);
    std::optional<Failure> no_slot;
    if (!options.slot.empty()) {
        auto slot = choose_slot(accounts, 0, options.slot, options.overwrite);
        if (!slot) {
            no_slot = slot.failure();
        } else {
            accounts.wish(state::ChooseSlot{slot.value().id});
            accounts.wish(state::ConfirmOverwrite{otp::occupied(slot.value())});
        }
    }
    auto in_the_way = obstacles(context, accounts);
    if (in_the_way && !(no_slot && in_the_way->why == Failure::Why::token_full)) return in_the_way;
    return no_slot;
}

void tell(const std::string& sentence) {
    if (!sentence.empty()) write_error(sentence);
}

// What is worth knowing before the PIN is typed, and stops nothing.
void tell_of(const Accounts& accounts) {
    for (const state::Candidate& one : accounts.all()) {
        for (const state::AnsweredRemark& remark : one.remarks)
            if (!remark.remark.asks) tell(words::describe(remark.remark.error).what);
        if (!one.shortened_from.empty())
            tell(in_quotes(one.shortened_from) + " is called " + in_quotes(one.name) + " on this token, which keeps " +
                 base::counted("{n} {n|byte|bytes}", accounts.token().limits.name_bytes_max) + " of a name.");
        tell(in_words(one.problems, false));
    }
}

}  // namespace

Failure about_file(const std::string& path, Failure failure) {
    const std::string file = path.substr(path.find_last_of("/\\") + 1);
    if (failure.text.find(file) == std::string::npos)
        failure.text = base::cut_to(path, base::shown_text_most, base::Cut::middle) + ": " + failure.text;
    return failure;
}

std::optional<Failure> refused_without_pin(CommandContext& context, const Accounts& accounts) {
    const channel::TokenStatus& token = accounts.token();
    if (accounts.all().size() > 1 && token.abilities.pin_per_command && !terminal_available())
        return Failure{Exit::usage, "With this firmware each PIN typed is good for one account. Nothing was changed.",
                       "Run this in a terminal, or add them one by one with --pick."};
    return refused_write_pins(context, token);
}

Exit run_add(CommandContext& context) {
    const Options& options = context.options;
    if (options.images.empty() && !options.uri_file && !options.secret_file) {
        const bool alone = !options.name && options.slot.empty() && options.picks.empty() && !options.all &&
                           !options.shorten && !options.overwrite && !options.allow_duplicate;
        if (alone && terminal_available()) return guide_add(context);
        return CommandContext::fail(
            {Exit::usage, "`add` needs to know where the account comes from.",
             "Give --image, --uri-file or --secret-file; or run `tokendeck add` alone in a terminal, "
             "where it asks."});
    }
    // First all that can go wrong without a token.
    Accounts accounts(context);
    if (auto refused = read_all(options, accounts)) return CommandContext::fail(*refused);
    const bool list = !options.picks.empty() || options.all;
    if (auto refused = choose(context, accounts)) return CommandContext::fail(*refused);
    if (options.secret_file) complete_bare_secret(accounts, options);
    if (auto refused = settle_remarks(context, accounts)) return CommandContext::fail(*refused);

    // Then all that can go wrong without a PIN.
    auto opened = context.open_token();
    if (!opened) return CommandContext::fail(opened.failure());
    accounts.take(opened.value());
    if (auto refused = settle(context, accounts)) return CommandContext::fail(*refused);
    if (auto refused = refused_without_pin(context, accounts)) return CommandContext::fail(*refused);
    tell_of(accounts);
    const Exit exit = write_accounts(context, accounts, list ? Answer::list : Answer::one);
    if (exit == Exit::done)
        for (const state::ExportLeft& left : accounts.wizard().exports)
            tell("The file still holds the secrets, unprotected: " + left.file.path +
                 ". Delete it when you do not need it any more.");
    return exit;
}

}  // namespace tokendeck::cli
