// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What a look at Twitch's chat has shown: over IRC (app/doctor/chat_visit.hpp) or the API
// (app/doctor/api_visit.hpp).

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/twitch/irc/session.hpp"
#include "tiktok2twitch/twitch/options.hpp"

namespace tiktok2twitch::twitch {

// For ordinary members; who moderates is exempt.
struct room_modes {
    std::chrono::seconds slow{};       // between two lines; zero: off
    std::int64_t followers_only = -1;  // minutes of following; -1: off
    bool subs_only = false;
    bool emote_only = false;
    bool unique = false;
    friend bool operator==(const room_modes&, const room_modes&) = default;
};

struct channel_look {
    enum class answer : std::uint8_t {
        none,    // of a channel that does not exist Twitch never says a word (docs/protocol/twitch.md §1.7)
        joined,  // over the API, which knows no joining: it exists
        refused,
    };
    std::string channel;
    answer what = answer::none;
    std::optional<bool> exists;  // as the API says; nothing: it did not. An account that is banned does not
    role rank = role::ordinary;
    room_modes modes;
    core::error_code no_modes;  // why there are none; an error only over the API
    std::string msg_id;         // of a refusal, as in a NOTICE; empty when Twitch sent us out without one
    std::string sentence;       // what it means and what to do; for a refusal
};

struct chat_look {
    core::error_code error;  // why there was no login, or how the connection broke after it
    std::string login;       // as the server calls us; empty: there was no login
    std::vector<channel_look> channels;
    bool over_api = false;  // which does not tell the rank in other people's channels
};

// One visit to the chat: logs in, joins each channel once, and notes what comes back. Never says a line.
// Starts with the connection; then on_line() for every line, and take_output() is what has to be written.
class chat_survey {
public:
    // All JOINs go out at once: at most 20 in 10 s (docs/protocol/twitch.md §1.6).
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
