// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// A relay with a configured token: validated before it is used, and not the end of a live when it is over.

#include <chrono>
#include <csignal>
#include <thread>

#include "e2e/bot_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class pasted_token_e2e : public bot_fixture {
protected:
    static inline const std::vector<std::string> enough{"chat:read", "chat:edit"};
};

TEST_F(pasted_token_e2e, is_validated_and_its_end_is_said) {
    const auto relay = relay_with("oauth:" + granted(enough).access);
    ASSERT_TRUE(listening()) << relay->err();
    EXPECT_EQ(auth_requests(sim::auth_endpoint::validate), 1U);
    EXPECT_TRUE(relay->wait_for_err("good for another 3 h")) << relay->err();
    stop(*relay);
}

TEST_F(pasted_token_e2e, without_a_configured_login_twitch_says_whose_it_is) {
    const auto access = granted(enough).access;
    const auto relay = this->relay({"TIKTOK2TWITCH_TWITCH_TOKEN=" + access});
    ASSERT_TRUE(listening()) << relay->err();
    comment("hello");
    ASSERT_TRUE(delivered(1)) << relay->err();
    stop(*relay);
    const auto wrong = this->relay({"TIKTOK2TWITCH_TWITCH_TOKEN=mistyped"});
    EXPECT_EQ(wrong->wait(), 77) << wrong->err();
    auth_fails(sim::auth_endpoint::validate, sim::auth_fault::server_error);
    const auto later = this->relay({"TIKTOK2TWITCH_TWITCH_TOKEN=" + access});
    ASSERT_TRUE(later->wait_for_err("twitch.login")) << later->err();
    world_.call([this] { world_.auth().clear_faults(); });
    ASSERT_TRUE(listening()) << later->err();
    stop(*later);
}

TEST_F(pasted_token_e2e, while_nobody_says_whose_it_is_the_relay_can_be_stopped) {
    auth_fails(sim::auth_endpoint::validate, sim::auth_fault::server_error);
    const auto relay = this->relay({"TIKTOK2TWITCH_TWITCH_TOKEN=" + granted(enough).access});
    ASSERT_TRUE(relay->wait_for_err("cannot be asked")) << relay->err();
    relay->signal(SIGINT);
    EXPECT_EQ(relay->wait(), 0) << relay->err();
}

TEST_F(pasted_token_e2e, while_nobody_says_whose_it_is_a_reload_can_say_it) {
    auth_fails(sim::auth_endpoint::validate, sim::auth_fault::server_error);
    const auto with_token = "token = \"" + granted(enough).access + "\"\n";
    const auto config = temp_.write("config.toml", "[twitch]\n" + with_token);
    const auto relay = this->relay({}, {"--config", config});
    ASSERT_TRUE(relay->wait_for_err("cannot be asked")) << relay->err();
    temp_.write("config.toml", "[twitch\n");
    relay->signal(SIGHUP);
    ASSERT_TRUE(relay->wait_for_err("reload refused")) << relay->err();
    temp_.write("config.toml", "[twitch]\nlogin = \"bot\"\n" + with_token);
    const auto asked = auth_requests(sim::auth_endpoint::validate);
    ASSERT_TRUE(
        world_.wait_for([&] { return world_.auth().request_count(sim::auth_endpoint::validate) > asked; }));
    relay->signal(SIGHUP);
    ASSERT_TRUE(listening()) << relay->err();
    stop(*relay);
}

