// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/net/failure.hpp"

#include <openssl/err.h>
#include <openssl/sslerr.h>
#include <boost/asio/error.hpp>
#include <boost/asio/ssl/error.hpp>

#include "tiktok2twitch/net/error.hpp"

namespace tiktok2twitch::net {

core::error_code translate(core::error_code error) noexcept {
    namespace asio = boost::asio;
    if (error == asio::error::eof || error == asio::ssl::error::stream_truncated) {
        return errc::closed_by_peer;
    }
    if (error == asio::error::host_not_found || error == asio::error::host_not_found_try_again ||
        error == asio::error::no_data) {
        return errc::name_not_found;
    }
    if (error.category() == asio::error::get_ssl_category()) {
        const auto reason = ERR_GET_REASON(static_cast<unsigned long>(error.value()));
        return reason == SSL_R_CERTIFICATE_VERIFY_FAILED ? errc::certificate_refused : errc::tls_failed;
    }
    if (error.category() == asio::ssl::error::get_stream_category()) {
        return errc::tls_failed;
    }
    return error;
}

}  // namespace tiktok2twitch::net
