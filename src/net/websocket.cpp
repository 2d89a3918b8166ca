// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/net/websocket.hpp"

#include <array>
#include <random>

#include <boost/asio/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "net/connect.hpp"
#include "net/http_exchange.hpp"
#include "net/server_impl.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/failure.hpp"

namespace tiktok2twitch::net {
namespace ws = boost::beast::websocket;
namespace http = boost::beast::http;

namespace {

constexpr auto close_limit = std::chrono::seconds(2);
// A server's answer to our upgrade, and ours to a client's.
constexpr auto accept_limit = std::chrono::seconds(10);
constexpr std::size_t refusal_body_limit = 64 * 1024;
// Beast keeps 1536 bytes of what follows the 101 answer's header and fails when more was read along with
// a long header. Servers push the first frames at once, so the header is read in small steps.
constexpr std::size_t handshake_read_limit = 512;
constexpr std::size_t chunk_size = 16 * 1024;  // one TLS record
// Between two messages; at one ping a second TikTok's silence ends the connection long before.
constexpr std::size_t most_controls = 256;
constexpr std::size_t server_message_limit = 1024 * 1024;

using stream_type = ws::stream<any_stream, false>;  // false: no permessage-deflate

}  // namespace

struct websocket::impl {
    impl(any_stream connected, std::size_t message_limit, bool is_client)
        : stream(std::move(connected)), limit(message_limit), client(is_client) {
        // Deadlines are the callers': Beast's own would close the socket behind their back.
        stream.set_option(ws::stream_base::timeout{ws::stream_base::none(), ws::stream_base::none(), false});
        stream.read_message_max(0);  // read() counts by itself, and goes on after an oversized message
        stream.binary(true);
        stream.control_callback([this](ws::frame_type kind, std::string_view) { on_control(kind); });
    }

    // Pings and pongs without end, and no message: the read under way ends.
    void on_control(ws::frame_type kind) {
        if (kind == ws::frame_type::pong && ping_open) {
            ping_open = false;
            ++pongs;
            return;
        }
        if (++controls > most_controls) {
            carrier().close();
        }
    }

    any_stream& carrier() { return stream.next_layer(); }

    // Beast reports operation_aborted for whatever follows the first error.
    core::error_code remember(core::error_code error) {
        if (error == ws::error::closed) {
            error = errc::closed_by_peer;
        }
        error = controls > most_controls ? core::error_code(errc::no_progress) : translate(error);
        if (error && error != asio::error::operation_aborted && !first_error) {
            first_error = error;
        }
        if (error == asio::error::operation_aborted) {
            return first_error ? first_error : core::error_code(errc::closed_by_peer);
        }
        return error;
    }

    stream_type stream;
    std::size_t limit;
    bool client;
    bool frame_under_way = false;  // a write began and did not end
    core::error_code first_error;
    std::uint64_t oversized = 0;
    std::size_t controls = 0;  // since the last message
    std::uint64_t pongs = 0;
    bool ping_open = false;  // sent, and not answered
    std::vector<http_header> headers;
    std::array<char, chunk_size> chunk{};
};

websocket::websocket(std::unique_ptr<impl> owned) : impl_(std::move(owned)) {}
websocket::websocket(websocket&&) noexcept = default;
websocket& websocket::operator=(websocket&&) noexcept = default;
websocket::~websocket() = default;

std::uint64_t websocket::oversized() const noexcept {
    return impl_->oversized;
}
const std::vector<http_header>& websocket::headers() const noexcept {
    return impl_->headers;
}
bool websocket::got_text() const noexcept {
    return impl_->stream.got_text();
}
std::uint64_t websocket::pongs() const noexcept {
    return impl_->pongs;
}
std::uint16_t websocket::close_code() const noexcept {
    return impl_->stream.reason().code;
}

awaitable<core::result<std::string>> websocket::read() {
    co_await asio::this_coro::throw_if_cancelled(false);
    impl& self = *impl_;
    std::string message;
    bool too_long = false;
    for (;;) {
        if (stopped(co_await asio::this_coro::cancellation_state)) {
            co_return core::error_code(asio::error::operation_aborted);
        }
        const auto buffer = asio::buffer(self.chunk);
        const auto [error, count] = co_await self.stream.async_read_some(buffer, use_nothrow_awaitable);
        if (error) {
            if (stopped(co_await asio::this_coro::cancellation_state)) {
                co_return core::error_code(asio::error::operation_aborted);
            }
            co_return self.remember(error);
        }
        too_long = too_long || message.size() + count > self.limit;
        if (too_long) {
            message.clear();
        } else {
            message.append(self.chunk.data(), count);
        }
        if (!self.stream.is_message_done()) {
            continue;
        }
        self.controls = 0;
        if (!too_long) {
            co_return std::move(message);
        }
        ++self.oversized;
        too_long = false;
    }
}

namespace {

awaitable<core::error_code> write_message(websocket::impl* self, std::string message, bool text) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return asio::error::operation_aborted;
    }
    self->frame_under_way = true;
    self->stream.text(text);
    const auto buffer = asio::buffer(message);
    const auto [error, count] = co_await self->stream.async_write(buffer, use_nothrow_awaitable);
    if (!error) {
        self->frame_under_way = false;
        co_return core::error_code();
    }
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return asio::error::operation_aborted;
    }
    co_return self->remember(error);
}

}  // namespace

