#include "sheet/font.hpp"

#include "embedded/resources.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>

#include <hpdf_doc.h>
#include <hpdf_fontdef.h>
#include <hpdf_objects.h>
#include <hpdf_streams.h>
#include <hpdf_version.h>

namespace tokendeck::sheet {
namespace {

// libharu subsets by 16-bit numbers: letters beyond the Basic Multilingual Plane are none that it could show.
constexpr char32_t last_letter = 0xFFFF;

HPDF_FontDef definition(void* from) {
    return static_cast<HPDF_FontDef>(from);
}

// As HPDF_LoadTTFontFromFile does it, with the font in memory.
HPDF_FontDef load(HPDF_Doc document, const embedded::Resource& font) {
    HPDF_Stream stream = HPDF_MemStream_New(document->mmgr, static_cast<HPDF_UINT>(font.size));
    if (stream == nullptr) return nullptr;
    if (HPDF_Stream_Write(stream, font.data, static_cast<HPDF_UINT>(font.size)) != HPDF_OK) {
        HPDF_Stream_Free(stream);
        return nullptr;
    }
    HPDF_FontDef loaded = HPDF_TTFontDef_Load(document->mmgr, stream, HPDF_TRUE);  // takes the stream, in any case
    if (loaded == nullptr) return nullptr;
    if (HPDF_List_Add(document->fontdef_list, loaded) != HPDF_OK) {
        HPDF_FontDef_Free(loaded);
        return nullptr;
    }
    char tag[] = "HPDFAA";  // that of the first embedded font
    HPDF_TTFontDef_SetTagName(loaded, tag);
    return loaded;
}

}  // namespace

Font::Font(void* document) {
    HPDF_FontDef loaded = load(static_cast<HPDF_Doc>(document), embedded::font_fallback);
    if (loaded == nullptr) return;
    definition_ = loaded;
    name_ = loaded->base_font;
}

// A "ToUnicode" table (PDF 32000-1, 9.10.3). The numbers are those of Unicode already; a range may only differ in the
// last byte, and a block holds a hundred.
void Font::name_letters(void* font) {
    if (font == nullptr) return;
    auto* const table =
        static_cast<HPDF_Dict>(HPDF_Dict_GetItem(static_cast<HPDF_Dict>(font), "ToUnicode", HPDF_OCLASS_DICT));
    if (table == nullptr || table->stream == nullptr) return;
    std::string text =
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
    constexpr int block = 100;
    for (int row = 0; row < 256; ++row) {
        if (row % block == 0)
            text.append(std::to_string(std::min(block, 256 - row))).append(1, ' ').append("beginbfrange\n");
        std::array<char, 32> line{};
        (void)std::snprintf(line.data(), line.size(), "<%02X00> <%02XFF> <%02X00>\n", row, row, row);
        text += line.data();
        if (row % block == block - 1 || row == 255) text += "endbfrange\n";
    }
    text += "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
    HPDF_MemStream_FreeData(table->stream);
    (void)HPDF_Stream_Write(table->stream, reinterpret_cast<const HPDF_BYTE*>(text.data()),
                            static_cast<HPDF_UINT>(text.size()));
    for (const char* const key : {"CMapName", "CIDSystemInfo", "WMode", "Type"})
        (void)HPDF_Dict_RemoveElement(table, key);
}

bool Font::has(char32_t letter) const {
    return letter <= last_letter &&
           HPDF_TTFontDef_GetGlyphid(definition(definition_), static_cast<HPDF_UINT16>(letter)) != 0;
}

double Font::width(char32_t letter) const {
    return HPDF_TTFontDef_GetCharWidth(definition(definition_), static_cast<HPDF_UINT16>(letter)) / 1000.0;
}

}  // namespace tokendeck::sheet
