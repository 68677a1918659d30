#include "support/agreement.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace agreement {
namespace {

using Words = std::vector<std::string_view>;

template <std::size_t n>
bool is_in(const std::array<std::string_view, n>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

Words split(std::string_view text) {
    Words words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
        if (end > 0) words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

constexpr std::array<std::string_view, 8> marks{"\"", "'", "`", "(", "“", "”", "„", "…"};

// Without what stands around a word.
std::string_view bare(std::string_view word) {
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view mark : marks) {
            if (word.starts_with(mark)) word.remove_prefix(mark.size()), again = true;
            if (word.ends_with(mark)) word.remove_suffix(mark.size()), again = true;
        }
        while (!word.empty() && std::string_view(".,;:!?)]").find(word.back()) != std::string_view::npos)
            word.remove_suffix(1), again = true;
    }
    return word;
}

// No word after this one belongs to it.
bool ends_clause(std::string_view word) {
    return std::string_view(".,;:!?)]").find(word.back()) != std::string_view::npos || word.ends_with("…");
}

// "2" of "2", "1/2", "(2"; "" of anything else.
std::string_view number_of(std::string_view word) {
    std::string_view inner = bare(word);
    if (const std::size_t slash = inner.rfind('/'); slash != std::string_view::npos) inner.remove_prefix(slash + 1);
    const bool digits =
        !inner.empty() && std::all_of(inner.begin(), inner.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
    return digits ? inner : std::string_view();
}

constexpr std::array<std::string_view, 7> units{"s", "ms", "min", "h", "d", "%", "·"};
// The same for one and for many.
constexpr std::array<std::string_view, 4> unchanging{"Zeichen", "Token", "Pixel", "Fehler"};
// Words between two numbers, of which the second one has the noun; and words that begin something else.
constexpr std::array<std::string_view, 17> joints{"of",  "to",  "and",  "or", "at",  "in",    "from", "instead", "von",
                                                  "bis", "und", "oder", "an", "bei", "statt", "der",  "eines"};
constexpr std::array<std::string_view, 20> names_before{
    "line",  "byte",   "character", "place",  "part",    "slot",    "slots", "hotp",    "totp", "number",
    "zeile", "stelle", "teil",      "nummer", "counter", "account", "konto", "libharu", "pro",  "storage"};

constexpr std::array<std::string_view, 6> verbs_of_one{"is", "was", "has", "ist", "wird", "wurde"};
constexpr std::array<std::string_view, 6> verbs_of_many{"are", "were", "have", "sind", "werden", "wurden"};
constexpr std::array<std::string_view, 6> limiting{"most", "least", "at", "höchstens", "mindestens", "noch"};

std::string lower(std::string_view word) {
    std::string out(word);
    for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return out;
}

// By sound, which the first letter tells but for these.
bool begins_with_vowel(std::string_view word) {
    const std::string small = lower(word);
    for (const std::string_view start : {"us", "uri", "utf", "uni", "udev", "eu", "one", "once"})
        if (small.starts_with(start)) return false;
    for (const std::string_view start : {"hour", "honest", "heir", "md5", "sd", "led", "ssh", "svg", "8", "11", "18"})
        if (small == start || small.starts_with(std::string(start) + "-")) return true;
    return std::string_view("aeiou").find(small.front()) != std::string_view::npos;
}

// Where a hole ends that begins at `open`.
std::size_t end_of_hole(std::string_view pattern, std::size_t open) {
    return std::min(pattern.find('}', open), pattern.size() - 1);
}

}  // namespace

std::vector<Forms> forms_in(std::string_view pattern) {
    std::vector<Forms> found;
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
        const std::string_view hole = pattern.substr(open + 1, end_of_hole(pattern, open) - open - 1);
        const std::size_t first = hole.find('|');
        if (first == std::string_view::npos) continue;
        const std::size_t second = std::min(hole.find('|', first + 1), hole.size());
        const Words one = split(hole.substr(first + 1, second - first - 1));
        const Words many = split(hole.substr(std::min(second + 1, hole.size())));
        for (std::size_t i = 0; i < std::min(one.size(), many.size()); ++i)
            if (bare(one[i]) != bare(many[i])) found.emplace_back(bare(one[i]), bare(many[i]));
    }
    return found;
}

std::string article_fault(std::string_view text) {
    const Words words = split(text);
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const std::string article = lower(bare(words[i]));
        const std::string_view next = bare(words[i + 1]);
        if ((article != "a" && article != "an") || ends_clause(words[i]) || next.empty()) continue;
        if (words[i] == "A" && next == "to") continue;  // the letters A to F
        if (std::isalnum(static_cast<unsigned char>(next.front())) == 0) continue;
        if ((article == "an") != begins_with_vowel(next)) return article + " " + std::string(next);
    }
    return {};
}

std::set<std::string> names_in(std::string_view pattern) {
    std::set<std::string> names;
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
        const std::string_view hole = pattern.substr(open + 1, end_of_hole(pattern, open) - open - 1);
        names.emplace(hole.substr(0, hole.find('|')));
    }
    return names;
}

