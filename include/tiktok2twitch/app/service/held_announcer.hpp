// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Tells a channel's moderators, in its chat, that something waits for them: one line a minute at most, only
// when something new is held, and only when the channel has nothing else to say. Pure. One for each channel.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::app {

// What is told in public of a held message.
struct announced {
    std::uint64_t number = 0;
    std::string name;  // as lines show it; empty: it may not be shown
};

class held_announcer {
public:
    static constexpr auto interval = std::chrono::minutes(1);

    // The line to say now; nothing when there is nothing new or it is too early. `held`: oldest first. What
    // is returned counts as said.
    std::optional<std::string> line(std::span<const announced> held, core::time_point now,
                                    std::string_view word);
    // Whether line() would return one, but for the time.
    bool has_news(std::uint64_t newest) const noexcept { return newest > told_; }
    core::time_point not_before() const noexcept { return not_before_; }

private:
    std::uint64_t told_ = 0;  // the newest number that was said
    core::time_point not_before_ = core::time_point::min();
};

}  // namespace tiktok2twitch::app
