#include "app/file_opener.hpp"
#include "base/paths.hpp"
#include "desktop/errors.hpp"
#include "state/apply.hpp"

namespace tokendeck::app {

// Not there yet: the person is sent to the file manager.
void FileOpener::open(state::AppState& state, const state::OpenFile& file) {
    base::Error error{desktop::errors::open_failed};
    error.subject = base::last_name(file.path);
    state::apply(state, state::Intent{state::SheetHandedOver{file.id, std::move(error)}});
}

bool FileOpener::turn(state::AppState&) {
    return false;
}

std::optional<base::SteadyTime> FileOpener::due() const {
    return std::nullopt;
}

}  // namespace tokendeck::app
