#include "window/damage.hpp"

#include "window/ring_painter.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace tokendeck::window {

namespace {

bool overlap(const Area& a, const Area& b) {
    return a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;
}

Area both(const Area& a, const Area& b) {
    return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

float growth(const Area& a, const Area& b) {
    const auto surface = [](const Area& x) { return (x.right - x.left) * (x.bottom - x.top); };
    return surface(both(a, b)) - surface(a) - surface(b);
}

// Adds an area unless it is empty, then merges areas while two touch or there are too many.
void join_in(std::vector<Area>& areas, Area area) {
    for (std::size_t i = 0; i < areas.size();) {
        if (overlap(areas[i], area)) {
            area = both(areas[i], area);
            areas.erase(areas.begin() + static_cast<std::ptrdiff_t>(i));
            i = 0;  // it has grown, and may touch one that was passed
        } else {
            ++i;
        }
    }
    if (areas.size() < DamageTracker::areas_max) {
        areas.push_back(area);
        return;
    }
    const auto cheapest = std::ranges::min_element(
        areas, [&](const Area& a, const Area& b) { return growth(a, area) < growth(b, area); });
    area = both(*cheapest, area);
    areas.erase(cheapest);
    join_in(areas, area);
}

// The visible part of an area.
void add(std::vector<Area>& areas, const Area& area, const ImVec4& clip) {
    const Area seen{std::max(area.left, clip.x), std::max(area.top, clip.y), std::min(area.right, clip.z),
                    std::min(area.bottom, clip.w)};
    if (seen.left < seen.right && seen.top < seen.bottom) join_in(areas, seen);
}

template <typename Vector, typename Element>
bool same_bytes(const ImVector<Element>& now, const Vector& before) {
    return static_cast<std::size_t>(now.Size) == before.size() &&
           (before.empty() || std::memcmp(now.Data, before.data(), before.size() * sizeof(Element)) == 0);
}

template <typename Element>
std::vector<Element> copy_of(const ImVector<Element>& vector) {
    return {vector.Data, vector.Data + vector.Size};
}

bool same_vertex(const ImDrawVert& a, const ImDrawVert& b) {
    return a.pos.x == b.pos.x && a.pos.y == b.pos.y && a.uv.x == b.uv.x && a.uv.y == b.uv.y && a.col == b.col;
}

// A number that is unique for each texture. In newer versions the driver may not have the texture yet.
unsigned long long texture_of(const ImDrawCmd& command) {
#if IMGUI_VERSION_NUM >= 19200
    if (command.TexRef._TexData != nullptr) return reinterpret_cast<std::uintptr_t>(command.TexRef._TexData);
    return static_cast<unsigned long long>(command.TexRef._TexID);
#else
    return (unsigned long long)command.GetTexID();  // a pointer in some versions, an integer in others
#endif
}

bool textures_changing([[maybe_unused]] const ImDrawData& data) {
#if IMGUI_VERSION_NUM >= 19200
    if (data.Textures == nullptr) return false;
    return std::any_of(data.Textures->begin(), data.Textures->end(),
                       [](const ImTextureData* texture) { return texture->Status != ImTextureStatus_OK; });
#else
    return false;
#endif
}

}  // namespace

DamageTracker::Command DamageTracker::describe(const ImDrawCmd& command) {
    Command result{command.ClipRect,
                   0,
                   command.VtxOffset,
                   command.IdxOffset,
                   command.ElemCount,
                   command.UserCallback != nullptr,
                   {},
                   {}};
    if (!result.callback) result.texture = texture_of(command);
    if (const Ring* ring = RingPainter::ring_of(command)) {
        result.ring = {ring->centre.x, ring->centre.y, ring->radius, ring->thickness, ring->fraction};
        result.ring_colours = {ring->colour, ring->track};
    }
    return result;
}

bool DamageTracker::same_shape(const Command& a, const Command& b) {
    return a.clip.x == b.clip.x && a.clip.y == b.clip.y && a.clip.z == b.clip.z && a.clip.w == b.clip.w &&
           a.texture == b.texture && a.first_vertex == b.first_vertex && a.first_index == b.first_index &&
           a.indices == b.indices && a.callback == b.callback && a.ring.size() == b.ring.size();
}

std::optional<std::vector<Area>> DamageTracker::compare(const ImDrawData& data) {
    const auto count = static_cast<std::size_t>(data.CmdListsCount);
    bool told = known_ && !textures_changing(data) && size_.x == data.DisplaySize.x && size_.y == data.DisplaySize.y &&
                lists_.size() == count;
    std::vector<Area> areas;
    lists_.resize(count);
    for (std::size_t i = 0; i < count; ++i) {
        const ImDrawList& now = *data.CmdLists[static_cast<int>(i)];
        List& before = lists_[i];
        std::vector<Command> commands;
        for (const ImDrawCmd& command : now.CmdBuffer) commands.push_back(describe(command));

        const bool comparable = same_bytes(now.IdxBuffer, before.indices) &&
                                static_cast<std::size_t>(now.VtxBuffer.Size) == before.vertices.size() &&
                                std::ranges::equal(commands, before.commands, same_shape);
        told = told && comparable;
        if (told) {
            const bool same_vertices = same_bytes(now.VtxBuffer, before.vertices);
            for (std::size_t c = 0; c < commands.size(); ++c) {
                const Command& command = commands[c];
                const Command& old = before.commands[c];
                if (command.ring != old.ring || command.ring_colours != old.ring_colours) {
                    for (const auto& ring : {command.ring, old.ring}) {
                        const float reach = ring[2] + ring[3] * 0.5F + 1.0F;
                        add(areas, {ring[0] - reach, ring[1] - reach, ring[0] + reach, ring[1] + reach}, command.clip);
                    }
                }
                if (command.callback || same_vertices) continue;
                for (unsigned at = 0; at + 2 < command.indices; at += 3) {
                    std::array<ImVec2, 6> corners{};
                    bool changed = false;
                    for (unsigned k = 0; k < 3; ++k) {
                        const unsigned vertex = command.first_vertex + before.indices[command.first_index + at + k];
                        const ImDrawVert& new_vertex = now.VtxBuffer[static_cast<int>(vertex)];
                        const ImDrawVert& old_vertex = before.vertices[vertex];
                        changed = changed || !same_vertex(new_vertex, old_vertex);
                        corners[k] = new_vertex.pos;
                        corners[k + 3] = old_vertex.pos;
                    }
                    if (!changed) continue;
                    const auto [left, right] = std::ranges::minmax(corners, {}, &ImVec2::x);
                    const auto [top, bottom] = std::ranges::minmax(corners, {}, &ImVec2::y);
                    add(areas, {left.x, top.y, right.x, bottom.y}, command.clip);
                }
            }
        }
        before = {copy_of(now.VtxBuffer), copy_of(now.IdxBuffer), std::move(commands)};
    }
    known_ = true;
    size_ = data.DisplaySize;
    if (!told) return std::nullopt;
    return areas;
}

}  // namespace tokendeck::window
