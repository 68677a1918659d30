#include "support/data.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

std::filesystem::path test_data(std::string_view relative) {
    // tools/test sets TOKENDECK_TESTS; by hand a suite is run from the top of the tree.
    const char* tests = std::getenv("TOKENDECK_TESTS");
    const auto path = std::filesystem::path(tests ? tests : "tests") / relative;
    if (!std::filesystem::exists(path)) {
        throw std::runtime_error(path.string() + " is missing; run from the top of the tree or set TOKENDECK_TESTS");
    }
    return path;
}

std::string read_test_data(std::string_view relative) {
    std::ifstream file(test_data(relative), std::ios::binary);
    std::string content{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) {
        throw std::runtime_error(std::string(relative) + " cannot be read");
    }
    return content;
}
