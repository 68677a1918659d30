// Secrets: seeds, PINs, temporary passwords, one-time passwords, whole reports that carry one.
// Move-only; the memory is wiped when the object dies, is assigned to, or shrinks. There is no text form: nothing
// here prints. Copying is a named act (`clone`), so that each copy of a secret can be found by searching for it.
// Thread: an object belongs to one thread at a time; moving it through a Mailbox hands it over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

namespace tokendeck::base {

// Overwrites memory with zeros in a way the compiler may not drop.
void wipe(void* memory, std::size_t size) noexcept;

// True if both have the same length and content. Takes a time that depends on the lengths only.
[[nodiscard]] bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b) noexcept;

// A byte string of fixed length.
class SecretBytes {
  public:
    SecretBytes() = default;
    // `size` zero bytes.
    explicit SecretBytes(std::size_t size);
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes();

    [[nodiscard]] static SecretBytes copy_of(std::span<const std::uint8_t> bytes);
    [[nodiscard]] SecretBytes clone() const { return copy_of(bytes()); }

    [[nodiscard]] std::span<std::uint8_t> bytes() { return {data_.get(), size_}; }
    [[nodiscard]] std::span<const std::uint8_t> bytes() const { return {data_.get(), size_}; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    // Wipes; the object is empty afterwards.
    void clear() noexcept;
    // Keeps the first `size` bytes and wipes the rest. Precondition: size <= this->size().
    void shrink(std::size_t size) noexcept;

  private:
    std::unique_ptr<std::uint8_t[]> data_;
    std::size_t size_ = 0;
};

// A text that can grow (a growing step wipes what it leaves behind). Bytes are UTF-8 or ASCII, as the source says.
class SecretText {
  public:
    SecretText() = default;
    SecretText(SecretText&& other) noexcept;
    SecretText& operator=(SecretText&& other) noexcept;
    SecretText(const SecretText&) = delete;
    SecretText& operator=(const SecretText&) = delete;
    ~SecretText();

    [[nodiscard]] static SecretText copy_of(std::string_view text);
    [[nodiscard]] SecretText clone() const { return copy_of(view()); }

    [[nodiscard]] std::string_view view() const { return {data_.get(), size_}; }
    // Zero-terminated, valid until the next change.
    [[nodiscard]] const char* c_str() const { return data_ ? data_.get() : ""; }
    [[nodiscard]] std::span<const std::uint8_t> bytes() const;
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    void append(std::string_view text);
    void push_back(char c) { append({&c, 1}); }
    // Removes the last byte. Precondition: !empty().
    void pop_back() noexcept;
    void clear() noexcept;

  private:
    std::unique_ptr<char[]> data_;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;  // without the terminating zero
};

// Two secrets compared in constant time.
[[nodiscard]] bool same(const SecretBytes& a, const SecretBytes& b) noexcept;
[[nodiscard]] bool same(const SecretText& a, const SecretText& b) noexcept;

}  // namespace tokendeck::base
