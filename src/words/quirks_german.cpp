// Known faults of the firmware in German. The numbers and their order: quirks_table.cpp.
#include "words/words_table.hpp"

namespace tokendeck::words {

std::span<const QuirkWords> german_quirk_words() {
    static constexpr QuirkWords table[] = {
        {"Q-P1", "Die Uhr geht 1 % nach. tokendeck stellt sie vor zeitbasierten Codes."},
        {"Q-P2",
         "Anfragen, die kommen, während es beschäftigt ist, gehen ohne Zeichen verloren. tokendeck bemerkt das "
         "und wartet."},
        {"Q-P3",
         "Ein neuer AES-Schlüssel zerstört den Passwortsafe auch bei falscher Admin-PIN. tokendeck lässt die PIN "
         "vorher prüfen."},
        {"Q-P4",
         "Ein Zurücksetzen wird als erledigt gemeldet, auch wenn die Smartcard es abgelehnt hat. tokendeck prüft, "
         "dass die Konten weg sind."},
        {"Q-P5",
         "Ein Zurücksetzen behält die Einstellungen, darunter den PIN-Schutz. tokendeck löscht sie danach und "
         "sagt es, wenn das misslang."},
        {"Q-P6",
         "Sperren schließt nur den Passwortsafe. tokendeck vergisst außerdem die Anmeldung mit der Benutzer-PIN."},
        {"Q-P7", "Nach einer falschen PIN gilt eine frühere Anmeldung weiter, bis das Token abgezogen wird."},
        {"Q-P8",
         "Jede eingegebene PIN gilt für einen Schreibvorgang oder einen geschützten Code; danach ist sie wieder "
         "einzugeben."},
        {"Q-P9",
         "Ein Geheimnis, das mit einem Nullbyte beginnt, kann es nicht aufnehmen. tokendeck lehnt ein solches ab, "
         "bevor nach einer PIN gefragt wird."},
        {"Q-P10", "Es nimmt Slot-Nummern an, die es nicht gibt. tokendeck sendet sie nie."},
        {"Q-P11", "Ein Zurücksetzen stellt sein Firmware-Passwort auf das voreingestellte zurück, ohne es zu sagen."},
        {"Q-P12", "Es prüft die Zufallszahlen nicht, aus denen seine Schlüssel entstehen. Neuere Firmware tut es."},
        {"Q-P13",
         "Von den Zufallszahlen, die es gibt, sind die letzten Bytes vielleicht keine. tokendeck benutzt sie nicht."},
        {"Q-P14", "Mit einer PIN von 25 Zeichen lässt es sich nicht entsperren. tokendeck nimmt dort höchstens 24."},
        {"Q-P15",
         "Was ein abgebrochenes Schreiben gesendet hat, bleibt liegen und kann im nächsten Slot landen, den ein "
         "anderes Programm schreibt. tokendeck überschreibt es; manche anderen Programme nicht."},
        {"Q-P16",
         "Ein gerade geschriebenes Geheimnis kann jedes Programm bis zum nächsten Befehl zurücklesen. tokendeck "
         "sendet sofort einen."},
        {"Q-P17", "Unbenutzte Plätze seines Passwortsafes lesen sich als Unsinn. Das ist kein Defekt."},
        {"Q-P18",
         "Stellt ein Programm seine Uhr auf vor 2014, lehnt sie danach die richtige Zeit ab, bis das erzwungen wird."},
        {"Q-P19", "Seine USB-Seriennummer ist anders angeordnet als bei anderer Firmware. tokendeck liest beides."},
        {"Q-P20",
         "Antwortet seine Smartcard beim Einstecken nicht, zeigt es bis zum nächsten Einstecken keine Seriennummer."},
        {"Q-P21", "Es benutzt nur einen Teil einer langen Periode. tokendeck lehnt Perioden über 65535 Sekunden ab."},
        {"Q-P22",
         "Sein Speicher nutzt sich durch sehr viele Schreibvorgänge ab. tokendeck stellt die Uhr nur, wenn es sein "
         "muss."},
        {"Q-P23",
         "Nach 1.016 Codes eines zählerbasierten Kontos speichert es nichts mehr und gibt Nullen statt Codes, bis es "
         "wieder eingesteckt wird. tokendeck merkt das und sagt es."},
        {"Q-S1",
         "Sein 15. TOTP-Slot teilt sich den Platz mit HOTP-Slot 1: Löscht ein anderes Programm den einen, ist auch "
         "der andere weg. tokendeck bietet ihn nicht an."},
        {"Q-S2",
         "Auf Befehle, die es nicht kennt, antwortet es „erledigt“. tokendeck liest alles zurück, was es schreibt."},
        {"Q-S3",
         "Nach einem alten Befehl meldet es abgelehntes Schreiben als erledigt, bis es abgezogen wird. tokendeck "
         "sendet diesen Befehl nie und liest zurück."},
        {"Q-S4",
         "Es sagt nie, dass es beschäftigt ist, und wiederholt so lange alte Antworten. tokendeck unterscheidet sie."},
        {"Q-S5",
         "Andere Programme, die es starten, können seine Uhr verstellen; dann sind Codes falsch, bis sie neu gestellt "
         "wird. tokendeck stellt sie vor zeitbasierten Codes."},
        {"Q-S6", "Es sagt seinen Status nur einmal. tokendeck fragt wieder, wenn es ihn verpasst hat."},
        {"Q-S7",
         "Codes durch Num, Feststell oder Rollen kommen ohne Enter und ohne Token-Kennung, was auch eingestellt ist."},
        {"Q-S8",
         "Seine Produktionsdaten sind teils falsch, und sie zu lesen bringt alte Firmware zum Absturz. tokendeck "
         "liest sie nicht."},
        {"Q-S9",
         "Nach je 504 zählerbasierten Codes kommt ein Code zweimal. Lehnt eine Website ihn ab, den nächsten nehmen."},
        {"Q-S10",
         "Konten lassen sich nicht ändern: Die Firmware verlöre das Geheimnis. Stattdessen das Konto mit seinem "
         "QR-Code neu schreiben."},
        {"Q-S11", "Neue Schlüssel zu erzeugen löscht außer den Volumes alle Konten und Einstellungen."},
        {"Q-S12", "Eine PIN von über 20 Zeichen, mit GnuPG gesetzt, lässt sich hier nicht ändern."},
        {"Q-S13",
         "In seinem kurzen Status zeigt es Programmen eine falsche Version und keine Seriennummer. tokendeck liest "
         "den langen."},
        {"Q-S14", "Seine Volumes kann jedes Programm ohne PIN schließen."},
        {"Q-S15",
         "Solange seine Smartcard nicht bereit ist, nennt es unmögliche Zahlen von Versuchen. tokendeck zeigt dann "
         "keine."},
        {"Q-S16", "Große Zähler lassen sich nur auf eine Weise lesen. tokendeck nimmt diese."},
        {"Q-S17",
         "Kennt es einen Befehl nicht, wiederholt es den Status des vorigen. tokendeck sendet solche Befehle nicht."},
        {"Q-S18", "Die übrigen Versuche sind die des letzten Status. tokendeck liest ihn neu, bevor es sie nennt."},
        {"Q-S19",
         "Seine USB-Seriennummer ist auf jedem Storage dieselbe. tokendeck unterscheidet sie an der der Smartcard."},
        {"Q-S20", "„Falsche PIN“ beim verschlüsselten Volume kann auch heißen, dass sein Schlüssel unbrauchbar ist."},
        {"Q-S21",
         "Es beantwortet beschädigte Anfragen auf seine Weise. tokendeck bemerkt das und sendet sie wieder, wo das "
         "gefahrlos ist."},
    };
    return table;
}

}  // namespace tokendeck::words