awaitable<core::error_code> websocket::write(std::string message) {
    auto work = write_message(impl_.get(), std::move(message), false);
    co_return co_await std::move(work);
}

awaitable<core::error_code> websocket::write_text(std::string message) {
    auto work = write_message(impl_.get(), std::move(message), true);
    co_return co_await std::move(work);
}

awaitable<core::error_code> websocket::ping() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return asio::error::operation_aborted;
    }
    impl_->frame_under_way = true;
    impl_->ping_open = true;
    const ws::ping_data nothing;
    const auto [error] = co_await impl_->stream.async_ping(nothing, use_nothrow_awaitable);
    impl_->frame_under_way = false;
    if (error && stopped(co_await asio::this_coro::cancellation_state)) {
        co_return asio::error::operation_aborted;
    }
    co_return error ? impl_->remember(error) : core::error_code();
}

namespace {

// A close frame with status 1000. Beast refuses to send one after a cancelled read, but the peer is well
// and should learn that we leave. RFC 6455 5.2: FIN and opcode 8; a client's payload is masked.
std::string close_frame(bool client) {
    std::string frame = "\x88\x02";
    std::string payload = "\x03\xe8";
    if (client) {
        frame[1] = static_cast<char>(0x82);
        std::random_device random;
        for (std::size_t i = 0; i < 4; ++i) {
            frame.push_back(static_cast<char>(random() & 0xff));
        }
        payload[0] = static_cast<char>(payload[0] ^ frame[2]);
        payload[1] = static_cast<char>(payload[1] ^ frame[3]);
    }
    return frame + payload;
}

awaitable<core::result<void>> say_goodbye(websocket::impl* self, std::uint16_t code) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (self->stream.is_open()) {
        const ws::close_reason reason(code);
        co_await self->stream.async_close(reason, use_nothrow_awaitable);
    } else if (!self->first_error && !self->frame_under_way && self->carrier().socket().is_open()) {
        const std::string frame = close_frame(self->client);
        const auto buffer = asio::buffer(frame);
        co_await asio::async_write(self->carrier(), buffer, use_nothrow_awaitable);
    }
    const bool time_is_up = stopped(co_await asio::this_coro::cancellation_state);
    if (!time_is_up && self->carrier().socket().is_open()) {
        co_await self->carrier().async_shutdown(use_nothrow_awaitable);
    }
    co_return core::result<void>();
}

}  // namespace

awaitable<void> websocket::close() {
    co_await close_with(ws::close_code::normal);
}

awaitable<void> websocket::close_with(std::uint16_t code) {
    co_await bounded(say_goodbye(impl_.get(), code), close_limit, errc::request_timeout);
    impl_->carrier().close();
}

void websocket::reset() noexcept {
    if (impl_) {
        impl_->carrier().reset();
    }
}

