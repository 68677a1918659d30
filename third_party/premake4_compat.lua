-- Teaches Debian's premake4 (4.3, Lua 5.1) the words of premake5 that premake5.lua uses and premake4 lacks.
-- Only premake4 reads this file. It stands for what the two understand differently; nothing here is about tokendeck.
--
-- Words added:    workspace, filter, cppdialect, optimize, symbols, pic, linkgroups, externalincludedirs, warnings,
--                 architecture, systemversion, staticruntime, startproject, os.outputof, os.target, os.host
-- Faults mended:  siblings are linked by path (so that -lcrypto is never OpenSSL's), directories exist before `make -j`
--                 compiles into them, and a makefile is written only when it changed.

local fields = premake.fields

local function accessor_for(scope, kind, name)
    fields[name] = { kind = kind, scope = scope }
    if kind == "dirlist" then
        _G[name] = function(value) return premake.setdirarray(scope, name, value) end
    else
        _G[name] = function(value) return premake.setstring(scope, name, value) end
    end
end

accessor_for("config", "dirlist", "externalincludedirs")
accessor_for("config", "string", "linkgroups")

-- Words that change nothing in a makefile for the machine that it is made on.
for _, word in ipairs { "architecture", "systemversion", "staticruntime", "startproject", "warnings" } do
    _G[word] = function() end
end

workspace = solution

function cppdialect(value) buildoptions { "-std=" .. value:lower() } end

function pic(value)
    if value == "On" then buildoptions { "-fPIC" } end
end

function symbols(value)
    if value == "On" then flags { "Symbols" } end
end

function optimize(value)
    if value == "On" then flags { "Optimize" } end
end

-- filter { "configurations:debug", "system:not windows" } becomes configuration { "debug", "not windows" }: premake4
-- looks a term up among all keys at once. Its one compiler set is gcc.
function filter(terms)
    local translated = {}
    for _, term in ipairs(table.flatten { terms }) do
        local key, value = term:match("^(%a+):(.+)$")
        assert(key == "configurations" or key == "system" or key == "action", "premake4_compat: filter term " .. term)
        table.insert(translated, value)
    end
    return configuration(translated)
end

function os.outputof(command)
    local pipe = assert(io.popen(command))
    local text = pipe:read("*a")
    pipe:close()
    return (text:gsub("%s+$", ""))
end

function os.host() return _OS end
function os.target() return os.get() end

-- System include directories.
local plain_cppflags = premake.gcc.getcppflags
function premake.gcc.getcppflags(cfg)
    local result = plain_cppflags(cfg)
    for _, dir in ipairs(cfg.externalincludedirs or {}) do
        table.insert(result, "-isystem " .. _MAKE.esc(dir))
    end
    return result
end

-- Siblings by their path, in one link group with the libraries from outside.
function premake.gcc.getlinkflags(cfg)
    local result = {}
    for _, value in ipairs(premake.getlinks(cfg, "siblings", "fullpath")) do
        table.insert(result, _MAKE.esc(value))
    end
    for _, value in ipairs(premake.getlinks(cfg, "system", "basename")) do
        table.insert(result, "-l" .. _MAKE.esc(value))
    end
    if cfg.linkgroups == "On" and #result > 0 then
        table.insert(result, 1, "-Wl,--start-group")
        table.insert(result, "-Wl,--end-group")
    end
    return result
end

local function mend(makefile)
    makefile = makefile:gsub("(%$%(OBJDIR%)/[^\n]-%.o: [^\n]+)", "%1 $(GCH) | $(OBJDIR)")
    makefile = makefile:gsub("(%$%(GCH%): %$%(PCH%))", "%1 | $(OBJDIR)")
    makefile = makefile:gsub("(%$%(TARGET%): [^\n]+)", "%1 | $(TARGETDIR)")
    return makefile
end

local function refuse_equal_names(project)
    local seen = {}
    for _, file in ipairs(project.files or {}) do
        if path.iscppfile(file) then
            local name = path.getbasename(file)
            if seen[name] then
                error(("premake4 would write %s and %s to the same object file; rename one"):format(seen[name], file), 0)
            end
            seen[name] = file
        end
    end
end

local function read(name)
    local file = io.open(name, "rb")
    if not file then return nil end
    local text = file:read("*a")
    file:close()
    return text
end

function premake.generate(object, pattern, callback)
    refuse_equal_names(object)
    local name = premake.project.getfilename(object, pattern)
    io.capture()
    callback(object)
    local text = mend(io.endcapture())
    if text ~= read(name) then
        printf("Generating %s...", name)
        local file, problem = io.open(name, "wb")
        if not file then error(problem, 0) end
        file:write(text)
        file:close()
    end
end
