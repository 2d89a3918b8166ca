// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/doctor/tiktok.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <random>
#include <utility>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>

#include "tiktok2twitch/app/cli/account_tools.hpp"
#include "tiktok2twitch/app/doctor/network.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/tiktok/client/room_client.hpp"
#include "tiktok2twitch/tiktok/error.hpp"

namespace tiktok2twitch::app {
namespace asio = net::asio;
using asio::experimental::awaitable_operators::operator||;

namespace {

finding of_status(const tiktok::room_status& room) {
    switch (room.status) {
        case tiktok::live_status::live:
            return fine("live now");
        case tiktok::live_status::paused:
            return fine("live, and paused");
        case tiktok::live_status::offline:
            break;
    }
    return fine("not live now; the relay starts by itself when it is");
}

// "; /live: check page for browsers, /: HTTP 500"
std::string shut_doors(const std::vector<tiktok::door_report>& doors) {
    std::string text;
    for (const auto& door : doors) {
        if (door.answer == tiktok::door_answer::cookie)
            continue;
        text += text.empty() ? "; " : ", ";
        text += door.door == tiktok::cookie_door::registration ? name_of(door.door) : path_of(door.door);
        text += ": " + words_of(door);
    }
    return text;
}

constexpr core::duration cookie_limit = std::chrono::seconds(30);
// From the first byte to a message: TikTok greets with its short history.
constexpr core::duration socket_limit = std::chrono::seconds(20);

// Waits for the first message, and throws away what comes.
class first_word final : public tiktok::room_sink {
public:
    explicit first_word(asio::any_io_executor executor) : timer_(std::move(executor)) {}

    void on_connected(core::time_point) override { opened_ = true; }
    void on_batch(tiktok::decoded_batch, core::time_point) override {
        spoke_ = true;
        timer_.cancel();
    }

    net::awaitable<void> wait() {
        co_await asio::this_coro::throw_if_cancelled(false);
        const auto until = net::now() + socket_limit;
        while (!spoke_ && net::now() < until) {
            if (co_await is_cancelled())
                co_return;
            timer_.expires_at(net::deadline_of(until));
            co_await timer_.async_wait(net::use_nothrow_awaitable);
        }
    }

    bool opened() const noexcept { return opened_; }
    bool spoke() const noexcept { return spoke_; }

private:
    asio::steady_timer timer_;
    bool opened_ = false;
    bool spoke_ = false;
};

net::awaitable<socket_facts> try_socket(tiktok::way_in& way, std::int64_t room_id, bool fresh_identity) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto executor = co_await asio::this_coro::executor;
    first_word word(executor);
    auto both = way.connect(room_id, fresh_identity, word) || word.wait();
    const auto outcome = co_await std::move(both);
    socket_facts out;
    out.opened = word.opened();
    out.spoke = word.spoke();
    if (const auto* end = std::get_if<tiktok::connection_end>(&outcome)) {
        out.ended = end->reason;
        out.detail = end->detail;
    } else if (!out.opened) {
        out.ended = net::errc::connect_timeout;
    }
    co_return out;
}

// Nothing: they did not end in time.
net::awaitable<std::vector<tiktok::door_report>> try_doors(tiktok::way_in& way) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto both = way.try_doors() || pause_for(cookie_limit);
    auto outcome = co_await std::move(both);
    if (auto* reports = std::get_if<std::vector<tiktok::door_report>>(&outcome))
        co_return std::move(*reports);
    co_return std::vector<tiktok::door_report>();
}

class room_round {
public:
    // `first_user`: whose live page is one of the doors to the cookie.
    room_round(doctor_round& round, std::string first_user)
        : round_(round),
          way_(tiktok::make_direct_way(round.settings().tiktok, round.tls, std::random_device{}(),
                                       std::move(first_user))),
          web_(place_of(round.settings().tiktok.web_url)),
          ws_(place_of(round.settings().tiktok.ws_url)) {}

    net::awaitable<void> look_at_cookie() {
        co_await asio::this_coro::throw_if_cancelled(false);
        if (round_.in_the_way(hop::tiktok_cookie, {}, {{hop::connection, web_}}))
            co_return;
        const auto doors = co_await try_doors(*way_);
        if (!co_await is_cancelled())
            round_.add(hop::tiktok_cookie, {}, of_doors(doors));
    }

