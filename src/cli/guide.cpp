// `tokendeck add` alone at a terminal: asks for everything, a step at a time. What is typed wrong is asked for again
// and nothing of the rest is lost; a PIN is asked for once.
#include "base/ascii.hpp"
#include "base/filled.hpp"
#include "cli/accounts.hpp"
#include "cli/held_signals.hpp"
#include "cli/pin_prompt.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

namespace tokendeck::cli {
namespace {

constexpr const char* farewell = "\nNothing was changed.\n";

void say(const std::string& line) {
    tell_terminal(printable(line) + "\n");
}

// What is wrong with what was typed, and that it is asked for again.
void say_again(const Failure& failure) {
    say(failure.text);
    if (!failure.next.empty()) say(failure.next);
}

Failure given_up() {
    return {Exit::usage, "Nothing was typed. Nothing was changed.", {}, {}};
}

// One line, without blanks around it; nothing: the input ended.
std::optional<std::string> ask(const std::string& question) {
    const auto line = ask_line(printable(question));
    if (!line) return std::nullopt;
    return std::string(base::trimmed(*line));
}

bool is_yes(const std::string& answer) {
    return answer == "yes" || answer == "y";
}

// A path as people type or drop it: in quotes, or with ~ for the home folder.
std::string path_of(std::string typed) {
    if (typed.size() >= 2 && typed.front() == typed.back() && (typed.front() == '\'' || typed.front() == '"'))
        typed = typed.substr(1, typed.size() - 2);
    if (typed.starts_with("~/"))
        if (const char* home = std::getenv("HOME")) typed.replace(0, 1, home);
    return typed;
}

std::optional<std::uint64_t> decimal(const std::string& text) {
    std::uint64_t number = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || stop != text.data() + text.size()) return std::nullopt;
    return number;
}

// Numbers with blanks or commas between them; nothing: it is no such list.
std::optional<std::vector<std::uint64_t>> numbers_in(const std::string& text) {
    std::vector<std::uint64_t> numbers;
    std::string word;
    for (const char c : text + " ") {
        if (c != ' ' && c != ',') {
            word += c;
        } else if (!word.empty()) {
            const auto number = decimal(word);
            if (!number) return std::nullopt;
            numbers.push_back(*number);
            word.clear();
        }
    }
    if (numbers.empty()) return std::nullopt;
    return numbers;
}

// "time-based, 6 digits, 30 seconds".
std::string figures(const otp::OtpParameters& p) {
    std::string text = p.kind == otp::OtpKind::totp ? "time-based, " : "counter-based, ";
    text += base::counted("{n} {n|digit|digits}", p.digits) + ", ";
    text += p.kind == otp::OtpKind::totp ? base::counted("{n} {n|second|seconds}", p.period)
                                         : "starting at counter " + std::to_string(p.counter);
    if (p.algorithm != otp::HashAlgorithm::sha1) text += ", " + std::string(otp::name(p.algorithm));
    return text;
}

class Guide {
  public:
    explicit Guide(CommandContext& context) : context_(context), accounts_(context) {}

    Exit run() {
        last_words_.emplace(farewell);
        say("This puts an account on your token, step by step. Until you have typed the PIN nothing is changed; "
            "Ctrl-C ends it.");
        for (const auto step : {&Guide::read, &Guide::choose, &Guide::figures_of_a_bare_secret, &Guide::open_token,
                                &Guide::settle, &Guide::last_look})
            if (auto failure = (this->*step)()) return CommandContext::fail(*failure);
        say("");
        say("Now the PIN. It is sent once; after a wrong one nothing is changed, and you begin again.");
        const Answer answer = accounts_.all().size() > 1 ? Answer::list : Answer::one;
        const Exit exit = write_accounts(context_, accounts_, answer, [this] { last_words_.reset(); });
        if (exit == Exit::done) say_what_next();
        return exit;
    }

  private:
    using Step = std::optional<Failure>;  // nothing: go on

    // ---- what to add ----

    Step read() {
        say("");
        say("What do you want to add? Paste an otpauth link or a secret (it is not shown), or type p for a picture of "
            "a QR code.");
        for (;;) {
            auto typed = ask_secret("Link, secret or p: ");
            if (!typed) return given_up();
            if (typed->empty()) {
                say("Nothing was typed. Paste an otpauth link or a secret, or type p.");
                continue;
            }
            const std::string_view text = typed->view();
            if (text == "p" || text == "P") {
                if (auto failure = read_picture("Path of the picture (Enter alone: back): ")) return failure;
            } else if (text.starts_with('/') || text.starts_with("~/") || text.starts_with("./")) {
                // A path, although nobody asked for it here.
                auto read = accounts_.read_picture(path_of(std::string(text)));
                if (!read) say_again(read.failure());
                else if (read.value().part_only) say_again(*accounts_.missing_codes());
            } else if (auto read = accounts_.read_text(std::move(*typed)); !read) {
                say_again(read.failure());
                continue;
            }
            if (accounts_.any()) break;
        }
        return read_missing_parts();
    }

