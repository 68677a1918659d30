// How requests are filled and responses taken apart; for the .cpp files of this room.
#pragma once

#include "wire/pro.hpp"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <string>
#include <string_view>

namespace tokendeck::wire {

inline Report request(Command command) {
    Report report;
    report.bytes()[0] = static_cast<std::uint8_t>(command);
    return report;
}

template <typename Payload>
Payload& payload_of(Report& report) {
    static_assert(alignof(Payload) == 1 && payload_at + sizeof(Payload) <= checked_size);
    return *reinterpret_cast<Payload*>(report.bytes().data() + payload_at);
}

template <typename Result>
const Result& result_of(const Report& report) {
    static_assert(alignof(Result) == 1 && sizeof(Result) <= result_size);
    return *reinterpret_cast<const Result*>(report.bytes().data() + result_at);
}

template <std::size_t Size>
void put(std::uint8_t (&field)[Size], std::span<const std::uint8_t> bytes) {
    assert(bytes.size() <= Size);
    std::copy(bytes.begin(), bytes.end(), field);
}

inline std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

inline std::string text_of(std::span<const std::uint8_t> field) {
    const auto end = std::find(field.begin(), field.end(), std::uint8_t{0});
    return {field.begin(), end};
}

}  // namespace tokendeck::wire
