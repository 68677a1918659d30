#include "vhci_port.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>

namespace tokendeck::kernel_test {
namespace {

const std::string controller = "/sys/devices/platform/vhci_hcd.0/";
constexpr std::uint32_t submit = 1, unlink_ = 2, submitted = 3, unlinked = 4;  // USB/IP commands
constexpr std::size_t transfer_most = 64 * 1024;                               // bytes
constexpr int poll_ms = 20;
// Between a plug being pulled and the hub saying so, transfers just fail.
constexpr auto unnoticed = std::chrono::milliseconds{30};

// A header of USB/IP: twelve numbers, big-endian.
struct Header {
    std::array<std::uint32_t, 12> words{};

    [[nodiscard]] std::uint32_t at(std::size_t index) const { return ntohl(words[index]); }
    void set(std::size_t index, std::uint32_t value) { words[index] = htonl(value); }
};
static_assert(sizeof(Header) == 48);
enum : std::size_t { command_at = 0, number_at = 1, to_host_at = 3, endpoint_at = 4, length_at = 6, setup_at = 10 };
enum : std::size_t { status_at = 5, actual_at = 6, unlink_number_at = 5 };

bool read_all(int socket, void* to, std::size_t size) {
    for (auto* at = static_cast<char*>(to); size > 0;) {
        const ssize_t count = ::read(socket, at, size);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        at += count;
        size -= static_cast<std::size_t>(count);
    }
    return true;
}

bool write_all(int socket, const void* from, std::size_t size) {
    for (const auto* at = static_cast<const char*>(from); size > 0;) {
        const ssize_t count = ::send(socket, at, size, MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return false;
        at += count;
        size -= static_cast<std::size_t>(count);
    }
    return true;
}

// 0, or what the kernel refused it with.
int write_attribute(const std::string& path, const std::string& text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0) return errno;
    const int error = ::write(file, text.data(), text.size()) < 0 ? errno : 0;
    ::close(file);
    return error;
}

// Its line in the controller's table: hub, port, state (4: free).
bool is_free(int port) {
    std::ifstream table(controller + "status");
    for (std::string line; std::getline(table, line);) {
        std::istringstream words(line);
        std::string hub;
        int number = -1, state = 0;
        if (words >> hub >> number >> state && number == port) return state == 4;
    }
    return false;
}

Setup setup_of(const Header& header) {
    std::array<std::uint8_t, 8> bytes{};
    std::memcpy(bytes.data(), &header.words[setup_at], bytes.size());
    const auto word = [&](std::size_t at) { return static_cast<std::uint16_t>(bytes[at] | bytes[at + 1] << 8); };
    return {bytes[0], bytes[1], word(2), word(4), word(6)};
}

Header reply_to(std::uint32_t number, std::uint32_t command, int status, std::size_t actual = 0) {
    Header reply;
    reply.set(command_at, command);
    reply.set(number_at, number);
    reply.set(status_at, static_cast<std::uint32_t>(status));
    reply.set(actual_at, static_cast<std::uint32_t>(actual));
    return reply;
}

}  // namespace

std::unique_ptr<VhciPort> VhciPort::plug_in(int port, std::unique_ptr<UsbDevice> device, std::string& problem) {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        problem = std::strerror(errno);
        return nullptr;
    }
    const std::string wish = std::to_string(port) + ' ' + std::to_string(ends[0]) + ' ' +
                             std::to_string(1 << 16 | (port + 1)) + (device->high_speed() ? " 3" : " 2");
    const int error = write_attribute(controller + "attach", wish);
    ::close(ends[0]);
    if (error != 0) {
        ::close(ends[1]);
        problem = controller + "attach: " + std::strerror(error);
        return nullptr;
    }
    return std::unique_ptr<VhciPort>(new VhciPort(port, ends[1], std::move(device)));
}

VhciPort::VhciPort(int port, int socket, std::unique_ptr<UsbDevice> device)
    : port_(port), socket_(socket), device_(std::move(device)), thread_([this] { serve(); }) {}

VhciPort::~VhciPort() {
    pull_wished_ = true;
    thread_.join();
    ::close(socket_);
    while (!is_free(port_)) std::this_thread::sleep_for(std::chrono::milliseconds{5});
}

void VhciPort::serve() {
    std::optional<std::chrono::steady_clock::time_point> noticed_at;
    for (;;) {
        if (pull_wished_) pulled_ = true;
        if (pulled_ && !noticed_at) {
            noticed_at = std::chrono::steady_clock::now() + unnoticed;
            for (const std::uint32_t number : idle_) {
                const Header reply = reply_to(number, submitted, -EPROTO);
                if (!write_all(socket_, &reply, sizeof reply)) break;
            }
            idle_.clear();
        }
        if (noticed_at && std::chrono::steady_clock::now() >= *noticed_at) {
            (void)write_attribute(controller + "detach", std::to_string(port_));  // the kernel then closes the socket
            noticed_at = std::chrono::steady_clock::time_point::max();
        }
        pollfd wait{socket_, POLLIN, 0};
        if (::poll(&wait, 1, poll_ms) > 0 && !serve_one()) return;
    }
}

bool VhciPort::serve_one() {
    Header header;
    if (!read_all(socket_, &header, sizeof header)) return false;
    const std::uint32_t number = header.at(number_at);
    if (header.at(command_at) == unlink_) {
        const auto found = std::ranges::find(idle_, header.at(unlink_number_at));
        const Header reply = reply_to(number, unlinked, found != idle_.end() ? -ECONNRESET : 0);
        if (found != idle_.end()) idle_.erase(found);
        return write_all(socket_, &reply, sizeof reply);
    }
    const std::size_t length = header.at(length_at);
    if (header.at(command_at) != submit || length > transfer_most) return false;
    const bool to_host = header.at(to_host_at) != 0;
    Bytes data(to_host ? 0 : length);
    if (!read_all(socket_, data.data(), data.size())) return false;
    UsbDevice::Answer answer;
    if (!pulled_ && header.at(endpoint_at) == 0) {
        answer = device_->control(setup_of(header), data);
        pulled_ = answer.outcome == UsbDevice::Outcome::pulled;
    } else if (!pulled_ && to_host) {
        idle_.push_back(number);
        return true;
    }
    if (answer.data.size() > length) answer.data.resize(length);
    const int status = pulled_ ? -EPROTO : answer.outcome == UsbDevice::Outcome::done ? 0 : -EPIPE;
    const std::size_t actual = status != 0 ? 0 : to_host ? answer.data.size() : length;
    const Header reply = reply_to(number, submitted, status, actual);
    return write_all(socket_, &reply, sizeof reply) &&
           (status != 0 || !to_host || write_all(socket_, answer.data.data(), answer.data.size()));
}

}  // namespace tokendeck::kernel_test
