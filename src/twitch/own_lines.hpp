// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Which lines of the account are ours, and which were said by somebody else who is logged in as it. Pure.
//
// Twitch does not send a connection its own lines back, but it sends it those of every other connection of
// the account in channels that it has joined (twitch.md 2.4): people who type, another relay, and what we
// said ourselves on an earlier connection and never heard of. Somebody who reads without a login (over Helix)
// sees all of them, ours as well. Lines are told apart by Twitch's ids, where those are known, else by their
// texts, which are compared as Twitch shows them: runs of white space count as one blank.
//
// Order of calls: on_written() when a line goes; then one of on_not_said(), on_accepted(), on_refused() or
// on_unclear(); on_connection_lost() when the connection is gone. judge() for every line of the account
// that is read, judge_answer() for a USERSTATE that answers no line in flight. Bounded: the newest 500 lines
// of the last five minutes (AutoMod may show a line late that it held), and as many ids of others.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/twitch/account.hpp"

namespace tiktok2twitch::twitch {

class own_lines {
public:
    static constexpr std::size_t most = 500;
    static constexpr core::duration remembered = std::chrono::minutes(5);

    enum class origin : std::uint8_t {
        ours,
        late_echo,  // ours, of an earlier connection that was lost before its answer: it was said after all
        elsewhere,
        undecided,  // the answer to the line in flight will tell: ask again once it is there
        known       // of somebody else, and told before
    };
    // Who read it: the connection that says our lines, or one that hears all of them.
    enum class reader : std::uint8_t { speaker, listener };

    void on_written(const std::string& channel, std::string_view text, core::time_point now);
    void on_not_said(const std::string& channel);
    void on_accepted(const std::string& channel, const std::string& id);
    void on_refused(const std::string& channel);
    // It may be shown yet, or never: unanswered, or held by AutoMod.
    void on_unclear(const std::string& channel);
    void on_connection_lost();

    origin judge(const own_sighting& seen, reader who, core::time_point now);
    // A USERSTATE with an id, although no line of ours is in flight in the channel.
    origin judge_answer(const std::string& channel, const std::string& id, core::time_point now);
    // Whether a line with this id is known to be somebody else's.
    bool is_foreign(std::string_view id) const;

private:
    enum class state : std::uint8_t { in_flight, accepted, unclear };
    struct entry {
        std::string channel;
        std::size_t text = 0;  // hash
        core::time_point at;
        std::string id{};
        state is = state::in_flight;
        bool earlier = false;  // of a connection that is gone
        bool seen = false;
    };

    std::deque<entry>::iterator in_flight(const std::string& channel);
    bool has_id(std::string_view id) const;
    origin heard_by_speaker(const own_sighting& seen, std::size_t text);
    origin heard_by_listener(const own_sighting& seen, std::size_t text);
    origin foreign(const std::string& id);
    void forget(core::time_point now);

    std::deque<entry> lines_;              // oldest first
    std::deque<std::string> foreign_ids_;  // oldest first
};

}  // namespace tiktok2twitch::twitch
