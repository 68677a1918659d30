// Starts the program: standard streams and hardening first, then the window or a subcommand.
#include "app/cli_output.hpp"
#include "app/cli_pins.hpp"
#include "app/command_line.hpp"
#include "app/options.hpp"
#include "app/pin_prompt.hpp"
#include "app/standard_streams.hpp"
#include "base/hardening.hpp"

#include <string>
#include <variant>

namespace {

using namespace tokendeck::app;

Exit show(const Shown& shown) {
    if (shown.exit == Exit::done) {
        cli::ignore_broken_pipes();
        cli::Output out;
        out.text(shown.text);
        return cli::deliver(out) ? Exit::done : Exit::failed;
    }
    cli::write_failure({shown.exit, shown.text, shown.next});
    return shown.exit;
}

Exit run(int argc, char** argv) {
    if (wants_json(argc, argv)) cli::write_errors_as_json();
    auto parsed = parse_command_line(argc, argv);
    if (const auto* shown = std::get_if<Shown>(&parsed)) return show(*shown);
    auto& options = std::get<Options>(parsed);
    if (argc > 0 && *argv[0] != '\0') options.typed_as = cli::printable(argv[0]);
    if (options.subcommand != Subcommand::window) return run_command(options);
    // The window asks for PINs itself; none shall stay in the environment for the whole run.
    (void)cli::Pins::from_environment();
    return run_window(options);
}

}  // namespace

int main(int argc, char** argv) {
    if (!hold_standard_streams()) return static_cast<int>(Exit::failed);
    try {
        tokendeck::base::harden_process();
        return static_cast<int>(run(argc, argv));
    } catch (...) {
        // What an exception says may hold anything, so it is not shown.
        cli::write_defect();
        return static_cast<int>(Exit::failed);
    }
}
