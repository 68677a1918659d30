#include "virtual_token/backend.hpp"

#include <dlfcn.h>

#include <string_view>

namespace tokendeck::virtual_token {

Backend this_backend() {
    Dl_info info{};
    if (::dladdr(reinterpret_cast<const void*>(&this_backend), &info) == 0 || info.dli_fname == nullptr)
        return Backend::hidraw;
    return std::string_view(info.dli_fname).find("libusb") != std::string_view::npos ? Backend::libusb
                                                                                     : Backend::hidraw;
}

}  // namespace tokendeck::virtual_token
