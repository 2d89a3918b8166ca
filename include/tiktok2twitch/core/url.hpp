// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::core {

// An absolute URL as the configuration and the clients need it; no user info, no fragment.
struct url {
    std::string scheme;  // lower case: https, http, wss, ws, ircs, irc
    std::string host;    // lower case, without brackets for IPv6
    std::uint16_t port = 0;
    std::string target;  // path and query, starts with "/" or is empty

    bool encrypted() const noexcept { return scheme == "https" || scheme == "wss" || scheme == "ircs"; }
    std::string host_and_port() const;  // for the Host header: port left out when it is the scheme's own
    std::string text() const;
};

// Errors: errc::bad_url. A missing port becomes the scheme's (443, 80, 6697, 6667).
result<url> parse_url(std::string_view text);

// localhost, 127.0.0.0/8 and ::1. Only such hosts may be spoken to without TLS.
bool is_loopback_host(std::string_view host) noexcept;

// Percent-encodes everything but RFC 3986's unreserved characters.
std::string percent_encode(std::string_view text);

}  // namespace tiktok2twitch::core
