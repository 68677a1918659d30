// The tables behind words.hpp. Only inside words.
#pragma once

#include <span>
#include <string_view>

namespace tokendeck::words {

// {field} {subject} {position} {actual} {limit} are the error's; {cause} is what the error named by `subject` says.
// {actual|byte|bytes} agrees with the number; a part in [brackets] is left out if one of its placeholders has no
// value: base/filled.hpp.
struct ErrorWords {
    std::string_view code;
    std::string_view what;  // what happened and what it means
    std::string_view next;  // what to do now
};

[[nodiscard]] std::span<const ErrorWords> error_words();
// What the doctor finds; doctor_words.cpp.
[[nodiscard]] std::span<const ErrorWords> doctor_words();

// Known faults of the firmware; quirks_table.cpp.
struct QuirkWords {
    std::string_view number;
    std::string_view words;
};
[[nodiscard]] std::span<const QuirkWords> quirk_words();

// What the rooms call the things in an error ("user-pin"), for {field} and {subject} outside of quotation marks; within
// them they are names that stay as they are. What is not in the list is returned as it is.
[[nodiscard]] std::string_view english_term(std::string_view term);

}  // namespace tokendeck::words
