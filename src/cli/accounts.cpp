#include "cli/accounts.hpp"

#include "base/filled.hpp"
#include "cli/pin_prompt.hpp"
#include "otp/duplicate.hpp"
#include "state/apply.hpp"
#include "words/words.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace tokendeck::cli {
namespace {

// Above those that Conversation gives by itself.
constexpr channel::MessageId first_id = 1ULL << 32;

std::string article(otp::OtpKind kind) {
    return kind == otp::OtpKind::totp ? "TOTP" : "HOTP";
}

}  // namespace

Accounts::Accounts(CommandContext& context) : context_(context) {
    state_.last_id = first_id;
    state::tick(state_, std::chrono::steady_clock::now(), base::UnixTime{});
}

Accounts::~Accounts() {
    state::shut_down(state_);
}

void Accounts::wish(state::Intent intent) {
    state::apply(state_, std::move(intent));
}

ResultInWords<Accounts::Read> Accounts::read(state::Intent intent, const std::string& file) {
    // One that was read before waits, and is added to.
    if (state::at(state_, state::WizardStep::review)) wish(state::BackToInput{});
    wish(std::move(intent));
    if (state_.outbox.crypto.empty()) return Failure{Exit::failed, "Nothing could be read: a defect.", {}, {}};
    return ask(file);
}

ResultInWords<Accounts::Read> Accounts::ask(const std::string& file) {
    channel::CryptoRequest request = std::move(state_.outbox.crypto.front());
    state_.outbox.crypto.clear();
    auto reply = context_.talk.read(std::move(request), limits::read, file);
    const bool nothing = !reply || (reply.value().accounts.empty() && reply.value().code_parts.empty());
    if (nothing) {
        wish(state::CancelWizard{});  // of reading; what was read before stays
        if (!reply) return reply.failure();
        return failure_of(reply.value().refused.front().error);
    }
    Read read;
    read.part_only = reply.value().accounts.empty();
    const auto& fresh = reply.value().accounts;
    std::vector<const otp::OtpEnrolment*> known;
    if (state_.wizard)
        for (const state::Candidate& one : all()) known.push_back(&one.enrolment);
    for (const channel::ReadAccount& account : fresh) {
        const auto same =
            std::ranges::find_if(known, [&](const auto* one) { return otp::same_account(*one, account.enrolment); });
        read.numbers.push_back(static_cast<std::size_t>(same - known.begin()) + 1);
        if (same == known.end()) known.push_back(&account.enrolment);
    }
    for (const channel::AccountRefused& refused : reply.value().refused) read.refused.push_back(refused);
    state::apply(state_, channel::CryptoReply(std::move(reply.value())));
    if (!state_.outbox.crypto.empty()) {  // the last part has come: the whole text
        auto whole = ask(file);
        if (!whole) return whole.failure();
        read.part_only = read.part_only && whole.value().part_only;
        std::ranges::copy(whole.value().numbers, std::back_inserter(read.numbers));
        std::ranges::move(whole.value().refused, std::back_inserter(read.refused));
    }
    numbers_.clear();
    for (std::size_t i = 0; i < all().size(); ++i) numbers_.push_back(i + 1);
    return read;
}

ResultInWords<Accounts::Read> Accounts::read_picture(const std::string& path) {
    return read(state::ReadFile{path}, path);
}

ResultInWords<Accounts::Read> Accounts::read_text(base::SecretText text) {
    return read(state::PasteText{std::move(text), true}, {});
}

std::optional<Failure> Accounts::missing_codes() const {
    if (!state_.wizard) return std::nullopt;
    const auto missing = state::missing_codes(wizard());
    return missing ? std::optional(failure_of(*missing)) : std::nullopt;
}

void Accounts::keep(const std::vector<std::size_t>& numbers) {
    std::vector<std::size_t> places, kept;
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
        if (std::ranges::count(numbers, numbers_[i]) == 0) continue;
        places.push_back(i);
        kept.push_back(numbers_[i]);
    }
    numbers_ = std::move(kept);
    wish(state::KeepOnly{std::move(places)});
}

void Accounts::take(const OpenedToken& token) {
    state::apply(state_, channel::DeviceEvent(channel::TokenOpened{0, token.status, token.slots}));
}

void Accounts::name(std::size_t place, std::string name) {
    if (state::several(wizard())) wish(state::NameCandidate{place, std::move(name)});
    else wish(state::EditName{std::move(name)});
}

void Accounts::accept_duplicate(std::size_t place) {
    if (state::several(wizard())) wish(state::ChooseCandidate{place, true});
    else wish(state::KeepBoth{});
}

void Accounts::answer_remark(std::size_t place, std::size_t remark, bool yes) {
    wish(state::AnswerRemark{place, remark, yes});
}

