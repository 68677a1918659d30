#include "cli/program.hpp"

#include "cli/command_line.hpp"
#include "cli/hardening.hpp"
#include "cli/output.hpp"
#include "cli/pin_prompt.hpp"
#include "cli/pins.hpp"
#include "cli/standard_streams.hpp"

#include <string>
#include <variant>

namespace tokendeck::cli {

namespace {

Exit show(const UsageText& shown) {
    if (shown.exit == Exit::done) {
        ignore_broken_pipes();
        Output out;
        out.text(shown.text);
        return deliver(out) ? Exit::done : Exit::failed;
    }
    write_failure({shown.exit, shown.text, shown.next});
    return shown.exit;
}

Exit run(int argc, char** argv, const OpenWindow& open_window) {
    if (wants_json(argc, argv)) write_errors_as_json();
    auto parsed = parse_command_line(argc, argv);
    if (const auto* shown = std::get_if<UsageText>(&parsed)) return show(*shown);
    auto& options = std::get<Options>(parsed);
    if (argc > 0 && *argv[0] != '\0') options.typed_as = printable(argv[0]);
    if (options.subcommand != Subcommand::window) return run_command(options);
    if (!open_window)
        return show({Exit::usage, "This program has no window.", "Name a subcommand: " + options.typed_as + " --help"});
    // The window asks for PINs itself; none shall stay in the environment for the whole run.
    (void)Pins::from_environment();
    return open_window(options);
}

}  // namespace

int run_program(int argc, char** argv, const OpenWindow& open_window) {
    if (!hold_standard_streams()) return static_cast<int>(Exit::failed);
    try {
        harden_process();
        return static_cast<int>(run(argc, argv, open_window));
    } catch (...) {
        write_defect();
        return static_cast<int>(Exit::failed);
    }
}

}  // namespace tokendeck::cli
