// What Linux's kernel says of its clock.
#include "device/system_clock_sync.hpp"
#include "device/system_clock_sync_linux.hpp"
#include "support/catch.hpp"

#include <sys/timex.h>

using namespace tokendeck;
using namespace tokendeck::device;

TEST_CASE("A synchronised clock is told with how far off it may be") {
    const auto clock = understand({TIME_OK, STA_PLL | STA_NANO, 12'300, 400});
    CHECK(clock.synchronised == true);
    CHECK(clock.max_error == base::Microseconds{12'300});
    CHECK(clock.estimated_error == base::Microseconds{400});
}

TEST_CASE("A clock is not synchronised when the kernel says so in either way, and its errors then tell nothing") {
    for (const KernelClock& kernel : {KernelClock{TIME_ERROR, 0, 16'000'000, 16'000'000},
                                      KernelClock{TIME_OK, STA_UNSYNC, 16'000'000, 16'000'000}}) {
        const auto clock = understand(kernel);
        CHECK(clock.synchronised == false);
        CHECK_FALSE(clock.max_error);
        CHECK_FALSE(clock.estimated_error);
    }
}

TEST_CASE("A leap second to come is no fault, and a kernel that does not answer tells nothing") {
    CHECK(understand({TIME_INS, 0, 1, 1}).synchronised == true);
    CHECK_FALSE(understand({-1, 0, 0, 0}).synchronised.has_value());
}
