// The steps of a check of the token in words.
#pragma once

#include "channel/device_messages.hpp"
#include "words/texts.hpp"

namespace tokendeck::words {

[[nodiscard]] inline Key key_of(channel::CheckStep step) {
    using channel::CheckStep;
    switch (step) {
        case CheckStep::state: return Key::check_state;
        case CheckStep::answer_times: return Key::check_answer_times;
        case CheckStep::pins: return Key::check_pins;
        case CheckStep::counter_echo: return Key::check_counter_echo;
        case CheckStep::counter_read_back: return Key::check_counter_read_back;
        case CheckStep::counter_codes: return Key::check_counter_codes;
        case CheckStep::counter_large: return Key::check_counter_large;
        case CheckStep::counter_erased: return Key::check_counter_erased;
        case CheckStep::clock_set: return Key::check_clock_set;
        case CheckStep::time_echo: return Key::check_time_echo;
        case CheckStep::time_read_back: return Key::check_time_read_back;
        case CheckStep::time_code: return Key::check_time_code;
        case CheckStep::time_steps: return Key::check_time_steps;
        case CheckStep::clock_rate: return Key::check_clock_rate;
        case CheckStep::time_erased: return Key::check_time_erased;
        case CheckStep::tries_kept: return Key::check_tries_kept;
        case CheckStep::slots_kept: return Key::check_slots_kept;
    }
    return Key::check_state;
}

[[nodiscard]] inline Key key_of(channel::CheckResult result) {
    using channel::CheckResult;
    switch (result) {
        case CheckResult::not_reached: return Key::check_not_reached;
        case CheckResult::running: return Key::check_running;
        case CheckResult::passed: return Key::check_passed;
        case CheckResult::failed: return Key::check_failed;
        case CheckResult::unclear: return Key::check_unclear;
        case CheckResult::skipped: return Key::check_skipped;
    }
    return Key::check_not_reached;
}

}  // namespace tokendeck::words
