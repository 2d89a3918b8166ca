// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/net/tls.hpp"

#include "net/ca_store.hpp"
#include "tiktok2twitch/net/error.hpp"

namespace tiktok2twitch::net {
namespace ssl = boost::asio::ssl;

namespace {

void demand_modern_tls(ssl::context& context) {
    SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
}

}  // namespace

tls_client tls_client::through(proxy_rules rules) const {
    tls_client out = *this;
    out.proxy_ = std::make_shared<const proxy_rules>(std::move(rules));
    return out;
}

const proxy_server* tls_client::proxy_for(std::string_view host) const {
    return proxy_ ? proxy_->for_host(host) : nullptr;
}

core::result<tls_client> make_tls_client(const std::string& ca_file) {
    auto impl = std::make_shared<tls_impl>(tls_impl{ssl::context(ssl::context::tls_client)});
    demand_modern_tls(impl->context);
    core::error_code error;
    impl->context.set_verify_mode(ssl::verify_peer, error);
    if (error) {
        return error;
    }
    trust_places places = system_trust("");
    places.ca_file = ca_file;
    error = load_trust(SSL_CTX_get_cert_store(impl->context.native_handle()), places);
    if (error) {
        return error;
    }
    return tls_client(std::move(impl));
}

core::result<tls_server> make_tls_server(const std::string& certificate_pem, const std::string& key_pem) {
    auto impl = std::make_shared<tls_impl>(tls_impl{ssl::context(ssl::context::tls_server)});
    demand_modern_tls(impl->context);
    core::error_code error;
    impl->context.use_certificate_chain(boost::asio::buffer(certificate_pem), error);
    if (!error) {
        impl->context.use_private_key(boost::asio::buffer(key_pem), ssl::context::pem, error);
    }
    if (error) {
        return error;
    }
    return tls_server(std::move(impl));
}

}  // namespace tiktok2twitch::net
