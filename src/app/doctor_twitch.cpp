// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include "app/account_commands.hpp"
#include "app/clock.hpp"
#include "app/doctor_round.hpp"
#include "tiktok2twitch/app/config/keys.hpp"
#include "tiktok2twitch/twitch/client/api_visit.hpp"
#include "tiktok2twitch/twitch/client/auth_api.hpp"
#include "tiktok2twitch/twitch/client/chat_visit.hpp"
#include "tiktok2twitch/twitch/client/token_store.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::app {

namespace asio = net::asio;

namespace {

struct found_token {
    token_facts facts;
    core::secret access;
};

constexpr std::array after_token{hop::twitch_scopes, hop::irc_login, hop::join, hop::role, hop::room_modes};
constexpr std::array in_a_channel{hop::join, hop::role, hop::room_modes};

void skip(doctor_round& round, std::span<const hop> these, const std::string& why) {
    for (const auto what : these)
        round.add(what, {}, skipped(why));
}

// Nothing: why was added.
std::optional<found_token> find_token(doctor_round& round) {
    const auto& twitch = round.settings().twitch;
    found_token out;
    out.facts.wanted_login = twitch.login;
    if (!twitch.token.empty()) {
        out.facts.source =
            "twitch.token (" + round.loaded.settings.origins[*find_key("twitch.token")].where + ")";
        out.access = twitch.token;
        return out;
    }
    const auto stored = twitch::stored_logins(round.loaded.state_dir);
    if (twitch.login.empty() && stored.size() > 1) {
        std::string names;
        for (const auto& name : stored)
            names += (names.empty() ? "" : ", ") + name;
        round.add(hop::twitch_token, {},
                  broken(exit_code::config_error, "more than one login is stored (" + names + ")",
                         "say which one with --set twitch.login=NAME or in the configuration."));
        return std::nullopt;
    }
    if (twitch.login.empty() && !stored.empty())
        out.facts.wanted_login = stored.front();
    const auto& login = out.facts.wanted_login;
    if (login.empty() || std::ranges::find(stored, login) == stored.end()) {
        round.add(hop::twitch_token, {}, of_missing_token(login));
        return std::nullopt;
    }
    const twitch::token_store store(round.loaded.state_dir, login);
    for (const auto& bad : store.obstacles())
        round.add(hop::twitch_token, bad.path, of_login_file(bad.path, bad.error));
    if (!round.report.obstacle({{hop::twitch_token, store.path()}}).empty())
        return std::nullopt;
    const auto grant = store.load();
    if (!grant && grant.error().category() == boost::system::system_category()) {
        round.add(hop::twitch_token, store.path(), of_login_file(store.path(), grant.error()));
        return std::nullopt;
    }
    if (!grant || !*grant) {
        const auto error = grant ? make_error_code(twitch::errc::login_needed) : grant.error();
        round.add(hop::twitch_token, store.path(), failed(exit_code_of(error), {}, error));
        return std::nullopt;
    }
    out.facts.source = store.path();
    out.facts.stored = true;
    out.facts.renewable = (*grant)->renewable();
    out.facts.needs_secret = (*grant)->needs_secret;
    out.facts.expires_at = (*grant)->expires_at;
    out.facts.refreshing = (*grant)->refreshing;
    out.access = (*grant)->access;
    return out;
}

// Validates, and never renews: a refresh token works once, and is the relay's.
net::awaitable<std::optional<twitch::validation>> look_at_token(doctor_round& round, found_token token) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto& settings = round.settings();
    const auto& source = token.facts.source;
    if (round.in_the_way(hop::twitch_token, source, {{hop::connection, place_of(settings.auth_url)}}))
        co_return std::nullopt;
    const auto api = twitch::make_auth_api(settings.auth_url, round.tls, settings.allow_custom_host);
    const auto answer = co_await api->validate(token.access);
    if (co_await is_cancelled())
        co_return std::nullopt;
    round.add(hop::twitch_token, source, of_token(token.facts, answer, wall_now()));
    if (!answer)
        co_return std::nullopt;
    round.add(hop::twitch_scopes, {}, of_scopes(token.facts, answer->scopes, settings.transport));
    co_return *answer;
}

