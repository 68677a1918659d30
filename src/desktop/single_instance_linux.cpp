#include "desktop/single_instance_linux.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace tokendeck::desktop {

LinuxHold::~LinuxHold() {
    if (socket >= 0) {
        (void)::unlink(socket_path.c_str());
        (void)::close(socket);
    }
    if (lock >= 0) (void)::close(lock);
}

bool answer_question(int socket) {
    std::array<char, 64> packet{};
    sockaddr_un from{};
    socklen_t from_size = sizeof from;
    const ssize_t size =
        ::recvfrom(socket, packet.data(), packet.size(), MSG_DONTWAIT, reinterpret_cast<sockaddr*>(&from), &from_size);
    if (size < 0 || std::string_view(packet.data(), static_cast<std::size_t>(size)) != socket_question) return false;
    (void)::sendto(socket, socket_answer.data(), socket_answer.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
                   reinterpret_cast<const sockaddr*>(&from), from_size);
    return true;
}

namespace {

using Start = Claim::Start;
using std::chrono::steady_clock;

std::uint64_t microseconds_until(Moment moment) {
    const auto left = std::chrono::duration_cast<std::chrono::microseconds>(moment - steady_clock::now()).count();
    return left > 0 ? static_cast<std::uint64_t>(left) : 0;
}

// For the bus itself to greet and to give the name, whatever the limit for the first start's answer. A busy bus that
// was taken for none would make this start another first one.
constexpr base::Milliseconds bus_limit{2'000};

// sd-bus's own waiting for a bus that does not greet has a limit of minutes.
Bus open_session_bus(Moment limit) {
    sd_bus* raw = nullptr;
    if (sd_bus_open_user(&raw) < 0) return {};
    Bus bus(raw);
    while (sd_bus_is_ready(raw) == 0) {
        const int done = sd_bus_process(raw, nullptr);
        if (done < 0) return {};
        if (done > 0) continue;
        const std::uint64_t left = microseconds_until(limit);
        if (left == 0 || sd_bus_wait(raw, left) < 0) return {};
    }
    return sd_bus_is_ready(raw) > 0 ? std::move(bus) : Bus{};
}

enum class Answer : std::uint8_t { here, nobody, none };

Answer activate_first(sd_bus* bus, Moment limit) {
    const BusMessage call = new_call(bus, program_name, program_path, application_interface, "Activate");
    sd_bus_message* const m = call.get();
    if (!call || sd_bus_message_set_auto_start(m, 0) < 0 || sd_bus_message_append(m, "a{sv}", 0) < 0)
        return Answer::none;
    sd_bus_error error = SD_BUS_ERROR_NULL;
    const int done = sd_bus_call(bus, m, std::max<std::uint64_t>(microseconds_until(limit), 1), &error, nullptr);
    const bool nobody = sd_bus_error_has_name(&error, SD_BUS_ERROR_SERVICE_UNKNOWN) > 0 ||
                        sd_bus_error_has_name(&error, SD_BUS_ERROR_NAME_HAS_NO_OWNER) > 0;
    sd_bus_error_free(&error);
    return done >= 0 ? Answer::here : nobody ? Answer::nobody : Answer::none;
}

// Nothing: this bus cannot be used for it.
std::optional<Claim> claim_on_bus(Bus bus, base::Milliseconds limit) {
    (void)sd_bus_set_method_call_timeout(bus.get(), static_cast<std::uint64_t>(base::Microseconds(bus_limit).count()));
    // Twice: the first start may end between the two questions.
    for (int round = 0; round < 2; ++round) {
        const int owned = sd_bus_request_name(bus.get(), program_name, 0);
        if (owned >= 0) {
            auto hold = std::make_unique<LinuxHold>();
            hold->bus = std::move(bus);
            return Claim{Start::first, std::move(hold)};
        }
        if (owned != -EEXIST) return {};
        const Answer answer = activate_first(bus.get(), steady_clock::now() + limit);
        if (answer != Answer::nobody) return Claim{answer == Answer::here ? Start::second : Start::first_silent, {}};
    }
    return {};
}

struct Address {
    sockaddr_un name{};
    socklen_t size = 0;
};

std::optional<Address> address_of(const std::string& path) {
    Address address;
    address.name.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.name.sun_path) return {};
    std::memcpy(address.name.sun_path, path.data(), path.size());
    // Without a path: the system chooses a name of its own.
    address.size =
        path.empty() ? static_cast<socklen_t>(sizeof(sa_family_t)) : static_cast<socklen_t>(sizeof address.name);
    return address;
}

int bound_socket(const std::string& path) {
    const auto address = address_of(path);
    if (!address) return -1;
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (socket < 0) return -1;
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&address->name), address->size) == 0) return socket;
    (void)::close(socket);
    return -1;
}

bool ask_by_socket(const std::string& path, Moment limit) {
    const auto first = address_of(path);
    const int socket = bound_socket({});
    if (!first || socket < 0) return false;
    bool asked = false;
    bool answered = false;
    while (!answered) {
        // The first start may hold the lock and not have its socket yet.
        if (!asked) {
            asked = ::sendto(socket, socket_question.data(), socket_question.size(), MSG_NOSIGNAL,
                             reinterpret_cast<const sockaddr*>(&first->name), first->size) >= 0;
        }
        const std::uint64_t left = microseconds_until(limit);
        if (left == 0) break;
        pollfd ready{socket, POLLIN, 0};
        const int wait = static_cast<int>(std::min<std::uint64_t>(left / 1000 + 1, asked ? 1000 : 20));
        if (::poll(&ready, 1, wait) <= 0) continue;
        std::array<char, 16> answer{};
        const ssize_t size = ::recv(socket, answer.data(), answer.size(), 0);
        answered = size >= 0 && std::string_view(answer.data(), static_cast<std::size_t>(size)) == socket_answer;
    }
    (void)::close(socket);
    return answered;
}

Claim claim_by_lock(base::Milliseconds limit) {
    const char* const folder = std::getenv("XDG_RUNTIME_DIR");
    if (folder == nullptr || !std::filesystem::path(folder).is_absolute()) return {};
    auto hold = std::make_unique<LinuxHold>();
    const std::string base = std::string(folder) + "/tokendeck";
    hold->lock = ::open((base + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (hold->lock < 0) return {};
    if (::flock(hold->lock, LOCK_EX | LOCK_NB) != 0) {
        const bool answered = ask_by_socket(base + ".socket", steady_clock::now() + limit);
        return {answered ? Start::second : Start::first_silent, {}};
    }
    hold->socket_path = base + ".socket";
    (void)::unlink(
        hold->socket_path.c_str());  // of a start that broke off; nobody else may have it while we hold the lock
    hold->socket = bound_socket(hold->socket_path);
    return {Start::first, std::move(hold)};
}

}  // namespace

Claim claim_instance(base::Milliseconds limit) {
    if (Bus bus = open_session_bus(steady_clock::now() + bus_limit)) {
        if (auto claim = claim_on_bus(std::move(bus), limit)) return std::move(*claim);
    }
    return claim_by_lock(limit);
}

}  // namespace tokendeck::desktop
