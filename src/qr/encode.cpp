#include "qr/encode.hpp"

#include "base/error_number.hpp"
#include "qr/errors.hpp"

#include <cerrno>
#include <cstdint>
#include <utility>

#include <qrencode.h>

namespace tokendeck::qr {
namespace {

// libqrencode's own, which it does not wipe.
class Code {
  public:
    Code(std::string_view text, QRecLevel level) {
        errno = 0;
        code_ = QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0,
                                  level);
        too_long_ = code_ == nullptr && errno == ERANGE;
    }
    ~Code() {
        if (code_ == nullptr) return;
        base::wipe(code_->data, modules());
        QRcode_free(code_);
    }
    Code(const Code&) = delete;
    Code& operator=(const Code&) = delete;

    [[nodiscard]] bool made() const { return code_ != nullptr; }
    [[nodiscard]] bool too_long() const { return too_long_; }
    // Precondition: made().
    [[nodiscard]] Matrix matrix() const {
        Matrix matrix{code_->width, base::SecretBytes(modules())};
        const auto to = matrix.modules.bytes();
        for (std::size_t i = 0; i < to.size(); ++i) to[i] = code_->data[i] & 1U;
        return matrix;
    }

  private:
    [[nodiscard]] std::size_t modules() const {
        return static_cast<std::size_t>(code_->width) * static_cast<std::size_t>(code_->width);
    }

    QRcode* code_ = nullptr;
    bool too_long_ = false;
};

}  // namespace

base::Result<Matrix> encode(std::string_view text) {
    if (text.empty()) return base::Error{errors::text_empty};
    if (text.size() <= text_bytes_most) {
        const Code medium(text, QR_ECLEVEL_M);
        if (medium.made()) return medium.matrix();
        if (!medium.too_long()) return base::Error{errors::encoder_failed};
        const Code low(text, QR_ECLEVEL_L);
        if (low.made()) return low.matrix();
        if (!low.too_long()) return base::Error{errors::encoder_failed};
    }
    return base::Error{
        .code = errors::text_too_long, .actual = base::number(text.size()), .limit = base::number(text_bytes_most)};
}

}  // namespace tokendeck::qr
