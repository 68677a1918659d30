#include "crypto/migration.hpp"

#include "base/ascii.hpp"
#include "base/error_number.hpp"
#include "base/utf8.hpp"
#include "crypto/base64.hpp"
#include "crypto/character_name.hpp"
#include "crypto/errors.hpp"
#include "crypto/otpauth.hpp"
#include "crypto/scheme.hpp"
#include "crypto/uri_piece.hpp"

#include <array>
#include <limits>
#include <string>
#include <string_view>

namespace tokendeck::crypto {
namespace {

using namespace uri;
using Bytes = std::span<const std::uint8_t>;

// ---- protobuf ----

Error malformed(std::string_view field, std::size_t offset) {
    return problem_at(errors::migration_malformed, field, offset);
}

enum class Wire : std::uint8_t { varint = 0, eight_bytes = 1, bytes = 2, four_bytes = 5 };

struct Field {
    std::uint32_t number = 0;
    Wire wire = Wire::varint;
    std::size_t offset = 0;   // of its tag, in the whole message
    std::uint64_t value = 0;  // of a varint
    Bytes content{};          // of bytes
    std::size_t content_offset = 0;
};

// Reads a message field by field. `base` is where it begins in the whole one.
class Fields {
  public:
    Fields(Bytes bytes, std::size_t base) : bytes_(bytes), base_(base) {}

    [[nodiscard]] bool more() const { return at_ < bytes_.size(); }

    [[nodiscard]] Result<Field> next() {
        Field field;
        field.offset = base_ + at_;
        auto tag = varint();
        if (!tag) return std::move(tag).error();
        const std::uint64_t number = tag.value() >> 3;
        constexpr std::uint64_t number_max = (std::uint64_t{1} << 29) - 1;
        if (number == 0 || number > number_max) return malformed("", field.offset);
        field.number = static_cast<std::uint32_t>(number);
        switch (tag.value() & 7) {
            case 0: {
                auto value = varint();
                if (!value) return std::move(value).error();
                field.value = value.value();
                return field;
            }
            case 1: field.wire = Wire::eight_bytes; return take(field, 8);
            case 2: {
                field.wire = Wire::bytes;
                auto length = varint();
                if (!length) return std::move(length).error();
                return take(field, length.value());
            }
            case 5: field.wire = Wire::four_bytes; return take(field, 4);
            default: return malformed("", field.offset);  // groups, and what does not exist
        }
    }

  private:
    [[nodiscard]] Result<std::uint64_t> varint() {
        const std::size_t start = at_;
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 70 && at_ < bytes_.size(); shift += 7) {
            const std::uint8_t byte = bytes_[at_++];
            if (shift == 63 && byte > 1) break;  // more than 64 bits
            value |= std::uint64_t{byte & 0x7FU} << shift;
            if ((byte & 0x80) == 0) return value;
        }
        return malformed("", base_ + start);
    }
    [[nodiscard]] Result<Field> take(Field field, std::uint64_t length) {
        if (length > bytes_.size() - at_) return malformed("", field.offset);
        field.content = bytes_.subspan(at_, static_cast<std::size_t>(length));
        field.content_offset = base_ + at_;
        at_ += field.content.size();
        return field;
    }

