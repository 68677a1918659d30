#include "device/doctor_linux.hpp"

#include "base/ascii.hpp"
#include "base/one_line.hpp"
#include "device/doctor.hpp"
#include "device/doctor_errors.hpp"
#include "device/hidapi_backend.hpp"
#include "device/system_clock_sync.hpp"
#include "device/system_files_linux.hpp"
#include "wire/models.hpp"

#include <grp.h>
#include <unistd.h>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <system_error>
#include <utility>

namespace tokendeck::device {
namespace {

namespace fs = std::filesystem;
using channel::Finding;
using Weight = Finding::Weight;

constexpr const char* install_rule =
    "sudo cp packaging/udev/70-tokendeck.rules /etc/udev/rules.d/ && sudo udevadm control --reload && sudo udevadm "
    "trigger";
constexpr const char* apply_rule = "sudo udevadm control --reload && sudo udevadm trigger";

Finding finding(Weight weight, base::ErrorCode code, std::string subject, std::string command = {}) {
    return {weight, base::Error{.code = code, .subject = std::move(subject)}, std::move(command)};
}

std::string first_line(const fs::path& file) {
    auto lines = system_lines(file);
    return lines.empty() ? std::string() : std::move(lines.front());
}

bool may_open(const fs::path& node) {
    return ::access(node.c_str(), R_OK | W_OK) == 0;
}

// A token's nodes: as they are named to people, and where they are looked at.
struct Nodes {
    std::vector<std::string> hidraw{};
    std::string usb{};
};

Nodes nodes_of(const fs::path& device) {
    Nodes nodes;
    const auto bus = system_number<unsigned>(device / "busnum", 10);
    const auto number = system_number<unsigned>(device / "devnum", 10);
    if (bus && number) {
        char text[40];
        std::snprintf(text, sizeof text, "/dev/bus/usb/%03u/%03u", *bus, *number);
        nodes.usb = text;
    }
    // <device>/<interface>/<hid device>/hidraw/hidrawN
    for (const fs::path& interface : system_entries(device))
        for (const fs::path& hid : system_entries(interface))
            for (const fs::path& raw : system_entries(hid / "hidraw"))
                nodes.hidraw.push_back("/dev/" + raw.filename().string());
    return nodes;
}

struct Rules {
    bool usb = false;     // some file names the device
    bool hidraw = false;  // and some such file is about hidraw nodes
};

Rules rules_for(const fs::path& root, const wire::Model& model) {
    char vendor[5], product[5];
    std::snprintf(vendor, sizeof vendor, "%04x", model.vendor_id);
    std::snprintf(product, sizeof product, "%04x", model.product_id);
    Rules rules;
    for (const char* folder : {"etc/udev/rules.d", "run/udev/rules.d", "usr/lib/udev/rules.d", "lib/udev/rules.d"}) {
        for (const fs::path& file : system_entries(root / folder)) {
            if (file.extension() != ".rules") continue;
            bool named = false, about_hidraw = false;
            for (const std::string& line : system_lines(file)) {
                if (line.empty() || line.front() == '#') continue;
                const std::string text = base::lowered(line);
                if (text.find(vendor) != std::string::npos && text.find(product) != std::string::npos) {
                    named = true;
                    // libnitrokey's rules speak of hidraw in the same line, for other devices.
                    about_hidraw = about_hidraw || text.find("hidraw") != std::string::npos ||
                                   text.find("attrs{idvendor}") != std::string::npos;
                }
            }
            rules.usb = rules.usb || named;
            rules.hidraw = rules.hidraw || (named && about_hidraw);
        }
    }
    return rules;
}

// Whether logind has this user at a seat now; udev's uaccess gives rights only there.
bool at_a_seat(const fs::path& root, unsigned user) {
    for (const std::string& line : system_lines(root / "run/systemd/users" / std::to_string(user)))
        if (line.rfind("ACTIVE_SEATS=", 0) == 0 && line.size() > std::string_view("ACTIVE_SEATS=").size()) return true;
    return false;
}

void examine_rights(const fs::path& root, const LinuxPerson& person, const wire::Model& model, const Nodes& nodes,
                    std::vector<Finding>& findings) {
    const auto open = [&](const std::string& node) { return may_open(root / node.substr(1)); };
    const bool hidraw_open = std::ranges::any_of(nodes.hidraw, open);
    const bool usb_open = !nodes.usb.empty() && open(nodes.usb);
    if (hidraw_open) return;
    const std::string node = !nodes.hidraw.empty() ? nodes.hidraw.front() : nodes.usb;
    const Rules rules = rules_for(root, model);
    if (usb_open) {  // it works, but the kernel's hold on the interface is taken away for it
        if (!rules.hidraw && !nodes.hidraw.empty())
            findings.push_back(finding(Weight::advice, doctor_errors::hidraw_closed, node, install_rule));
        return;
    }
    if (!rules.usb && !rules.hidraw) {
        findings.push_back(finding(Weight::problem, doctor_errors::no_rule, node, install_rule));
    } else if (!rules.hidraw && !nodes.hidraw.empty()) {
        findings.push_back(finding(Weight::problem, doctor_errors::no_rule, node, install_rule));
    } else if (at_a_seat(root, person.user) || person.in_plugdev) {
        findings.push_back(finding(Weight::problem, doctor_errors::rule_not_applied, node, apply_rule));
    } else {
        findings.push_back(
            finding(Weight::problem, doctor_errors::no_seat, node, "sudo usermod -aG plugdev \"$USER\""));
    }
}

void examine_holders(const fs::path& root, const LinuxPerson& person, const Nodes& nodes,
                     std::vector<Finding>& findings) {
    for (const fs::path& process : system_entries(root / "proc")) {
        const std::string number = process.filename().string();
        int pid = 0;
        const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), pid);
        if (error != std::errc{} || end != number.data() + number.size()) continue;
        if (std::ranges::find(person.own_processes, pid) != person.own_processes.end()) continue;
        bool holds = false;
        for (const fs::path& descriptor : system_entries(process / "fd")) {
            std::error_code unreadable;
            const std::string target = fs::read_symlink(descriptor, unreadable).string();
            holds = holds || (!unreadable && ((!nodes.usb.empty() && target == nodes.usb) ||
                                              std::ranges::find(nodes.hidraw, target) != nodes.hidraw.end()));
        }
        if (!holds) continue;
        const std::string name = base::one_line(first_line(process / "comm"), base::library_text_most);
        const std::string subject = name + " (process " + number + ")";
        if (name == "scdaemon")
            findings.push_back(
                finding(Weight::advice, doctor_errors::held_by_scdaemon, subject, "gpgconf --kill scdaemon"));
        else if (name == "pcscd")
            findings.push_back(finding(Weight::advice, doctor_errors::held_by_pcscd, subject,
                                       "sudo systemctl stop pcscd.socket pcscd"));
        else findings.push_back(finding(Weight::advice, doctor_errors::held, subject, "kill " + number));
    }
}

