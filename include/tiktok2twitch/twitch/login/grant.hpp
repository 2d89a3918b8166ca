// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What id.twitch.tv answers, understood (twitch.md 3.3 to 3.6). Pure: from a status and a body to a value.

#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/secret.hpp"
#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::twitch {

struct device_code {
    std::string device_code;
    std::string user_code;
    std::string verification_uri;
    core::duration expires_in{};
    core::duration interval{};  // at least 1 s, at most 60 s
};

struct token_pair {
    core::secret access;
    core::secret refresh;
    core::duration expires_in{};
    std::vector<std::string> scopes;
};

struct validation {
    std::string client_id;
    std::string login;
    std::string user_id;
    std::vector<std::string> scopes;
    core::duration expires_in{};  // 0: does not expire
};

// How a request to the login service can end besides well. Network errors stay what they are (net::errc or
// the system's), and mean that the outcome is unknown.
//   errc::authorization_pending, slow_down, device_code_expired, device_code_unknown,
//   authorization_denied       device flow
//   errc::token_invalid        validate: 401
//   errc::refresh_refused      refresh: "Invalid refresh token": the grant is gone, or the token was used
//   errc::refresh_unclear      refresh: 400 or 401 in other words, perhaps not Twitch's
//   errc::client_needs_secret  "missing client secret": the application is not a public client
//   errc::client_id_unknown    "invalid client"
//   errc::auth_server_error    5xx, or an answer that is not understood: try again later
core::result<device_code> read_device_code(int status, std::string_view body);
core::result<token_pair> read_device_token(int status, std::string_view body);
core::result<token_pair> read_refreshed(int status, std::string_view body);
core::result<validation> read_validation(int status, std::string_view body);
core::error_code read_revoked(int status, std::string_view body);

}  // namespace tiktok2twitch::twitch
