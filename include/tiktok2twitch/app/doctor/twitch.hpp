// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What the doctor finds at Twitch: the login, the chat, the channels.

#include <string>
#include <vector>

#include "tiktok2twitch/app/config/config.hpp"
#include "tiktok2twitch/app/doctor/doctor.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/twitch/irc/chat_survey.hpp"
#include "tiktok2twitch/twitch/login/grant.hpp"

namespace tiktok2twitch::app {

struct token_facts {
    std::string source;   // "twitch.token (config.toml:3)" or the file of the token store
    bool stored = false;  // by 'tiktok2twitch login'
    bool renewable = false;
    bool needs_secret = false;     // that is why it cannot be renewed
    core::unix_ms expires_at = 0;  // as it was handed out; 0: not known
    bool refreshing = false;       // a renewal was begun, and how it ended is not in the store
    std::string wanted_login;      // twitch.login; empty: whoever the token belongs to
};
finding of_missing_token(const std::string& login);
// A file of the stored login that the system keeps from us.
finding of_login_file(const std::string& path, const core::error_code& error);
finding of_token(const token_facts& token, const core::result<twitch::validation>& answer, core::unix_ms now);
finding of_scopes(const token_facts& token, const std::vector<std::string>& scopes, chat_transport transport);
finding of_irc_login(const twitch::chat_look& look);
finding of_join(const twitch::channel_look& channel, const twitch::chat_look& look);
// `hears`: over the API, somebody reads the chat for moderators' commands.
finding of_role(const twitch::channel_look& channel, const twitch::options& limits,
                const twitch::chat_look& look, bool hears);
finding of_modes(const twitch::channel_look& channel, const twitch::chat_look& look);

// Returns early when it is cancelled.
net::awaitable<void> look_at_twitch(doctor_round& round);

}  // namespace tiktok2twitch::app