    net::awaitable<void> look_at(std::string user) {
        co_await asio::this_coro::throw_if_cancelled(false);
        const auto about = "@" + user;
        const auto room = co_await look_up(user, about);
        if (co_await is_cancelled())
            co_return;
        if (round_.in_the_way(hop::tiktok_socket, about,
                              {{hop::tiktok_lookup, about}, {hop::connection, ws_}, {hop::tiktok_cookie}}))
            co_return;
        if (!room || room->status == tiktok::live_status::offline)
            co_return round_.add(hop::tiktok_socket, about, skipped("there is one only during a live"));
        auto facts = co_await try_socket(*way_, room->room_id, false);
        // What a relay does as well.
        const bool stopped = co_await is_cancelled();
        if (!facts.opened && facts.ended == tiktok::errc::device_blocked && !stopped) {
            const auto first = facts.ended;
            facts = co_await try_socket(*way_, room->room_id, true);
            facts.first = first;
        }
        if (!co_await is_cancelled())
            round_.add(hop::tiktok_socket, about, of_socket(facts));
    }

private:
    net::awaitable<std::optional<tiktok::room_status>> look_up(std::string user, std::string about) {
        co_await asio::this_coro::throw_if_cancelled(false);
        if (round_.in_the_way(hop::tiktok_lookup, about, {{hop::connection, web_}}))
            co_return std::nullopt;
        const auto api = co_await way_->lookup_api(user);
        std::optional<core::result<tiktok::room_status>> page;
        const bool stopped = co_await is_cancelled();
        if (!api && !stopped)
            page = co_await way_->lookup_page(user);
        if (co_await is_cancelled())
            co_return std::nullopt;
        round_.add(hop::tiktok_lookup, about, of_lookup(api, page));
        if (api)
            co_return *api;
        if (page && *page)
            co_return **page;
        co_return std::nullopt;
    }

    doctor_round& round_;
    std::unique_ptr<tiktok::way_in> way_;
    std::string web_;
    std::string ws_;
};

}  // namespace

finding of_lookup(const core::result<tiktok::room_status>& api,
                  const std::optional<core::result<tiktok::room_status>>& page) {
    if (api)
        return of_status(*api);
    if (page && *page) {
        auto out = of_status(**page);
        return warning(
            out.seen + ", says the live page; the other way does not work: " + api.error().message(),
            "nothing to do while one of the two ways works.", core::identifier(api.error()));
    }
    const bool missing = api.error() == tiktok::errc::no_such_user;
    auto out = failed(missing ? exit_code::config_error : exit_code::unavailable, {}, api.error());
    if (page && page->error() != api.error())
        out.seen += "; the live page: " + page->error().message();
    return out;
}

finding of_doors(const std::vector<tiktok::door_report>& doors) {
    using tiktok::door_answer;
    const auto open = std::ranges::find(doors, door_answer::cookie, &tiktok::door_report::answer);
    if (open == doors.end()) {
        // The same word from every door is about the way to the host, and has its own advice.
        const bool unreachable = !doors.empty() && std::ranges::all_of(doors, [&](const auto& door) {
            return door.answer == door_answer::no_answer && door.error == doors.front().error;
        });
        if (unreachable)
            return failed(exit_code::unavailable, {}, doors.front().error);
        return broken(exit_code::unavailable,
                      "no door hands the visitor cookie (ttwid) out" + shut_doors(doors),
                      "wait some minutes; if it stays, try from another internet address.",
                      core::identifier(tiktok::errc::ttwid_missing));
    }
    if (open->door == tiktok::cookie_door::registration)
        return fine("TikTok hands the visitor cookie (ttwid) out by register" + shut_doors(doors));
    return warning("TikTok hands the visitor cookie (ttwid) out by " + std::string(path_of(open->door)) +
                       " only" + shut_doors(doors),
                   "nothing to do while one of the doors is open.",
                   core::identifier(tiktok::errc::ttwid_missing));
}

finding of_socket(const socket_facts& facts) {
    if (facts.opened && facts.ended == tiktok::errc::live_ended)
        return fine("opened; the live has just ended");
    if (facts.opened && !facts.spoke)
        return warning("opened, but nothing has come so far",
                       "nothing to do: the relay takes another identity when a connection stays silent.",
                       core::identifier(tiktok::errc::never_spoke));
    if (facts.opened && facts.first)
        return warning("opened with the second identity; the first one was refused: " + facts.first.message(),
                       "nothing to do: the relay does the same.", core::identifier(facts.first));
    if (facts.opened)
        return fine("opened, and messages come");
    auto out = failed(exit_code::unavailable, {}, facts.ended);
    if (!facts.detail.empty())
        out.seen += " [" + facts.detail + "]";
    return out;
}

net::awaitable<void> look_at_rooms(doctor_round& round) {
    co_await asio::this_coro::throw_if_cancelled(false);
    auto users = each_once(round.settings().routes, &route_config::tiktok);
    room_round rooms(round, users.empty() ? std::string() : users.front());
    co_await rooms.look_at_cookie();
    if (users.empty()) {
        for (const auto what : {hop::tiktok_lookup, hop::tiktok_socket})
            round.in_the_way(what, {}, {{hop::routes}});
        co_return;
    }
    const auto more = users.size() - std::min(users.size(), doctor_round::most_rooms);
    users.resize(users.size() - more);
    for (const auto& user : users) {
        if (co_await is_cancelled())
            co_return;
        co_await rooms.look_at(user);
    }
    if (more > 0)
        round.add(hop::tiktok_lookup, {},
                  skipped(std::to_string(more) + " more; the first " + std::to_string(users.size()) +
                          " are enough to know the way"));
}

}  // namespace tiktok2twitch::app
