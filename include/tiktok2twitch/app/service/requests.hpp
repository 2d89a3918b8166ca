// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What other processes ask of a running relay: 'tiktok2twitch status', 'stop', 'reload', 'held', 'approve'
// and 'deny'. Opens the socket for them; see command_socket.hpp.

#include <string>

#include "app/command_socket.hpp"
#include "tiktok2twitch/app/service/run_context.hpp"

namespace tiktok2twitch::app {

// A relay that cannot be asked runs all the same, and says so.
void open_requests(command_socket& socket, const relay_settings& settings, command_socket::handler obey);

// How a person ends the relay that has the account's lock. `holder`: the process that the lock names, 0:
// none.
std::string how_to_end_the_other(const std::string& state_dir, const std::string& login, int holder);

}  // namespace tiktok2twitch::app
