#include "crypto/otpauth.hpp"

#include "base/ascii.hpp"
#include "base/error_number.hpp"
#include "base/utf8.hpp"
#include "crypto/base32.hpp"
#include "crypto/character_name.hpp"
#include "crypto/errors.hpp"
#include "crypto/scheme.hpp"
#include "crypto/uri_piece.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tokendeck::crypto {
namespace {

using base::Error;
using base::Result;
using namespace uri;

// A decimal number without sign, at least `least`.
Result<std::uint64_t> decode_number(const Piece& piece, std::string_view field, std::uint64_t least,
                                    std::uint64_t most) {
    std::string text;
    if (auto decoded = decode_percent(piece, field, text); !decoded) return std::move(decoded).error();
    if (text.empty()) return problem_at(errors::number_malformed, field, piece.offset);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (base::is_digit(text[i])) continue;
        const std::string_view rest = std::string_view(text).substr(i);
        return problem_at(errors::number_malformed, field, origin(piece, i), named(rest));
    }
    std::uint64_t value = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool overflow = failure != std::errc{};
    if (overflow || value > most) {
        Error error = problem_at(errors::number_too_large, field, piece.offset);
        if (!overflow) error.actual = base::number(value);
        error.limit = base::number(most);
        return error;
    }
    if (value < least) {
        Error error = problem_at(errors::number_too_small, field, piece.offset);
        error.actual = base::number(value);
        error.limit = base::number(least);
        return error;
    }
    return value;
}

// A word of the URI that an error may show: short and harmless, else empty. What stands in a wrong place might be a
// part of the secret.
std::string showable_word(std::string_view word) {
    constexpr std::size_t longest = 10;
    const bool harmless = std::all_of(word.begin(), word.end(), [](char c) {
        return base::is_letter(c) || base::is_digit(c) || c == '-' || c == '_';
    });
    return word.size() <= longest && harmless ? std::string(word) : std::string();
}

Result<DecodedSecret> decode_secret(const Piece& piece, bool* not_encoded) {
    // What follows a space may be words that do not belong to it: most letters are base32.
    if (const std::size_t space = piece.text.find(' '); space != std::string_view::npos && !is_in_groups(piece.text))
        return problem_at(errors::uri_bad_character, "secret", piece.offset + space, " ");
    base::SecretText text;
    if (auto decoded = decode_percent(piece, "secret", text, not_encoded); !decoded) return std::move(decoded).error();
    auto secret = decode_base32(text.view());
    if (!secret) {
        Error error = std::move(secret).error();
        if (error.position) {
            // From a character of the decoded text to its first byte, and from there to the place in the URI.
            std::size_t index = 0;
            for (std::size_t character = 1; character < *error.position; ++character)
                index += base::first_character(text.view().substr(index)).size;
            error.position = origin(piece, index) + 1;
        } else {
            error.position = piece.offset + 1;
        }
        return error;
    }
    return secret;
}

// The algorithm, and whether it is written as the format has it. Nothing: no name of one.
struct Algorithm {
    otp::HashAlgorithm value = otp::HashAlgorithm::sha1;
    bool usual_name = true;
};
std::optional<Algorithm> algorithm_of(std::string_view word) {
    std::string plain;  // "SHA1" of "HMAC-SHA-1", "HmacSHA1", "sha_1"
    for (const char c : word)
        if (c != '-' && c != '_' && c != ' ') plain.push_back(c);
    if (base::equal_without_case(std::string_view(plain).substr(0, 4), "HMAC")) plain.erase(0, 4);
    for (const auto algorithm : {otp::HashAlgorithm::sha1, otp::HashAlgorithm::sha256, otp::HashAlgorithm::sha512})
        if (base::equal_without_case(plain, otp::name(algorithm)))
            return Algorithm{algorithm, base::equal_without_case(word, otp::name(algorithm))};
    return std::nullopt;
}

// ---- parameters ----

// The known parameters. Of `encoder` only this is known: that it must not be ignored.
constexpr std::array<std::string_view, 7> known_names{"secret", "issuer",  "algorithm", "digits",
                                                      "period", "counter", "encoder"};

