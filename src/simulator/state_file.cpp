#include "simulator/state_file.hpp"

#include "base/errors.hpp"
#include "base/outside_file.hpp"

namespace tokendeck::simulator {

base::Result<base::SecretText> read_file(const std::string& path, std::size_t most) {
    constexpr int tries = 3;  // an editor may be writing right now
    for (int i = 1;; ++i) {
        auto content = base::read_outside_file(path, most);
        if (content) return base::SecretText::copy_of(base::text_of(content.value()));
        if (content.error().code != base::errors::file_changing || i == tries) return std::move(content).error();
    }
}

}  // namespace tokendeck::simulator
