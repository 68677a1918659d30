#version 150 core
// An arc with round ends, clockwise from the top, over the full circle of its track.
// Distances are in pixels; what lies within half a pixel of an edge is covered in part.
uniform vec4 ring;
uniform float fraction; // of the full circle, 0 to 1
uniform vec4 colour;    // not premultiplied
uniform vec4 track;
in vec2 from_centre;
out vec4 painted;       // premultiplied

const float full_turn = 6.28318530718;

float covered(float distance_outside) { return clamp(0.5 - distance_outside, 0.0, 1.0); }

void main() {
    float outside_circle = abs(length(from_centre) - ring.z) - ring.w;
    float outside_arc = outside_circle;
    if (fraction < 1.0) {
        float end = fraction * full_turn;
        float angle = atan(from_centre.x, -from_centre.y);
        if (angle < 0.0) angle += full_turn;
        if (angle > end) {
            vec2 first = vec2(0.0, -ring.z);
            vec2 last = ring.z * vec2(sin(end), -cos(end));
            outside_arc = min(distance(from_centre, first), distance(from_centre, last)) - ring.w;
        }
    }
    float arc_alpha = fraction > 0.0 ? colour.a * covered(outside_arc) : 0.0;
    float track_alpha = track.a * covered(outside_circle);
    painted = vec4(colour.rgb * arc_alpha + track.rgb * track_alpha * (1.0 - arc_alpha),
                   arc_alpha + track_alpha * (1.0 - arc_alpha));
}
