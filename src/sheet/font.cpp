#include "sheet/font.hpp"

#include "embedded/resources.hpp"

#include <hpdf_doc.h>
#include <hpdf_fontdef.h>
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

bool Font::has(char32_t letter) const {
    return letter <= last_letter &&
           HPDF_TTFontDef_GetGlyphid(definition(definition_), static_cast<HPDF_UINT16>(letter)) != 0;
}

double Font::width(char32_t letter) const {
    return HPDF_TTFontDef_GetCharWidth(definition(definition_), static_cast<HPDF_UINT16>(letter)) / 1000.0;
}

}  // namespace tokendeck::sheet
