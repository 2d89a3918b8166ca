// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A visit to Twitch's chat for the doctor: login, JOIN, a look around, and away. Says nothing.

#include <string>
#include <vector>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/twitch/irc/chat_survey.hpp"
#include "tiktok2twitch/twitch/options.hpp"

namespace tiktok2twitch::twitch {

struct chat_visit_options {
    core::url irc_url;
    bool allow_custom_host = false;  // otherwise the token goes to *.twitch.tv and loopback only
    options account;                 // login, token and the timeouts count
    // At most 20: so many JOINs Twitch takes at once. The rest is left out of the result.
    std::vector<std::string> channels;
};

// Ends by itself after connecting (20 s at most), options.login_timeout and options.join_timeout; the error
// is operation_aborted when cancelled, and token_host_refused when the token may not go there.
net::awaitable<chat_look> visit_chat(chat_visit_options options, net::tls_client tls);

}  // namespace tiktok2twitch::twitch
