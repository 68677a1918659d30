// A transport that plays a script, strictly: a write or a read that the script does not have fails the test, and so
// does a part of the script that was not used.
#pragma once

#include "base/bytes.hpp"
#include "support/catch.hpp"
#include "wire/pro.hpp"
#include "wire/transport.hpp"

#include <deque>
#include <functional>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace tokendeck::device::test {

// Makes the reply to a read, from the request that was sent last (blank before the first).
using Reply = std::function<base::Result<wire::Report>(const wire::Report& request)>;

inline wire::Report response(std::uint8_t command, std::uint32_t request_checksum, wire::CommandStatus status,
                             const std::vector<std::uint8_t>& result = {}) {
    wire::Report report;
    auto bytes = report.bytes();
    bytes[1] = command;
    base::store_le32(bytes, 2, request_checksum);
    bytes[6] = static_cast<std::uint8_t>(status);
    base::store(bytes, wire::result_at, result);
    base::store_le32(bytes, wire::checksum_at, wire::checksum(report.bytes().first<wire::checked_size>()));
    return report;
}

inline wire::Report to_request(const wire::Report& request, wire::CommandStatus status,
                               const std::vector<std::uint8_t>& result = {}) {
    return response(request.bytes()[0], base::load_le32(request.bytes(), wire::checksum_at), status, result);
}

// The reply to what was sent.
inline Reply answer(wire::CommandStatus status = wire::CommandStatus::ok, std::vector<std::uint8_t> result = {}) {
    return [=](const wire::Report& request) { return to_request(request, status, result); };
}

// The buffer of a token that has not had a command since it was plugged in.
inline Reply blank() {
    return [](const wire::Report&) { return wire::Report{}; };
}

// A valid reply to the request of somebody else, or to an old one of ours.
inline Reply other(std::uint8_t command, std::uint32_t checksum = 0x0BADF00D) {
    return [=](const wire::Report&) { return response(command, checksum, wire::CommandStatus::ok); };
}

// The right reply, but the token is still in this state.
inline Reply not_ready(wire::DeviceStatus status) {
    return [=](const wire::Report& request) {
        wire::Report report = to_request(request, wire::CommandStatus::ok);
        report.bytes()[0] = static_cast<std::uint8_t>(status);
        return report;
    };
}

inline Reply busy() {
    return not_ready(wire::DeviceStatus::busy);
}

inline Reply received() {
    return not_ready(wire::DeviceStatus::received);
}

// The right reply with one bit wrong.
inline Reply damaged() {
    return [](const wire::Report& request) {
        wire::Report report = to_request(request, wire::CommandStatus::ok);
        report.bytes()[40] ^= 0x04;
        return report;
    };
}

// Our request arrived damaged.
inline Reply rejected() {
    return [](const wire::Report& request) {
        return response(request.bytes()[0], base::load_le32(request.bytes(), wire::checksum_at) ^ 0x100,
                        wire::CommandStatus::wrong_crc);
    };
}

inline Reply failing(base::ErrorCode code) {
    return [=](const wire::Report&) -> base::Result<wire::Report> { return base::Error{code}; };
}

class ScriptedTransport final : public wire::Transport {
  public:
    ~ScriptedTransport() override {
        INFO("parts of the script that were not used");
        CHECK(script_.empty());
    }

    ScriptedTransport& send(wire::Command command, std::optional<base::ErrorCode> error = {}) {
        script_.emplace_back(Send{command, error});
        return *this;
    }

    ScriptedTransport& read(Reply reply, int times = 1) {
        for (int i = 0; i < times; ++i) script_.emplace_back(reply);
        return *this;
    }

    // From now on every read gets this, and none is a fault.
    ScriptedTransport& then_always(Reply reply) {
        always_ = std::move(reply);
        return *this;
    }

    base::Result<void> send_feature(const wire::Report& report) override {
        if (script_.empty() || !std::holds_alternative<Send>(script_.front()))
            FAIL("a write that is not in the script");
        const Send expected = std::get<Send>(script_.front());
        script_.pop_front();
        REQUIRE(wire::name(wire::command_of(report)) == wire::name(expected.command));
        REQUIRE(base::load_le32(report.bytes(), wire::checksum_at) ==
                wire::checksum(report.bytes().first<wire::checked_size>()));
        last_ = wire::Report::copy_of(report.bytes());
        nonces.push_back(static_cast<std::uint16_t>(base::load_le<2>(report.bytes(), wire::nonce_at)));
        if (expected.error) return base::Error{*expected.error};
        return {};
    }

    base::Result<wire::Report> receive_feature() override {
        if (script_.empty() && always_) return always_(last_);
        if (script_.empty() || !std::holds_alternative<Reply>(script_.front()))
            FAIL("a read that is not in the script");
        const Reply reply = std::get<Reply>(script_.front());
        script_.pop_front();
        return reply(last_);
    }

    std::vector<std::uint16_t> nonces{};

  private:
    struct Send {
        wire::Command command;
        std::optional<base::ErrorCode> error;
    };
    std::deque<std::variant<Send, Reply>> script_{};
    Reply always_{};
    wire::Report last_{};
};

}  // namespace tokendeck::device::test
