#include "desktop/transferred.hpp"

#include <algorithm>
#include <cstddef>

namespace tokendeck::desktop {

base::SecretBytes joined(std::span<const base::SecretBytes> parts) {
    std::size_t size = 0;
    for (const base::SecretBytes& part : parts) size += part.size();
    base::SecretBytes whole(size);
    auto at = whole.bytes().begin();
    for (const base::SecretBytes& part : parts) at = std::ranges::copy(part.bytes(), at).out;
    return whole;
}

}  // namespace tokendeck::desktop
