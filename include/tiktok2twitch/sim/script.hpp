// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::sim {

class tiktok_server;
class twitch_server;

// Something that happens at a time after the start.
struct script_step {
    core::duration at{};
    std::string what;  // for people; empty for a comment (the chat shows it)
    std::function<void(tiktok_server&, twitch_server&)> act;
};
using script = std::vector<script_step>;  // sorted by time

struct demo_cast {
    std::string tiktok = "demo_streamer";
    std::string channel = "demo_channel";
    std::string bot = "demo_bot";
    std::string token = "demo-token";
};

// Fills the world: the room, the channel with a blocked term, and the bot as an ordinary user.
void prepare_demo(const demo_cast& cast, tiktok_server& tiktok, twitch_server& twitch);

// A lively chat of `length`: emoji, right-to-left and stacked-mark names, texts that look like commands
// and mentions, a flood; likes, a follow, a streak of roses, a subscription, a share, a question; a reset of
// TikTok's socket, a RECONNECT of Twitch, a refused line, and the bot becoming a moderator. The same seed
// gives the same script.
script demo_script(std::uint64_t seed, const demo_cast& cast = {},
                   core::duration length = std::chrono::seconds(30));

// A room that writes far more than Twitch takes: about twelve comments a second for `length`, in batches as
// TikTok sends them. A quarter says what everybody says at that moment; four people write a lot; some texts
// are long; questions name the streamer, who speaks up now and then, like a moderator. Towards the end the
// bot becomes a moderator. The same seed gives the same script.
script flood_script(std::uint64_t seed, const demo_cast& cast = {},
                    core::duration length = std::chrono::seconds(30));

}  // namespace tiktok2twitch::sim
