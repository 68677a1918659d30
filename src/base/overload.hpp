// One callable made of several, such as std::visit takes: one for each alternative.
#pragma once

namespace tokendeck::base {

template <typename... Fs>
struct Overload : Fs... {
    using Fs::operator()...;
};
template <typename... Fs>
Overload(Fs...) -> Overload<Fs...>;

}  // namespace tokendeck::base
