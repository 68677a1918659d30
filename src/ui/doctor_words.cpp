#include "ui/words_table.hpp"

namespace tokendeck::ui {

std::span<const ErrorWords> doctor_words() {
    static constexpr ErrorWords table[] = {
        {"doctor.token-ready", "{subject} is there and may be opened.", ""},
        {"doctor.no-token", "No token is on the bus.",
         "Plug it in. If it is: try another USB port without a hub, and see whether its light comes on."},
        {"doctor.no-rule", "A token is on the bus, but no udev rule lets you open {subject}.",
         "Install the rule that comes with tokendeck, then plug the token in again."},
        {"doctor.rule-not-applied", "There is a udev rule for the token, but it does not hold for {subject} yet.",
         "Let udev read its rules again, or plug the token in again."},
        {"doctor.no-seat",
         "There is a udev rule for the token, but it gives {subject} only to whoever sits at this computer or is in "
         "the "
         "group plugdev. You are neither (for example: logged in over ssh).",
         "Join the group and log in again, or log in at the computer itself."},
        {"doctor.hidraw-closed",
         "The token works over its USB node only; {subject} is closed to you. Only one program at a time can use it "
         "so.",
         "Install the rule that comes with tokendeck, then plug the token in again."},
        {"doctor.held", "Another program has the token open: {subject}. Processes of other users cannot be seen.",
         "Close it if the token does not answer or answers strangely."},
        {"doctor.held-by-scdaemon",
         "GnuPG's smart card daemon has the token open: {subject}. It uses the smart card in the same token; PINs can "
         "fail or take long while it does.",
         "Let it go; GnuPG starts it again when it needs it."},
        {"doctor.held-by-pcscd",
         "The smart card service has the token open: {subject}. PINs can fail or take long while it uses the card.",
         "Stop it for as long as you use tokendeck, if that happens."},
        {"doctor.boot-loader", "{subject}: it waits for new firmware and gives no codes.",
         "Pull it and plug it in again; it starts as a token then. If not, finish the update with the vendor's tool."},
        {"doctor.model-not-served", "{subject} is plugged in, which tokendeck cannot use.",
         "Use the vendor's own program for it, Nitrokey App 2 or nitropy for a Nitrokey 3."},
        {"doctor.hidapi-missing", "The library hidapi is not installed, without which no token can be seen.",
         "Install it."},
        {"doctor.clock-unsynchronised",
         "This computer's clock is not synchronised. A code for a time that is off by a minute is refused.",
         "Let the system set its clock over the network."},
        {"doctor.clock-absurd", "This computer's clock was never set: codes would be for the wrong time.",
         "Set the date and time, or let the system do it over the network."},
        {"doctor.clock-right", "This computer's clock is synchronised.", ""},
        {"doctor.no-display", "No graphical session is here, so the window cannot open.",
         "Start it in a graphical session, or use the command line: tokendeck --help."},
    };
    return table;
}

}  // namespace tokendeck::ui
