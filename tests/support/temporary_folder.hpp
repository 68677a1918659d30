#pragma once

#include "base/paths.hpp"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>

// A folder that is gone after the test.
class TemporaryFolder {
  public:
    TemporaryFolder() {
        static int count = 0;
        const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
        path_ = std::filesystem::temp_directory_path() /
                ("tokendeck-test-" + std::to_string(now) + "-" + std::to_string(count++));
        std::filesystem::create_directory(path_);
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const {
        return path_ / tokendeck::base::path_of(name);
    }
    [[nodiscard]] std::string text() const { return path_.string(); }
    void put(const std::string& name, const std::string& content = "x") const {
        std::ofstream(*this / name, std::ios::binary) << content;
    }

  private:
    std::filesystem::path path_;
};
