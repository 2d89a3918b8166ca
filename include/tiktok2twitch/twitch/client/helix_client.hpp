// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/http_session.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/twitch/client/send_log.hpp"
#include "tiktok2twitch/twitch/client/shell.hpp"
#include "tiktok2twitch/twitch/client/token_keeper.hpp"
#include "tiktok2twitch/twitch/helix/codec.hpp"

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

// The shell of twitch::account that says its lines with POST /chat/messages instead of IRC. One request at a
// time on a kept-alive connection. How the account, which speaks IRC, gets along with that:
// helix_session.hpp.

struct helix_client_options {
    core::url api_url;               // https://api.twitch.tv/helix
    bool allow_custom_host = false;  // let the token go to hosts that are not Twitch's
    // For one request, name lookup included. Shorter than what an account allows for an answer to a line and
    // to the PING behind it.
    core::duration request_timeout = std::chrono::seconds(10);
};

class helix_client final : public account_shell {
public:
    // `tokens` outlives this.
    helix_client(net::asio::any_io_executor executor, helix_client_options options, net::tls_client tls,
                 api_tokens& tokens, account& account, send_log& log, account_listener& listener);
    ~helix_client() override;

    // errc::token_host_refused before anything is sent.
    net::awaitable<core::error_code> run() override;
    void wake() override;
    void deliver() override;
    // Somebody saw our lines in chat: whether with a moderator's badge.
    void on_rank(const std::string& channel, bool moderator);

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::twitch
