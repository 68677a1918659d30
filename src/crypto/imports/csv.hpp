// CSV as a table in wiped memory. libcsv's one buffer is wiped, too: it gets its memory from here.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tokendeck::crypto::imports::csv {

inline constexpr std::size_t fields_max = 1'000'000;
inline constexpr std::size_t field_bytes_max = std::size_t{1} << 20;

struct Row {
    std::vector<base::SecretText> fields{};
    // Empty where the row has no such field.
    [[nodiscard]] std::string_view field(std::size_t column) const {
        return column < fields.size() ? fields[column].view() : std::string_view();
    }
};

struct Table {
    std::vector<std::string> header{};
    std::vector<Row> rows{};
    // The column that is called so; one that no row has if there is none.
    [[nodiscard]] std::size_t column(std::string_view name) const;
};

// Errors: errors::import_malformed, import_too_complex.
[[nodiscard]] base::Result<Table> parse(std::string_view text);

}  // namespace tokendeck::crypto::imports::csv
