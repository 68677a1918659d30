// `doctor` and `report`: why a token cannot be used, and what support needs to know.
#include "base/one_line.hpp"
#include "base/version.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"
#include "cli/system.hpp"
#include "device/doctor_errors.hpp"
#include "words/words.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

namespace tokendeck::cli {
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

ResultInWords<std::vector<Finding>> examine(CommandContext& context) {
    auto examined = context.talk.ask<channel::Examined>(channel::Examine{}, limits::examine);
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
    const words::Words words = words::describe(finding.error);
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

// What support has to know of a token, and nothing that tells whose it is.
Json json_of(const OpenedToken& token) {
    const channel::TokenStatus& status = token.status;
    Json object;
    object["model"] = status.info.model;
    object["title"] = status.info.title;
    object["simulated"] = status.info.simulated;
    object["via"] = status.info.via;
    object["not_opened"] = nullptr;
    object["firmware"] = std::to_string(status.firmware_major) + "." + std::to_string(status.firmware_minor);
    object["card_answers"] = !status.card_serial.empty();
    object["user_tries"] = number_or_null(status.user_tries);
    object["admin_tries"] = number_or_null(status.admin_tries);
    object["slots"] = slots_in_use(token.slots);
    put_settings(object, status);
    object["limits"] = limits_json(status);
    // Not whether a hidden volume is open: whoever gets the report would learn that there is one.
    object["storage"] = storage_json(status, Told::for_support);
    object["known_faults"] = known_faults_json(status);
    return object;
}

// Of one that cannot be opened there is only why.
Json json_of(const channel::TokenInfo& info, const Failure& failure) {
    Json object;
    object["model"] = info.model;
    object["title"] = info.title;
    object["simulated"] = info.simulated;
    object["via"] = info.via;
    object["not_opened"] = utf8(sentences(failure));
    for (const char* key : {"firmware", "card_answers", "user_tries", "admin_tries", "slots", "pin_protection",
                            "lock_keys_honoured", "numlock", "capslock", "scrolllock", "limits", "storage"})
        object[key] = nullptr;
    object["known_faults"] = Json::array();
    return object;
}

Json json_of(const Traffic& traffic) {
    Json array = Json::array();
    for (const auto& [what, count] : traffic.counts)
        array.push_back(Json{{"command", what.first}, {"result", what.second}, {"count", count}});
    return array;
}

std::string spaced(std::string key) {
    std::replace(key.begin(), key.end(), '_', ' ');
    return key;
}

std::string plain(const Json& value) {
    if (value.is_null()) return "unknown";
    if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
    if (value.is_string()) return value.get<std::string>();
    if (!value.is_object()) return value.dump();
    std::string text;
    for (const auto& [key, one] : value.items()) text += (text.empty() ? "" : ", ") + spaced(key) + " " + plain(one);
    return text;
}

// A token of the report as text: the members' names with spaces, and what does not apply left out.
void add_lines(Output& out, const Json& token) {
    Facts facts;
    const auto add = [&](const std::string& key, const Json& value) { facts.add(spaced(key), plain(value)); };
    const bool opened = token["not_opened"].is_null();
    for (const auto& [key, value] : token.items()) {
        const bool lock_key = key == "numlock" || key == "capslock" || key == "scrolllock";
        if (key == "known_faults" || (value.is_null() && (!opened || key == "storage" || key == "not_opened")))
            continue;
        if (lock_key && value.is_null()) {
            if (token["lock_keys_honoured"].get<bool>()) add(key, "off");
        } else if (value.is_object()) {
            for (const auto& [inner, one] : value.items()) add(key + " " + inner, one);
        } else {
            add(key, value);
        }
    }
    out.text(facts.text());
}

void print_report(Output& out, const Json& report) {
    out.line(report["program"].get<std::string>() + " on " + printable(report["system"].get<std::string>()));
    out.line("");
    for (const Json& found : report["findings"])
        out.line(found["weight"].get<std::string>() + ": " + found["finding"].get<std::string>() +
                 (found["about"].is_null() ? "" : " (" + printable(found["about"].get<std::string>()) + ")"));
    for (const Json& token : report["tokens"]) {
        out.line("");
        add_lines(out, token);
        for (const Json& fault : token["known_faults"])
            out.line(fault["number"].get<std::string>() + ": " + printable(fault["text"].get<std::string>()));
    }
    out.line("");
    for (const Json& row : report["exchanges"])
        out.line(row["count"].dump() + " x " + row["command"].get<std::string>() + ": " +
                 row["result"].get<std::string>());
    out.line("longest exchange: " + report["longest_exchange_ms"].dump() + " ms");
    const auto foreign = report["foreign_replies"].get<std::uint64_t>();
    out.line(foreign == 0 ? "No other program talked to the token during this."
                          : "Replies that were damaged or not meant for this program: " + std::to_string(foreign) +
                                ". Another program talks to the token at the same time, or the connection is bad.");
}

}  // namespace

Exit run_doctor(CommandContext& context) {
    auto seen = context.tokens();
    if (!seen) return CommandContext::fail(seen.failure());
    auto findings = examine(context);
    if (!findings) return CommandContext::fail(findings.failure());
    if (context.options.json) {
        Json array = Json::array();
        for (const Finding& finding : findings.value()) array.push_back(json_of(finding));
        context.out.json(array);
    } else {
        for (const Finding& finding : findings.value()) {
            context.out.line(std::string(name(finding.weight)) + ": " +
                             printable(words::sentences(words::describe(finding.error))));
            if (!finding.command.empty()) context.out.line("    " + printable(finding.command));
        }
    }
    return any_problem(findings.value()) ? Exit::failed : Exit::done;
}

Exit run_report(CommandContext& context) {
    auto seen = context.tokens();
    if (!seen) return CommandContext::fail(seen.failure());
    auto findings = examine(context);
    if (!findings) return CommandContext::fail(findings.failure());
    Json report;
    report["program"] = "tokendeck " + std::string(base::version);
    report["system"] = base::one_line(system_name(), base::library_text_most);
    report["findings"] = Json::array();
    for (const Finding& found : findings.value()) {
        // The subject may be a node, a model or a program, never a serial.
        const std::string& about = found.error.subject;
        report["findings"].push_back(Json{{"finding", found.error.code.name},
                                          {"weight", name(found.weight)},
                                          {"about", about.empty() ? Json(nullptr) : Json(utf8(about))}});
    }
    report["tokens"] = Json::array();
    for (const channel::TokenInfo& info : seen.value()) {
        if (info.access != channel::TokenAccess::openable) continue;
        auto token = context.open(info);
        report["tokens"].push_back(token ? json_of(token.value()) : json_of(info, token.failure()));
    }
    const Traffic traffic = traffic_of(context.talk.exchanges());
    report["exchanges"] = json_of(traffic);
    report["longest_exchange_ms"] = traffic.longest.count() / 1000;
    report["foreign_replies"] = traffic.foreign;
    if (context.options.json) context.out.json(report);
    else print_report(context.out, report);
    return Exit::done;
}

}  // namespace tokendeck::cli
