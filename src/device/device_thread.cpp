#include "device/device_thread.hpp"

#include "device/doctor.hpp"
#include "device/errors.hpp"
#include "device/session.hpp"
#include "device/system_clock_sync.hpp"
#include "device/token_status.hpp"
#include "wire/firmware_versions.hpp"

#include <algorithm>
#include <atomic>
#include <deque>
#include <exception>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>

namespace tokendeck::device {
namespace {

// How long a worker sleeps before it looks again whether a full mailbox, an answer or the end has come.
constexpr base::Milliseconds short_wait{20};

channel::TokenInfo info_of(const wire::Sighting& sighting, const wire::Model& model) {
    channel::TokenInfo info;
    info.key = sighting.key;
    info.model = model.key;
    info.title = model.title;
    info.usb_serial = sighting.usb_serial;
    info.via = sighting.via;
    info.node = sighting.node;
    info.simulated = sighting.simulated;
    info.card_serial = card_serial_in(sighting.usb_serial, model);
    if (model.boot_loader) info.access = channel::TokenAccess::boot_loader;
    else if (!model.served()) info.access = channel::TokenAccess::not_served;
    else if (sighting.access == wire::Access::no_permission) info.access = channel::TokenAccess::no_permission;
    return info;
}

}  // namespace

struct DeviceThread::Worker final : CodeOracle, SessionListener {
    explicit Worker(DeviceThreadParts given) : parts(std::move(given)) {}

    struct Seen {
        channel::TokenInfo info;
        wire::Sighting sighting;
        const wire::Model* model;
        wire::TransportSource* source;
        bool asked = false;  // for its card serial, in this plugging-in
    };

    DeviceThreadParts parts;
    std::atomic<bool> stop{false};
    SlotMarks marks{};
    ExchangeLog log{};
    std::vector<Seen> seen{};
    std::optional<std::vector<channel::TokenInfo>> told{};  // by the last TokensSeen
    base::SteadyTime next_look{};
    std::unique_ptr<Session> session{};
    channel::MessageId current = 0;  // the command under way
    channel::MessageId last_question = 0;
    std::deque<channel::DeviceCommand> later{};  // came during a check
    bool check_cancelled = false;
    std::thread thread{};

    // ---- the loop ----

    void run() {
        guarded([&] { look(); });
        while (!stop) {
            const auto now = parts.clock.steady();
            const auto wait = std::clamp(std::chrono::duration_cast<base::Microseconds>(next_look - now),
                                         base::Microseconds{0}, base::Microseconds{look_interval});
            std::optional<channel::DeviceCommand> command;
            guarded([&] { command = next_command(wait); });
            if (command) answer(std::move(*command));
            guarded([&] {
                if (parts.clock.steady() >= next_look || (session && session->unplugged())) look();
                tell_exchanges();
            });
        }
        while (auto command = next_command({})) answer(std::move(*command));
        session.reset();
    }

    std::optional<channel::DeviceCommand> next_command(base::Microseconds wait) {
        if (later.empty()) return wait.count() > 0 ? parts.commands.pop_within(wait) : parts.commands.try_pop();
        auto command = std::move(later.front());
        later.pop_front();
        return command;
    }

    // Nothing gets out. True if nothing wanted to.
    template <typename Action>
    bool guarded(Action action) noexcept {
        try {
            action();
            return true;
        } catch (...) {
            return false;
        }
    }

    void answer(channel::DeviceCommand command) {
        current = channel::id_of(command);
        const channel::MessageId id = current;
        const bool went_well = guarded([&] {
            if (stop) fail_stopping(std::move(command));
            else std::visit([&](auto& c) { handle(c); }, command);
        });
        // `current` is zero once the terminal event is out.
        if (!went_well && id != 0 && current == id)
            guarded([&] { finish(channel::CommandFailed{id, base::Error{errors::internal}}); });
        current = 0;
    }

    // ---- events ----

    void emit(channel::DeviceEvent event) {
        while (!parts.events.try_push(std::move(event))) {
            if (stop) return;  // main waits for us and takes nothing out any more
            parts.clock.sleep(short_wait);
        }
        if (parts.wake_main) parts.wake_main();
    }

    // The one terminal event of the command under way; before it, what the diagnostics panel wants.
    template <typename Event>
    void finish(Event event) {
        tell_exchanges();
        event.id = current;
        current = 0;
        emit(std::move(event));
    }

    void fail(channel::CommandFailed failure, base::SecretBytes secret = {}) {
        failure.secret = std::move(secret);
        finish(std::move(failure));
    }
    void fail(base::Error error, base::SecretBytes secret = {}) {
        fail(failed_with(std::move(error)), std::move(secret));
    }

