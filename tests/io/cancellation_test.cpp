// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// A cancellation is heard by what is under way when it comes, and by nobody who begins later. Between two
// steps of a coroutine nothing is under way, so clients are cancelled after each of their steps.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/helix_fixture.hpp"
#include "tiktok2twitch/app/doctor/chat_visit.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/clock.hpp"
#include "tiktok2twitch/tiktok/client/room_client.hpp"
#include "tiktok2twitch/twitch/client/channel_checker.hpp"
#include "tiktok2twitch/twitch/client/helix_client.hpp"
#include "tiktok2twitch/twitch/client/irc_client.hpp"
#include "tiktok2twitch/twitch/client/line_deleter.hpp"
#include "tiktok2twitch/twitch/client/read_back_client.hpp"

namespace tiktok2twitch::test {
namespace {

using namespace std::chrono_literals;
using net::awaitable;

core::time_point now() {
    return net::now();
}

// Every start is a login, and says a line.
sim::world_settings without_limits() {
    sim::world_settings out;
    out.limits.enforced = false;
    out.limits.logins = out.limits.joins = 10'000;
    return out;
}

struct deaf_account final : twitch::account_listener {
    void on_chat(const twitch::chat_message&) override {}
    void on_delivery(const twitch::delivery&) override {}
    void on_cleared(const twitch::cleared_line&) override {}
    void before_line(const twitch::write_line&) override {}
    void on_settled(const relay::settlement&) override {}
    void on_notice(const twitch::notice&) override {}
};

struct deaf_room final : tiktok::room_listener {
    void on_event(relay::event) override {}
    void on_unread(const tiktok::unread_counts&) override {}
    void on_ignored(std::int64_t, core::unix_ms, tiktok::ignore_reason) override {}
    void on_deletion(tiktok::deletion) override {}
    void on_alive(std::int64_t, core::unix_ms) override {}
    void on_state(const tiktok::room_report& report) override {
        connected += report.state == tiktok::room_state::connected ? 1 : 0;
    }
    std::size_t connected = 0;
};

class cancellation_test : public helix_fixture {
public:
    cancellation_test() : helix_fixture(without_limits()) {}

    static twitch::options account_options() {
        twitch::options out;
        out.login = "bot";
        out.token = core::secret("sesame");
        return out;
    }
    // With a line to say.
    void make_account() {
        account.emplace(account_options(), std::vector<core::time_point>(), false, now(), 1);
        account->add_route(1, "chan", now());
        relay::line_part part;
        part.ticket = 1;
        part.route = 1;
        part.body = "hi " + std::to_string(++accounts);
        part.received_at = now();
        account->push(std::move(part), now());
    }

    std::size_t joins(const std::string& channel) {
        return world.call([&] {
            const auto& lines = world.twitch().lines();
            return static_cast<std::size_t>(std::ranges::count_if(
                lines, [end = "JOIN #" + channel](const std::string& line) { return line.ends_with(end); }));
        });
    }

