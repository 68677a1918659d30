-- The build of tokendeck: what the rooms are, what each may see, and what is made of them.
--
--   premake5 gmake2 | vs2022 | xcode4 …        makes project files (tools/setup does it, with premake4 where need be)
--   premake5 [--root=FOLDER] check-rooms        refuses an include that the room table does not allow
--   options: --fonts=FOLDER                     where the fonts to embed are, if not where the system keeps them
--            --tests                            fail where a library that only the suites need is missing, instead of
--                                               leaving the suites out

if _PREMAKE_VERSION:find("^4") then dofile("third_party/premake4_compat.lua") end
externalincludedirs = externalincludedirs or sysincludedirs -- the name it had before premake5's first beta

newoption { trigger = "fonts", value = "FOLDER", description = "Take the fonts to embed from this folder" }
newoption { trigger = "tests", description = "Fail if a library that only the suites need is missing" }
newoption { trigger = "root", value = "FOLDER", description = "Let check-rooms look at the src/ of another tree" }
newoption { trigger = "give", value = "ROOM:LIBRARY", description = "Let check-rooms add a line to its table, for its own test" }

-- The room table ------------------------------------------------------------------------------------------------------

-- `sees`: the rooms whose headers a room may include. `outside`: the libraries that are seen only here, each described by
-- third_party/<name>.lua. `platform`: its *_linux.cpp, *_posix.cpp … may include the operating system's headers.
-- `without`: libraries that neither it nor any room that it stands on may use. `parts`: its folders, with the folders that
-- each may include and the headers beside them that it may; what lies beside them may include all.
local rooms = {
    { name = "base", sees = {}, outside = { "readerwriterqueue" }, platform = true },
    { name = "otp", sees = { "base" } },
    { name = "wire", sees = { "base", "otp" } },
    { name = "channel", sees = { "base", "otp" } },
    { name = "qr", sees = { "base" }, outside = { "stb", "zxing-cpp", "qrencode" } },
    { name = "lettering", sees = { "base" }, outside = { "pango" }, platform = true },
    { name = "sheet", sees = { "base", "otp", "channel", "qr", "lettering", "embedded" }, outside = { "libharu" } },
    { name = "files", sees = { "base", "channel" }, platform = true },
    { name = "crypto", sees = { "base", "otp", "qr", "channel", "sheet", "files" },
      outside = { "libcotp", "libunistring", "nlohmann-json", "pugixml", "libcsv" },
      parts = { imports = { "base32", "otpauth", "errors", "character_name" } } },
    { name = "device", sees = { "base", "otp", "wire", "channel" }, outside = { "hidapi" }, platform = true },
    { name = "simulator", sees = { "base", "otp", "wire" }, outside = { "nettle" }, platform = true },
    { name = "state", sees = { "base", "otp", "channel" } },
    { name = "words", sees = { "base", "otp", "channel", "embedded" }, platform = true },
    { name = "engine", sees = { "base", "otp", "channel", "crypto", "device", "simulator", "state" } },
    { name = "settings", sees = { "base", "state", "simulator", "words" }, platform = true },
    { name = "cli", outside = { "cli11", "nlohmann-json" }, platform = true,
      without = { "imgui", "glfw", "opengl", "x11", "xcb", "wayland", "libsystemd" },
      sees = { "base", "otp", "wire", "channel", "qr", "sheet", "files", "crypto", "device", "simulator", "state",
               "words",
               "settings", "engine" } },
    { name = "desktop", sees = { "base", "otp", "channel", "qr" }, outside = { "xcb", "wayland", "libsystemd", "glfw" },
      platform = true },
    { name = "ui", sees = { "base", "otp", "channel", "state", "words", "embedded" }, outside = { "imgui" },
      parts = { kit = {}, codes = { "kit" }, wizard = { "kit", "codes" }, manage = { "kit", "codes" },
                diagnostics = { "kit" } } },
    { name = "window", sees = { "base", "channel", "state", "settings", "desktop", "ui", "embedded" },
      outside = { "imgui", "glfw", "opengl" }, platform = true },
    { name = "app", outside = { "nlohmann-json" }, platform = true,
      sees = { "base", "otp", "wire", "channel", "lettering", "simulator", "state", "words", "settings", "engine", "cli",
               "desktop", "ui", "window" } },
    -- What is embedded: written into build/generated/embedded from the fonts, from shaders/ and from po/.
    { name = "embedded", sees = {}, generated = true },
    -- The drop-in hidapi libraries whose only devices are simulated tokens, for other programs than ours.
    { name = "virtual_token", sees = { "base", "otp", "wire", "simulator" }, outside = { "hidapi" }, platform = true,
      program = true },
}

local embedded_fonts = { "inter", "dejavu", "font-awesome" }

