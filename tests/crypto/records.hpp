// The test vectors in tests/vectors: records of "key: value" lines, an empty line between two. Lines that begin with
// '#' are comments. The first comment of a file names its source.
#pragma once

#include "base/secret.hpp"
#include "channel/crypto_messages.hpp"
#include "support/data.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

struct Record {
    std::map<std::string, std::string> values{};
    std::size_t line = 0;  // of its first line

    [[nodiscard]] bool has(const std::string& key) const { return values.count(key) != 0; }
    [[nodiscard]] const std::string& get(const std::string& key) const {
        const auto found = values.find(key);
        if (found == values.end()) throw std::runtime_error("line " + std::to_string(line) + ": no " + key);
        return found->second;
    }
    [[nodiscard]] std::uint64_t number(const std::string& key) const { return std::stoull(get(key)); }
};

// Throws at a key that is not among `known`, at one that comes twice and at a line that is no record's: a vector that
// is read wrongly must not pass.
inline std::vector<Record> read_records(std::string_view file, std::initializer_list<std::string_view> known) {
    std::istringstream lines(read_test_data(file));
    std::vector<Record> records;
    Record record;
    const auto close = [&] {
        if (!record.values.empty()) records.push_back(record);
        record = {};
    };
    std::size_t number = 0;
    for (std::string line; std::getline(lines, line);) {
        ++number;
        const std::string where = std::string(file) + ":" + std::to_string(number) + ": ";
        if (line.empty()) close();
        if (line.empty() || line.front() == '#') continue;
        const std::size_t colon = line.find(": ");
        const std::string key = line.substr(0, colon);
        if (colon == std::string::npos) throw std::runtime_error(where + "not key: value");
        if (std::find(known.begin(), known.end(), key) == known.end())
            throw std::runtime_error(where + "unknown key " + key);
        if (record.values.empty()) record.line = number;
        if (!record.values.emplace(key, line.substr(colon + 2)).second) throw std::runtime_error(where + "twice");
    }
    close();
    if (records.empty()) throw std::runtime_error(std::string(file) + " is empty");
    return records;
}

// "read-html; read-similar(algo=SHA256)!": their names without the room, the subject, '!' for one that asks.
inline std::string remarks_text(const std::vector<tokendeck::channel::Remark>& remarks) {
    std::string text;
    for (const tokendeck::channel::Remark& remark : remarks) {
        if (!text.empty()) text += "; ";
        text += remark.error.code.name.substr(remark.error.code.name.find('.') + 1);
        if (!remark.error.subject.empty()) text += "(" + remark.error.subject + ")";
        if (remark.asks) text += "!";
    }
    return text;
}

inline std::vector<std::uint8_t> from_hex(std::string_view hex) {
    if (hex.size() % 2 != 0) throw std::runtime_error("hex of odd length");
    std::vector<std::uint8_t> bytes;
    for (std::size_t i = 0; i < hex.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(std::stoul(std::string(hex.substr(i, 2)), nullptr, 16)));
    return bytes;
}

// \n, \t, \\ and \xHH, so that a vector can hold any byte on one line. A value in double quotes keeps its spaces.
inline std::string unescape(std::string_view text) {
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            plain += text[i];
            continue;
        }
        const char kind = text.at(++i);
        if (kind == 'x') {
            plain += static_cast<char>(std::stoul(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else if (kind == 'n') {
            plain += '\n';
        } else if (kind == 't') {
            plain += '\t';
        } else if (kind == '\\') {
            plain += '\\';
        } else {
            throw std::runtime_error("unknown escape");
        }
    }
    return plain;
}

inline bool equals(const tokendeck::base::SecretBytes& secret, std::span<const std::uint8_t> bytes) {
    return tokendeck::base::equal_in_constant_time(secret.bytes(), bytes);
}
