// For the two outside_file_*.cpp: collects what is read, in memory that is wiped, up to a limit and one byte more.
#pragma once

#include "base/errors.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace tokendeck::base {

class GrowingBytes {
  public:
    // `expected`: how many bytes will probably come.
    GrowingBytes(std::uint64_t expected, std::size_t bytes_most)
        : most_(bytes_most + 1),
          bytes_(static_cast<std::size_t>(
              std::min<std::uint64_t>(most_, std::max<std::uint64_t>(expected + 1, at_first)))) {}

    [[nodiscard]] bool too_many() const { return filled_ == most_; }
    [[nodiscard]] std::size_t filled() const { return filled_; }

    // Where the next bytes go; never empty while !too_many().
    [[nodiscard]] std::span<std::uint8_t> room() {
        if (filled_ == bytes_.size() && filled_ < most_) {
            SecretBytes larger(std::min(most_, bytes_.size() * 2));
            std::ranges::copy(bytes_.bytes(), larger.bytes().begin());
            bytes_ = std::move(larger);
        }
        return bytes_.bytes().subspan(filled_);
    }
    void came(std::size_t count) { filled_ += count; }

    [[nodiscard]] SecretBytes take() {
        bytes_.shrink(filled_);
        return std::move(bytes_);
    }

  private:
    static constexpr std::uint64_t at_first = 4096;

    std::size_t most_;
    SecretBytes bytes_;
    std::size_t filled_ = 0;
};

[[nodiscard]] inline Error too_large(const std::string& path, std::optional<std::uint64_t> actual, std::size_t most) {
    Error error = about_file(errors::file_too_large, path);
    if (actual) error.actual = static_cast<std::int64_t>(std::min<std::uint64_t>(*actual, INT64_MAX));
    error.limit = static_cast<std::int64_t>(most);
    return error;
}

}  // namespace tokendeck::base
