// Where the provisioning wizard is, and what it holds. Secrets among it go when it does. Thread: main.
#pragma once

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/secret.hpp"
#include "channel/crypto_messages.hpp"
#include "channel/device_messages.hpp"
#include "otp/limits.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tokendeck::state {

// What was not read as it stands in the input, and what the person says to it.
struct AnsweredRemark {
    channel::Remark remark{};
    std::optional<bool> yes{};  // nothing: no answer yet, or none is asked for
};

// One of the accounts that were read. They are written one after another, each to a slot of its own.
struct Candidate {
    enum class Fate : std::uint8_t { waiting, proven, failed };
    struct SlotOfCard {
        otp::SlotId slot{};
        std::string card{};
    };
    otp::OtpEnrolment enrolment{};  // without its secret while it is being written
    std::vector<AnsweredRemark> remarks{};
    otp::OtpParameters as_read{};  // what the figures are without what a remark is meant as
    std::string name{};            // for the slot
    bool name_typed = false;       // by the person: nothing else changes it
    std::string shortened_from{};  // the whole name, where the one suggested is shorter
    bool chosen = false;
    std::optional<otp::SlotId> slot{};  // nothing: not chosen, no token, or none is free
    bool overwrite_confirmed = false;   // what `slot` holds may be lost
    // What `slot` was last: offered again when the same card is back after it was pulled.
    std::optional<SlotOfCard> was{};
    std::vector<otp::FitProblem> problems{};  // against the active token; empty without one
    std::optional<otp::SlotId> same_as{};     // another slot of the token that seems to hold this account already
    bool same_for_certain = false;            // it is called by this issuer and account; else only the name is the same
    bool keep_both = false;                   // that is as the person wants it
    Fate fate = Fate::waiting;
    std::optional<base::Error> failure{};
};

// What is typed into the box for anything, as far as it is understood. The text itself stays in the field.
struct TypedText {
    channel::MessageId request = 0;  // the newest that was sent; 0: none is under way
    channel::TextExplained explained{};
    bool as_hex = false;  // the person said so
};

// The account in a form that another program or a sheet of paper takes: QR code and letters. On screen while open.
struct RecoverySheet {
    bool open = false;
    channel::MessageId request = 0;  // 0: none is under way
    int side = 0;                    // modules a side; 0: not there yet
    base::SecretBytes modules{};     // side * side; 1 is dark
    base::SecretText base32{};       // in groups of four
    std::string path{};              // where a file would be written: suggested, then as typed; UTF-8
    bool saving = false;
    std::optional<std::string> saved{};
    bool printing = false;
    bool deleting = false;
    bool deleted = false;
    std::optional<base::Error> error{};
};

struct FolderBrowser {
    bool open = false;
    channel::MessageId request = 0;  // 0: none is under way
    std::string path{};
    std::vector<channel::FolderEntry> entries{};
    std::vector<channel::PictureFolder> places{};
    std::optional<base::Error> error{};
};

// What is being read, or waited for.
enum class ReadingFrom : std::uint8_t { file, picture, text, clipboard, screen, new_secret };

// The steps of the wizard, each with what is of no use after it. What outlives a step is in Wizard.

// Drop, choose or paste.
struct InputStep {
    std::optional<base::Error> error{};
    FolderBrowser browser{};
    TypedText typed{};
};
// The crypto thread has it, or the app is asked for a picture.
struct ReadingStep {
    channel::MessageId request = 0;
    ReadingFrom from = ReadingFrom::file;
    std::string file{};                  // its name
    std::vector<std::string> to_read{};  // pictures that come after it
    base::SteadyTime since{};
    TypedText typed{};    // goes back to the box if nothing comes of it
    bool joined = false;  // what is read now was put together from the codes of pictures
};
// One account: slot, name, what does not fit. Several: which ones.
struct ReviewStep {};
struct PinStep {
    std::optional<base::Error> error{};
    std::optional<channel::PinProblem> error_pin{};
};
// The device thread has it; main owns no secret of what is being written.
struct WritingStep {
    channel::MessageId request = 0;
    channel::WriteStep progress = channel::WriteStep::authenticating;
    base::SteadyTime started{};
    bool stop_asked = false;  // of several accounts: no more after this one
};
struct ProvenStep {
    otp::SlotSummary result{};               // the slot as it is now known to be; of several the last
    std::optional<std::uint64_t> counter{};  // HOTP: the counter that the code shown is of; it is used up
    // The secret is still here, for the sheet and a spare token, until then at the latest.
    base::SteadyTime secret_kept_until{};
};
struct FailedStep {
    std::optional<base::Error> error{};
    otp::SlotSummary result{};
    bool slot_is_unsure = false;
    bool broke_off = false;     // as in channel::CommandFailed
    bool time_refused = false;  // trying again agrees to set the token's clock back
};

// What a step is called. `choose` and `review` are the same step, for several accounts and for one.
enum class WizardStep : std::uint8_t { input, reading, choose, review, pin, writing, proven, failed };

// A file of text that accounts were read from, which still holds their secrets.
struct ExportLeft {
    channel::ExportFile file{};
    channel::MessageId request = 0;  // it is being deleted
    bool deleted = false;
    std::optional<base::Error> error{};
};

struct Wizard {
    struct Token {
        channel::TokenKey key{};
        std::string card{};
    };
    std::variant<InputStep, ReadingStep, ReviewStep, PinStep, WritingStep, ProvenStep, FailedStep> step{};
    // Null if the wizard is at another step.
    template <typename T>
    [[nodiscard]] T* in() {
        return std::get_if<T>(&step);
    }
    template <typename T>
    [[nodiscard]] const T* in() const {
        return std::get_if<T>(&step);
    }

    // What was read; empty before that.
    std::vector<Candidate> candidates{};
    std::vector<channel::AccountRefused> refused{};
    std::vector<channel::MigrationPart> parts{};  // of exports over several pictures: those that were read
    std::vector<channel::CodePart> code_parts{};  // of a text over several QR codes, until all of them are read
    std::vector<ExportLeft> exports{};
    std::size_t without_otp = 0;  // entries of these that are no OTP account
    std::size_t left_out = 0;     // accounts that were read and then given up or refused
    channel::EnrolmentSource source = channel::EnrolmentSource::image;
    bool made_here = false;  // a random secret: the other side has to be given it
    // The one that is reviewed alone, asked a PIN for, being written, or was last.
    std::size_t current = 0;
    [[nodiscard]] Candidate& account() { return candidates.at(current); }
    [[nodiscard]] const Candidate& account() const { return candidates.at(current); }

    std::optional<otp::SlotId> wanted_slot{};  // where the person clicked "add", for the account read next
    Token token{};                             // the one that was reviewed
    bool set_time_back = false;                // there; the person agreed to it after a refusal
    bool admin_held = false;                   // it takes the next account without the admin PIN
    // The first token, when the accounts are now for a spare one: that has to be another.
    Token spare_of{};
    // The proof there, to which leaving the spare token leads back, and what each candidate was then.
    struct FirstProof {
        struct Was {
            std::string name{};
            std::string shortened_from{};
            bool chosen = false;
            std::optional<otp::SlotId> slot{};
        };
        ProvenStep step{};
        std::vector<Was> candidates{};
    };
    std::optional<FirstProof> first_proof{};
    RecoverySheet sheet{};
    // A picture that the app was asked for: from the clipboard, the screen, or the desktop's file chooser. 0: none.
    channel::MessageId asked_app = 0;
};

}  // namespace tokendeck::state
