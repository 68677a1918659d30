// What the doctor finds, in German. The codes and their order: doctor_words.cpp.
#include "words/words_table.hpp"

namespace tokendeck::words {

std::span<const ErrorWords> german_doctor_words() {
    static constexpr ErrorWords table[] = {
        {"doctor.token-ready", "{subject} ist da, lässt sich öffnen und antwortet.", ""},
        {"doctor.token-claimed", "{subject} ist da, aber ein anderes Programm benutzt es und lässt niemanden heran.",
         "Das Programm schließen (GnuPG, Nitrokey App oder ein anderes für Token) und noch einmal prüfen."},
        {"doctor.token-silent", "{subject} ist da und lässt sich öffnen, antwortet aber nicht.",
         "Abziehen und wieder einstecken. Passiert es wieder, einen anderen USB-Anschluss ohne Hub nehmen."},
        {"doctor.token-crowded", "{subject} ist da, aber ein anderes Programm spricht die ganze Zeit mit ihm.",
         "Das andere Programm schließen und noch einmal prüfen."},
        {"doctor.token-unclear", "{subject} ist da, aber was es antwortet, kann nicht stimmen.",
         "Abziehen und ohne Hub wieder einstecken. Hilft das nicht, ist die Verbindung oder das Token beschädigt."},
        {"doctor.token-disturbed",
         "{subject} antwortet, aber unterwegs waren Antworten beschädigt oder für ein anderes Programm.",
         "Andere Programme schließen, die es benutzen. Gibt es keine, das Token ohne Hub einstecken."},
        {"doctor.token-gone", "{subject} wurde während der Prüfung abgezogen.", "Einstecken und noch einmal prüfen."},
        {"doctor.firmware-too-old", "{subject} hat Firmware 0.{actual}; tokendeck braucht 0.{limit} oder neuer.",
         "Die Firmware mit dem Werkzeug des Herstellers aktualisieren. Codes müssen danach vielleicht neu "
         "eingerichtet werden."},
        {"doctor.firmware-newer", "{subject} hat Firmware 0.{actual}, neuer als 0.{limit}, die neueste bekannte.",
         "tokendeck behandelt es wie 0.{limit}. Prüfen, ob es ein neueres tokendeck gibt."},
        {"doctor.card-silent", "{subject} erreicht die Smartcard in seinem Inneren nicht; PINs gehen darum nicht.",
         "Abziehen und wieder einstecken. Hilft das nicht, ist das Token beschädigt."},
        {"doctor.card-in-use", "Ein anderes Programm benutzt die Smartcard dieses Tokens: {subject}.",
         "PINs müssen warten, bis es fertig ist; es schließen, wenn das lange dauert."},
        {"doctor.no-token", "Dieser Computer sieht kein Token.",
         "Das Token einstecken. Steckt es schon, einen anderen USB-Anschluss ohne Hub nehmen und prüfen, ob sein Licht "
         "angeht."},
        {"doctor.no-rule", "Ein Token ist eingesteckt, aber keine udev-Regel erlaubt, {subject} zu öffnen.",
         "Die Regel von tokendeck installieren, dann das Token wieder einstecken."},
        {"doctor.rule-not-applied", "Es gibt eine udev-Regel für das Token, aber sie gilt für {subject} noch nicht.",
         "udev seine Regeln neu lesen lassen oder das Token wieder einstecken."},
        {"doctor.no-seat",
         "Es gibt eine udev-Regel für das Token, aber sie gibt {subject} nur dem, der an diesem Computer sitzt oder in "
         "der Gruppe plugdev ist. Beides trifft hier nicht zu (zum Beispiel bei Anmeldung über ssh).",
         "Der Gruppe beitreten und neu anmelden oder am Computer selbst anmelden."},
        {"doctor.hidraw-closed",
         "{subject} lässt sich nicht öffnen. Das Token ist nur über USB erreichbar, darum kann nur ein Programm "
         "zugleich es benutzen.",
         "Die Regel von tokendeck installieren, dann das Token wieder einstecken."},
        {"doctor.held",
         "Ein anderes Programm hat das Token geöffnet: {subject}. tokendeck sieht Prozesse anderer Benutzer nicht.",
         "Das Programm schließen, wenn das Token nicht oder seltsam antwortet."},
        {"doctor.held-by-scdaemon",
         "Der Smartcard-Dienst von GnuPG hat das Token geöffnet: {subject}. Er benutzt die Smartcard im selben Token; "
         "solange er das tut, können PINs fehlschlagen oder lange dauern.",
         "Den Dienst beenden; GnuPG startet ihn wieder, wenn es ihn braucht."},
        {"doctor.held-by-pcscd",
         "Der Smartcard-Dienst des Systems hat das Token geöffnet: {subject}. Solange er die Karte benutzt, können "
         "PINs "
         "fehlschlagen oder lange dauern.",
         "Dann den Dienst anhalten, solange tokendeck in Gebrauch ist."},
        {"doctor.boot-loader", "{subject}: wartet auf neue Firmware und gibt keine Codes.",
         "Abziehen und wieder einstecken; dann startet es als Token. Sonst das Update mit dem Werkzeug des Herstellers "
         "beenden."},
        {"doctor.model-not-served", "{subject} ist eingesteckt, aber tokendeck kann es nicht verwenden.",
         "Das Programm des Herstellers verwenden, für einen Nitrokey 3 Nitrokey App 2 oder nitropy."},
        {"doctor.hidapi-missing", "Die Bibliothek hidapi ist nicht installiert. Ohne sie sieht tokendeck kein Token.",
         "Die Bibliothek installieren."},
        {"doctor.clock-unsynchronised",
         "Die Uhr dieses Computers ist nicht synchronisiert. Websites lehnen einen Code ab, der um eine Minute "
         "falsch ist.",
         "Das System seine Uhr über das Netz stellen lassen."},
        {"doctor.clock-absurd", "Die Uhr dieses Computers wurde nie gestellt: Codes wären für die falsche Zeit.",
         "Datum und Uhrzeit stellen oder das System es über das Netz tun lassen."},
        {"doctor.clock-right", "Die Uhr dieses Computers ist synchronisiert.", ""},
        {"doctor.no-display", "Hier gibt es keine grafische Sitzung, darum kann sich das Fenster nicht öffnen.",
         "In einer grafischen Sitzung starten oder die Befehlszeile benutzen: tokendeck --help."},
    };
    return table;
}

}  // namespace tokendeck::words
