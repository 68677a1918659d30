#include "crypto/crypto_thread.hpp"

#include "crypto/errors.hpp"
#include "crypto/records.hpp"
#include "support/catch.hpp"

#include <ctime>
#include <future>

using namespace tokendeck;
using namespace tokendeck::channel;
using base::Mailbox;
using base::SecretBytes;
using base::SecretText;

namespace {

// The thread between its mailboxes, as the program wires it.
struct Wired {
    explicit Wired(std::size_t capacity = 63)
        : requests(capacity, &bell), replies(capacity), questions(capacity, &bell), answers(capacity) {}

    base::Doorbell bell;
    Mailbox<CryptoRequest> requests;
    Mailbox<CryptoReply> replies;
    Mailbox<CodeQuestion> questions;
    Mailbox<CodeAnswer> answers;
    std::atomic<int> wakes{0};
    crypto::CryptoThread thread{requests, replies, questions, answers, [this] { ++wakes; }};

    // A thread that does not answer within this time has hung.
    template <typename T>
    [[nodiscard]] static std::optional<T> next(Mailbox<T>& mailbox) {
        return mailbox.pop_within(std::chrono::seconds(60));
    }
    void ask(CryptoRequest request) { REQUIRE(requests.try_push(std::move(request))); }
    void ask(MessageId id, std::uint64_t factor = 0) {
        REQUIRE(questions.try_push({id, SecretBytes::copy_of(from_hex("3132333435363738393031323334353637383930")),
                                    otp::HashAlgorithm::sha1, 6, factor}));
    }
};

}  // namespace

TEST_CASE("every request ends in exactly one reply with its id, and main is woken for each", "[threads]") {
    Wired wired;
    wired.ask(ReadAccountsInImage{1, test_data("images/good/plain.png").string()});
    wired.ask(ReadAccountsInText{2, SecretText::copy_of("JBSWY3DPEHPK3PXP")});
    wired.ask(ReadAccountsInText{3, SecretText::copy_of("otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=9")});
    wired.ask(ReadAccountsInText{4, SecretText::copy_of("JBSWY3D0")});
    wired.ask(ListFolder{5, test_data("images").string()});
    wired.ask(ReadAccountsInImage{6, test_data("images").string()});
    wired.ask(ListFolder{7, test_data("images/README.md").string()});

    auto image = Wired::next(wired.replies);
    REQUIRE((image && std::holds_alternative<AccountsRead>(*image)));
    CHECK(std::get<AccountsRead>(*image).id == 1);
    CHECK(std::get<AccountsRead>(*image).source == EnrolmentSource::image);
    CHECK(std::get<AccountsRead>(*image).accounts.at(0).enrolment.issuer == "Example");
    CHECK(equals(std::get<AccountsRead>(*image).accounts.at(0).enrolment.secret, from_hex("48656c6c6f21deadbeef")));

    auto bare = Wired::next(wired.replies);
    REQUIRE((bare && std::holds_alternative<AccountsRead>(*bare)));
    CHECK(std::get<AccountsRead>(*bare).id == 2);
    CHECK(std::get<AccountsRead>(*bare).source == EnrolmentSource::bare_secret);

    auto uri = Wired::next(wired.replies);
    REQUIRE((uri && std::holds_alternative<AccountsRead>(*uri)));
    CHECK(std::get<AccountsRead>(*uri).id == 3);
    CHECK(std::get<AccountsRead>(*uri).source == EnrolmentSource::uri);
    CHECK(std::get<AccountsRead>(*uri).accounts.at(0).enrolment.parameters.counter == 9);

    auto wrong = Wired::next(wired.replies);
    REQUIRE((wrong && std::holds_alternative<RequestFailed>(*wrong)));
    CHECK(std::get<RequestFailed>(*wrong).id == 4);
    CHECK(std::get<RequestFailed>(*wrong).error.code == crypto::errors::secret_look_alike);

    auto folder = Wired::next(wired.replies);
    REQUIRE((folder && std::holds_alternative<FolderListed>(*folder)));
    CHECK_FALSE(std::get<FolderListed>(*folder).places.empty());
    CHECK(std::get<FolderListed>(*folder).id == 5);
    CHECK(std::get<FolderListed>(*folder).entries.size() == 4);

    for (const MessageId id : {6U, 7U}) {
        auto failed = Wired::next(wired.replies);
        REQUIRE((failed && std::holds_alternative<RequestFailed>(*failed)));
        CHECK(std::get<RequestFailed>(*failed).id == id);
    }
    wired.thread.stop();
    CHECK(wired.wakes == 7);
    CHECK_FALSE(wired.replies.try_pop().has_value());
}