// What other programs and authors of sites call them. Source: addresses met in the wild, see tests/vectors/otpauth.txt.
struct Similar {
    std::string_view name;
    std::string_view known;
};
constexpr std::array similar_names{Similar{"algo", "algorithm"},       Similar{"alg", "algorithm"},
                                   Similar{"hash", "algorithm"},       Similar{"hashalgorithm", "algorithm"},
                                   Similar{"digest", "algorithm"},     Similar{"length", "digits"},
                                   Similar{"size", "digits"},          Similar{"codelength", "digits"},
                                   Similar{"step", "period"},          Similar{"timestep", "period"},
                                   Similar{"interval", "period"},      Similar{"seconds", "period"},
                                   Similar{"count", "counter"},        Similar{"initialcounter", "counter"},
                                   Similar{"moving_factor", "counter"}};

// One letter is missing, too much or another, or two have changed places.
bool is_misspelt(std::string_view word, std::string_view name) {
    const std::size_t same =
        static_cast<std::size_t>(std::mismatch(word.begin(), word.end(), name.begin(), name.end(),
                                               [](char a, char b) { return base::lower(a) == base::lower(b); })
                                     .first -
                                 word.begin());
    const auto ends_alike = [&](std::size_t from_word, std::size_t from_name) {
        return from_word <= word.size() && from_name <= name.size() &&
               base::equal_without_case(word.substr(from_word), name.substr(from_name));
    };
    return ends_alike(same + 1, same) || ends_alike(same, same + 1) || ends_alike(same + 1, same + 1) ||
           (same + 1 < word.size() && same + 1 < name.size() &&
            base::lower(word[same]) == base::lower(name[same + 1]) &&
            base::lower(word[same + 1]) == base::lower(name[same]) && ends_alike(same + 2, same + 2));
}

// The parameter that `word` may be meant as, of those that change the codes; empty: none.
std::string_view similar_to(std::string_view word) {
    for (const Similar& one : similar_names)
        if (base::equal_without_case(word, one.name)) return one.known;
    for (const std::string_view name : {"algorithm", "digits", "period", "counter"})
        if (is_misspelt(word, name)) return name;
    return {};
}

std::size_t place_of(std::string_view known) {
    return static_cast<std::size_t>(std::find(known_names.begin(), known_names.end(), known) - known_names.begin());
}

void add_to(std::string& list, std::string_view one) {
    if (!list.empty()) list += ", ";
    list += one;
}

struct SimilarParameter {
    std::string name{};
    std::string_view known{};
    Piece value{};
};

// The values of the known parameters, not yet decoded, in the order of known_names, and what else was met.
struct Values {
    std::array<std::optional<Piece>, known_names.size()> pieces{};
    std::vector<SimilarParameter> similar{};
    std::string left_out{};
    std::string empty{};
    std::string twice{};
    bool html = false;
    bool not_encoded = false;

    [[nodiscard]] const std::optional<Piece>& operator[](std::string_view name) const { return pieces[place_of(name)]; }
};

// The forms in which HTML writes '&'. The first is left behind at a parameter's start once the query is cut at '&'.
constexpr std::array<std::string_view, 4> html_rests{"amp;", "#38;", "#038;", "#x26;"};

// How many bytes of HTML's way to write '&' follow the '&' before `rest`.
std::size_t html_rest(std::string_view rest) {
    for (const std::string_view one : html_rests)
        if (base::equal_without_case(rest.substr(0, one.size()), one)) return one.size();
    return 0;
}

// Where the fragment begins: the first '#' that is no part of an escaped '&'.
std::size_t fragment_at(std::string_view whole) {
    std::size_t at = whole.find('#');
    while (at != std::string_view::npos && at > 0 && whole[at - 1] == '&' && html_rest(whole.substr(at)) != 0)
        at = whole.find('#', at + 1);
    return at;
}

