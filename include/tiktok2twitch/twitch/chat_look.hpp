// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What a look at Twitch's chat has shown: over IRC (client/chat_visit.hpp) or the API (client/api_visit.hpp).

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/twitch/role.hpp"

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
        none,    // of a channel that does not exist Twitch never says a word (twitch.md 1.7)
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

}  // namespace tiktok2twitch::twitch
