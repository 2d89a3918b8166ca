// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The ways into a room, and what is always true of each.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tiktok2twitch::tiktok {

enum class way : std::uint8_t {
    direct,     // TikTok's own socket, without a signature
    tikfinity,  // the TikFinity app on this machine: JSON events
    sign,       // TikTok's own socket, at an address that a sign server gave
    managed,    // a socket of a provider, who reads the room for us
    stdin_,     // frames from standard input; stands in place of all others
};
inline constexpr std::size_t way_count = 5;

std::string_view name_of(way which) noexcept;  // "direct", "tikfinity", "sign", "managed", "stdin"
// Nothing: no such way, or "stdin", which is no setting.
std::optional<way> way_of(std::string_view name) noexcept;

// Asks a company that is neither TikTok nor on this machine.
constexpr bool asks_third_party(way which) noexcept {
    return which == way::sign || which == way::managed;
}
// Needs the room's number before it can connect, so somebody must be able to look it up.
constexpr bool needs_room_id(way which) noexcept {
    return which == way::direct || which == way::sign;
}

}  // namespace tiktok2twitch::tiktok
