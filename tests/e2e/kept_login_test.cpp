// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// From nothing to a relayed line, and on through the end of a login.

#include "e2e/login_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::HasSubstr;

class kept_login_e2e : public login_fixture {
protected:
    kept_login_e2e() {
        world_.call([this] {
            world_.tiktok().add_room("ann");
            auto& rules = world_.twitch().rules();
            rules.add_channel("chan");
            rules.set_role("bot", "chan", sim::role::moderator);
        });
    }
    std::unique_ptr<process> relay() {
        return start({"--tiktok", "ann", "--channel", "chan"},
                     {"TIKTOK2TWITCH_TIKTOK_WEB_URL=" + world_.https_url(),
                      "TIKTOK2TWITCH_TIKTOK_WEBCAST_URL=" + world_.https_url(),
                      "TIKTOK2TWITCH_TIKTOK_WS_URL=" + world_.wss_url(),
                      "TIKTOK2TWITCH_TWITCH_IRC_URL=" + world_.ircs_url()});
    }
    bool listening() {
        return world_.wait_for(
            [this] {
                return world_.tiktok().listening_sockets("ann") == 1 && world_.twitch().joined("bot", "chan");
            },
            std::chrono::seconds(20));
    }
    void comment(const std::string& text) {
        world_.call([&] {
            sim::chatter from;
            from.id = 77;
            from.unique_id = "fan";
            from.nickname = "Fan";
            world_.tiktok().comment("ann", from, text);
        });
    }
    bool delivered(std::size_t lines) {
        return world_.wait_for([this, lines] { return world_.twitch().rules().delivered().size() >= lines; },
                               std::chrono::seconds(20));
    }
};

TEST_F(kept_login_e2e, a_stored_login_is_all_that_the_relay_needs) {
    ASSERT_EQ(log_in("bot").code, 0);
    const auto program = relay();
    ASSERT_TRUE(listening()) << program->err();
    comment("hello");
    ASSERT_TRUE(delivered(1)) << program->err();
    program->signal(SIGTERM);
    EXPECT_EQ(program->wait(), 0) << program->err();
    EXPECT_EQ(program->err().find(stored("bot")->access.reveal()), std::string::npos);
}

TEST_F(kept_login_e2e, a_stop_during_a_renewal_says_what_it_waits_for) {
    ASSERT_EQ(log_in("bot").code, 0);
    end_access("bot");
    fault(sim::auth_endpoint::refresh, {sim::auth_fault::stall});
    const auto program = relay();
    ASSERT_TRUE(world_.wait_for([&] { return world_.auth().request_count(sim::auth_endpoint::refresh) == 1; },
                                std::chrono::seconds(20)));
    program->signal(SIGTERM);
    EXPECT_TRUE(program->wait_for_err("renewing the login; waiting for its answer")) << program->err();
    program->signal(SIGKILL);
    program->wait();
    EXPECT_TRUE(stored("bot")->refreshing) << "the next start checks the pair before it uses it";
}

TEST_F(kept_login_e2e, a_second_signal_does_not_wait_for_a_renewal) {
    ASSERT_EQ(log_in("bot").code, 0);
    end_access("bot");
    fault(sim::auth_endpoint::refresh, {sim::auth_fault::stall});
    const auto program = relay();
    ASSERT_TRUE(world_.wait_for([&] { return world_.auth().request_count(sim::auth_endpoint::refresh) == 1; },
                                std::chrono::seconds(20)));
    program->signal(SIGTERM);
    ASSERT_TRUE(program->wait_for_err("renewing the login; waiting for its answer")) << program->err();
    program->signal(SIGHUP);
    program->signal(SIGTERM);
    EXPECT_EQ(program->wait(), 130) << program->err();
    EXPECT_THAT(program->err(), HasSubstr("not waiting for Twitch's answer"));
    EXPECT_TRUE(stored("bot")->refreshing);
}

TEST_F(kept_login_e2e, a_renewed_login_that_is_not_stored_yet_is_stored_at_the_stop) {
    ASSERT_EQ(log_in("bot").code, 0);
    block_store_during_renewal("bot");
    const auto program = relay();
    ASSERT_TRUE(store_is_blocked());
    ASSERT_TRUE(program->wait_for_err("token-bot.json cannot be written")) << program->err();
    ASSERT_TRUE(listening()) << program->err();
    free_store();
    program->signal(SIGTERM);
    EXPECT_EQ(program->wait(), 0) << program->err();
    EXPECT_TRUE(valid(stored("bot")->access));
}

TEST_F(kept_login_e2e, a_renewed_login_that_cannot_be_stored_at_the_stop_is_74_and_said) {
    ASSERT_EQ(log_in("bot").code, 0);
    block_store_during_renewal("bot");
    const auto program = relay();
    ASSERT_TRUE(store_is_blocked());
    ASSERT_TRUE(program->wait_for_err("token-bot.json cannot be written")) << program->err();
    ASSERT_TRUE(listening()) << program->err();
    program->signal(SIGTERM);
    EXPECT_EQ(program->wait(), 74) << program->err();
    EXPECT_THAT(program->err(), HasSubstr("run 'tiktok2twitch login'"));
}

TEST_F(kept_login_e2e, without_any_login_the_one_command_is_named) {
    const auto program = relay();
    EXPECT_EQ(program->wait(), 78);
    EXPECT_THAT(program->err(), HasSubstr("tiktok2twitch login"));
}

TEST_F(kept_login_e2e, a_relay_whose_login_is_gone_goes_on_after_a_new_one_without_a_restart) {
    ASSERT_EQ(log_in("bot").code, 0);
    const auto old = *stored("bot");
    world_.call([&] { world_.auth().rules().disconnect("bot"); });
    const auto program = relay();
    ASSERT_TRUE(program->wait_for_err("tiktok2twitch login")) << program->err();
    comment("counted, not said");
    const auto again = start({"login"});
    approve("bot");
    ASSERT_EQ(again->wait(), 0) << again->err();
    EXPECT_NE(stored("bot")->access, old.access);
    ASSERT_TRUE(listening()) << program->err();
    comment("said");
    ASSERT_TRUE(delivered(1)) << program->err();
    program->signal(SIGTERM);
    EXPECT_EQ(program->wait(), 0) << program->err();
}

}  // namespace
}  // namespace tiktok2twitch::test
