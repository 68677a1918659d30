// Where a simulated token's persistent state is: in a file, or in memory for tests. The file is read at the start and
// written after each change that the firmware would have made to flash or card, so that whatever stops the program
// leaves what pulling the token would have left. A file that cannot be read as a whole is never written to.
// Thread: one at a time.
#pragma once

#include "simulator/state_file.hpp"
#include "simulator/token_state.hpp"

#include <optional>
#include <string>

namespace tokendeck::simulator {

class TokenStore {
  public:
    // State that nothing outlives but the store itself.
    explicit TokenStore(TokenState in_memory) : state_(std::move(in_memory)) {}

    // A new file, with its folder if need be. Replaces a file that is there.
    // Errors: wire::errors::state_unwritable.
    [[nodiscard]] static base::Result<TokenStore> create(const std::string& path, TokenState state);
    // Errors: wire::errors::state_unreadable, base::errors::file_….
    [[nodiscard]] static base::Result<TokenStore> open(const std::string& path);

    [[nodiscard]] TokenState& state() { return state_; }

    [[nodiscard]] const TokenState& state() const { return state_; }

    // Writes the state to the file. Errors: wire::errors::state_unwritable.
    [[nodiscard]] base::Result<void> save();
    // Takes in what somebody else has written to the file since; `for_sure`: also if the file looks untouched.
    // Errors: wire::errors::state_unreadable, base::errors::file_….
    [[nodiscard]] base::Result<void> refresh(bool for_sure = false);

  private:
    TokenStore(std::string path, TokenState state) : path_(std::move(path)), state_(std::move(state)) {}

    std::string path_{};  // empty: in memory
    TokenState state_;
    FileIdentity identity_{};
};

}  // namespace tokendeck::simulator
