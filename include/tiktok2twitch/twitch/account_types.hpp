// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What an account and those around it tell each other: steps for the shell, what was heard, how things stand.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::twitch {

// For the log: a sentence for the streamer. `channel` may be empty (about the account).
struct notice {
    enum class severity : std::uint8_t { debug, info, warning, error };
    severity level = severity::info;
    std::string channel;
    std::string text;
};

// What the shell has to do now.
struct write_bytes {  // protocol lines: login, JOIN, PONG, PING, QUIT; free of charge
    std::string bytes;
};
struct write_line {  // one PRIVMSG: note the send on disk first, then write, then on_written()
    std::string bytes;
    std::string channel;
    std::string text;  // for the demo's view and dry runs
    std::vector<relay::event_ticket> tickets;
};
struct wait_until {  // nothing to do before this time unless something is reported
    core::time_point at;
};
struct close_connection {  // close the socket, then on_disconnected(reason)
    core::error_code reason;
};
using step = std::variant<write_bytes, write_line, wait_until, close_connection>;

// Somebody else's line in one of our channels that starts with options.command_word (in any case). What
// another channel's chat says in a shared chat session is not among them.
struct chat_message {
    std::string channel;
    std::string login;
    std::string text;          // as typed
    bool may_command = false;  // the broadcaster, or a moderator of the channel
};

// A line of ours that Twitch accepted.
struct delivery {
    std::string channel;
    std::string line_id;  // of its USERSTATE; empty when Twitch gave none
    std::vector<relay::event_ticket> tickets;
};

// A line of ours that was deleted on Twitch: by a moderator there, or by ourselves.
struct cleared_line {
    std::string channel;
    std::string line_id;
};

// A line of our account that somebody read in a channel.
struct own_sighting {
    std::string channel;
    std::string id;          // Twitch's; of a line of another channel in a shared chat, the original's
    std::string text;        // as shown
    bool high_tier = false;  // its badges make us the broadcaster or a moderator
    bool shared = false;     // it was said in another channel, and is only shown in this one (shared chat)
};

// Chat does not know one of our channels (any more): worth asking Twitch's API, which on_channel_known()
// wants to hear from.
struct doubted_channel {
    std::string channel;
    std::string room_id;  // its broadcaster's account number; empty if chat never told it
};

// What Twitch's API says about a channel.
struct channel_finding {
    bool exists = false;
    std::string called;  // that account's name today; empty: the one that was asked about
    bool by_id = false;  // asked by the account's number: a missing one is suspended or deleted, not renamed
};

enum class channel_state : std::uint8_t { offline, joining, ready, paused, blocked };

struct channel_status {
    std::string channel;
    channel_state state = channel_state::offline;
    bool high_tier = false;
    std::chrono::seconds slow_mode{};  // that holds for us; 0: none
    std::string reason;                // why paused or blocked: a msg-id
    std::string called;                // its name at Twitch today, if it was renamed since the start
    // Until something is done about what keeps it silent (a line, a question, a connection); 0: nothing does.
    core::duration next_try{};
    std::size_t waiting = 0;
    std::size_t in_flight = 0;
    core::duration oldest_waiting{};      // for so long the oldest of them has been waiting; 0: none waits
    std::size_t lines_per_minute = 0;     // accepted in the last minute
    std::size_t messages_per_minute = 0;  // on those lines
    std::optional<core::duration> delay;  // from arrival to Twitch's confirmation, see line_pace
    std::optional<core::duration> last_line;  // since the last one was accepted
    bool other_relay = false;                 // another relay said what we say, in the last ten minutes
};

// The way to Twitch as a whole.
struct connection_status {
    bool online = false;
    core::duration since{};     // online, or away, for so long
    core::duration next_try{};  // away: until the next attempt; 0: it is under way, or needs a login
    std::string cause;          // away: why, in words; empty: not connected since the start
};

// How much of the account's budget is used at this moment, and what slows it down.
struct budget_status {
    struct bucket {
        std::size_t used = 0;   // lines in the window
        std::size_t limit = 0;  // in force now
    };
    bucket normal;           // lines said as an ordinary user
    bucket moderator;        // all lines
    core::duration pause{};  // nothing at all is said for so long (msg_ratelimit)
    bool halved = false;     // repeated refusals: half the limits
    bool cautious = false;   // what an earlier process sent is not known
    // The account is used elsewhere, too: lower limits for so long, from the last such line on.
    core::duration elsewhere{};
};

}  // namespace tiktok2twitch::twitch
