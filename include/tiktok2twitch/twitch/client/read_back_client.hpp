// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A second, anonymous connection that reads our channels' chat: to watch whether accepted lines appear
// (relay.read_back; docs/protocol/twitch.md §2.4), and, where lines are said over Helix or the bot is banned,
// for the commands of moderators. Sends no token and no line. Lives on the egress loop.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/twitch/sending/account.hpp"

namespace tiktok2twitch::twitch {

// Must not block. Those that are not set are not called.
struct read_back_handlers {
    // Five accepted lines in a row did not appear in the channel although others' did.
    std::function<void(const std::string& channel)> on_suspect;
    // A line of our account, whoever said it: for account::on_own_line().
    std::function<void(const own_sighting& line)> on_own_line;
    // After listen_for(): as account::take_chat(); whether our lines show us as moderator (or broadcaster),
    // when that changes; and when chat cannot be read, and can be again.
    std::function<void(const chat_message& message)> on_chat;
    std::function<void(const std::string& channel, bool moderator)> on_rank;
    std::function<void(const notice& notice)> on_notice;
};

class read_back_client {
public:
    // `own`: login of the account whose lines are looked for.
    read_back_client(net::asio::any_io_executor executor, core::url irc_url, net::tls_client tls,
                     std::string own, std::uint64_t seed, read_back_handlers handlers);
    ~read_back_client();

    void add_channel(const std::string& channel);
    void remove_channel(const std::string& channel);
    void channel_called(const std::string& channel, const std::string& called);  // at Twitch, from now on
    void listen_for(std::string word);
    void rename(std::string own);  // the account has another name now
    void on_confirmed(const std::string& channel, const std::string& line_id);

    // Connects again and again until cancelled. Once.
    net::awaitable<core::error_code> run();

private:
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace tiktok2twitch::twitch
