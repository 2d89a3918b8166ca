// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What HTTP and the WebSocket upgrade share: header lists in and out of Beast's fields.

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <boost/asio/error.hpp>
#include <boost/beast/http/fields.hpp>

#include "net/any_stream.hpp"
#include "tiktok2twitch/net/http.hpp"

namespace tiktok2twitch::net {

// Beast writes what it is given: a line break in a cookie would become a header of its own.
inline bool safe_on_the_wire(std::string_view text) noexcept {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 && c != '\t'; });
}

inline bool safe_on_the_wire(const std::vector<http_header>& headers) noexcept {
    return std::all_of(headers.begin(), headers.end(), [](const http_header& header) {
        return !header.name.empty() && header.name.find_first_of(" \t:") == std::string::npos &&
               safe_on_the_wire(header.name) && safe_on_the_wire(header.value);
    });
}

inline bool safe_target(std::string_view target) noexcept {
    return safe_on_the_wire(target) && target.find_first_of(" \t") == std::string_view::npos;
}

inline void add_headers(boost::beast::http::fields& fields, const std::vector<http_header>& headers) {
    for (const auto& header : headers) {
        fields.insert(header.name, header.value);
    }
}

inline std::vector<http_header> list_headers(const boost::beast::http::fields& fields) {
    std::vector<http_header> result;
    for (const auto& field : fields) {
        result.push_back(http_header{std::string(field.name_string()), std::string(field.value())});
    }
    return result;
}

inline std::string path_of(const core::url& to) {
    return to.target.empty() ? "/" : to.target;
}

// One HTTP request and its answer on a stream that is open already: what http_fetch and http_session share.

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
