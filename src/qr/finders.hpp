// How many finder patterns, the squares in the corners of QR codes, a picture seems to have.
// ZXing-cpp tries every three of them: with n patterns its time grows as n³, and a picture made for it stops the
// program for hours. Pictures with real codes have some dozens at most, so this is asked first.
#pragma once

#include "qr/picture.hpp"
#include "qr/reader.hpp"

namespace tokendeck::qr {

// ZXing needs 0.3 s for 250 of them, 1 s for 400, 70 s for 1600. The estimate may be too low by a factor of two.
inline constexpr double finders_max = 250;
struct Finders {
    double estimate = 0;       // by a simpler rule than ZXing's that finds rather more; little more than finders_max
    bool like_a_code = false;  // three of few are where those of a code may be; noise has many that are
};

[[nodiscard]] Finders count_finders(const Grey& picture, Threshold threshold);

}  // namespace tokendeck::qr
