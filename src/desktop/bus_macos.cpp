#include "desktop/bus_absent.hpp"
