// The companion files of a token's state file, by which processes share one token:
//   FILE.power   the token's RAM. Whoever has the token in use holds it locked as one of several.
//   FILE.lock    locked by one at a time, for the length of a transfer.
// The system ends both locks with the process, however that ends. Both files can be read by their owner only, and go
// with the last user (FILE.power stays if it is asked to). Deleting FILE.power pulls the token and plugs it in again.
// Thread: one at a time. Errors: wire::errors::state_unwritable, state_unreadable, base::errors::file_not_regular;
// wire::errors::transfer_failed when another process keeps the lock for longer than any transfer takes.
#pragma once

#include "base/result.hpp"
#include "base/secret.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace tokendeck::simulator {

class PowerFile {
  public:
    virtual ~PowerFile() = default;
    PowerFile() = default;
    PowerFile(const PowerFile&) = delete;
    PowerFile& operator=(const PowerFile&) = delete;

    // For the state file with this path; its folder must be there. Creates both files if need be, when it is locked.
    [[nodiscard]] static std::unique_ptr<PowerFile> beside(const std::string& state_file);

    // Waits until no other process has it. From the first time on the token counts as in use by this object.
    [[nodiscard]] virtual base::Result<void> lock() = 0;
    virtual void unlock() = 0;

    // The rest only between lock and unlock.

    // Nobody else has the token in use.
    [[nodiscard]] virtual bool alone() = 0;
    [[nodiscard]] virtual base::Result<base::SecretText> read() = 0;
    // In place, from nothing on: what is cut off by a crash does not end with its last line.
    [[nodiscard]] virtual base::Result<void> write(std::string_view content) = 0;
    // The token is no longer in use by this object, which also loses the lock. Deletes FILE.lock if nobody else uses
    // the token, and then FILE.power, too, if `and_power`.
    virtual void leave(bool and_power) = 0;
};

// Names this run of the operating system, to which times of the steady clock belong.
[[nodiscard]] std::string boot_id();

}  // namespace tokendeck::simulator
