// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/doctor/api_visit.hpp"

#include <gmock/gmock.h>

#include "support/helix_fixture.hpp"

namespace tiktok2twitch::twitch {
namespace {

using namespace std::chrono_literals;
using sim::helix_does;
using sim::helix_endpoint;
using sim::helix_fault;
using testing::IsEmpty;

class api_visit_test : public test::helix_fixture {
protected:
    api_visit_options options(std::vector<std::string> channels) {
        api_visit_options out;
        out.api_url = api_url();
        out.token = tokens.current();
        out.channels = std::move(channels);
        out.request_timeout = request_timeout;
        return out;
    }
    net::awaitable<void> keep(api_visit_options options) {
        auto visit = visit_api(std::move(options), tls);
        look = co_await std::move(visit);
    }
    net::awaitable<void> keep_users(api_visit_options options) {
        auto visit = look_up_channels(std::move(options), tls);
        users = co_await std::move(visit);
    }
    void visit(std::vector<std::string> channels) {
        auto work = keep(options(std::move(channels)));
        run(std::move(work));
    }

    core::duration request_timeout = 10s;
    chat_look look;
    core::result<std::vector<helix_user>> users = std::vector<helix_user>();
};

TEST_F(api_visit_test, looks_around_and_says_nothing) {
    world.call([this] { world.twitch().rules().set_modes("chan", {.slow = 10, .r9k = true}); });
    visit({"chan", "nowhere", "bot"});
    EXPECT_FALSE(look.error) << look.error.message();
    EXPECT_TRUE(look.over_api);
    EXPECT_EQ(look.login, "bot");
    ASSERT_EQ(look.channels.size(), 3U);
    EXPECT_EQ(look.channels[0].exists, true);
    EXPECT_EQ(look.channels[0].modes.slow, 10s);
    EXPECT_TRUE(look.channels[0].modes.unique);
    EXPECT_EQ(look.channels[1].exists, false);
    EXPECT_EQ(look.channels[1].what, channel_look::answer::none);
    EXPECT_EQ(look.channels[2].rank, role::broadcaster);
    EXPECT_EQ(requests(helix_endpoint::users), 2U) << "one for the login, one for all channels";
    EXPECT_EQ(requests(helix_endpoint::messages) + requests(helix_endpoint::deletion), 0U);
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(api_visit_test, a_token_that_is_refused_is_not_renewed) {
    world.call([this] { world.helix().rules().revoke_token("sesame"); });
    tokens.next = "fresh";
    visit({"chan"});
    EXPECT_EQ(look.error, errc::token_invalid);
    EXPECT_EQ(tokens.renewals, 0U);
    EXPECT_EQ(requests(helix_endpoint::users), 1U);
}

TEST_F(api_visit_test, the_modes_of_one_channel_that_hangs_are_enough_of_waiting) {
    request_timeout = 3s;
    world.call(
        [this] { world.helix().always(helix_endpoint::settings, helix_does(helix_fault::kind::stall)); });
    visit({"chan", "other"});
    EXPECT_FALSE(look.error) << look.error.message();
    ASSERT_EQ(look.channels.size(), 2U);
    EXPECT_TRUE(look.channels[0].no_modes);
    EXPECT_TRUE(look.channels[1].no_modes);
    EXPECT_EQ(requests(helix_endpoint::settings), 1U);
    EXPECT_EQ(look.channels[1].exists, true);
}

TEST_F(api_visit_test, so_many_channels_are_looked_at_as_one_request_takes) {
    std::vector<std::string> channels(most_users_per_request + 5, "nowhere");
    channels.back() = "chan";
    visit(channels);
    EXPECT_EQ(look.channels.size(), most_users_per_request);
    EXPECT_EQ(requests(helix_endpoint::users), 2U);
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(api_visit_test, channels_are_looked_up_in_one_request_and_none_in_none) {
    auto work = keep_users(options({"chan", "nowhere"}));
    run(std::move(work));
    ASSERT_TRUE(users);
    ASSERT_EQ(users->size(), 1U);
    EXPECT_EQ(users->front().login, "chan");
    auto nothing = keep_users(options({}));
    run(std::move(nothing));
    EXPECT_TRUE(users && users->empty());
    EXPECT_EQ(requests(helix_endpoint::users), 1U);
}

TEST_F(api_visit_test, the_token_stays_here) {
    auto elsewhere = options({"chan"});
    elsewhere.api_url.host = "api.example.com";
    auto work = keep(elsewhere);
    run(std::move(work));
    EXPECT_EQ(look.error, errc::token_host_refused);
    auto users_work = keep_users(std::move(elsewhere));
    run(std::move(users_work));
    EXPECT_EQ(users.error(), errc::token_host_refused);
}

TEST_F(api_visit_test, can_be_cancelled_while_it_waits) {
    script(helix_endpoint::users, {helix_does(helix_fault::kind::stall)});
    const auto visiting = spawn(keep(options({"chan"})));
    auto stop = [](api_visit_test& self, std::shared_ptr<test::task> running) -> net::awaitable<void> {
        while (self.requests(helix_endpoint::users) == 0)
            co_await sleep(5ms);
        running->cancel();
        const bool over = co_await ended(running);
        EXPECT_TRUE(over);
    };
    run(stop(*this, visiting));
    EXPECT_EQ(look.error, boost::asio::error::operation_aborted);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
