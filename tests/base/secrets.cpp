// Secrets leave nothing behind: every block of memory that this suite gives back is searched for a marker.
#include "base/secret.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>
#include <new>
#include <string>
#include <type_traits>
#include <utility>

using namespace tokendeck::base;

namespace {

// What a block begins with, for the operators below.
struct alignas(std::max_align_t) BlockHead {
    std::size_t size;
};

constexpr std::string_view marker = "S3CR3T";
std::atomic<int> watched_blocks{0};
std::atomic<int> leaks{0};
std::atomic<bool> watching{false};

}  // namespace

// gcc does not see that these belong together.
void* operator new[](std::size_t size) {
    auto* head = static_cast<BlockHead*>(std::malloc(sizeof(BlockHead) + size));
    if (head == nullptr) throw std::bad_alloc();
    head->size = size;
    return head + 1;
}

void operator delete[](void* block) noexcept {
    if (block == nullptr) return;
    auto* head = static_cast<BlockHead*>(block) - 1;
    if (watching) {
        ++watched_blocks;
        const std::string_view content(static_cast<const char*>(block), head->size);
        if (content.find(marker) != std::string_view::npos) ++leaks;
    }
    std::free(head);
}

void operator delete[](void* block, std::size_t) noexcept {
    operator delete[](block);
}

namespace {

// While one exists, blocks given back are searched. Its checks say how many there were and that none held the marker.
struct Watch {
    Watch() {
        watched_blocks = 0;
        leaks = 0;
        watching = true;
    }

    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

    ~Watch() { watching = false; }

    void clean_after(int blocks) {
        watching = false;
        CHECK(watched_blocks >= blocks);
        CHECK(leaks == 0);
    }
};

SecretBytes marked_bytes() {
    return SecretBytes::copy_of({reinterpret_cast<const std::uint8_t*>(marker.data()), marker.size()});
}

bool all_zero(const void* memory, std::size_t size) {
    const auto* bytes = static_cast<const unsigned char*>(memory);
    return std::all_of(bytes, bytes + size, [](unsigned char byte) { return byte == 0; });
}

}  // namespace

TEST_CASE("The watch of this suite sees a secret that was not wiped") {
    const Watch watch;
    auto* careless = new char[32];
    std::memcpy(careless + 5, marker.data(), marker.size());
    delete[] careless;
    watching = false;
    CHECK(leaks == 1);
}

TEST_CASE("wipe overwrites all of it and nothing beyond") {
    unsigned char memory[16];
    for (std::size_t size = 0; size <= 14; ++size) {
        std::memset(memory, 0xAA, sizeof memory);
        wipe(memory + 1, size);
        CHECK(memory[0] == 0xAA);
        CHECK(all_zero(memory + 1, size));
        CHECK(memory[size + 1] == 0xAA);
    }
    wipe(nullptr, 0);
}

TEST_CASE("Secret bytes are wiped when they die, are assigned to, moved over, or cleared") {
    Watch watch;
    {
        const SecretBytes dies = marked_bytes();
        SecretBytes assigned = marked_bytes();
        assigned = SecretBytes(3);
        SecretBytes cleared = marked_bytes();
        cleared.clear();
        CHECK(cleared.empty());
        CHECK(cleared.bytes().empty());
        const SecretBytes copy = dies.clone();
        SecretBytes moved = std::move(assigned);
        moved = marked_bytes();
    }
    watch.clean_after(6);
}

TEST_CASE("Shrinking wipes what is cut off") {
    SecretBytes bytes = marked_bytes();
    const auto* memory = bytes.bytes().data();
    bytes.shrink(2);
    CHECK(bytes.size() == 2);
    CHECK(bytes.bytes()[0] == 'S');
    CHECK(all_zero(memory + 2, marker.size() - 2));

    Watch watch;
    SecretBytes whole = marked_bytes();
    whole.shrink(0);
    CHECK(whole.empty());
    // What was shrunk is wiped as far as it ever reached when it dies: nothing of the head may stay.
    { const SecretBytes dies = std::move(bytes); }
    watch.clean_after(2);
}

TEST_CASE("Bytes moved from are empty, and a move to oneself loses nothing") {
    SecretBytes from = marked_bytes();
    SecretBytes to = std::move(from);
    CHECK(from.empty());
    CHECK(from.bytes().data() == nullptr);
    CHECK(same(to, marked_bytes()));
    SecretBytes& itself = to;
    to = std::move(itself);
    CHECK(same(to, marked_bytes()));
}

TEST_CASE("A secret text is wiped when it dies, grows, is assigned to or cleared") {
    Watch watch;
    {
        SecretText grows;
        for (int i = 0; i < 100; ++i) grows.append(marker);  // through several blocks
        CHECK(grows.size() == 100 * marker.size());
        SecretText assigned = grows.clone();
        assigned = SecretText::copy_of("other");
        SecretText cleared = SecretText::copy_of(marker);
        cleared.clear();
        CHECK(cleared.empty());
        CHECK(*cleared.c_str() == '\0');
    }
    watch.clean_after(6);
}

TEST_CASE("A secret text loses its last byte from memory, too") {
    SecretText text = SecretText::copy_of("1234");
    const char* memory = text.c_str();
    text.pop_back();
    text.pop_back();
    CHECK(text.view() == "12");
    CHECK(all_zero(memory + 2, 3));
    text.push_back('x');
    CHECK(std::string_view(text.c_str()) == "12x");
}

TEST_CASE("A text may be appended to itself, in place and when it has to grow") {
    SecretText text = SecretText::copy_of("abc");
    text.append(text.view());  // fits
    CHECK(text.view() == "abcabc");
    while (text.size() < 1000) text.append(text.view());  // grows
    for (std::size_t i = 0; i < text.size(); ++i) REQUIRE(text.view()[i] == "abc"[i % 3]);
    CHECK(text.c_str()[text.size()] == '\0');
}

TEST_CASE("A text moved from is empty and can be used again") {
    SecretText from = SecretText::copy_of("12345678");
    const SecretText to = std::move(from);
    CHECK(from.empty());
    CHECK(*from.c_str() == '\0');
    from.append("new");
    CHECK(from.view() == "new");
    CHECK(to.view() == "12345678");
}

TEST_CASE("Secrets are equal only in length and every byte") {
    CHECK(same(SecretBytes{}, SecretBytes{}));
    CHECK(same(SecretText{}, SecretText::copy_of("")));
    CHECK(same(marked_bytes(), marked_bytes()));
    for (std::size_t i = 0; i < marker.size(); ++i) {
        SecretBytes other = marked_bytes();
        other.bytes()[i] ^= 0x80;
        CHECK_FALSE(same(other, marked_bytes()));
    }
    SecretBytes shorter = marked_bytes();
    shorter.shrink(marker.size() - 1);
    CHECK_FALSE(same(shorter, marked_bytes()));
    CHECK_FALSE(same(SecretText::copy_of("1234"), SecretText::copy_of("12345")));
    CHECK_FALSE(same(SecretText::copy_of("1234"), SecretText::copy_of("1235")));
}

TEST_CASE("A secret cannot be copied by accident") {
    static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
    static_assert(!std::is_copy_constructible_v<SecretText> && !std::is_copy_assignable_v<SecretText>);
    static_assert(std::is_nothrow_move_constructible_v<SecretBytes> && std::is_nothrow_move_assignable_v<SecretText>);
    SecretBytes original = marked_bytes();
    SecretBytes copy = original.clone();
    copy.bytes()[0] = 0;
    CHECK(same(original, marked_bytes()));
}
