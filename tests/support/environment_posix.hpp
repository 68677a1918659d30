// An environment variable for the time of a test.
#pragma once

#include <cstdlib>
#include <optional>
#include <string>

// Until the end of the scope; without a value there is no such variable. No other thread may read the environment
// while it is changed.
class Variable {
  public:
    Variable(const char* name, const std::optional<std::string>& value) : name_(name) {
        if (const char* const before = std::getenv(name)) before_ = before;
        set(value);
    }
    ~Variable() { set(before_); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

  private:
    void set(const std::optional<std::string>& value) const {
        if (value) (void)setenv(name_, value->c_str(), 1);
        else (void)unsetenv(name_);
    }

    const char* name_;
    std::optional<std::string> before_{};
};
