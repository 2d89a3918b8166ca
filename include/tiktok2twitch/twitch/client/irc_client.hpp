// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The shell of twitch::account: owns one connection at a time and does what the account says. Runs on
// the egress loop until stopped.

#include <cstdint>
#include <memory>
#include <string>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/twitch/client/send_log.hpp"
#include "tiktok2twitch/twitch/client/shell.hpp"

namespace tiktok2twitch::twitch {

struct irc_client_options {
    core::url irc_url;
    bool allow_custom_host = false;  // let the token go to hosts that are not Twitch's
    core::duration connect_timeout = std::chrono::seconds(20);
};

class irc_client final : public account_shell {
public:
    irc_client(net::asio::any_io_executor executor, irc_client_options options, net::tls_client tls,
               account& account, send_log& log, account_listener& listener);
    ~irc_client() override;

    net::awaitable<core::error_code> run() override;
    void wake() override;
    void deliver() override;

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::twitch