std::optional<channel::WriteSlot> Accounts::next_write() {
    while (!state_.outbox.device.empty()) {
        channel::DeviceCommand command = std::move(state_.outbox.device.front());
        state_.outbox.device.pop_front();
        if (auto* write = std::get_if<channel::WriteSlot>(&command)) return std::move(*write);
        // What the wizard asks for besides: to forget the authentication that it held.
        if (auto* forget = std::get_if<channel::ForgetPins>(&command))
            (void)context_.talk.send(channel::DeviceCommand(*forget), limits::open);
    }
    return std::nullopt;
}

void Accounts::answer(channel::DeviceEvent event) {
    state::apply(state_, std::move(event));
    state_.outbox.effects.clear();  // there is no clipboard here
}

std::string listed(const Accounts& accounts, std::size_t place) {
    const otp::OtpEnrolment& account = accounts.all().at(place).enrolment;
    const otp::OtpParameters& p = account.parameters;
    const std::string whole = otp::whole_name(account);
    std::string text =
        std::to_string(accounts.number(place)) + " " + (whole.empty() ? "without a name" : in_quotes(whole));
    text += " (" + std::string(otp::name(p.kind)) + ", " + base::counted("{n} {n|digit|digits}", p.digits) + ", ";
    if (p.kind == otp::OtpKind::totp) text += std::to_string(p.period) + " s";
    else text += "counter " + std::to_string(p.counter);
    if (p.algorithm != otp::HashAlgorithm::sha1) text += ", " + std::string(otp::name(p.algorithm));
    return text + ")";
}

std::string sentence_of(const channel::AccountRefused& refused) {
    const std::string said = sentences(failure_of(refused.error));
    const std::string& subject = refused.error.subject;
    const bool named = subject.empty() || said.find(subject) != std::string::npos;
    return (refused.place == 0 ? "" : "Number " + std::to_string(refused.place) + " of them: ") +
           (named ? "" : in_quotes(subject) + ": ") + said;
}

std::string missing_parts_sentence(const Accounts& accounts) {
    const auto missing = state::missing_parts(accounts.wizard());
    if (missing.empty()) return {};
    constexpr std::size_t named_most = 12;
    std::string numbers;
    for (std::size_t i = 0; i < std::min(missing.size(), named_most); ++i)
        numbers += (i == 0 ? "" : i + 1 == missing.size() ? " and " : ", ") + std::to_string(missing[i].index + 1);
    if (missing.size() > named_most) numbers += " and more";
    const bool one_export = missing.front().batch == missing.back().batch;
    return (missing.size() == 1 ? "Part " : "Parts ") + numbers +
           (one_export ? " of " + std::to_string(missing.front().count) : std::string()) +
           (missing.size() == 1 ? " of the export is missing." : " of the export are missing.");
}

std::vector<std::string> shortcomings(const Accounts& accounts) {
    std::vector<std::string> all;
    for (const channel::AccountRefused& refused : accounts.wizard().refused) all.push_back(sentence_of(refused));
    if (const auto codes = accounts.missing_codes()) all.push_back(sentences(*codes));
    if (std::string parts = missing_parts_sentence(accounts); !parts.empty()) all.push_back(std::move(parts));
    return all;
}

namespace {

constexpr std::string_view not_agreed = "cli.read-unclear";

// "Account 2 "GitHub:ann": " where there are several.
std::string before_remark(const Accounts& accounts, std::size_t place) {
    if (accounts.all().size() == 1) return {};
    return "Account " + std::to_string(accounts.number(place)) + " " +
           in_quotes(otp::whole_name(accounts.all()[place].enrolment)) + ": ";
}

// Asked until there is an answer. Nothing: there is none.
std::optional<bool> ask_about(const channel::Remark& remark, const words::Words& words) {
    for (;;) {
        const auto typed =
            ask_line(remark.meant ? words.next + "? Type yes, or no to leave it out: " : words.next + "? Type yes: ");
        if (!typed) return std::nullopt;
        if (*typed == "yes" || *typed == "y") return true;
        if (*typed == "no" || *typed == "n") return false;
    }
}

std::optional<Failure> settle_remark(const CommandContext& context, Accounts& accounts, std::size_t place,
                                     std::size_t number) {
    const Options& options = context.options;
    const channel::Remark remark = accounts.all()[place].remarks[number].remark;
    const words::Words words = words::describe(remark.error);
    if (remark.lacks_counter && options.counter && accounts.all().size() == 1) {
        otp::OtpParameters parameters = accounts.all()[place].enrolment.parameters;
        parameters.counter = *options.counter;
        accounts.wish(state::EditParameters{parameters});
        accounts.answer_remark(place, number, true);
        return std::nullopt;
    }
    const std::string said = before_remark(accounts, place) + words.what;
    if (options.as_read) {
        write_error(said);
        accounts.answer_remark(place, number, true);
        return std::nullopt;
    }
    if (!terminal_available())
        return Failure{Exit::usage, said + " Nothing was changed.",
                       std::string(remark.lacks_counter ? "Give --counter. " : "") + "If this is right: " + words.next +
                           ": --as-read.",
                       std::string(not_agreed)};
    write_error(said);
    const auto yes = ask_about(remark, words);
    if (!yes || (!*yes && !remark.meant))
        return Failure{Exit::usage, said + " Nothing was changed.", {}, std::string(not_agreed)};
    accounts.answer_remark(place, number, *yes);
    return std::nullopt;
}

}  // namespace

