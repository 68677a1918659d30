#include "crypto/imports/csv.hpp"

#include "crypto/errors.hpp"

#include <csv.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <iterator>
#include <optional>
#include <utility>

namespace tokendeck::crypto::imports::csv {
namespace {

// The buffer of libcsv, behind its size: so it can be wiped when it grows and when it ends.
union Head {
    std::size_t size;
    std::max_align_t aligned;
};

void give_back(void* memory) {
    if (memory == nullptr) return;
    Head* const head = static_cast<Head*>(memory) - 1;
    base::wipe(memory, head->size);
    std::free(head);
}

// A longer field than the most stops the parser, for which there is no memory then.
void* grow(void* memory, std::size_t size) {
    if (size > field_bytes_max) return nullptr;
    auto* const head = static_cast<Head*>(std::malloc(sizeof(Head) + size));
    if (head == nullptr) return nullptr;
    head->size = size;
    if (memory != nullptr) {
        std::memcpy(head + 1, memory, std::min(size, (static_cast<Head*>(memory) - 1)->size));
        give_back(memory);
    }
    return head + 1;
}

struct Taken {
    std::vector<Row> rows{};
    Row row{};
    std::size_t fields = 0;
    bool failed = false;  // too many fields, or no memory: what comes is not taken
};

// No exception may pass through libcsv, which is C.
void take_field(void* bytes, std::size_t size, void* data) noexcept {
    auto& taken = *static_cast<Taken*>(data);
    if (taken.failed || ++taken.fields > fields_max) {
        taken.failed = true;
        return;
    }
    try {
        taken.row.fields.push_back(base::SecretText::copy_of({static_cast<const char*>(bytes), size}));
    } catch (const std::exception&) {
        taken.failed = true;
    }
}

void end_row(int /*ending*/, void* data) noexcept {
    auto& taken = *static_cast<Taken*>(data);
    if (taken.failed) return;
    try {
        taken.rows.push_back(std::exchange(taken.row, {}));
    } catch (const std::exception&) {
        taken.failed = true;
    }
}

class Parser {
  public:
    Parser() : ready_(csv_init(&parser_, CSV_STRICT | CSV_STRICT_FINI) == 0) {
        if (!ready_) return;
        constexpr std::size_t step = std::size_t{64} << 10;
        csv_set_realloc_func(&parser_, grow);
        csv_set_free_func(&parser_, give_back);
        csv_set_blk_size(&parser_, step);
    }
    ~Parser() {
        if (ready_) csv_free(&parser_);
    }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;

    // Nothing: all of it was read.
    [[nodiscard]] std::optional<base::Error> parse(std::string_view text, Taken& taken) {
        const auto problem = [](base::ErrorCode code) { return base::Error{.code = code, .subject = "CSV"}; };
        if (!ready_) return problem(errors::import_malformed);
        const std::size_t read = csv_parse(&parser_, text.data(), text.size(), take_field, end_row, &taken);
        if (read != text.size()) {
            if (csv_error(&parser_) != CSV_EPARSE) return problem(errors::import_too_complex);
            base::Error error = problem(errors::import_malformed);
            error.position = read + 1;
            return error;
        }
        if (csv_fini(&parser_, take_field, end_row, &taken) != 0) return problem(errors::import_malformed);
        if (taken.failed) return problem(errors::import_too_complex);
        return std::nullopt;
    }

  private:
    csv_parser parser_{};
    bool ready_;
};

}  // namespace

std::size_t Table::column(std::string_view name) const {
    const auto found = std::ranges::find(header, name);
    return found == header.end() ? fields_max : static_cast<std::size_t>(found - header.begin());
}

base::Result<Table> parse(std::string_view text) {
    Taken taken;
    if (auto error = Parser().parse(text, taken)) return std::move(*error);
    Table table;
    if (taken.rows.empty()) return table;
    for (const base::SecretText& name : taken.rows.front().fields) table.header.emplace_back(name.view());
    table.rows.assign(std::make_move_iterator(taken.rows.begin() + 1), std::make_move_iterator(taken.rows.end()));
    return table;
}

}  // namespace tokendeck::crypto::imports::csv
