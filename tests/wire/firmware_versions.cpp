// The newest firmware known of each model.
#include "wire/firmware_versions.hpp"
#include "support/catch.hpp"

#include <string>

using namespace tokendeck::wire;

TEST_CASE("The newest firmware known is 0.15 of a Pro and 0.57 of a Storage; of a Librem Key none is known") {
    REQUIRE(newest_firmware(*find_model("pro")) != nullptr);
    CHECK(newest_firmware(*find_model("pro"))->minor == 15);
    REQUIRE(newest_firmware(*find_model("storage")) != nullptr);
    CHECK(newest_firmware(*find_model("storage"))->minor == 57);
    CHECK(newest_firmware(*find_model("librem")) == nullptr);
    CHECK(newest_firmware(*find_model("nk3")) == nullptr);
}

TEST_CASE("Every newest firmware is of a served model, is spoken to by some profile, and says when it was noted") {
    for (const NewestFirmware& known : newest_firmwares()) {
        INFO(std::string(known.model));
        const Model* const model = find_model(known.model);
        REQUIRE(model != nullptr);
        CHECK(model->served());
        CHECK(find_profile(*model, {0, known.minor, 0}) != nullptr);
        CHECK(known.noted.size() == 7);
        CHECK(known.noted[4] == '-');
    }
}
