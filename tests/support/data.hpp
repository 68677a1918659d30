// Where the tests' data files are: vectors, images, wiredata.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

/// The path of a file or folder below tests/, for example test_data("vectors/rfc6238.txt"). Throws when it is not
/// there.
std::filesystem::path test_data(std::string_view relative);

/// The bytes of such a file. Throws when it cannot be read.
std::string read_test_data(std::string_view relative);
