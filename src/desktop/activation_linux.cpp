#include "desktop/activation_linux.hpp"

#include "desktop/single_instance_linux.hpp"

#include <string_view>
#include <utility>

namespace tokendeck::desktop {

namespace {

int on_activate(sd_bus_message* call, void* self, sd_bus_error*) {
    static_cast<Activation*>(self)->activated(call, "");
    return sd_bus_reply_method_return(call, nullptr);
}

// The program has no files to open and no actions; it comes to the front all the same.
int on_open(sd_bus_message* call, void* self, sd_bus_error*) {
    static_cast<Activation*>(self)->activated(call, "as");
    return sd_bus_reply_method_return(call, nullptr);
}

int on_action(sd_bus_message* call, void* self, sd_bus_error*) {
    static_cast<Activation*>(self)->activated(call, "sav");
    return sd_bus_reply_method_return(call, nullptr);
}

const sd_bus_vtable methods[] = {
    SD_BUS_VTABLE_START(0),
    SD_BUS_METHOD("Activate", "a{sv}", nullptr, on_activate, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("Open", "asa{sv}", nullptr, on_open, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_METHOD("ActivateAction", "sava{sv}", nullptr, on_action, SD_BUS_VTABLE_UNPRIVILEGED),
    SD_BUS_VTABLE_END,
};

}  // namespace

Activation::Activation(sd_bus* session_bus, Tell tell) : tell_(std::move(tell)) {
    sd_bus_slot* slot = nullptr;
    if (sd_bus_add_object_vtable(session_bus, &slot, program_path, application_interface, methods, this) >= 0) {
        object_.reset(slot);
    }
}

void Activation::activated(sd_bus_message* call, const char* arguments_before) {
    Activated event;
    bool sound = *arguments_before == '\0' || sd_bus_message_skip(call, arguments_before) >= 0;
    sound = sound && sd_bus_message_enter_container(call, 'a', "{sv}") > 0;
    while (sound && sd_bus_message_enter_container(call, 'e', "sv") > 0) {
        const char* key = nullptr;
        char type = 0;
        const char* content = nullptr;
        sound = sd_bus_message_read(call, "s", &key) > 0 && sd_bus_message_peek_type(call, &type, &content) > 0;
        if (!sound) break;
        const std::string_view name = key;
        const char* value = nullptr;
        if ((name == "activation-token" || name == "desktop-startup-id") && std::string_view(content) == "s") {
            sound = sd_bus_message_read(call, "v", "s", &value) > 0;
            if (sound && event.activation_token.empty()) event.activation_token = plain_token(value);
        } else {
            sound = sd_bus_message_skip(call, "v") >= 0;
        }
        sound = sound && sd_bus_message_exit_container(call) >= 0;
    }
    tell_(std::move(event));
}

}  // namespace tokendeck::desktop
