// The accounts that `add` and `scan` read. They are kept in the state of the window's wizard and changed only by its
// functions (state/apply.hpp), so that what is one account and what several, names, slots and the order of writing are
// the same there and here. Thread: main.
#pragma once

#include "channel/crypto_messages.hpp"
#include "cli/context.hpp"
#include "cli/failure.hpp"
#include "state/app_state.hpp"
#include "state/intents.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tokendeck::cli {

class Accounts {
  public:
    explicit Accounts(CommandContext& context);
    ~Accounts();
    Accounts(const Accounts&) = delete;
    Accounts& operator=(const Accounts&) = delete;

    // What one picture or text added. An account that was read before keeps its number.
    struct Read {
        std::vector<std::size_t> numbers{};  // in reading order, from 1
        std::vector<channel::AccountRefused> refused{};
        bool part_only = false;  // a QR code of a text over several: the account comes with the last of them
    };
    // After a failure everything is as before.
    [[nodiscard]] ResultInWords<Read> read_picture(const std::string& path);
    [[nodiscard]] ResultInWords<Read> read_text(base::SecretText text);

    // What was read, as the wizard has it. Precondition: something was.
    [[nodiscard]] const state::Wizard& wizard() const { return *state_.wizard; }
    // Of a text over several QR codes, pictures are missing.
    [[nodiscard]] std::optional<Failure> missing_codes() const;
    [[nodiscard]] bool any() const { return state_.wizard && !wizard().candidates.empty(); }
    [[nodiscard]] const std::vector<state::Candidate>& all() const { return wizard().candidates; }
    // The number under which the account at `place` of all() was listed.
    [[nodiscard]] std::size_t number(std::size_t place) const { return numbers_.at(place); }
    // Of a bare secret, which says nothing but itself.
    [[nodiscard]] bool bare() const { return wizard().source == channel::EnrolmentSource::bare_secret; }

    // The others are given up. The numbers are those of the list and stay.
    void keep(const std::vector<std::size_t>& numbers);
    // They are for this token.
    void take(const OpenedToken& token);
    void wish(state::Intent intent);
    void name(std::size_t place, std::string name);
    void accept_duplicate(std::size_t place);
    void answer_remark(std::size_t place, std::size_t remark, bool yes);

    [[nodiscard]] const state::AppState& state() const { return state_; }
    // A name may be cut where the token has no room for it.
    [[nodiscard]] bool shorten() const { return context_.options.shorten; }
    [[nodiscard]] const channel::TokenStatus& token() const { return state_.active->status; }

    // The next account to write, once the wizard has all it needs; nothing: it is at another step.
    [[nodiscard]] std::optional<channel::WriteSlot> next_write();
    void answer(channel::DeviceEvent event);

  private:
    [[nodiscard]] ResultInWords<Read> read(state::Intent intent, const std::string& file);
    // What the wizard has asked the crypto thread for.
    [[nodiscard]] ResultInWords<Read> ask(const std::string& file);

    CommandContext& context_;
    state::AppState state_{};
    std::vector<std::size_t> numbers_{};
};

// `2 "GitHub:ann" (totp, 6 digits, 30 s)`.
[[nodiscard]] std::string listed(const Accounts& accounts, std::size_t place);
// What could not be read of the accounts that are there, and the parts of an export that are missing; a sentence each.
[[nodiscard]] std::vector<std::string> shortcomings(const Accounts& accounts);
[[nodiscard]] std::string sentence_of(const channel::AccountRefused& refused);
// "Part 2 of 3 of an export is missing."; empty: none is.
[[nodiscard]] std::string missing_parts_sentence(const Accounts& accounts);

// Asks what the reading of the accounts leaves open, on the terminal unless the options say it. A failure: it was not
// agreed to, or there is nobody to ask.
[[nodiscard]] std::optional<Failure> settle_remarks(const CommandContext& context, Accounts& accounts);

// What stands in the way of the account at `place` on this token, all of it that can be known without a PIN; the name
// and slot are those that it has now. Nothing: it can be written.
[[nodiscard]] std::optional<Failure> obstacle(const Accounts& accounts, std::size_t place);
// The slot of the account's kind that `typed` means.
[[nodiscard]] ResultInWords<otp::SlotSummary> choose_slot(const Accounts& accounts, std::size_t place,
                                                          const std::string& typed, bool overwrite);

// Says which file it is about, if the failure does not.
[[nodiscard]] Failure about_file(const std::string& path, Failure failure);
// What would refuse the PINs whatever they are.
[[nodiscard]] std::optional<Failure> refused_without_pin(CommandContext& context, const Accounts& accounts);

// Writes them all, with one PIN where the token allows it, and prints what became of each. `about_to_write`: called
// when the first PIN is there; until then nothing is changed.
enum class Answer : std::uint8_t { one, list };
[[nodiscard]] Exit write_accounts(CommandContext& context, Accounts& accounts, Answer answer,
                                  const std::function<void()>& about_to_write = {});

// `add` without a word of what: asks for everything, step by step. Precondition: there is a terminal.
[[nodiscard]] Exit guide_add(CommandContext& context);

}  // namespace tokendeck::cli
