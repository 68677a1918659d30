#include "device/hidapi_backend.hpp"

#include "base/one_line.hpp"

#include <dlfcn.h>
#include <optional>

namespace tokendeck::device {
namespace {

template <typename Function>
bool find(void* library, const char* symbol, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library, symbol));
    return function != nullptr;
}

// RTLD_LOCAL: both libraries have the same names, and each must find its own.
std::optional<HidapiFunctions> load(const char* file, std::string& problem) {
    void* const library = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
    HidapiFunctions call;
    if (library != nullptr && find(library, "hid_exit", call.exit) && find(library, "hid_enumerate", call.enumerate) &&
        find(library, "hid_free_enumeration", call.free_enumeration) &&
        find(library, "hid_open_path", call.open_path) &&
        find(library, "hid_send_feature_report", call.send_feature_report) &&
        find(library, "hid_get_feature_report", call.get_feature_report) && find(library, "hid_close", call.close) &&
        find(library, "hid_error", call.error))
        return call;
    const char* const reason = ::dlerror();
    if (!problem.empty()) problem += "; ";
    problem += base::one_line(reason != nullptr ? reason : file, base::library_text_most / 2);
    return std::nullopt;
}

}  // namespace

LoadedHidapi load_hidapi() {
    LoadedHidapi loaded;
    if (auto call = load("libhidapi-hidraw.so.0", loaded.problem))
        loaded.backends.push_back({HidBackend::hidraw, *call});
    if (auto call = load("libhidapi-libusb.so.0", loaded.problem))
        loaded.backends.push_back({HidBackend::libusb, *call});
    return loaded;
}

}  // namespace tokendeck::device
