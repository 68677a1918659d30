#include "settings/data_folder.hpp"

namespace tokendeck::settings {

// An unknown model is not refused here but where the token is plugged in. It only must not lead out of
// the folder, so whatever could be part of a path is left out of the file's name.
std::string default_simulated_file(const std::string& model) {
    const std::string folder = data_folder();
    if (folder.empty()) return {};
    std::string plain;
    for (const char c : model) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') plain.push_back(c);
    }
    return folder + "/simulated-" + plain + ".token";
}

}  // namespace tokendeck::settings
