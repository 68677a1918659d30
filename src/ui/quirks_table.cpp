// Known faults of the firmware in words: what it means for the owner, and what this program does about it.
// Source: protocol page, section 6 (the numbers are its).
#include "ui/words_table.hpp"

namespace tokendeck::ui {
namespace {

constexpr QuirkWords table[] = {
    {"Q-P1", "Its clock runs 1 % slow. tokendeck sets it before time-based codes are made."},
    {"Q-P2", "It loses requests that come while it is busy, without a sign. tokendeck notices and waits."},
    {"Q-P3",
     "Making a new AES key destroys the password safe even when the admin PIN was wrong. tokendeck has the PIN checked "
     "first."},
    {"Q-P4",
     "A factory reset is reported as done even when the smart card refused it. tokendeck looks whether the accounts "
     "are "
     "gone."},
    {"Q-P5",
     "A factory reset keeps the settings, PIN protection among them. tokendeck clears them after it and tells if that "
     "failed."},
    {"Q-P6", "Locking it closes the password safe only. tokendeck forgets the user PIN's authentication besides."},
    {"Q-P7", "After a wrong PIN, an authentication that was given before stays valid until it is unplugged."},
    {"Q-P8", "Each PIN typed is good for one write or one protected code; then it has to be typed again."},
    {"Q-P9", "It cannot hold a secret that begins with a zero byte. tokendeck refuses one before a PIN is asked for."},
    {"Q-P10", "It takes slot numbers that do not exist. tokendeck never sends them."},
    {"Q-P11", "A factory reset sets its firmware password back to the default, without saying so."},
    {"Q-P12", "It does not check the random numbers that its keys are made from. Newer firmware does."},
    {"Q-P13", "Of the random numbers it gives, the last bytes may be none. tokendeck does not use them."},
    {"Q-P14", "A PIN of 25 characters cannot be used for unblocking. tokendeck takes at most 24 there."},
    {"Q-P15",
     "What a broken-off write has sent is kept and can end up in the next slot written by another program. tokendeck "
     "overwrites it; some other programs do not."},
    {"Q-P16",
     "A secret that was just written can be read back by any program until the next command. tokendeck sends one at "
     "once."},
    {"Q-P17", "Unused places of its password safe read as garbage. That is no sign of a defect."},
    {"Q-P18", "Its clock, set to before 2014 by any program, refuses the right time afterwards until that is forced."},
    {"Q-P19", "Its USB serial number is written in another order than on other firmware. tokendeck reads both."},
    {"Q-P20",
     "If its smart card does not answer when it is plugged in, it shows no serial number until plugged in anew."},
    {"Q-P21", "It uses only part of a long period. tokendeck refuses periods over 65535 seconds."},
    {"Q-P22", "Its memory wears out with very many writes. tokendeck sets the clock only when it has to."},
    {"Q-P23",
     "After 1,016 codes of a counter-based account it stores nothing more and gives zeros for codes until you plug it "
     "in again. tokendeck notices and tells you."},
    {"Q-S1",
     "Its 15th TOTP slot shares its place with HOTP slot 1: erasing it with another program erases that account. "
     "tokendeck does not offer it."},
    {"Q-S2", "It answers “done” to commands that it does not know. tokendeck reads back whatever it writes."},
    {"Q-S3",
     "After an old kind of command it reports refused writes as done until it is unplugged. tokendeck never sends that "
     "command, and reads back."},
    {"Q-S4", "It never says that it is busy and repeats old answers meanwhile. tokendeck tells them apart."},
    {"Q-S5",
     "Other programs that start it up can upset its clock, so that codes are wrong until the time is set again. "
     "tokendeck "
     "sets it before time-based codes."},
    {"Q-S6", "It tells its status once only. tokendeck asks anew where that was missed."},
    {"Q-S7", "Codes typed by a lock key come without Enter and without a token id, whatever is set."},
    {"Q-S8",
     "Its production data are partly wrong, and reading them crashes old firmware. tokendeck does not read them."},
    {"Q-S9", "After every 504 counter-based codes one code comes twice. If a web site refuses it, take the next one."},
    {"Q-S10",
     "Accounts cannot be edited: the firmware would lose the secret. Write the account again with its QR code "
     "instead."},
    {"Q-S11", "Making new keys erases all accounts and settings besides the volumes."},
    {"Q-S12", "A PIN longer than 20 characters, set with GnuPG, cannot be changed here."},
    {"Q-S13",
     "It shows programs a wrong version and no serial number in its short status. tokendeck reads the long one."},
    {"Q-S14", "Its volumes can be closed without a PIN by any program."},
    {"Q-S15", "While its smart card is not ready it gives impossible numbers of tries. tokendeck shows none then."},
    {"Q-S16", "Large counters can be read in one way only. tokendeck uses that."},
    {"Q-S17", "To commands that it lacks it repeats the status of the one before. tokendeck does not send them."},
    {"Q-S18", "The tries left are those of the last status. tokendeck reads it anew before it tells them."},
    {"Q-S19", "Its USB serial number is the same on every Storage. tokendeck tells them apart by the smart card's."},
    {"Q-S20", "“Wrong PIN” for the encrypted volume can also mean that its key is unusable."},
    {"Q-S21", "It answers damaged requests in its own way. tokendeck notices and sends them again where that is safe."},
};

}  // namespace

std::span<const QuirkWords> quirk_words() {
    return table;
}

}  // namespace tokendeck::ui
