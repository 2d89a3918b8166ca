// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "net/http_exchange.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "net/failure.hpp"
#include "net/http_text.hpp"
#include "net/timed.hpp"

namespace tiktok2twitch::net {

namespace http = boost::beast::http;

namespace {

constexpr std::uint32_t header_limit = 64 * 1024;

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
