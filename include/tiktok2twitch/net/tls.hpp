// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// TLS settings, loaded once and shared by every connection of a thread or of several: a context is
// immutable after it was made (OpenSSL's contexts are safe to use that way).

#include <memory>
#include <string>
#include <vector>

#include <boost/asio/ssl/context.hpp>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/net/proxy.hpp"

namespace tiktok2twitch::net {

struct tls_impl;

// For outgoing connections: TLS 1.2 or newer, chain and host name always verified. There is no switch
// that turns verification off; a private CA goes into `ca_file`. It also knows the proxy that its connections
// go through.
class tls_client {
public:
    tls_client() = default;  // empty: usable for plain loopback connections only
    explicit tls_client(std::shared_ptr<tls_impl> impl) : impl_(std::move(impl)) {}
    tls_impl* get() const noexcept { return impl_.get(); }

    // The same, with connections through a proxy.
    tls_client through(proxy_rules rules) const;
    // Null: `host` is reached directly.
    const proxy_server* proxy_for(std::string_view host) const;

private:
    std::shared_ptr<tls_impl> impl_;
    std::shared_ptr<const proxy_rules> proxy_;
};

// Trust: SSL_CERT_FILE and SSL_CERT_DIR when set, else the first bundle found among the known places of
// Debian, Fedora, Arch, Alpine, openSUSE and the BSDs, else OpenSSL's own default; plus `ca_file`.
// Errors: trust_store_empty, ca_file_unreadable.
core::result<tls_client> make_tls_client(const std::string& ca_file);

// The places that are probed, in order; for messages and tests.
std::vector<std::string> known_ca_bundles();

// For the simulator: a server identity from PEM texts.
class tls_server {
public:
    tls_server() = default;
    explicit tls_server(std::shared_ptr<tls_impl> impl) : impl_(std::move(impl)) {}
    tls_impl* get() const noexcept { return impl_.get(); }

private:
    std::shared_ptr<tls_impl> impl_;
};
core::result<tls_server> make_tls_server(const std::string& certificate_pem, const std::string& key_pem);

// A throw-away certificate authority and one server certificate signed by it, valid for a day.
struct test_identity {
    std::string ca_pem;
    std::string certificate_pem;
    std::string key_pem;
};
// `names` become subjectAltName entries; numeric addresses become IP entries.
core::result<test_identity> make_test_identity(const std::vector<std::string>& names);

struct tls_impl {
    boost::asio::ssl::context context;
};

}  // namespace tiktok2twitch::net