namespace {

struct upgrade {
    websocket_request request;
    tls_client tls;
    http_response* refusal;
};

void describe(const ws::response_type& answer, http_response* refusal) {
    if (refusal == nullptr) {
        return;
    }
    refusal->status = static_cast<int>(answer.result_int());
    refusal->headers = list_headers(answer);
    refusal->body = answer.body().substr(0, refusal_body_limit);
}

awaitable<core::result<websocket>> open_websocket(upgrade wanted) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const core::url& to = wanted.request.to;
    if (!safe_on_the_wire(wanted.request.headers) || !safe_target(to.target)) {
        co_return core::error_code(
            boost::system::errc::make_error_code(boost::system::errc::invalid_argument));
    }
    const bool plain_allowed = wanted.request.plain_allowed;
    auto carrier = co_await open_stream(to, wanted.tls, nullptr, system_lookup, plain_allowed);
    if (!carrier) {
        co_return carrier.error();
    }
    auto self = std::make_unique<websocket::impl>(std::move(*carrier), wanted.request.message_limit, true);
    const auto decorate = [headers = wanted.request.headers](ws::request_type& request) {
        for (const auto& header : headers) {
            request.set(header.name, header.value);
        }
    };
    self->stream.set_option(ws::stream_base::decorator(decorate));
    self->carrier().limit_reads(handshake_read_limit);
    const std::string host = to.host_and_port();
    const std::string target = path_of(to);
    ws::response_type answer;
    if (wanted.request.asked != nullptr) {
        *wanted.request.asked = true;
    }
    const auto [error] = co_await self->stream.async_handshake(answer, host, target, use_nothrow_awaitable);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return core::error_code(asio::error::operation_aborted);
    }
    if (error == ws::error::upgrade_declined) {
        describe(answer, wanted.refusal);
        co_return core::error_code(errc::handshake_refused);
    }
    if (error == http::error::end_of_stream || error == http::error::partial_message) {
        co_return core::error_code(errc::closed_by_peer);
    }
    if (error) {
        co_return translate(error);
    }
    self->carrier().limit_reads(std::numeric_limits<std::size_t>::max());
    self->headers = list_headers(answer);
    co_return websocket(std::move(self));
}

struct acceptance {
    server_stream stream;
    server_request request;
    std::vector<http_header> headers;
};

awaitable<core::result<websocket>> answer_upgrade(acceptance wanted) {
    co_await asio::this_coro::throw_if_cancelled(false);
    http::request<http::empty_body> request;
    request.method_string(wanted.request.method);
    request.target(wanted.request.target);
    request.version(11);
    add_headers(request, wanted.request.headers);

    auto accepted = wanted.stream.release();
    auto self = std::make_unique<websocket::impl>(std::move(accepted->stream), server_message_limit, false);
    const auto decorate = [headers = wanted.headers](ws::response_type& response) {
        for (const auto& header : headers) {
            response.insert(header.name, header.value);
        }
    };
    self->stream.set_option(ws::stream_base::decorator(decorate));
    const auto [error] = co_await self->stream.async_accept(request, use_nothrow_awaitable);
    if (error) {
        co_return translate(error);
    }
    self->headers = std::move(wanted.request.headers);
    co_return websocket(std::move(self));
}

}  // namespace

awaitable<core::result<websocket>> connect_websocket(websocket_request request, tls_client tls,
                                                     http_response* refusal) {
    const auto limit = request.timeout;
    upgrade wanted{std::move(request), std::move(tls), refusal};
    auto work = timed(open_websocket(std::move(wanted)), limit, errc::connect_timeout);
    auto socket = co_await std::move(work);
    co_return std::move(socket);
}

awaitable<core::result<websocket>> accept_websocket(server_stream stream, server_request request,
                                                    std::vector<http_header> headers) {
    acceptance wanted{std::move(stream), std::move(request), std::move(headers)};
    auto work = timed(answer_upgrade(std::move(wanted)), accept_limit, errc::connect_timeout);
    auto socket = co_await std::move(work);
    co_return std::move(socket);
}

}  // namespace tiktok2twitch::net
