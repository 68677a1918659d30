// Where the finder patterns of a QR code may be: three equal marks in the corners of a square.
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace tokendeck::qr {

// Pixels; y grows downwards.
struct Vector {
    double x = 0, y = 0;

    friend Vector operator+(Vector a, Vector b) { return {a.x + b.x, a.y + b.y}; }
    friend Vector operator-(Vector a, Vector b) { return {a.x - b.x, a.y - b.y}; }
    friend Vector operator*(double by, Vector a) { return {by * a.x, by * a.y}; }
    [[nodiscard]] double length() const { return std::hypot(x, y); }
};
[[nodiscard]] inline double dot(Vector a, Vector b) {
    return a.x * b.x + a.y * b.y;
}

// What may be the middle of a finder pattern, seen in one row or several.
struct Mark {
    Vector middle{};
    double module = 0;  // side of a module, in pixels
    double rows = 0;
};

class Marks {
  public:
    // A mark in one row; joined to what the rows before have shown there.
    void add(Vector middle, double module);
    // Those met by all rows that they would have, at most 24, the largest first: a code is larger than letters.
    [[nodiscard]] std::vector<Mark> largest() &&;

  private:
    std::vector<Mark> all_{};
};

struct Square {
    Vector corner{};         // the outer corner of the finder pattern between the two others
    Vector right{}, down{};  // along the sides, from corner to corner
    double module = 0;
    double off = 0;  // how far the three are from a square's corners; 0: they are exactly there
};

// At most eight, the likeliest first.
[[nodiscard]] std::vector<Square> find_squares(const std::vector<Mark>& marks);

}  // namespace tokendeck::qr