Judge::Judge(Tongue tongue) : tongue_(tongue) {
    static const std::vector<Forms> english{{"account", "accounts"},
                                            {"byte", "bytes"},
                                            {"try", "tries"},
                                            {"second", "seconds"},
                                            {"minute", "minutes"},
                                            {"slot", "slots"},
                                            {"character", "characters"},
                                            {"digit", "digits"},
                                            {"code", "codes"},
                                            {"line", "lines"},
                                            {"picture", "pictures"},
                                            {"time", "times"},
                                            {"file", "files"},
                                            {"token", "tokens"},
                                            {"exchange", "exchanges"},
                                            {"reply", "replies"},
                                            {"fault", "faults"},
                                            {"place", "places"},
                                            {"pixel", "pixels"},
                                            {"part", "parts"},
                                            {"hour", "hours"},
                                            {"day", "days"},
                                            {"read", "reads"},
                                            {"error", "errors"},
                                            {"problem", "problems"},
                                            {"setting", "settings"},
                                            {"secret", "secrets"},
                                            {"command", "commands"}};
    static const std::vector<Forms> german{{"Konto", "Konten"},
                                           {"Byte", "Bytes"},
                                           {"Versuch", "Versuche"},
                                           {"Sekunde", "Sekunden"},
                                           {"Minute", "Minuten"},
                                           {"Slot", "Slots"},
                                           {"Ziffer", "Ziffern"},
                                           {"Stelle", "Stellen"},
                                           {"Code", "Codes"},
                                           {"Zeile", "Zeilen"},
                                           {"Bild", "Bilder"},
                                           {"Bild", "Bildern"},
                                           {"Mal", "Male"},
                                           {"Datei", "Dateien"},
                                           {"Austausch", "Austausche"},
                                           {"Antwort", "Antworten"},
                                           {"Platz", "Plätze"},
                                           {"Versuch", "Versuchen"},
                                           {"Stunde", "Stunden"},
                                           {"Tag", "Tage"},
                                           {"Befehl", "Befehle"},
                                           {"Geheimnis", "Geheimnisse"},
                                           {"Einstellung", "Einstellungen"}};
    for (const auto& [one, many] : tongue == Tongue::english ? english : german) {
        one_.insert(one);
        many_.insert(many);
    }
}

void Judge::learn(std::string_view pattern) {
    for (const auto& [one, many] : forms_in(pattern)) {
        if (one == "it") continue;                                     // it stands beside other numbers, too
        if (one_.count(many) != 0 || many_.count(one) != 0) continue;  // not apart by the word alone
        one_.insert(one);
        many_.insert(many);
    }
}

std::string Judge::fault_of(std::string_view text) const {
    if (text.find_first_of("{}[]|") != std::string_view::npos) return "a bracket is left";
    for (const char* blank : {"  ", " .", " ,", " ;", " :"})
        if (text.find(blank) != std::string_view::npos) return "a blank too many";
    if (text.starts_with(' ') || text.ends_with(' ')) return "a blank at an end";
    const Words words = split(text);
    for (const std::string_view word : words)
        if (bare(word).empty() && word.find('?') != std::string_view::npos) return "something is not filled in";
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view number = number_of(words[i]);
        if (number.empty()) continue;
        if (i > 0 && is_in(names_before, lower(bare(words[i - 1]))) && !ends_clause(words[i - 1])) continue;
        const bool one = number == "1";
        const auto& wrong = one ? many_ : one_;
        const auto& right = one ? one_ : many_;
        const auto said = [&](std::size_t last) {
            std::string out;
            for (std::size_t k = i; k <= last; ++k) (out += k == i ? "" : " ") += words[k];
            return out;
        };
        // The noun comes next, or after a word or two ("2 known faults"); then its verb.
        bool noun = false;
        const bool of_many = i > 0 && (words[i - 1] == "of" || words[i - 1] == "von");  // the verb is another number's
        std::size_t last = ends_clause(words[i]) ? i : i + 3;
        for (std::size_t k = i + 1; k <= std::min(words.size() - 1, last); ++k) {
            const std::string_view word = bare(words[k]);
            const bool verb_of_one = is_in(verbs_of_one, word);
            const bool verb = verb_of_one || is_in(verbs_of_many, word);
            if (verb && !of_many && verb_of_one != one) return said(k);
            if (verb) break;
            if (!noun) {
                if (is_in(joints, word) || is_in(units, word)) break;
                if (wrong.count(word) != 0) return said(k);
                if (right.count(word) != 0) noun = true, last = k + 6;
            }
            if (ends_clause(words[k]) || word == "and" || word == "und") break;
        }
        // A verb before it: "there are 2 accounts", "gelesen wird höchstens 1".
        std::size_t before = i;
        while (before > 0 && is_in(limiting, lower(words[before - 1]))) --before;
        if (before == 0) continue;
        const std::string_view verb = words[before - 1];
        const bool passive = verb == "wird" || verb == "werden";
        if (!noun && (before == i || !passive)) continue;     // "it is at least 2"
        const bool counts = verb != "has" && verb != "have";  // "it has 2 bytes": the verb is not the bytes'
        if (counts && is_in(one ? verbs_of_many : verbs_of_one, verb)) return std::string(verb) + " … " + said(i);
    }
    return tongue_ == Tongue::english ? article_fault(text) : std::string();
}

std::string Judge::unseen(std::string_view pattern, std::string_view name) const {
    const std::string plain = "{" + std::string(name) + "}";
    const bool has_forms = pattern.find("{" + std::string(name) + "|") != std::string_view::npos;
    for (std::size_t open = pattern.find(plain); open != std::string_view::npos; open = pattern.find(plain, open + 1)) {
        if (has_forms) continue;
        const Words before = split(pattern.substr(0, open));
        const std::string_view after = pattern.substr(open + plain.size());
        if (after.empty() || std::string_view(".,;:)]\"/").find(after.front()) != std::string_view::npos) continue;
        const Words next = split(after);
        if (next.empty() || is_in(units, bare(next.front())) || is_in(joints, bare(next.front()))) continue;
        if (is_in(unchanging, bare(next.front()))) continue;
        if (open > 0 && pattern[open - 1] == '.') continue;  // a version, "0.{n}"
        if (!before.empty() && !ends_clause(before.back()) && is_in(names_before, lower(bare(before.back())))) continue;
        return plain + " before \"" + std::string(next.front()) + "\"";
    }
    return {};
}

}  // namespace agreement
