#include "ui/words_table.hpp"

namespace tokendeck::ui {

std::span<const ErrorWords> doctor_words() {
    static constexpr ErrorWords table[] = {
        {"doctor.token-ready", "{subject} is there, may be opened and answers.", ""},
        {"doctor.token-claimed", "{subject} is there, but another program holds it and lets nobody else in.",
         "Close that program (GnuPG, Nitrokey App or another one for tokens) and look again."},
        {"doctor.token-silent", "{subject} is there and may be opened, but it does not answer.",
         "Pull it and plug it in again. If it stays silent, try another USB port without a hub."},
        {"doctor.token-crowded", "{subject} is there, but another program talks to it all the time.",
         "Close the other program and look again."},
        {"doctor.token-unclear", "{subject} is there, but what it answers cannot be right.",
         "Pull it and plug it in again, without a hub. If that does not help, the connection or the token is damaged."},
        {"doctor.token-disturbed",
         "{subject} answers, but some replies on the way were damaged or meant for another program.",
         "Close other programs that use it. If there are none, plug it in without a hub."},
        {"doctor.token-gone", "{subject} was pulled out while it was looked at.", "Plug it in and look again."},
        {"doctor.firmware-too-old", "{subject} has firmware 0.{actual}; tokendeck needs 0.{limit} or later.",
         "Update the firmware with the vendor's tool. Mind that codes may have to be set up again."},
        {"doctor.firmware-newer", "{subject} has firmware 0.{actual}, newer than 0.{limit}, the newest that is known.",
         "It is served as 0.{limit}. Look whether there is a newer tokendeck."},
        {"doctor.card-silent", "{subject} cannot reach the smart card inside it, so PINs do not work.",
         "Pull it and plug it in again. If that does not help, the token is damaged."},
        {"doctor.card-in-use", "Another program is using the smart card of this token: {subject}.",
         "PINs have to wait until it is done; close it if that takes long."},
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
