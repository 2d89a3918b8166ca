// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <boost/system/is_error_code_enum.hpp>

#include "tiktok2twitch/core/error.hpp"

namespace tiktok2twitch::twitch {

enum class errc {
    login_refused = 1,     // "Login authentication failed" and its kin
    login_malformed,       // "Improperly formatted auth", "Invalid NICK"
    capabilities_refused,  // CAP NAK: without tags nothing can be confirmed
    login_timeout,         // no 001 in time
    connection_dead,       // PING unanswered
    server_not_reading,    // asks and asks, and does not take the answers
    server_reconnect,      // RECONNECT: maintenance, normal
    account_suspended,     // msg_suspended: the bot account itself
    token_host_refused,    // the token would go to a host that is not Twitch's
    send_log_unwritable,
    account_in_use,    // another process holds the lock of this account
    state_file_newer,  // of a later version of this program

    // The login service (docs/protocol/twitch.md §3) and the token store.
    authorization_pending,  // the code was not entered yet
    slow_down,
    device_code_expired,
    device_code_unknown,  // seconds after it was handed out: Twitch may not know it everywhere yet
    authorization_denied,
    token_invalid,
    refresh_refused,
    refresh_unclear,    // refused, but not in words that mean the grant is gone
    renewed_elsewhere,  // refused before its end, and not by a renewal of ours
    client_needs_secret,
    client_id_unknown,
    client_id_missing,
    auth_server_error,
    token_store_damaged,
    token_store_exposed,
    token_store_unwritable,
    token_store_blocked,  // its temporary file
    token_lock_failed,
    token_lock_busy,  // for longer than a renewal needs
    login_needed,     // there is no usable token, and only a person can change that
    wrong_account,    // the token belongs to another account than twitch.login

    // The API (docs/protocol/twitch.md §4).
    scope_missing,     // the token is good, but lacks a right
    api_rate_limited,  // 429
    api_error,         // 5xx, or an answer that is not understood
};

const boost::system::error_category& category() noexcept;
inline core::error_code make_error_code(errc value) noexcept {
    return {static_cast<int>(value), category()};
}

}  // namespace tiktok2twitch::twitch

template <>
struct boost::system::is_error_code_enum<tiktok2twitch::twitch::errc> : std::true_type {};
