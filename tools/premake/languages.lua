-- Reads po/<language>.po (GNU gettext's format) and writes them as C++: embedded/languages.hpp and languages.cpp.
-- A text's context (msgctxt) is its key; agreement with a number stands within the text: docs/translating.md.

local function unquoted(text)
    return (text:gsub("\\(.)", { n = "\n", t = "\t", ['"'] = '"', ["\\"] = "\\" }))
end

-- The entries of a file: { context, english, text, fuzzy }; that without a context and with an empty `english` is its head.
local function read(name)
    local entries, entry, field, number = {}, {}, nil, 0
    local function finish()
        if entry.msgid then entries[#entries + 1] = entry end
        entry, field = {}, nil
    end
    for line in io.lines(name) do
        number = number + 1
        line = line:gsub("\r$", "")
        local keyword, rest = line:match('^(%a[%w_]*)%s+"(.*)"%s*$')
        if line:find("^%s*$") then
            finish()
        elseif line:find("^#") then
            if entry.msgstr then finish() end
            if line:find("^#,.*fuzzy") then entry.fuzzy = true end
        elseif keyword == "msgctxt" or keyword == "msgid" or keyword == "msgstr" then
            if entry.msgstr then finish() end
            field, entry[keyword] = keyword, unquoted(rest)
        elseif field and line:find('^%s*".*"%s*$') then
            entry[field] = entry[field] .. unquoted(line:match('^%s*"(.*)"%s*$'))
        else
            error(("%s:%d: this line is not understood: %s"):format(name, number, line), 0)
        end
    end
    finish()
    return entries
end

-- A head's line: "Plural-Forms: …".
local function from_head(head, what)
    return ("\n" .. head):match("\n" .. what:gsub("%-", "%%-") .. ":%s*([^\n]*)")
end

local function literal(text)
    return '"' .. text:gsub('[\\"]', "\\%0"):gsub("\n", "\\n"):gsub("\t", "\\t") .. '"'
end

-- Gettext writes the rule as an expression of C in n, so it can be compiled once it is known to be nothing else.
local function plural_rule(name, head)
    local rule = (from_head(head, "Plural-Forms") or ""):match("plural%s*=%s*(.-)%s*;?%s*$")
    if not rule or rule == "" or rule:find("[^n0-9%s()?:=!<>&|%%+*/-]") then
        error(name .. ": the head has no line 'Plural-Forms: nplurals=2; plural=(n != 1);', or one with another rule than "
              .. "an expression in n", 0)
    end
    return rule
end

local header = [[
// Written by tools/premake/languages.lua from po/: the translations that are part of the program.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace tokendeck::embedded {

struct Translation {
    std::string_view context; // msgctxt
    std::string_view text;
};

struct Language {
    std::string_view code; // "de", the name of its file
    std::string_view name; // in the language itself
    std::span<const Translation> texts; // by context
    std::size_t (*plural_form)(std::uint64_t n);
};

// By code. Lives as long as the program.
std::span<const Language> languages();

} // namespace tokendeck::embedded
]]

-- The two files' contents for these files of translations.
local function code(names)
    local parts, table_rows = {}, {}
    for _, name in ipairs(names) do
        local code = path.getname(name):match("^(.*)%.po$")
        local identifier, head, rows = code:gsub("[^%w]", "_"), "", {}
        for _, entry in ipairs(read(name)) do
            if entry.msgid == "" and not entry.msgctxt then
                head = entry.msgstr or ""
            elseif not entry.fuzzy and entry.msgctxt and (entry.msgstr or "") ~= "" then
                rows[#rows + 1] = { entry.msgctxt, entry.msgstr }
            end
        end
        table.sort(rows, function(a, b) return a[1] < b[1] end)
        for i, row in ipairs(rows) do rows[i] = ("    {%s, %s},"):format(literal(row[1]), literal(row[2])) end
        if #rows == 0 then error(name .. ": there is no translated text in it", 0) end
        parts[#parts + 1] = ("std::size_t plural_%s([[maybe_unused]] std::uint64_t n) {\n    return static_cast<std::size_t>(%s);\n}\n")
            :format(identifier, plural_rule(name, head))
        parts[#parts + 1] = ("constexpr Translation %s[] = {\n%s\n};\n"):format(identifier, table.concat(rows, "\n"))
        table_rows[#table_rows + 1] = ("    {%s, %s, texts::%s, texts::plural_%s},"):format(
            literal(code), literal(from_head(head, "X-Language-Name") or code),
            identifier, identifier)
    end
    return header, ([[
// Written by tools/premake/languages.lua from po/.
#include "embedded/languages.hpp"

#include <vector>

namespace tokendeck::embedded {

namespace texts {
namespace {
%s} // namespace
} // namespace texts

std::span<const Language> languages() {
    static const std::vector<Language> all{
%s
    };
    return all;
}

} // namespace tokendeck::embedded
]]):format(table.concat(parts, "\n"), table.concat(table_rows, "\n"))
end

return { code = code }
