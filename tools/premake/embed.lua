-- Writes what is embedded into the program as C++: one file a resource, and embedded/resources.hpp that declares them.
-- A file is written only when its content changed. Run by premake5.lua whenever projects are made.

local function read(name)
    local file = io.open(name, "rb")
    if not file then return nil end
    local content = file:read("*a")
    file:close()
    return content
end

local function write_if_changed(name, content)
    if read(name) == content then return end
    local file = assert(io.open(name, "wb"))
    file:write(content)
    file:close()
end

local byte_text = {}
for byte = 0, 255 do byte_text[byte] = byte .. "," end

-- The bytes as a list of numbers, as every compiler takes it. A zero is added that the size does not count.
local function as_numbers(content)
    local lines, step = {}, 64
    for at = 1, #content, step do
        local bytes = { content:byte(at, at + step - 1) }
        for i = 1, #bytes do bytes[i] = byte_text[bytes[i]] end
        lines[#lines + 1] = table.concat(bytes)
    end
    return table.concat(lines, "\n") .. "0"
end

local function write_resource(folder, name, content)
    -- The bytes lie beside the code, so that it is seen at once whether they changed.
    local copy, code = folder .. "/" .. name .. ".bin", folder .. "/" .. name .. ".cpp"
    if read(copy) == content and os.isfile(code) then return end
    write_if_changed(code, ([[
// Written by tools/premake/embed.lua.
#include "embedded/resources.hpp"

namespace tokendeck::embedded {
static const unsigned char bytes[] = {
%s};
const Resource %s{bytes, sizeof bytes - 1};
}
]]):format(as_numbers(content), name))
    write_if_changed(copy, content)
end

local function find_font(entry, candidates, own_folder)
    local folders = own_folder and { own_folder } or entry.font_folders
    for _, folder in ipairs(folders) do
        for _, name in ipairs(candidates) do
            if os.isfile(folder .. "/" .. name) then return folder .. "/" .. name end
        end
    end
    error(("%s (%s) is in none of: %s. Debian: %s. Another folder: --fonts=FOLDER"):format(
        candidates[1], entry.name, table.concat(folders, ", "), entry.packages.debian), 0)
end

local function write(options)
    os.mkdir(options.folder)
    local wanted = {}
    for _, library in ipairs(options.fonts) do
        local entry = options.describe(library)
        for name, candidates in pairs(entry.fonts) do
            wanted[#wanted + 1] = { name = name, file = find_font(entry, candidates, options.own_folder) }
        end
    end
    for _, file in ipairs(options.shaders) do
        local stem, kind = path.getname(file):match("^(.*)%.(%a+)$")
        wanted[#wanted + 1] = { name = "shader_" .. stem .. "_" .. kind, file = file }
    end
    table.sort(wanted, function(a, b) return a.name < b.name end)

    local declared, keep = {}, {}
    for _, resource in ipairs(wanted) do
        write_resource(options.folder, resource.name, assert(read(resource.file)))
        declared[#declared + 1] = "extern const Resource " .. resource.name .. ";"
        keep[resource.name .. ".cpp"] = true
    end
    local languages_header, languages_code = options.languages[1], options.languages[2]
    write_if_changed(options.folder .. "/languages.hpp", languages_header)
    write_if_changed(options.folder .. "/languages.cpp", languages_code)
    keep["languages.cpp"] = true
    for _, file in ipairs(os.matchfiles(options.folder .. "/*.cpp")) do
        if not keep[path.getname(file)] then os.remove(file) end
    end
    write_if_changed(options.folder .. "/resources.hpp", ([[
// Written by tools/premake/embed.lua: the files that are part of the program.
#pragma once

#include <cstddef>

namespace tokendeck::embedded {

/// The bytes live as long as the program. A zero follows them that `size` does not count.
struct Resource {
    const unsigned char* data;
    std::size_t size;
};

%s

} // namespace tokendeck::embedded
]]):format(table.concat(declared, "\n")))
end

return { write = write }
