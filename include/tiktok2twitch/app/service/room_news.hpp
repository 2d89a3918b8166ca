// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A room's news in words: what its log says, and what the status shows.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tiktok2twitch/app/status/status.hpp"
#include "tiktok2twitch/core/away_story.hpp"
#include "tiktok2twitch/core/log.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/tiktok/room/room_watch.hpp"

namespace tiktok2twitch::app {

struct log_line {
    core::log_level level = core::log_level::info;
    std::string text;
};

// "no such user" in a row, after which --once does not wait for a name that was never seen.
inline constexpr int believed_missing = 3;

// A room's state in words, with its reason and the advice of its error.
log_line describe_room(const tiktok::room_report& report);
// About the streamer's chat or name, for a person to know or do; empty: nothing.
std::string room_hint(const tiktok::room_report& report);

// What a room says about itself: for the log, and for the status. Pure; one object for a room.
class room_news {
public:
    // The lines for the log: each new state or reason, and how long a failing room waits until it is tried
    // again. The wait is named again when it has grown, and else after a minute, two, four ... up to ten: a
    // night without a network must not fill the log. What was away for a minute or longer says for how
    // long when it is back.
    std::vector<log_line> take(const tiktok::room_report& report, core::time_point now);
    void on_event(const relay::event& event, core::time_point now);
    // Without the names of room and door.
    room_facts facts(core::time_point now) const;

private:
    static constexpr core::duration first_again = std::chrono::minutes(1);
    static constexpr core::duration longest_again = std::chrono::minutes(10);
    static constexpr core::duration worth_a_word = std::chrono::minutes(1);

    std::vector<log_line> lines_for(const tiktok::room_report& report, core::time_point now);
    std::string back_words(const tiktok::room_report& report, core::time_point now);

    core::away_story absence_;
    bool told_ = false;
    tiktok::room_report report_;                  // the last one
    std::string text_;                            // of it, see describe_room()
    core::time_point since_;                      // it is so
    std::optional<core::time_point> live_since_;  // over reconnects
    std::optional<std::int64_t> viewers_;
    std::optional<core::time_point> last_message_;
    core::duration wait_{};  // as named last
    core::time_point again_at_{};
    core::duration again_after_{};
    bool hinted_ = false;  // of this live
};

}  // namespace tiktok2twitch::app
