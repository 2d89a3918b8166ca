// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/net/http.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/system/errc.hpp>

#include "net/connect.hpp"
#include "net/http_exchange.hpp"
#include "net/server_impl.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/failure.hpp"

namespace tiktok2twitch::net {
namespace http = boost::beast::http;

namespace {

constexpr std::uint32_t header_limit = 64 * 1024;
constexpr std::size_t server_body_limit = 4 * 1024 * 1024;
// After a complete answer the end of the connection is announced but hardly waited for.
constexpr auto goodbye_limit = std::chrono::milliseconds(100);

std::string_view first_value(const std::vector<http_header>& headers, std::string_view name) noexcept {
    for (const auto& header : headers) {
        if (boost::beast::iequals(header.name, name)) {
            return header.value;
        }
    }
    return {};
}

bool has(const std::vector<http_header>& headers, std::string_view name) noexcept {
    return std::any_of(headers.begin(), headers.end(), [name](const http_header& header) {
        return boost::beast::iequals(header.name, name);
    });
}

awaitable<core::result<http_response>> fetch(http_request request, tls_client tls) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (!safe_on_the_wire(request)) {
        co_return core::error_code(
            boost::system::errc::make_error_code(boost::system::errc::invalid_argument));
    }
    auto stream = co_await open_stream(request.to, std::move(tls));
    if (!stream) {
        co_return stream.error();
    }
    if (const auto error = co_await write_request(&*stream, &request)) {
        co_return error;
    }
    auto answer = co_await read_answer(&*stream, request.method, request.body_limit);
    if (!answer) {
        co_return answer.error();
    }
    co_await stream->async_shutdown(use_nothrow_awaitable, goodbye_limit);
    co_return std::move(answer->response);
}

}  // namespace

std::string_view http_response::find(std::string_view name) const noexcept {
    return first_value(headers, name);
}
std::string_view server_request::find(std::string_view name) const noexcept {
    return first_value(headers, name);
}

awaitable<core::result<http_response>> http_fetch(http_request request, tls_client tls) {
    const auto limit = request.timeout;
    auto work = timed(fetch(std::move(request), std::move(tls)), limit, errc::request_timeout);
    auto answer = co_await std::move(work);
    co_return answer;
}

awaitable<core::result<server_request>> read_request(server_stream& stream) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return core::error_code(asio::error::operation_aborted);
    }
    http::request_parser<http::string_body> parser;
    parser.header_limit(header_limit);
    parser.body_limit(server_body_limit);
    auto& carrier = stream.get();
    const auto [error, count] =
        co_await http::async_read(carrier.stream, carrier.read_ahead, parser, use_nothrow_awaitable);
    if (error) {
        co_return translate_http(error);
    }
    auto message = parser.release();
    server_request result;
    result.method = std::string(message.method_string());
    result.target = std::string(message.target());
    result.headers = list_headers(message);
    result.upgrade = boost::beast::websocket::is_upgrade(message);
    result.body = std::move(message.body());
    co_return std::move(result);
}

awaitable<core::error_code> write_response(server_stream& stream, http_response response) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return asio::error::operation_aborted;
    }
    http::response<http::string_body> message;
    message.version(11);
    message.result(static_cast<unsigned>(response.status));
    add_headers(message, response.headers);
    message.body() = std::move(response.body);
    if (!has(response.headers, "Content-Length") && !has(response.headers, "Transfer-Encoding")) {
        message.prepare_payload();
    }
    const auto [error, count] =
        co_await http::async_write(stream.get().stream, message, use_nothrow_awaitable);
    co_return translate(error);
}

awaitable<core::error_code> write_raw(server_stream& stream, std::string bytes) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (stopped(co_await asio::this_coro::cancellation_state)) {
        co_return asio::error::operation_aborted;
    }
    const auto buffer = asio::buffer(bytes);
    const auto [error, count] =
        co_await asio::async_write(stream.get().stream, buffer, use_nothrow_awaitable);
    co_return translate(error);
}

awaitable<void> close(server_stream& stream) {
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await stream.get().stream.async_shutdown(use_nothrow_awaitable);
}

namespace http = boost::beast::http;

namespace {

http::request<http::string_body> make_message(const http_request& request) {
    http::request<http::string_body> result;
    result.version(11);
    result.method_string(request.method);
    result.target(path_of(request.to));
    result.set(http::field::host, request.to.host_and_port());
    add_headers(result, request.headers);
    result.body() = request.body;
    result.prepare_payload();
    return result;
}

http_response take(http::response<http::string_body> message) {
    http_response result;
    result.status = static_cast<int>(message.result_int());
    result.headers = list_headers(message);
    result.body = std::move(message.body());
    return result;
}

}  // namespace

core::error_code translate_http(core::error_code error) noexcept {
    if (error == http::error::body_limit) {
        return errc::body_too_large;
    }
    if (error == http::error::end_of_stream || error == http::error::partial_message) {
        return errc::closed_by_peer;
    }
    return translate(error);
}

bool safe_on_the_wire(const http_request& request) noexcept {
    return safe_on_the_wire(request.headers) && safe_target(request.to.target) && safe_target(request.method);
}

awaitable<core::error_code> write_request(any_stream* stream, const http_request* request) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto message = make_message(*request);
    const auto [error, count] = co_await http::async_write(*stream, message, use_nothrow_awaitable);
    co_return translate(error);  // also when cancelled meanwhile: what has left has left
}

awaitable<core::result<http_exchange>> read_answer(any_stream* stream, std::string method,
                                                   std::size_t body_limit) {
    co_await asio::this_coro::throw_if_cancelled(false);
    boost::beast::flat_buffer buffer;
    for (int interim = 0; interim <= most_interim_answers; ++interim) {
        http::response_parser<http::string_body> parser;
        parser.header_limit(header_limit);
        parser.body_limit(body_limit);
        parser.skip(method == "HEAD");
        // The parser bounds header and body, but not what chunks wear around it.
        const std::size_t most_bytes = 2 * (header_limit + body_limit);
        for (std::size_t bytes = 0; !parser.is_done();) {
            const auto [error, count] =
                co_await http::async_read_some(*stream, buffer, parser, use_nothrow_awaitable);
            if (stopped(co_await asio::this_coro::cancellation_state)) {
                co_return core::error_code(asio::error::operation_aborted);
            }
            if (error) {
                co_return translate_http(error);
            }
            bytes += count;
            if (bytes > most_bytes) {
                co_return core::error_code(errc::no_progress);
            }
        }
        const auto status = parser.get().result_int();
        // Interim answers (103 Early Hints) come before the real one.
        if (status >= 200 || status == 101) {
            http_exchange result;
            // Bytes that nobody asked for would be taken for the answer to the next request.
            result.reusable = parser.keep_alive() && status != 101 && buffer.size() == 0;
            result.response = take(parser.release());
            co_return std::move(result);
        }
    }
    co_return core::error_code(errc::no_progress);
}

}  // namespace tiktok2twitch::net
