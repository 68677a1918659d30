// Several accounts at once: none is lost, none is written that does not fit, one PIN is sent once.
#include "state/fixtures.hpp"
#include "support/catch.hpp"

#include <string>

using namespace tokendeck;
using namespace tokendeck::state;
using namespace tokendeck::state::test;
using Fate = Candidate::Fate;

namespace {

otp::OtpEnrolment account(const std::string& issuer, std::uint8_t first_byte, otp::OtpKind kind = otp::OtpKind::totp) {
    otp::OtpEnrolment e = enrolment(kind);
    e.issuer = issuer;
    e.secret.bytes()[0] = first_byte;
    return e;
}

AppState at_choice(std::uint8_t count = 3) {
    AppState state = with_token();
    apply(state, ReadFile{"/export.png"});
    channel::AccountsRead read;
    read.id = take_request<channel::ReadAccountsInImage>(state).id;
    for (std::uint8_t i = 1; i <= count; ++i) read.accounts.push_back({account("site" + std::to_string(i), i), {}});
    apply(state, std::move(read));
    return state;
}

channel::SlotProven proven(channel::WriteSlot& command, bool held) {
    channel::SlotProven event;
    event.id = command.id;
    event.slot = {command.slot, otp::SlotState::proven, command.name, command.parameters};
    event.code = base::SecretText::copy_of("123456");
    event.secret = std::move(command.secret);
    event.admin_pin_held = held;
    return event;
}

}  // namespace

TEST_CASE("several accounts in one picture are offered for choosing, each with a free slot of its own") {
    const AppState state = at_choice();
    CHECK(std::string(screen_name(state)) == "wizard:choose");
    REQUIRE(state.wizard->candidates.size() == 3);
    CHECK(otp::text(*state.wizard->candidates[0].slot) == "totp:1");
    CHECK(otp::text(*state.wizard->candidates[2].slot) == "totp:3");
    CHECK(wizard_ready_for_pin(state));
}

TEST_CASE("an account that is left out gives its slot to the next, and without any nothing can go on") {
    AppState state = at_choice();
    apply(state, ChooseCandidate{0, false});
    CHECK_FALSE(state.wizard->candidates[0].slot);
    CHECK(otp::text(*state.wizard->candidates[1].slot) == "totp:1");
    apply(state, ChooseCandidate{1, false});
    apply(state, ChooseCandidate{2, false});
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, ContinueToPin{});
    CHECK(step_of(*state.wizard) == WizardStep::choose);
}

TEST_CASE("accounts beyond the free slots are not chosen, and choosing one all the same is not ready") {
    auto slots = empty_slots();
    for (std::size_t i = 3; i < slots.size() - 2; ++i) slots[i].state = otp::SlotState::programmed;
    AppState state = with_token(slots);
    apply(state, ReadFile{"/export.png"});
    channel::AccountsRead read;
    read.id = take_request<channel::ReadAccountsInImage>(state).id;
    for (std::uint8_t i = 1; i <= 3; ++i) read.accounts.push_back({account("site", i), {}});
    apply(state, std::move(read));
    CHECK(state.wizard->candidates[1].chosen);
    CHECK_FALSE(state.wizard->candidates[2].chosen);
    CHECK(wizard_ready_for_pin(state));
    apply(state, ChooseCandidate{2, true});
    CHECK_FALSE(wizard_ready_for_pin(state));
}

TEST_CASE("an account that the token cannot hold is not chosen by itself and cannot be written") {
    AppState state = with_token();
    apply(state, ReadFile{"/export.png"});
    channel::AccountsRead read;
    read.id = take_request<channel::ReadAccountsInImage>(state).id;
    read.accounts.push_back({account("good", 1), {}});
    read.accounts.push_back({account("strict", 2), {}});
    read.accounts.back().enrolment.parameters.algorithm = otp::HashAlgorithm::sha256;
    apply(state, std::move(read));
    CHECK(state.wizard->candidates[0].chosen);
    CHECK_FALSE(state.wizard->candidates[1].chosen);
    CHECK_FALSE(state.wizard->candidates[1].problems.empty());
    apply(state, ChooseCandidate{1, true});
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, ChooseCandidate{1, false});
    apply(state, NameCandidate{0, "a name beyond fifteen bytes"});
    CHECK_FALSE(wizard_ready_for_pin(state));
}

