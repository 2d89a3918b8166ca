// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/error.hpp"

#include <array>

namespace tiktok2twitch::twitch {
namespace {

int number(errc value) {
    return static_cast<int>(value);
}

const std::array entries{
    core::error_entry{number(errc::login_refused), "login_refused", "Twitch refused the login",
                      "Get a new token for the bot account and check that twitch.login names that account."},
    core::error_entry{number(errc::login_malformed), "login_malformed",
                      "Twitch could not read the login data",
                      "Check twitch.login (the account's name in lower case) and twitch.token."},
    core::error_entry{number(errc::capabilities_refused), "capabilities_refused",
                      "the chat server does not offer Twitch's tags and commands",
                      "Check twitch.irc_url; with Twitch itself this passes by retrying."},
    core::error_entry{number(errc::login_timeout), "login_timeout", "Twitch did not answer the login in time",
                      "Nothing to do: the relay tries again by itself."},
    core::error_entry{number(errc::connection_dead), "connection_dead",
                      "the connection to Twitch is dead: nothing came back",
                      "Nothing to do: the relay connects again by itself."},
    core::error_entry{number(errc::server_not_reading), "server_not_reading",
                      "Twitch's chat server asks without end and does not read the answers",
                      "Nothing to do: the relay connects again by itself."},
    core::error_entry{number(errc::server_reconnect), "server_reconnect",
                      "Twitch asked to reconnect (maintenance)", "Nothing to do: this is normal."},
    core::error_entry{number(errc::account_suspended), "account_suspended",
                      "Twitch has suspended the bot account",
                      "Log in to Twitch as the bot, read what Twitch says about it, or use another account."},
    core::error_entry{
        number(errc::token_host_refused), "token_host_refused",
        "the Twitch token would go to a host that is not Twitch's",
        "Correct twitch.irc_url, auth_url or helix_url, or set twitch.allow_custom_host = true if that is "
        "intended."},
    core::error_entry{
        number(errc::send_log_unwritable), "send_log_unwritable",
        "the times of sent lines cannot be written to disk",
        "Check space and permissions of the state directory; until then a restart starts slowly."},
    core::error_entry{number(errc::account_in_use), "account_in_use",
                      "another process already sends as this Twitch account",
                      "Stop the other process: two of them together exceed Twitch's limits."},
    core::error_entry{number(errc::state_file_newer), "state_file_newer",
                      "the file was written by a later version of this program",
                      "Run that version, or move the file away."},
    core::error_entry{number(errc::authorization_pending), "authorization_pending",
                      "the code was not entered yet", "Open the address that was shown and enter the code."},
    core::error_entry{number(errc::slow_down), "slow_down", "Twitch asks to be asked less often",
                      "Nothing to do: the program waits longer."},
    core::error_entry{number(errc::device_code_expired), "device_code_expired",
                      "the code is not valid any more: it was not entered in time, or was used before",
                      "Run 'tiktok2twitch login' again."},
    core::error_entry{number(errc::device_code_unknown), "device_code_unknown",
                      "Twitch does not know the code at the moment",
                      "Nothing to do while the code is good: the program asks again."},
    core::error_entry{number(errc::authorization_denied), "authorization_denied",
                      "the login was refused in the browser",
                      "Run 'tiktok2twitch login' again and choose to authorize."},
    core::error_entry{number(errc::token_invalid), "token_invalid",
                      "Twitch does not accept the access token any more",
                      "Nothing to do while it can be renewed; else run 'tiktok2twitch login'."},
    core::error_entry{number(errc::refresh_refused), "refresh_refused",
                      "Twitch does not renew the login: it was revoked, or is too old",
                      "Run 'tiktok2twitch login'; a running relay goes on by itself after that."},
    core::error_entry{number(errc::refresh_unclear), "refresh_unclear",
                      "Twitch did not renew the login, and what it says does not tell why",
                      "A relay tries again by itself; if it stays, run 'tiktok2twitch login'."},
    core::error_entry{
        number(errc::renewed_elsewhere), "renewed_elsewhere",
        "the Twitch login was renewed somewhere else, by a copy of this state directory, or was "
        "revoked",
        "Run 'tiktok2twitch login' on this machine, and do not copy a state directory: each "
        "machine needs a login of its own. A running relay goes on by itself after that."},
    core::error_entry{number(errc::client_needs_secret), "client_needs_secret",
                      "the application behind twitch.client_id is not a public client",
                      "Register one with client type Public in Twitch's developer console (README, \"Your "
                      "own client id\")."},
    core::error_entry{number(errc::client_id_unknown), "client_id_unknown",
                      "Twitch knows no application with this client id",
                      "Check twitch.client_id (or --client-id) against Twitch's developer console."},
    core::error_entry{number(errc::client_id_missing), "client_id_missing",
                      "no client id: Twitch only logs in registered applications",
                      "Give --client-id or set twitch.client_id (README, \"Your own client id\")."},
    core::error_entry{number(errc::auth_server_error), "auth_server_error",
                      "Twitch's login service does not work at the moment",
                      "Try again later; a relay does by itself. See status.twitch.com if it stays."},
    core::error_entry{number(errc::token_store_damaged), "token_store_damaged",
                      "the stored Twitch login cannot be read",
                      "Run 'tiktok2twitch login' again; the damaged file is replaced."},
    core::error_entry{number(errc::token_store_exposed), "token_store_exposed",
                      "other users of this machine can read the stored Twitch login",
                      "Make it private: chmod 600 on the file named above. If somebody may have read it: "
                      "'tiktok2twitch logout', which revokes it, then 'tiktok2twitch login'."},
    core::error_entry{number(errc::token_store_unwritable), "token_store_unwritable",
                      "the Twitch login cannot be stored",
                      "Make space or correct owner and permissions of the state directory."},
    core::error_entry{number(errc::token_store_blocked), "token_store_blocked",
                      "the temporary file beside the stored Twitch login (*.json.tmp) is no file, or another "
                      "process holds its lock",
                      "Remove it, or end that process; a running relay tries again by itself."},
    core::error_entry{number(errc::token_lock_failed), "token_lock_failed",
                      "the lock of the stored Twitch login cannot be taken",
                      "Give this file to the user that runs the relay (chown) or remove it; on a read-only "
                      "file system choose another --state-dir."},
    core::error_entry{
        number(errc::token_lock_busy), "token_lock_busy",
        "another process holds the lock of the stored Twitch login",
        "End that process, or run 'tiktok2twitch login'; a running relay goes on by itself after "
        "that."},
    core::error_entry{number(errc::login_needed), "login_needed", "there is no usable Twitch login",
                      "Run 'tiktok2twitch login'; a running relay goes on by itself after that."},
    core::error_entry{number(errc::wrong_account), "wrong_account",
                      "the Twitch login belongs to another account than twitch.login",
                      "Correct twitch.login, or get a token of that account."},
    core::error_entry{number(errc::scope_missing), "scope_missing",
                      "the Twitch login lacks a right that is needed",
                      "Run 'tiktok2twitch login' again and authorize what it asks for."},
    core::error_entry{number(errc::api_rate_limited), "api_rate_limited", "Twitch's API is asked too often",
                      "Nothing to do: the relay waits."},
    core::error_entry{number(errc::api_error), "api_error", "Twitch's API does not work at the moment",
                      "Try again later; a relay does by itself. See status.twitch.com if it stays."},
};

}  // namespace

const boost::system::error_category& category() noexcept {
    static const core::table_category instance("twitch", entries);
    return instance;
}

}  // namespace tiktok2twitch::twitch
