// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/secret.hpp"

namespace tiktok2twitch::twitch {

// Our rank in a channel. Only `ordinary` falls under the duplicate rule and slow mode
// (docs/protocol/twitch.md §2.5).
enum class role : std::uint8_t { ordinary, vip, moderator, broadcaster };

// "18/32s": at most `count` lines in any `window`.
struct rate {
    std::size_t count = 0;
    core::duration window{};
    friend bool operator==(const rate&, const rate&) = default;
};

// Numbers and their sources: docs/protocol/twitch.md §8.3.
struct options {
    std::string login;   // lower case; advisory, the server's 001 decides
    core::secret token;  // without "oauth:"
    // Somebody renews the token (client/token_keeper.hpp): none yet, or a refused one, is waited for.
    bool token_is_kept = false;

    rate limit_normal{18, std::chrono::seconds(32)};                  // Twitch: 20 per 30 s
    rate limit_moderator{90, std::chrono::seconds(32)};               // Twitch: 100 per 30 s
    core::duration spacing_normal = std::chrono::milliseconds(1250);  // Twitch: 1 s
    core::duration spacing_moderator = std::chrono::milliseconds(150);
    // Whether VIPs have the high tier is disputed (docs/protocol/twitch.md §1.6)
    bool vip_is_moderator = false;

    // Waiting messages per channel, folded ones counted once. Beyond, the least important is dropped, of
    // those the oldest of whoever has most of them waiting.
    std::size_t backlog = 500;
    core::duration max_age = std::chrono::seconds(60);
    core::duration gift_max_age = std::chrono::minutes(10);  // of what somebody paid for
    bool pack = true;
    std::size_t line_length = 480;  // code points of a relayed line, at most longest_line (irc_codec.hpp)
    bool read_back = false;         // an anonymous second connection watches whether accepted lines appear
    std::string command_word;       // chat that starts with it is handed out by take_chat(); empty: none is

    core::duration ping_after = std::chrono::seconds(30);     // of inbound silence
    core::duration dead_after = std::chrono::seconds(10);     // after our PING
    core::duration login_timeout = std::chrono::seconds(15);  // connected to 001
    core::duration join_timeout = std::chrono::seconds(10);
    core::duration confirm_timeout = std::chrono::seconds(5);  // USERSTATE or NOTICE after a PRIVMSG
};

}  // namespace tiktok2twitch::twitch