    // Until one was read, or the person goes back.
    Step read_picture(const std::string& question) {
        for (;;) {
            const auto path = ask(question);
            if (!path) return given_up();
            if (path->empty()) return std::nullopt;
            auto read = accounts_.read_picture(path_of(*path));
            if (read && !read.value().part_only) return std::nullopt;
            if (read) {
                say_again(*accounts_.missing_codes());
                continue;
            }
            say_again(read.failure());
        }
    }

    Step read_missing_parts() {
        std::size_t missing = state::parts_missing(accounts_.wizard());
        while (missing > 0) {
            say(missing_parts_sentence(accounts_));
            if (auto failure = read_picture("Path of its picture (Enter alone: go on without): ")) return failure;
            const std::size_t now = state::parts_missing(accounts_.wizard());
            if (now == missing) break;
            missing = now;
        }
        return std::nullopt;
    }

    // ---- which of them ----

    Step choose() {
        say("");
        if (!state::several(accounts_.wizard())) {
            const otp::OtpEnrolment& account = accounts_.all().front().enrolment;
            const std::string whose = otp::title(account);
            if (!accounts_.bare())
                say("Read: " + (whose.empty() ? "an account without a name" : whose) + " - " +
                    figures(account.parameters) + ".");
            return std::nullopt;
        }
        say("These accounts were read:");
        for (std::size_t i = 0; i < accounts_.all().size(); ++i) {
            const otp::OtpEnrolment& account = accounts_.all()[i].enrolment;
            say("  " + std::to_string(accounts_.number(i)) + "  " + otp::title(account) + " - " +
                figures(account.parameters));
        }
        for (const std::string& sentence : shortcomings(accounts_)) say(sentence);
        for (;;) {
            const auto typed = ask("Which do you want to add? Numbers, such as 1 3 (Enter alone: all): ");
            if (!typed) return given_up();
            std::vector<std::size_t> numbers;
            if (typed->empty()) {
                for (std::size_t i = 0; i < accounts_.all().size(); ++i) numbers.push_back(accounts_.number(i));
            } else if (const auto listed = numbers_in(*typed)) {
                for (const std::uint64_t number : *listed)
                    if (number >= 1 && number <= accounts_.all().size())
                        numbers.push_back(static_cast<std::size_t>(number));
                if (numbers.size() != listed->size()) numbers.clear();
            }
            if (!numbers.empty()) {
                accounts_.keep(numbers);
                return std::nullopt;
            }
            say("Type numbers from the list, with a blank between them.");
        }
    }

    // A number in answer to a question that has a usual one; `fits` says whether it will do.
    template <typename Fits>
    ResultInWords<std::uint64_t> ask_number(const std::string& question, std::uint64_t usual,
                                            const std::string& otherwise, Fits fits) {
        for (;;) {
            const auto typed = ask(question + " [" + std::to_string(usual) + "]: ");
            if (!typed) return given_up();
            if (typed->empty()) return usual;
            const auto number = decimal(*typed);
            if (number && fits(*number)) return *number;
            say(otherwise);
        }
    }

