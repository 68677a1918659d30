// `scan`: what the QR codes in pictures say, numbered as `add --pick` takes them. Needs no token and changes nothing.
#include "base/filled.hpp"
#include "cli/accounts.hpp"
#include "crypto/base32.hpp"
#include "words/words.hpp"

namespace tokendeck::cli {
namespace {

Json json_of(const std::string& image, std::size_t number, const state::Candidate& account) {
    const otp::OtpEnrolment& enrolment = account.enrolment;
    const otp::OtpParameters& p = enrolment.parameters;
    Json object;
    object["number"] = number;
    put_name(object, "image", image);
    object["issuer"] = utf8(enrolment.issuer);
    object["account"] = utf8(enrolment.account);
    object["kind"] = otp::name(p.kind);
    object["algorithm"] = otp::name(p.algorithm);
    object["digits"] = p.digits;
    object["period"] = p.kind == otp::OtpKind::totp ? Json(p.period) : Json(nullptr);
    object["counter"] = p.kind == otp::OtpKind::hotp ? Json(p.counter) : Json(nullptr);
    object["secret_bytes"] = enrolment.secret.size();
    object["reading"] = Json::array();
    for (const state::AnsweredRemark& one : account.remarks)
        object["reading"].push_back({{"code", one.remark.error.code.name},
                                     {"message", utf8(words::describe(one.remark.error).what)},
                                     {"asks", one.remark.asks}});
    return object;
}

std::string text_of(const std::string& image, std::size_t number, const state::Candidate& account) {
    const otp::OtpEnrolment& enrolment = account.enrolment;
    const otp::OtpParameters& p = enrolment.parameters;
    Facts facts;
    facts.add("number", std::to_string(number));
    facts.add("image", image);
    facts.add("issuer", enrolment.issuer.empty() ? "none" : enrolment.issuer);
    facts.add("account", enrolment.account.empty() ? "none" : enrolment.account);
    facts.add("kind", otp::name(p.kind));
    facts.add("algorithm", otp::name(p.algorithm));
    facts.add("digits", std::to_string(p.digits));
    if (p.kind == otp::OtpKind::totp) facts.add("period", std::to_string(p.period) + " s");
    else facts.add("counter", std::to_string(p.counter));
    facts.add("secret size", base::counted("{n} {n|byte|bytes}", enrolment.secret.size()));
    for (const state::AnsweredRemark& one : account.remarks)
        facts.add(one.remark.asks ? "to be asked" : "read", words::describe(one.remark.error).what);
    return facts.text();
}

void print_json(CommandContext& context, bool first, const std::string& image, std::size_t number,
                const state::Candidate& account) {
    context.out.text(first ? "[\n" : ",\n");
    const Json object = json_of(image, number, account);
    if (context.options.reveal)
        context.out.json_with_secret(object, "secret", crypto::encode_base32(account.enrolment.secret.bytes()));
    else context.out.json(object);
}

void print_text(CommandContext& context, bool first, const std::string& image, std::size_t number,
                const state::Candidate& account) {
    if (!first) context.out.line("");
    context.out.text(text_of(image, number, account));
    if (!context.options.reveal) return;
    context.out.text("secret:       ");
    context.out.secret(crypto::encode_base32(account.enrolment.secret.bytes()));
    context.out.line("");
}

}  // namespace

Exit run_scan(CommandContext& context) {
    Exit exit = Exit::done;
    bool first = true;
    Accounts accounts(context);
    // The others may still be read; the first failure decides how the program ends.
    const auto fail = [&](const std::string& image, Failure failure) {
        const Exit failed = CommandContext::fail(about_file(image, std::move(failure)));
        if (exit == Exit::done) exit = failed;
    };
    for (const std::string& image : context.options.images) {
        auto read = accounts.read_picture(image);
        if (!read) {
            fail(image, read.failure());
            if (context.talk.stuck()) break;
            continue;
        }
        for (const std::size_t number : read.value().numbers) {
            const state::Candidate& account = accounts.all().at(number - 1);
            if (context.options.json) print_json(context, first, image, number, account);
            else print_text(context, first, image, number, account);
            first = false;
        }
        for (const channel::AccountRefused& refused : read.value().refused) fail(image, failure_of(refused.error));
    }
    if (auto missing = accounts.missing_codes()) fail(context.options.images.back(), *std::move(missing));
    if (accounts.any())
        if (const std::string missing = missing_parts_sentence(accounts); !missing.empty()) write_error(missing);
    if (context.options.json) context.out.line(first ? "[]" : "]");
    return exit;
}

}  // namespace tokendeck::cli
