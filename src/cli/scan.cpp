// `scan`: what the QR codes in pictures say, numbered as `add --pick` takes them. Needs no token and changes nothing.
#include "base/filled.hpp"
#include "cli/accounts.hpp"
#include "crypto/base32.hpp"

namespace tokendeck::cli {
namespace {

Json json_of(const std::string& image, std::size_t number, const otp::OtpEnrolment& enrolment) {
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
    return object;
}

std::string text_of(const std::string& image, std::size_t number, const otp::OtpEnrolment& enrolment) {
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
    return facts.text();
}

void print_json(Desk& desk, bool first, const std::string& image, std::size_t number,
                const otp::OtpEnrolment& enrolment) {
    desk.out.text(first ? "[\n" : ",\n");
    const Json object = json_of(image, number, enrolment);
    if (desk.options.reveal)
        desk.out.json_with_secret(object, "secret", crypto::encode_base32(enrolment.secret.bytes()));
    else desk.out.json(object);
}

void print_text(Desk& desk, bool first, const std::string& image, std::size_t number,
                const otp::OtpEnrolment& enrolment) {
    if (!first) desk.out.line("");
    desk.out.text(text_of(image, number, enrolment));
    if (!desk.options.reveal) return;
    desk.out.text("secret:       ");
    desk.out.secret(crypto::encode_base32(enrolment.secret.bytes()));
    desk.out.line("");
}

}  // namespace

Exit run_scan(Desk& desk) {
    Exit exit = Exit::done;
    bool first = true;
    Accounts accounts(desk);
    // The others may still be read; the first failure decides how the program ends.
    const auto fail = [&](const std::string& image, Failure failure) {
        const Exit failed = Desk::fail(about_file(image, std::move(failure)));
        if (exit == Exit::done) exit = failed;
    };
    for (const std::string& image : desk.options.images) {
        auto read = accounts.read_picture(image);
        if (!read) {
            fail(image, read.failure());
            if (desk.talk.stuck()) break;
            continue;
        }
        for (const std::size_t number : read.value().numbers) {
            const otp::OtpEnrolment& enrolment = accounts.all().at(number - 1).enrolment;
            if (desk.options.json) print_json(desk, first, image, number, enrolment);
            else print_text(desk, first, image, number, enrolment);
            first = false;
        }
        for (const channel::AccountRefused& refused : read.value().refused) fail(image, failure_of(refused.error));
    }
    if (accounts.any())
        if (const std::string missing = missing_parts_sentence(accounts); !missing.empty()) write_error(missing);
    if (desk.options.json) desk.out.line(first ? "[]" : "]");
    return exit;
}

}  // namespace tokendeck::cli
