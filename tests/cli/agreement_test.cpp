// The texts that the command line and the report put together themselves agree with their numbers, and every literal
// text of the sources has the right article before each word.
#include "support/agreement.hpp"
#include "support/catch.hpp"
#include "support/data.hpp"

#include "base/filled.hpp"
#include "cli/pins.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

using namespace tokendeck;

namespace {

struct Literal {
    std::string words;
    bool after_number;  // to_string(…) + "…"
};

bool is_part_of_name(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// `code` ends with to_string(…) + or number(…) +
bool ends_with_number(std::string_view code) {
    const auto trim = [&] {
        while (!code.empty() && std::isspace(static_cast<unsigned char>(code.back())) != 0) code.remove_suffix(1);
    };
    trim();
    if (!code.ends_with('+')) return false;
    code.remove_suffix(1);
    trim();
    if (!code.ends_with(')')) return false;
    int depth = 0;
    while (!code.empty()) {
        if (code.back() == ')') ++depth;
        if (code.back() == '(' && --depth == 0) break;
        code.remove_suffix(1);
    }
    if (code.empty()) return false;
    code.remove_suffix(1);
    std::size_t start = code.size();
    while (start > 0 && is_part_of_name(code[start - 1])) --start;
    const std::string_view name = code.substr(start);
    return name == "to_string" || name == "number";
}

// The texts between quotation marks; those that follow one another are one text.
std::vector<Literal> literals_in(std::string_view code) {
    std::vector<Literal> found;
    bool joined = false;  // nothing but blanks since the last one
    for (std::size_t i = 0; i < code.size(); ++i) {
        if (code.substr(i).starts_with("//")) {
            i = std::min(code.find('\n', i), code.size());
        } else if (code.substr(i).starts_with("'\"'")) {
            i += 2;
            joined = false;
        } else if (code[i] == '"') {
            std::string words;
            const std::size_t start = i;
            for (++i; i < code.size() && code[i] != '"'; ++i) {
                if (code[i] == '\\' && code.substr(i).starts_with("\\n")) words += ' ', ++i;
                else if (code[i] == '\\') words += code[++i];
                else words += code[i];
            }
            if (joined) found.back().words += words;
            else found.push_back({words, ends_with_number(code.substr(0, start))});
            joined = true;
        } else if (std::isspace(static_cast<unsigned char>(code[i])) == 0) {
            joined = false;
        }
    }
    return found;
}

std::vector<std::filesystem::path> sources(std::string_view folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(test_data("../" + std::string(folder)))) {
        const std::string name = entry.path().filename().string();
        if ((name.ends_with(".cpp") || name.ends_with(".hpp")) && name.find("_german") == std::string::npos)
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<Literal> literals_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return literals_in(std::string{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
}

// What follows a number without counting anything.
constexpr std::array<std::string_view, 9> not_counting{" now, as this firmware",
                                                       " more; `tokendeck",
                                                       " unsure",
                                                       " used",
                                                       " with a wrong code",
                                                       " foreign",
                                                       " x ",
                                                       " in use",
                                                       "x"};

// A number before this text needs no plural, or the text says both.
std::string fault_after_number(const agreement::Judge& judge, const std::string& words) {
    for (const std::string_view start : not_counting)
        if (std::string_view(words).starts_with(start)) return {};
    if (!words.starts_with(' ')) return {};  // "." of a version, the end
    if (const std::string fault = judge.unseen("{n}" + words, "n"); !fault.empty()) return fault;
    return {};
}

}  // namespace

TEST_CASE("What the command line and the report count agrees with 0, 1 and 2") {
    int counted = 0;
    std::vector<std::filesystem::path> files = sources("src/cli");
    for (const char* folder : {"src/app", "src/state", "src/sheet", "src/words", "src/ui"})
        for (const auto& file : sources(folder)) files.push_back(file);
    for (const auto& file : files) {
        for (const Literal& literal : literals_of(file)) {
            agreement::Judge judge(agreement::Tongue::english);
            judge.learn(literal.words);
            INFO(file.filename().string() << ": " << literal.words);
            if (literal.after_number) CHECK(fault_after_number(judge, literal.words) == "");
            // The tables of words have a test of their own.
            if (literal.words.find("{n|") == std::string::npos || file.string().find("_table.") != std::string::npos)
                continue;
            ++counted;
            CHECK(judge.unseen(literal.words, "n") == "");
            for (const std::uint64_t n : {0, 1, 2}) {
                std::string words = base::counted(literal.words, n);
                words.erase(0, words.find_first_not_of(' '));
                INFO(words);
                CHECK(judge.fault_of(words) == "");
            }
        }
    }
    CHECK(counted >= 8);
    CHECK(cli::tries_sentence(0) == "0 tries are left.");
    CHECK(cli::tries_sentence(1) == "1 try is left.");
    CHECK(cli::tries_sentence(2) == "2 tries are left.");
}

TEST_CASE("Every text of the sources has the article that fits the next word") {
    int seen = 0;
    for (const auto& file : sources("src"))
        for (const Literal& literal : literals_of(file)) {
            ++seen;
            INFO(file.filename().string() << ": " << literal.words);
            CHECK(agreement::article_fault(literal.words) == "");
            // Nor is an article left to fit whatever comes next.
            CHECK_FALSE((literal.words == "a " || literal.words == "an " || literal.words.ends_with(" a ") ||
                         literal.words.ends_with(" an ")));
        }
    CHECK(seen > 1000);
}

TEST_CASE("A number before an uncounted noun is found in a source") {
    const auto one = [](std::string_view code) {
        const auto found = literals_in(code);
        REQUIRE(found.size() == 1);
        return found.front();
    };
    const agreement::Judge judge(agreement::Tongue::english);
    const Literal wrong = one("facts.add(std::to_string(secret.size() + (2)) +\n \" by\"\n\"tes\")");
    CHECK(wrong.words == " bytes");
    CHECK(wrong.after_number);
    CHECK(fault_after_number(judge, wrong.words) != "");
    CHECK_FALSE(one("kind_name + \" slots are in use\"").after_number);
    CHECK(fault_after_number(judge, one("number(n) + \" ms\"").words) == "");
    CHECK(fault_after_number(judge, one("number(n) + \" of 3 tries left\"").words) == "");
}