    void fail_stopping(channel::DeviceCommand command) {
        if (current == 0) return;
        base::SecretBytes secret;
        if (auto* write = std::get_if<channel::WriteSlot>(&command)) secret = std::move(write->secret);
        fail(base::Error{errors::stopping}, std::move(secret));
    }

    void tell_computer_clock() { emit(computer_clock(parts.clock)); }

    void tell_exchanges() {
        if (!log.empty()) emit(channel::ExchangesLogged{log.take()});
    }

    // ---- hot-plug ----

    // What is there now, without telling.
    void scan() {
        std::vector<Seen> now;
        for (wire::TransportSource* source : parts.sources)
            for (wire::Sighting& sighting : source->look())
                if (const wire::Model* model = wire::find_model(sighting.vendor_id, sighting.product_id)) {
                    Seen token{info_of(sighting, *model), std::move(sighting), model, source};
                    if (const Seen* known = find(token.info.key); known != nullptr && known->model == model) {
                        token.asked = known->asked;
                        if (token.info.card_serial.empty()) token.info.card_serial = known->info.card_serial;
                    }
                    if (session && session->status().info.key == token.info.key)
                        token.info.card_serial = session->status().card_serial;
                    now.push_back(std::move(token));
                }
        seen = std::move(now);
    }

    // Two Storages differ in nothing that USB shows (quirk Q-S19), so each token whose card serial is not known is
    // asked for it, once in its plugging-in and before anybody hears of it. A token that does not answer stays without.
    void ask_card_serial(Seen& token) {
        if (token.asked || !token.info.card_serial.empty() || !token.model->served() ||
            token.info.access != channel::TokenAccess::openable)
            return;
        token.asked = true;
        if (auto state = ask(token); state.ok()) token.info.card_serial = serial_text(state.value().card_serial);
    }

    // How a token is, without a PIN: through the open session if it is that one's.
    base::Result<TokenState> ask(const Seen& token) {
        if (session && session->status().info.key == token.info.key) return session->ask();
        std::uint8_t nonce[2] = {};
        if (auto filled = parts.random.fill(nonce); !filled.ok()) return std::move(filled).error();
        auto transport = token.source->open(token.sighting);
        if (!transport.ok()) return std::move(transport).error();
        Exchanger exchanger(*transport.value(), parts.clock, log, static_cast<std::uint16_t>(nonce[0] | nonce[1] << 8),
                            &stop);
        return TokenDriver(exchanger, *token.model).state();
    }

    // Never while a command is under way: it opens tokens.
    void look() {
        next_look = parts.clock.steady() + look_interval;
        scan();
        if (session) {
            const channel::TokenKey key = session->status().info.key;
            if (session->unplugged() || find(key) == nullptr) {
                session.reset();
                emit(channel::TokenLost{key});
            }
        }
        for (Seen& token : seen)
            if (!session || session->status().info.key != token.info.key) guarded([&] { ask_card_serial(token); });

        std::vector<channel::TokenInfo> infos = infos_seen();
        if (told == infos) return;
        told = infos;
        emit(channel::TokensSeen{std::move(infos)});
    }

    [[nodiscard]] std::vector<channel::TokenInfo> infos_seen() const {
        std::vector<channel::TokenInfo> infos;
        for (const Seen& token : seen) infos.push_back(token.info);
        return infos;
    }

    [[nodiscard]] const Seen* find(const channel::TokenKey& key) const {
        const auto found = std::ranges::find(seen, key, [](const Seen& token) { return token.info.key; });
        return found == seen.end() ? nullptr : &*found;
    }

    // ---- commands ----

    void handle(std::monostate&) {}

    void handle(channel::OpenToken& command) {
        session.reset();
        const Seen* token = find(command.key);
        if (token == nullptr) {
            scan();  // the next look tells
            next_look = {};
            token = find(command.key);
        }
        if (token == nullptr) return fail(base::Error{errors::no_such_token});
        const channel::TokenInfo info = token->info;
        if (info.access == channel::TokenAccess::not_served || info.access == channel::TokenAccess::boot_loader)
            return fail(base::Error{.code = errors::model_not_served, .subject = info.title});
        if (info.access == channel::TokenAccess::no_permission)
            return fail(base::Error{.code = wire::errors::no_permission, .subject = info.node});
        auto transport = token->source->open(token->sighting);
        if (!transport.ok()) return fail(std::move(transport).error());
        auto opened = Session::open(info, *token->model, std::move(transport).value(),
                                    SessionTools{parts.clock, parts.random, *this, *this, marks, log, &stop});
        if (!opened.ok()) return fail(std::move(opened).error());
        session = std::move(opened).value();
        tell_computer_clock();
        finish(channel::TokenOpened{0, session->status(), session->slots()});
    }

