// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/doctor/network.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include <boost/asio/error.hpp>

#include "tiktok2twitch/app/cli/account_tools.hpp"
#include "tiktok2twitch/core/parse.hpp"
#include "tiktok2twitch/core/words.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/net/http.hpp"
#include "tiktok2twitch/net/reach.hpp"
#include "tiktok2twitch/twitch/token_host.hpp"

namespace tiktok2twitch::app {
namespace asio = net::asio;

namespace {

using boost::asio::error::basic_errors;

// 172.16.0.0/12 and 100.64.0.0/10 have a range in their second part.
bool second_part_between(std::string_view address, std::string_view first, int from, int to) {
    if (!address.starts_with(first))
        return false;
    const int second = std::atoi(std::string(address.substr(first.size())).c_str());
    return second >= from && second <= to;
}

bool means_nowhere(std::string_view address) {
    return address == "0.0.0.0" || address == "::";
}

// Not an address that a host on the internet can have (RFC 6890).
bool is_local_address(std::string_view address) {
    constexpr std::array<std::string_view, 9> prefixes{"0.",    "10.", "127.", "169.254.", "192.168.",
                                                       "fe80:", "fc",  "fd",   "::1"};
    return means_nowhere(address) || second_part_between(address, "172.", 16, 31) ||
           second_part_between(address, "100.", 64, 127) ||
           std::ranges::any_of(prefixes,
                               [&](std::string_view prefix) { return address.starts_with(prefix); });
}

// Whose addresses are surely not on the local network; whoever configures a stand-in knows what it is.
bool is_public(const core::url& at) {
    return at.host.ends_with("tiktok.com") || twitch::token_may_go_to(at, false);
}

// Networks that let nothing but the web through do let this through.
std::string other_port(const endpoint& where) {
    if (where.key != "twitch.irc_url" || where.at.port == 443 || !where.at.host.ends_with(".twitch.tv"))
        return {};
    return ", or use the port of the web: --set twitch.irc_url=ircs://" + where.at.host + ":443";
}

finding firewalled(const endpoint& where, std::string seen, const core::error_code& error) {
    return broken(exit_code::unavailable, std::move(seen),
                  "let outgoing TCP connections to port " + std::to_string(where.at.port) +
                      " through the firewall" + other_port(where) + ".",
                  core::identifier(error));
}

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
        if (!round.report.obstacle({{hop::connection, place_of(at)}}).empty() || net::now() > round.until)
            continue;
        const auto there = co_await ask_the_time(round, at);
        if (co_await is_cancelled())
            co_return;
        if (there)
            co_return round.add(hop::clock, {}, of_clock(net::wall_now(), *there, at.host));
    }
    round.add(hop::clock, {}, skipped("no server has told the time"));
}

}  // namespace

std::string place_of(const core::url& at) {
    return at.host + ":" + std::to_string(at.port);
}

finding weighed(const endpoint& where, finding found) {
    if (found.how != health::broken || where.without.empty())
        return found;
    found.seen.erase(found.seen.find_last_not_of(" .") + 1);
    return warning(found.seen + "; a relay starts, but " + std::string(where.without), std::move(found.fix),
                   std::move(found.reason));
}

finding of_dns(const endpoint& where, const core::result<std::vector<std::string>>& addresses) {
    const auto& host = where.at.host;
    if (core::is_loopback_host(host))
        return fine("this machine");
    if (!addresses && addresses.error() == net::errc::name_not_found)
        return broken(
            exit_code::unavailable, "the name has no address",
            "check that this machine is online, its DNS server (/etc/resolv.conf), and the spelling "
            "of " +
                std::string(where.key) + ".",
            core::identifier(addresses.error()));
    if (!addresses)
        return broken(exit_code::unavailable, "the DNS server did not answer",
                      "check that this machine is online, and its DNS server (/etc/resolv.conf).",
                      core::identifier(addresses.error()));
    const auto& list = *addresses;
    if (is_public(where.at) && std::ranges::all_of(list, is_local_address)) {
        const std::string fix =
            "a DNS filter, a login page of the network or /etc/hosts answers for it; allow " + host +
            " there.";
        const auto& first = list.front();
        return means_nowhere(first) ? broken(exit_code::unavailable,
                                             "the name is blocked (its address here is " + first + ")", fix)
                                    : warning(first + " is no address of the internet", fix);
    }
    return fine(list.front() + (list.size() == 1 ? "" : " and " + std::to_string(list.size() - 1) + " more"));
}

finding of_connection(const endpoint& where, const core::error_code& error,
                      const net::address_facts& addresses) {
    const std::string good = where.at.encrypted() ? "TLS with a certificate that is accepted" : "without TLS";
    if (!error && addresses.silent > 0)
        return warning(std::to_string(addresses.silent) + " of " + std::to_string(addresses.all) +
                           " addresses do" + (addresses.silent == 1 ? "es" : "") +
                           " not answer; another one does: " + good,
                       "nothing to do: the relay goes to the one that answers; a network without IPv6, or a "
                       "firewall, is the usual cause.",
                       core::identifier(net::errc::connect_timeout));
    if (!error)
        return fine(good);
    if (error == net::errc::certificate_refused)
        return broken(
            exit_code::unavailable,
            "what answers has no certificate for " + where.at.host + " that is trusted here",
            "check the clock; log in to the network if it has a login page (captive portal); behind a "
            "proxy that inspects TLS, name its CA in tls.ca_file.",
            core::identifier(error));
    if (error == basic_errors::connection_refused)
        return firewalled(where,
                          "nothing listens at " + place_of(where.at) + ", or a firewall refuses (" +
                              std::string(where.key) + ")",
                          error);
    if (error == net::errc::connect_timeout)
        return firewalled(where,
                          addresses.all > 1 && addresses.silent > 0
                              ? "no answer in time from " + std::to_string(addresses.silent) + " of " +
                                    std::to_string(addresses.all) + " addresses"
                              : "no answer in time",
                          error);
    if (error == basic_errors::connection_reset || error == net::errc::closed_by_peer ||
        error == basic_errors::broken_pipe)
        return firewalled(where, "somebody cuts the connection while it is made", error);
    if (error == basic_errors::network_unreachable || error == basic_errors::host_unreachable ||
        error == basic_errors::network_down)
        return broken(exit_code::unavailable, "there is no way to it", "check that this machine is online.",
                      core::identifier(error));
    if (error == net::errc::plain_text_refused)
        return failed(exit_code::config_error, std::string(where.key), error);
    auto out = failed(exit_code::unavailable, {}, error);
    if (out.fix.empty())
        out.fix = "check the network connection and " + std::string(where.key) + ".";
    return out;
}

finding of_clock(core::unix_ms here, core::unix_ms there, const std::string& host) {
    const std::chrono::milliseconds off(std::abs(here - there));
    if (off <= clock_tolerance)
        return fine("agrees with that of " + host);
    return warning("this machine's clock is " + core::span_text(off) +
                       (here < there ? " behind" : " ahead of") + " that of " + host +
                       ": certificates and logins will seem invalid",
                   "sudo timedatectl set-ntp true");
}

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
