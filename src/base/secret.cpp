#include "base/secret.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace tokendeck::base {

bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) noexcept {
    if (a.size() != b.size()) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned>(a[i] ^ b[i]);
    return difference == 0;
}

SecretBytes::SecretBytes(std::size_t size)
    : data_(size != 0 ? std::make_unique<std::uint8_t[]>(size) : nullptr), size_(size) {}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::move(other.data_)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this != &other) {
        clear();
        data_ = std::move(other.data_);
        size_ = std::exchange(other.size_, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes() {
    clear();
}

SecretBytes SecretBytes::copy_of(std::span<const std::uint8_t> bytes) {
    SecretBytes copy(bytes.size());
    std::copy(bytes.begin(), bytes.end(), copy.bytes().begin());
    return copy;
}

void SecretBytes::clear() noexcept {
    if (data_) wipe(data_.get(), size_);
    data_.reset();
    size_ = 0;
}

void SecretBytes::shrink(std::size_t size) noexcept {
    assert(size <= size_);
    if (size == 0) {
        clear();
        return;
    }
    wipe(data_.get() + size, size_ - size);
    size_ = size;
}

SecretText::SecretText(SecretText&& other) noexcept
    : data_(std::move(other.data_)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {}

SecretText& SecretText::operator=(SecretText&& other) noexcept {
    if (this != &other) {
        clear();
        data_ = std::move(other.data_);
        size_ = std::exchange(other.size_, 0);
        capacity_ = std::exchange(other.capacity_, 0);
    }
    return *this;
}

SecretText::~SecretText() {
    clear();
}

SecretText SecretText::copy_of(std::string_view text) {
    SecretText copy;
    copy.append(text);
    return copy;
}

std::span<const std::uint8_t> SecretText::bytes() const {
    return {reinterpret_cast<const std::uint8_t*>(data_.get()), size_};
}

void SecretText::append(std::string_view text) {
    if (text.empty()) return;
    const std::size_t wanted = size_ + text.size();
    if (wanted > capacity_) {
        const std::size_t capacity = std::max<std::size_t>({wanted, capacity_ * 2, 31});
        auto grown = std::make_unique<char[]>(capacity + 1);
        if (data_) {
            std::memcpy(grown.get(), data_.get(), size_);
            std::memcpy(grown.get() + size_, text.data(), text.size());  // before the wipe: text may lie in data_
            wipe(data_.get(), size_);
        } else {
            std::memcpy(grown.get(), text.data(), text.size());
        }
        data_ = std::move(grown);
        capacity_ = capacity;
    } else {
        std::memmove(data_.get() + size_, text.data(), text.size());
    }
    size_ = wanted;
    data_[size_] = '\0';
}

void SecretText::pop_back() noexcept {
    assert(size_ != 0);
    data_[--size_] = '\0';
}

void SecretText::clear() noexcept {
    if (data_) wipe(data_.get(), size_);
    data_.reset();
    size_ = 0;
    capacity_ = 0;
}

bool same(const SecretBytes& a, const SecretBytes& b) noexcept {
    return equal_in_constant_time(a.bytes(), b.bytes());
}

bool same(const SecretText& a, const SecretText& b) noexcept {
    return equal_in_constant_time(a.bytes(), b.bytes());
}

}  // namespace tokendeck::base
