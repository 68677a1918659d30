#include "cli/failure.hpp"

#include "base/errors.hpp"
#include "crypto/errors.hpp"
#include "device/errors.hpp"
#include "files/errors.hpp"
#include "otp/limits.hpp"
#include "qr/errors.hpp"
#include "sheet/errors.hpp"
#include "simulator/errors.hpp"
#include "state/errors.hpp"
#include "wire/transport.hpp"
#include "words/words.hpp"

#include <algorithm>

namespace tokendeck::cli {
namespace {

struct Row {
    base::ErrorCode code;
    Exit exit;
};

// Only those that end otherwise than most of their room do: see `exit_for`.
constexpr Row rows[] = {
    {base::errors::no_randomness, Exit::failed},

    {wire::errors::transfer_failed, Exit::no_answer},
    {wire::errors::unplugged, Exit::no_token},
    {wire::errors::unknown_model, Exit::usage},
    {wire::errors::state_unreadable, Exit::usage},
    {wire::errors::state_other_model, Exit::usage},

    {simulator::errors::control_unreadable, Exit::usage},

    {device::errors::no_answer, Exit::no_answer},
    {device::errors::foreign_answers, Exit::no_answer},
    {device::errors::request_damaged, Exit::no_answer},
    {device::errors::wrong_pin, Exit::pin},
    {device::errors::wrong_slot, Exit::usage},
    {device::errors::slot_not_programmed, Exit::usage},
    {device::errors::name_refused, Exit::cannot},
    {device::errors::unknown_command, Exit::cannot},
    {device::errors::user_pin_blocked, Exit::pin},
    {device::errors::admin_pin_blocked, Exit::pin},
    {device::errors::both_pins_blocked, Exit::pin},
    {device::errors::user_pin_used_up, Exit::pin},
    {device::errors::admin_pin_used_up, Exit::pin},
    {device::errors::new_pin_too_short, Exit::usage},
    {device::errors::new_pin_too_long, Exit::usage},
    {device::errors::pin_too_short, Exit::pin},
    {device::errors::pin_too_long, Exit::pin},
    {device::errors::pin_has_zero, Exit::pin},
    {device::errors::pin_last_try, Exit::pin},
    {device::errors::pins_differ, Exit::usage},
    {device::errors::pin_refused, Exit::usage},
    {device::errors::edit_unsupported, Exit::cannot},
    {device::errors::nothing_to_change, Exit::usage},
    {device::errors::setting_not_honoured, Exit::cannot},
    {device::errors::lock_key_slot, Exit::cannot},
    {device::errors::command_unsupported, Exit::cannot},
    {device::errors::admin_pin_needed, Exit::usage},
    {device::errors::user_pin_needed, Exit::usage},
    {device::errors::firmware_not_served, Exit::cannot},
    {device::errors::model_not_served, Exit::cannot},
    {device::errors::no_such_token, Exit::no_token},
    {device::errors::no_active_token, Exit::no_token},
    {device::errors::kind_differs, Exit::usage},
    {device::errors::period_unusable, Exit::cannot},
    {device::errors::clock_unsettled, Exit::no_answer},

    {crypto::errors::disk_full, Exit::failed},
    {crypto::errors::file_not_written, Exit::failed},
    {crypto::errors::file_not_deleted, Exit::failed},
    {crypto::errors::file_changed, Exit::failed},
    {crypto::errors::code_digits, Exit::cannot},
    {crypto::errors::code_factor, Exit::cannot},
    {crypto::errors::code_secret, Exit::failed},
    {crypto::errors::code_failed, Exit::failed},

    {qr::errors::reader_failed, Exit::failed},
    {state::errors::code_in_parts, Exit::usage},
    {state::errors::code_parts_differ, Exit::usage},
    {qr::errors::encoder_failed, Exit::failed},

    {sheet::errors::too_much_text, Exit::usage},
};

// Where the table of words sends people to a part of the window, the command line has a way of its own.
struct NextStep {
    base::ErrorCode code;
    const char* next;
};
constexpr const char* unblock = "Set a new one with the admin PIN: `tokendeck pin unblock`.";
constexpr NextStep next_steps[] = {
    {device::errors::unknown_command, "Its firmware may be too old. See what `tokendeck status` says."},
    {device::errors::unexpected_status, "Try again; if it happens again, see `tokendeck report`."},
    {device::errors::user_pin_blocked, unblock},
    {device::errors::user_pin_used_up, unblock},
    {device::errors::pin_last_try, "--last-try uses it anyway."},
    {device::errors::command_unsupported, "See what `tokendeck status` says about this model."},
    {device::errors::reset_kept_config, "Change them with `tokendeck config`."},
    {device::errors::reset_needs_key, "If you use them, make one with `tokendeck reset --new-aes-key`."},
};

template <typename Codes>
bool in(const Codes& codes, base::ErrorCode code) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

Exit exit_for(base::ErrorCode code) {
    const auto row = std::ranges::find(rows, code, &Row::code);
    if (row != std::end(rows)) return row->exit;
    if (in(crypto::errors::all, code) || in(files::errors::all, code) || in(qr::errors::all, code))
        return Exit::usage;                               // a wrong picture or text
    if (in(base::errors::all, code)) return Exit::usage;  // a file that cannot be read
    if (in(otp::errors::all, code)) return Exit::cannot;  // an account that does not fit this token
    return Exit::failed;
}

Failure failure_of(const base::Error& error) {
    words::Words words = words::describe(error);
    const auto here = std::ranges::find(next_steps, error.code, &NextStep::code);
    if (here != std::end(next_steps)) words.next = here->next;
    return {exit_for(error.code), std::move(words.what), std::move(words.next), std::string(error.code.name)};
}

std::string sentences(const Failure& failure) {
    return failure.next.empty() ? failure.text : failure.text + " " + failure.next;
}

std::string code_of(const Failure& failure) {
    if (!failure.code.empty()) return failure.code;
    switch (failure.exit) {
        case Exit::done:
        case Exit::failed: break;
        case Exit::usage: return "cli.usage";
        case Exit::no_token: return "cli.no-token";
        case Exit::pin: return "cli.pin";
        case Exit::cannot: return "cli.cannot";
        case Exit::no_answer: return "cli.no-answer";
    }
    return "cli.failed";
}

std::string in_words(const std::vector<otp::FitProblem>& problems, bool blocking) {
    std::string text;
    for (const auto& problem : problems)
        if (problem.blocks == blocking) text += (text.empty() ? "" : " ") + sentences(failure_of(problem.error));
    return text;
}

std::optional<Failure> misfit_failure(const std::vector<otp::FitProblem>& problems) {
    if (!otp::blocked(problems)) return std::nullopt;
    const auto first = std::ranges::find_if(problems, &otp::FitProblem::blocks);
    return Failure{
        Exit::cannot, in_words(problems, true) + " Nothing was changed.", {}, std::string(first->error.code.name)};
}

}  // namespace tokendeck::cli