local test_libraries = { "catch2", "nlohmann-json" }

-- Helpers -------------------------------------------------------------------------------------------------------------

local root = path.getabsolute(".")
local generated = root .. "/build/generated"
local making_projects = _ACTION and (_ACTION:find("^gmake") or _ACTION:find("^vs") or _ACTION:find("^xcode"))

local room_named = {}
for _, room in ipairs(rooms) do room_named[room.name] = room end

-- Xlib is used by no room, so it has no file in third_party/. Named here, because its headers would pass for the
-- operating system's.
local library_named = { x11 = { headers = { "X11/" } } }
local function library(name)
    if not library_named[name] then library_named[name] = dofile("third_party/" .. name .. ".lua") end
    return library_named[name]
end

local function matches(masks)
    local found = {}
    for _, mask in ipairs(masks) do
        for _, file in ipairs(os.matchfiles(mask)) do table.insert(found, file) end
    end
    table.sort(found)
    return found
end

local systems = dofile("tools/premake/systems.lua")

-- The source files of a folder that belong to the system that projects are made for.
local function sources(folder)
    return systems.chosen(matches { folder .. "/**.cpp", folder .. "/**.hpp" }, os.target())
end

local function has_code(folder) return #matches { folder .. "/**.cpp" } > 0 end

-- A room and all that it stands on, each once, what stands on others first.
local function closure(names)
    local result, seen = {}, {}
    local function visit(name)
        if seen[name] then return end
        seen[name] = true
        for _, below in ipairs(room_named[name].sees) do visit(below) end
        table.insert(result, 1, name)
    end
    for _, name in ipairs(names) do visit(name) end
    return result
end

local function outside_of(names)
    local result, seen = {}, {}
    for _, name in ipairs(names) do
        for _, outside in ipairs(room_named[name].outside or {}) do
            if not seen[outside] then table.insert(result, outside) end
            seen[outside] = true
        end
    end
    return result
end

local function asks_pkg_config(library_)
    return library_.pkg_config and os.host() == os.target() and os.target() ~= "windows"
end

-- As far as can be asked here.
local function installed(library_)
    return not asks_pkg_config(library_) or
           os.outputof("pkg-config --exists " .. library_.pkg_config .. " && echo INSTALLED"):find("INSTALLED") ~= nil
end

local function pkg_config(library_, what)
    if not asks_pkg_config(library_) then return {} end
    local text = os.outputof("pkg-config " .. what .. " " .. library_.pkg_config .. " || echo MISSING")
    if text:find("MISSING") then
        error(library_.name .. " is not installed (pkg-config does not know '" .. library_.pkg_config .. "'). Debian: " ..
              library_.packages.debian, 0)
    end
    local words = {}
    for word in text:gmatch("%S+") do table.insert(words, word) end
    return words
end

local function each_outside(names, visit)
    for _, name in ipairs(names) do
        local entry = library(name)
        if not entry.only_on or entry.only_on == os.target() then visit(entry) end
    end
end

local function use_headers_of(names)
    each_outside(names, function(entry)
        for _, word in ipairs(pkg_config(entry, "--cflags")) do
            local dir = word:match("^%-I(.+)")
            if dir then
                externalincludedirs { dir }
                for _, below in ipairs(entry.include_subfolders or {}) do
                    if os.isdir(dir .. "/" .. below) then externalincludedirs { dir .. "/" .. below } end
                end
            elseif word:find("^%-D") then
                defines { (word:sub(3)) }
            else
                buildoptions { word }
            end
        end
    end)
end

local function link_libraries_of(names)
    each_outside(names, function(entry)
        for _, word in ipairs(pkg_config(entry, "--libs")) do
            if word:find("^%-l") then links { (word:sub(3)) }
            elseif word:find("^%-L") then libdirs { (word:sub(3)) }
            else linkoptions { word } end
        end
        links((entry.links or {})[os.target()] or {})
    end)
end

-- The workspace -------------------------------------------------------------------------------------------------------

local making_makefiles = (_ACTION or "gmake"):find("^gmake")
local configurations_made = making_makefiles and { "debug", "release", "sanitize", "tsan", "fuzz" } or { "debug", "release" }

