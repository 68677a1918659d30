-- Holds every #include under src/ against the room table of premake5.lua.

local standard = {}
for word in ([[
    algorithm any array atomic barrier bit bitset cassert cctype cerrno cfenv cfloat charconv chrono cinttypes climits
    clocale cmath codecvt compare complex concepts condition_variable coroutine csetjmp csignal cstdarg cstddef cstdint
    cstdio cstdlib cstring ctime cuchar cwchar cwctype deque exception execution filesystem format forward_list fstream
    functional future initializer_list iomanip ios iosfwd iostream istream iterator latch limits list locale map memory
    memory_resource mutex new numbers numeric optional ostream queue random ranges ratio regex scoped_allocator semaphore
    set shared_mutex source_location span sstream stack stdexcept stop_token streambuf string string_view strstream
    syncstream system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility valarray
    variant vector version
]]):gmatch("%S+") do standard[word] = true end

-- A header of the operating system: only in a file that is named for a system, in a room with `platform`.
local system_suffixes = { "_linux", "_posix", "_macos", "_windows" }

local function named_for_a_system(file)
    for _, suffix in ipairs(system_suffixes) do
        if file:find(suffix .. "%.%a+$") then return true end
    end
    return false
end

local function outside_owner(header, libraries, describe)
    for _, name in ipairs(libraries or {}) do
        for _, prefix in ipairs(describe(name).headers or {}) do
            if header == prefix or (prefix:find("[/_]$") and header:sub(1, #prefix) == prefix) then return name end
        end
    end
end

local function lines_of(file)
    local result = {}
    local handle = assert(io.open(file, "rb"))
    for line in handle:lines() do result[#result + 1] = line end
    handle:close()
    return result
end

-- Returns the number of files looked at, and a list of "file:line: what is wrong".
local function check(tree, rooms, describe, matches)
    local faults, checked = {}, 0
    local room_named, every_library, listed = {}, {}, {}
    for _, room in ipairs(rooms) do
        room_named[room.name] = room
        for _, names in ipairs { room.outside or {}, room.without or {} } do
            for _, name in ipairs(names) do
                if not listed[name] then every_library[#every_library + 1] = name end
                listed[name] = true
            end
        end
    end

    -- A room that a program is built from without some libraries: no file of any room that it stands on may need them.
    local kept_out = {} -- [name of a room][library] = the room that is built without it
    for _, room in ipairs(rooms) do
        local seen = {}
        local function visit(name)
            if seen[name] then return end
            seen[name] = true
            kept_out[name] = kept_out[name] or {}
            for _, library in ipairs(room.without or {}) do
                kept_out[name][library] = kept_out[name][library] or room.name
            end
            for _, below in ipairs((room_named[name] or { sees = {} }).sees) do visit(below) end
        end
        if room.without then visit(room.name) end
    end

    local function check_include(room, file, number, open, header)
        local function fault(text, ...)
            faults[#faults + 1] = ("%s:%d: %s"):format(file, number, text:format(...))
        end
        if open == '"' then
            local target = header:match("^([%w_]+)/")
            if not target or not room_named[target] then
                fault('"%s" does not begin with the name of a room', header)
            elseif target ~= room.name then
                local allowed = false
                for _, name in ipairs(room.sees) do allowed = allowed or name == target end
                if not allowed then fault('room %s may not include "%s"', room.name, header) end
            elseif room.parts then -- what lies in no part knows all parts; of it they know the room's interface, or what
                                   -- the table names
                local from, to = file:match("^src/" .. room.name .. "/(%w+)/"), header:match("^" .. room.name .. "/(%w+)/")
                local allowed = not from or from == to or header == ("%s/%s.hpp"):format(room.name, room.name)
                for _, name in ipairs(room.parts[from] or {}) do
                    allowed = allowed or name == to or header == ("%s/%s.hpp"):format(room.name, name)
                end
                if not allowed then fault('part %s of room %s may not include "%s"', from, room.name, header) end
            end
            return
        end
        if standard[header] then return end
        local owner = outside_owner(header, room.outside, describe)
        local without = owner and kept_out[room.name] and kept_out[room.name][owner]
        if without then
            fault("room %s may not include <%s>: room %s stands on it, and is built without %s", room.name, header, without,
                  owner)
        end
        if owner then return end
        owner = outside_owner(header, every_library, describe)
        if owner then
            fault("room %s may not include <%s>: %s is not in its list", room.name, header, owner)
        elseif not room.platform then
            fault("room %s may not include <%s>: neither C++'s nor in its list", room.name, header)
        elseif not named_for_a_system(file) then
            fault("<%s> is the operating system's: only in a file named *_linux, *_posix, *_macos or *_windows", header)
        end
    end

    local folders = os.matchdirs(tree .. "/src/*")
    table.sort(folders)
    for _, folder in ipairs(folders) do
        local room = room_named[path.getname(folder)]
        local files = matches { folder .. "/**.hpp", folder .. "/**.cpp", folder .. "/**.h", folder .. "/**.inl",
                                folder .. "/**.mm" }
        for _, file in ipairs(files) do
            checked = checked + 1
            local shown = path.getrelative(tree, file)
            if not room then
                faults[#faults + 1] = shown .. ":1: its folder is no room of the table in premake5.lua"
            else
                for number, line in ipairs(lines_of(file)) do
                    local open, header = line:match('^%s*#%s*include%s*(["<])([^">]+)[">]')
                    if open then
                        check_include(room, shown, number, open, header)
                    elseif line:find("^%s*#%s*include") then
                        faults[#faults + 1] = ("%s:%d: an include that cannot be read"):format(shown, number)
                    end
                end
            end
        end
    end
    return checked, faults
end

return { check = check }
