// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the messages of a room have in common (tiktok.md 4.3, 4.4).

#include <string_view>

#include "tiktok2twitch/sim/webcast_messages.hpp"
#include "tiktok2twitch/sim/wire_writer.hpp"

namespace tiktok2twitch::sim {

wire_writer common(std::string_view method, const message_facts& facts);
wire_writer image(std::string_view name);
wire_writer user(const chatter& from);
wire_writer identity(const chatter& from);
room_message finish(std::string_view method, const message_facts& facts, const wire_writer& body);

}  // namespace tiktok2twitch::sim
