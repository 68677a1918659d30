// Any bytes as an export of several accounts: as its message, as its URI, and as what is typed. No seeds are needed.
#include "crypto/migration.hpp"
#include "crypto/accounts.hpp"
#include "demand.hpp"

using namespace tokendeck;

namespace {

void check(const base::Result<crypto::Migration>& parsed, std::size_t size) {
    if (!parsed) {
        demand(!parsed.error().code.name.empty() && parsed.error().position.value_or(1) <= size + 1);
        return;
    }
    demand(!parsed.value().accounts.empty() || !parsed.value().refused.empty());
    for (const channel::ReadAccount& read : parsed.value().accounts) {
        const otp::OtpEnrolment& account = read.enrolment;
        check_name(account.issuer);
        check_name(account.account);
        demand(!account.secret.empty());
        demand(account.parameters.digits == 6 || account.parameters.digits == 8);
    }
    if (parsed.value().part) demand(parsed.value().part->index < parsed.value().part->count);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check(crypto::parse_migration_message({data, size}), size);
    const auto text = base::SecretText::copy_of({reinterpret_cast<const char*>(data), size});
    check(crypto::parse_migration(text), size);
    const channel::TextExplained explained = crypto::explain(text, (size & 1) != 0);
    demand(!explained.items.empty());
    for (const channel::ExplainedItem& item : explained.items) {
        if (item.problem && item.problem->byte) demand(*item.problem->byte <= size);
        for (const std::size_t at : item.look_alikes) demand(at < size);
    }
    return 0;
}
