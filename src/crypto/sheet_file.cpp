#include "crypto/sheet_file.hpp"

#include "base/ascii.hpp"
#include "base/paths.hpp"
#include "base/utf8.hpp"
#include "crypto/base32.hpp"
#include "crypto/errors.hpp"
#include "crypto/otpauth.hpp"
#include "files/errors.hpp"
#include "files/new_file.hpp"
#include "files/user_folder.hpp"
#include "sheet/recovery_sheet.hpp"

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace tokendeck::crypto {
namespace {

namespace fs = std::filesystem;

// What every file system takes and no shell takes for something else.
std::string as_file_name(std::string_view name) {
    constexpr std::size_t bytes_most = 60;
    constexpr std::string_view marks = "._@+";
    std::string result;
    while (!name.empty()) {
        const base::Character c = base::first_character(name);
        const bool ascii = c.size == 1;
        const bool kept = c.valid && (ascii ? base::is_letter(name[0]) || base::is_digit(name[0]) ||
                                                  (marks.find(name[0]) != std::string_view::npos && !result.empty())
                                            : !base::is_control(c.code));
        if (kept) result += name.substr(0, c.size);
        else if (!result.empty() && result.back() != '-') result += '-';
        name.remove_prefix(c.size);
    }
    result = otp::shortened(result, bytes_most);
    while (!result.empty() && (result.back() == '-' || result.back() == '.')) result.pop_back();
    return result;
}

bool is_free(const fs::path& path) {
    std::error_code ignored;
    return fs::symlink_status(path, ignored).type() == fs::file_type::not_found;
}

}  // namespace

base::Result<base::SecretBytes> make_sheet(const channel::WriteSheet& request) {
    std::vector<sheet::Account> accounts;
    std::optional<base::Error> refused;
    const auto add = [&](const otp::OtpEnrolment& enrolment, std::string slot) {
        auto uri = write_otpauth(enrolment);
        if (!uri) refused = std::move(uri).error();
        else
            accounts.push_back({enrolment.issuer, enrolment.account, enrolment.parameters, std::move(uri).value(),
                                encode_base32(enrolment.secret.bytes()), std::move(slot)});
    };
    add(request.enrolment, {});
    for (const auto& [enrolment, slot] : request.further) add(enrolment, slot);
    if (refused) return *std::move(refused);
    return sheet::recovery_sheets(accounts, request.facts);
}

base::Result<void> delete_sheet_file(const std::string& path) {
    std::error_code failure;
    const fs::path file = base::path_of(path);
    const fs::file_type type = fs::symlink_status(file, failure).type();
    if (type == fs::file_type::not_found) return {};
    if (type == fs::file_type::regular && fs::remove(file, failure) && !failure) return {};
    return base::Error{.code = errors::file_not_deleted, .subject = base::last_name(path)};
}

base::Result<std::string> write_sheet_file(const std::string& path, const base::SecretBytes& sheet) {
    std::error_code failure;
    const fs::path absolute = fs::absolute(base::path_of(path), failure).lexically_normal();
    const std::string whole = failure ? path : base::utf8_of(absolute);
    const auto problem = [](base::ErrorCode code, std::string subject) {
        return base::Error{.code = code, .subject = std::move(subject)};
    };
    switch (files::write_new_file(whole, sheet.bytes())) {
        case files::NewFile::written: return whole;
        case files::NewFile::exists: return problem(errors::file_exists, base::last_name(whole));
        case files::NewFile::no_folder:
            return problem(files::errors::folder_not_found,
                           base::last_name(base::utf8_of(base::path_of(whole).parent_path())));
        case files::NewFile::refused: return problem(errors::file_write_refused, base::last_name(whole));
        case files::NewFile::disk_full: return problem(errors::disk_full, base::last_name(whole));
        case files::NewFile::failed: break;
    }
    return problem(errors::file_not_written, base::last_name(whole));
}

std::string suggested_sheet_path(std::string_view name) {
    const fs::path folder = files::user_folder({{"XDG_DOCUMENTS_DIR", "Documents"}});
    std::string stem = "tokendeck-recovery";
    if (const std::string account = as_file_name(name); !account.empty()) stem += "-" + account;
    fs::path path = folder / base::path_of(stem + ".pdf");
    // Where a thousand are taken, the writing will say so.
    for (int number = 2; number <= 1000 && !is_free(path); ++number)
        path = folder / base::path_of(stem + "-" + std::to_string(number) + ".pdf");
    return base::utf8_of(path);
}

}  // namespace tokendeck::crypto
