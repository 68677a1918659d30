#include "crypto/otpauth.hpp"

#include "base/ascii.hpp"
#include "base/error_number.hpp"
#include "base/utf8.hpp"
#include "crypto/base32.hpp"
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
        return problem_at(errors::number_malformed, field, origin(piece, i),
                          base::shown(rest, base::first_character(rest)));
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

Result<base::SecretBytes> decode_secret(const Piece& piece) {
    base::SecretText text;
    if (auto decoded = decode_percent(piece, "secret", text); !decoded) return std::move(decoded).error();
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

Result<otp::HashAlgorithm> decode_algorithm(const Piece& piece) {
    std::string word;
    if (auto decoded = decode_percent(piece, "algorithm", word); !decoded) return std::move(decoded).error();
    for (const auto algorithm : {otp::HashAlgorithm::sha1, otp::HashAlgorithm::sha256, otp::HashAlgorithm::sha512}) {
        if (base::equal_without_case(word, otp::name(algorithm))) return algorithm;
    }
    return problem_at(errors::algorithm_unknown, "algorithm", piece.offset, showable_word(word));
}

// The known parameters. Of `encoder` only this is known: that it must not be ignored.
constexpr std::array<std::string_view, 7> known_names{"secret", "issuer",  "algorithm", "digits",
                                                      "period", "counter", "encoder"};

// The values of the known parameters, not yet decoded, in the order of known_names.
struct Values {
    std::array<std::optional<Piece>, known_names.size()> pieces{};

    [[nodiscard]] const std::optional<Piece>& operator[](std::string_view name) const {
        return pieces[static_cast<std::size_t>(std::find(known_names.begin(), known_names.end(), name) -
                                               known_names.begin())];
    }
};

Result<Values> split_query(Piece query) {
    Values values;
    if (query.text.empty()) return values;
    for (bool more = true; more;) {
        more = query.text.find('&') != std::string_view::npos;
        const Piece parameter = query.take_until('&');
        const std::size_t equals = parameter.text.find('=');
        if (equals == std::string_view::npos || equals == 0)
            return problem_at(errors::parameter_malformed, "parameter", parameter.offset);
        const Piece value = parameter.from(equals + 1);
        std::string name;
        if (auto decoded = decode_percent(parameter.up_to(equals), "parameter", name); !decoded)
            return std::move(decoded).error();
        const auto known = std::find_if(known_names.begin(), known_names.end(),
                                        [&](std::string_view k) { return base::equal_without_case(k, name); });
        if (known == known_names.end()) {
            base::SecretText ignored;
            if (auto decoded = decode_percent(value, "parameter", ignored); !decoded) return std::move(decoded).error();
            continue;
        }
        if (*known == "encoder") return problem_at(errors::parameter_unsupported, *known, parameter.offset);
        auto& place = values.pieces[static_cast<std::size_t>(known - known_names.begin())];
        if (place) return problem_at(errors::parameter_twice, *known, parameter.offset);
        place = value;
    }
    return values;
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

base::Result<otp::OtpEnrolment> parse_otpauth(const base::SecretText& uri) {
    const std::string_view whole = uri.view();
    if (whole.size() > text_bytes_max) {
        return Error{
            .code = errors::text_too_long, .actual = base::number(whole.size()), .limit = base::number(text_bytes_max)};
    }
    const std::string_view scheme = scheme_of(whole);
    if (!base::equal_without_case(scheme, "otpauth")) return not_otpauth(scheme);

    Piece rest = Piece{whole, 0}.from(scheme.size() + 1);
    if (!rest.text.starts_with("//")) return problem_at(errors::uri_no_slashes, "", rest.offset);
    if (const std::size_t at = whole.find('#'); at != std::string_view::npos)
        return problem_at(errors::uri_fragment, "", at);
    rest = rest.from(2);

    Piece path = rest.take_until('?');
    const Piece query = rest;
    const Piece type = path.take_until('/');
    const Piece label = path;

    otp::OtpEnrolment enrolment;
    otp::OtpParameters& parameters = enrolment.parameters;
    if (base::equal_without_case(type.text, "totp")) parameters.kind = otp::OtpKind::totp;
    else if (base::equal_without_case(type.text, "hotp")) parameters.kind = otp::OtpKind::hotp;
    else return problem_at(errors::type_unknown, "type", type.offset, showable_word(type.text));

    auto label_text = decode_name(label, "label");
    if (!label_text) return std::move(label_text).error();

    auto split = split_query(query);
    if (!split) return std::move(split).error();
    const Values& values = split.value();

    std::string issuer_text;
    if (values["issuer"]) {
        auto text = decode_name(*values["issuer"], "issuer");
        if (!text) return std::move(text).error();
        issuer_text = std::move(text).value();
    }
    name_account(std::move(label_text).value(), std::move(issuer_text), enrolment);
    if (enrolment.issuer.empty() && enrolment.account.empty())
        return problem_at(errors::label_missing, "label", label.offset);

    if (values["algorithm"]) {
        const auto value = decode_algorithm(*values["algorithm"]);
        if (!value) return value.error();
        parameters.algorithm = value.value();
    }
    if (values["digits"]) {
        constexpr std::uint64_t most = 10;  // the truncated hash has 31 bits, RFC 4226 5.3
        const auto value = decode_number(*values["digits"], "digits", 1, most);
        if (!value) return value.error();
        parameters.digits = static_cast<std::uint32_t>(value.value());
    }
    if (values["period"]) {
        const auto value = decode_number(*values["period"], "period", 1, std::numeric_limits<std::uint32_t>::max());
        if (!value) return value.error();
        if (parameters.kind == otp::OtpKind::totp) parameters.period = static_cast<std::uint32_t>(value.value());
    }
    if (values["counter"]) {
        const auto value = decode_number(*values["counter"], "counter", 0, std::numeric_limits<std::uint64_t>::max());
        if (!value) return value.error();
        if (parameters.kind == otp::OtpKind::hotp) parameters.counter = value.value();
    } else if (parameters.kind == otp::OtpKind::hotp) {
        return problem(errors::parameter_missing, "counter");
    }

    if (!values["secret"]) return problem(errors::parameter_missing, "secret");
    auto secret_bytes = decode_secret(*values["secret"]);
    if (!secret_bytes) return std::move(secret_bytes).error();
    enrolment.secret = std::move(secret_bytes).value();
    return enrolment;
}

}  // namespace tokendeck::crypto
