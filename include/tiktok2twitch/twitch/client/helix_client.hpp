// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The shell of twitch::account that says its lines with POST /chat/messages instead of IRC. One request at a
// time on a kept-alive connection. How the account, which speaks IRC, gets along with that:
// helix_session.hpp.

#include <memory>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/twitch/client/account_shell.hpp"
#include "tiktok2twitch/twitch/client/api_tokens.hpp"
#include "tiktok2twitch/twitch/client/send_log.hpp"

namespace tiktok2twitch::twitch {

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