    void handle(channel::RefreshToken&) {
        if (!session) return fail(base::Error{errors::no_active_token});
        if (auto read = session->refresh(); !read.ok()) return fail(std::move(read).error());
        tell_computer_clock();
        finish(channel::TokenRefreshed{0, session->status(), session->slots()});
    }

    // Nothing: the command is for the open token.
    [[nodiscard]] std::optional<base::Error> wrong_token(const channel::TokenKey& key) const {
        if (!session) return base::Error{errors::no_active_token};
        if (session->status().info.key != key) return base::Error{errors::wrong_token};
        return std::nullopt;
    }

    void handle(channel::GetCode& command) {
        if (auto wrong = wrong_token(command.token)) return fail(std::move(*wrong));
        auto code = session->code(std::move(command));
        if (!code.ok()) return fail(std::move(code.failure()));
        finish(std::move(code.value()));
    }

    void handle(channel::WriteSlot& command) {
        if (auto wrong = wrong_token(command.token)) return fail(std::move(*wrong), std::move(command.secret));
        std::optional<CommandResult<channel::SlotProven>> written;
        if (!guarded([&] { written.emplace(session->write(command)); })) written.emplace(base::Error{errors::internal});
        if (!written->ok()) return fail(std::move(written->failure()), std::move(command.secret));
        channel::SlotProven& proven = written->value();
        if (command.return_secret) proven.secret = std::move(command.secret);
        finish(std::move(proven));
    }

    void handle(channel::EditSlot& command) {
        if (auto wrong = wrong_token(command.token)) return fail(std::move(*wrong));
        auto edited = session->edit(std::move(command));
        if (!edited.ok()) return fail(std::move(edited.failure()));
        finish(std::move(edited.value()));
    }

    void handle(channel::EraseSlot& command) {
        if (auto wrong = wrong_token(command.token)) return fail(std::move(*wrong));
        auto erased = session->erase(std::move(command));
        if (!erased.ok()) return fail(std::move(erased.failure()));
        finish(channel::SlotErased{0, std::move(erased.value())});
    }

    // ---- care of the token ----

    void care_done(channel::CareTask task, CommandResult<Session::Remarks> result) {
        if (!result.ok()) return fail(std::move(result.failure()));
        finish(channel::CareDone{.task = task,
                                 .status = session->status(),
                                 .slots = session->slots(),
                                 .remarks = std::move(result.value())});
    }

    void handle(channel::ChangePin& command) {
        if (auto wrong = wrong_token(command.token)) return fail(std::move(*wrong));
        const auto task = command.kind == channel::PinKind::admin ? channel::CareTask::change_admin_pin
                                                                  : channel::CareTask::change_user_pin;
        care_done(task, session->change_pin(std::move(command)));
    }

    void handle(channel::UnblockUserPin& command) {
        if (auto wrong = wrong_token(command.token)) return fail(std::move(*wrong));
        care_done(channel::CareTask::unblock_user_pin, session->unblock_user_pin(std::move(command)));
    }

    void handle(channel::WriteConfig& command) {
        if (auto wrong = wrong_token(command.token)) return fail(std::move(*wrong));
        care_done(channel::CareTask::write_config, session->write_config(std::move(command)));
    }

    void handle(channel::FactoryReset& command) {
        if (auto wrong = wrong_token(command.token)) return fail(std::move(*wrong));
        care_done(channel::CareTask::factory_reset, session->factory_reset(std::move(command)));
    }

    void handle(channel::NewAesKey& command) {
        if (auto wrong = wrong_token(command.token)) return fail(std::move(*wrong));
        care_done(channel::CareTask::new_aes_key, session->new_aes_key(std::move(command)));
    }

    void handle(channel::LockToken& command) {
        if (auto wrong = wrong_token(command.token)) return fail(std::move(*wrong));
        care_done(channel::CareTask::lock, session->lock());
    }

    void handle(channel::ForgetPins& command) {
        if (session) {
            if (!command.admin_only) session->forget_user_pin();
            session->forget_admin_pin();
        }
        finish(channel::Done{});
    }

    void handle(channel::CheckToken& command) {
        if (auto wrong = wrong_token(command.token)) return fail(std::move(*wrong));
        check_cancelled = false;
        auto checked_token = session->check(std::move(command));
        if (!checked_token.ok()) return fail(std::move(checked_token.failure()));
        finish(std::move(checked_token.value()));
    }

