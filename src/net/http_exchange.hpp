// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// One HTTP request and its answer on a stream that is open already: what http_fetch and http_session share.

#include "net/any_stream.hpp"
#include "tiktok2twitch/net/http.hpp"

namespace tiktok2twitch::net {

// Nothing in it could become a header or a request of its own.
bool safe_on_the_wire(const http_request& request) noexcept;

// No error: all of it has been handed to the system. An error: the other side cannot have got all of it.
awaitable<core::error_code> write_request(any_stream* stream, const http_request* request);

struct http_exchange {
    http_response response;
    bool reusable = false;  // both sides may go on with the next request
};
// A server may say "wait" (1xx) a few times, and may wrap its answer up (chunks) as it likes, within bounds:
// more is errc::no_progress.
inline constexpr int most_interim_answers = 8;
awaitable<core::result<http_exchange>> read_answer(any_stream* stream, std::string method,
                                                   std::size_t body_limit);

// Beast's, OpenSSL's and Asio's errors in the words of net::errc where these fit.
core::error_code translate_http(core::error_code error) noexcept;

}  // namespace tiktok2twitch::net
