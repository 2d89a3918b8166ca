// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "app/relay_choice.hpp"
#include "tiktok2twitch/app/commands.hpp"

namespace tiktok2twitch::app {

// Where commands that ask a running relay look for it, and which one is meant. A broken configuration file
// does not keep anybody from stopping a relay: only a wrong command line does. Nothing: `failed` says how to
// end, and why was said.
struct relay_place {
    std::string state_dir;
    relay_wish wish;
};
std::optional<relay_place> find_relay_place(const command_line& line, const environment& variables,
                                            exit_code& failed);

}  // namespace tiktok2twitch::app
