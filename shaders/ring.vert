#version 150 core
// A square around the ring; its four corners are made from the vertex's number, so no buffer is needed.
uniform vec2 viewport; // size of the framebuffer, pixels
uniform vec4 ring;     // centre x and y from the top left, radius of the line's middle, half its thickness; pixels
out vec2 from_centre;  // pixels, y downwards

void main() {
    float reach = ring.z + ring.w + 1.0;
    vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1)) * 2.0 - 1.0;
    from_centre = corner * reach;
    vec2 position = (ring.xy + from_centre) / viewport * 2.0 - 1.0;
    gl_Position = vec4(position.x, -position.y, 0.0, 1.0);
}
