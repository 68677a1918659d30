// Preloaded into tokendeck: it dies when it is about to send the command that commits a slot (WRITE_TO_SLOT, 0x01),
// with all of the secret sent. What a crash does, at a place that is sure; the token stays powered. tokendeck asks
// dlsym for hidapi's functions, so dlsym is what is taken the place of. Needs glibc 2.34 or later.
#include <dlfcn.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

namespace {

using Send = int (*)(void*, const unsigned char*, std::size_t);
using Find = void* (*)(void*, const char*);
Send real_send = nullptr;

int send_or_die(void* device, const unsigned char* data, std::size_t length) {
    constexpr unsigned char write_to_slot = 0x01;
    constexpr int status_that_the_test_expects = 99;
    if (length > 1 && data[1] == write_to_slot) ::_exit(status_that_the_test_expects);
    return real_send(device, data, length);
}

}  // namespace

extern "C" void* dlsym(void* library, const char* name) noexcept {
    static const auto real = reinterpret_cast<Find>(::dlvsym(RTLD_NEXT, "dlsym", "GLIBC_2.34"));
    void* const found = real(library, name);
    if (found == nullptr || std::strcmp(name, "hid_send_feature_report") != 0) return found;
    real_send = reinterpret_cast<Send>(found);
    return reinterpret_cast<void*>(&send_or_die);
}
