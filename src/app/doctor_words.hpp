// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// From what a probe has seen to a finding: what it means, how bad it is, and the exact fix. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/doctor_report.hpp"
#include "tiktok2twitch/app/config.hpp"
#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/net/address_facts.hpp"
#include "tiktok2twitch/tiktok/cookie_door.hpp"
#include "tiktok2twitch/tiktok/room_status.hpp"
#include "tiktok2twitch/twitch/auth_reply.hpp"
#include "tiktok2twitch/twitch/chat_look.hpp"

namespace tiktok2twitch::app {

// --- the machine (doctor_machine_words.cpp)

finding of_routes(const std::vector<route_config>& routes);

struct directory_facts {
    bool exists = false;
    core::error_code unusable;  // a file in it cannot be written; when it is missing: it cannot be made
    bool ours = true;           // belongs to the user who runs this
    bool others_may_write = false;
    std::string
        closed;  // the directory on the way to it that this user may not enter; `unusable` is set then
    bool closed_is_ours = false;
};
finding of_directory(const std::string& path, const directory_facts& facts);

// `first_line` of what a relay says about itself; empty: none has answered.
finding of_running_relay(const std::string& login, const std::string& first_line);

finding of_trust(const core::error_code& error, const std::string& ca_file);

// --- the way (doctor_network_words.cpp)

// A host that is spoken to, and the key of the configuration that names it.
struct endpoint {
    std::string_view key;
    core::url at;
    std::string_view without = {};  // what a relay cannot do without it; empty: start
};
std::string place_of(const core::url& at);  // "host:port"
// A relay starts without it, if `where` says so: then a fault is a warning.
finding weighed(const endpoint& where, finding found);
finding of_dns(const endpoint& where, const core::result<std::vector<std::string>>& addresses);
finding of_connection(const endpoint& where, const core::error_code& error,
                      const net::address_facts& addresses = {});

// Off by more than this is worth a word: certificates and tokens have dates.
inline constexpr core::duration clock_tolerance = std::chrono::minutes(1);
finding of_clock(core::unix_ms here, core::unix_ms there, const std::string& host);

// --- TikTok (doctor_tiktok_words.cpp)

// `page` is the second way, asked when the first one fails.
finding of_lookup(const core::result<tiktok::room_status>& api,
                  const std::optional<core::result<tiktok::room_status>>& page);
// Each door to the visitor cookie was tried once; empty: they did not answer in time.
finding of_doors(const std::vector<tiktok::door_report>& doors);

struct socket_facts {
    bool opened = false;
    bool spoke = false;      // a message came
    core::error_code ended;  // why it was over before a message came
    std::string detail;
    core::error_code first;  // of the try before this one, with another identity; no error: there was none
};
finding of_socket(const socket_facts& facts);

// --- Twitch (doctor_twitch_words.cpp)

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

}  // namespace tiktok2twitch::app
