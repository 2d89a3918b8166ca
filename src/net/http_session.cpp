// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/net/http_session.hpp"

#include <optional>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/system/errc.hpp>

#include "net/connect.hpp"
#include "net/http_exchange.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/net/http.hpp"

namespace tiktok2twitch::net {
namespace {

// What has come already is there at once; nothing is waited for.
constexpr auto listening_time = std::chrono::milliseconds(1);

// Succeeds when something comes: bytes, or the end.
awaitable<core::result<void>> listen(any_stream* stream) {
    co_await asio::this_coro::throw_if_cancelled(false);
    char byte = 0;
    const auto buffer = asio::buffer(&byte, 1);
    const auto [error, count] = co_await stream->async_read_some(buffer, use_nothrow_awaitable);
    if (error == asio::error::operation_aborted) {
        co_return error;
    }
    co_return core::result<void>();
}

// Nothing has come since the last answer: neither the end nor anything else that would be in the way. A look
// at the socket would not do: the end may have come with the last answer and wait inside the TLS layer.
awaitable<bool> is_quiet(any_stream* stream) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto listening = bounded(listen(stream), listening_time, errc::request_timeout);
    const auto heard = co_await std::move(listening);
    co_return !heard;
}

// A write that was broken off may have been done: the last bytes can be out before anybody is told.
bool may_have_left(const core::error_code& error) {
    return !error || error == asio::error::operation_aborted;
}

}  // namespace

struct http_session::impl {
    impl(tls_client client, core::duration longest_idle) : tls(std::move(client)), idle(longest_idle) {}

    bool fits(const core::url& to) const {
        return stream && peer.scheme == to.scheme && peer.host == to.host && peer.port == to.port &&
               now() < last_used + idle;
    }
    void drop() noexcept { stream.reset(); }

    awaitable<core::error_code> open(const core::url* to);
    awaitable<core::error_code> send(const http_request* request, bool* left);
    awaitable<core::result<http_response>> exchange(const http_request* request,
                                                    const std::function<void()>* on_sent, bool* sent);

    tls_client tls;
    core::duration idle;
    std::optional<any_stream> stream;
    core::url peer;
    core::time_point last_used;
    std::uint64_t opened = 0;
};

awaitable<core::error_code> http_session::impl::open(const core::url* to) {
    co_await asio::this_coro::throw_if_cancelled(false);
    drop();
    auto fresh = co_await open_stream(*to, tls);
    if (!fresh) {
        co_return fresh.error();
    }
    stream.emplace(std::move(*fresh));
    peer = *to;
    ++opened;
    co_return core::error_code{};
}

awaitable<core::error_code> http_session::impl::send(const http_request* request, bool* left) {
    co_await asio::this_coro::throw_if_cancelled(false);
    bool usable = fits(request->to);
    if (usable) {
        usable = co_await is_quiet(&*stream);
    }
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return core::error_code(asio::error::operation_aborted);
    }
    if (usable) {
        const auto error = co_await write_request(&*stream, request);
        *left = may_have_left(error);
        if (*left) {
            co_return error;
        }
        // The kept connection died under the request, which therefore has not arrived.
    }
    if (const auto error = co_await open(&request->to)) {
        co_return error;
    }
    const auto error = co_await write_request(&*stream, request);
    *left = may_have_left(error);
    co_return error;
}

awaitable<core::result<http_response>> http_session::impl::exchange(const http_request* request,
                                                                    const std::function<void()>* on_sent,
                                                                    bool* sent) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!safe_on_the_wire(*request)) {
        co_return core::error_code(
            boost::system::errc::make_error_code(boost::system::errc::invalid_argument));
    }
    const auto error = co_await send(request, sent);
    if (*sent && *on_sent) {
        (*on_sent)();
    }
    if (error) {
        co_return error;
    }
    auto answer = co_await read_answer(&*stream, request->method, request->body_limit);
    if (!answer) {
        co_return answer.error();
    }
    last_used = now();
    if (!answer->reusable) {
        drop();
    }
    co_return std::move(answer->response);
}

http_session::http_session(tls_client tls, core::duration idle)
    : impl_(std::make_unique<impl>(std::move(tls), idle)) {}
http_session::http_session(http_session&&) noexcept = default;
http_session& http_session::operator=(http_session&&) noexcept = default;
http_session::~http_session() = default;

awaitable<http_session::outcome> http_session::fetch(http_request request, std::function<void()> on_sent) {
    co_await asio::this_coro::throw_if_cancelled(false);
    outcome result;
    auto exchange = impl_->exchange(&request, &on_sent, &result.sent);
    auto work = timed(std::move(exchange), request.timeout, errc::request_timeout);
    result.answer = co_await std::move(work);
    if (!result.answer) {
        impl_->drop();  // what is left of the exchange must not be read as the next answer
    }
    co_return std::move(result);
}

std::uint64_t http_session::connections() const noexcept {
    return impl_->opened;
}

}  // namespace tiktok2twitch::net
