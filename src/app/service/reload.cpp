// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/service/reload.hpp"

#include <algorithm>

namespace tiktok2twitch::app {
namespace {

// The same two ends; what is carried between them may change under way.
bool contains(const std::vector<route_config>& routes, const route_config& route) {
    return std::any_of(routes.begin(), routes.end(), [&route](const route_config& other) {
        return other.tiktok == route.tiktok && other.channel == route.channel;
    });
}

}  // namespace

route_changes compare_routes(const std::vector<route_config>& before,
                             const std::vector<route_config>& after) {
    route_changes changes;
    for (const auto& route : after)
        (contains(before, route) ? changes.kept : changes.added).push_back(route);
    for (const auto& route : before)
        if (!contains(after, route))
            changes.removed.push_back(route);
    return changes;
}

std::vector<std::string> keys_that_need_restart(const config& before, const config& after) {
    std::vector<std::string> keys;
    const auto check = [&keys](const char* key, bool changed) {
        if (changed)
            keys.emplace_back(key);
    };
    check("tiktok.web_url", before.tiktok.web_url.text() != after.tiktok.web_url.text());
    check("tiktok.webcast_url", before.tiktok.webcast_url.text() != after.tiktok.webcast_url.text());
    check("tiktok.ws_url", before.tiktok.ws_url.text() != after.tiktok.ws_url.text());
    check("tiktok.poll_interval", before.tiktok.poll_interval != after.tiktok.poll_interval);
    check("tiktok.heartbeat_interval", before.tiktok.heartbeat_interval != after.tiktok.heartbeat_interval);
    check("tiktok.stale_after", before.tiktok.stale_after != after.tiktok.stale_after);
    check("twitch.login", before.twitch.login != after.twitch.login);
    check("twitch.transport", before.transport != after.transport);
    // Only a relay that began with them listens for them.
    check("commands.enabled", before.transport == chat_transport::helix && !before.twitch.read_back &&
                                  !before.commands.enabled && after.commands.enabled);
    check("relay.read_back", before.twitch.read_back != after.twitch.read_back);
    check("twitch.validate_interval", before.validate_interval != after.validate_interval);
    check("twitch.auth_url", before.auth_url.text() != after.auth_url.text());
    check("twitch.helix_url", before.helix_url.text() != after.helix_url.text());
    check("twitch.irc_url", before.irc_url.text() != after.irc_url.text());
    check("twitch.allow_custom_host", before.allow_custom_host != after.allow_custom_host);
    check("twitch.token", before.twitch.token_is_kept != after.twitch.token_is_kept);
    check("tls.ca_file", before.ca_file != after.ca_file);
    return keys;
}

void use_stored_login(config& settings, const std::vector<std::string>& stored,
                      const running_login& running) {
    auto& login = settings.twitch.login;
    if (login.empty())
        login = running.name;
    if (!settings.twitch.token.empty())
        return;
    if (login.empty() && stored.size() == 1)
        login = stored.front();
    settings.twitch.token_is_kept =
        running.kept || std::find(stored.begin(), stored.end(), login) != stored.end();
}

config merge_reloaded(const config& running, const config& loaded) {
    auto merged = loaded;
    merged.tiktok = running.tiktok;
    merged.twitch.login = running.twitch.login;
    merged.twitch.read_back = running.twitch.read_back;
    // Between a configured token and a stored login; a changed token is used at once.
    if (running.twitch.token_is_kept != loaded.twitch.token_is_kept) {
        merged.twitch.token_is_kept = running.twitch.token_is_kept;
        merged.twitch.token = running.twitch.token;
    }
    merged.validate_interval = running.validate_interval;
    merged.transport = running.transport;
    merged.irc_url = running.irc_url;
    merged.auth_url = running.auth_url;
    merged.helix_url = running.helix_url;
    merged.allow_custom_host = running.allow_custom_host;
    merged.ca_file = running.ca_file;
    return merged;
}

}  // namespace tiktok2twitch::app