    // None is under way: one that is hears of it in `cancelled`.
    void handle(channel::CancelCheck&) { finish(channel::Done{}); }

    ExaminedToken examined(const Seen& token) {
        ExaminedToken answer{token.info};
        if (token.info.access != channel::TokenAccess::openable) return answer;
        tell_exchanges();
        answer.error = base::Error{errors::internal};
        guarded([&] {
            auto state = ask(token);
            if (!state.ok()) {
                answer.error = std::move(state).error();
                return;
            }
            answer.error.reset();
            answer.card_silent = state.value().card_serial == 0;
            answer.card_in_use = state.value().card_in_use.value_or(false);
            answer.firmware_minor = state.value().firmware.minor;
            if (const auto* newest = wire::newest_firmware(*token.model)) answer.newest_known = newest->minor;
        });
        answer.others_heard = log.foreign() > 0;
        return answer;
    }

    void handle(channel::Examine&) {
        scan();
        next_look = {};
        tell_computer_clock();
        std::vector<ExaminedToken> tokens;
        for (const Seen& token : seen) tokens.push_back(examined(token));
        finish(channel::Examined{0, examine(tokens, examine_bus(), surroundings(parts.clock))});
    }

    // "/a/b.token" -> "/a/b-2.token".
    [[nodiscard]] static std::string numbered(const std::string& file, int number) {
        const std::size_t slash = file.find_last_of("/\\");
        const std::size_t dot = file.find_last_of('.');
        const bool ends = dot != std::string::npos && (slash == std::string::npos || dot > slash + 1);
        const std::size_t at = ends ? dot : file.size();
        return file.substr(0, at) + "-" + std::to_string(number) + file.substr(at);
    }

    void handle(channel::AttachSimulated& command) {
        if (parts.simulated == nullptr) return fail(base::Error{errors::simulation_unavailable});
        auto attached = parts.simulated->attach(command.model, command.file);
        for (int number = 2; !attached && attached.error().code == wire::errors::claimed && number < 10; ++number)
            attached = parts.simulated->attach(command.model, numbered(command.file, number));
        if (!attached) return fail(std::move(attached).error());
        finish(channel::Done{});
        look();
    }

    void handle(channel::DetachSimulated&) {
        if (parts.simulated == nullptr) return fail(base::Error{errors::simulation_unavailable});
        parts.simulated->detach();
        finish(channel::Done{});
        look();
    }

    // ---- what the session asks for ----

    base::Result<base::SecretText> expected(const base::SecretBytes& secret, otp::HashAlgorithm algorithm,
                                            std::uint32_t digits, std::uint64_t factor) override {
        channel::CodeQuestion question{++last_question, secret.clone(), algorithm, digits, factor};
        const base::Deadline deadline(parts.clock, code_answer_budget);
        while (!parts.questions.try_push(std::move(question))) {
            if (stop || deadline.passed()) return base::Error{errors::code_unanswered};
            parts.clock.sleep(short_wait);
        }
        do {
            auto answer_read = parts.answers.pop_within(short_wait);
            if (!answer_read || answer_read->id != last_question) continue;
            if (answer_read->error) return std::move(*answer_read->error);
            return std::move(answer_read->code);
        } while (!stop && !deadline.passed());
        return base::Error{errors::code_unanswered};
    }

    void progress(channel::WriteStep step) override {
        tell_exchanges();
        emit(channel::WriteProgress{current, step});
    }

    void checked(const channel::CheckedStep& step) override {
        tell_exchanges();
        emit(channel::CheckProgress{current, step});
    }

    // What else is wanted meanwhile waits until the check is over.
    bool cancelled() override {
        while (auto command = parts.commands.try_pop()) {
            if (const auto* cancel = std::get_if<channel::CancelCheck>(&*command)) {
                check_cancelled = true;
                emit(channel::Done{cancel->id});
            } else {
                later.push_back(std::move(*command));
            }
        }
        return check_cancelled;
    }

    void clock_set(base::UnixTime at) override { emit(channel::TokenClockSet{at}); }
};

DeviceThread::DeviceThread(DeviceThreadParts parts) : worker_(std::make_unique<Worker>(std::move(parts))) {
    worker_->thread = std::thread([worker = worker_.get()] { worker->run(); });
}

DeviceThread::~DeviceThread() {
    stop();
}

void DeviceThread::stop() {
    if (!worker_->thread.joinable()) return;
    worker_->stop = true;
    // Wakes it. If the mailbox is full it is awake.
    (void)worker_->parts.commands.try_push(channel::DeviceCommand{});
    worker_->thread.join();
}

}  // namespace tokendeck::device
