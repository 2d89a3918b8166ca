// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// How fast and how late a channel's lines are. Pure; one object per channel, told of each accepted line.

#include <deque>
#include <optional>

#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/twitch/account.hpp"
#include "tiktok2twitch/twitch/sending/outbox.hpp"

namespace tiktok2twitch::twitch {

class line_pace {
public:
    static constexpr core::duration span = std::chrono::minutes(1);
    // Over this many lines in a minute the rate shown is this; Twitch takes 200.
    static constexpr std::size_t most_lines = 1000;

    // `line` has just been accepted.
    void on_line(const flight& line, core::time_point now);

    // Fills in the rates of the last minute, `delay` and `last_line`. The delay is the median over the lines
    // of the last minute, each as late as the oldest message on it; without such a line that of the last one.
    void describe(channel_status& out, core::time_point now) const;

private:
    struct accepted_line {
        core::time_point at;
        core::duration delay{};
        std::size_t messages = 0;
    };
    std::deque<accepted_line> lines_;  // oldest first; of the last minute, and the last one in any case
};

}  // namespace tiktok2twitch::twitch
