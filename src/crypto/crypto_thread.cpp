#include "crypto/crypto_thread.hpp"

#include "crypto/accounts.hpp"
#include "crypto/expected_code.hpp"
#include "crypto/export_file.hpp"
#include "crypto/new_secret.hpp"
#include "crypto/otpauth.hpp"
#include "crypto/picture_file.hpp"
#include "crypto/sheet_file.hpp"
#include "files/folder.hpp"
#include "qr/encode.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace tokendeck::crypto {
namespace {

using namespace channel;

CryptoReply reply(std::monostate) {
    return {};
}

CryptoReply reply(const ListFolder& request) {
    auto listed = files::list_folder(request.path, request.typed);
    if (!listed) return RequestFailed{request.id, std::move(listed).error()};
    listed.value().id = request.id;
    return std::move(listed).value();
}

CryptoReply accounts_or_failure(MessageId id, base::Result<AccountsRead> read) {
    if (!read) return RequestFailed{id, std::move(read).error()};
    read.value().id = id;
    return std::move(read).value();
}

CryptoReply reply(const ReadAccountsInImage& request) {
    auto content = read_picture_file(request.path);
    if (!content) return RequestFailed{request.id, std::move(content).error()};
    const auto bytes = std::as_const(content.value()).bytes();
    auto read = read_accounts_in_file(bytes);
    if (read) read.value().export_file = export_file(request.path, bytes);
    return accounts_or_failure(request.id, std::move(read));
}

CryptoReply reply(const ReadAccountsInPicture& request) {
    return accounts_or_failure(request.id, read_accounts_in_picture(request.picture.bytes()));
}

CryptoReply reply(const ReadAccountsInText& request) {
    return accounts_or_failure(request.id, read_accounts(request.text, request.as_hex));
}

CryptoReply reply(const ExplainText& request) {
    TextExplained explained = explain(request.text, request.as_hex);
    explained.id = request.id;
    return explained;
}

CryptoReply reply(const MakeSecret& request) {
    base::SystemRandom random;
    auto secret = make_secret(random, request.bytes);
    if (!secret) return RequestFailed{request.id, std::move(secret).error()};
    base::SecretText base32 = in_groups(secret.value());
    return SecretMade{request.id, std::move(secret).value(), std::move(base32)};
}

CryptoReply reply(const ShowSheet& request) {
    auto uri = write_otpauth(request.enrolment);
    if (!uri) return RequestFailed{request.id, std::move(uri).error()};
    auto code = qr::encode(uri.value().view());
    if (!code) return RequestFailed{request.id, std::move(code).error()};
    return SheetShown{request.id, code.value().side, std::move(code.value().modules),
                      in_groups(request.enrolment.secret)};
}

CryptoReply reply(const SuggestSheetPath& request) {
    return SheetPathSuggested{request.id, suggested_sheet_path(request.name)};
}

CryptoReply reply(const WriteSheet& request) {
    auto sheet = make_sheet(request);
    if (!sheet) return RequestFailed{request.id, std::move(sheet).error()};
    auto path = write_sheet_file(request.path, sheet.value());
    if (!path) return RequestFailed{request.id, std::move(path).error()};
    return SheetWritten{request.id, std::move(path).value()};
}

CryptoReply reply(const DeleteSheet& request) {
    auto deleted = delete_sheet_file(request.path);
    if (!deleted) return RequestFailed{request.id, std::move(deleted).error()};
    return SheetDeleted{request.id};
}

CryptoReply reply(const DeleteExport& request) {
    auto deleted = delete_export_file(request.file);
    if (!deleted) return RequestFailed{request.id, std::move(deleted).error()};
    return ExportDeleted{request.id};
}

base::Doorbell& common_doorbell(base::Doorbell* a, base::Doorbell* b) {
    // A defect of the program that would otherwise show as a thread that sleeps for ever.
    if (a == nullptr || a != b) throw std::logic_error("CryptoThread: the mailboxes need one common doorbell");
    return *a;
}

}  // namespace

CryptoReply reply_to(CryptoRequest request) {
    return std::visit([](const auto& r) { return reply(r); }, request);
}

CodeAnswer answer_to(CodeQuestion question) {
    auto code = expected_code(question.secret, question.algorithm, question.digits, question.factor);
    if (!code) return {question.id, std::move(code).error(), {}};
    return {question.id, std::nullopt, std::move(code).value()};
}

CryptoThread::CryptoThread(base::Mailbox<CryptoRequest>& requests, base::Mailbox<CryptoReply>& replies,
                           base::Mailbox<CodeQuestion>& questions, base::Mailbox<CodeAnswer>& answers,
                           std::function<void()> wake_main)
    : requests_(requests),
      replies_(replies),
      questions_(questions),
      answers_(answers),
      wake_main_(std::move(wake_main)),
      doorbell_(common_doorbell(requests.doorbell(), questions.doorbell())),
      thread_([this] { run(); }) {}

void CryptoThread::stop() {
    stopping_.store(true, std::memory_order_release);
    doorbell_.ring();
    if (thread_.joinable()) thread_.join();
}

void CryptoThread::run() {
    while (!stopping()) {
        const std::uint32_t rings = doorbell_.rings();
        if (!serve()) doorbell_.wait_for_change(rings);
    }
}

bool CryptoThread::serve() {
    // The other side may be slow to take its answers; this thread may wait, and has nothing better to do.
    const auto deliver = [this](auto& mailbox, auto message) {
        while (!mailbox.try_push(std::move(message))) {
            if (stopping()) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    };
    if (auto question = questions_.try_pop()) {
        deliver(answers_, answer_to(std::move(*question)));
        return true;
    }
    if (auto request = requests_.try_pop()) {
        CryptoReply message = reply_to(std::move(*request));
        if (std::holds_alternative<std::monostate>(message)) return true;
        deliver(replies_, std::move(message));
        wake_main_();
        return true;
    }
    return false;
}

}  // namespace tokendeck::crypto
