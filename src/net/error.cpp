// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/net/error.hpp"

#include <array>

namespace tiktok2twitch::net {
namespace {

constexpr core::error_entry entry(errc value, std::string_view identifier, std::string_view message,
                                  std::string_view advice) {
    return {static_cast<int>(value), identifier, message, advice};
}

constexpr std::array entries = {
    entry(errc::name_not_found, "name_not_found", "the host name has no address",
          "Check the network connection, the DNS server and the spelling of the host."),
    entry(errc::connect_timeout, "connect_timeout", "connecting took too long",
          "Check the network connection and whether a firewall blocks outgoing connections."),
    entry(errc::request_timeout, "request_timeout", "no complete answer arrived in time",
          "The other side is slow or overloaded; try again later."),
    entry(errc::certificate_refused, "certificate_refused", "the server's TLS certificate was not accepted",
          "Check the clock of this machine; behind a proxy that inspects TLS, add its CA with tls.ca_file."),
    entry(errc::tls_failed, "tls_failed", "the TLS connection failed",
          "Check that the host and port speak TLS 1.2 or newer and that no proxy interferes."),
    entry(errc::plain_text_refused, "plain_text_refused",
          "an unencrypted connection to another machine was refused",
          "Use the encrypted scheme (https, wss or ircs); plain text is for localhost only."),
    entry(errc::body_too_large, "body_too_large", "the HTTP answer is larger than allowed",
          "The server sent something unexpected; check the address."),
    entry(errc::handshake_refused, "handshake_refused", "the server refused the WebSocket",
          "The HTTP status and headers of its answer say why."),
    entry(errc::closed_by_peer, "closed_by_peer", "the other side closed the connection",
          "This is normal from time to time; the connection is made again."),
    entry(errc::trust_store_empty, "trust_store_empty", "no CA certificate was found on this machine",
          "Install the ca-certificates package, or name a bundle with SSL_CERT_FILE or tls.ca_file."),
    entry(errc::ca_file_unreadable, "ca_file_unreadable", "a file with CA certificates cannot be read",
          "Check that tls.ca_file and SSL_CERT_FILE name readable files with PEM certificates."),
    entry(errc::no_progress, "no_progress", "the other side kept sending without ever giving an answer",
          "Check any proxy in between; it is tried again."),
    entry(errc::proxy_refused, "proxy_refused", "the proxy does not allow a connection to this host",
          "Ask who runs the proxy, or set proxy.url to another one."),
    entry(errc::proxy_login_refused, "proxy_login_refused", "the proxy refused the login",
          "Check user and password in proxy.url (the password may be the credential proxy_password)."),
    entry(errc::proxy_failed, "proxy_failed", "the proxy could not make the connection",
          "Check proxy.url: scheme, host and port; the proxy itself may have no connection."),
};

constexpr core::table_category instance("tiktok2twitch.net", entries);

}  // namespace

const boost::system::error_category& category() noexcept {
    return instance;
}

}  // namespace tiktok2twitch::net