    std::optional<twitch::account> account;
    int accounts = 0;  // Twitch takes the same line but once in half a minute
    twitch::send_log log = twitch::send_log::in_memory();
    deaf_account deaf;
};

TEST_F(cancellation_test, irc_client) {
    std::unique_ptr<twitch::irc_client> client;
    const auto start = [&] {
        make_account();
        twitch::irc_client_options how;
        how.irc_url = url(world.ircs_url());
        client = std::make_unique<twitch::irc_client>(executor(), how, tls, *account, log, deaf);
        return client->run();
    };
    cancel_after_each_step(start, [this] { return delivered().size(); });
}

TEST_F(cancellation_test, helix_client) {
    std::unique_ptr<twitch::helix_client> client;
    const auto start = [&] {
        make_account();
        twitch::helix_client_options how;
        how.api_url = api_url();
        client = std::make_unique<twitch::helix_client>(executor(), how, tls, tokens, *account, log, deaf);
        return client->run();
    };
    cancel_after_each_step(start, [this] { return delivered().size(); });
}

TEST_F(cancellation_test, read_back_client) {
    std::unique_ptr<twitch::read_back_client> client;
    const auto start = [&] {
        client = std::make_unique<twitch::read_back_client>(executor(), url(world.ircs_url()), tls, "bot", 1,
                                                            twitch::read_back_handlers());
        client->add_channel("chan");
        return client->run();
    };
    cancel_after_each_step(start, [this] { return joins("chan"); });
}

TEST_F(cancellation_test, line_deleter) {
    world.call([this] { world.twitch().rules().set_role("bot", "chan", sim::role::moderator); });
    const auto line =
        world.call([this] { return world.twitch().rules().say("bot", "chan", "hi", now()).id; });
    std::unique_ptr<twitch::line_deleter> deleter;
    const auto start = [&] {
        twitch::line_deleter_options how;
        how.api_url = api_url();
        deleter = std::make_unique<twitch::line_deleter>(executor(), how, tls, tokens, nullptr, nullptr);
        deleter->push("chan", line);
        return deleter->run();
    };
    cancel_after_each_step(start, [this] { return requests(sim::helix_endpoint::deletion); });
}

TEST_F(cancellation_test, channel_checker) {
    std::unique_ptr<twitch::channel_checker> checker;
    std::size_t told = 0;
    const auto start = [&] {
        twitch::channel_checker_options how;
        how.api_url = api_url();
        checker = std::make_unique<twitch::channel_checker>(
            executor(), how, tls, tokens,
            [&told](const std::string&, const twitch::channel_finding&) { ++told; });
        checker->add_channel("chan");
        return checker->run();
    };
    cancel_after_each_step(start, [&] { return told; });
}

// Like Beast between two reads: it does not ask whether it was cancelled before it waits again.
awaitable<core::result<int>> deaf_between_two_waits() {
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await io_fixture::sleep(1h);
    co_await io_fixture::sleep(1h);
    co_return core::error_code(asio::error::operation_aborted);
}

awaitable<core::error_code> error_of(awaitable<core::result<int>> work) {
    const auto got = co_await std::move(work);
    co_return got ? core::error_code() : got.error();
}

TEST_F(cancellation_test, bounded_says_it_again_to_those_who_did_not_hear_it) {
    EXPECT_EQ(run(error_of(net::bounded(deaf_between_two_waits(), 10ms, net::errc::request_timeout))),
              net::errc::request_timeout);
    core::error_code result;
    const auto patient = [](core::error_code* out) -> awaitable<void> {
        auto work = net::timed(deaf_between_two_waits(), 1h, net::errc::request_timeout);
        const auto got = co_await std::move(work);
        *out = got.error();
    };
    auto running = spawn(patient(&result));
    loop().poll();
    running->cancel();
    EXPECT_TRUE(ends(*running));
    EXPECT_EQ(result, asio::error::operation_aborted);
}

// The answer was there; only the farewell took too long.
awaitable<core::result<int>> late_farewell() {
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await io_fixture::sleep(1h);
    co_return 1;
}

TEST_F(cancellation_test, what_succeeded_all_the_same_is_not_thrown_away) {
    auto work = net::bounded(late_farewell(), 10ms, net::errc::request_timeout);
    const auto got = run(std::move(work));
    ASSERT_TRUE(got);
    EXPECT_EQ(*got, 1);
}

awaitable<core::error_code> error_of(awaitable<twitch::chat_look> visit) {
    co_await asio::this_coro::throw_if_cancelled(false);
    const auto look = co_await std::move(visit);
    co_return look.error;
}

// A channel that does not exist is waited for, so it does not end by itself.
TEST_F(cancellation_test, chat_visit) {
    const auto start = [&] {
        twitch::chat_visit_options how;
        how.irc_url = url(world.ircs_url());
        how.account = account_options();
        how.account.join_timeout = 1h;
        how.channels = {"nowhere"};
        return error_of(twitch::visit_chat(std::move(how), tls));
    };
    cancel_after_each_step(start, [this] { return joins("nowhere"); });
}

TEST_F(cancellation_test, room_client) {
    world.call([this] { world.tiktok().add_room("ana"); });
    tiktok::options settings;
    settings.web_url = settings.webcast_url = url(world.https_url());
    settings.ws_url = url(world.wss_url());
    std::unique_ptr<tiktok::way_in> way;
    tiktok::message_memory memory;
    deaf_room listener;
    const auto start = [&] {
        way = tiktok::make_direct_way(settings, tls, 1, "ana");
        tiktok::room_client_options how;
        how.unique_id = "ana";
        return tiktok::run_room(how, settings, *way, memory, listener);
    };
    cancel_after_each_step(start, [&] { return listener.connected; });
}

}  // namespace
}  // namespace tiktok2twitch::test
