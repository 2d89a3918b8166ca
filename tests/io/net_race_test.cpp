// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Which of a host's addresses is connected to: the plan, and the race over loopback.
#include <gmock/gmock.h>

#include <boost/asio/read.hpp>

#include "net/connect.hpp"
#include "support/net_fixture.hpp"
#include "tiktok2twitch/net/address_memory.hpp"
#include "tiktok2twitch/net/awaitable.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/net/race_plan.hpp"

namespace tiktok2twitch::net {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using tcp = asio::ip::tcp;
using order = std::vector<std::size_t>;

TEST(order_of_addresses, families_take_turns_and_the_last_winner_goes_first) {
    EXPECT_EQ(order_of_addresses({}, std::nullopt), order());
    EXPECT_EQ(order_of_addresses({false}, std::nullopt), order({0}));
    // 6 6 6 4 4: the system prefers IPv6.
    const std::vector<bool> mixed{true, true, true, false, false};
    EXPECT_EQ(order_of_addresses(mixed, std::nullopt), order({0, 3, 1, 4, 2}));
    EXPECT_EQ(order_of_addresses(mixed, 4), order({4, 0, 3, 1, 2}));
    EXPECT_EQ(order_of_addresses(mixed, 1), order({1, 3, 0, 4, 2}));
    EXPECT_EQ(order_of_addresses(mixed, 9), order({0, 3, 1, 4, 2})) << "it has gone from the answer";
    EXPECT_EQ(order_of_addresses({false, false, false}, 2), order({2, 0, 1}));
}

class race_plan_test : public ::testing::Test {
protected:
    // What is due; a wait moves the clock to its end.
    std::string next() {
        const race_plan::step step = plan.next(now);
        switch (step.act) {
            case race_plan::step::what::start:
                return "start " + std::to_string(step.index);
            case race_plan::step::what::wait: {
                const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(step.until - now);
                now = step.until;
                return "wait " + std::to_string(waited.count());
            }
            case race_plan::step::what::over:
                break;
        }
        return "over";
    }

    core::time_point now{1000s};
    race_plan plan{3};
};

TEST_F(race_plan_test, an_address_that_does_not_answer_costs_a_quarter_of_a_second) {
    EXPECT_EQ(next(), "start 0");
    EXPECT_EQ(next(), "wait 250");
    EXPECT_EQ(next(), "start 1");
    EXPECT_EQ(next(), "wait 250");
    EXPECT_EQ(next(), "start 2");
    EXPECT_EQ(plan.facts(2).silent, 2U);
    EXPECT_EQ(plan.facts(0).silent, 0U) << "those after the winner do not count";
    EXPECT_EQ(next(), "wait 8000");
    EXPECT_EQ(next(), "over");
    EXPECT_EQ(plan.facts(std::nullopt).silent, 3U);
    EXPECT_EQ(plan.facts(std::nullopt).all, 3U);
}

TEST_F(race_plan_test, a_refusal_starts_the_next_one_at_once) {
    EXPECT_EQ(next(), "start 0");
    now += 10ms;
    plan.on_failed(0, now);
    EXPECT_EQ(next(), "start 1");
    plan.on_failed(1, now);
    EXPECT_EQ(next(), "start 2");
    plan.on_failed(2, now);
    EXPECT_EQ(next(), "over");
    EXPECT_EQ(plan.facts(std::nullopt).failed, 3U);
}

TEST_F(race_plan_test, a_refusal_of_an_earlier_one_changes_nothing) {
    EXPECT_EQ(next(), "start 0");
    EXPECT_EQ(next(), "wait 250");
    EXPECT_EQ(next(), "start 1");
    now += 50ms;
    plan.on_failed(0, now);
    EXPECT_EQ(next(), "wait 200");
}

TEST_F(race_plan_test, tcp_that_stands_gives_tls_its_time) {
    EXPECT_EQ(next(), "start 0");
    now += 200ms;
    plan.on_progress(0, now);
    EXPECT_EQ(next(), "wait 250");
    EXPECT_EQ(next(), "start 1");
    now += 100ms;
    plan.on_progress(0, now);
    EXPECT_EQ(next(), "wait 150") << "an older one does not hold the next one up";
    EXPECT_EQ(next(), "start 2");
    now += 5s;
    plan.on_progress(2, now);
    EXPECT_EQ(next(), "wait 8000");
}

TEST(address_words, say_how_many_do_not_answer) {
    EXPECT_EQ(words_of({4, 3, 0}, "a.example", "192.0.2.7"),
              "3 of the 4 addresses of a.example do not answer; 192.0.2.7 does answer");
    EXPECT_EQ(words_of({2, 1, 0}, "a.example", "::1"),
              "1 of the 2 addresses of a.example does not answer; ::1 does answer");
    EXPECT_EQ(words_of({4, 4, 0}, "a.example", ""), "none of the 4 addresses of a.example answers");
    EXPECT_EQ(words_of({1, 1, 0}, "a.example", ""), "the only address of a.example does not answer");
    EXPECT_EQ(words_of({1, 0, 1}, "a.example", ""), "the only address of a.example refuses");
    EXPECT_EQ(words_of({3, 1, 2}, "a.example", ""),
              "1 of the 3 addresses of a.example does not answer, and 2 cannot be reached");
    EXPECT_EQ(words_of({3, 0, 3}, "a.example", ""), "3 of the 3 addresses of a.example cannot be reached");
}

TEST(address_memory, says_the_same_only_now_and_then_and_stays_bounded) {
    address_memory memory;
    core::time_point now{1000s};
    EXPECT_TRUE(memory.is_news("a", {4, 3, 0}, true, now));
    EXPECT_FALSE(memory.is_news("a", {4, 3, 0}, true, now));
    EXPECT_TRUE(memory.is_news("a", {4, 4, 0}, false, now));
    EXPECT_TRUE(memory.is_news("b", {4, 4, 0}, false, now));
    EXPECT_FALSE(memory.is_news("a", {4, 4, 0}, false, now + 10min - 1ms));
    EXPECT_TRUE(memory.is_news("a", {4, 4, 0}, false, now + 10min));
    const auto address = asio::ip::make_address("192.0.2.1");
    EXPECT_FALSE(memory.winner("h0", 443));
    for (int i = 0; i < 1000; ++i)
        memory.won("h" + std::to_string(i), 443, address);
    EXPECT_EQ(memory.winner("h999", 443), address);
    EXPECT_FALSE(memory.winner("h999", 444));
    EXPECT_FALSE(memory.winner("h0", 443));
}

// A host with a certificate of its own, and addresses of which some take connections and say nothing.
class net_race : public test::net_fixture {
public:
    net_race() : test::net_fixture(make_test_identity({"many.example", "few.example"}).value()) {}

