#include "qr/file_kind.hpp"

#include "base/ascii.hpp"
#include "base/bytes.hpp"

#include <algorithm>
#include <array>

namespace tokendeck::qr {
namespace {

using namespace std::string_view_literals;

std::string_view text_of(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool is_text(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return !base::is_ascii_control(static_cast<unsigned char>(c)) || c == '\t' || c == '\n' || c == '\r';
    });
}

// ISO base media files: a box "ftyp" whose brand tells HEIC from AVIF from films.
FileKind kind_of_media(std::string_view start) {
    const std::string_view brand = start.substr(8, 4);
    if (brand == "avif" || brand == "avis") return FileKind::avif;
    constexpr std::array brands{"heic"sv, "heix"sv, "hevc"sv, "heim"sv, "heis"sv, "mif1"sv, "msf1"sv};
    return std::find(brands.begin(), brands.end(), brand) != brands.end() ? FileKind::heic : FileKind::unknown;
}

}  // namespace

FileKind kind_of(std::span<const std::uint8_t> file_bytes) {
    constexpr std::size_t looked_at = 1024;
    const std::string_view start = text_of(file_bytes.first(std::min(file_bytes.size(), looked_at)));
    if (start.starts_with("\x89PNG\r\n\x1a\n")) return FileKind::png;
    if (start.starts_with("\xFF\xD8\xFF")) return FileKind::jpeg;
    if (start.starts_with("GIF87a") || start.starts_with("GIF89a")) return FileKind::gif;
    if (start.starts_with("RIFF") && start.size() >= 12 && start.substr(8, 4) == "WEBP") return FileKind::webp;
    if (start.size() >= 12 && start.substr(4, 4) == "ftyp") return kind_of_media(start);
    if (start.starts_with("II*\0"sv) || start.starts_with("MM\0*"sv)) return FileKind::tiff;
    if (start.starts_with("%PDF-")) return FileKind::pdf;
    if (start.starts_with("PK\x03\x04")) return FileKind::zip;
    if (start.find("<svg") != std::string_view::npos) return FileKind::svg;
    if (is_text(start)) return FileKind::text;
    if (start.starts_with("BM")) return FileKind::bmp;
    return FileKind::unknown;
}

std::string_view name(FileKind kind) {
    switch (kind) {
        case FileKind::unknown: return "";
        case FileKind::png: return "PNG";
        case FileKind::jpeg: return "JPEG";
        case FileKind::bmp: return "BMP";
        case FileKind::gif: return "GIF";
        case FileKind::webp: return "WebP";
        case FileKind::heic: return "HEIC";
        case FileKind::avif: return "AVIF";
        case FileKind::tiff: return "TIFF";
        case FileKind::svg: return "SVG";
        case FileKind::pdf: return "PDF";
        case FileKind::zip: return "ZIP";
        case FileKind::text: return "text";
    }
    return "";
}

bool is_readable(FileKind kind) {
    return kind == FileKind::png || kind == FileKind::jpeg || kind == FileKind::bmp || kind == FileKind::gif;
}

bool lacks_end(FileKind kind, std::span<const std::uint8_t> file_bytes) {
    const std::string_view text = text_of(file_bytes);
    switch (kind) {
        case FileKind::png: return text.find("IEND") == std::string_view::npos;
        case FileKind::jpeg: return text.find("\xFF\xD9") == std::string_view::npos;
        case FileKind::gif: {  // its trailer, perhaps with zeros behind it
            const std::size_t last = text.find_last_not_of('\0');
            return last == std::string_view::npos || text[last] != '\x3B';
        }
        case FileKind::bmp: {
            constexpr std::size_t pixels_offset_at = 10, size_at = 2;  // BITMAPFILEHEADER
            return file_bytes.size() < 14 || base::load_le32(file_bytes, pixels_offset_at) >= file_bytes.size() ||
                   base::load_le32(file_bytes, size_at) > file_bytes.size();
        }
        default: return false;
    }
}

}  // namespace tokendeck::qr
