// Known faults of the firmware in words: what it means for the owner, and what this program does about it.
// Source: docs/protocol/pro-storage.md, section 6 (the numbers are from there).
#include "words/words_table.hpp"

namespace tokendeck::words {
namespace {

constexpr QuirkWords table[] = {
    {"Q-P1", "Its clock runs 1 % slow. tokendeck sets it before it asks for time-based codes."},
    {"Q-P2", "It silently loses requests that come while it is busy. tokendeck notices and waits."},
    {"Q-P3",
     "Making a new AES key destroys the password safe even when the admin PIN was wrong. tokendeck has the PIN checked "
     "first."},
    {"Q-P4",
     "It reports a factory reset as done even when the smart card refused it. tokendeck checks that the accounts are "
     "gone."},
    {"Q-P5",
     "A factory reset keeps the settings, including PIN protection. tokendeck clears them afterwards and tells you "
     "if that fails."},
    {"Q-P6", "Locking it closes the password safe only. tokendeck also forgets the user PIN's authentication."},
    {"Q-P7", "After a wrong PIN, an earlier authentication stays valid until you unplug it."},
    {"Q-P8", "Each PIN you type is good for one write or one protected code; then you have to type it again."},
    {"Q-P9", "It cannot hold a secret that begins with a zero byte. tokendeck refuses one before it asks for a PIN."},
    {"Q-P10", "It accepts slot numbers that do not exist. tokendeck never sends them."},
    {"Q-P11", "A factory reset sets its firmware password back to the default, without saying so."},
    {"Q-P12", "It does not check the random numbers that its keys are made from. Newer firmware does."},
    {"Q-P13", "The last bytes of the random numbers it gives may not be random. tokendeck does not use them."},
    {"Q-P14", "You cannot unblock it with a PIN of 25 characters. tokendeck takes at most 24 there."},
    {"Q-P15",
     "What an interrupted write has sent can end up in the next slot that another program writes. tokendeck "
     "overwrites it; some other programs do not."},
    {"Q-P16",
     "Until the next command, any program can read back a secret that was just written. tokendeck sends one at once."},
    {"Q-P17", "Unused places of its password safe read as garbage. That is not a defect."},
    {"Q-P18",
     "If any program sets its clock to before 2014, it refuses the right time afterwards until that is forced."},
    {"Q-P19", "Its USB serial number is in a different order than on other firmware. tokendeck reads both."},
    {"Q-P20",
     "If its smart card does not answer when you plug it in, it shows no serial number until you plug it in again."},
    {"Q-P21", "It uses only part of a long period. tokendeck refuses periods over 65535 seconds."},
    {"Q-P22", "Its memory wears out with very many writes. tokendeck sets the clock only when necessary."},
    {"Q-P23",
     "After 1,016 codes of a counter-based account it stores nothing more and gives zeros for codes until you plug it "
     "in again. tokendeck notices and tells you."},
    {"Q-S1",
     "Its 15th TOTP slot shares its place with HOTP slot 1: if another program erases the one, it erases the other. "
     "tokendeck does not offer it."},
    {"Q-S2", "It answers “done” to commands that it does not know. tokendeck reads back whatever it writes."},
    {"Q-S3",
     "After an old kind of command it reports refused writes as done until you unplug it. tokendeck never sends that "
     "command, and reads back."},
    {"Q-S4", "It never says that it is busy and repeats old answers instead. tokendeck tells them apart."},
    {"Q-S5",
     "Other programs that start it up can upset its clock, so codes are wrong until it is set again. tokendeck sets "
     "it before time-based codes."},
    {"Q-S6", "It tells its status only once. tokendeck asks again if it missed it."},
    {"Q-S7", "Codes typed by a lock key come without Enter and without a token id, whatever is set."},
    {"Q-S8", "Its production data is partly wrong, and reading it crashes old firmware. tokendeck does not read it."},
    {"Q-S9", "After every 504 counter-based codes, one code comes twice. If a web site refuses it, take the next one."},
    {"Q-S10",
     "You cannot edit accounts: the firmware would lose the secret. Write the account again with its QR code instead."},
    {"Q-S11", "Making new keys erases all accounts and settings as well as the volumes."},
    {"Q-S12", "You cannot change a PIN longer than 20 characters, set with GnuPG, here."},
    {"Q-S13",
     "It shows programs a wrong version and no serial number in its short status. tokendeck reads the long one."},
    {"Q-S14", "Any program can close its volumes without a PIN."},
    {"Q-S15", "While its smart card is not ready, it gives impossible numbers of tries. tokendeck then shows none."},
    {"Q-S16", "There is only one way to read large counters. tokendeck uses it."},
    {"Q-S17",
     "It repeats the status of the command before when it does not know a command. tokendeck does not send such "
     "commands."},
    {"Q-S18", "The tries left are those of the last status. tokendeck reads it again before it shows them."},
    {"Q-S19", "Its USB serial number is the same on every Storage. tokendeck tells them apart by the smart card's."},
    {"Q-S20", "“Wrong PIN” for the encrypted volume can also mean that its key is unusable."},
    {"Q-S21", "It answers damaged requests in its own way. tokendeck notices and sends them again where that is safe."},
};

}  // namespace

std::span<const QuirkWords> quirk_words() {
    return table;
}

}  // namespace tokendeck::words
