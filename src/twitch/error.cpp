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
    core::error_entry{number(errc::server_reconnect), "server_reconnect",
                      "Twitch asked to reconnect (maintenance)", "Nothing to do: this is normal."},
    core::error_entry{number(errc::account_suspended), "account_suspended",
                      "Twitch has suspended the bot account",
                      "Log in to Twitch as the bot, read what Twitch says about it, or use another account."},
    core::error_entry{number(errc::token_host_refused), "token_host_refused",
                      "the Twitch token would go to a host that is not Twitch's",
                      "Correct twitch.irc_url, or set twitch.allow_custom_host = true if that is intended."},
    core::error_entry{
        number(errc::send_log_unwritable), "send_log_unwritable",
        "the times of sent lines cannot be written to disk",
        "Check space and permissions of the state directory; until then a restart starts slowly."},
    core::error_entry{number(errc::account_in_use), "account_in_use",
                      "another process already sends as this Twitch account",
                      "Stop the other process: two of them together exceed Twitch's limits."},
};

}  // namespace

const boost::system::error_category& category() noexcept {
    static const core::table_category instance("twitch", entries);
    return instance;
}

}  // namespace tiktok2twitch::twitch
