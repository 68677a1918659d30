#include "app/desktop_bus_absent.hpp"
