// The conversation between main and the device thread. Commands go there, events come back; both are closed variants.
#pragma once

#include "channel/device_commands.hpp"
#include "channel/device_events.hpp"
