#include "words/words_table.hpp"

namespace tokendeck::words {

std::span<const ErrorWords> doctor_words() {
    static constexpr ErrorWords table[] = {
        {"doctor.token-ready", "{subject} is there, you can open it, and it answers.", ""},
        {"doctor.token-claimed", "{subject} is there, but another program is using it and lets nobody else in.",
         "Close that program (GnuPG, Nitrokey App or another one for tokens) and check again."},
        {"doctor.token-silent", "{subject} is there and you can open it, but it does not answer.",
         "Unplug it and plug it in again. If it happens again, use a different USB port without a hub."},
        {"doctor.token-crowded", "{subject} is there, but another program talks to it all the time.",
         "Close the other program and check again."},
        {"doctor.token-unclear", "{subject} is there, but what it answers cannot be right.",
         "Unplug it and plug it in again, without a hub. If that does not help, the connection or the token is "
         "damaged."},
        {"doctor.token-disturbed",
         "{subject} answers, but some replies on the way were damaged or meant for another program.",
         "Close other programs that use it. If there are none, plug it in without a hub."},
        {"doctor.token-gone", "{subject} was unplugged during the check.", "Plug it in and check again."},
        {"doctor.firmware-too-old", "{subject} has firmware 0.{actual}; tokendeck needs 0.{limit} or later.",
         "Update the firmware with the vendor's tool. Note that you may have to set up codes again."},
        {"doctor.firmware-newer",
         "{subject} has firmware 0.{actual}, newer than 0.{limit}, the newest that tokendeck knows.",
         "tokendeck treats it as 0.{limit}. Check whether there is a newer tokendeck."},
        {"doctor.card-silent", "{subject} cannot reach the smart card inside it, so PINs do not work.",
         "Unplug it and plug it in again. If that does not help, the token is damaged."},
        {"doctor.card-in-use", "Another program is using the smart card of this token: {subject}.",
         "PINs have to wait until it is done; close it if that takes too long."},
        {"doctor.no-token", "This computer sees no token.",
         "Plug it in. If it already is, use a different USB port without a hub, and check that its light comes on."},
        {"doctor.no-rule", "A token is plugged in, but no udev rule lets you open {subject}.",
         "Install the rule that comes with tokendeck, then plug the token in again."},
        {"doctor.rule-not-applied", "There is a udev rule for the token, but it does not apply to {subject} yet.",
         "Make udev read its rules again, or plug the token in again."},
        {"doctor.no-seat",
         "There is a udev rule for the token, but it gives {subject} only to people who sit at this computer or are "
         "in the group plugdev. You are neither (for example, you are logged in over ssh).",
         "Join the group and log in again, or log in at the computer itself."},
        {"doctor.hidraw-closed",
         "You cannot open {subject}. You can reach the token only through USB, so only one program can use it at a "
         "time.",
         "Install the rule that comes with tokendeck, then plug the token in again."},
        {"doctor.held",
         "Another program has the token open: {subject}. tokendeck cannot see the processes of other users.",
         "Close it if the token does not answer or answers strangely."},
        {"doctor.held-by-scdaemon",
         "GnuPG's smart card daemon has the token open: {subject}. It uses the smart card in the same token; PINs "
         "can fail or take long while it does.",
         "End it; GnuPG starts it again when it needs it."},
        {"doctor.held-by-pcscd",
         "The smart card service has the token open: {subject}. PINs can fail or take long while it uses the card.",
         "If that happens, stop it while you use tokendeck."},
        {"doctor.boot-loader", "{subject}: it is waiting for new firmware and gives no codes.",
         "Unplug it and plug it in again; it then starts as a token. If not, finish the update with the vendor's "
         "tool."},
        {"doctor.model-not-served", "{subject} is plugged in, but tokendeck cannot use it.",
         "Use the vendor's own program for it, Nitrokey App 2 or nitropy for a Nitrokey 3."},
        {"doctor.hidapi-missing", "The library hidapi is not installed. Without it, tokendeck sees no token.",
         "Install it."},
        {"doctor.clock-unsynchronised",
         "This computer's clock is not synchronised. Web sites refuse a code that is off by a minute.",
         "Let the system set its clock over the network."},
        {"doctor.clock-absurd", "This computer's clock was never set: codes would be for the wrong time.",
         "Set the date and time, or let the system do it over the network."},
        {"doctor.clock-right", "This computer's clock is synchronised.", ""},
        {"doctor.no-display", "There is no graphical session here, so the window cannot open.",
         "Start it in a graphical session, or use the command line: tokendeck --help."},
    };
    return table;
}

}  // namespace tokendeck::words