Result<Values> split_query(Piece query) {
    Values values;
    while (!query.text.empty()) {
        Piece parameter = query.take_until('&');
        for (std::size_t rest = html_rest(parameter.text); rest != 0; rest = html_rest(parameter.text)) {
            parameter = parameter.from(rest);
            values.html = true;
        }
        const std::size_t equals = std::min(parameter.text.find('='), parameter.text.size());
        if (parameter.text.empty()) continue;
        const Piece value = parameter.from(std::min(equals + 1, parameter.text.size()));
        std::string name;
        if (auto decoded = decode_percent(parameter.up_to(equals), "parameter", name, &values.not_encoded); !decoded)
            return std::move(decoded).error();
        if (name.empty()) return problem_at(errors::parameter_malformed, "parameter", parameter.offset);
        const auto known = std::find_if(known_names.begin(), known_names.end(),
                                        [&](std::string_view k) { return base::equal_without_case(k, name); });
        if (known == known_names.end()) {
            base::SecretText ignored;
            if (auto decoded = decode_percent(value, "parameter", ignored, &values.not_encoded); !decoded)
                return std::move(decoded).error();
            // A long or odd name may be a piece of the secret that went astray.
            if (const std::string_view near = similar_to(name); !near.empty() && !value.text.empty())
                values.similar.push_back({std::move(name), near, value});
            else add_to(values.left_out, showable_word(name).empty() ? "…" : name);
            continue;
        }
        if (*known == "encoder") return problem_at(errors::parameter_unsupported, *known, parameter.offset);
        if (value.text.empty() && *known != "secret") {
            if (*known != "issuer") add_to(values.empty, *known);
            continue;
        }
        auto& place = values.pieces[place_of(*known)];
        if (place && place->text != value.text) return problem_at(errors::parameter_twice, *known, parameter.offset);
        if (place) add_to(values.twice, *known);
        place = value;
    }
    return values;
}

Result<void> take_figure(std::string_view name, const Piece& value, otp::OtpParameters& parameters) {
    if (name == "algorithm") {
        std::string word;
        if (auto decoded = decode_percent(value, name, word); !decoded) return std::move(decoded).error();
        const auto algorithm = algorithm_of(word);
        if (!algorithm) return problem_at(errors::algorithm_unknown, name, value.offset, showable_word(word));
        parameters.algorithm = algorithm->value;
        return {};
    }
    constexpr std::uint64_t digits_most = 10;  // the truncated hash has 31 bits, RFC 4226 5.3
    const auto number = name == "digits"   ? decode_number(value, name, 1, digits_most)
                        : name == "period" ? decode_number(value, name, 1, std::numeric_limits<std::uint32_t>::max())
                                           : decode_number(value, name, 0, std::numeric_limits<std::uint64_t>::max());
    if (!number) return number.error();
    if (name == "digits") parameters.digits = static_cast<std::uint32_t>(number.value());
    else if (name == "period") parameters.period = static_cast<std::uint32_t>(number.value());
    else parameters.counter = number.value();
    return {};
}

// The figure of the other kind is read, so that a damaged address is told, and not used.
bool is_used(std::string_view name, otp::OtpKind kind) {
    return name != (kind == otp::OtpKind::totp ? "counter" : "period");
}

void remark_similar(Values& values, channel::ReadAccount& account) {
    otp::OtpParameters meant = account.enrolment.parameters;
    std::string understood;
    std::string unclear;
    for (const SimilarParameter& one : values.similar) {
        std::string value;
        const bool read = decode_percent(one.value, one.name, value).ok();
        const std::string shown = one.name + "=" + (read && !showable_word(value).empty() ? value : "…");
        otp::OtpParameters with = meant;
        const bool figure = is_used(one.known, meant.kind) && take_figure(one.known, one.value, with).ok();
        if (figure && with == meant) {
            add_to(values.left_out, one.name);  // it says what holds anyway
        } else if (!figure || values[one.known]) {
            add_to(unclear, shown);
        } else {
            meant = with;
            add_to(understood, shown);
        }
    }
    if (!understood.empty())
        account.remarks.push_back({{.code = errors::read_similar, .subject = understood}, true, meant});
    if (!unclear.empty())
        account.remarks.push_back({{.code = errors::read_similar_unclear, .subject = unclear}, true, std::nullopt});
}

}  // namespace

void name_account(std::string label, std::string issuer_parameter, otp::OtpEnrolment& enrolment) {
    const std::size_t colon = label.find(':');
    const std::string prefix = colon == std::string::npos ? std::string() : label.substr(0, colon);
    const bool differ = !prefix.empty() && !issuer_parameter.empty() && prefix != issuer_parameter;
    const std::size_t start = colon == std::string::npos || differ ? 0 : colon + 1;
    enrolment.account = label.substr(std::min(label.find_first_not_of(' ', start), label.size()));
    enrolment.issuer = issuer_parameter.empty() ? prefix : std::move(issuer_parameter);
}

