// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What Twitch granted to the bot account, and its form on disk. Pure.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/secret.hpp"
#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::twitch {

// Twitch's tokens have 30 to 50 characters, and its documents promise no length. What is accepted from its
// answers must be read back from disk: a refresh token can be used once only.
inline constexpr std::size_t longest_token = 1024;

struct grant {
    core::secret access;
    core::secret refresh;  // one-time (twitch.md 3.5); empty for a pasted token
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

// What "tiktok2twitch login" asks for (twitch.md 3.2). The last one only serves to delete lines.
inline constexpr std::string_view scope_read = "chat:read";
inline constexpr std::string_view scope_edit = "chat:edit";
inline constexpr std::string_view scope_send = "user:write:chat";
inline constexpr std::string_view scope_delete = "moderator:manage:chat_messages";

std::vector<std::string_view> missing_scopes(const grant& grant, std::span<const std::string_view> wanted);

}  // namespace tiktok2twitch::twitch
