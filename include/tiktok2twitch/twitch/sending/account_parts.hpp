// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/twitch/account_types.hpp"
#include "tiktok2twitch/twitch/irc/join_plan.hpp"
#include "tiktok2twitch/twitch/irc/session.hpp"
#include "tiktok2twitch/twitch/options.hpp"
#include "tiktok2twitch/twitch/sending/outbox.hpp"

namespace tiktok2twitch::twitch {

// What the objects of one account share: its settings, its connection, and where they report. The account
// owns it, and it outlives them.
struct account_parts {
    explicit account_parts(options given) : settings(std::move(given)) {}

    options settings;
    irc_session session;
    join_plan joins;
    ledger book;
    std::vector<notice> notices;
    std::vector<doubted_channel> doubts;

    const std::string& login() const { return session.login().empty() ? settings.login : session.login(); }
    void say(notice::severity level, std::string_view channel, std::string text) {
        notices.push_back({level, std::string(channel), std::move(text)});
    }
    // Channels by Twitch's names.
    void leave(const std::string& channel) {
        if (joins.remove(channel))
            session.send({{}, {}, "PART", {"#" + channel}});
    }
    void join_again(const std::string& channel) {
        if (joins.join_again(channel))
            session.send({{}, {}, "PART", {"#" + channel}});
    }
    // By the name of the routes.
    void doubt(const std::string& channel, const std::string& room_id) {
        const auto same = [&](const doubted_channel& each) {
            return each.channel == channel;
        };
        if (std::none_of(doubts.begin(), doubts.end(), same))
            doubts.push_back({channel, room_id});
    }
};

}  // namespace tiktok2twitch::twitch
