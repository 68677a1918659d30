// The program's version, as --version shows it and as CHANGELOG.md counts it.
#pragma once

#include <string_view>

namespace tokendeck::base {

inline constexpr std::string_view version = "0.1.0";

}  // namespace tokendeck::base
