// The diagnostics' numbers, and the report that goes to support: all that is needed, and nothing that is anybody's.
#include "state/diagnostics.hpp"
#include "state/fixtures.hpp"
#include "support/catch.hpp"

#include <string>
#include <string_view>
#include <vector>

using namespace tokendeck;
using namespace tokendeck::state;
using namespace tokendeck::state::test;
using state::diagnostics::FirmwareNews;
using state::diagnostics::Outcome;

namespace {

channel::ExchangeRecord exchange(std::string command, std::string status, std::int64_t microseconds,
                                 bool transport_error = false, std::uint32_t foreign = 0) {
    return {std::move(command), std::move(status), transport_error, base::Microseconds{microseconds}, 2, foreign,
            {start_unix * 1000}};
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

channel::NewestFirmware newest_pro() {
    channel::NewestFirmware newest;
    newest.minor = 15;
    newest.noted = "2026-11";
    newest.limits = status("a").limits;
    newest.abilities.edit = true;
    newest.quirks = {"Q-P1"};
    return newest;
}

AppState with_status(channel::TokenStatus told) {
    AppState state = with_token();
    state.active->status = std::move(told);
    return state;
}

// Text of the kinds that must not get out. Each is met nowhere else.
class Plants {
  public:
    std::string name() { return keep("Forge:ann" + next() + "@example.org"); }
    std::string pin() { return keep("3141" + next()); }
    std::string code() { return keep("7552" + next()); }
    std::string serial() { return keep("0BEE" + next()); }
    std::string base32() { return keep("GEZDGNBVGY3TQOJQ" + next()); }
    std::string path() { return keep("/home/ann" + next() + "/qr.png"); }
    [[nodiscard]] const std::vector<std::string>& all() const { return planted_; }

  private:
    std::string next() { return std::to_string(8000 + ++count_); }
    std::string keep(std::string text) { return planted_.emplace_back(std::move(text)); }
    std::vector<std::string> planted_{};
    int count_ = 0;
};

base::SecretText secret(const std::string& text) {
    return base::SecretText::copy_of(text);
}

base::SecretBytes bytes_of(const std::string& text) {
    base::SecretBytes made(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) made.bytes()[i] = static_cast<std::uint8_t>(text[i]);
    return made;
}

base::Error planted_error(Plants& plants) {
    base::Error error{base::ErrorCode{"device.wrong-pin"}};
    error.field = plants.base32();
    error.subject = plants.path();
    return error;
}

otp::SlotSummary planted_slot(Plants& plants, std::uint8_t n) {
    otp::SlotSummary slot;
    slot.id = otp::NumberedSlot{otp::OtpKind::totp, n};
    slot.name = plants.name();
    slot.state = otp::SlotState::programmed;
    return slot;
}

otp::OtpEnrolment planted_enrolment(Plants& plants) {
    otp::OtpEnrolment made;
    made.issuer = plants.name();
    made.account = plants.name();
    made.secret = bytes_of(plants.base32());
    return made;
}

channel::TokenInfo planted_info(Plants& plants) {
    channel::TokenInfo made = info(plants.serial());
    made.usb_serial = plants.serial();
    made.card_serial = plants.serial();
    made.via = "hidraw";
    made.node = "/dev/bus/" + plants.serial();
    return made;
}

// All that the program can know of a person, in every place where it can be.
// Each step of the wizard, with something planted in all it has.
decltype(Wizard::step) planted_step(Plants& plants, std::size_t number) {
    switch (number) {
        case 0: {
            InputStep input;
            input.error = planted_error(plants);
            input.browser.path = plants.path();
            input.browser.entries = {{plants.path(), true}};
            return input;
        }
        case 1: {
            ReadingStep reading;
            reading.file = plants.path();
            reading.to_read = {plants.path()};
            return reading;
        }
        case 2: return ReviewStep{};
        case 3: return PinStep{planted_error(plants)};
        case 4: return WritingStep{};
        case 5: {
            ProvenStep proven;
            proven.result = planted_slot(plants, 7);
            return proven;
        }
        default: {
            FailedStep failed;
            failed.error = planted_error(plants);
            failed.result = planted_slot(plants, 7);
            return failed;
        }
    }
}

AppState planted(Plants& plants) {
    AppState state = fresh();
    state.screen = Screen::wizard;
    state.diagnostics.program = "tokendeck 9.8.7";
    state.diagnostics.system = "Linux 6.1.0 x86_64";
    state.tokens = {planted_info(plants), planted_info(plants)};
    state.opening = plants.serial();
    state.open_error = planted_error(plants);
    state.open_error_token = plants.serial();

    ActiveToken& active = state.active.emplace();
    active.status = status(plants.serial());
    active.status.info = planted_info(plants);
    active.status.card_serial = plants.serial();
    active.status.storage.emplace().sd_card_serial = plants.serial();
    active.status.quirks = {"Q-S1"};
    active.slots = empty_slots();
    active.slots[3] = planted_slot(plants, 1);
    active.slots[4] = planted_slot(plants, 2);

    ShownCode& shown = state.shown.emplace();
    shown.name = plants.name();
    shown.code = secret(plants.code());
    RecentHotp& recent = state.recent_hotp.emplace_back();
    recent.name = plants.name();
    recent.code = secret(plants.code());
    state.clipboard.emplace().name = plants.name();
    state.pending.emplace_back().token = plants.serial();

    RemoveDialog& remove = state.remove.emplace();
    remove.slot = planted_slot(plants, 3);
    remove.error = planted_error(plants);
    UserPinDialog& user_pin = state.user_pin.emplace();
    user_pin.slot = planted_slot(plants, 4);
    user_pin.error = planted_error(plants);
    state.time.emplace().slot = planted_slot(plants, 5);
    EditDialog& edit = state.edit.emplace();
    edit.slot = planted_slot(plants, 6);
    edit.name = plants.name();
    CareDialog& care = state.care.emplace();
    care.error = planted_error(plants);
    care.remarks = {planted_error(plants)};
    Notice& notice = state.notice.emplace();
    notice.subject = plants.name();
    notice.error = planted_error(plants);

    Wizard& wizard = state.wizard.emplace();
    Candidate& account = wizard.candidates.emplace_back();
    account.enrolment = planted_enrolment(plants);
    account.name = plants.name();
    account.was = Candidate::SlotOfCard{{}, plants.serial()};
    account.failure = planted_error(plants);
    wizard.token = {plants.serial(), plants.serial()};
    wizard.spare_of = {plants.serial(), plants.serial()};
    wizard.refused.push_back({1, planted_error(plants)});

    state.settings.simulated_file = plants.path();
    state.settings.simulated_models = {{"pro", "Nitrokey Pro", plants.path()}};

    channel::Finding finding;
    finding.error = base::Error{base::ErrorCode{"doctor.no-rule"}, plants.serial(), plants.path()};
    finding.command = "sudo chmod " + plants.path();
    state.findings = {finding};

    // An exchange's record holds names from tables. Were it otherwise, the report would not tell.
    channel::ExchangesLogged log;
    log.records.push_back(exchange("GET_CODE", "ok", 4'200));
    log.records.push_back(exchange("USER_AUTHENTICATE", "wrong PIN", 600'000));
    log.records.push_back(exchange("READ_SLOT", "device.no-answer", 2'000'000, true));
    for (const auto& text : {plants.pin(), plants.code(), plants.base32(), plants.serial(), plants.name()}) {
        log.records.push_back(exchange(text, "ok", 1'000));
        log.records.push_back(exchange("GET_CODE", text, 1'000));
    }
    apply(state, std::move(log));

    channel::GetCode get;
    get.user_pin = secret(plants.pin());
    state.outbox.device.emplace_back(std::move(get));
    channel::WriteSlot write;
    write.name = plants.name();
    write.secret = bytes_of(plants.base32());
    write.admin_pin = secret(plants.pin());
    state.outbox.device.emplace_back(std::move(write));
    state.outbox.effects.emplace_back(PutOnClipboard{secret(plants.code())});
    return state;
}

}  // namespace

TEST_CASE("the report has no secret, PIN, code, name, serial number, path or subject, wherever they are") {
    Plants plants;
    AppState state = planted(plants);
    for (std::size_t step = 0; step < std::variant_size_v<decltype(Wizard::step)>; ++step) {
        state.wizard->step = planted_step(plants, step);
        REQUIRE(state.wizard->step.index() == step);
        const std::string report = diagnostics::report(state);
        REQUIRE(plants.all().size() > 60);
        for (const std::string& text : plants.all()) {
            INFO(text);
            CHECK_FALSE(has(report, text));
        }
        for (const std::string_view part : {"ann", "example", "Forge", "home", "/dev", "chmod"}) {
            INFO(part);
            CHECK_FALSE(has(report, part));
        }
    }
}

TEST_CASE("the report has what support needs: program, system, model, firmware, tries, counts, errors and commands") {
    Plants plants;
    AppState state = planted(plants);
    state.active->status.newest = newest_pro();
    const std::string report = diagnostics::report(state);
    INFO(report);
    for (const std::string_view part :
         {"tokendeck 9.8.7 on Linux 6.1.0 x86_64", "Nitrokey Pro", "hidraw", "0.15, the newest known (as of 2026-11)",
          "3 of 3 tries left", "2 of 15 used", "0 of 3 used", "secrets up to:          40 bytes", "Q-S1",
          "problem: doctor.no-rule", "2 x Nitrokey Pro", "not opened:             device.wrong-pin", "1 x wrong PIN",
          "1 x device.no-answer", "USER_AUTHENTICATE", "600.0 ms", "exchanges:              13",
          "encrypted volume:       closed"})
        CHECK(has(report, part));
}

TEST_CASE("the report does not tell whether a hidden volume is open") {
    channel::TokenStatus told = status("a");
    told.storage.emplace();
    AppState state = with_status(told);
    const std::string closed = diagnostics::report(state);
    state.active->status.storage->hidden = {true, false};
    CHECK(diagnostics::report(state) == closed);
    CHECK_FALSE(has(closed, "hidden"));
    state.active->status.storage->encrypted = {true, false};
    CHECK(diagnostics::report(state) != closed);
}

TEST_CASE("the report can be made without a token and before anything happened") {
    const std::string report = diagnostics::report(fresh());
    CHECK(has(report, "Tokens seen\nnone\n"));
    CHECK(has(report, "exchanges:              0\n"));
}

TEST_CASE("copying the report puts it on the clipboard to stay, and a code that was lent there is not taken back") {
    AppState state = with_token();
    state.clipboard.emplace().clears_at = steady(1'000);
    apply(state, CopyReport{});
    REQUIRE(state.outbox.effects.size() == 1);
    const auto* put = std::get_if<PutOnClipboard>(&state.outbox.effects.front());
    REQUIRE(put != nullptr);
    CHECK(put->text.view() == diagnostics::report(state));
    REQUIRE(state.notice);
    CHECK(state.notice->text_key == "notice.report-copied");
    at(state, 60'000);
    CHECK(state.outbox.effects.size() == 1);
}

TEST_CASE("percentiles are by nearest rank, and one exchange is all of them") {
    CHECK(diagnostics::times_of(std::vector<double>{}).count == 0);
    const auto one = diagnostics::times_of(std::vector<double>{7});
    CHECK(one.p50 == 7);
    CHECK(one.p99 == 7);
    std::vector<double> hundred;
    for (int i = 100; i >= 1; --i) hundred.push_back(i);
    const auto times = diagnostics::times_of(hundred);
    CHECK(times.count == 100);
    CHECK(times.p50 == 50);
    CHECK(times.p95 == 95);
    CHECK(times.p99 == 99);
    CHECK(times.longest == 100);
}

TEST_CASE("times are told by command, those asked most often first, and errors by kind, counted over all exchanges") {
    AppState state = with_token();
    channel::ExchangesLogged log;
    for (int i = 0; i < 300; ++i) log.records.push_back(exchange("READ_SLOT", "wrong slot", 3'000));
    for (int i = 0; i < 3; ++i) log.records.push_back(exchange("GET_CODE", "ok", 1'000 * (i + 1)));
    log.records.push_back(exchange("READ_SLOT", "wire.unplugged", 9'000, true));
    log.records.push_back(exchange("READ_SLOT", "slot not programmed", 1'000));
    apply(state, std::move(log));
    const auto commands = diagnostics::times_by_command(state.diagnostics);
    REQUIRE(commands.size() == 2);
    CHECK(commands[0].command == "READ_SLOT");
    CHECK(commands[1].times.count == 3);
    CHECK(commands[1].times.p50 == 2);
    const auto errors = diagnostics::errors_by_kind(state.diagnostics);
    REQUIRE(errors.size() == 2);
    CHECK(errors[0].name == "wrong slot");
    CHECK(errors[0].count == 300);
    CHECK(errors[1].name == "wire.unplugged");
}

TEST_CASE("an exchange is fine, refused, foreign or failed") {
    CHECK(diagnostics::outcome_of(exchange("GET_CODE", "ok", 1)) == Outcome::fine);
    CHECK(diagnostics::outcome_of(exchange("READ_SLOT", "slot not programmed", 1)) == Outcome::fine);
    CHECK(diagnostics::outcome_of(exchange("GET_CODE", "slot not programmed", 1)) == Outcome::refused);
    CHECK(diagnostics::outcome_of(exchange("GET_CODE", "ok", 1, false, 2)) == Outcome::foreign);
    CHECK(diagnostics::outcome_of(exchange("GET_CODE", "ok", 1, true)) == Outcome::failed);
}

TEST_CASE("an old firmware is told what the newest known one brings and takes away") {
    channel::TokenStatus told = status("a");
    CHECK(diagnostics::firmware_news(told).kind == FirmwareNews::Kind::unknown);
    told.newest = newest_pro();
    CHECK(diagnostics::firmware_news(told).kind == FirmwareNews::Kind::newest);
    told.firmware_minor = 16;
    CHECK(diagnostics::firmware_news(told).kind == FirmwareNews::Kind::ahead);
    told.firmware_major = 1;
    told.firmware_minor = 0;
    CHECK(diagnostics::firmware_news(told).kind == FirmwareNews::Kind::ahead);

    told.firmware_major = 0;
    told.firmware_minor = 7;
    told.limits.secret_bytes_max = 20;
    told.limits.totp_slots = 15;
    told.newest->limits.totp_slots = 14;
    told.abilities.pin_per_command = true;
    told.abilities.lock_key_slots = 2;
    told.quirks = {"Q-P1", "Q-P8", "Q-P9"};
    const FirmwareNews news = diagnostics::firmware_news(told);
    CHECK(news.kind == FirmwareNews::Kind::older);
    CHECK(news.minor == 15);
    CHECK(news.secret_bytes == 40);
    CHECK(news.edit);
    CHECK(news.pin_lasts);
    CHECK(news.faults_fewer == 2);
    CHECK(news.lock_keys_lost);
    CHECK(news.totp_slots_lost == 1);
}

TEST_CASE(
    "a Pro's clock may be one percent and more behind; of a Storage's, and after a change of time, nothing is said") {
    AppState state = with_token();
    CHECK_FALSE(diagnostics::clock_bounds(state));
    apply(state, channel::TokenClockSet{state.unix_now});
    at(state, 1'000'000);
    const auto bounds = diagnostics::clock_bounds(state);
    REQUIRE(bounds);
    CHECK(bounds->behind > 1'000'000 * 0.0099);
    CHECK(bounds->behind < 1'000'000 * 0.03);
    CHECK(bounds->ahead >= 1'000);
    CHECK(bounds->ahead < 3'000);
    state.active->clock_set_at->milliseconds += 2'000'000;
    CHECK_FALSE(diagnostics::clock_bounds(state));
    state.active->clock_set_at->milliseconds -= 2'000'000;
    state.active->status.storage.emplace();
    CHECK_FALSE(diagnostics::clock_bounds(state));
}

TEST_CASE("whether the computer's clock is kept right reaches the report") {
    AppState state = with_token();
    CHECK(has(diagnostics::report(state), "computer synchronised:  not told by this system"));
    apply(state, channel::ComputerClock{false, {}, {}, {}});
    CHECK(has(diagnostics::report(state), "computer synchronised:  no"));
    apply(state, channel::ComputerClock{true, base::Microseconds{12'300}, base::Microseconds{400}, {}});
    CHECK(has(diagnostics::report(state), "computer synchronised:  yes, within 12.3 ms (estimated 0.4 ms)"));
}
