#include "crypto/picture_file.hpp"

#include "crypto/ascii.hpp"
#include "crypto/errors.hpp"
#include "crypto/otpauth.hpp"
#include "crypto/paths.hpp"
#include "crypto/scheme.hpp"
#include "qr/decode.hpp"
#include "qr/errors.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <optional>
#include <system_error>

namespace tokendeck::crypto {
namespace {

namespace fs = std::filesystem;

base::SecretText trimmed(const base::SecretText& text) {
    constexpr std::string_view white_space = " \t\n\v\f\r";
    const std::string_view whole = text.view();
    const std::size_t start = std::min(whole.find_first_not_of(white_space), whole.size());
    return base::SecretText::copy_of(whole.substr(start, whole.find_last_not_of(white_space) + 1 - start));
}

}  // namespace

base::Result<base::SecretBytes> read_picture_file(const std::string& path) {
    const auto problem = [&](base::ErrorCode code) {
        base::Error error{code};
        error.subject = last_name(path);
        return error;
    };
    const auto too_large = [&](std::uintmax_t actual) {
        base::Error error = problem(qr::errors::file_too_large);
        error.actual = static_cast<std::int64_t>(std::min<std::uintmax_t>(actual, INT64_MAX));
        error.limit = static_cast<std::int64_t>(qr::file_bytes_max);
        return error;
    };

    const fs::path file = path_of(path);
    std::error_code failure;
    const fs::file_status status = fs::status(file, failure);
    if (status.type() == fs::file_type::not_found) return problem(errors::file_not_found);
    if (failure == std::errc::permission_denied) return problem(errors::file_no_permission);
    if (failure) return problem(errors::file_unreadable);
    if (fs::is_directory(status)) return problem(errors::file_is_folder);
    if (!fs::is_regular_file(status)) return problem(errors::file_not_regular);
    const std::uintmax_t size = fs::file_size(file, failure);
    if (failure) return problem(errors::file_unreadable);
    if (size == 0) return problem(qr::errors::file_empty);
    if (size > qr::file_bytes_max) return too_large(size);

    std::ifstream stream;
    stream.rdbuf()->pubsetbuf(nullptr, 0);  // no copy of the content in a buffer that nobody wipes
    errno = 0;
    stream.open(file, std::ios::binary);
    if (!stream)
        return problem(errno == EACCES || errno == EPERM ? errors::file_no_permission : errors::file_unreadable);
    base::SecretBytes content(static_cast<std::size_t>(size));
    stream.read(reinterpret_cast<char*>(content.bytes().data()), static_cast<std::streamsize>(content.size()));
    const bool all = static_cast<std::uintmax_t>(stream.gcount()) == size;
    // A file that grew or shrank meanwhile is being written: what was read is not a picture.
    if (!all || stream.peek() != std::ifstream::traits_type::eof()) return problem(errors::file_unreadable);
    return content;
}

base::Result<otp::OtpEnrolment> read_picture(std::span<const std::uint8_t> file_bytes) {
    auto codes = qr::read_codes(file_bytes);
    if (!codes) return std::move(codes).error();

    std::optional<base::SecretText> account;
    std::int64_t accounts = 0;
    bool migration = false;
    for (const base::SecretText& code : codes.value()) {
        base::SecretText text = trimmed(code);
        const std::string_view scheme = scheme_of(text.view());
        migration = migration || equal_without_case(scheme, "otpauth-migration");
        if (!equal_without_case(scheme, "otpauth")) continue;
        ++accounts;
        account = std::move(text);
    }
    if (accounts > 1) {
        base::Error error{errors::several_codes};
        error.actual = accounts;
        return error;
    }
    if (account) return parse_otpauth(*account);
    if (migration) return base::Error{errors::migration_not_yet};
    return not_otpauth(scheme_of(codes.value().front().view()));
}

}  // namespace tokendeck::crypto
