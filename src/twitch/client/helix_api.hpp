// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/http_session.hpp"
#include "tiktok2twitch/twitch/client/api_tokens.hpp"
#include "tiktok2twitch/twitch/helix.hpp"

namespace tiktok2twitch::twitch {

// Calls to Twitch's API, one at a time on a kept-alive connection. Adds the token, and gets another one when
// Twitch does not accept it any more: once for each call.
class helix_api {
public:
    struct reply {
        core::error_code error;  // no answer, or as renew(); token_invalid: a new token is refused as well
        bool in_doubt = false;   // with an error: the request has left, so it may have been obeyed
        helix_answer answer;     // without an error: any status but a 401 that another token might change
    };

    helix_api(core::url base, net::tls_client tls, api_tokens& tokens, core::duration timeout)
        : base_(std::move(base)), session_(std::move(tls)), tokens_(tokens), timeout_(timeout) {}

    // `on_sent` is called when a request has left; twice if the token had to be renewed.
    net::awaitable<reply> call(helix_request request, std::function<void()> on_sent = {});

private:
    net::awaitable<reply> try_call(const helix_request* request, api_token token,
                                   std::function<void()> on_sent);

    core::url base_;
    net::http_session session_;
    api_tokens& tokens_;
    core::duration timeout_;
};

}  // namespace tiktok2twitch::twitch