TEST_F(pasted_token_e2e, while_nobody_says_whose_it_is_any_number_of_reloads_ends_nothing) {
    auth_fails(sim::auth_endpoint::validate, sim::auth_fault::server_error);
    const auto relay = this->relay({"TIKTOK2TWITCH_TWITCH_TOKEN=" + granted(enough).access});
    ASSERT_TRUE(relay->wait_for_err("cannot be asked")) << relay->err();
    for (int i = 0; i < 200; ++i) {
        relay->signal(SIGHUP);
        std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
    world_.call([this] { world_.auth().clear_faults(); });
    ASSERT_TRUE(listening()) << relay->err();
    EXPECT_THAT(relay->err(), HasSubstr("configuration read again"));
    stop(*relay);
}

TEST_F(pasted_token_e2e, that_twitch_refuses_at_the_start_is_77_with_the_fix) {
    const auto relay = relay_with("mistyped");
    EXPECT_EQ(relay->wait(), 77) << relay->err();
    EXPECT_THAT(relay->err(), HasSubstr("expired, was revoked, or is mistyped"));
    EXPECT_THAT(relay->err(), HasSubstr("twitch.token"));
    EXPECT_THAT(relay->err(), Not(HasSubstr("token mistyped")));
    EXPECT_EQ(world_.call([this] { return world_.twitch().accepted(); }), 0U)
        << "a token that is known to be bad is not tried at the chat";
}

TEST_F(pasted_token_e2e, of_another_account_is_77_and_both_are_named) {
    const auto relay = relay_with(granted(enough, "other").access);
    EXPECT_EQ(relay->wait(), 77) << relay->err();
    EXPECT_THAT(relay->err(), HasSubstr("belongs to other, but twitch.login is bot"));
}

TEST_F(pasted_token_e2e, without_the_right_to_write_is_77_and_the_right_is_named) {
    const auto relay = relay_with(granted({"chat:read"}).access);
    EXPECT_EQ(relay->wait(), 77) << relay->err();
    EXPECT_THAT(relay->err(), HasSubstr("lacks the right to chat:edit"));
}

TEST_F(pasted_token_e2e, is_used_while_the_login_service_does_not_work) {
    auth_fails(sim::auth_endpoint::validate, sim::auth_fault::server_error);
    const auto relay = relay_with(granted(enough).access);
    ASSERT_TRUE(listening()) << relay->err();
    comment("hello");
    ASSERT_TRUE(delivered(1)) << relay->err();
    EXPECT_TRUE(relay->wait_for_err("cannot be checked")) << relay->err();
    world_.call([this] { world_.auth().clear_faults(); });
    EXPECT_TRUE(relay->wait_for_err("good for another")) << relay->err();
    stop(*relay);
}

TEST_F(pasted_token_e2e, that_the_chat_refuses_while_nobody_can_say_more_is_77) {
    auth_fails(sim::auth_endpoint::validate, sim::auth_fault::server_error);
    const auto relay = relay_with("mistyped");
    EXPECT_EQ(relay->wait(), 77) << relay->err();
    EXPECT_THAT(relay->err(), HasSubstr("chat refuses the configured token"));
}

TEST_F(pasted_token_e2e, that_ends_during_a_live_is_said_and_the_next_one_is_taken_up_by_a_reload) {
    const auto first = granted(enough).access;
    const auto config = temp_.write("config.toml", "[twitch]\ntoken = \"" + first + "\"\n");
    const auto relay = this->relay({"TIKTOK2TWITCH_TWITCH_LOGIN=bot"}, {"--config", config});
    ASSERT_TRUE(listening()) << relay->err();
    world_.call([this] {
        world_.auth().rules().expire_access("bot");
        world_.twitch().close("bot");
    });
    ASSERT_TRUE(relay->wait_for_err("does not accept the configured token")) << relay->err();
    comment("counted, not said");
    ASSERT_TRUE(received(1));
    const auto told = status();
    EXPECT_EQ(told.at("twitch").at("problem"), "token_invalid");
    EXPECT_THAT(told.at("twitch").at("what_to_do").get<std::string>(), HasSubstr("SIGHUP"));
    expect_balanced(told.at("routes").at(0));

    temp_.write("config.toml", "[twitch]\ntoken = \"" + granted(enough).access + "\"\n");
    relay->signal(SIGHUP);
    ASSERT_TRUE(delivered(1)) << relay->err();
    EXPECT_FALSE(status().at("twitch").contains("problem"));
    stop(*relay);
    EXPECT_EQ(report().at("relayed"), 1);
    expect_balanced(report());
}

}  // namespace
}  // namespace tiktok2twitch::test
