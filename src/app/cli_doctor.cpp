// `doctor` and `report`: why a token cannot be used, and what support needs to know.
#include "app/cli_desk.hpp"
#include "app/version.hpp"
#include "device/doctor_errors.hpp"
#include "ui/words.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

namespace tokendeck::app::cli {
namespace {

using channel::Finding;
using Weight = Finding::Weight;

const char* name(Weight weight) {
    switch (weight) {
        case Weight::fine: return "fine";
        case Weight::advice: return "advice";
        case Weight::problem: return "problem";
    }
    return "";
}

bool display_missing() {
#if defined(__linux__)
    const auto empty = [](const char* variable) {
        const char* value = std::getenv(variable);
        return value == nullptr || *value == '\0';
    };
    return empty("DISPLAY") && empty("WAYLAND_DISPLAY");
#else
    return false;
#endif
}

Outcome<std::vector<Finding>> examine(Desk& desk) {
    auto examined = desk.talk.ask<channel::Examined>(channel::Examine{}, limits::look);
    if (!examined) return examined.failure();
    std::vector<Finding> findings = std::move(examined.value().findings);
    if (display_missing()) {
        const auto first_fine = std::find_if(findings.begin(), findings.end(),
                                             [](const Finding& found) { return found.weight == Weight::fine; });
        findings.insert(first_fine, {Weight::advice, base::Error{device::doctor_errors::no_display}, {}});
    }
    return findings;
}

Json json_of(const Finding& finding) {
    const ui::Words words = ui::describe(finding.error);
    Json object;
    object["finding"] = finding.error.code.name;
    object["weight"] = name(finding.weight);
    object["what"] = utf8(words.what);
    object["next"] = utf8(words.next);
    object["command"] = finding.command.empty() ? Json(nullptr) : Json(utf8(finding.command));
    return object;
}

bool any_problem(const std::vector<Finding>& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.weight == Weight::problem; });
}

// How often each command ended how, and what else was seen on the way.
struct Traffic {
    std::map<std::pair<std::string, std::string>, unsigned> counts{};
    std::uint64_t foreign = 0;
    base::Microseconds longest{};
};

Traffic traffic_of(const std::vector<channel::ExchangeRecord>& records) {
    Traffic traffic;
    for (const auto& record : records) {
        ++traffic.counts[{record.command, record.status}];
        traffic.foreign += record.foreign;
        traffic.longest = std::max(traffic.longest, record.duration);
    }
    return traffic;
}

std::string used(const std::vector<otp::SlotSummary>& slots, otp::OtpKind kind) {
    unsigned in_use = 0, all = 0;
    for (const auto& slot : slots) {
        if (slot.parameters.kind != kind) continue;
        ++all;
        in_use += otp::occupied(slot) ? 1 : 0;
    }
    return std::to_string(in_use) + " of " + std::to_string(all);
}

std::string tries(const std::optional<std::uint8_t>& left) {
    return left ? std::to_string(*left) : "unknown";
}

void report_token(Output& out, const OpenedToken& token) {
    const channel::TokenStatus& status = token.status;
    Facts facts;
    facts.add("token", status.info.title + (status.info.simulated ? " (simulated)" : "") + " via " + status.info.via);
    facts.add("firmware", std::to_string(status.firmware_major) + "." + std::to_string(status.firmware_minor));
    facts.add("card", status.card_serial.empty() ? "silent" : "answers");
    facts.add("tries", "user " + tries(status.user_tries) + ", admin " + tries(status.admin_tries));
    facts.add("slots in use",
              "HOTP " + used(token.slots, otp::OtpKind::hotp) + ", TOTP " + used(token.slots, otp::OtpKind::totp));
    facts.add("secrets up to", std::to_string(status.limits.secret_bytes_max) + " bytes");
    facts.add("PIN protection of codes", status.pin_protected_codes ? "on" : "off");
    if (status.storage) {
        const channel::StorageStatus& s = *status.storage;
        const auto volume = [](const channel::VolumeState& v) {
            return std::string(v.active ? "active" : "off") + (v.read_only ? ", read-only" : "");
        };
        facts.add("volumes", "unencrypted " + volume(s.unencrypted) + "; encrypted " + volume(s.encrypted) +
                                 "; hidden " + volume(s.hidden));
        facts.add("keys", s.keys_initialised ? "made" : "not made");
        if (s.card_in_use) facts.add("smart card in use", *s.card_in_use ? "yes" : "no");
    }
    out.text(facts.text());
    for (const std::string& quirk : status.quirks)
        out.line("known of this firmware: " + std::string(ui::describe_quirk(quirk)) + " (" + quirk + ")");
}

}  // namespace

Exit run_doctor(Desk& desk) {
    auto seen = desk.tokens();
    if (!seen) return Desk::fail(seen.failure());
    auto findings = examine(desk);
    if (!findings) return Desk::fail(findings.failure());
    if (desk.options.json) {
        Json array = Json::array();
        for (const Finding& finding : findings.value()) array.push_back(json_of(finding));
        desk.out.json(array);
    } else {
        for (const Finding& finding : findings.value()) {
            desk.out.line(std::string(name(finding.weight)) + ": " +
                          printable(ui::sentences(ui::describe(finding.error))));
            if (!finding.command.empty()) desk.out.line("    " + printable(finding.command));
        }
    }
    return any_problem(findings.value()) ? Exit::failed : Exit::done;
}

Exit run_report(Desk& desk) {
    auto seen = desk.tokens();
    if (!seen) return Desk::fail(seen.failure());
    desk.out.line("tokendeck " + std::string(version));
    desk.out.line("");
    auto findings = examine(desk);
    if (!findings) return Desk::fail(findings.failure());
    for (const Finding& finding : findings.value()) {
        // The subject may be a node or a program, never a serial.
        desk.out.line(std::string(name(finding.weight)) + ": " + std::string(finding.error.code.name) +
                      (finding.error.subject.empty() ? "" : " (" + printable(finding.error.subject) + ")"));
    }
    for (const channel::TokenInfo& info : seen.value()) {
        if (info.access != channel::TokenAccess::openable) continue;
        desk.out.line("");
        auto token = desk.open(info);
        if (!token) {
            desk.out.line(printable(info.title) + " could not be opened: " + printable(token.failure().text));
            continue;
        }
        report_token(desk.out, token.value());
    }
    desk.out.line("");
    const Traffic traffic = traffic_of(desk.talk.exchanges());
    for (const auto& [what, count] : traffic.counts)
        desk.out.line(std::to_string(count) + " x " + what.first + ": " + what.second);
    desk.out.line("longest exchange: " + std::to_string(traffic.longest.count() / 1000) + " ms");
    desk.out.line(traffic.foreign == 0 ? "Nobody else talked to the token meanwhile."
                                       : std::to_string(traffic.foreign) +
                                             " replies were damaged or meant for another program, which talks to the "
                                             "token at the same time.");
    return Exit::done;
}

}  // namespace tokendeck::app::cli
