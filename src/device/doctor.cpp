#include "device/doctor.hpp"

#include "device/doctor_errors.hpp"
#include "device/errors.hpp"
#include "wire/transport.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::device {
namespace {

using channel::Finding;
using Weight = Finding::Weight;

// 2024-01-01: before this, the clock was never set.
constexpr std::int64_t earliest_plausible = 1'704'067'200;

Finding finding(Weight weight, base::ErrorCode code, std::string subject = {}, std::string command = {}) {
    return {weight, base::Error{.code = code, .subject = std::move(subject)}, std::move(command)};
}

bool rights_explained(const std::vector<Finding>& on_the_bus) {
    return std::ranges::any_of(on_the_bus, [](const Finding& found) {
        return found.error.code == doctor_errors::no_rule || found.error.code == doctor_errors::rule_not_applied ||
               found.error.code == doctor_errors::no_seat;
    });
}

// What a token that did not tell its state is said to be.
base::ErrorCode trouble_of(const base::Error& error) {
    static constexpr std::pair<base::ErrorCode, base::ErrorCode> troubles[]{
        {wire::errors::claimed, doctor_errors::token_claimed},
        {wire::errors::unplugged, doctor_errors::token_gone},
        {errors::no_such_token, doctor_errors::token_gone},
        {errors::no_answer, doctor_errors::token_silent},
        {errors::foreign_answers, doctor_errors::token_crowded},
        {errors::firmware_not_served, doctor_errors::firmware_too_old},
        {errors::card_busy, doctor_errors::card_in_use},
    };
    for (const auto& [code, trouble] : troubles)
        if (error.code == code) return trouble;
    return doctor_errors::token_unclear;
}

void examine_answer(const ExaminedToken& token, const std::string& title, bool rights_told,
                    std::vector<Finding>& findings) {
    if (token.error) {
        if (token.error->code == errors::stopping) return;
        if (token.error->code == wire::errors::no_permission) {  // taken away since it was looked for
            if (!rights_told) findings.push_back(finding(Weight::problem, doctor_errors::no_rule, token.info.node));
            return;
        }
        Finding trouble = finding(Weight::problem, trouble_of(*token.error), title);
        trouble.error.actual = token.error->actual;
        trouble.error.limit = token.error->limit;
        findings.push_back(std::move(trouble));
        return;
    }
    findings.push_back(token.others_heard ? finding(Weight::advice, doctor_errors::token_disturbed, title)
                                          : finding(Weight::fine, doctor_errors::token_ready, title));
    if (token.card_silent) findings.push_back(finding(Weight::problem, doctor_errors::card_silent, title));
    if (token.card_in_use) findings.push_back(finding(Weight::advice, doctor_errors::card_in_use, title));
    if (token.firmware_minor > token.newest_known) {
        Finding newer = finding(Weight::advice, doctor_errors::firmware_newer, title);
        newer.error.actual = token.firmware_minor;
        newer.error.limit = token.newest_known;
        findings.push_back(std::move(newer));
    }
}

// The model; with its node where another of the same model is there.
std::string title_of(const channel::TokenInfo& token, const std::vector<ExaminedToken>& seen) {
    if (token.simulated) return token.title + " (simulated)";
    const auto alike = std::ranges::count_if(
        seen, [&](const ExaminedToken& other) { return !other.info.simulated && other.info.title == token.title; });
    return alike > 1 && !token.node.empty() ? token.title + " (" + token.node + ")" : token.title;
}

void examine_tokens(const std::vector<ExaminedToken>& seen, std::vector<Finding>& findings) {
    const bool explained = rights_explained(findings);
    for (const ExaminedToken& examined : seen) {
        const channel::TokenInfo& token = examined.info;
        const std::string title = title_of(token, seen);
        switch (token.access) {
            case channel::TokenAccess::openable: examine_answer(examined, title, explained, findings); break;
            case channel::TokenAccess::boot_loader:
                findings.push_back(finding(Weight::problem, doctor_errors::boot_loader, title));
                break;
            case channel::TokenAccess::not_served:
                findings.push_back(finding(Weight::problem, doctor_errors::model_not_served, title));
                break;
            case channel::TokenAccess::no_permission:
                // Mostly the bus shows why. Where it does not, it is said at least.
                if (!explained)
                    findings.push_back(
                        finding(Weight::problem, doctor_errors::no_rule, token.node.empty() ? title : token.node));
                break;
        }
    }
}

void examine_clock(const Surroundings& around, std::vector<Finding>& findings) {
    if (around.now.seconds() < earliest_plausible)
        findings.push_back(finding(Weight::problem, doctor_errors::clock_absurd, {}, "sudo timedatectl set-ntp true"));
    else if (around.clock_synchronised == false)
        findings.push_back(
            finding(Weight::advice, doctor_errors::clock_unsynchronised, {}, "sudo timedatectl set-ntp true"));
    else if (around.clock_synchronised == true) findings.push_back(finding(Weight::fine, doctor_errors::clock_right));
}

}  // namespace

std::vector<Finding> examine(const std::vector<ExaminedToken>& seen, std::vector<Finding> on_the_bus,
                             const Surroundings& around) {
    std::vector<Finding> findings = std::move(on_the_bus);
    if (!around.hidapi_there)
        findings.push_back(
            finding(Weight::problem, doctor_errors::hidapi_missing, {}, "sudo apt install libhidapi-hidraw0"));
    // The bus knows devices that no source may show (hidapi missing, boot loaders); the sources know simulated ones.
    const bool any = !findings.empty() || !seen.empty();
    examine_tokens(seen, findings);
    if (!any) findings.push_back(finding(Weight::problem, doctor_errors::no_token));
    examine_clock(around, findings);

    std::vector<Finding> told;
    for (Finding& found : findings)
        if (std::ranges::find(told, found) == told.end()) told.push_back(std::move(found));
    const auto order = [](const Finding& f) {
        return f.weight == Weight::problem ? 0 : f.weight == Weight::advice ? 1 : 2;
    };
    std::ranges::stable_sort(told, {}, order);
    return told;
}

}  // namespace tokendeck::device
