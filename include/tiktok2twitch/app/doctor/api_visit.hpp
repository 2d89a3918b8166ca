// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// A look at Twitch's API for the doctor: whom the token belongs to, which channels exist, and their modes.
// Says nothing, and never renews a token.

#include <string>
#include <vector>

#include "tiktok2twitch/core/url.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/tls.hpp"
#include "tiktok2twitch/twitch/client/token_keeper.hpp"
#include "tiktok2twitch/twitch/helix/codec.hpp"
#include "tiktok2twitch/twitch/irc/chat_survey.hpp"

namespace tiktok2twitch::twitch {

struct api_visit_options {
    core::url api_url;
    bool allow_custom_host = false;  // otherwise the token goes to *.twitch.tv and loopback only
    api_token token;
    std::vector<std::string> channels;  // valid logins; the first most_users_per_request count
    core::duration request_timeout = std::chrono::seconds(10);
};

// Both end by themselves; the error is operation_aborted when cancelled, token_host_refused when the token
// may not go there, token_invalid when Twitch does not accept it, and else as read_users() or a network
// error.

// Those of the channels that exist; one request, none without channels.
net::awaitable<core::result<std::vector<helix_user>>> look_up_channels(api_visit_options options,
                                                                       net::tls_client tls);
// What a relay asks before it writes over Helix: one request for the login, one for all channels, one for the
// modes of each.
net::awaitable<chat_look> visit_api(api_visit_options options, net::tls_client tls);

}  // namespace tiktok2twitch::twitch
