// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What login and whoami say to a person. Pure.

#include <string>
#include <string_view>
#include <vector>

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

// The warning about a login without a refresh token; `left`: of its life, 0 when not known.
std::string no_renewal_text(core::duration left);

using core::span_text;

}  // namespace tiktok2twitch::app
