// Do the words of a text agree: with its numbers ("1 byte", "2 bytes"), its verbs ("1 was", "2 were"), its articles
// ("a slot", "an account")? And is every number of a text with placeholders one that such a check can see?
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace agreement {

enum class Tongue { english, german };

using Forms = std::pair<std::string, std::string>;  // "byte", "bytes"

/// The words that differ in the forms of {n|one byte is|some bytes are}, pair by pair.
std::vector<Forms> forms_in(std::string_view pattern);

/// Words that have to agree with the number beside them.
class Judge {
  public:
    explicit Judge(Tongue tongue);
    /// Learns the nouns (and verbs) of a text's own placeholders.
    void learn(std::string_view pattern);

    /// What is wrong with a finished text; empty if nothing is.
    [[nodiscard]] std::string fault_of(std::string_view words) const;
    /// Why the number {name} of `pattern` escapes fault_of; empty if it does not, since there are forms that agree with
    /// it, a unit after it, a word before it that makes it a name ("line {n}"), or nothing after it.
    [[nodiscard]] std::string unseen(std::string_view pattern, std::string_view name) const;

  private:
    Tongue tongue_;
    std::set<std::string, std::less<>> one_{};   // "byte": only after 1
    std::set<std::string, std::less<>> many_{};  // "bytes": never after 1
};

/// An English article that does not fit the word after it, with that word; empty if there is none.
[[nodiscard]] std::string article_fault(std::string_view words);

/// The names of the placeholders, "{n}" and "{n|…}" alike.
std::set<std::string> names_in(std::string_view pattern);

}  // namespace agreement
