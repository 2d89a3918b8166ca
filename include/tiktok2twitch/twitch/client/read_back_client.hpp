// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// twitch.read_back: a second, anonymous connection that watches whether accepted lines appear in chat
// (relay.read_back; twitch.md 2.4). Sends no token and no line. Lives on the egress loop.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"

namespace tiktok2twitch::twitch {

class read_back_client {
public:
    // Told of a channel where five accepted lines in a row did not appear although others' did.
    using suspect_handler = std::function<void(const std::string& channel)>;

    // `own`: login of the account whose lines are looked for.
    read_back_client(net::asio::any_io_executor executor, core::url irc_url, net::tls_client tls,
                     std::string own, std::uint64_t seed, suspect_handler on_suspect);
    ~read_back_client();

    void add_channel(const std::string& channel);
    void remove_channel(const std::string& channel);
    void on_confirmed(const std::string& channel, const std::string& line_id);

    // Connects again and again until cancelled. Once.
    net::awaitable<core::error_code> run();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::twitch