workspace "tokendeck"
    configurations(configurations_made)
    location(making_makefiles and "build" or "build/" .. _ACTION)
    startproject "tokendeck"
    language "C++"
    cppdialect "C++20"
    includedirs { "src", "build/generated" }
    objdir "build/obj"
    pic "On"
    linkgroups "On"

    filter { "action:gmake* or xcode*" }
        buildoptions { "-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Wconversion", "-Wnon-virtual-dtor", "-Werror" }
    filter { "action:vs*" }
        buildoptions { "/W4", "/WX", "/utf-8", "/permissive-", "/Zc:__cplusplus" }
        defines { "NOMINMAX", "WIN32_LEAN_AND_MEAN", "_CRT_SECURE_NO_WARNINGS" }
    filter { "action:gmake*", "system:linux" }
        buildoptions { "-pthread", "-fstack-protector-strong" }
        defines { "_GLIBCXX_ASSERTIONS" }
        linkoptions { "-pthread", "-Wl,--as-needed", "-Wl,-z,relro,-z,now" }

    filter { "configurations:release" }
        optimize "On"
    filter { "configurations:not release" }
        symbols "On"
    filter { "configurations:release", "action:gmake*", "system:linux" }
        buildoptions { "-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=2" }

    filter { "configurations:sanitize or tsan", "action:gmake*" } -- instrumented code makes gcc suspect what is sound
        buildoptions { "-g1", "-Wno-maybe-uninitialized" }
    filter { "configurations:sanitize", "action:gmake*" }
        buildoptions { "-O1", "-fno-omit-frame-pointer", "-fsanitize=address,undefined", "-fno-sanitize-recover=all" }
        linkoptions { "-fsanitize=address,undefined" }
    filter { "configurations:tsan", "action:gmake*" } -- gcc warns of readerwriterqueue's fences; see tests/support/main.cpp
        buildoptions { "-O1", "-fno-omit-frame-pointer", "-fsanitize=thread", "-Wno-tsan" }
        linkoptions { "-fsanitize=thread" }
    filter { "configurations:fuzz", "action:gmake*" } -- with clang: make CXX=clang++ config=fuzz
        buildoptions { "-O1", "-fno-omit-frame-pointer", "-fsanitize=fuzzer-no-link,address,undefined" }
        linkoptions { "-fsanitize=address,undefined" }
    filter {}

-- What a release build makes lies in build/bin and build/lib, any other in build/<configuration>/.
local function put_into(folder)
    for _, name in ipairs(configurations_made) do
        filter { "configurations:" .. name }
            targetdir((name == "release" and "build/" or "build/" .. name .. "/") .. folder)
    end
    filter {}
end

local function static_library(name, file_list)
    project(name)
        kind "StaticLib"
        files(file_list)
        put_into "lib"
end

local function program(name, file_list, rooms_used, libraries_used)
    project(name)
        kind "ConsoleApp"
        files(file_list)
        local used = closure(rooms_used)
        for _, room in ipairs(used) do
            if room_named[room].made then links { room } end
        end
        use_headers_of(libraries_used or {})
        link_libraries_of(libraries_used or {})
        link_libraries_of(outside_of(used))
        put_into "bin"
end

-- The rooms -----------------------------------------------------------------------------------------------------------

if making_projects then
    dofile("tools/premake/embed.lua").write {
        folder = generated .. "/embedded",
        shaders = matches { "shaders/*.vert", "shaders/*.frag" },
        fonts = embedded_fonts,
        languages = { dofile("tools/premake/languages.lua").code(matches { "po/*.po" }) },
        describe = library,
        own_folder = _OPTIONS["fonts"],
    }
end

for _, room in ipairs(rooms) do
    local file_list = {}
    for _, file in ipairs(sources(room.generated and "build/generated/" .. room.name or "src/" .. room.name)) do
        if file ~= "src/app/main.cpp" then table.insert(file_list, file) end
    end
    local code = {}
    for _, file in ipairs(file_list) do
        if file:find("%.cpp$") then table.insert(code, file) end
    end
    if #code > 0 and not room.program then
        room.made = true
        static_library(room.name, file_list)
            -- Another room's headers may name what its libraries declare; check-rooms sees who includes those by itself.
            local seen = { room.name }
            for _, name in ipairs(room.sees) do table.insert(seen, name) end
            use_headers_of(outside_of(seen))
    end
end

-- The programs --------------------------------------------------------------------------------------------------------

if os.isfile("src/app/main.cpp") then
    program("tokendeck", { "src/app/main.cpp" }, { "app" })
        use_headers_of(outside_of { "app" })
end

-- Drop-in libraries: LD_LIBRARY_PATH=build/lib/virtual-token makes another program see a simulated token.
if has_code("src/virtual_token") and os.target() == "linux" then
    for _, backend in ipairs { "libusb", "hidraw" } do
        program("virtual_token_" .. backend, sources("src/virtual_token"), { "virtual_token" })
            kind "SharedLib"
            put_into "lib/virtual-token"
            targetprefix ""
            targetname("libhidapi-" .. backend)
            targetextension ".so.0"
            use_headers_of(outside_of { "virtual_token" })
            linkoptions { "-Wl,-soname,libhidapi-" .. backend .. ".so.0", "-Wl,-Bsymbolic",
                          "-Wl,--version-script=" .. root .. "/src/virtual_token/exports.map" }
            buildoptions { "-fvisibility=hidden" }
    end
