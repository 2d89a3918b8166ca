// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What login and whoami say to a person. Pure.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/app/cli/cli.hpp"
#include "tiktok2twitch/app/config/loader.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/exit_code.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/twitch/login/grant.hpp"

namespace tiktok2twitch::app {

// The scopes that login asks for; the one to delete lines only for twitch.delete_lines.
std::vector<std::string> wanted_scopes(bool delete_lines);

// The address, the code, and `qr` between them when it is not empty. `expected`: twitch.login, may be empty.
std::string invitation_text(const twitch::device_code& code, const std::string& qr,
                            const std::string& expected);

// One line for each right that a relay may need, and whether the token has it.
std::string rights_text(const std::vector<std::string>& scopes);

// The warning about a login that cannot be renewed; `left`: of its life, 0 when not known.
std::string no_renewal_text(bool needs_secret, core::duration left);

// How to start a relay after this command, with the options that it was given: its state directory is where
// the login is. `has_routes`: the configuration says what to relay.
std::string relay_command(const command_line& given, bool has_routes);

// `text` as a QR code of half-block characters, two modules in one character, each line with its line break.
// Empty when a line would be longer than `columns` or the text is too long for a screen.
//
// With `color` it is black on white whatever the colors of the terminal are; without, what is light is drawn,
// which is right on a dark background and inverted on a light one (readers take both).
std::string qr_text(std::string_view text, std::size_t columns, bool color);

exit_code run_login_command(const command_line& line, const environment& variables);

}  // namespace tiktok2twitch::app
