// What waits to leave the main thread: for the device and the crypto thread, and for the app itself. Thread: main.
#pragma once

#include "base/secret.hpp"
#include "channel/crypto_messages.hpp"
#include "channel/device_messages.hpp"

#include <deque>
#include <string>
#include <variant>

namespace tokendeck::state {

struct PutOnClipboard {
    base::SecretText text{};
    bool lent = false;  // a code, to be taken back by ClearClipboardIfOurs
};
struct ClearClipboardIfOurs {};
// Puts another code in the place of the one that was lent, if that is still there.
struct ExchangeClipboardIfOurs {
    base::SecretText text{};
};
// Ends in one of the intents PictureTaken, PicturesChosen, PictureFailed with that id.
struct TakePictureFromClipboard {
    channel::MessageId id = 0;
};
struct TakePictureOfScreen {
    channel::MessageId id = 0;
};
struct ChoosePictures {
    channel::MessageId id = 0;
};
// A file that the person has saved. Each ends in SheetHandedOver with that id.
struct OpenFile {
    channel::MessageId id = 0;
    std::string path{};
};
struct PrintFile {
    channel::MessageId id = 0;
    std::string path{};
};
// The app is to give up on it; it ends all the same.
struct CancelPicture {
    channel::MessageId id = 0;
};
using Effect = std::variant<PutOnClipboard, ClearClipboardIfOurs, ExchangeClipboardIfOurs, TakePictureFromClipboard,
                            TakePictureOfScreen, ChoosePictures, CancelPicture, OpenFile, PrintFile>;

struct Outbox {
    std::deque<channel::DeviceCommand> device{};
    std::deque<channel::CryptoRequest> crypto{};
    std::deque<Effect> effects{};
    [[nodiscard]] bool empty() const { return device.empty() && crypto.empty() && effects.empty(); }
};

}  // namespace tokendeck::state
