// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"

namespace tiktok2twitch::net {

struct http_header {
    std::string name;
    std::string value;
};

struct http_request {
    std::string method = "GET";
    core::url to;
    std::vector<http_header> headers;  // Host and Content-Length are added
    std::string body;
    core::duration timeout = std::chrono::seconds(10);  // for everything, name lookup included
    std::size_t body_limit = 4 * 1024 * 1024;           // live pages are about 1 MiB
};

struct http_response {
    int status = 0;
    std::vector<http_header> headers;  // in order, repeated names kept (Set-Cookie)
    std::string body;

    // Value of the first header of that name (case-insensitive), or empty.
    std::string_view find(std::string_view name) const noexcept;
};

// One request on a connection of its own. Redirects are not followed.
// Errors: net::errc, or the system's when the connection breaks; operation_aborted when cancelled
// (terminal cancellation).
awaitable<core::result<http_response>> http_fetch(http_request request, tls_client tls);

}  // namespace tiktok2twitch::net
