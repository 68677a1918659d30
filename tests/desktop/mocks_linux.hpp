// Private buses, and services on them that do what a test says. Each mock serves its connection on a thread of its own.
#pragma once

#include "desktop/bus.hpp"
#include "desktop/parts_linux.hpp"

#include "support/catch.hpp"
#include "support/environment_posix.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

namespace mocks {

using namespace tokendeck;
using desktop::Bus;
using desktop::BusMessage;

// Ends a test that would else wait for ever; no test expects anything of how long something takes.
inline constexpr std::chrono::seconds patience{20};

// For a mock's thread, where Catch2's own checks may not be used.
inline void must(bool sound) {
    if (!sound) std::abort();
}

class Folder {
  public:
    Folder()
        : path(std::filesystem::temp_directory_path() / ("tokendeck-bus-" + std::to_string(std::random_device{}()))) {
        std::filesystem::create_directory(path);
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path path;
};

// A dbus-daemon that nobody else uses and that starts no services.
class Daemon {
  public:
    Daemon() {
        const std::string file = (folder_.path / "bus.conf").string();
        std::ofstream(file) << "<busconfig><type>session</type><listen>unix:path=" << (folder_.path / "bus").string()
                            << "</listen><policy context=\"default\"><allow send_destination=\"*\"/>"
                               "<allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>";
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        process_ = fork();
        REQUIRE(process_ >= 0);
        if (process_ == 0) {
            (void)prctl(PR_SET_PDEATHSIG, SIGKILL);  // also if the tests are broken off
            (void)dup2(ends[1], STDOUT_FILENO);
            (void)dup2(::open("/dev/null", O_WRONLY), STDERR_FILENO);  // it complains about limits
            (void)close(ends[0]);
            const std::string argument = "--config-file=" + file;
            (void)execlp("dbus-daemon", "dbus-daemon", argument.c_str(), "--nofork", "--nopidfile", "--print-address=1",
                         nullptr);
            _exit(127);
        }
        (void)close(ends[1]);
        char c = 0;
        while (read(ends[0], &c, 1) == 1 && c != '\n') address_.push_back(c);
        (void)close(ends[0]);
        REQUIRE_FALSE(address_.empty());
    }
    ~Daemon() { end(); }
    Daemon(const Daemon&) = delete;
    Daemon& operator=(const Daemon&) = delete;
    [[nodiscard]] const std::string& address() const { return address_; }
    // It answers nothing meanwhile.
    void pause() const { REQUIRE(kill(process_, SIGSTOP) == 0); }
    void go_on() const { must(kill(process_, SIGCONT) == 0); }
    void end() {
        if (process_ <= 0) return;
        (void)kill(process_, SIGKILL);
        (void)waitpid(std::exchange(process_, -1), nullptr, 0);
    }

  private:
    Folder folder_{};
    std::string address_{};
    pid_t process_ = -1;
};

inline Bus connect(const std::string& address, bool monitor = false) {
    sd_bus* raw = nullptr;
    REQUIRE(sd_bus_new(&raw) >= 0);
    Bus bus(raw);
    REQUIRE(sd_bus_set_address(raw, address.c_str()) >= 0);
    REQUIRE(sd_bus_set_bus_client(raw, 1) >= 0);
    if (monitor) REQUIRE(sd_bus_set_monitor(raw, 1) >= 0);
    REQUIRE(sd_bus_start(raw) >= 0);
    return bus;
}

// `answer` is called for each method call, on the mock's thread: what it does not answer (returns false), is answered
// as an unknown method.
class Service {
  public:
    using Answer = std::function<bool(sd_bus_message*)>;

    Service(const std::string& address, const std::vector<std::string>& names, Answer answer)
        : answer_(std::move(answer)), bus_(connect(address)) {
        REQUIRE(sd_bus_add_filter(bus_.get(), nullptr, on_message, this) >= 0);
        for (const std::string& name : names) REQUIRE(sd_bus_request_name(bus_.get(), name.c_str(), 0) >= 0);
        thread_ = std::thread([this] { run(); });
    }
    ~Service() {
        ending_ = true;
        thread_.join();
    }
    Service(const Service&) = delete;
    Service& operator=(const Service&) = delete;

