// JSON as values in wiped memory. The library's events are taken instead of its own document: each text is copied into
// a SecretText and wiped where the library holds it, and each bound stops the parser at once.
//
// Not wiped, because it cannot be reached: the raw characters of the last token that the library read, and what its
// buffers leave behind when they grow.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tokendeck::crypto::imports::json {

inline constexpr std::size_t levels_max = 32;
inline constexpr std::size_t values_max = 1'000'000;
inline constexpr std::size_t keys_max = 256;  // of one object

struct Value {
    enum class Kind : std::uint8_t { null, boolean, integer, fraction, text, list, object };
    Kind kind = Kind::null;
    bool truth = false;      // of a boolean
    bool negative = false;   // of an integer
    std::uint64_t size = 0;  // of an integer, without its sign
    base::SecretText text{};
    std::string key{};           // if it is a member of an object
    std::vector<Value> items{};  // of a list or an object

    // The member of that name; null if there is none, it is JSON's null, or this is no object.
    [[nodiscard]] const Value* find(std::string_view name) const;
    // The same if it is a list, an object, a text; else null.
    [[nodiscard]] const Value* list(std::string_view name) const { return find_kind(name, Kind::list); }
    [[nodiscard]] const Value* object(std::string_view name) const { return find_kind(name, Kind::object); }
    [[nodiscard]] const Value* text_of(std::string_view name) const { return find_kind(name, Kind::text); }
    [[nodiscard]] bool is_true(std::string_view name) const;

  private:
    [[nodiscard]] const Value* find_kind(std::string_view name, Kind wanted) const;
};

// Errors: errors::import_malformed, also for a key that comes twice in an object; import_too_complex.
[[nodiscard]] base::Result<Value> parse(std::string_view text);

}  // namespace tokendeck::crypto::imports::json
