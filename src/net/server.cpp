// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/net/server.hpp"

#include <boost/asio/ip/tcp.hpp>

#include "net/server_impl.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/failure.hpp"

namespace tiktok2twitch::net {

using tcp = asio::ip::tcp;

namespace {

constexpr auto handshake_limit = std::chrono::seconds(10);

// The address of a closed socket cannot be asked for, so it is kept.
std::uint16_t local_port(const tcp::acceptor& acceptor) {
    return acceptor.local_endpoint().port();
}

awaitable<core::result<void>> shake_hands(any_stream* stream) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto [error] = co_await stream->async_handshake(use_nothrow_awaitable);
    if (error) {
        co_return translate(error);
    }
    co_return core::result<void>();
}

}  // namespace

server_stream::server_stream(std::unique_ptr<impl> owned) : impl_(std::move(owned)) {}
server_stream::server_stream(server_stream&&) noexcept = default;
server_stream& server_stream::operator=(server_stream&&) noexcept = default;
server_stream::~server_stream() = default;

std::unique_ptr<server_stream::impl> server_stream::release() noexcept {
    return std::move(impl_);
}
server_stream::impl& server_stream::get() noexcept {
    return *impl_;
}
void server_stream::reset() noexcept {
    if (impl_) {
        impl_->stream.reset();
    }
}

struct listener::impl {
    impl(const asio::any_io_executor& executor, tls_server identity, std::uint16_t wanted)
        : acceptor(executor, tcp::endpoint(asio::ip::address_v4::loopback(), wanted)),
          tls(std::move(identity)),
          port(local_port(acceptor)) {}

    tcp::acceptor acceptor;
    tls_server tls;
    std::uint16_t port;
};

listener::listener(asio::any_io_executor executor, tls_server tls, std::uint16_t port)
    : impl_(std::make_unique<impl>(executor, std::move(tls), port)) {}
listener::listener(listener&&) noexcept = default;
listener::~listener() = default;

std::uint16_t listener::port() const noexcept {
    return impl_->port;
}

awaitable<core::result<server_stream>> listener::accept() {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return core::error_code(asio::error::operation_aborted);
    }
    auto [error, socket] = co_await impl_->acceptor.async_accept(use_nothrow_awaitable);
    if (error) {
        co_return error;
    }
    co_return server_stream(
        std::make_unique<server_stream::impl>(make_server_stream(std::move(socket), impl_->tls)));
}

void listener::close() noexcept {
    core::error_code ignored;
    impl_->acceptor.close(ignored);
}

awaitable<core::error_code> handshake(server_stream& stream) {
    auto done = co_await timed(shake_hands(&stream.get().stream), handshake_limit, errc::connect_timeout);
    co_return done ? core::error_code{} : done.error();
}

}  // namespace tiktok2twitch::net