TEST_CASE("the device thread's questions are answered while main asks nothing", "[threads]") {
    Wired wired;
    wired.ask(1, 0);
    auto first = Wired::next(wired.answers);
    REQUIRE(first);
    CHECK(first->id == 1);
    CHECK_FALSE(first->error);
    CHECK(first->code.view() == "755224");  // RFC 4226, appendix D

    wired.ask(2, 1);
    auto second = Wired::next(wired.answers);
    REQUIRE(second);
    CHECK(second->code.view() == "287082");

    REQUIRE(wired.questions.try_push({3, SecretBytes(), otp::HashAlgorithm::sha1, 6, 0}));
    auto third = Wired::next(wired.answers);
    REQUIRE(third);
    REQUIRE(third->error);
    CHECK(third->error->code == crypto::errors::code_secret);
    CHECK(third->code.empty());
    wired.thread.stop();
    CHECK(wired.wakes == 0);
}

TEST_CASE("nothing is lost when the other side takes its replies late", "[threads]") {
    Wired wired(2);
    constexpr MessageId count = 300;
    MessageId asked = 0, seen = 0;
    while (seen < count) {
        while (asked < count && wired.requests.try_push(ReadAccountsInText{asked + 1, SecretText::copy_of("JBSWY3DP")}))
            ++asked;
        if (asked % 7 == 3) std::this_thread::yield();
        auto reply = Wired::next(wired.replies);
        REQUIRE((reply && std::holds_alternative<AccountsRead>(*reply)));
        REQUIRE(std::get<AccountsRead>(*reply).id == seen + 1);
        ++seen;
    }
}

TEST_CASE("two threads that ask at the same time both get all their answers", "[threads]") {
    Wired wired(8);
    constexpr MessageId count = 500;
    auto device = std::async(std::launch::async, [&] {
        for (MessageId id = 1; id <= count; ++id) {
            CodeQuestion question{id, SecretBytes::copy_of(from_hex("3132333435363738393031323334353637383930")),
                                  otp::HashAlgorithm::sha1, 6, 0};
            while (!wired.questions.try_push(std::move(question))) std::this_thread::yield();
            auto answer = Wired::next(wired.answers);
            if (!answer || answer->id != id || answer->code.view() != "755224") return false;
        }
        return true;
    });
    bool all = true;
    for (MessageId id = 1; id <= count; ++id) {
        wired.ask(ReadAccountsInText{id, SecretText::copy_of("JBSWY3DP")});
        auto reply = Wired::next(wired.replies);
        all = all && reply && std::holds_alternative<AccountsRead>(*reply) && std::get<AccountsRead>(*reply).id == id;
    }
    CHECK(all);
    CHECK(device.get());
}

TEST_CASE("the thread stops while it is idle, while its replies are not taken, and with work left", "[threads]") {
    { const Wired idle; }
    {
        Wired wired(1);
        for (int i = 0; i < 3; ++i) {
            CryptoRequest request = ReadAccountsInText{1, SecretText::copy_of("JBSWY3DP")};
            while (!wired.requests.try_push(std::move(request))) std::this_thread::yield();
        }
        // Nobody takes the replies: the thread is now waiting for room, or soon will be.
    }
    Wired twice;
    twice.thread.stop();
    twice.thread.stop();
    CHECK_FALSE(twice.replies.try_pop().has_value());
}

TEST_CASE("an idle thread uses no processor time", "[threads]") {
    const Wired idle;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));  // until it sleeps
    const std::clock_t before = std::clock();
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    // A thread that spins uses the whole half second; a tenth of it is left for the machinery of the test.
    CHECK(static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC < 0.05);
}

TEST_CASE("mailboxes without a common doorbell are refused: the thread would sleep for ever") {
    base::Doorbell bell;
    Mailbox<CryptoRequest> requests(3, &bell);
    Mailbox<CryptoReply> replies;
    Mailbox<CodeQuestion> questions;
    Mailbox<CodeAnswer> answers;
    CHECK_THROWS(crypto::CryptoThread(requests, replies, questions, answers, [] {}));
}