    Bytes bytes_;
    std::size_t base_;
    std::size_t at_ = 0;
};

struct Known {
    std::uint32_t number;
    Wire wire;
    std::string_view name;
    bool repeated = false;
};

// The known fields of a message, each at most once unless repeated, in the order of `known`; repeated ones go to
// `each`.
template <std::size_t N, typename Each>
Result<std::array<std::optional<Field>, N>> read_fields(Fields fields, const std::array<Known, N>& known, Each each) {
    std::array<std::optional<Field>, N> result{};
    while (fields.more()) {
        auto field = fields.next();
        if (!field) return std::move(field).error();
        for (std::size_t i = 0; i < N; ++i) {
            if (known[i].number != field.value().number) continue;
            if (known[i].wire != field.value().wire || (result[i] && !known[i].repeated))
                return malformed(known[i].name, field.value().offset);
            result[i] = field.value();
            if (known[i].repeated) {
                if (auto done = each(field.value()); !done) return std::move(done).error();
            }
        }
    }
    return result;
}

// ---- the accounts ----

constexpr std::array account_fields{Known{1, Wire::bytes, "secret"},  Known{2, Wire::bytes, "name"},
                                    Known{3, Wire::bytes, "issuer"},  Known{4, Wire::varint, "algorithm"},
                                    Known{5, Wire::varint, "digits"}, Known{6, Wire::varint, "type"},
                                    Known{7, Wire::varint, "counter"}};
constexpr std::array payload_fields{Known{1, Wire::bytes, "account", true}, Known{2, Wire::varint, "version"},
                                    Known{3, Wire::varint, "parts"}, Known{4, Wire::varint, "part"},
                                    Known{5, Wire::varint, "batch"}};

std::uint64_t number_of(const std::optional<Field>& field) {
    return field ? field->value : 0;
}

Result<std::string> text_of(const std::optional<Field>& field, std::string_view name) {
    if (!field) return std::string();
    const std::string_view text(reinterpret_cast<const char*>(field->content.data()), field->content.size());
    for (std::size_t i = 0; i < text.size();) {
        const base::Character c = base::first_character(text.substr(i));
        const std::size_t offset = field->content_offset + i;
        if (!c.valid) return problem_at(errors::not_utf8, name, offset);
        if (base::is_control(c.code))
            return problem_at(errors::control_character, name, offset, named(text.substr(i), c));
        i += c.size;
    }
    return std::string(text);
}

// An outer error: the export is broken. An inner one: this account cannot be taken.
Result<Result<channel::ReadAccount>> read_account(const Field& whole) {
    auto read = read_fields(Fields(whole.content, whole.content_offset), account_fields,
                            [](const Field&) { return Result<void>(); });
    if (!read) return std::move(read).error();
    const auto& [secret, name, issuer, algorithm, digits, type, counter] = read.value();
    using Account = Result<channel::ReadAccount>;

    auto name_text = text_of(name, "account");
    if (!name_text) return Account(std::move(name_text).error());
    auto issuer_text = text_of(issuer, "issuer");
    if (!issuer_text) return Account(std::move(issuer_text).error());
    channel::ReadAccount account;
    otp::OtpEnrolment& enrolment = account.enrolment;
    name_account(std::move(name_text).value(), std::move(issuer_text).value(), enrolment);

    const auto refuse = [&](base::ErrorCode code, std::string_view field, std::uint64_t value) {
        return Account(Error{.code = code,
                             .field = std::string(field),
                             .subject = otp::title(enrolment),
                             .actual = base::number(value)});
    };
    otp::OtpParameters& parameters = enrolment.parameters;
    std::string open;  // what the export leaves to the format
    const auto usual = [&](std::string_view field) {
        if (!open.empty()) open += ", ";
        open += field;
    };
    switch (number_of(type)) {
        case 0: usual("type"); break;
        case 1: parameters.kind = otp::OtpKind::hotp; break;
        case 2: parameters.kind = otp::OtpKind::totp; break;
        default: return refuse(errors::migration_unknown_value, "type", number_of(type));
    }
    switch (number_of(algorithm)) {
        case 0: usual("algorithm"); break;
        case 1: parameters.algorithm = otp::HashAlgorithm::sha1; break;
        case 2: parameters.algorithm = otp::HashAlgorithm::sha256; break;
        case 3: parameters.algorithm = otp::HashAlgorithm::sha512; break;
        case 4: return refuse(errors::migration_md5, "algorithm", 4);
        default: return refuse(errors::migration_unknown_value, "algorithm", number_of(algorithm));
    }
    switch (number_of(digits)) {
        case 0: usual("digits"); break;
        case 1: parameters.digits = 6; break;
        case 2: parameters.digits = 8; break;
        default: return refuse(errors::migration_unknown_value, "digits", number_of(digits));
    }
    if (parameters.kind == otp::OtpKind::hotp) {
        // An int64: a negative one is no counter.
        if (number_of(counter) > std::uint64_t{std::numeric_limits<std::int64_t>::max()})
            return refuse(errors::migration_unknown_value, "counter", number_of(counter));
        parameters.counter = number_of(counter);
    }
    if (!secret || secret->content.empty())
        return Account(Error{.code = errors::secret_empty, .field = "secret", .subject = otp::title(enrolment)});
    enrolment.secret = base::SecretBytes::copy_of(secret->content);
    if (!open.empty())
        account.remarks.push_back({{.code = errors::read_defaults, .subject = open}, false, std::nullopt});
    return Account(std::move(account));
}

// ---- the URI ----

// `piece` is what `text` was decoded from.
Result<base::SecretBytes> message_of(std::string_view text, const Piece& piece) {
    Base64 decoded = decode_base64(text);
    if (decoded.bad_at) {
        // A letter or mark is shown; anything else may be a part of what was pasted by mistake.
        const std::string_view rest = text.substr(*decoded.bad_at);
        return problem_at(errors::migration_bad_base64, "data", origin(piece, *decoded.bad_at), named(rest));
    }
    if (decoded.cut_off)
        return Error{.code = errors::migration_cut_off, .field = "data", .actual = base::number(text.size())};
    return std::move(decoded.bytes);
}

}  // namespace

