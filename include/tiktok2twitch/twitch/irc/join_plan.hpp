// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::twitch {

// Which channels to JOIN and when, and which of them may be spoken in. Twitch never answers a JOIN of a
// channel that does not exist, nor one too many (docs/protocol/twitch.md §1.7): hence retries and the limit.
class join_plan {
public:
    struct ready_channel {
        std::string name;
        bool saw_user_state = false;
    };

    void add(const std::string& channel);
    // True if a PART has to be sent.
    bool remove(const std::string& channel);
    // To be joined once more, now: the server's answers tell our rank and its room's modes, or a ban. True if
    // a PART has to be sent first: no answer comes to somebody who is in the room.
    bool join_again(const std::string& channel);
    // The server does not have us there any more.
    void forget(const std::string& channel) { channels_.erase(channel); }
    void reset();  // the connection is gone; what was sent still counts against the limit

    // The next channel to JOIN now; counts as sent.
    std::optional<std::string> next(core::duration timeout, core::time_point now);
    core::time_point deadline(core::time_point now) const;

    // True if the line answers a JOIN that is not settled yet (and so no PRIVMSG).
    bool on_user_state(const std::string& channel, core::time_point now);
    void on_room_state(const std::string& channel, core::time_point now);
    // True if we left by ourselves, false if the server threw us out.
    bool on_part(const std::string& channel);

    // Channels that became ready. Ready means: ROOMSTATE and USERSTATE came, or one of them 2 s ago.
    std::vector<ready_channel> take_ready(core::time_point now);
    // Channels whose first JOIN got no answer; each reported once.
    std::vector<std::string> take_unanswered(core::time_point now);
    bool ready(const std::string& channel) const;
    bool wants(const std::string& channel) const { return channels_.contains(channel); }

private:
    struct entry {
        bool is_ready = false;
        bool user_state = false;
        bool room_state = false;
        unsigned attempts = 0;
        bool reported = false;
        core::time_point next_attempt = core::time_point::min();
        core::time_point first_answer = core::time_point::max();
    };
    core::time_point slot(core::time_point now) const;

    std::map<std::string, entry> channels_;
    std::map<std::string, unsigned> own_parts_;  // PARTs of ours whose echo is still to come
    std::deque<core::time_point> sent_;
};

}  // namespace tiktok2twitch::twitch
