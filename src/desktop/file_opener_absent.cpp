// Not there yet: the person is sent to the file manager.
#include "base/paths.hpp"
#include "desktop/errors.hpp"
#include "desktop/file_opener.hpp"

namespace tokendeck::desktop {

std::optional<FileOpener::Failed> FileOpener::open(channel::MessageId id, const std::string& path, base::SteadyTime) {
    Failed failed{id, base::Error{errors::open_failed}};
    failed.error.subject = base::last_name(path);
    return failed;
}

std::vector<FileOpener::Failed> FileOpener::turn(base::SteadyTime) {
    return {};
}

std::optional<base::SteadyTime> FileOpener::due() const {
    return std::nullopt;
}

}  // namespace tokendeck::desktop
