// What a user would lose: a code that stays on the clipboard, or something of their own that we wipe from it.
#include "desktop/clipboard.hpp"

#include "support/catch.hpp"

#include <string>
#include <utility>

using namespace tokendeck;

namespace {

class DeskClipboard final : public desktop::ClipboardSystem {
  public:
    explicit DeskClipboard(bool tells_holder) : tells_holder_(tells_holder) {}

    void write(const char* text, bool secret) override {
        content = text;
        marked = secret;
        owner = 1;
        ++writes;
    }

    std::optional<std::uint64_t> holder() override {
        if (!tells_holder_) return std::nullopt;
        return owner;
    }

    base::SecretText read() override {
        if (owner != 1) ++reads_from_others;
        return base::SecretText::copy_of(content);
    }

    void clear(const base::SecretText& lent) override {
        content.clear();
        owner = 1;
        cleared = lent.view();
    }

    // As the real one does later, off the frame.
    void clear_elsewhere(const base::SecretText& lent) override {
        if (content == lent.view()) clear(lent);
    }

    bool take_replaced() override { return std::exchange(replaced, false); }

    void another_program_copies(const std::string& text) {
        content = text;
        owner = 2;
    }

    std::string content{};
    std::string cleared{};
    std::uint64_t owner = 0;
    bool marked = false;
    bool replaced = false;
    int writes = 0;
    int reads_from_others = 0;

  private:
    bool tells_holder_;
};

}  // namespace

TEST_CASE("A code that was lent is taken back while it is still on the clipboard") {
    DeskClipboard desk(GENERATE(true, false));
    desktop::Clipboard clipboard(desk);
    clipboard.lend(base::SecretText::copy_of("123456"));
    CHECK(desk.content == "123456");
    clipboard.take_back();
    CHECK(desk.content.empty());
    // Held by us, empty: as soon as nobody holds it, a clipboard manager puts its last item there.
    CHECK(desk.owner == 1);
    CHECK(desk.cleared == "123456");
}

TEST_CASE("A code is marked as a secret for clipboard managers, what was copied to stay is not") {
    DeskClipboard desk(true);
    desktop::Clipboard clipboard(desk);
    clipboard.lend(base::SecretText::copy_of("123456"));
    CHECK(desk.marked);
    clipboard.copy("a report");
    CHECK_FALSE(desk.marked);
    clipboard.take_back();
    CHECK(desk.content == "a report");
}

TEST_CASE("What another program put on the clipboard after us is left alone") {
    DeskClipboard desk(GENERATE(true, false));
    desktop::Clipboard clipboard(desk);
    clipboard.lend(base::SecretText::copy_of("123456"));
    desk.another_program_copies("a letter to a friend");
    clipboard.take_back();
    CHECK(desk.content == "a letter to a friend");
    CHECK(desk.owner == 2);
}

TEST_CASE("A code that a clipboard manager has taken over is cleared as well") {
    DeskClipboard desk(true);
    desktop::Clipboard clipboard(desk);
    clipboard.lend(base::SecretText::copy_of("123456"));
    desk.another_program_copies("123456");
    clipboard.take_back();
    CHECK(desk.content.empty());
    CHECK(desk.owner == 1);
}

TEST_CASE("Another program that holds the clipboard is never asked for it just to end the loan") {
    DeskClipboard desk(true);
    desktop::Clipboard clipboard(desk);
    clipboard.lend(base::SecretText::copy_of("123456"));
    desk.another_program_copies("it hangs when asked");
    clipboard.take_back();
    CHECK(desk.reads_from_others == 0);
}

TEST_CASE("A text the user copied out of our own window after the code is left alone") {
    DeskClipboard desk(GENERATE(true, false));
    desktop::Clipboard clipboard(desk);
    clipboard.lend(base::SecretText::copy_of("123456"));
    clipboard.copy("a slot's name");
    clipboard.take_back();
    CHECK(desk.content == "a slot's name");
}

TEST_CASE("A loan ends once, and without a loan nothing is touched") {
    DeskClipboard desk(GENERATE(true, false));
    desktop::Clipboard clipboard(desk);
    clipboard.take_back();
    CHECK(desk.writes == 0);
    clipboard.lend(base::SecretText::copy_of("123456"));
    clipboard.take_back();
    desk.another_program_copies("123456");
    clipboard.take_back();
    CHECK(desk.content == "123456");
}

TEST_CASE("A second code replaces the first, and the second is taken back") {
    DeskClipboard desk(GENERATE(true, false));
    desktop::Clipboard clipboard(desk);
    clipboard.lend(base::SecretText::copy_of("111111"));
    clipboard.lend(base::SecretText::copy_of("222222"));
    CHECK(desk.content == "222222");
    clipboard.take_back();
    CHECK(desk.content.empty());
}

TEST_CASE("A loan ends when another program is told to have replaced it, and the code is forgotten") {
    DeskClipboard desk(true);
    desktop::Clipboard clipboard(desk);
    clipboard.lend(base::SecretText::copy_of("123456"));
    CHECK_FALSE(clipboard.take_replaced());
    desk.another_program_copies("a shopping list");
    desk.replaced = true;
    CHECK(clipboard.take_replaced());
    desk.another_program_copies("123456");  // by chance, or chosen by the person: no longer ours to take away
    clipboard.take_back();
    CHECK(desk.content == "123456");
    CHECK(desk.cleared.empty());
}