TEST_CASE("of an export over several pictures the next one adds its accounts, each once") {
    AppState state = with_token();
    apply(state, ReadFile{"/one.png"});
    channel::AccountsRead first = one_account(take_request<channel::ReadAccountsInImage>(state).id, account("a", 1));
    first.parts.push_back({7, 0, 2});
    apply(state, std::move(first));
    CHECK(step_of(*state.wizard) == WizardStep::choose);
    CHECK(parts_missing(*state.wizard) == 1);
    for (int i = 0; i < 2; ++i) {  // the second time is the same picture once more
        apply(state, ReadFile{"/two.png"});
        CHECK(state.wizard->candidates.size() == (i == 0 ? 1U : 2U));
        channel::AccountsRead next = one_account(take_request<channel::ReadAccountsInImage>(state).id, account("b", 2));
        next.parts.push_back({7, 1, 2});
        apply(state, std::move(next));
    }
    CHECK(state.wizard->candidates.size() == 2);
    CHECK(parts_missing(*state.wizard) == 0);
}

TEST_CASE("the parts of an export that are missing are named in order, of each export") {
    Wizard w;
    w.parts = {{7, 2, 4}, {7, 0, 4}, {9, 0, 1}, {8, 1, 2}};
    const std::vector<channel::MigrationPart> missing{{7, 1, 4}, {7, 3, 4}, {8, 0, 2}};
    CHECK(missing_parts(w) == missing);
    CHECK(parts_missing(w) == 3);
}

TEST_CASE("of several accounts those that are kept go on, and one alone is reviewed like one") {
    AppState state = at_choice();
    apply(state, KeepOnly{{0, 2}});
    CHECK(step_of(*state.wizard) == WizardStep::choose);
    REQUIRE(state.wizard->candidates.size() == 2);
    CHECK(state.wizard->candidates[1].name == "site3:me");
    CHECK(otp::text(*state.wizard->candidates[1].slot) == "totp:2");
    state.wizard->refused.push_back({4, base::Error{}});
    state.wizard->parts.push_back({7, 0, 2});
    apply(state, KeepOnly{{1}});
    CHECK(step_of(*state.wizard) == WizardStep::review);
    CHECK(state.wizard->account().name == "site3:me");
    CHECK(otp::text(*state.wizard->account().slot) == "totp:1");
    CHECK(wizard_ready_for_pin(state));
    apply(state, KeepOnly{{}});  // of one that is reviewed alone nothing is left out
    CHECK(state.wizard->candidates.size() == 1);
}

TEST_CASE("giving up another picture goes back to the accounts that were read before") {
    AppState state = at_choice();
    apply(state, ReadFile{"/more.png"});
    const auto request = take_request<channel::ReadAccountsInImage>(state);
    apply(state, CancelWizard{});
    CHECK(std::string(screen_name(state)) == "wizard:choose");
    CHECK(state.wizard->candidates.size() == 3);
    apply(state, one_account(request.id, account("late", 9)));
    CHECK(state.wizard->candidates.size() == 3);
}

TEST_CASE("a picture that cannot be read does not spoil the others that were dropped with it") {
    AppState state = with_token();
    apply(state, ReadFiles{{"/one.png", "/cat.png", "/two.png"}});
    auto request = take_request<channel::ReadAccountsInImage>(state);
    CHECK(request.path == "/one.png");
    apply(state, one_account(request.id, account("a", 1)));
    request = take_request<channel::ReadAccountsInImage>(state);
    CHECK(request.path == "/cat.png");
    CHECK(state.wizard->in<ReadingStep>()->file == "cat.png");
    apply(state, channel::RequestFailed{request.id, base::Error{{"qr.no-code"}}});
    request = take_request<channel::ReadAccountsInImage>(state);
    apply(state, one_account(request.id, account("b", 2)));
    CHECK(step_of(*state.wizard) == WizardStep::choose);
    CHECK(state.wizard->candidates.size() == 2);
    REQUIRE(state.wizard->refused.size() == 1);
    CHECK(state.wizard->refused[0].error.code.name == "qr.no-code");
}

namespace {

channel::AccountsRead one_part(channel::MessageId id, std::size_t index, std::uint8_t parity, std::string_view text) {
    channel::AccountsRead read{.id = id, .source = channel::EnrolmentSource::image};
    read.code_parts.push_back({index, 3, parity, base::SecretText::copy_of(text)});
    return read;
}

}  // namespace

