// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Which TikTok messages each line said on Twitch carried: what TikTok's moderators remove later is found
// again by the id that Twitch gave the line. Pure, bounded.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::relay {

struct said_message {
    std::string room;  // the TikTok account in whose live it was written
    std::int64_t msg_id = 0;
    std::int64_t author_id = 0;
};

class sent_lines {
public:
    static constexpr std::size_t most_lines = 2000;
    // A folded line may carry a thousand messages.
    static constexpr std::size_t most_messages = 20'000;
    // Moderators remove what they see; an hour later nobody sees it.
    static constexpr core::duration forgotten_after = std::chrono::hours(1);

    struct line {
        std::string channel;
        std::string line_id;                // empty: Twitch gave none
        std::vector<std::int64_t> msg_ids;  // the other messages on it
    };

    void add(std::string channel, std::string line_id, std::vector<said_message> messages,
             core::time_point now);
    // The lines that carry one of these messages, or a message of one of these users, of `room`; each once,
    // oldest first. They stay remembered.
    std::vector<line> find(std::string_view room, std::span<const std::int64_t> msg_ids,
                           std::span<const std::int64_t> user_ids, core::time_point now);

    std::size_t size() const noexcept { return lines_.size(); }

private:
    struct entry {
        core::time_point at;
        std::string channel;
        std::string line_id;
        std::vector<said_message> messages;
    };

    void forget_old(core::time_point now);
    void forget_oldest();

    std::deque<entry> lines_;  // oldest first
    std::size_t messages_ = 0;
};

}  // namespace tiktok2twitch::relay
