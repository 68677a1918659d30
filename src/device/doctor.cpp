#include "device/doctor.hpp"

#include "device/doctor_errors.hpp"

#include <algorithm>
#include <utility>

namespace tokendeck::device {
namespace {

using channel::Finding;
using Weight = Finding::Weight;

// 2024-01-01: before this, the clock was never set.
constexpr std::int64_t earliest_plausible = 1'704'067'200;

Finding finding(Weight weight, base::ErrorCode code, std::string subject = {}, std::string command = {}) {
    return {weight, base::Error{code, {}, std::move(subject)}, std::move(command)};
}

bool rights_explained(const std::vector<Finding>& on_the_bus) {
    return std::ranges::any_of(on_the_bus, [](const Finding& found) {
        return found.error.code == doctor_errors::no_rule || found.error.code == doctor_errors::rule_not_applied ||
               found.error.code == doctor_errors::no_seat;
    });
}

void examine_tokens(const std::vector<channel::TokenInfo>& seen, std::vector<Finding>& findings) {
    const bool explained = rights_explained(findings);
    for (const channel::TokenInfo& token : seen) {
        const std::string title = token.simulated ? token.title + " (simulated)" : token.title;
        switch (token.access) {
            case channel::TokenAccess::openable:
                findings.push_back(finding(Weight::fine, doctor_errors::token_ready, title));
                break;
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

std::vector<Finding> examine(const std::vector<channel::TokenInfo>& seen, std::vector<Finding> on_the_bus,
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
