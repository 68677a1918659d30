#include "desktop/activation_linux.hpp"

#include "desktop/single_instance_linux.hpp"

#include <utility>

namespace tokendeck::desktop {

namespace {

// The program has no files to open and no actions; it comes to the front all the same. The desktop's activation token
// is left aside: GLFW has no way to hand one to the compositor.
int on_call(sd_bus_message* call, void* self, sd_bus_error*) {
    static_cast<Activation*>(self)->tell();
    return sd_bus_reply_method_return(call, nullptr);
}

const sd_bus_vtable methods[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Activate", "a{sv}", nullptr, on_call, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Open", "asa{sv}", nullptr, on_call, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("ActivateAction", "sava{sv}", nullptr, on_call, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_VTABLE_END,
};

}  // namespace

Activation::Activation(sd_bus* session_bus, Tell tell) : tell_(std::move(tell)) {
    sd_bus_slot* slot = nullptr;
    if (sd_bus_add_object_vtable(session_bus, &slot, program_path, application_interface, methods, this) >= 0) {
        object_.reset(slot);
    }
}

}  // namespace tokendeck::desktop
