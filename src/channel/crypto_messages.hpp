// The conversations with the crypto thread: from main (pictures, pasted text, folders) and from the device thread
// (what code should this secret give?). Every request has an id and ends in exactly one reply with that id.
#pragma once

#include "base/error.hpp"
#include "base/secret.hpp"
#include "channel/device_messages.hpp"
#include "otp/enrolment.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace tokendeck::channel {

// ---- main and crypto ----

// Read the picture in a file and the account in its QR code. Ends in EnrolmentRead.
struct ReadImage {
    MessageId id = 0;
    std::string path{};  // UTF-8
};
// Understand a pasted text: an otpauth URI, or a bare base32 secret. Ends in EnrolmentRead.
struct ReadText {
    MessageId id = 0;
    base::SecretText text{};
};
// What is in a folder, for choosing a picture. Ends in FolderListed.
struct ListFolder {
    MessageId id = 0;
    std::string path{};  // UTF-8; empty: the user's pictures, downloads or home folder, the first there is
};

using CryptoRequest = std::variant<std::monostate, ReadImage, ReadText, ListFolder>;

enum class EnrolmentSource : std::uint8_t { image, uri, bare_secret };

struct EnrolmentRead {
    MessageId id = 0;
    EnrolmentSource source = EnrolmentSource::uri;
    otp::OtpEnrolment enrolment{};
};
struct FolderEntry {
    std::string name{};
    bool folder = false;
};
struct FolderListed {
    MessageId id = 0;
    std::string path{};                  // absolute
    std::vector<FolderEntry> entries{};  // folders first, then pictures (by extension), each by name; nothing else
    bool more = false;                   // there are more than are listed
};
struct RequestFailed {
    MessageId id = 0;
    base::Error error{};
};

using CryptoReply = std::variant<std::monostate, EnrolmentRead, FolderListed, RequestFailed>;

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