TEST_CASE("a text over several QR codes is put together from pictures in any order, and read then") {
    AppState state = with_token();
    const std::uint8_t parity = 'a' ^ 'b' ^ 'c' ^ 'd' ^ 'e' ^ 'f';
    apply(state, ReadFiles{{"/three.png", "/one.png"}});
    apply(state, one_part(take_request<channel::ReadAccountsInImage>(state).id, 2, parity, "ef"));
    apply(state, one_part(take_request<channel::ReadAccountsInImage>(state).id, 0, parity, "ab"));
    REQUIRE(step_of(*state.wizard) == WizardStep::input);
    const base::Error& missing = *state.wizard->in<InputStep>()->error;
    CHECK(missing.code.name == "state.code-in-parts");
    CHECK(missing.actual == 2);
    CHECK(missing.limit == 3);
    // The same once more, and one of another text, change nothing.
    apply(state, ReadFile{"/one.png"});
    apply(state, one_part(take_request<channel::ReadAccountsInImage>(state).id, 0, parity, "ab"));
    CHECK(state.wizard->in<InputStep>()->error->actual == 2);
    apply(state, ReadFile{"/other.png"});
    apply(state, one_part(take_request<channel::ReadAccountsInImage>(state).id, 1, 0x55, "xy"));
    CHECK(state.wizard->in<InputStep>()->error->actual == 1);
    apply(state, ReadFile{"/two.png"});
    apply(state, one_part(take_request<channel::ReadAccountsInImage>(state).id, 1, parity, "cd"));
    REQUIRE(step_of(*state.wizard) == WizardStep::reading);
    const auto whole = take_request<channel::ReadAccountsInText>(state);
    CHECK(whole.text.view() == "abcdef");
    apply(state, one_account(whole.id, account("a", 1)));
    CHECK(step_of(*state.wizard) == WizardStep::review);
    CHECK(state.wizard->candidates.size() == 1);
    CHECK(state.wizard->source == channel::EnrolmentSource::image);
    REQUIRE(state.wizard->code_parts.size() == 1);  // of the other text
    apply(state, ContinueToPin{});
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    CHECK(state.wizard->code_parts.empty());
}

TEST_CASE("parts of QR codes that do not make up a text are said to be wrong, and nothing is read of them") {
    AppState state = with_token();
    apply(state, ReadFiles{{"/1.png", "/2.png", "/3.png"}});
    for (const std::size_t index : {0U, 1U, 2U})
        apply(state, one_part(take_request<channel::ReadAccountsInImage>(state).id, index, 0x11, "ab"));
    CHECK(state.outbox.crypto.empty());
    REQUIRE(step_of(*state.wizard) == WizardStep::input);
    CHECK(state.wizard->in<InputStep>()->error->code.name == "state.code-parts-differ");
    CHECK(state.wizard->code_parts.empty());
}

TEST_CASE("all chosen accounts are written with one PIN, and every secret is still there for a spare token") {
    AppState state = at_choice();
    apply(state, ContinueToPin{});
    CHECK(std::string(screen_name(state)) == "wizard:pin");
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    for (int i = 0; i < 3; ++i) {
        auto command = take_command<channel::WriteSlot>(state);
        CHECK(command.admin_pin.empty() == (i > 0));
        CHECK(command.hold_admin == (i < 2));
        CHECK(command.secret.bytes()[0] == i + 1);
        CHECK_FALSE(has_command(state));
        apply(state, proven(command, command.hold_admin));
    }
    CHECK(std::string(screen_name(state)) == "wizard:proven");
    CHECK_FALSE(state.clipboard);  // nobody asked for a code
    CHECK_FALSE(state.shown);
    CHECK(wizard_keeps_secret(*state.wizard));

    apply(state, StartSpare{});
    CHECK(step_of(*state.wizard) == WizardStep::choose);
    CHECK(spare_is_missing(state));
    CHECK_FALSE(wizard_ready_for_pin(state));
}

TEST_CASE("where each PIN is good for one write it is asked for again") {
    AppState state = at_choice(2);
    apply(state, ContinueToPin{});
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    auto command = take_command<channel::WriteSlot>(state);
    apply(state, proven(command, false));
    CHECK(step_of(*state.wizard) == WizardStep::pin);
    CHECK_FALSE(has_command(state));
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    auto second = take_command<channel::WriteSlot>(state);
    CHECK(second.secret.bytes()[0] == 2);
    apply(state, proven(second, false));
    CHECK(step_of(*state.wizard) == WizardStep::proven);
}

