// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What watches our channels beside the connection that speaks: an anonymous reader of their chat, and
// questions to Twitch's API whether they exist. On the egress loop.

#include <memory>
#include <set>
#include <string>

#include "tiktok2twitch/app/service/outbound.hpp"
#include "tiktok2twitch/app/service/run_context.hpp"
#include "tiktok2twitch/twitch/client/channel_checker.hpp"
#include "tiktok2twitch/twitch/client/read_back_client.hpp"
#include "tiktok2twitch/twitch/client/shell.hpp"

namespace tiktok2twitch::app {

// The bot hears nothing of what is said in this channel. Pure.
bool is_banned_in(const twitch::channel_status& channel) noexcept;

class channel_watch {
public:
    // Commands and notices go to `listener`.
    channel_watch(run_context& run, outbound& out, twitch::account_listener& listener);

    // `word`: what moderators' commands start with; empty: there are none. Nothing is watched in a dry run.
    void start(std::string word, twitch::api_tokens& tokens);
    void listen_for(std::string word);  // another one, after a reload
    void add(const std::string& channel);
    void remove(const std::string& channel);

    // The state of a channel may have changed. Where the bot is banned it hears no moderator who says
    // "resume": the anonymous connection does.
    void listen_where_banned();
    // The channel was renamed on Twitch: it is read under that name, and goes by the configured one here.
    void channel_called(const std::string& channel, const std::string& called) {
        if (reader_)
            reader_->channel_called(channel, called);
    }
    void on_delivery(const twitch::delivery& delivery);
    void on_doubt(const twitch::doubted_channel& doubted) {
        if (checker_)
            checker_->doubt(doubted);
    }
    void rename(const std::string& login) {
        if (reader_)
            reader_->rename(login);
    }  // the bot account

private:
    bool reads_everywhere() const;
    void make_reader();

    run_context& run_;
    outbound& out_;
    twitch::account_listener& listener_;
    std::string word_;
    std::unique_ptr<twitch::read_back_client> reader_;  // relay.read_back, commands over Helix, or a ban
    std::set<std::string> banned_in_;                   // read for this reason
    std::unique_ptr<twitch::channel_checker> checker_;  // over IRC
};

}  // namespace tiktok2twitch::app