void tell_channels(doctor_round& round, const twitch::chat_look& look) {
    const auto& settings = round.settings();
    for (const auto& channel : look.channels) {
        const auto about = "#" + channel.channel;
        round.add(hop::join, about, of_join(channel, look));
        if (!round.in_the_way(hop::role, about, {{hop::join, about}}))
            round.add(hop::role, about, of_role(channel, settings.twitch, look, settings.commands.enabled));
        if (!round.in_the_way(hop::room_modes, about, {{hop::join, about}}))
            round.add(hop::room_modes, about, of_modes(channel, look));
    }
}

// What the relay asks as well: over IRC nobody says that a channel does not exist. Its trouble is nobody's.
net::awaitable<void> note_what_exists(doctor_round& round, twitch::api_visit_options options,
                                      twitch::chat_look* look) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto need = doctor_report::need{hop::connection, place_of(options.api_url)};
    if (look->channels.empty() || !round.report.obstacle({need}).empty())
        co_return;
    const auto found = co_await twitch::look_up_channels(std::move(options), round.tls);
    if (!found)
        co_return;
    for (auto& channel : look->channels)
        channel.exists =
            std::ranges::find(*found, channel.channel, &twitch::helix_user::login) != found->end();
}

net::awaitable<twitch::chat_look> look_over_irc(doctor_round& round, twitch::api_visit_options api,
                                                std::string login) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto& settings = round.settings();
    twitch::chat_visit_options options;
    options.irc_url = settings.irc_url;
    options.allow_custom_host = settings.allow_custom_host;
    options.account = settings.twitch;
    options.account.login = std::move(login);
    options.account.token = api.token.access;
    options.channels = api.channels;
    auto look = co_await twitch::visit_chat(std::move(options), round.tls);
    const bool silent = std::ranges::any_of(look.channels, [](const twitch::channel_look& channel) {
        return channel.what == twitch::channel_look::answer::none;
    });
    const bool stopped = co_await is_cancelled();
    if (silent && !stopped)
        co_await note_what_exists(round, std::move(api), &look);
    co_return look;
}

net::awaitable<void> look_at_chat(doctor_round& round, found_token token, twitch::validation who) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto& settings = round.settings();
    const bool helix = settings.transport == chat_transport::helix;
    const auto& way = helix ? settings.helix_url : settings.irc_url;
    if (round.in_the_way(hop::irc_login, {}, {{hop::connection, place_of(way)}})) {
        skip(round, in_a_channel, "needs chat login");
        co_return;
    }
    auto channels = each_once(settings.routes, &route_config::channel);
    const auto more = channels.size() - std::min(channels.size(), doctor_round::most_channels);
    channels.resize(channels.size() - more);
    twitch::api_visit_options options;
    options.api_url = settings.helix_url;
    options.allow_custom_host = settings.allow_custom_host;
    options.token.access = std::move(token.access);
    options.token.client_id = std::move(who.client_id);
    options.channels = channels;
    auto visit = helix ? twitch::visit_api(std::move(options), round.tls)
                       : look_over_irc(round, std::move(options), std::move(who.login));
    const auto look = co_await std::move(visit);
    if (co_await is_cancelled())
        co_return;
    const auto found = of_irc_login(look);
    const bool in = found.how == health::ok;
    round.add(hop::irc_login, {}, found);
    if (!in || channels.empty()) {
        skip(round, in_a_channel, in ? "needs routes" : "needs chat login");
        co_return;
    }
    tell_channels(round, look);
    if (more > 0)
        round.add(hop::join, {}, skipped(std::to_string(more) + " more; so many cannot be joined at once"));
}

}  // namespace

net::awaitable<void> look_at_twitch(doctor_round& round) {
    co_await asio::this_coro::throw_if_cancelled(false);
    if (round.dry_run) {
        round.add(hop::twitch_token, {}, skipped("a dry run needs no login"));
        skip(round, after_token, "a dry run needs no login");
        co_return;
    }
    auto token = find_token(round);
    if (!token) {
        skip(round, after_token, "needs Twitch token");
        co_return;
    }
    const auto who = co_await look_at_token(round, *token);
    if (co_await is_cancelled())
        co_return;
    if (!who) {
        skip(round, after_token, "needs a token that is valid now");
        co_return;
    }
    co_await look_at_chat(round, *std::move(token), *who);
}

}  // namespace tiktok2twitch::app
