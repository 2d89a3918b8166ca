// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The asking side of a relay's socket, for commands. Blocking; on any thread.

#include <optional>
#include <string>
#include <vector>

#include "tiktok2twitch/app/control/relay_choice.hpp"
#include "tiktok2twitch/control/message.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::app {

// A relay answers at once, but its machine may be busy.
inline constexpr core::duration relay_patience = std::chrono::seconds(5);

// Errors are the system's; `timed_out` when the answer did not come in time. `to_the_end`: how long to wait,
// once an answer came, until the relay has closed the connection; then `ended` says whether it has.
struct relay_reply {
    control::reply said;
    bool ended = false;
};
core::result<relay_reply> ask_relay(const std::string& path, const control::request& request,
                                    core::duration limit = relay_patience, core::duration to_the_end = {});

// The relays that take connections in this state directory, with their process numbers, in the order of their
// names. What crashed relays left is passed over.
std::vector<running_relay> running_relays(const std::string& directory);
// Of dry runs that were killed: no later relay takes the name of their sockets, as with those of accounts.
void remove_dead_dry_sockets(const std::string& directory);
// The process behind one socket, 0 when it cannot be seen from here. Nothing: there is nobody.
std::optional<long> pid_behind(const std::string& path);

}  // namespace tiktok2twitch::app
