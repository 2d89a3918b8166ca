// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <boost/system/is_error_code_enum.hpp>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::net {

enum class errc {
    name_not_found = 1,   // DNS has no address for the host
    connect_timeout,      // TCP, TLS or the opening handshake took too long
    request_timeout,      // connected, but no complete HTTP answer in time
    certificate_refused,  // chain or host name did not verify
    tls_failed,           // any other TLS handshake failure
    plain_text_refused,   // http://, ws:// or irc:// to a host that is not loopback
    body_too_large,       // HTTP body over the limit
    handshake_refused,    // the server answered the WebSocket upgrade with something else than 101
    closed_by_peer,       // orderly end
    trust_store_empty,    // no CA certificate was found at all
    ca_file_unreadable,   // tls.ca_file or SSL_CERT_FILE cannot be read
    no_progress,          // the peer keeps sending and never gets to the point
    proxy_refused,        // the proxy does not let us through to that host
    proxy_login_refused,  // the proxy wants a login, or another one
    proxy_failed,         // the proxy cannot reach the host, or does not speak its protocol
};

const boost::system::error_category& category() noexcept;
inline core::error_code make_error_code(errc value) noexcept {
    return {static_cast<int>(value), category()};
}

}  // namespace tiktok2twitch::net

template <>
struct boost::system::is_error_code_enum<tiktok2twitch::net::errc> : std::true_type {};
