// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Sends a recording through the whole pipeline in virtual time: the webcast session, the message memory,
// the formatter and the Twitch account are the real ones; only the clock and the two servers are not. The
// live's start, pauses and end are told as the live relay tells them, as far as frames show them: the lookups
// are not in a recording. What comes after an end on the same connection, which the live relay would have
// closed, is relayed all the same. Pure.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/app/config/config.hpp"
#include "tiktok2twitch/app/pipeline.hpp"
#include "tiktok2twitch/tiktok/recording.hpp"
#include "tiktok2twitch/tiktok/webcast_session.hpp"

namespace tiktok2twitch::app {

struct replay_settings {
    config effective;             // template, limits
    std::string room = "replay";  // {room}
    // false: one line per message, at once, as if the bot were a moderator without limits.
    // true: the limits, packing and ages of the configuration, as an ordinary account.
    bool paced = false;
    // Told of every event that the configuration asks for, and what was decided about it.
    pipeline::explainer explain;
};

struct replay_result {
    std::string report;   // JSON, as --report writes it
    std::string summary;  // for people
    tiktok::frame_counts counts;
};

// `say` gets each line in order, with the virtual time since the start.
replay_result run_replay(const replay_settings& settings, const std::vector<tiktok::recorded_frame>& frames,
                         const std::function<void(core::duration at, std::string_view line)>& say);

}  // namespace tiktok2twitch::app
