// The conversations with the crypto thread: from main (pictures, pasted text, folders) and from the device thread
// (what code should this secret give?). Every request has an id and ends in exactly one reply with that id.
#pragma once

#include "base/error.hpp"
#include "base/secret.hpp"
#include "channel/device_messages.hpp"
#include "channel/sheet_facts.hpp"
#include "otp/enrolment.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tokendeck::channel {

// ---- main and crypto ----

// What is in a folder, for choosing a picture. Ends in FolderListed.
struct ListFolder {
    MessageId id = 0;
    std::string path{};  // UTF-8; empty: the user's pictures, downloads or home folder, the first there is
    bool typed = false;  // by a person: ~ is the home folder, and it may be a file
};

// Read all accounts in a picture: every QR code of an account, and exports of several accounts (otpauth-migration).
// Ends in AccountsRead.
struct ReadAccountsInImage {
    MessageId id = 0;
    std::string path{};  // UTF-8
};
// The same of a picture from the clipboard or the screen. Ends in AccountsRead.
struct ReadAccountsInPicture {
    MessageId id = 0;
    base::SecretBytes picture{};  // a picture file's content
};
// Understand a pasted text with any number of accounts. Ends in AccountsRead.
struct ReadAccountsInText {
    MessageId id = 0;
    base::SecretText text{};
    bool as_hex = false;  // the person says that it is a secret in hexadecimal digits
};
// What a text is understood as, while it is typed. Ends in TextExplained, whatever the text is.
struct ExplainText {
    MessageId id = 0;
    base::SecretText text{};
    bool as_hex = false;
};
// A random secret for an account that both sides set up. Ends in SecretMade.
struct MakeSecret {
    MessageId id = 0;
    std::size_t bytes = 20;  // 20, or 32 to 40
};

// The account as another program takes it in, to show or print: QR code of the otpauth URI, and the secret in letters.
// Ends in SheetShown.
struct ShowSheet {
    MessageId id = 0;
    otp::OtpEnrolment enrolment{};
};

// A free path for a sheet in the user's documents. Ends in SheetPathSuggested.
struct SuggestSheetPath {
    MessageId id = 0;
    std::string name{};  // of the account; any bytes
};
// Writes the sheet as a PDF file that was not there before: the only way in which a secret gets onto the disk, and only
// because the person asked for exactly this file. Ends in SheetWritten.
struct WriteSheet {
    MessageId id = 0;
    std::string path{};  // UTF-8
    otp::OtpEnrolment enrolment{};
    SheetFacts facts{};
    // Further accounts, a page each. The facts are those of the first, but for the slot.
    struct Further {
        otp::OtpEnrolment enrolment{};
        std::string slot{};
    };
    std::vector<Further> further{};
};
// Deletes a sheet that WriteSheet has written, and nothing that came to its place. Ends in SheetDeleted.
struct DeleteSheet {
    MessageId id = 0;
    std::string path{};  // UTF-8
};

// A file of text that accounts were read from, as it was then.
struct ExportFile {
    std::string path{};  // absolute, UTF-8
    std::size_t bytes = 0;
    std::uint64_t fingerprint = 0;  // of its content
};
// Deletes it, if it still has that content. Ends in ExportDeleted.
struct DeleteExport {
    MessageId id = 0;
    ExportFile file{};
};

using CryptoRequest =
    std::variant<std::monostate, ListFolder, ReadAccountsInImage, ReadAccountsInText, ReadAccountsInPicture,
                 ExplainText, MakeSecret, ShowSheet, SuggestSheetPath, WriteSheet, DeleteSheet, DeleteExport>;

enum class EnrolmentSource : std::uint8_t {
    image,
    uri,
    bare_secret,
    exported,  // by another program, into a file
};

struct FolderEntry {
    std::string name{};
    bool folder = false;
};
// A folder that many people keep pictures in.
struct PictureFolder {
    enum class Kind : std::uint8_t { home, downloads, pictures };
    Kind kind = Kind::home;
    std::string path{};
    friend bool operator==(const PictureFolder&, const PictureFolder&) = default;
};
struct FolderListed {
    MessageId id = 0;
    std::string path{};  // absolute
    std::vector<FolderEntry>
        entries{};      // folders first, then pictures, texts and exports (by extension), each by name; nothing else
    bool more = false;  // there are more than are listed
    std::vector<PictureFolder> places{};  // those that are there, each once
    bool is_file = false;                 // what was typed is the path of a file; nothing is listed
};
struct RequestFailed {
    MessageId id = 0;
    base::Error error{};
};

