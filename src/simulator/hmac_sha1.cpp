#include "simulator/hmac_sha1.hpp"

#include "base/secret.hpp"

#include <nettle/hmac.h>

namespace tokendeck::simulator {

std::array<std::uint8_t, sha1_size> hmac_sha1(std::span<const std::uint8_t> key,
                                              std::span<const std::uint8_t> message) {
    static_assert(sha1_size == SHA1_DIGEST_SIZE);
    std::array<std::uint8_t, sha1_size> digest{};
    hmac_sha1_ctx context;
    hmac_sha1_set_key(&context, key.size(), key.data());
    hmac_sha1_update(&context, message.size(), message.data());
    hmac_sha1_digest(&context, digest.size(), digest.data());
    base::wipe(&context, sizeof context);
    return digest;
}

std::uint32_t hotp_value(std::span<const std::uint8_t> key, std::uint64_t counter, bool eight_digits) {
    std::array<std::uint8_t, 8> message{};
    for (std::size_t i = 0; i < 8; ++i) message[i] = static_cast<std::uint8_t>(counter >> (8 * (7 - i)));
    auto digest = hmac_sha1(key, message);
    const std::size_t at = digest[19] & 0x0FU;
    const std::uint32_t truncated = (std::uint32_t{digest[at]} & 0x7FU) << 24 | std::uint32_t{digest[at + 1]} << 16 |
                                    std::uint32_t{digest[at + 2]} << 8 | std::uint32_t{digest[at + 3]};
    base::wipe(digest.data(), digest.size());
    return truncated % (eight_digits ? 100'000'000U : 1'000'000U);
}

}  // namespace tokendeck::simulator
