#include "app/cli_desk.hpp"
#include "app/end_limit.hpp"
#include "app/pin_prompt.hpp"

#include <cstdlib>
#include <memory>

namespace tokendeck::app {
namespace {

Exit dispatch(cli::Desk& desk) {
    switch (desk.options.subcommand) {
        case Subcommand::devices: return cli::run_devices(desk);
        case Subcommand::status: return cli::run_status(desk);
        case Subcommand::list: return cli::run_list(desk);
        case Subcommand::code: return cli::run_code(desk);
        case Subcommand::add: return cli::run_add(desk);
        case Subcommand::remove: return cli::run_remove(desk);
        case Subcommand::rename: return cli::run_rename(desk);
        case Subcommand::pin: return cli::run_pin(desk);
        case Subcommand::config: return cli::run_config(desk);
        case Subcommand::lock: return cli::run_lock(desk);
        case Subcommand::reset: return cli::run_reset(desk);
        case Subcommand::doctor: return cli::run_doctor(desk);
        case Subcommand::report: return cli::run_report(desk);
        case Subcommand::check: return cli::run_check(desk);
        case Subcommand::scan: return cli::run_scan(desk);
        case Subcommand::window: break;
    }
    return Exit::usage;
}

}  // namespace

Exit run_command(const Options& options) {
    cli::ignore_broken_pipes();
    cli::Pins pins = cli::Pins::from_environment();  // before the engine starts its threads
    auto desk = std::make_unique<cli::Desk>(options, std::move(pins));
    Exit exit = dispatch(*desk);

    if (!cli::deliver(desk->out) && exit == Exit::done) exit = Exit::failed;
    desk->release_signals();
    // A worker that hangs in the operating system cannot be joined; the process ends without it.
    if (desk->talk.stuck()) std::_Exit(static_cast<int>(exit));
    end_in_time(exit, LateEnd::silent);  // one may hang all the same: the device thread looks for tokens by itself
    return exit;
}

}  // namespace tokendeck::app
