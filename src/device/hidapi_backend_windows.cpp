#include "device/hidapi_backend.hpp"

namespace tokendeck::device {

LoadedHidapi load_hidapi() {
    return {{{HidBackend::native, linked_hidapi()}}, {}};
}

}  // namespace tokendeck::device
