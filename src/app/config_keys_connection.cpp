// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <array>

#include "app/config_key_tables.hpp"

namespace tiktok2twitch::app {
namespace {

using enum key_type;

// The help texts and defaults of all tables are what config.example.toml says; a test compares them.
const std::array keys{
    config_key{"tiktok", "web_url", http_url, "https://www.tiktok.com",
               "TikTok's site: room lookup, ttwid cookie",
               +[](config& c) -> core::url& {
                   return c.tiktok.web_url;
               }},
    config_key{"tiktok", "webcast_url", http_url, "https://webcast.tiktok.com",
               "TikTok's live service: room/info, check_alive",
               +[](config& c) -> core::url& {
                   return c.tiktok.webcast_url;
               }},
    config_key{"tiktok", "ws_url", ws_url, "wss://webcast-ws.tiktok.com",
               "TikTok's chat socket; the path is added by the program",
               +[](config& c) -> core::url& {
                   return c.tiktok.ws_url;
               }},
    config_key{"tiktok", "sign_url", http_url, "https://api.eulerstream.com",
               "sign server of the signed way in; the direct way needs none",
               +[](config& c) -> core::url& {
                   return c.sign_url;
               }},
    config_key{"tiktok", "poll_interval", duration, "30s",
               "time between lookups while the streamer is offline; at least 10s, except for loopback hosts",
               +[](config& c) -> core::duration& { return c.tiktok.poll_interval; }, from_ms(1, one_day)},
    config_key{"tiktok", "heartbeat_interval", duration, "5s",
               "time between heartbeats on the chat socket, up to 5m",
               +[](config& c) -> core::duration& { return c.tiktok.heartbeat_interval; },
               from_ms(1, 300'000)},
    config_key{"tiktok", "stale_after", duration, "15s",
               "a chat socket that was silent for so long is taken for dead, up to 1h",
               +[](config& c) -> core::duration& { return c.tiktok.stale_after; }, from_ms(1, 3'600'000)},

    config_key{"twitch", "transport", transport, "irc",
               "how lines are said: \"irc\", or \"helix\" (Twitch's API); limits and counts are the same",
               +[](config& c) -> chat_transport& {
                   return c.transport;
               }},
    config_key{"twitch", "irc_url", irc_url, "ircs://irc.chat.twitch.tv:6697",
               "Twitch's chat server; irc:// is plain text and for loopback hosts only",
               +[](config& c) -> core::url& {
                   return c.irc_url;
               }},
    config_key{"twitch", "auth_url", http_url, "https://id.twitch.tv", "Twitch's login service",
               +[](config& c) -> core::url& {
                   return c.auth_url;
               }},
    config_key{"twitch", "helix_url", http_url, "https://api.twitch.tv/helix", "Twitch's API",
               +[](config& c) -> core::url& {
                   return c.helix_url;
               }},
    config_key{"twitch", "client_id", client_id, "", "id of your application in Twitch's developer console",
               +[](config& c) -> std::string& {
                   return c.client_id;
               }},
    config_key{"twitch", "login", login, "", "name of the bot account",
               +[](config& c) -> std::string& {
                   return c.twitch.login;
               }},
    config_key{"twitch", "token", secret, "",
               "access token of the bot account, \"oauth:\" in front or not; better kept in the environment",
               +[](config& c) -> core::secret& {
                   return c.twitch.token;
               }},
    config_key{"twitch", "validate_interval", duration, "3600s",
               "how often Twitch's login service is asked whether the token is still good, 10s to 1h",
               +[](config& c) -> core::duration& { return c.validate_interval; }, from_ms(10'000, 3'600'000)},
    config_key{"twitch", "limit_normal", rate, "18/32s",
               "lines per sliding window, per account; Twitch allows 20 per 30s",
               +[](config& c) -> twitch::rate& { return c.twitch.limit_normal; }, hours(1)},
    config_key{"twitch", "limit_moderator", rate, "90/32s",
               "the same where the bot is moderator or broadcaster; Twitch allows 100 per 30s",
               +[](config& c) -> twitch::rate& { return c.twitch.limit_moderator; }, hours(1)},
    config_key{"twitch", "spacing_normal", duration, "1.25s",
               "time between two lines in one channel, up to 1h; Twitch asks for 1s",
               +[](config& c) -> core::duration& { return c.twitch.spacing_normal; }, hours(1)},
    config_key{"twitch", "spacing_moderator", duration, "150ms",
               "the same where the bot is moderator or broadcaster; warns below 100ms",
               +[](config& c) -> core::duration& { return c.twitch.spacing_moderator; }, hours(1)},
    config_key{"twitch", "vip_is_moderator", boolean, "false",
               "count a VIP bot as moderator for the limits; whether Twitch does is disputed",
               +[](config& c) -> bool& {
                   return c.twitch.vip_is_moderator;
               }},
    config_key{"twitch", "backlog", integer, "500",
               "messages that may wait per channel, 1 to 100000; beyond, the least important goes first and "
               "is counted",
               +[](config& c) -> std::size_t& { return c.twitch.backlog; }, key_bounds{1, 100'000}},
    config_key{
        "twitch", "delete_lines", boolean, "true",
        "delete the line of a message that TikTok's moderators removed, and say the others on it again",
        +[](config& c) -> bool& {
            return c.delete_lines;
        }},
    config_key{"twitch", "allow_custom_host", boolean, "false",
               "send the token to hosts that are neither *.twitch.tv nor loopback",
               +[](config& c) -> bool& {
                   return c.allow_custom_host;
               }},

    config_key{"tls", "ca_file", path, "", "PEM file of certificates to trust besides the system's",
               +[](config& c) -> std::string& {
                   return c.ca_file;
               }},
};

}  // namespace

std::span<const config_key> connection_keys() noexcept {
    return keys;
}

}  // namespace tiktok2twitch::app
