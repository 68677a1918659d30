// A client of Debian's libnitrokey, which was never written for tokendeck: does the commands of its standard input, one
// a line, and answers each with one line. PINs here are those that tokens are sold with or that the test made up.
//
//   status · names · totp SLOT · hotp SLOT · counter SLOT · write-totp SLOT NAME HEX DIGITS PERIOD · write-hotp SLOT
//   NAME HEX DIGITS COUNTER · erase-totp SLOT · erase-hotp SLOT · admin PIN · user PIN · change-user OLD NEW ·
//   change-admin OLD NEW · unblock ADMIN NEW · tries · config · keys · set-config PROTECT NUMLOCK · reset ADMIN · aes
//   ADMIN · user-again
//
// Slots count from 0, as in libnitrokey. `admin` and `user` authenticate for the commands that follow; `user-again`
// takes for granted that a run before this one did, and the token still knows its temporary password. A command
// answers "ok", a value, or "status N": the firmware's status, or libnitrokey's own from 200 on.
#include <libnitrokey/NK_C_API.h>
#include <libnitrokey/NitrokeyManager.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>

namespace {

constexpr const char* admin_password = "judges-admin-temporary";
constexpr const char* user_password = "judges-user-temporary";

std::string taken(char* text) {
    const std::string copy = text != nullptr ? text : "";
    std::free(text);
    const int status = NK_get_last_command_status();
    return status == 0 ? copy : "status " + std::to_string(status);
}

std::string done(int status) {
    return status == 0 ? "ok" : "status " + std::to_string(status);
}

std::string names() {
    std::string line;
    for (std::uint8_t i = 0; i < 3; ++i)
        line += "hotp" + std::to_string(i) + "=" + taken(NK_get_hotp_slot_name(i)) + ";";
    for (std::uint8_t i = 0; i < 15; ++i)
        line += "totp" + std::to_string(i) + "=" + taken(NK_get_totp_slot_name(i)) + ";";
    return line;
}

std::string answer(const std::string& verb, std::istringstream& rest) {
    static bool user = false;
    int slot = 0;
    std::string name, hex, a, b;
    unsigned digits = 6;
    std::uint64_t number = 0;
    if (verb == "names") return names();
    if (verb == "status") {
        // Not NK_get_status: on a Storage that gives placeholders (docs/protocol/pro-storage.md, section 3.2).
        const int minor = NK_get_minor_firmware_version();
        std::ostringstream line;
        line << static_cast<int>(NK_get_major_firmware_version()) << '.' << minor << ' '
             << taken(NK_device_serial_number());
        return line.str();
    }
    if (verb == "totp") {
        rest >> slot;
        NK_totp_set_time(static_cast<std::uint64_t>(std::time(nullptr)));
        return taken(NK_get_totp_code_PIN(static_cast<std::uint8_t>(slot), 0, 0, 0, user ? user_password : ""));
    }
    if (verb == "hotp") {
        rest >> slot;
        return taken(NK_get_hotp_code_PIN(static_cast<std::uint8_t>(slot), user ? user_password : ""));
    }
    if (verb == "counter") {
        rest >> slot;
        ReadSlot_t read{};
        const int status = NK_read_HOTP_slot(static_cast<std::uint8_t>(slot), &read);
        return status == 0 ? std::to_string(read.slot_counter) : done(status);
    }
    if (verb == "write-totp" || verb == "write-hotp") {
        rest >> slot >> name >> hex >> digits >> number;
        const auto place = static_cast<std::uint8_t>(slot);
        if (verb == "write-totp")
            return done(NK_write_totp_slot(place, name.c_str(), hex.c_str(), static_cast<std::uint16_t>(number),
                                           digits == 8, false, false, "", admin_password));
        return done(NK_write_hotp_slot(place, name.c_str(), hex.c_str(), number, digits == 8, false, false, "",
                                       admin_password));
    }
    if (verb == "erase-totp" || verb == "erase-hotp") {
        rest >> slot;
        const auto place = static_cast<std::uint8_t>(slot);
        return done(verb == "erase-totp" ? NK_erase_totp_slot(place, admin_password)
                                         : NK_erase_hotp_slot(place, admin_password));
    }
    if (verb == "tries")
        return std::to_string(NK_get_user_retry_count()) + " " + std::to_string(NK_get_admin_retry_count());
    if (verb == "config") {
        NK_config config{};
        const int status = NK_read_config_struct(&config);
        return status == 0 ? (config.enable_user_password ? "protected" : "open") : done(status);
    }
    if (verb == "keys") {
        NK_config config{};
        const int status = NK_read_config_struct(&config);
        return status == 0 ? std::to_string(config.numlock) : done(status);
    }
    if (verb == "user-again") {
        user = true;
        return "ok";
    }
    rest >> a >> b;
    if (verb == "admin") return done(NK_first_authenticate(a.c_str(), admin_password));
    if (verb == "user") {
        const int status = NK_user_authenticate(a.c_str(), user_password);
        user = status == 0;
        return done(status);
    }
    if (verb == "change-user") return done(NK_change_user_PIN(a.c_str(), b.c_str()));
    if (verb == "change-admin") return done(NK_change_admin_PIN(a.c_str(), b.c_str()));
    if (verb == "unblock") return done(NK_unlock_user_password(a.c_str(), b.c_str()));
    if (verb == "reset") return done(NK_factory_reset(a.c_str()));
    if (verb == "aes") return done(NK_build_aes_key(a.c_str()));
    if (verb == "set-config") {
        const int numlock = b.empty() ? 255 : std::stoi(b);
        return done(NK_write_config(static_cast<std::uint8_t>(numlock), 255, 255, a == "1", false, admin_password));
    }
    return "no such command";
}

}  // namespace

int main() {
    NK_set_debug(false);
    nitrokey::NitrokeyManager::instance()->set_default_commands_delay(20);  // it waits so long before each first look
    if (NK_login_auto() != 1) {
        std::cout << "no device" << std::endl;
        return 1;
    }
    std::string line;
    while (std::getline(std::cin, line)) {
        std::istringstream rest(line);
        std::string verb;
        rest >> verb;
        std::cout << answer(verb, rest) << std::endl;
    }
    NK_logout();
    return 0;
}
