// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/client/channel_checker.hpp"

#include <gmock/gmock.h>

#include <functional>

#include "support/helix_fixture.hpp"

namespace tiktok2twitch::twitch {
namespace {

using namespace std::chrono_literals;
using sim::helix_endpoint;
using testing::ElementsAre;
using testing::IsEmpty;

class channel_checker_test : public test::helix_fixture {
public:
    std::vector<std::string> seen;
    core::error_code result;
    std::unique_ptr<channel_checker> checker;

    void make(core::url to, core::duration timeout = 5s) {
        channel_checker_options how;
        how.api_url = std::move(to);
        how.request_timeout = timeout;
        checker = std::make_unique<channel_checker>(
            executor(), how, tls, tokens, [this](const std::string& channel, const channel_finding& found) {
                seen.push_back((found.exists ? "+" : "-") + channel);
            });
    }
    net::awaitable<void> run_checker() {
        co_await net::asio::this_coro::throw_if_cancelled(false);
        result = co_await checker->run();
    }
    // Runs it until the condition holds and some time longer, and cancels it.
    void check(std::function<bool()> enough, core::duration longer = 0ms) {
        const auto running = spawn(run_checker());
        const auto body = [](std::function<bool()> holds, core::duration more) -> net::awaitable<void> {
            const auto until = std::chrono::steady_clock::now() + 18s;
            while (!holds() && std::chrono::steady_clock::now() < until)
                co_await sleep(5ms);
            co_await sleep(more);
        };
        run(finish(body(std::move(enough), longer), running));
    }
    // Until so much was told.
    void check(std::size_t wanted) {
        check([this, wanted] { return seen.size() >= wanted; });
    }
    std::function<bool()> is_asked() {
        return [this] {
            return requests(helix_endpoint::users) == 1;
        };
    }
    static net::awaitable<void> finish(net::awaitable<void> work, std::shared_ptr<test::task> other) {
        co_await std::move(work);
        other->cancel();
    }
};

TEST_F(channel_checker_test, tells_what_exists_and_what_does_not_with_one_request) {
    make(api_url());
    checker->add_channel("chan");
    checker->add_channel("typo");
    check(2);
    EXPECT_THAT(seen, ElementsAre("+chan", "-typo"));
    EXPECT_EQ(requests(helix_endpoint::users), 1U);
    EXPECT_EQ(result, net::asio::error::operation_aborted);
}

TEST_F(channel_checker_test, trouble_passes) {
    make(api_url(), 3s);
    script(helix_endpoint::users, {sim::helix_status(503), sim::helix_does(sim::helix_fault::kind::stall)});
    checker->add_channel("typo");
    check(1);
    EXPECT_THAT(seen, ElementsAre("-typo"));
    EXPECT_EQ(requests(helix_endpoint::users), 3U);
}

TEST_F(channel_checker_test, a_refused_token_is_not_renewed_for_it) {
    make(api_url());
    tokens.token = "stale";
    tokens.next = "sesame";
    checker->add_channel("chan");
    check(is_asked(), 300ms);
    EXPECT_THAT(seen, IsEmpty());
    EXPECT_EQ(tokens.renewals, 0U);
    EXPECT_EQ(requests(helix_endpoint::users), 1U) << "and it is not asked again soon";
}

TEST_F(channel_checker_test, the_first_token_is_waited_for) {
    make(api_url());
    tokens.token.clear();
    tokens.next = "sesame";
    checker->add_channel("chan");
    check(1);
    EXPECT_THAT(seen, ElementsAre("+chan"));
}

TEST_F(channel_checker_test, can_be_cancelled_in_a_request_and_tells_nothing_then) {
    make(api_url());
    script(helix_endpoint::users, {sim::helix_does(sim::helix_fault::kind::stall)});
    checker->add_channel("chan");
    check(is_asked());
    EXPECT_THAT(seen, IsEmpty());
    EXPECT_EQ(result, net::asio::error::operation_aborted);
}

TEST_F(channel_checker_test, the_token_does_not_go_to_strangers) {
    make(core::parse_url("https://example.org/helix").value());
    checker->add_channel("chan");
    check([this] { return result == errc::token_host_refused; });
    EXPECT_EQ(result, errc::token_host_refused);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
