-- Which file stands for which system. A feature is what <feature>_<suffix>.cpp does, with a suffix of this table; a
-- system builds those files that have no suffix, and of each feature those that have one of the system's. Where a
-- system has none, <feature>_absent.cpp is built, which says what then holds instead.

local suffixes_of = { linux = { "linux", "posix" }, macosx = { "macos", "posix" }, windows = { "windows" } }
local suffixes = { linux = true, macos = true, windows = true, posix = true, absent = true }

-- nil for a file of no system. Of `src/base/wipe_posix.cpp`: "src/base/wipe", "posix".
local function parts_of(file)
    local feature, suffix = file:match("^(.*)_(%a+)%.%a+$")
    if suffixes[suffix] then return feature, suffix end
end

-- Those of `files` that are built for `system`.
local function chosen(files, system)
    local own, has_own = {}, {}
    for _, suffix in ipairs(suffixes_of[system] or { "posix" }) do own[suffix] = true end
    for _, file in ipairs(files) do
        local feature, suffix = parts_of(file)
        if own[suffix] and file:find("%.cpp$") then has_own[feature] = true end
    end
    local found = {}
    for _, file in ipairs(files) do
        local feature, suffix = parts_of(file)
        if not suffix or own[suffix] or (suffix == "absent" and not has_own[feature]) then table.insert(found, file) end
    end
    return found
end

-- A feature with a header for all systems must be built once for each of them. Others are a system's own affair.
-- Returns a list of "file:line: what is wrong".
local function faults(files)
    local there, features, found = {}, {}, {}
    for _, file in ipairs(files) do there[file] = true end
    for _, file in ipairs(files) do
        local feature = parts_of(file)
        if feature and file:find("%.cpp$") and there[feature .. ".hpp"] then features[feature] = true end
    end
    for _, system in ipairs { "linux", "macosx", "windows" } do
        local count = {}
        for _, file in ipairs(chosen(files, system)) do
            local feature = parts_of(file)
            if feature and file:find("%.cpp$") then count[feature] = (count[feature] or 0) + 1 end
        end
        for feature in pairs(features) do
            if count[feature] ~= 1 then
                table.insert(found, ("%s.hpp:1: for %s there are %d files of it, not one"):format(feature, system,
                                                                                              count[feature] or 0))
            end
        end
    end
    table.sort(found)
    return found
end

return { chosen = chosen, faults = faults }