bool in_group(const char* name) {
    const group* wanted = ::getgrnam(name);
    if (wanted == nullptr) return false;
    const int count = ::getgroups(0, nullptr);
    std::vector<gid_t> groups(static_cast<std::size_t>(std::max(count, 0)));
    if (count > 0 && ::getgroups(count, groups.data()) < 0) return false;
    return ::getegid() == wanted->gr_gid || std::ranges::find(groups, wanted->gr_gid) != groups.end();
}

}  // namespace

std::vector<Finding> examine_linux_bus(const fs::path& root, const LinuxPerson& person) {
    std::vector<Finding> findings;
    for (const fs::path& device : system_entries(root / "sys/bus/usb/devices")) {
        const auto vendor = system_number<unsigned>(device / "idVendor", 16);
        const auto product = system_number<unsigned>(device / "idProduct", 16);
        if (!vendor || !product) continue;
        const wire::Model* model =
            wire::find_model(static_cast<std::uint16_t>(*vendor), static_cast<std::uint16_t>(*product));
        if (model == nullptr) continue;
        if (model->boot_loader) {
            findings.push_back(finding(Weight::problem, doctor_errors::boot_loader, std::string(model->title)));
        } else if (!model->served()) {
            findings.push_back(finding(Weight::problem, doctor_errors::model_not_served, std::string(model->title)));
        } else {
            const Nodes nodes = nodes_of(device);
            examine_rights(root, person, *model, nodes, findings);
            examine_holders(root, person, nodes, findings);
        }
    }
    return findings;
}

std::vector<Finding> examine_bus() {
    return examine_linux_bus("/", {::geteuid(), in_group("plugdev"), {::getpid()}});
}

Surroundings surroundings(const base::Clock& clock) {
    Surroundings around;
    around.hidapi_there = !load_hidapi().backends.empty();
    around.now = clock.unix_time();
    around.clock_synchronised = computer_clock(clock).synchronised;
    return around;
}

}  // namespace tokendeck::device
