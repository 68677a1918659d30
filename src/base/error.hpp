// Errors as values. An error is a code (a stable, room-prefixed name), the place it is about, and numbers. It
// never holds a secret, a PIN or a one-time password: it may be shown, logged and printed. Words for people are
// made from it in ui/words.hpp, in one table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tokendeck::base {

// Name of an error, "room.what-happened". Two codes are the same if their names are. The rooms list theirs in
// `<room>/errors.hpp`, each with an array of all of them, so that a test can ask for words for every one.
struct ErrorCode {
    std::string_view name;
    friend constexpr bool operator==(ErrorCode a, ErrorCode b) { return a.name == b.name; }
};

struct Error {
    ErrorCode code;
    std::string field{};    // what is wrong: a parameter's name ("digits", "secret"), a command's name; or empty
    std::string subject{};  // a value that may be shown: the offending character, a file's name, a model; or empty
    std::optional<std::size_t>
        position{};  // where in the input, counted from 1 (unit: characters unless the code says bytes)
    std::optional<std::int64_t> actual{};  // the number that was met; unit by code
    std::optional<std::int64_t> limit{};   // the number that would have been right; unit by code
    // What is, or may be, true besides: a code with words of its own, which are told after this one's.
    std::optional<ErrorCode> remark{};
};

}  // namespace tokendeck::base