namespace {

// Positions are bytes of the URI, from 1.
Result<channel::ReadAccount> parse(std::string_view whole) {
    const std::string_view scheme = scheme_of(whole);
    if (!base::equal_without_case(scheme, "otpauth")) return not_otpauth(scheme);

    channel::ReadAccount account;
    const auto told = [&](base::ErrorCode code, std::string subject = {}, std::string_view field = {}) {
        account.remarks.push_back(
            {{.code = code, .field = std::string(field), .subject = std::move(subject)}, false, std::nullopt});
    };
    const std::size_t fragment = fragment_at(whole);
    Piece rest = Piece{whole.substr(0, fragment), 0}.from(scheme.size() + 1);
    if (!rest.text.starts_with("//")) return problem_at(errors::uri_no_slashes, "", rest.offset);
    rest = rest.from(2);

    Piece path = rest.take_until('?');
    const Piece query = rest;
    const Piece type = path.take_until('/');
    const Piece label = path;

    otp::OtpEnrolment& enrolment = account.enrolment;
    otp::OtpParameters& parameters = enrolment.parameters;
    if (base::equal_without_case(type.text, "totp")) parameters.kind = otp::OtpKind::totp;
    else if (base::equal_without_case(type.text, "hotp")) parameters.kind = otp::OtpKind::hotp;
    else return problem_at(errors::type_unknown, "type", type.offset, showable_word(type.text));

    bool not_encoded = false;
    auto label_text = decode_name(label, "label", &not_encoded);
    if (!label_text) return std::move(label_text).error();

    auto split = split_query(query);
    if (!split) return std::move(split).error();
    Values& values = split.value();

    std::string issuer_text;
    if (values["issuer"]) {
        auto text = decode_name(*values["issuer"], "issuer", &not_encoded);
        if (!text) return std::move(text).error();
        issuer_text = std::move(text).value();
    }
    name_account(std::move(label_text).value(), std::move(issuer_text), enrolment);

    for (const std::string_view name : {"algorithm", "digits", "period", "counter"}) {
        if (!values[name]) continue;
        otp::OtpParameters read = parameters;
        if (auto taken = take_figure(name, *values[name], read); !taken) return std::move(taken).error();
        if (is_used(name, parameters.kind)) parameters = read;
        else add_to(values.left_out, name);
    }

    if (!values["secret"]) return problem(errors::parameter_missing, "secret");
    auto secret = decode_secret(*values["secret"], &not_encoded);
    if (!secret) return std::move(secret).error();
    enrolment.secret = std::move(secret.value().bytes);
    account.remarks = std::move(secret.value().remarks);

    remark_similar(values, account);
    const bool counter_meant =
        std::ranges::any_of(values.similar, [](const SimilarParameter& one) { return one.known == "counter"; });
    if (parameters.kind == otp::OtpKind::hotp && !values["counter"] && !counter_meant)
        account.remarks.push_back(
            {{.code = errors::read_counter_missing, .field = "counter"}, true, std::nullopt, true});
    if (values.html) told(errors::read_html);
    if (not_encoded || values.not_encoded) told(errors::read_not_encoded);
    if (values["algorithm"]) {
        const std::string_view word = values["algorithm"]->text;
        if (!base::equal_without_case(word, otp::name(parameters.algorithm)))
            told(errors::read_spelling, std::string(word), "algorithm");
    }
    if (!values.left_out.empty()) told(errors::read_left_out, values.left_out);
    if (!values.empty.empty()) told(errors::read_empty, values.empty);
    if (!values.twice.empty()) told(errors::read_twice, values.twice);
    if (fragment != std::string_view::npos) told(errors::read_fragment);
    return account;
}

}  // namespace

base::Result<channel::ReadAccount> parse_otpauth(const base::SecretText& uri) {
    const std::string_view whole = uri.view();
    if (whole.size() > text_bytes_max) {
        return Error{
            .code = errors::text_too_long, .actual = base::number(whole.size()), .limit = base::number(text_bytes_max)};
    }
    auto account = parse(whole);
    if (account) return account;
    Error error = std::move(account).error();
    if (error.position) error.position = base::count_characters(whole.substr(0, *error.position - 1)) + 1;
    return error;
}

}  // namespace tokendeck::crypto