end

-- The tests -----------------------------------------------------------------------------------------------------------

-- The program builds without what only its suites need: where that is missing there are no suites. With --tests it is
-- an error that names the package.
local makes_suites = has_code("tests/support")
for _, name in ipairs(test_libraries) do
    if library(name).needed_for == "tests" and not _OPTIONS["tests"] then
        makes_suites = makes_suites and installed(library(name))
    end
end

if makes_suites then
    static_library("test_support", sources("tests/support"))
        includedirs { "tests" }
        use_headers_of(test_libraries)
        filter { "action:gmake*" } -- it holds Catch2's own code, which takes a minute to instrument and is not on trial
            buildoptions { "-O0", "-g0", "-fno-sanitize=all" }
        filter {}
end

-- The suite of a room: tests/<room>/**.cpp with the room, all that it stands on, and `more_rooms`.
local function test_suite(room, more_rooms)
    if not makes_suites or not has_code("tests/" .. room) then return end
    local names = { room }
    for _, name in ipairs(more_rooms or {}) do table.insert(names, name) end
    local files_of_suite = {}
    for _, file in ipairs(sources("tests/" .. room)) do
        if not file:find("/alone/") then table.insert(files_of_suite, file) end
    end
    program("test_" .. room, files_of_suite, names, test_libraries)
        links { "test_support" }
        includedirs { "tests" }
        use_headers_of(outside_of(closure(names)))
        filter { "configurations:sanitize or tsan", "action:gmake*" } -- compiles in a third of the time
            buildoptions { "-O0" }
        filter {}
end

test_suite("base")
test_suite("otp")
test_suite("wire")
test_suite("channel")
test_suite("qr")
test_suite("lettering")
test_suite("sheet")
test_suite("files")
test_suite("crypto", { "simulator" })
test_suite("device", { "simulator", "crypto", "qr" })
test_suite("simulator", { "device" })
test_suite("state", { "crypto", "device", "simulator" })
test_suite("words")
test_suite("engine")
test_suite("settings")
test_suite("cli")
test_suite("desktop")
test_suite("ui")
test_suite("window")
test_suite("app")

-- The command line without the window's rooms; tools/test rooms looks at what it is linked with.
if has_code("tests/cli/alone") then program("tokendeck_cli", sources("tests/cli/alone"), { "cli" }) end

-- Simulated tokens in the ports of a real kernel's virtual USB host controller; runs in the guest of tests/kernel.
if has_code("tests/kernel/usb_host") and os.target() == "linux" then
    program("vhci_tokens", sources("tests/kernel/usb_host"), { "simulator" })
end

-- A fuzzer: fuzz/<name>.cpp with these rooms; built with clang by tools/fuzz.
local function fuzz_target(name, rooms_used)
    local file = "fuzz/" .. name .. ".cpp"
    if not os.isfile(file) then return end
    program("fuzz_" .. name, { file, "fuzz/demand.hpp" }, rooms_used)
        includedirs { "fuzz" }
        use_headers_of(outside_of(closure(rooms_used)))
        filter { "configurations:fuzz", "action:gmake*" }
            linkoptions { "-fsanitize=fuzzer" }
        filter {}
end

fuzz_target("base32", { "crypto" })
fuzz_target("otpauth", { "crypto" })
fuzz_target("migration", { "crypto" })
fuzz_target("imports", { "crypto" })
fuzz_target("qr", { "qr" })
fuzz_target("report", { "wire" })
fuzz_target("simulator", { "simulator" })
fuzz_target("tlv", { "wire" })

-- The check of the room table -----------------------------------------------------------------------------------------

newaction {
    trigger = "check-rooms",
    description = "Refuse an include that the room table does not allow, and a feature that a system lacks",
    execute = function()
        local tree = _OPTIONS["root"] and path.getabsolute(_OPTIONS["root"]) or root
        local room, library_given = (_OPTIONS["give"] or ""):match("^(.+):(.+)$")
        if room then
            room_named[room].outside = room_named[room].outside or {}
            table.insert(room_named[room].outside, library_given)
        end
        local checked, faults = dofile("tools/premake/check_rooms.lua").check(tree, rooms, library, matches)
        for _, room in ipairs(rooms) do
            if not room.program then -- those programs are made for Linux only
                local files = matches { tree .. "/src/" .. room.name .. "/**.cpp", tree .. "/src/" .. room.name .. "/**.hpp" }
                for _, fault in ipairs(systems.faults(files)) do table.insert(faults, path.getrelative(tree, fault)) end
            end
        end
        for _, fault in ipairs(faults) do print(fault) end
        print(("check-rooms: %d files, %d violations"):format(checked, #faults))
        if #faults > 0 or checked == 0 then os.exit(1) end
    end,
}
