// `add`: the accounts go to the token one after another, each is proven, and what became of each is told.
#include "base/filled.hpp"
#include "cli/accounts.hpp"
#include "cli/json.hpp"
#include "cli/pin_prompt.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::cli {
namespace {

using channel::PinKind;

struct Fate {
    const char* result = "not_begun";  // as JSON has it
    otp::SlotSummary slot{};           // as it is now known to be; of one that was not begun as it is meant to be
    base::UnixTime valid_until{};
    std::optional<std::uint64_t> counter{};
    base::SecretText code{};
    std::optional<Failure> failure{};
};

class Writing {
  public:
    Writing(CommandContext& context, Accounts& accounts, Answer answer)
        : context_(context), accounts_(accounts), answer_(answer) {
        for (std::size_t i = 0; i < accounts.all().size(); ++i) {
            const state::Candidate& one = accounts.all()[i];
            Fate fate;
            fate.slot = {*one.slot, otp::SlotState::empty, one.name, one.enrolment.parameters};
            fates_.push_back(std::move(fate));
        }
    }

    Exit run(const std::function<void()>& about_to_write) {
        accounts_.wish(state::ContinueToPin{});
        last_try_ = context_.options.last_try;
        while (accounts_.wizard().in<state::PinStep>() != nullptr) {
            if (auto refused = give_pins()) return conclude(*refused);
            if (about_to_write) about_to_write();
            context_.hold_signals();
            while (auto command = accounts_.next_write())
                if (auto failed = write(std::move(*command))) return conclude(*failed);
        }
        if (stopped_) return conclude(Failure{Exit::failed, "You asked for an end."});
        return conclude(std::nullopt);
    }

  private:
    // Asked for at the first account, and again only where this token forgets it. Nothing: they are on their way.
    std::optional<Failure> give_pins() {
        context_.release_signals();  // a prompt watches for them itself
        const channel::TokenStatus& token = accounts_.token();
        state::SubmitPin pins;
        if (!accounts_.wizard().admin_held) {
            auto admin = take_pin(context_, token, PinKind::admin, last_try_);
            if (!admin) return admin.failure();
            pins.admin_pin = std::move(admin.value());
        }
        if (state::user_pin_needed(accounts_.state())) {
            auto user = take_user_pin(context_, token, last_try_);
            if (!user) return user.failure();
            pins.user_pin = std::move(user.value());
        }
        pins.last_try = last_try_;
        accounts_.wish(std::move(pins));
        return std::nullopt;
    }

    std::optional<Failure> write(channel::WriteSlot command) {
        command.set_time_back = context_.options.set_time_back;
        const std::size_t place = accounts_.wizard().current;
        Fate& fate = fates_.at(place);
        auto event = context_.talk.send(channel::DeviceCommand(std::move(command)), limits::write);
        if (!event) {
            fate.result = "incomplete";
            fate.slot.state = otp::SlotState::unsure;
            fate.failure = event.failure();
            return event.failure();
        }
        // Ctrl-C: this one was finished, and no other is begun.
        if (context_.end_wanted() && fates_.size() > 1) {
            accounts_.wish(state::CancelWizard{});
            stopped_ = left() > 1;
        }
        std::optional<Failure> failure;
        if (auto* proven = std::get_if<channel::SlotProven>(&event.value())) {
            fate.result = "proven";
            fate.slot = proven->slot;
            fate.valid_until = proven->valid_until;
            fate.counter = proven->counter;
            fate.code = proven->code.clone();
            if (!context_.options.json) print(fate);
        } else if (const auto* failed = std::get_if<channel::CommandFailed>(&event.value())) {
            failure = failure_of(*failed);
            const bool unsure = failed->slot && failed->slot->state == otp::SlotState::unsure;
            fate.result = unsure ? "incomplete" : "failed";
            if (failed->slot) fate.slot.state = failed->slot->state;
            fate.failure = failure;
        }
        accounts_.answer(std::move(event.value()));
        return failure;
    }

    [[nodiscard]] std::size_t left() const {
        return static_cast<std::size_t>(std::ranges::count(fates_, std::string_view("not_begun"), &Fate::result));
    }

    // At once: what is proven is told even if the next one takes its time.
    void print(const Fate& fate) {
        context_.out.line("proven: " + title_of(fate.slot));
        context_.out.text("code: ");
        context_.out.secret(fate.code);
        context_.out.line("");
        (void)context_.out.flush();  // what could not be written is said at the end
        if (fate.counter)
            write_error("This code is for counter " + std::to_string(*fate.counter) +
                        ". Use it to confirm on the web site: the token gives it only once, and its next code is for "
                        "counter " +
                        std::to_string(fate.slot.parameters.counter) + ".");
    }

    [[nodiscard]] Json json_of(std::size_t place) const {
        const Fate& fate = fates_.at(place);
        Json object = result_json(fate.result, fate.slot);
        put_counters(object, fate.slot, fate.counter);
        object["valid_until"] = unix_seconds(fate.valid_until);
        if (answer_ == Answer::one) return object;
        put_name(object, "name", fate.slot.name);
        object["number"] = accounts_.number(place);
        object["error"] = fate.failure ? Json(code_of(*fate.failure)) : Json(nullptr);
        return object;
    }

    // An answer in JSON ends in logs more often than on a screen: a live code only for whoever asks for it.
    void print_json(std::size_t place) {
        const Fate& fate = fates_.at(place);
        if (context_.options.show_code && !fate.code.empty())
            context_.out.json_with_secret(json_of(place), "code", fate.code);
        else context_.out.json(json_of(place));
    }

    void print_answer() {
        if (answer_ == Answer::one) {
            if (fates_.front().result == std::string_view("proven")) print_json(0);
            return;
        }
        for (std::size_t i = 0; i < fates_.size(); ++i) {
            context_.out.text(i == 0 ? "[\n" : ",\n");
            print_json(i);
        }
        context_.out.line("]");
    }

    [[nodiscard]] std::string all_that_are(std::string_view result) const {
        std::string list;
        for (std::size_t i = 0; i < fates_.size(); ++i)
            if (fates_[i].result == result)
                list +=
                    (list.empty() ? "" : ", ") + std::to_string(accounts_.number(i)) + " " + title_of(fates_[i].slot);
        return list;
    }

    // `failure`: why not all are proven.
    Exit conclude(std::optional<Failure> failure) {
        if (context_.options.json) print_answer();
        if (!failure) return Exit::done;
        if (fates_.size() > 1) {
            const std::pair<const char*, const char*> parts[] = {{"proven", " Proven: "},
                                                                 {"incomplete", " May be incomplete: "},
                                                                 {"failed", " Not added: "},
                                                                 {"not_begun", " Not begun: "}};
            for (const auto& [result, heading] : parts)
                if (const std::string list = all_that_are(result); !list.empty()) failure->text += heading + list + ".";
        }
        return CommandContext::fail(*failure);
    }

    CommandContext& context_;
    Accounts& accounts_;
    Answer answer_;
    std::vector<Fate> fates_{};
    bool last_try_ = false;
    bool stopped_ = false;
};

}  // namespace

Exit write_accounts(CommandContext& context, Accounts& accounts, Answer answer,
                    const std::function<void()>& about_to_write) {
    return Writing(context, accounts, answer).run(about_to_write);
}

}  // namespace tokendeck::cli
