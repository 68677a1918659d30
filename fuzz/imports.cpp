// Any bytes as the export of another authenticator. Seeds: tests/crypto/imports.
#include "crypto/imports/imports.hpp"
#include "demand.hpp"

#include <cstdint>

using namespace tokendeck;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto read = crypto::imports::read_export({reinterpret_cast<const char*>(data), size});
    if (!read) return 0;
    if (!*read) {
        demand(!read->error().code.name.empty() && read->error().position.value_or(1) <= size + 1);
        return 0;
    }
    const crypto::imports::Import& import = read->value();
    const std::size_t met = import.accounts.size() + import.refused.size();
    demand(!import.program.empty() && met >= 1 && met <= crypto::imports::accounts_max);
    for (const channel::ReadAccount& account : import.accounts) {
        check_name(account.enrolment.issuer);
        check_name(account.enrolment.account);
        demand(!account.enrolment.secret.empty());
        demand(account.enrolment.parameters.digits >= 1 && account.enrolment.parameters.digits <= 10);
        demand(account.enrolment.parameters.period >= 1);
    }
    for (const channel::AccountRefused& refused : import.refused) demand(refused.place >= 1 && refused.place <= met);
    return 0;
}