// Which part of an export over several QR codes this is. Parts with the same batch belong together.
struct MigrationPart {
    std::int32_t batch = 0;
    std::uint32_t index = 0;  // from 0
    std::uint32_t count = 1;
    friend bool operator==(const MigrationPart&, const MigrationPart&) = default;
};
// One QR code of a text that is spread over several (structured append).
struct CodePart {
    std::size_t index = 0;    // from 0
    std::size_t count = 0;    // of the whole text
    std::uint8_t parity = 0;  // all bytes of the whole text, combined by exclusive or
    base::SecretText text{};
};
[[nodiscard]] inline bool of_one_text(const CodePart& a, const CodePart& b) {
    return a.count == b.count && a.parity == b.parity;
}
// What of the input was not read as it stands there: left out, repaired, or taken as something near to it.
struct Remark {
    base::Error error{};  // crypto::errors, "crypto.read-…"
    bool asks = false;    // it could change the codes: the person has to agree before the account is written
    // The account's figures if the person says that it is meant so; with no it is left out. Only where `asks`.
    std::optional<otp::OtpParameters> meant{};
    bool lacks_counter = false;  // none was given for an HOTP account: the person may give one, or agree to 0
};
struct ReadAccount {
    otp::OtpEnrolment enrolment{};  // no name if the input has none: the person is asked for one
    std::vector<Remark> remarks{};
};
// One account among several that cannot be taken, and why; the others are not harmed by it.
struct AccountRefused {
    std::size_t place = 0;  // among all that were met, from 1
    base::Error error{};    // subject: the account's name, if it has one and the code does not say otherwise
};

struct AccountsRead {
    MessageId id = 0;
    EnrolmentSource source = EnrolmentSource::uri;
    std::vector<ReadAccount> accounts{};    // in reading order
    std::vector<AccountRefused> refused{};  // accounts, refused and code_parts are not all empty
    std::vector<MigrationPart> parts{};     // of the exports among them, as far as they are parts
    std::vector<CodePart> code_parts{};
    std::size_t without_otp = 0;              // entries of an export that are no OTP account: passwords, notes
    std::optional<ExportFile> export_file{};  // what was read was in a file of text
};

enum class TextKind : std::uint8_t {
    nothing_yet,  // empty, or the beginning of what a URI begins with
    base32_secret,
    hex_secret,
    otpauth_uri,
    migration,
    picture,          // written out in a data: address
    several,          // accounts, a line each
    unsupported_uri,  // steam:, https:, …
};
// Of the character at which a text is wrong.
enum class CharacterClass : std::uint8_t {
    none,        // the text is wrong as a whole
    look_alike,  // 0, 1 or 8: may have been meant as O, as I or L, as B. Never guessed
    letter,
    digit,
    space,
    mark,  // punctuation of ASCII
    control,
    beyond_ascii,
    broken,  // no UTF-8
};
struct TextProblem {
    base::Error error{};                // position: in characters of the whole text
    std::optional<std::size_t> byte{};  // the same place, in bytes from the start of the text
    CharacterClass character = CharacterClass::none;
};
// What may be shown of an account without showing its secret.
struct AccountFacts {
    std::string issuer{};
    std::string account{};
    otp::OtpParameters parameters{};
    std::size_t secret_bytes = 0;
    std::vector<Remark> remarks{};
};
struct ExplainedItem {
    TextKind kind = TextKind::nothing_yet;
    std::size_t line = 1;                  // of the text, from 1
    std::vector<AccountFacts> accounts{};  // several only of an export
    std::vector<AccountRefused> refused{};
    std::optional<MigrationPart> part{};
    std::optional<TextProblem> problem{};    // why there is no account
    std::vector<std::size_t> look_alikes{};  // bytes from the start of the text: every 0, 1 and 8 of a base32 secret
    bool could_be_hex = false;     // a base32 secret that consists of hexadecimal digits only: the person has to say
    std::size_t lines_joined = 1;  // more: a secret that was put together from several lines
};
struct TextExplained {
    MessageId id = 0;
    TextKind kind = TextKind::nothing_yet;
    std::vector<ExplainedItem> items{};  // one, or one for each line that is not empty if `kind` is several
};
struct SecretMade {
    MessageId id = 0;
    base::SecretBytes secret{};
    base::SecretText base32{};  // in groups of four, a space between them
};

struct SheetShown {
    MessageId id = 0;
    int side = 0;                 // modules a side, without quiet zone
    base::SecretBytes modules{};  // side * side, row by row; 1 is dark
    base::SecretText base32{};    // in groups of four
};

struct SheetPathSuggested {
    MessageId id = 0;
    std::string path{};  // UTF-8
};
struct SheetWritten {
    MessageId id = 0;
    std::string path{};
};
struct SheetDeleted {
    MessageId id = 0;
};
struct ExportDeleted {
    MessageId id = 0;
};

using CryptoReply = std::variant<std::monostate, FolderListed, RequestFailed, AccountsRead, TextExplained, SecretMade,
                                 SheetShown, SheetPathSuggested, SheetWritten, SheetDeleted, ExportDeleted>;

// ---- device and crypto ----

// The code that a right token gives. The factor is the HOTP counter or the TOTP time step.
struct CodeQuestion {
    MessageId id = 0;
    base::SecretBytes secret{};  // a clone of the device thread's; wiped by crypto
    otp::HashAlgorithm algorithm = otp::HashAlgorithm::sha1;
    std::uint32_t digits = 6;
    std::uint64_t factor = 0;
};
struct CodeAnswer {
    MessageId id = 0;
    std::optional<base::Error> error{};
    base::SecretText code{};
};

}  // namespace tokendeck::channel
