// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What login and whoami say to a person. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/app/cli/cli.hpp"
#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/twitch/auth_reply.hpp"

namespace tiktok2twitch::app {

// The scopes that login asks for; the one to delete lines only for twitch.delete_lines.
std::vector<std::string> wanted_scopes(bool delete_lines);

// The address, the code, and `qr` between them when it is not empty. `expected`: twitch.login, may be empty.
std::string invitation_text(const twitch::device_code& code, const std::string& qr,
                            const std::string& expected);

// One line for each right that a relay may need, and whether the token has it.
std::string rights_text(const std::vector<std::string>& scopes);

// Why no stored login serves although there are some, and which setting chooses. Empty: none is stored, or
// the only one serves. `wanted`: twitch.login, not among `stored` unless empty.
std::string choice_of_logins(const std::string& wanted, const std::vector<std::string>& stored);

// The warning about a login that cannot be renewed; `left`: of its life, 0 when not known.
std::string no_renewal_text(bool needs_secret, core::duration left);

// How to start a relay after this command, with the options that it was given: its state directory is where
// the login is. `has_routes`: the configuration says what to relay.
std::string relay_command(const command_line& given, bool has_routes);

}  // namespace tiktok2twitch::app
