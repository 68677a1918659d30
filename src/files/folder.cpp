#include "files/folder.hpp"

#include "base/ascii.hpp"
#include "base/paths.hpp"
#include "base/utf8.hpp"
#include "files/errors.hpp"
#include "files/user_folder.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

namespace tokendeck::files {
namespace {

namespace fs = std::filesystem;
using channel::FolderEntry;

fs::path folder_to_start_in() {
    return user_folder({{"XDG_PICTURES_DIR", "Pictures"}, {"XDG_DOWNLOAD_DIR", "Downloads"}});
}

// Pictures, texts and exports of other programs; the content decides when one is read.
bool may_hold_accounts(std::string_view name) {
    constexpr std::array<std::string_view, 10> extensions{".png",  ".jpg", ".jpeg", ".bmp", ".gif",
                                                          ".json", ".txt", ".csv",  ".xml", ".2fas"};
    return std::any_of(extensions.begin(), extensions.end(), [&](std::string_view extension) {
        return name.size() > extension.size() &&
               base::equal_without_case(name.substr(name.size() - extension.size()), extension);
    });
}

bool before(const FolderEntry& a, const FolderEntry& b) {
    if (a.folder != b.folder) return a.folder;
    const auto less = [](char x, char y) {
        return static_cast<unsigned char>(base::lower(x)) < static_cast<unsigned char>(base::lower(y));
    };
    const std::string_view x = a.name, y = b.name;
    if (std::lexicographical_compare(x.begin(), x.end(), y.begin(), y.end(), less)) return true;
    if (std::lexicographical_compare(y.begin(), y.end(), x.begin(), x.end(), less)) return false;
    return x < y;
}

std::vector<channel::PictureFolder> places() {
    using Kind = channel::PictureFolder::Kind;
    std::vector<channel::PictureFolder> found{{Kind::home, base::utf8_of(user_folder({}))}};
    const auto add = [&](Kind kind, const UserFolder& wanted) {
        std::string path = base::utf8_of(user_folder({wanted}));
        const bool new_one =
            std::ranges::none_of(found, [&](const channel::PictureFolder& one) { return one.path == path; });
        if (new_one) found.push_back({kind, std::move(path)});
    };
    add(Kind::downloads, {"XDG_DOWNLOAD_DIR", "Downloads"});
    add(Kind::pictures, {"XDG_PICTURES_DIR", "Pictures"});
    return found;
}

fs::path typed_path(std::string_view typed) {
    if (typed == "~") return user_folder({});
    if (typed.starts_with("~/")) return user_folder({}) / base::path_of(typed.substr(2));
    return base::path_of(typed);
}

}  // namespace

base::Result<channel::FolderListed> list_folder(const std::string& path, bool typed) {
    std::error_code failure;
    const fs::path asked = path.empty() ? folder_to_start_in() : (typed ? typed_path(path) : base::path_of(path));
    const fs::path folder = fs::absolute(asked, failure).lexically_normal();

    channel::FolderListed listed;
    listed.path = base::utf8_of(folder);
    listed.places = places();
    if (typed && fs::is_regular_file(folder, failure)) {
        listed.is_file = true;
        return listed;
    }
    const auto problem = [&](base::ErrorCode code) {
        return base::Error{.code = code, .subject = base::last_name(listed.path)};
    };
    const auto read_failed = [&] {
        if (failure == std::errc::permission_denied) return problem(errors::folder_no_permission);
        if (failure == std::errc::no_such_file_or_directory || failure == std::errc::not_a_directory)
            return problem(errors::folder_not_found);
        return problem(errors::folder_unreadable);
    };

    fs::directory_iterator entry(folder, failure);
    if (failure) return read_failed();
    for (std::size_t looked_at = 0; entry != fs::directory_iterator(); entry.increment(failure)) {
        if (failure) return read_failed();
        if (++looked_at > folder_looked_at_max) {
            listed.more = true;
            break;
        }
        std::string name = base::utf8_of(entry->path().filename());
        if (name.starts_with('.') || !base::is_utf8(name)) continue;
        std::error_code gone;  // an entry that vanished or leads nowhere is not offered
        if (entry->is_directory(gone)) listed.entries.push_back({std::move(name), true});
        else if (may_hold_accounts(name) && entry->is_regular_file(gone))
            listed.entries.push_back({std::move(name), false});
    }
    if (failure) return read_failed();

    std::sort(listed.entries.begin(), listed.entries.end(), before);
    if (listed.entries.size() > folder_entries_max) {
        listed.entries.resize(folder_entries_max);
        listed.more = true;
    }
    return listed;
}

}  // namespace tokendeck::files
