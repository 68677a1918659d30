#include "crypto/new_secret.hpp"

#include "base/error_number.hpp"
#include "crypto/base32.hpp"
#include "crypto/errors.hpp"

namespace tokendeck::crypto {

base::Result<base::SecretBytes> make_secret(base::Random& random, std::size_t bytes) {
    constexpr std::size_t usual = 20, long_least = 32, most = 40;
    if (bytes != usual && (bytes < long_least || bytes > most)) {
        return base::Error{
            .code = errors::secret_size, .field = "secret", .actual = base::number(bytes), .limit = base::number(most)};
    }
    base::SecretBytes secret(bytes);
    if (auto filled = random.fill(secret.bytes()); !filled) return std::move(filled).error();
    return secret;
}

base::SecretText in_groups(const base::SecretBytes& secret) {
    constexpr std::size_t group = 4;
    const base::SecretText base32 = encode_base32(secret.bytes());
    base::SecretText text;
    for (std::size_t i = 0; i < base32.size(); i += group) {
        if (i != 0) text.push_back(' ');
        text.append(base32.view().substr(i, group));
    }
    return text;
}

}  // namespace tokendeck::crypto