TEST_CASE("a failure in the middle keeps what was proven and gives back the rest for another try") {
    AppState state = at_choice();
    apply(state, ContinueToPin{});
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    auto first = take_command<channel::WriteSlot>(state);
    apply(state, proven(first, true));
    auto second = take_command<channel::WriteSlot>(state);
    channel::CommandFailed failure;
    failure.id = second.id;
    failure.error = base::Error{{"device.write-broke-off"}};
    failure.slot = otp::SlotSummary{second.slot, otp::SlotState::unsure, second.name, second.parameters};
    failure.secret = std::move(second.secret);
    apply(state, std::move(failure));
    CHECK(std::string(screen_name(state)) == "wizard:failed");
    CHECK(state.wizard->candidates[0].fate == Fate::proven);
    CHECK(state.wizard->candidates[1].fate == Fate::failed);
    CHECK(state.wizard->candidates[2].fate == Fate::waiting);
    CHECK(state.wizard->candidates[1].enrolment.secret.size() == 20);
    apply(state, TryAgain{});
    CHECK(step_of(*state.wizard) == WizardStep::choose);
    // The slot that it left unsure is written again, no other is.
    CHECK(otp::text(*state.wizard->candidates[1].slot) == "totp:2");
    CHECK(otp::text(*state.wizard->candidates[2].slot) == "totp:3");
    apply(state, ContinueToPin{});
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    CHECK(otp::text(take_command<channel::WriteSlot>(state).slot) == "totp:2");
}

TEST_CASE("stopping takes effect after the account that is being written, and the held PIN is forgotten") {
    AppState state = at_choice();
    apply(state, ContinueToPin{});
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    auto first = take_command<channel::WriteSlot>(state);
    apply(state, CancelWizard{});
    CHECK(state.wizard);
    apply(state, proven(first, true));
    CHECK(step_of(*state.wizard) == WizardStep::proven);
    CHECK(take_command<channel::ForgetPins>(state).admin_only);
    CHECK_FALSE(has_command(state));
    CHECK(state.wizard->candidates[1].fate == Fate::waiting);
}

TEST_CASE("another token in the middle gets nothing that was reviewed for the first") {
    AppState state = at_choice();
    apply(state, ContinueToPin{});
    apply(state, channel::TokenLost{"a"});
    CHECK(step_of(*state.wizard) == WizardStep::choose);
    CHECK_FALSE(state.wizard->candidates[0].slot);
    CHECK_FALSE(wizard_ready_for_pin(state));
    CHECK(state.wizard->candidates[0].enrolment.secret.size() == 20);
}

// ---- what was not read as it stands in the input ----

namespace {

AppState read_with(std::vector<channel::Remark> remarks, otp::OtpKind kind = otp::OtpKind::totp) {
    AppState state = with_token();
    apply(state, ReadFile{"/a.png"});
    channel::AccountsRead read;
    read.id = take_request<channel::ReadAccountsInImage>(state).id;
    read.accounts.push_back({account("site", 1, kind), std::move(remarks)});
    apply(state, std::move(read));
    return state;
}

}  // namespace

TEST_CASE("nothing is written before the person has agreed to what could change the codes") {
    const base::Error doubt{base::ErrorCode{"crypto.read-steam"}};
    AppState state = read_with({{doubt, true, std::nullopt}, {doubt, false, std::nullopt}});
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, ContinueToPin{});
    CHECK(std::string(screen_name(state)) == "wizard:review");
    apply(state, AnswerRemark{0, 0, false});
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, AnswerRemark{0, 1, true});  // one that is only told
    apply(state, AnswerRemark{0, 7, true});
    apply(state, AnswerRemark{7, 0, true});
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, AnswerRemark{0, 0, true});
    CHECK(wizard_ready_for_pin(state));
    apply(state, AnswerRemark{0, 0, std::nullopt});
    CHECK_FALSE(wizard_ready_for_pin(state));
}

TEST_CASE("what a parameter may be meant as holds only if the person says so") {
    otp::OtpParameters meant = account("site", 1).parameters;
    meant.digits = 8;
    AppState state = read_with({{base::Error{base::ErrorCode{"crypto.read-similar"}}, true, meant}});
    const otp::OtpParameters as_read = state.wizard->account().enrolment.parameters;
    CHECK_FALSE(as_read == meant);
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, AnswerRemark{0, 0, true});
    CHECK(state.wizard->account().enrolment.parameters == meant);
    CHECK(wizard_ready_for_pin(state));
    apply(state, AnswerRemark{0, 0, false});
    CHECK(state.wizard->account().enrolment.parameters == as_read);
    CHECK(wizard_ready_for_pin(state));
}

