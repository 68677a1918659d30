// What the desktop prefers, for Theme::system. Thread: main; never waits.
#pragma once

namespace tokendeck::app {

[[nodiscard]] bool desktop_prefers_dark();

}  // namespace tokendeck::app
