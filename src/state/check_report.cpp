#include "state/check_report.hpp"

#include <cstdio>
#include <cstdlib>

namespace tokendeck::state {
namespace {

using channel::CheckResult;
using channel::CheckStep;

std::string with_decimals(double value, int decimals) {
    char buffer[48] = {};
    std::snprintf(buffer, sizeof buffer, "%.*f", decimals, value);
    return buffer;
}

std::string in_milliseconds(base::Microseconds time) {
    return with_decimals(static_cast<double>(time.count()) / 1000, 1) + " ms";
}

std::string in_percent(std::int32_t millionths) {
    return with_decimals(std::abs(static_cast<double>(millionths)) / 10'000, 2) + " %";
}

}  // namespace

const char* name(CheckStep step) {
    switch (step) {
        case CheckStep::state: return "state";
        case CheckStep::answer_times: return "answer_times";
        case CheckStep::pins: return "pins";
        case CheckStep::counter_echo: return "counter_echo";
        case CheckStep::counter_read_back: return "counter_read_back";
        case CheckStep::counter_codes: return "counter_codes";
        case CheckStep::counter_large: return "counter_large";
        case CheckStep::counter_erased: return "counter_erased";
        case CheckStep::clock_set: return "clock_set";
        case CheckStep::time_echo: return "time_echo";
        case CheckStep::time_read_back: return "time_read_back";
        case CheckStep::time_code: return "time_code";
        case CheckStep::time_steps: return "time_steps";
        case CheckStep::clock_rate: return "clock_rate";
        case CheckStep::time_erased: return "time_erased";
        case CheckStep::tries_kept: return "tries_kept";
        case CheckStep::slots_kept: return "slots_kept";
    }
    return "";
}

const char* name(CheckResult result) {
    switch (result) {
        case CheckResult::not_reached: return "not_reached";
        case CheckResult::running: return "running";
        case CheckResult::passed: return "passed";
        case CheckResult::failed: return "failed";
        case CheckResult::unclear: return "unclear";
        case CheckResult::skipped: return "skipped";
    }
    return "";
}

std::string check_summary(const channel::TokenChecked& checked) {
    const auto sum = channel::tally(checked.steps);
    const channel::TokenStatus& status = checked.status;
    return std::to_string(sum.passed) + " of " + std::to_string(sum.of) + ", " + status.info.title + " " +
           std::to_string(status.firmware_major) + "." + std::to_string(status.firmware_minor) +
           (status.info.simulated ? ", simulated" : ", over " + status.info.via);
}

std::string check_report(const channel::TokenChecked& checked) {
    std::string text = check_summary(checked) + (checked.cancelled ? ", cancelled" : "") + "\n";
    const channel::CheckFigures& figures = checked.figures;
    if (figures.usual_answer && figures.slowest_answer)
        text += "answers: usually " + in_milliseconds(*figures.usual_answer) + ", slowest " +
                in_milliseconds(*figures.slowest_answer) + "\n";
    if (figures.clock_ppm)
        text += "clock: " + in_percent(*figures.clock_ppm) + (*figures.clock_ppm < 0 ? " slow" : " fast") +
                ", give or take " + in_percent(figures.clock_ppm_error) + "\n";
    for (const channel::CheckedStep& step : checked.steps)
        if (step.result != CheckResult::passed)
            text += std::string(name(step.result)) + ": " + name(step.step) +
                    (step.error ? " (" + std::string(step.error->code.name) + ")" : "") + "\n";
    if (checked.left) text += "the test account may be left in " + otp::text(*checked.left) + "\n";
    return text;
}

}  // namespace tokendeck::state
