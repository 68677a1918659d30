// The table behind words.hpp. Only inside ui.
#pragma once

#include <span>
#include <string_view>

namespace tokendeck::ui {

// {field} {subject} {position} {actual} {limit} are the error's; {cause} is what the error named by `subject` says.
// A part in [brackets] is left out if one of its placeholders has no value.
struct ErrorWords {
    std::string_view code;
    std::string_view what;  // what happened and what it means
    std::string_view next;  // what to do now
};

[[nodiscard]] std::span<const ErrorWords> error_words();
// What the doctor finds; doctor_words.cpp.
[[nodiscard]] std::span<const ErrorWords> doctor_words();

}  // namespace tokendeck::ui
