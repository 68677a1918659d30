#include "crypto/export_file.hpp"

#include "base/errors.hpp"
#include "base/outside_file.hpp"
#include "base/paths.hpp"
#include "crypto/errors.hpp"
#include "qr/file_kind.hpp"

#include <filesystem>
#include <functional>
#include <string_view>
#include <system_error>

namespace tokendeck::crypto {
namespace {

namespace fs = std::filesystem;

std::uint64_t fingerprint_of(std::span<const std::uint8_t> content) {
    return std::hash<std::string_view>{}({reinterpret_cast<const char*>(content.data()), content.size()});
}

}  // namespace

std::optional<channel::ExportFile> export_file(const std::string& path, std::span<const std::uint8_t> content) {
    if (qr::is_readable(qr::kind_of(content))) return std::nullopt;
    std::error_code failure;
    const fs::path absolute = fs::absolute(base::path_of(path), failure).lexically_normal();
    return channel::ExportFile{failure ? path : base::utf8_of(absolute), content.size(), fingerprint_of(content)};
}

base::Result<void> delete_export_file(const channel::ExportFile& file) {
    std::error_code failure;
    const fs::path path = base::path_of(file.path);
    if (fs::symlink_status(path, failure).type() == fs::file_type::not_found) return {};
    const auto content = [&]() -> base::Result<base::SecretBytes> {
        auto opened = base::OutsideFile::open(file.path, base::OutsideFile::Links::refused);
        if (!opened) return opened.error();
        return opened.value().read(file.bytes);
    }();
    const bool changed = content ? fingerprint_of(content.value().bytes()) != file.fingerprint
                                 : content.error().code == base::errors::file_too_large;
    if (changed) return base::Error{.code = errors::file_changed, .subject = base::last_name(file.path)};
    if (content && fs::remove(path, failure) && !failure) return {};
    return base::Error{.code = errors::file_not_deleted, .subject = base::last_name(file.path)};
}

}  // namespace tokendeck::crypto
