// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The requests to id.twitch.tv. An interface, so that the token keeper's tests can script the answers.

#include <memory>
#include <string>
#include <vector>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/twitch/login/grant.hpp"

namespace tiktok2twitch::twitch {

class auth_api {
public:
    virtual ~auth_api() = default;

    virtual net::awaitable<core::result<twitch::device_code>> request_device_code(
        std::string client_id, std::vector<std::string> scopes) = 0;
    virtual net::awaitable<core::result<token_pair>> poll_device_token(std::string client_id,
                                                                       std::vector<std::string> scopes,
                                                                       std::string device_code) = 0;
    virtual net::awaitable<core::result<validation>> validate(core::secret access) = 0;
    virtual net::awaitable<core::result<token_pair>> refresh(std::string client_id, core::secret refresh) = 0;
    virtual net::awaitable<core::error_code> revoke(std::string client_id, core::secret token) = 0;
};

// `auth_url`: twitch.auth_url. Tokens are sent to *.twitch.tv and loopback only, unless `allow_custom_host`
// (then errc::token_host_refused). 10 s for each request, 60 s where tokens are handed out.
std::unique_ptr<auth_api> make_auth_api(core::url auth_url, net::tls_client tls, bool allow_custom_host);

}  // namespace tiktok2twitch::twitch
