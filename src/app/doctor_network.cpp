// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "app/account_commands.hpp"
#include "app/clock.hpp"
#include "app/doctor_round.hpp"
#include "core/http_date.hpp"
#include "tiktok2twitch/net/http.hpp"
#include "tiktok2twitch/net/reach.hpp"

namespace tiktok2twitch::app {

namespace asio = net::asio;

namespace {

constexpr core::duration dns_limit = std::chrono::seconds(5);
constexpr core::duration connect_limit = std::chrono::seconds(10);

std::vector<endpoint> endpoints_of(const doctor_round& round) {
    const auto& settings = round.settings();
    std::vector<endpoint> out{{"tiktok.web_url", settings.tiktok.web_url},
                              {"tiktok.webcast_url", settings.tiktok.webcast_url},
                              {"tiktok.ws_url", settings.tiktok.ws_url}};
    if (round.dry_run)
        return out;
    const endpoint irc{"twitch.irc_url", settings.irc_url};
    const endpoint api{"twitch.helix_url", settings.helix_url};
    out.push_back({"twitch.auth_url", settings.auth_url});
    if (settings.transport == chat_transport::irc) {
        out.push_back(irc);
        out.push_back(api);
        out.back().without = "does not learn whether its channels exist";
        return out;
    }
    out.push_back(api);
    if (settings.commands.enabled || settings.twitch.read_back) {
        out.push_back(irc);
        out.back().without = settings.commands.enabled
                                 ? "cannot read the chat: moderators' commands do nothing"
                                 : "cannot see whether its lines appear in the chat";
    }
    return out;
}

net::awaitable<void> look_at_endpoint(doctor_round& round, const endpoint& where, bool known_host) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto& host = where.at.host;
    const auto place = place_of(where.at);
    if (!known_host && !round.in_the_way(hop::dns, host, {})) {
        const auto found = co_await net::look_up(where.at, dns_limit);
        if (co_await is_cancelled())
            co_return;
        round.add(hop::dns, host, weighed(where, of_dns(where, found)));
    }
    const auto trust = where.at.encrypted() ? hop::trust_store : hop::configuration;
    if (round.in_the_way(hop::connection, place, {{trust}, {hop::dns, host}}))
        co_return;
    const auto reached = co_await net::try_to_connect(where.at, round.tls, connect_limit);
    if (co_await is_cancelled())
        co_return;
    round.add(hop::connection, place, weighed(where, of_connection(where, reached.error, reached.addresses)));
}

// What an HTTP server says the time is. Requests without a token or a cookie: any answer will do.
net::awaitable<std::optional<core::unix_ms>> ask_the_time(doctor_round& round, core::url at) {
    co_await asio::this_coro::throw_if_cancelled(false);
    net::http_request request;
    request.to = std::move(at);
    request.headers.push_back({"User-Agent", "tiktok2twitch"});
    const auto answer = co_await net::http_fetch(std::move(request), round.tls);
    if (!answer)
        co_return std::nullopt;
    co_return core::parse_http_date(answer->find("Date"));
}

net::awaitable<void> look_at_clock(doctor_round& round) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto login = round.settings().auth_url;
    login.target += "/oauth2/validate";
    auto site = round.settings().tiktok.web_url;
    site.target = "/robots.txt";
    std::vector<core::url> places;
    if (!round.dry_run)
        places.push_back(std::move(login));
    places.push_back(std::move(site));
    for (const auto& at : places) {
        if (!round.report.obstacle({{hop::connection, place_of(at)}}).empty() || steady_now() > round.until)
            continue;
        const auto there = co_await ask_the_time(round, at);
        if (co_await is_cancelled())
            co_return;
        if (there)
            co_return round.add(hop::clock, {}, of_clock(wall_now(), *there, at.host));
    }
    round.add(hop::clock, {}, skipped("no server has told the time"));
}

}  // namespace

net::awaitable<void> look_at_network(doctor_round& round) {
    co_await asio::this_coro::throw_if_cancelled(false);
    std::set<std::string> hosts;
    std::set<std::string> places;
    for (const auto& where : endpoints_of(round)) {
        if (!places.insert(place_of(where.at)).second)
            continue;
        const bool known = !hosts.insert(where.at.host).second;
        co_await look_at_endpoint(round, where, known);
        if (co_await is_cancelled())
            co_return;
    }
    co_await look_at_clock(round);
}

}  // namespace tiktok2twitch::app