TEST_CASE("a counter can be given where the address has none, and nothing else of such an account") {
    AppState state = read_with(
        {{base::Error{base::ErrorCode{"crypto.read-counter-missing"}}, true, std::nullopt, true}}, otp::OtpKind::hotp);
    otp::OtpParameters wanted = state.wizard->account().enrolment.parameters;
    wanted.counter = 41;
    wanted.digits = 8;
    apply(state, EditParameters{wanted});
    CHECK(state.wizard->account().enrolment.parameters.counter == 41);
    CHECK(state.wizard->account().enrolment.parameters.digits == 6);
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, AnswerRemark{0, 0, true});
    CHECK(wizard_ready_for_pin(state));
    CHECK(state.wizard->account().enrolment.parameters.counter == 41);
}

TEST_CASE("of several accounts one that asks something is not ticked beforehand, and blocks once it is") {
    AppState state = with_token();
    apply(state, ReadFile{"/a.png"});
    channel::AccountsRead read;
    read.id = take_request<channel::ReadAccountsInImage>(state).id;
    read.accounts.push_back({account("one", 1), {}});
    read.accounts.push_back(
        {account("two", 2), {{base::Error{base::ErrorCode{"crypto.read-goes-on"}}, true, std::nullopt}}});
    apply(state, std::move(read));
    CHECK(state.wizard->candidates[0].chosen);
    CHECK_FALSE(state.wizard->candidates[1].chosen);
    CHECK(wizard_ready_for_pin(state));
    apply(state, ChooseCandidate{1, true});
    CHECK_FALSE(wizard_ready_for_pin(state));
    apply(state, AnswerRemark{1, 0, true});
    CHECK(wizard_ready_for_pin(state));
}

TEST_CASE("the export that accounts came from can be deleted after the proof, and not before") {
    AppState state = with_token();
    apply(state, ReadFile{"/home/me/export.json"});
    channel::AccountsRead read{.id = take_request<channel::ReadAccountsInImage>(state).id,
                               .source = channel::EnrolmentSource::exported};
    for (const char* name : {"a", "b"}) read.accounts.push_back({account(name, 1), {}});
    read.refused.push_back({3, base::Error{{"crypto.import-steam"}}});
    read.export_file = channel::ExportFile{"/home/me/export.json", 99, 7};
    read.without_otp = 4;
    apply(state, std::move(read));
    REQUIRE(step_of(*state.wizard) == WizardStep::choose);
    apply(state, ReadFile{"/home/me/export.json"});  // once more: nothing of it counts twice
    channel::AccountsRead again{.id = take_request<channel::ReadAccountsInImage>(state).id,
                                .source = channel::EnrolmentSource::exported};
    for (const char* name : {"a", "b"}) again.accounts.push_back({account(name, 1), {}});
    again.export_file = channel::ExportFile{"/home/me/export.json", 99, 7};
    again.without_otp = 4;
    apply(state, std::move(again));
    CHECK(state.wizard->without_otp == 4);
    CHECK(state.wizard->exports.size() == 1);
    apply(state, DeleteExportFile{0});
    CHECK(state.outbox.crypto.empty());
    apply(state, ChooseCandidate{1, false});
    apply(state, ContinueToPin{});
    apply(state, SubmitPin{base::SecretText::copy_of("12345678"), {}});
    auto write = take_command<channel::WriteSlot>(state);
    apply(state, DeleteExportFile{0});
    CHECK(state.outbox.crypto.empty());
    apply(state, proven(write, false));
    REQUIRE(step_of(*state.wizard) == WizardStep::proven);
    CHECK(accounts_not_written(*state.wizard) == 2);
    apply(state, DeleteExportFile{1});
    CHECK(state.outbox.crypto.empty());
    apply(state, DeleteExportFile{0});
    auto drop = take_request<channel::DeleteExport>(state);
    CHECK(drop.file.path == "/home/me/export.json");
    CHECK(drop.file.fingerprint == 7);
    apply(state, DeleteExportFile{0});  // it is on its way
    CHECK(state.outbox.crypto.empty());
    apply(state, channel::RequestFailed{drop.id, base::Error{{"crypto.file-changed"}}});
    CHECK(state.wizard->exports[0].error->code.name == "crypto.file-changed");
    apply(state, DeleteExportFile{0});
    drop = take_request<channel::DeleteExport>(state);
    apply(state, channel::ExportDeleted{drop.id});
    CHECK(state.wizard->exports[0].deleted);
    CHECK_FALSE(state.wizard->exports[0].error);
    apply(state, DeleteExportFile{0});
    CHECK(state.outbox.crypto.empty());
}