std::optional<Failure> settle_remarks(const CommandContext& context, Accounts& accounts) {
    for (std::size_t place = 0; place < accounts.all().size(); ++place)
        for (std::size_t i = 0; i < accounts.all()[place].remarks.size(); ++i)
            if (state::is_open(accounts.all()[place].remarks[i]))
                if (auto refused = settle_remark(context, accounts, place, i)) return refused;
    return std::nullopt;
}

namespace {

std::optional<Failure> name_too_long(const Accounts& accounts, const state::Candidate& one) {
    if (one.shortened_from.empty()) return std::nullopt;
    const bool whole = one.name == one.enrolment.issuer || one.name == one.enrolment.account;
    if (whole || accounts.shorten()) return std::nullopt;
    return Failure{Exit::usage,
                   "The name " + in_quotes(otp::title(one.enrolment)) + " is too long: this token keeps " +
                       base::counted("{n} {n|byte|bytes}", accounts.token().limits.name_bytes_max) + ".",
                   "Choose a shorter one with --name, or take " + in_quotes(one.name) + " with --shorten.",
                   "cli.name-too-long"};
}

Failure already_there(const state::Candidate& one, const otp::SlotSummary& slot) {
    const bool same_name = slot.name == one.name;
    const bool same_account =
        slot.name == otp::whole_name(one.enrolment) && !one.enrolment.issuer.empty() && !one.enrolment.account.empty();
    const bool replaceable = state::of_kind(slot.id, one.enrolment.parameters.kind);
    return Failure{Exit::usage,
                   title_of(slot) + (same_name ? " already has this name" : " already holds this account") +
                       ", and nothing was changed.",
                   (replaceable ? "--overwrite --slot " + otp::text(slot.id) + " replaces it; " : std::string()) +
                       (same_name && !same_account ? "--name gives this one another name; " : "") +
                       "--allow-duplicate adds it anyway.",
                   "cli.account-exists"};
}

}  // namespace

std::optional<Failure> obstacle(const Accounts& accounts, std::size_t place) {
    const state::Candidate& one = accounts.all().at(place);
    if (auto too_long = name_too_long(accounts, one)) return too_long;
    if (auto misfit = misfit_failure(one.problems)) return misfit;
    if (one.same_as && !one.keep_both)
        if (const auto* slot = state::find_slot(accounts.state(), *one.same_as)) return already_there(one, *slot);
    if (!one.slot)
        return Failure{Exit::cannot,
                       "All " + article(one.enrolment.parameters.kind) +
                           " slots of this token are in use, and nothing was changed.",
                       "Remove one, or choose one with --slot and --overwrite.", "cli.token-full",
                       Failure::Why::token_full};
    return std::nullopt;
}

ResultInWords<otp::SlotSummary> choose_slot(const Accounts& accounts, std::size_t place, const std::string& typed,
                                            bool overwrite) {
    const otp::OtpKind kind = accounts.all().at(place).enrolment.parameters.kind;
    const auto id = otp::parse_slot(typed);
    const otp::SlotSummary* const slot = id ? state::find_slot(accounts.state(), *id) : nullptr;
    if (slot == nullptr)
        return Failure{Exit::usage, "This token has no slot " + typed + ".",
                       "`tokendeck list --all` shows what it has.", "cli.no-such-slot"};
    if (!state::of_kind(slot->id, kind))
        return Failure{
            Exit::usage,
            "The account is of the kind " + article(kind) + ", and " + typed + " is a slot of the other kind.",
            "Choose another with --slot, or leave it out."};
    if (otp::occupied(*slot) && !overwrite)
        return Failure{Exit::usage, title_of(*slot) + " is in use, and nothing was changed.",
                       "With --overwrite it is replaced; its account is lost then.", "cli.slot-in-use"};
    return *slot;
}

}  // namespace tokendeck::cli
