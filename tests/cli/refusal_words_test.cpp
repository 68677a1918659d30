// Whatever a token answers to whatever command, the words fit the command.
#include "device/command_status.hpp"
#include "device/errors.hpp"
#include "support/catch.hpp"
#include "support/languages.hpp"
#include "wire/transport.hpp"
#include "words/language.hpp"
#include "words/words.hpp"
#include "words/words_table.hpp"

#include <string>

using namespace tokendeck;

namespace {

bool has_hole(const std::string& words) {
    return words.find_first_of("?{}[]") != std::string::npos;
}

bool has(const std::string& words, const char* word) {
    return words.find(word) != std::string::npos;
}

template <typename Status>
void check_words_of_all(wire::Command command) {
    for (int number = 1; number < 256; ++number) {
        const base::Error error = device::error_of(static_cast<Status>(number), command);
        for (const words::Language spoken : {words::Language::english, in_german}) {
            const Speaking speaking(spoken);
            const std::string words = words::sentences(words::describe(error));
            INFO(wire::name(command) << ", status " << number << ": " << words);
            CHECK_FALSE(has_hole(words));
            if (!device::names_slot(command)) CHECK_FALSE((has(words, "slot") || has(words, "Slot")));
            if (!device::carries_pin(command) && !device::carries_temporary_password(command))
                CHECK_FALSE(has(words, "PIN"));
        }
    }
}

}  // namespace

TEST_CASE("No answer of a token is told with a hole, or as about a slot or a PIN that its command does not have") {
    int commands = 0;
    for (int id = 0; id < 256; ++id) {
        const auto command = static_cast<wire::Command>(id);
        if (wire::name(command) == "unknown") continue;
        ++commands;
        check_words_of_all<wire::CommandStatus>(command);
        if (wire::is_started(command)) check_words_of_all<wire::StartedStatus>(command);
    }
    CHECK(commands > 40);
}

TEST_CASE("Whatever broke off whatever was under way, the cause is told without a hole") {
    const auto check = [](std::string_view code, std::string_view cause) {
        base::Error error{base::ErrorCode{code}, "READ_SLOT", std::string(cause)};
        error.actual = 7;
        error.limit = 3;
        for (const words::Language spoken : {words::Language::english, in_german}) {
            const Speaking speaking(spoken);
            const std::string words = words::sentences(words::describe(error));
            INFO(code << " because of " << cause << ": " << words);
            CHECK_FALSE(has_hole(words));
        }
    };
    using namespace device::errors;
    int outer = 0;
    for (const words::ErrorWords& entry : words::error_words()) {
        if (entry.what.find("{cause}") == std::string_view::npos) continue;
        ++outer;
        // What an exchange, and what is read back, can end with.
        for (const auto& cause :
             {no_answer, foreign_answers, request_damaged, stopping, wrong_pin, not_authorised, wrong_slot,
              slot_not_programmed, time_refused, name_refused, unknown_command, unexpected_status, impossible_value,
              card_busy, echo_differs, readback_differs, clock_unsettled, code_unanswered})
            check(entry.code, cause.name);
        for (const auto& cause : wire::errors::all)
            if (cause != wire::errors::unknown_model) check(entry.code, cause.name);  // nothing is under way then
    }
    CHECK(outer > 5);
}
