// A value or an error. Not default-constructible and never silently dropped.
#pragma once

#include "base/error.hpp"

#include <cassert>
#include <utility>
#include <variant>

namespace tokendeck::base {

template <typename T>
class [[nodiscard]] Result {
  public:
    Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return content_.index() == 0; }
    explicit operator bool() const { return ok(); }

    // Precondition: ok().
    [[nodiscard]] T& value() & { return std::get<0>(content_); }
    [[nodiscard]] const T& value() const& { return std::get<0>(content_); }
    [[nodiscard]] T&& value() && { return std::get<0>(std::move(content_)); }
    // Precondition: !ok().
    [[nodiscard]] Error& error() & { return std::get<1>(content_); }
    [[nodiscard]] const Error& error() const& { return std::get<1>(content_); }
    [[nodiscard]] Error&& error() && { return std::get<1>(std::move(content_)); }

  private:
    std::variant<T, Error> content_;
};

template <>
class [[nodiscard]] Result<void> {
  public:
    Result() = default;
    Result(Error error) : error_(std::move(error)), ok_(false) {}

    [[nodiscard]] bool ok() const { return ok_; }
    explicit operator bool() const { return ok_; }
    // Precondition: !ok().
    [[nodiscard]] Error& error() & { return error_; }
    [[nodiscard]] const Error& error() const& { return error_; }
    [[nodiscard]] Error&& error() && { return std::move(error_); }

  private:
    Error error_{};
    bool ok_ = true;
};

}  // namespace tokendeck::base
