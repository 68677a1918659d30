#include "base/errors.hpp"
#include "base/paths.hpp"
#include "simulator/power_file.hpp"
#include "wire/transport.hpp"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

namespace tokendeck::simulator {
namespace {

constexpr std::size_t power_file_most = 64 * 1024;  // bytes; a Storage's has about 3,000
constexpr DWORD wait_step_ms = 1;
constexpr int wait_steps = 10'000;            // together 10 s or more: no transfer takes that long
constexpr DWORD lock_far_away = 0x4000'0000;  // locks are mandatory: one byte where no content is

class Handle {
  public:
    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { close(); }

    [[nodiscard]] HANDLE get() const { return value_; }

    bool open(const std::string& path) {
        close();
        value_ = CreateFileW(base::path_of(path).c_str(), GENERIC_READ | GENERIC_WRITE,
                             FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr, OPEN_ALWAYS,
                             FILE_ATTRIBUTE_NORMAL, nullptr);
        return value_ != INVALID_HANDLE_VALUE;
    }

    // It is open and has not been deleted: a deleted file stays, without a name to be opened by, while it is open.
    [[nodiscard]] bool is_there() const {
        FILE_STANDARD_INFO info;
        return value_ != INVALID_HANDLE_VALUE &&
               GetFileInformationByHandleEx(value_, FileStandardInfo, &info, sizeof info) && !info.DeletePending;
    }

    bool take(DWORD kind) {
        OVERLAPPED at{};
        at.Offset = lock_far_away;
        return LockFileEx(value_, kind, 0, 1, 0, &at) != 0;
    }

    void release() {
        OVERLAPPED at{};
        at.Offset = lock_far_away;
        (void)UnlockFileEx(value_, 0, 1, 0, &at);
    }

    void close() {
        if (value_ != INVALID_HANDLE_VALUE) CloseHandle(value_);
        value_ = INVALID_HANDLE_VALUE;
    }

  private:
    HANDLE value_ = INVALID_HANDLE_VALUE;
};

class WindowsPowerFile final : public PowerFile {
  public:
    explicit WindowsPowerFile(const std::string& state_file)
        : power_path_(state_file + ".power"), lock_path_(state_file + ".lock") {}

    base::Result<void> lock() override {
        for (int step = 0; step < wait_steps; ++step) {
            const bool open = lock_.is_there() || lock_.open(lock_path_);
            if (!open && GetLastError() != ERROR_ACCESS_DENIED)  // that is said of a file about to go
                return base::about_file(wire::errors::state_unwritable, lock_path_);
            if (open && lock_.take(LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY)) {
                if (lock_.is_there()) return take_power();
                lock_.close();
            }
            Sleep(wait_step_ms);
        }
        return base::about_file(wire::errors::transfer_failed, lock_path_);
    }

    void unlock() override { lock_.release(); }

    bool alone() override {
        // Nobody else changes his share meanwhile: that needs the lock.
        power_.release();
        const bool nobody = power_.take(LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY);
        if (nobody) power_.release();
        (void)power_.take(0);
        return nobody;
    }

    base::Result<base::SecretText> read() override {
        base::SecretText content;
        char buffer[4096];
        if (!to_begin()) return base::about_file(wire::errors::state_unreadable, power_path_);
        for (;;) {
            DWORD got = 0;
            const bool good = ReadFile(power_.get(), buffer, sizeof buffer, &got, nullptr) != 0;
            content.append({buffer, got});
            base::wipe(buffer, sizeof buffer);
            if (!good || content.size() > power_file_most)
                return base::about_file(wire::errors::state_unreadable, power_path_);
            if (got == 0) return content;
        }
    }

    base::Result<void> write(std::string_view content) override {
        DWORD written = 0;
        if (!to_begin() || !SetEndOfFile(power_.get()) ||
            !WriteFile(power_.get(), content.data(), static_cast<DWORD>(content.size()), &written, nullptr) ||
            written != content.size())
            return base::about_file(wire::errors::state_unwritable, power_path_);
        return {};
    }

    void leave(bool and_power) override {
        const bool last = alone();
        power_.close();
        if (last && and_power) DeleteFileW(base::path_of(power_path_).c_str());
        if (last) DeleteFileW(base::path_of(lock_path_).c_str());  // goes when it is closed
        lock_.close();
    }

  private:
    bool to_begin() { return SetFilePointerEx(power_.get(), LARGE_INTEGER{}, nullptr, FILE_BEGIN) != 0; }

    base::Result<void> take_power() {
        if (power_.is_there()) return {};
        if (power_.open(power_path_) && power_.take(0)) return {};
        unlock();
        return base::about_file(wire::errors::state_unwritable, power_path_);
    }

    std::string power_path_;
    std::string lock_path_;
    Handle power_{};
    Handle lock_{};
};

}  // namespace

std::unique_ptr<PowerFile> PowerFile::beside(const std::string& state_file) {
    return std::make_unique<WindowsPowerFile>(state_file);
}

// The steady clock begins anew with the system; times that lie ahead are known by that (SimulatedToken).
std::string boot_id() {
    return "windows";
}

}  // namespace tokendeck::simulator
