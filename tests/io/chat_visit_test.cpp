// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "support/sim_fixture.hpp"
#include "tiktok2twitch/app/doctor/chat_visit.hpp"
#include "tiktok2twitch/net/error.hpp"
#include "tiktok2twitch/twitch/error.hpp"

namespace tiktok2twitch::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using twitch::chat_look;
using answer = twitch::channel_look::answer;

class chat_visit_test : public sim_fixture {
protected:
    chat_visit_test() {
        world.call([this] {
            world.twitch().rules().add_account("bot", "secret");
            world.twitch().rules().add_channel("chan");
        });
    }

    twitch::chat_visit_options options(std::vector<std::string> channels) const {
        twitch::chat_visit_options out;
        out.irc_url = url(world.ircs_url());
        out.account.login = "bot";
        out.account.token = core::secret("secret");
        out.account.join_timeout = 3s;
        out.channels = std::move(channels);
        return out;
    }
    net::awaitable<void> keep(twitch::chat_visit_options options) {
        auto visit = twitch::visit_chat(std::move(options), tls);
        look = co_await std::move(visit);
    }
    void visit(std::vector<std::string> channels) {
        auto work = keep(options(std::move(channels)));
        run(std::move(work));
    }

    chat_look look;
};

TEST_F(chat_visit_test, looks_around_and_says_nothing) {
    world.call([this] {
        world.twitch().rules().set_modes("chan", {.slow = 10, .r9k = true});
        world.twitch().rules().set_role("bot", "chan", sim::role::moderator);
    });
    visit({"chan", "nowhere"});
    EXPECT_FALSE(look.error) << look.error.message();
    EXPECT_EQ(look.login, "bot");
    ASSERT_EQ(look.channels.size(), 2U);
    EXPECT_EQ(look.channels[0].what, answer::joined);
    EXPECT_EQ(look.channels[0].rank, twitch::role::moderator);
    EXPECT_EQ(look.channels[0].modes.slow, 10s);
    EXPECT_TRUE(look.channels[0].modes.unique);
    EXPECT_EQ(look.channels[1].what, answer::none);
    const auto said = world.call([this] { return world.twitch().lines(); });
    EXPECT_THAT(said, Not(testing::Contains(HasSubstr("PRIVMSG"))));
    EXPECT_THAT(world.call([this] { return world.twitch().rules().violations().size(); }), 0U);
    EXPECT_TRUE(world.wait_for([this] { return world.twitch().connections() == 0; }));
}

TEST_F(chat_visit_test, bans_refused_logins_and_cut_connections_are_told_apart) {
    world.call([this] { world.twitch().rules().ban("bot", "chan"); });
    visit({"chan"});
    EXPECT_EQ(look.channels.at(0).msg_id, "msg_banned");
    world.call([this] { world.twitch().faults().refuse_logins = 1; });
    visit({"chan"});
    EXPECT_EQ(look.error, twitch::errc::login_refused);
    world.call([this] { world.twitch().faults().refuse_connections = true; });
    visit({"chan"});
    EXPECT_TRUE(look.error);
    EXPECT_THAT(look.channels, IsEmpty());
}

TEST_F(chat_visit_test, the_token_stays_here) {
    auto elsewhere = options({"chan"});
    elsewhere.irc_url.host = "irc.example.com";
    auto work = keep(std::move(elsewhere));
    run(std::move(work));
    EXPECT_EQ(look.error, twitch::errc::token_host_refused);
}

TEST_F(chat_visit_test, can_be_cancelled_while_it_waits) {
    auto patient = options({"nowhere"});
    patient.account.join_timeout = 1h;
    const auto visiting = spawn(keep(std::move(patient)));
    auto stop = [](chat_visit_test& self, std::shared_ptr<task> running) -> net::awaitable<void> {
        while (self.world.call([&self] { return self.world.twitch().logins(); }) == 0)
            co_await sleep(5ms);
        running->cancel();
    };
    run(stop(*this, visiting));
    EXPECT_TRUE(visiting->done());
    EXPECT_EQ(look.error, asio::error::operation_aborted);
}

}  // namespace
}  // namespace tiktok2twitch::test
