#include "crypto/imports/json.hpp"

#include "base/error_number.hpp"
#include "crypto/errors.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace tokendeck::crypto::imports::json {
namespace {

// The library calls these, in the order of the text; false stops it.
class Handler {
  public:
    using Library = nlohmann::json;

    [[nodiscard]] bool null() { return add(Value{}); }
    [[nodiscard]] bool boolean(bool truth) {
        Value value;
        value.kind = Value::Kind::boolean;
        value.truth = truth;
        return add(std::move(value));
    }
    [[nodiscard]] bool number_integer(Library::number_integer_t number) {
        Value value;
        value.kind = Value::Kind::integer;
        value.negative = number < 0;
        value.size =
            number < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(number) : static_cast<std::uint64_t>(number);
        return add(std::move(value));
    }
    [[nodiscard]] bool number_unsigned(Library::number_unsigned_t number) {
        Value value;
        value.kind = Value::Kind::integer;
        value.size = number;
        return add(std::move(value));
    }
    [[nodiscard]] bool number_float(Library::number_float_t /*number*/, const std::string& /*text*/) {
        Value value;
        value.kind = Value::Kind::fraction;
        return add(std::move(value));
    }
    [[nodiscard]] bool string(std::string& text) {
        Value value;
        value.kind = Value::Kind::text;
        value.text = base::SecretText::copy_of(text);
        base::wipe(text.data(), text.size());
        return add(std::move(value));
    }
    [[nodiscard]] bool binary(Library::binary_t& /*bytes*/) { return false; }
    [[nodiscard]] bool start_object(std::size_t /*size*/) { return open(Value::Kind::object); }
    [[nodiscard]] bool key(std::string& text) {
        const auto& members = open_.back().items;
        if (members.size() >= keys_max) return stop(errors::import_too_complex);
        if (std::ranges::any_of(members, [&](const Value& one) { return one.key == text; }))
            return stop(errors::import_malformed);
        keys_.back() = text;
        return true;
    }
    [[nodiscard]] bool end_object() { return close(); }
    [[nodiscard]] bool start_array(std::size_t /*size*/) { return open(Value::Kind::list); }
    [[nodiscard]] bool end_array() { return close(); }
    // What the library says in `exception` quotes the text: it is dropped.
    [[nodiscard]] bool parse_error(std::size_t position, const std::string& /*token*/,
                                   const nlohmann::detail::exception& /*exception*/) {
        return stop(errors::import_malformed, base::number(position));
    }

    [[nodiscard]] base::Result<Value> result() && {
        if (error_) return std::move(*error_);
        if (!whole_) return base::Error{.code = errors::import_malformed, .subject = "JSON"};
        return std::move(*whole_);
    }

  private:
    bool stop(base::ErrorCode code, std::optional<std::int64_t> position = {}) {
        error_ = base::Error{.code = code, .subject = "JSON"};
        if (position && *position > 0) error_->position = static_cast<std::size_t>(*position);
        return false;
    }
    bool add(Value value) {
        if (++values_ > values_max) return stop(errors::import_too_complex);
        return place(std::move(value));
    }
    bool place(Value value) {
        if (open_.empty()) {
            whole_ = std::move(value);
            return true;
        }
        if (open_.back().kind == Value::Kind::object) value.key = std::exchange(keys_.back(), {});
        open_.back().items.push_back(std::move(value));
        return true;
    }
    bool open(Value::Kind kind) {
        if (++values_ > values_max || open_.size() >= levels_max) return stop(errors::import_too_complex);
        open_.emplace_back().kind = kind;
        keys_.emplace_back();
        return true;
    }
    bool close() {
        Value value = std::move(open_.back());
        open_.pop_back();
        keys_.pop_back();
        return place(std::move(value));
    }

    std::vector<Value> open_{};
    std::vector<std::string> keys_{};  // of the member that is read, for each of `open_`
    std::size_t values_ = 0;
    std::optional<Value> whole_{};
    std::optional<base::Error> error_{};
};

}  // namespace

const Value* Value::find(std::string_view name) const {
    if (kind != Kind::object) return nullptr;
    const auto found = std::ranges::find_if(items, [&](const Value& one) { return one.key == name; });
    return found == items.end() || found->kind == Kind::null ? nullptr : &*found;
}

const Value* Value::find_kind(std::string_view name, Kind wanted) const {
    const Value* const value = find(name);
    return value != nullptr && value->kind == wanted ? value : nullptr;
}

bool Value::is_true(std::string_view name) const {
    const Value* const value = find_kind(name, Kind::boolean);
    return value != nullptr && value->truth;
}

base::Result<Value> parse(std::string_view text) {
    Handler handler;
    nlohmann::json::sax_parse(text.begin(), text.end(), &handler);
    return std::move(handler).result();
}

}  // namespace tokendeck::crypto::imports::json
