#include "cli/context.hpp"
#include "cli/end_limit.hpp"
#include "cli/pin_prompt.hpp"

#include <cstdlib>
#include <memory>

namespace tokendeck::cli {
namespace {

Exit dispatch(CommandContext& context) {
    switch (context.options.subcommand) {
        case Subcommand::devices: return run_devices(context);
        case Subcommand::status: return run_status(context);
        case Subcommand::list: return run_list(context);
        case Subcommand::code: return run_code(context);
        case Subcommand::add: return run_add(context);
        case Subcommand::remove: return run_remove(context);
        case Subcommand::rename: return run_rename(context);
        case Subcommand::pin: return run_pin(context);
        case Subcommand::config: return run_config(context);
        case Subcommand::lock: return run_lock(context);
        case Subcommand::reset: return run_reset(context);
        case Subcommand::doctor: return run_doctor(context);
        case Subcommand::report: return run_report(context);
        case Subcommand::check: return run_check(context);
        case Subcommand::scan: return run_scan(context);
        case Subcommand::window: break;
    }
    return Exit::usage;
}

}  // namespace

Exit run_command(const Options& options) {
    ignore_broken_pipes();
    Pins pins = Pins::from_environment();  // before the engine starts its threads
    auto context = std::make_unique<CommandContext>(options, std::move(pins));
    Exit exit = dispatch(*context);

    if (!deliver(context->out) && exit == Exit::done) exit = Exit::failed;
    context->release_signals();
    // A worker that hangs in the operating system cannot be joined; the process ends without it.
    if (context->talk.stuck()) std::_Exit(static_cast<int>(exit));
    end_in_time(exit, LateEnd::silent);  // one may hang all the same: the device thread looks for tokens by itself
    return exit;
}

}  // namespace tokendeck::cli