base::Result<Migration> parse_migration_message(std::span<const std::uint8_t> message) {
    Migration migration;
    std::size_t place = 0;
    auto payload = read_fields(Fields(message, 0), payload_fields, [&](const Field& field) -> Result<void> {
        ++place;
        auto account = read_account(field);
        if (!account) return std::move(account).error();
        if (account.value()) migration.accounts.push_back(std::move(account.value()).value());
        else migration.refused.push_back({place, std::move(account.value()).error()});
        return {};
    });
    if (!payload) return std::move(payload).error();
    const auto& [account, version, parts, part, batch] = payload.value();
    if (!account) return problem(errors::migration_empty, "data");
    if (parts || part) {
        constexpr std::uint64_t parts_max = 1000;  // a person points a camera at each
        if (number_of(parts) > parts_max) return malformed("parts", parts->offset);
        if (number_of(part) >= number_of(parts)) {
            Error error = problem(errors::migration_part, "part");
            if (number_of(part) <= parts_max) error.actual = base::number(number_of(part) + 1);
            error.limit = base::number(number_of(parts));
            return error;
        }
        migration.part = {static_cast<std::int32_t>(static_cast<std::uint32_t>(number_of(batch))),
                          static_cast<std::uint32_t>(number_of(part)), static_cast<std::uint32_t>(number_of(parts))};
    }
    return migration;
}

base::Result<Migration> parse_migration(const base::SecretText& text) {
    const std::string_view whole = text.view();
    if (whole.size() > text_bytes_max) {
        return Error{
            .code = errors::text_too_long, .actual = base::number(whole.size()), .limit = base::number(text_bytes_max)};
    }
    const std::string_view scheme = scheme_of(whole);
    if (!base::equal_without_case(scheme, "otpauth-migration")) return not_otpauth(scheme);
    Piece rest = Piece{whole, 0}.from(scheme.size() + 1);
    if (!rest.text.starts_with("//")) return problem_at(errors::migration_address, "", rest.offset);
    rest = rest.from(2);
    const Piece host = rest.take_until('?');
    if (!base::equal_without_case(host.text, "offline") && !base::equal_without_case(host.text, "offline/"))
        return problem_at(errors::migration_address, "", host.offset);

    std::optional<Piece> data;
    while (!rest.text.empty()) {
        const Piece parameter = rest.take_until('&');
        const std::size_t equals = parameter.text.find('=');
        if (equals == std::string_view::npos)
            return problem_at(errors::parameter_malformed, "parameter", parameter.offset);
        if (parameter.text.substr(0, equals) != "data") continue;
        if (data) return problem_at(errors::parameter_twice, "data", parameter.offset);
        data = parameter.from(equals + 1);
    }
    if (!data || data->text.empty()) return problem(errors::parameter_missing, "data");
    base::SecretText base64;
    if (auto decoded = decode_percent(*data, "data", base64); !decoded) return std::move(decoded).error();
    auto message = message_of(base64.view(), *data);
    if (!message) return std::move(message).error();
    return parse_migration_message(std::as_const(message.value()).bytes());
}

}  // namespace tokendeck::crypto
