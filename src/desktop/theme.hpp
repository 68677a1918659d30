// What the desktop prefers, for Theme::system. Thread: main; never waits.
#pragma once

namespace tokendeck::desktop {

[[nodiscard]] bool desktop_prefers_dark();

}  // namespace tokendeck::desktop
