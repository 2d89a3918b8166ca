// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/twitch/chat_look.hpp"
#include "tiktok2twitch/twitch/options.hpp"
#include "twitch/irc_session.hpp"

namespace tiktok2twitch::twitch {

// One visit to the chat: logs in, joins each channel once, and notes what comes back. Never says a line.
// Starts with the connection; then on_line() for every line, and take_output() is what has to be written.
class chat_survey {
public:
    // All JOINs go out at once: at most 20 in 10 s (twitch.md 1.6).
    static constexpr std::size_t most_channels = 20;

    chat_survey(const options& options, std::vector<std::string> channels, core::time_point now);

    void on_line(std::string_view line, core::time_point now);
    void on_disconnected(const core::error_code& reason);
    std::string take_output() { return session_.take_output(); }

    // Everything that can be known is known, or the time for it is over.
    bool done(core::time_point now);
    core::time_point deadline() const;  // of done()
    const chat_look& result() const noexcept { return look_; }

private:
    struct progress {
        bool user_state = false;
        bool room_state = false;
    };
    void log_in(core::time_point now);
    void fail(const core::error_code& reason);
    channel_look* find(const std::string& channel);
    void note(const user_state& state);
    void note(const room_state& state);
    void note(const room_notice& notice);
    void note(const own_part& part);
    void refuse(channel_look& channel, std::string msg_id, std::string_view sentence);
    void settle(channel_look& channel, bool complete);
    bool settled() const;

    irc_session session_;
    chat_look look_;
    std::vector<progress> progress_;  // of each channel
    core::duration join_timeout_{};
    core::time_point join_deadline_ = core::time_point::max();
};

}  // namespace tiktok2twitch::twitch
