// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/config_keys.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "core/nearest.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr key_bounds hours(std::int64_t count) {
    return {.min = 0, .max = count * 3'600'000};
}
constexpr key_bounds from_ms(std::int64_t min, std::int64_t max) {
    return {.min = min, .max = max};
}
constexpr std::int64_t one_day = 86'400'000;

using enum key_type;

// The help texts and defaults are what config.example.toml says; a test compares them.
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
    config_key{"tiktok", "heartbeat_interval", duration, "10s",
               "time between heartbeats on the chat socket, up to 5m",
               +[](config& c) -> core::duration& { return c.tiktok.heartbeat_interval; },
               from_ms(1, 300'000)},
    config_key{"tiktok", "stale_after", duration, "60s",
               "a chat socket that was silent for so long is taken for dead, up to 1h",
               +[](config& c) -> core::duration& { return c.tiktok.stale_after; }, from_ms(1, 3'600'000)},

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
               "messages that may wait per channel, 1 to 100000; beyond, the oldest is dropped and counted",
               +[](config& c) -> std::size_t& { return c.twitch.backlog; }, key_bounds{1, 100'000}},
    config_key{"twitch", "allow_custom_host", boolean, "false",
               "send the token to hosts that are neither *.twitch.tv nor loopback",
               +[](config& c) -> bool& {
                   return c.allow_custom_host;
               }},

    config_key{"tls", "ca_file", path, "", "PEM file of certificates to trust besides the system's",
               +[](config& c) -> std::string& {
                   return c.ca_file;
               }},

    config_key{"relay", "template", line_template, "[TikTok] {name}: {text}",
               "what a line says: {name} {unique_id} {text} {badges} {room}",
               +[](config& c) -> std::string& {
                   return c.line_template;
               }},
    config_key{"relay", "pack", boolean, "true", "say several waiting messages in one line",
               +[](config& c) -> bool& {
                   return c.twitch.pack;
               }},
    config_key{"relay", "max_age", duration, "60s",
               "a message that waited longer is dropped and counted, up to 24h",
               +[](config& c) -> core::duration& { return c.twitch.max_age; }, from_ms(1, one_day)},
};

std::string upper(std::string_view text) {
    std::string out(text);
    std::ranges::transform(
        out, out.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

}  // namespace

std::string config_key::dotted() const {
    return std::string(section) + "." + std::string(name);
}

std::string config_key::variable() const {
    return "TIKTOK2TWITCH_" + upper(section) + "_" + upper(name);
}

std::span<const config_key> config_keys() noexcept {
    return keys;
}

std::optional<std::size_t> find_key(std::string_view section, std::string_view name) noexcept {
    const auto found = std::ranges::find_if(
        keys, [&](const config_key& key) { return key.section == section && key.name == name; });
    if (found == keys.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - keys.begin());
}

std::optional<std::size_t> find_key(std::string_view dotted) noexcept {
    const std::size_t dot = dotted.find('.');
    if (dot == std::string_view::npos) {
        return std::nullopt;
    }
    return find_key(dotted.substr(0, dot), dotted.substr(dot + 1));
}

std::string nearest_key(std::string_view section, std::string_view name) {
    const config_key* best = nullptr;
    std::size_t best_distance = std::numeric_limits<std::size_t>::max();
    for (const config_key& key : keys) {
        // One typing error more is forgiven inside the section the operator was in.
        const std::size_t distance =
            core::edit_distance(name, key.name) * 2 + (key.section == section ? 0 : 2);
        if (distance < best_distance) {
            best = &key;
            best_distance = distance;
        }
    }
    return best->dotted();
}

}  // namespace tiktok2twitch::app
