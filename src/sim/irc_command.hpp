// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tiktok2twitch::sim {

// A line from a client, read the server's way.
struct irc_command {
    std::string nonce;  // client-nonce tag
    std::string verb;   // upper case
    std::vector<std::string> parameters;

    std::string_view parameter(std::size_t index) const noexcept {
        return index < parameters.size() ? std::string_view(parameters[index]) : std::string_view();
    }
};

irc_command read_command(std::string_view line);

}  // namespace tiktok2twitch::sim
