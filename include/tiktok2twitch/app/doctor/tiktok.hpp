// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the doctor finds at TikTok, with the way in that a relay uses.

#include <optional>
#include <string>
#include <vector>

#include "tiktok2twitch/app/doctor/doctor.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/tiktok/room/door_plan.hpp"
#include "tiktok2twitch/tiktok/wire/room_page.hpp"

namespace tiktok2twitch::app {

// `page` is the second way, asked when the first one fails.
finding of_lookup(const core::result<tiktok::room_status>& api,
                  const std::optional<core::result<tiktok::room_status>>& page);
// Each door to the visitor cookie was tried once; empty: they did not answer in time.
finding of_doors(const std::vector<tiktok::door_report>& doors);

struct socket_facts {
    bool opened = false;
    bool spoke = false;      // a message came
    core::error_code ended;  // why it was over before a message came
    std::string detail;
    core::error_code first;  // of the try before this one, with another identity; no error: there was none
};
finding of_socket(const socket_facts& facts);

// Returns early when it is cancelled.
net::awaitable<void> look_at_rooms(doctor_round& round);

}  // namespace tiktok2twitch::app
