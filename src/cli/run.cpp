#include "cli/desk.hpp"
#include "cli/end_limit.hpp"
#include "cli/pin_prompt.hpp"

#include <cstdlib>
#include <memory>

namespace tokendeck::cli {
namespace {

Exit dispatch(Desk& desk) {
    switch (desk.options.subcommand) {
        case Subcommand::devices: return run_devices(desk);
        case Subcommand::status: return run_status(desk);
        case Subcommand::list: return run_list(desk);
        case Subcommand::code: return run_code(desk);
        case Subcommand::add: return run_add(desk);
        case Subcommand::remove: return run_remove(desk);
        case Subcommand::rename: return run_rename(desk);
        case Subcommand::pin: return run_pin(desk);
        case Subcommand::config: return run_config(desk);
        case Subcommand::lock: return run_lock(desk);
        case Subcommand::reset: return run_reset(desk);
        case Subcommand::doctor: return run_doctor(desk);
        case Subcommand::report: return run_report(desk);
        case Subcommand::check: return run_check(desk);
        case Subcommand::scan: return run_scan(desk);
        case Subcommand::window: break;
    }
    return Exit::usage;
}

}  // namespace

Exit run_command(const Options& options) {
    ignore_broken_pipes();
    Pins pins = Pins::from_environment();  // before the engine starts its threads
    auto desk = std::make_unique<Desk>(options, std::move(pins));
    Exit exit = dispatch(*desk);

    if (!deliver(desk->out) && exit == Exit::done) exit = Exit::failed;
    desk->release_signals();
    // A worker that hangs in the operating system cannot be joined; the process ends without it.
    if (desk->talk.stuck()) std::_Exit(static_cast<int>(exit));
    end_in_time(exit, LateEnd::silent);  // one may hang all the same: the device thread looks for tokens by itself
    return exit;
}

}  // namespace tokendeck::cli
