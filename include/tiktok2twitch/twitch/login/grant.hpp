// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What Twitch granted to the bot account, and its form on disk. Pure.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/secret.hpp"

namespace tiktok2twitch::twitch {

// Twitch's tokens have 30 to 50 characters, and its documents promise no length. What is accepted from its
// answers must be read back from disk: a refresh token can be used once only.
inline constexpr std::size_t longest_token = 1024;

struct grant {
    core::secret access;
    core::secret refresh;  // one-time (docs/protocol/twitch.md §3.5); empty for a pasted token
    std::string client_id;
    std::string login;  // lower case
    std::string user_id;
    std::vector<std::string> scopes;
    core::unix_ms obtained_at = 0;
    core::unix_ms expires_at = 0;  // 0: not known
    // A refresh with `refresh` was begun, and how it ended is not on disk. The access token is validated
    // before the refresh token is tried again, once.
    bool refreshing = false;
    // The application behind client_id is not a public one: Twitch renews nothing of its without its secret.
    bool needs_secret = false;

    bool renewable() const noexcept { return !refresh.empty() && !needs_secret; }

    friend bool operator==(const grant&, const grant&) = default;
};

// Versioned JSON. read_grant: errc::token_store_damaged.
std::string write_grant(const grant& grant);
core::result<grant> read_grant(std::string_view text);

// What "tiktok2twitch login" asks for (docs/protocol/twitch.md §3.2). The last one only serves to delete
// lines.
inline constexpr std::string_view scope_read = "chat:read";
inline constexpr std::string_view scope_edit = "chat:edit";
inline constexpr std::string_view scope_send = "user:write:chat";
inline constexpr std::string_view scope_delete = "moderator:manage:chat_messages";

std::vector<std::string_view> missing_scopes(const grant& grant, std::span<const std::string_view> wanted);

// What id.twitch.tv answers, understood (docs/protocol/twitch.md §3.3 to §3.6). Pure: from a status and a
// body to a value.

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
