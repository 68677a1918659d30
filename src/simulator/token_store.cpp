#include "simulator/token_store.hpp"

#include "wire/transport.hpp"

#include <filesystem>
#include <system_error>

namespace tokendeck::simulator {
namespace {

constexpr std::size_t file_most = 64 * 1024;  // bytes; a full token has about 8,000

struct Loaded {
    TokenState state;
    FileIdentity identity;
};

base::Error unreadable(const std::string& path) {
    return base::Error{.code = wire::errors::state_unreadable, .subject = path};
}

base::Result<Loaded> load(const std::string& path) {
    // The identity first: what is written between the two is then taken in at the next refresh.
    auto identity = identify(path);
    if (!identity) return std::move(identity).error();
    if (!identity.value()) return unreadable(path);
    auto content = read_file(path, file_most);
    if (!content) return std::move(content).error();
    auto state = parse_state(content.value().view());
    if (!state) {
        base::Error error = std::move(state).error();
        error.subject = path;
        return error;
    }
    return Loaded{std::move(state).value(), *identity.value()};
}

}  // namespace

base::Result<TokenStore> TokenStore::create(const std::string& path, TokenState state) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::error_code ignored;  // the write below fails if the folder is not there
    if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
    TokenStore store(path, std::move(state));
    if (auto saved = store.save(); !saved) return std::move(saved).error();
    return store;
}

base::Result<TokenStore> TokenStore::open(const std::string& path) {
    auto loaded = load(path);
    if (!loaded) return std::move(loaded).error();
    TokenStore store(path, std::move(loaded.value().state));
    store.identity_ = loaded.value().identity;
    return store;
}

base::Result<void> TokenStore::save() {
    if (path_.empty()) return {};
    const base::SecretText text = write_state(state_);
    auto identity = replace_file(path_, text.view());
    if (!identity) return std::move(identity).error();
    identity_ = identity.value();
    return {};
}

base::Result<void> TokenStore::refresh(bool for_sure) {
    if (path_.empty()) return {};
    auto identity = identify(path_);
    if (!identity) return std::move(identity).error();
    if (!for_sure && identity.value() == std::optional{identity_}) return {};
    auto loaded = load(path_);
    if (!loaded) return std::move(loaded).error();
    state_ = std::move(loaded.value().state);
    identity_ = loaded.value().identity;
    return {};
}

}  // namespace tokendeck::simulator
