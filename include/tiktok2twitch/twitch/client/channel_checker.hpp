// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Asks Twitch's API which of our channels exist, and what became of one that chat does not know any more,
// beside a connection to IRC that does not tell. Nothing waits
// for it, and its trouble is nobody's: a channel that it knows nothing of is joined like any other.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/twitch/client/token_keeper.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch::twitch {

struct channel_checker_options {
    core::url api_url;
    bool allow_custom_host = false;
    core::duration request_timeout = std::chrono::seconds(10);
    std::uint64_t seed = 0;
};

class channel_checker {
public:
    using finding_handler = std::function<void(const std::string& channel, const channel_finding&)>;

    // `tokens` outlives this. `tell`: account::on_channel_known(); must not block.
    channel_checker(net::asio::any_io_executor executor, channel_checker_options options, net::tls_client tls,
                    api_tokens& tokens, finding_handler tell);
    ~channel_checker();

    void add_channel(const std::string& channel);
    void remove_channel(const std::string& channel);
    void doubt(const doubted_channel& doubted);

    // Until cancelled (operation_aborted). Once. errc::token_host_refused before anything is sent.
    net::awaitable<core::error_code> run();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::twitch