    // Which a link or a QR code says itself.
    Step figures_of_a_bare_secret() {
        if (!accounts_.bare()) return std::nullopt;
        say("Only a secret. Most sites use time-based codes, 6 digits, 30 seconds; change this only if yours says so.");
        otp::OtpParameters p = accounts_.all().front().enrolment.parameters;
        for (;;) {
            const auto kind = ask("Time-based or counter-based? t or c [t]: ");
            if (!kind) return given_up();
            if (!kind->empty() && *kind != "t" && *kind != "c") {
                say("Type t or c, or Enter alone for time-based.");
                continue;
            }
            p.kind = *kind == "c" ? otp::OtpKind::hotp : otp::OtpKind::totp;
            break;
        }
        auto digits = ask_number("Digits of a code", 6, "A token shows codes of 6 or 8 digits.",
                                 [](std::uint64_t n) { return n == 6 || n == 8; });
        if (!digits) return digits.failure();
        p.digits = static_cast<std::uint32_t>(digits.value());
        if (p.kind == otp::OtpKind::totp) {
            auto period = ask_number("Seconds that a code is valid", 30, "Type a number of seconds, such as 30 or 60.",
                                     [](std::uint64_t n) { return n >= 1 && n <= 65'535; });
            if (!period) return period.failure();
            p.period = static_cast<std::uint32_t>(period.value());
        } else {
            auto counter =
                ask_number("Counter to start at", 0, "Type a whole number.", [](std::uint64_t) { return true; });
            if (!counter) return counter.failure();
            p.counter = counter.value();
        }
        accounts_.wish(state::EditParameters{p});
        return std::nullopt;
    }

    // ---- which token ----

    Step open_token() {
        say("");
        for (;;) {
            auto seen = context_.tokens();
            if (!seen) return seen.failure();
            auto chosen = choose_token(seen.value(), context_.options);
            if (!chosen && chosen.failure().why == Failure::Why::several_tokens) {
                auto one = ask_which(seen.value());
                if (!one) return one.failure();
                chosen = std::optional(one.value());
            }
            ResultInWords<OpenedToken> opened = !chosen          ? ResultInWords<OpenedToken>(chosen.failure())
                                                : chosen.value() ? context_.open(*chosen.value())
                                                                 : context_.open_token();
            if (opened) {
                accounts_.take(opened.value());
                say("It goes to " + title_of(accounts_.token()) + ".");
                return std::nullopt;
            }
            if (context_.talk.stuck()) return opened.failure();
            say_again(opened.failure());
            if (!ask("Press Enter to look for it again, or Ctrl-C to end: ")) return given_up();
        }
    }

    ResultInWords<channel::TokenInfo> ask_which(const std::vector<channel::TokenInfo>& seen) {
        std::vector<channel::TokenInfo> usable;
        for (const channel::TokenInfo& token : seen)
            if (token.access == channel::TokenAccess::openable) usable.push_back(token);
        say("Several tokens are plugged in:");
        for (std::size_t i = 0; i < usable.size(); ++i)
            say("  " + std::to_string(i + 1) + "  " + title_as_seen(usable[i]));
        for (;;) {
            const auto typed = ask("Which one? Its number: ");
            if (!typed) return given_up();
            const auto number = decimal(*typed);
            if (number && *number >= 1 && *number <= usable.size())
                return usable[static_cast<std::size_t>(*number - 1)];
            say("Type a number from the list.");
        }
    }

    // ---- names and slots ----

    Step settle() {
        say("");
        if (auto failure = settle_remarks(context_, accounts_)) return failure;
        if (accounts_.all().size() == 1) {
            if (auto failure = settle_duplicate(0)) return failure;
            if (!replaces_)
                if (auto failure = settle_name(0)) return failure;
            if (!replaces_)
                if (auto failure = settle_slot()) return failure;
            return std::nullopt;
        }
        std::vector<std::size_t> kept;
        for (std::size_t i = 0; i < accounts_.all().size(); ++i) {
            bool wanted = true;
            if (auto failure = settle_one_of_several(i, wanted)) return failure;
            if (wanted) kept.push_back(accounts_.number(i));
        }
        if (kept.empty()) return Failure{Exit::usage, "No account is left to add. Nothing was changed.", {}, {}};
        if (kept.size() < accounts_.all().size()) accounts_.keep(kept);
        return std::nullopt;
    }

    // Only what needs an answer is asked.
    Step settle_one_of_several(std::size_t place, bool& wanted) {
        const state::Candidate& one = accounts_.all()[place];
        const bool fits = only_the_name(one.problems);
        if (fits && one.shortened_from.empty() && !otp::blocked(one.problems) && !taken(place) && !one.same_as)
            return std::nullopt;
        say("Account " + std::to_string(accounts_.number(place)) + ", " + otp::title(one.enrolment) + ":");
        if (!fits) {
            say(in_words(one.problems, true) + " It is left out.");
            wanted = false;
            return std::nullopt;
        }
        if (auto failure = settle_duplicate(place, &wanted); failure || !wanted) return failure;
        return settle_name(place);
    }

    // Another of those that are to be added has this name.
    [[nodiscard]] bool taken(std::size_t place) const {
        for (std::size_t i = 0; i < place; ++i)
            if (accounts_.all()[i].name == accounts_.all()[place].name) return true;
        return false;
    }

    [[nodiscard]] bool only_the_name(const std::vector<otp::FitProblem>& problems) const {
        return std::ranges::all_of(problems, [](const otp::FitProblem& problem) {
            return !problem.blocks || problem.part == otp::AccountPart::name;
        });
    }

    // `wanted`: of several accounts; this one may be left out.
    Step settle_duplicate(std::size_t place, bool* wanted = nullptr) {
        const state::Candidate& one = accounts_.all()[place];
        const auto* const held = one.same_as ? state::find_slot(accounts_.state(), *one.same_as) : nullptr;
        if (held == nullptr || one.keep_both) return std::nullopt;
        say(title_of(*held) + " seems to be this account already.");
        const bool replaceable = accounts_.all().size() == 1 && state::of_kind(held->id, one.enrolment.parameters.kind);
        const std::string question = std::string("Type b to keep both") + (replaceable ? ", or r to replace it" : "") +
                                     (wanted != nullptr ? ", or s to leave this one out" : "");
        for (;;) {
            const auto typed = ask(question + ": ");
            if (!typed) return given_up();
            if (*typed == "b") {
                accounts_.accept_duplicate(place);
                return std::nullopt;
            }
            if (*typed == "s" && wanted != nullptr) {
                *wanted = false;
                return std::nullopt;
            }
            if (*typed == "r" && replaceable) {
                const otp::SlotId slot = held->id;
                say(otp::text(slot) + ": the account that is there is lost.");
                accounts_.name(place, held->name);
                accounts_.wish(state::ChooseSlot{slot});
                accounts_.wish(state::ConfirmOverwrite{true});
                replaces_ = true;
                return std::nullopt;
            }
        }
    }

    Step settle_name(std::size_t place) {
        if (const state::Candidate& one = accounts_.all()[place]; !only_the_name(one.problems))
            return misfit_failure(one.problems);
        if (const state::Candidate& one = accounts_.all()[place]; !one.shortened_from.empty())
            say("The whole name, " + in_quotes(one.shortened_from) + ", has no room on this token, which keeps " +
                base::counted("{n} {n|byte|bytes}", accounts_.token().limits.name_bytes_max) + ".");
        for (;;) {
            const std::string suggested = accounts_.all()[place].name;
            const auto typed = ask("Name on the token" + (suggested.empty() ? "" : " [" + suggested + "]") + ": ");
            if (!typed) return given_up();
            accounts_.name(place, typed->empty() ? suggested : *typed);
            if (auto misfit = misfit_failure(accounts_.all()[place].problems)) {
                say(in_words(accounts_.all()[place].problems, true));
                accounts_.name(place, suggested);
                continue;
            }
            if (!taken(place)) break;
            say("Another of these accounts has that name.");
        }
        if (accounts_.all()[place].same_as && !accounts_.all()[place].keep_both) return settle_duplicate(place);
        return std::nullopt;
    }

    Step settle_slot() {
        const state::Candidate& one = accounts_.all().front();
        for (;;) {
            const std::string free = one.slot ? " [" + otp::text(*one.slot) + ", the first free one]" : std::string();
            if (!one.slot)
                say("All slots of this kind are in use. Choose the one to replace; `tokendeck list` shows them.");
            const auto typed = ask("Slot" + free + ": ");
            if (!typed) return given_up();
            if (typed->empty() && one.slot) return std::nullopt;
            auto slot = choose_slot(accounts_, 0, *typed, true);
            if (!slot) {
                say(slot.failure().text);
                say("Type a slot such as totp:3" + std::string(one.slot ? ", or Enter alone for the free one." : "."));
                continue;
            }
            if (otp::occupied(slot.value())) {
                say(otp::text(slot.value().id) + ": " + in_quotes(slot.value().name) + " -> " + in_quotes(one.name) +
                    ". The account that is there is lost.");
                const auto answer = ask("Replace it? Type yes: ");
                if (!answer) return given_up();
                if (!is_yes(*answer)) continue;
            }
            accounts_.wish(state::ChooseSlot{slot.value().id});
            accounts_.wish(state::ConfirmOverwrite{otp::occupied(slot.value())});
            return std::nullopt;
        }
    }

    // What will be done; what cannot be is said here at the latest, before the PIN.
    Step last_look() {
        for (std::size_t i = 0; i < accounts_.all().size(); ++i) {
            if (otp::blocked(accounts_.all()[i].problems)) return misfit_failure(accounts_.all()[i].problems);
            if (!accounts_.all()[i].slot) return obstacle(accounts_, i);
        }
        if (auto refused = refused_without_pin(context_, accounts_)) return refused;
        say("");
        for (const state::Candidate& one : accounts_.all()) {
            say(in_quotes(one.name) + " goes to " + otp::text(*one.slot) + ".");
            if (const std::string worth_knowing = in_words(one.problems, false); !worth_knowing.empty())
                say(worth_knowing);
        }
        return std::nullopt;
    }

    void say_what_next() {
        if (context_.options.json) return;
        say("");
        if (accounts_.all().size() > 1) {
            say("The token gives the right codes. `tokendeck code NAME` shows the current one.");
            return;
        }
        say("The token gives the right code. If the web site asks for one to confirm, type it there.");
        say("`tokendeck code " + in_quotes(accounts_.all().front().name) +
            "` shows the next one whenever you need it.");
    }

    CommandContext& context_;
    Accounts accounts_;
    std::optional<LastWords> last_words_{};
    bool replaces_ = false;
};

}  // namespace

Exit guide_add(CommandContext& context) {
    return Guide(context).run();
}

}  // namespace tokendeck::cli
