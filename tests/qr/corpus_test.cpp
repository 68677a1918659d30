// Reads the pictures of tests/images/corpus.sh; hidden, because it measures instead of judging. TOKENDECK_CORPUS names
// the folder; the output is a line "name read 12" or "name no 300" for each picture, with milliseconds, for tools/bench
// decode.
#include "qr/decode.hpp"
#include "support/catch.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

namespace {

std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("the corpus", "[.corpus]") {
    const char* const folder = std::getenv("TOKENDECK_CORPUS");
    REQUIRE(folder != nullptr);
    std::vector<std::filesystem::path> pictures;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() != ".txt") pictures.push_back(entry.path());
    std::sort(pictures.begin(), pictures.end());
    REQUIRE_FALSE(pictures.empty());
    for (const auto& picture : pictures) {
        const std::string bytes = content(picture);
        const auto began = std::chrono::steady_clock::now();
        const auto codes =
            tokendeck::qr::read_codes({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
        const auto took = std::chrono::steady_clock::now() - began;
        // The public texts of the generated codes, a line each; sorted, as zbarimg has an order of its own.
        std::vector<std::string> texts;
        if (codes)
            for (const auto& code : codes.value().texts) texts.emplace_back(code.view());
        std::sort(texts.begin(), texts.end());
        std::string joined;
        for (const auto& text : texts) joined += text + "\n";
        auto wanted = picture;
        const bool right = joined == content(wanted.replace_extension(".txt"));
        std::cout << picture.filename().string()
                  << (right   ? " read "
                      : codes ? " wrong "
                              : " no ")
                  << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << "\n";
    }
}
