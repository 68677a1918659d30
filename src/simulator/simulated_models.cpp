#include "simulator/simulated_models.hpp"

#include <algorithm>

namespace tokendeck::simulator {
namespace {

constexpr SimulatedModel table[] = {
    {"pro", "pro", 15},         {"pro-0.7", "pro", 7},           {"pro-0.8", "pro", 8},
    {"pro-0.10", "pro", 10},    {"pro-0.11", "pro", 11},         {"pro-0.15", "pro", 15},
    {"storage", "storage", 57}, {"storage-0.53", "storage", 53}, {"storage-0.57", "storage", 57},
    {"librem", "librem", 10},
};

}  // namespace

std::span<const SimulatedModel> simulated_models() {
    return table;
}

const SimulatedModel* find_simulated_model(std::string_view key) {
    const auto found = std::ranges::find(table, key, &SimulatedModel::key);
    return found == std::end(table) ? nullptr : &*found;
}

}  // namespace tokendeck::simulator
