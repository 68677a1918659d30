// Messages between threads: all of them, once, in order.
#include "base/mailbox.hpp"
#include "base/secret.hpp"
#include "support/catch.hpp"

#include <atomic>
#include <memory>
#include <thread>
#include <variant>

using namespace tokendeck::base;

namespace {

using Message = std::unique_ptr<int>;

}  // namespace

TEST_CASE("A mailbox gives messages in the order they came, and nothing when it is empty") {
    Mailbox<Message> box;
    CHECK_FALSE(box.try_pop());
    for (int i = 0; i < 10; ++i) REQUIRE(box.try_push(std::make_unique<int>(i)));
    for (int i = 0; i < 10; ++i) {
        auto message = box.try_pop();
        REQUIRE(message);
        CHECK(**message == i);
    }
    CHECK_FALSE(box.try_pop());
    CHECK_FALSE(box.pop_within(Microseconds{100}));
    CHECK_FALSE(box.pop_within(Microseconds{0}));
}

TEST_CASE("A full mailbox says so and leaves the message with its sender") {
    Mailbox<Message> box(7);
    int sent = 0;
    while (sent < 1000) {
        auto message = std::make_unique<int>(sent);
        if (!box.try_push(std::move(message))) {
            REQUIRE(message);  // not moved from
            CHECK(*message == sent);
            break;
        }
        ++sent;
    }
    CHECK(sent >= 7);
    CHECK(sent < 1000);
    for (int i = 0; i < sent; ++i) {
        auto message = box.pop_within(Microseconds{0});
        REQUIRE(message);
        CHECK(**message == i);
    }
    CHECK(box.try_push(std::make_unique<int>(1)));
}

TEST_CASE("A secret is handed over whole, and the sender keeps nothing") {
    Mailbox<std::variant<std::monostate, SecretText>> box;
    SecretText pin = SecretText::copy_of("12345678");
    REQUIRE(box.try_push(std::move(pin)));
    CHECK(pin.empty());
    auto message = box.try_pop();
    REQUIRE(message);
    CHECK(same(std::get<SecretText>(*message), SecretText::copy_of("12345678")));
}

TEST_CASE("Between two threads no message is lost, doubled, emptied or overtaken", "[threads]") {
    constexpr int count = 50'000;
    Mailbox<Message> box(63);
    std::atomic<bool> is_cancelled{false};
    std::thread producer([&] {
        for (int i = 0; i < count && !is_cancelled; ++i) {
            auto message = std::make_unique<int>(i);
            while (!box.try_push(std::move(message)) && !is_cancelled) std::this_thread::yield();
        }
    });
    int expected = 0;
    bool good = true;
    while (expected < count) {
        // Both ways of taking, in turns: try_pop runs into a push that has not ended.
        auto message = expected % 3 == 0 ? box.pop_within(Microseconds{1000}) : box.try_pop();
        if (!message) continue;
        good = good && *message != nullptr && **message == expected;
        if (!good) break;
        ++expected;
    }
    is_cancelled = !good;
    producer.join();
    CHECK(good);
    CHECK((!good || !box.try_pop()));
}

TEST_CASE("Waiting for a message ends when one comes from another thread", "[threads]") {
    Mailbox<Message> box;
    std::thread producer([&] { REQUIRE(box.try_push(std::make_unique<int>(42))); });
    const auto message = box.pop_within(std::chrono::seconds{60});
    producer.join();
    REQUIRE(message);
    CHECK(**message == 42);
}

TEST_CASE("A doorbell wakes the thread that waits for several mailboxes", "[threads]") {
    Doorbell bell;
    Mailbox<Message> first(63, &bell);
    Mailbox<Message> second(63, &bell);
    constexpr int each = 2000;
    std::thread producer([&] {
        for (int i = 0; i < each; ++i) {
            for (auto* box : {&first, &second}) {
                auto message = std::make_unique<int>(i);
                while (!box->try_push(std::move(message))) std::this_thread::yield();
            }
        }
    });
    int taken = 0;
    while (taken < 2 * each) {  // a ring lost would leave it asleep
        const auto seen = bell.rings();
        bool any = false;
        for (auto* box : {&first, &second}) {
            while (box->try_pop()) {
                ++taken;
                any = true;
            }
        }
        if (!any && taken < 2 * each) bell.wait_for_change(seen);
    }
    producer.join();
    CHECK(taken == 2 * each);
    CHECK(bell.rings() == 2 * each);
}
