#include "wire/quirks.hpp"

#include <array>

namespace tokendeck::wire {
namespace {

constexpr std::array all_quirks{
    Quirk{"Q-P1", Family::pro, 7, 15, true},         Quirk{"Q-P2", Family::pro, 0, 255, false},
    Quirk{"Q-P3", Family::pro, 0, 255, true},        Quirk{"Q-P4", Family::pro, 0, 255, true},
    Quirk{"Q-P5", Family::pro, 0, 255, true},        Quirk{"Q-P6", Family::pro, 0, 255, true},
    Quirk{"Q-P7", Family::pro, 7, 8, true},          Quirk{"Q-P8", Family::pro, 7, 7, true},
    Quirk{"Q-P9", Family::pro, 7, 7, true},          Quirk{"Q-P10", Family::pro, 7, 7, false},
    Quirk{"Q-P11", Family::pro, 11, 13, true},       Quirk{"Q-P12", Family::pro, 0, 13, true},
    Quirk{"Q-P13", Family::pro, 14, 255, false},     Quirk{"Q-P14", Family::pro, 0, 255, false},
    Quirk{"Q-P15", Family::pro, 8, 255, false},      Quirk{"Q-P16", Family::pro, 8, 255, false},
    Quirk{"Q-P17", Family::pro, 0, 255, false},      Quirk{"Q-P18", Family::pro, 0, 255, true},
    Quirk{"Q-P19", Family::pro, 0, 255, false},      Quirk{"Q-P20", Family::pro, 0, 255, false},
    Quirk{"Q-P21", Family::pro, 8, 255, false},      Quirk{"Q-P22", Family::pro, 0, 255, false},
    Quirk{"Q-P23", Family::pro, 0, 255, true},       Quirk{"Q-S1", Family::storage, 54, 255, true},
    Quirk{"Q-S2", Family::storage, 0, 255, false},   Quirk{"Q-S3", Family::storage, 54, 255, true},
    Quirk{"Q-S4", Family::storage, 0, 255, false},   Quirk{"Q-S5", Family::storage, 54, 255, false},
    Quirk{"Q-S6", Family::storage, 0, 255, false},   Quirk{"Q-S7", Family::storage, 54, 255, false},
    Quirk{"Q-S8", Family::storage, 0, 255, false},   Quirk{"Q-S9", Family::storage, 0, 255, true},
    Quirk{"Q-S10", Family::storage, 0, 53, true},    Quirk{"Q-S11", Family::storage, 0, 255, true},
    Quirk{"Q-S12", Family::storage, 0, 255, true},   Quirk{"Q-S13", Family::storage, 0, 255, false},
    Quirk{"Q-S14", Family::storage, 0, 255, true},   Quirk{"Q-S15", Family::storage, 0, 255, false},
    Quirk{"Q-S16", Family::storage, 54, 255, false}, Quirk{"Q-S17", Family::storage, 0, 255, false},
    Quirk{"Q-S18", Family::storage, 0, 53, false},   Quirk{"Q-S19", Family::storage, 0, 255, false},
    Quirk{"Q-S20", Family::storage, 0, 255, false},  Quirk{"Q-S21", Family::storage, 0, 255, false},
    Quirk{"Q-S22", Family::storage, 0, 255, false},  Quirk{"Q-S23", Family::storage, 0, 255, false},
    Quirk{"Q-L1", Family::other, 0, 255, false},     Quirk{"Q-L2", Family::other, 0, 255, false},
    Quirk{"Q-L3", Family::other, 0, 255, false},     Quirk{"Q-L4", Family::other, 0, 255, false},
    Quirk{"Q-L5", Family::other, 0, 255, false},     Quirk{"Q-L6", Family::other, 0, 255, false},
    Quirk{"Q-L7", Family::other, 0, 255, false},
};

}  // namespace

std::span<const Quirk> quirks() {
    return all_quirks;
}

std::vector<const Quirk*> quirks_of(Family family, std::uint8_t minor) {
    std::vector<const Quirk*> found;
    for (const Quirk& quirk : all_quirks)
        if (quirk.family == family && minor >= quirk.first_minor && minor <= quirk.last_minor) found.push_back(&quirk);
    return found;
}

}  // namespace tokendeck::wire