    // On the mock's thread; returns when it is done.
    void run_there(std::function<void(sd_bus*)> job) {
        std::promise<void> done;
        {
            const std::lock_guard guard(mutex_);
            jobs_.emplace_back([&](sd_bus* bus) {
                job(bus);
                done.set_value();
            });
        }
        done.get_future().wait();
    }
    template <typename... Values>
    void signal(const char* path, const char* interface, const char* member, const char* types, Values... values) {
        run_there([&](sd_bus* bus) { (void)sd_bus_emit_signal(bus, path, interface, member, types, values...); });
    }
    // "interface.Member" of the calls that came, in their order.
    [[nodiscard]] std::vector<std::string> calls() {
        const std::lock_guard guard(mutex_);
        return calls_;
    }
    [[nodiscard]] bool was_called(const std::string& name) {
        const auto all = calls();
        return std::find(all.begin(), all.end(), name) != all.end();
    }
    void wait_for_call(const std::string& name) {
        const auto until = std::chrono::steady_clock::now() + patience;
        while (!was_called(name)) {
            REQUIRE(std::chrono::steady_clock::now() < until);
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
    }

  private:
    static int on_message(sd_bus_message* message, void* self, sd_bus_error*) {
        auto& service = *static_cast<Service*>(self);
        if (sd_bus_message_is_method_call(message, nullptr, nullptr) <= 0) return 0;
        const std::string interface =
            sd_bus_message_get_interface(message) ? sd_bus_message_get_interface(message) : "";
        const bool answered = service.answer_ && service.answer_(message);
        const std::lock_guard guard(service.mutex_);
        service.calls_.push_back(interface + "." + sd_bus_message_get_member(message));
        return answered ? 1 : 0;
    }
    void run() {
        while (!ending_) {
            std::deque<std::function<void(sd_bus*)>> jobs;
            {
                const std::lock_guard guard(mutex_);
                jobs.swap(jobs_);
            }
            for (const auto& job : jobs) job(bus_.get());
            int done = 0;
            while ((done = sd_bus_process(bus_.get(), nullptr)) > 0) {
            }
            if (done < 0) return;
            (void)sd_bus_wait(bus_.get(), 2'000);
        }
    }

    const Answer answer_;
    Bus bus_;
    std::mutex mutex_{};
    std::vector<std::string> calls_{};
    std::deque<std::function<void(sd_bus*)>> jobs_{};
    std::atomic<bool> ending_ = false;
    std::thread thread_{};
};

inline bool is_call(sd_bus_message* message, const char* interface, const char* member) {
    return sd_bus_message_is_method_call(message, interface, member) > 0;
}

// All that goes over a bus, as text.
class Traffic {
  public:
    explicit Traffic(const std::string& address) : bus_(connect(address, true)) {
        REQUIRE(sd_bus_call_method(bus_.get(), "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                   "org.freedesktop.DBus.Monitoring", "BecomeMonitor", nullptr, nullptr, "asu", 0,
                                   0U) >= 0);
    }
    // What has come since the start, until a message of member `last` has been seen.
    [[nodiscard]] std::string until(const std::string& last) {
        const auto limit = std::chrono::steady_clock::now() + patience;
        bool seen = false;
        while (!seen) {
            REQUIRE(std::chrono::steady_clock::now() < limit);
            sd_bus_message* raw = nullptr;
            const int done = sd_bus_process(bus_.get(), &raw);
            REQUIRE(done >= 0);
            const BusMessage message(raw);
            if (message) {
                char* text = nullptr;
                std::size_t size = 0;
                FILE* const file = open_memstream(&text, &size);
                (void)sd_bus_message_dump(message.get(), file, SD_BUS_MESSAGE_DUMP_WITH_HEADER);
                (void)std::fclose(file);
                all_.append(text, size);
                std::free(text);
                const char* const member = sd_bus_message_get_member(message.get());
                seen = member != nullptr && last == member;
            } else if (done == 0) {
                (void)sd_bus_wait(bus_.get(), 10'000);
            }
        }
        return all_;
    }

  private:
    Bus bus_;
    std::string all_{};
};

// The next event of a type; others that come before it are dropped.
template <typename T>
T next(desktop::DesktopBus& desktop) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (true) {
        if (auto event = desktop.take()) {
            if (auto* wanted = std::get_if<T>(&*event)) return std::move(*wanted);
            continue;
        }
        REQUIRE(std::chrono::steady_clock::now() < until);
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

template <typename Wanted>
desktop::DesktopStatus status_with(desktop::DesktopBus& desktop, Wanted wanted) {
    while (true) {
        const auto status = next<desktop::DesktopStatus>(desktop);
        if (wanted(status)) return status;
    }
}

inline void send(desktop::DesktopBus& desktop, desktop::DesktopCommand command) {
    while (!desktop.try_send(std::move(command))) std::this_thread::yield();
}

// Where the desktop's thread looks for buses during a test.
struct Buses {
    explicit Buses(const std::string& session, const std::string& system = "unix:path=/no/such/bus")
        : session_(session.empty() ? "unix:path=/no/such/bus" : session),
          session_address("DBUS_SESSION_BUS_ADDRESS", session_),
          system_address("DBUS_SYSTEM_BUS_ADDRESS", system),
          runtime("XDG_RUNTIME_DIR", folder.path.string()) {}
    Folder folder{};

  private:
    std::string session_;
    Variable session_address;
    Variable system_address;
    Variable runtime;
};

}  // namespace mocks
