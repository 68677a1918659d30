// What the doctor finds, in German. The codes and their order: doctor_words.cpp.
#include "ui/words_table.hpp"

namespace tokendeck::ui {

std::span<const ErrorWords> german_doctor_words() {
    static constexpr ErrorWords table[] = {
        {"doctor.token-ready", "{subject} ist da, darf geöffnet werden und antwortet.", ""},
        {"doctor.token-claimed", "{subject} ist da, aber ein anderes Programm hält es fest und lässt niemanden heran.",
         "Das Programm schließen (GnuPG, Nitrokey App oder ein anderes für Tokens) und noch einmal nachsehen."},
        {"doctor.token-silent", "{subject} ist da und darf geöffnet werden, antwortet aber nicht.",
         "Abziehen und neu einstecken. Bleibt es stumm, einen anderen USB-Anschluss ohne Hub versuchen."},
        {"doctor.token-crowded", "{subject} ist da, aber ein anderes Programm spricht die ganze Zeit mit ihm.",
         "Das andere Programm schließen und noch einmal nachsehen."},
        {"doctor.token-unclear", "{subject} ist da, aber was es antwortet, kann nicht stimmen.",
         "Abziehen und ohne Hub neu einstecken. Hilft das nicht, ist die Verbindung oder das Token beschädigt."},
        {"doctor.token-disturbed",
         "{subject} antwortet, aber unterwegs waren Antworten beschädigt oder für ein anderes Programm.",
         "Andere Programme schließen, die es benutzen. Gibt es keine, es ohne Hub einstecken."},
        {"doctor.token-gone", "{subject} wurde abgezogen, während nachgesehen wurde.",
         "Einstecken und noch einmal nachsehen."},
        {"doctor.firmware-too-old", "{subject} hat Firmware 0.{actual}; tokendeck braucht 0.{limit} oder neuer.",
         "Die Firmware mit dem Werkzeug des Herstellers aktualisieren. Vorsicht: Codes müssen danach vielleicht "
         "neu eingerichtet werden."},
        {"doctor.firmware-newer", "{subject} hat Firmware 0.{actual}, neuer als 0.{limit}, die neueste bekannte.",
         "Es wird wie 0.{limit} behandelt. Nachsehen, ob es ein neueres tokendeck gibt."},
        {"doctor.card-silent", "{subject} erreicht die Smartcard in seinem Inneren nicht; PINs gehen darum nicht.",
         "Abziehen und neu einstecken. Hilft das nicht, ist das Token beschädigt."},
        {"doctor.card-in-use", "Ein anderes Programm benutzt die Smartcard dieses Tokens: {subject}.",
         "PINs müssen warten, bis es fertig ist; es schließen, wenn das lange dauert."},
        {"doctor.no-token", "Am Bus ist kein Token.",
         "Es einstecken. Ist es das schon: einen anderen USB-Anschluss ohne Hub versuchen und sehen, ob sein Licht "
         "angeht."},
        {"doctor.no-rule", "Ein Token ist am Bus, aber keine udev-Regel erlaubt, {subject} zu öffnen.",
         "Die Regel installieren, die tokendeck beiliegt, dann das Token neu einstecken."},
        {"doctor.rule-not-applied", "Es gibt eine udev-Regel für das Token, aber sie gilt für {subject} noch nicht.",
         "udev seine Regeln neu lesen lassen oder das Token neu einstecken."},
        {"doctor.no-seat",
         "Es gibt eine udev-Regel für das Token, aber sie gibt {subject} nur dem, der an diesem Computer sitzt oder in "
         "der Gruppe plugdev ist. Beides trifft hier nicht zu (zum Beispiel bei Anmeldung über ssh).",
         "Der Gruppe beitreten und neu anmelden oder am Computer selbst anmelden."},
        {"doctor.hidraw-closed",
         "Das Token arbeitet nur über seinen USB-Knoten; {subject} ist verschlossen. So kann nur ein Programm zugleich "
         "es benutzen.",
         "Die Regel installieren, die tokendeck beiliegt, dann das Token neu einstecken."},
        {"doctor.held",
         "Ein anderes Programm hat das Token geöffnet: {subject}. Prozesse anderer Benutzer sind nicht zu sehen.",
         "Es schließen, wenn das Token nicht oder seltsam antwortet."},
        {"doctor.held-by-scdaemon",
         "Der Smartcard-Dienst von GnuPG hat das Token geöffnet: {subject}. Er benutzt die Smartcard im selben Token; "
         "solange er das tut, können PINs fehlschlagen oder lange dauern.",
         "Ihn beenden; GnuPG startet ihn wieder, wenn es ihn braucht."},
        {"doctor.held-by-pcscd",
         "Der Smartcard-Dienst des Systems hat das Token geöffnet: {subject}. Solange er die Karte benutzt, können "
         "PINs "
         "fehlschlagen oder lange dauern.",
         "Ihn in diesem Fall anhalten, solange tokendeck in Gebrauch ist."},
        {"doctor.boot-loader", "{subject}: wartet auf neue Firmware und gibt keine Codes.",
         "Abziehen und neu einstecken; dann startet es als Token. Sonst das Update mit dem Werkzeug des Herstellers "
         "beenden."},
        {"doctor.model-not-served", "{subject} ist eingesteckt; das kann tokendeck nicht verwenden.",
         "Das Programm des Herstellers verwenden, für einen Nitrokey 3 Nitrokey App 2 oder nitropy."},
        {"doctor.hidapi-missing", "Die Bibliothek hidapi ist nicht installiert; ohne sie ist kein Token zu sehen.",
         "Sie installieren."},
        {"doctor.clock-unsynchronised",
         "Die Uhr dieses Computers ist nicht synchronisiert. Ein Code für eine Zeit, die um eine Minute falsch ist, "
         "wird abgelehnt.",
         "Das System seine Uhr über das Netz stellen lassen."},
        {"doctor.clock-absurd", "Die Uhr dieses Computers wurde nie gestellt: Codes wären für die falsche Zeit.",
         "Datum und Uhrzeit stellen oder das System es über das Netz tun lassen."},
        {"doctor.clock-right", "Die Uhr dieses Computers ist synchronisiert.", ""},
        {"doctor.no-display", "Hier ist keine grafische Sitzung, darum kann sich das Fenster nicht öffnen.",
         "In einer grafischen Sitzung starten oder die Befehlszeile benutzen: tokendeck --help."},
    };
    return table;
}

}  // namespace tokendeck::ui