    static core::result<addresses> three_dead_and_one(const std::string&) {
        addresses out;
        for (const char* text : {"127.0.0.2", "127.0.0.3", "127.0.0.4", "127.0.0.1"})
            out.push_back(asio::ip::make_address(text));
        return out;
    }
    static core::result<addresses> two_dead(const std::string&) {
        return addresses{asio::ip::make_address("127.0.0.2"), asio::ip::make_address("127.0.0.3")};
    }

    tcp::acceptor swallow(const char* address) {
        return tcp::acceptor(loop(), tcp::endpoint(asio::ip::make_address(address), good_.port()));
    }

    static awaitable<void> serve(listener& at) {
        for (;;) {
            auto stream = co_await at.accept();
            if (!stream)
                co_return;
            if (!co_await handshake(*stream))
                co_await close(*stream);
        }
    }

    listener good_ = listen_tls();
    tcp::acceptor dead_[3] = {swallow("127.0.0.2"), swallow("127.0.0.3"), swallow("127.0.0.4")};
};

TEST_F(net_race, three_addresses_that_swallow_everything_hold_nobody_up_and_once_only) {
    const auto serving = spawn(serve(good_));
    const auto work = [](net_race* self, tls_client tls, core::url to) -> awaitable<void> {
        for (const std::size_t silent : {3U, 0U}) {
            address_facts facts;
            auto stream = co_await open_stream(to, tls, &facts, three_dead_and_one);
            EXPECT_TRUE(stream.has_value());
            if (!stream)
                break;
            EXPECT_EQ(facts.all, 4U);
            EXPECT_EQ(facts.silent, silent);
            EXPECT_EQ(stream->socket().remote_endpoint().address().to_string(), "127.0.0.1");
            co_await stream->async_shutdown(use_nothrow_awaitable);
        }
        // The losers have hung up.
        auto [error, loser] = co_await self->dead_[0].async_accept(use_nothrow_awaitable);
        std::string rest(100'000, ' ');
        const auto buffer = asio::buffer(rest);
        const auto [end, count] = co_await asio::async_read(loser, buffer, use_nothrow_awaitable);
        EXPECT_EQ(end, asio::error::eof);
        self->good_.close();
    };
    run(work(this, client_tls_, url("https", good_, "/", "many.example")));
}

TEST_F(net_race, when_nobody_answers_it_is_known_how_many_do_not) {
    address_facts facts;
    auto opening = open_stream(url("https", good_, "/", "few.example"), client_tls_, &facts, two_dead);
    auto work = timed(std::move(opening), 600ms, errc::connect_timeout);
    EXPECT_EQ(run(std::move(work)).error(), errc::connect_timeout);
    EXPECT_EQ(facts.all, 2U);
    EXPECT_EQ(facts.silent, 2U);
}

TEST_F(net_race, a_certificate_that_is_refused_is_the_answer_when_no_address_has_a_better_one) {
    const auto serving = spawn(serve(good_));
    const auto only = [](const std::string&) -> core::result<addresses> {
        return addresses{asio::ip::make_address("127.0.0.1")};
    };
    const auto work = [](net_race* self, tls_client tls, core::url to,
                         lookup_function lookup) -> awaitable<core::error_code> {
        auto stream = co_await open_stream(to, tls, nullptr, lookup);
        self->good_.close();
        co_return stream ? core::error_code() : stream.error();
    };
    EXPECT_EQ(run(work(this, client_tls_, url("https", good_, "/", "other.example"), only)),
              errc::certificate_refused);
}

}  // namespace
}  // namespace tiktok2twitch::net
