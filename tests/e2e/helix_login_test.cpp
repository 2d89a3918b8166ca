// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What happens to the login while lines are said over Helix; and that a refresh leaves IRC alone.

#include "e2e/helix_relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class helix_login_e2e : public helix_relay_fixture {
protected:
    std::vector<std::string> complaints() {
        return world_.call([this] { return world_.auth().rules().complaints(); });
    }
    bool asked_to_refresh(std::size_t times) {
        return world_.wait_for(
            [&] { return world_.auth().request_count(sim::auth_endpoint::refresh) >= times; },
            std::chrono::seconds(20));
    }
};

TEST_F(helix_login_e2e, a_token_that_ends_early_was_renewed_elsewhere_and_no_line_is_lost) {
    const auto first = log_in();
    const auto relay = over_helix();
    ASSERT_TRUE(ready()) << relay->err();
    comment("one");
    ASSERT_TRUE(delivered(1)) << relay->err();
    world_.call([this] { world_.auth().rules().expire_access("bot"); });
    comment("two");
    ASSERT_TRUE(relay->wait_for_err("was renewed somewhere else")) << relay->err();
    log_in();
    ASSERT_TRUE(delivered(2)) << relay->err();
    comment("three");
    ASSERT_TRUE(delivered(3)) << relay->err();
    stop(*relay);
    EXPECT_THAT(texts(), ElementsAre("[TikTok] Ann: one", "[TikTok] Ann: two", "[TikTok] Ann: three"));
    EXPECT_EQ(auth_requests(sim::auth_endpoint::refresh), 0U) << "a copy may have used it: not presented";
    EXPECT_NE(stored()->access.reveal(), first.access) << "on disk, too";
    EXPECT_THAT(complaints(), IsEmpty());
    EXPECT_EQ(report().at("relayed"), 3);
    EXPECT_EQ(report().at("lines_sent"), 3) << "what a 401 refused does not count as sent twice";
    expect_balanced(report());
}

TEST_F(helix_login_e2e, a_401_that_passes_costs_one_renewal_and_nothing_else) {
    log_in();
    const auto relay = over_helix();
    ASSERT_TRUE(ready()) << relay->err();
    script(sim::helix_endpoint::messages, {sim::helix_status(401, "Invalid OAuth token")});
    comment("one");
    ASSERT_TRUE(delivered(1)) << relay->err();
    stop(*relay);
    EXPECT_EQ(asked(sim::helix_endpoint::messages), 2U);
    EXPECT_EQ(auth_requests(sim::auth_endpoint::refresh), 1U);
    EXPECT_EQ(report().at("relayed"), 1);
    expect_balanced(report());
}

TEST_F(helix_login_e2e, a_revoked_login_is_said_and_a_new_one_is_taken_up_without_a_restart) {
    log_in();
    const auto relay = over_helix();
    ASSERT_TRUE(ready()) << relay->err();
    comment("one");
    ASSERT_TRUE(delivered(1)) << relay->err();
    world_.call([this] { world_.auth().rules().disconnect("bot"); });
    comment("two");
    ASSERT_TRUE(relay->wait_for_err("Run 'tiktok2twitch login'")) << relay->err();
    comment("three");
    ASSERT_TRUE(received(3)) << relay->err();
    const auto told = status();
    EXPECT_EQ(told.at("twitch").at("problem"), "renewed_elsewhere");
    EXPECT_EQ(told.at("twitch").at("online"), false);
    expect_balanced(told.at("routes").at(0));

    log_in();
    ASSERT_TRUE(delivered(2)) << relay->err();
    EXPECT_EQ(texts().at(1), "[TikTok] Ann: two / three");
    comment("four");
    ASSERT_TRUE(world_.wait_for(
        [this] {
            const auto& said = world_.twitch().rules().delivered();
            return !said.empty() && said.back().text.find("four") != std::string::npos;
        },
        std::chrono::seconds(20)))
        << relay->err();
    EXPECT_FALSE(status().at("twitch").contains("problem"));
    stop(*relay);
    EXPECT_EQ(report().at("received"), 4);
    EXPECT_EQ(report().at("relayed"), 4) << "what met the revocation, and what came after it, has waited";
    EXPECT_EQ(report().at("lines_sent"), 3);
    expect_balanced(report());
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(helix_login_e2e, a_line_that_waits_for_a_renewal_at_the_end_is_known_not_to_have_been_said) {
    log_in();
    const auto relay = over_helix();
    ASSERT_TRUE(ready()) << relay->err();
    script(sim::helix_endpoint::messages, {sim::helix_status(401, "Invalid OAuth token")});
    auth_fails(sim::auth_endpoint::refresh, sim::auth_fault::server_error);
    comment("one");
    ASSERT_TRUE(asked_to_refresh(1)) << relay->err();
    stop(*relay);
    EXPECT_EQ(report().at("dropped").at("shutdown"), 1);
    EXPECT_EQ(report().at("lines_sent"), 0);
    expect_balanced(report());
    EXPECT_EQ(asked(sim::helix_endpoint::messages), 1U);
}

TEST_F(helix_login_e2e, a_configured_token_that_ends_during_a_live_is_said_and_counting_goes_on) {
    const auto relay = over_helix({"TIKTOK2TWITCH_TWITCH_LOGIN=bot",
                                   "TIKTOK2TWITCH_TWITCH_TOKEN=" + granted({"user:write:chat"}).access});
    ASSERT_TRUE(ready()) << relay->err();
    comment("one");
    ASSERT_TRUE(delivered(1)) << relay->err();
    world_.call([this] { world_.auth().rules().expire_access("bot"); });
    comment("two");
    ASSERT_TRUE(relay->wait_for_err("does not accept the configured token")) << relay->err();
    comment("three");
    ASSERT_TRUE(received(3)) << relay->err();
    stop(*relay);
    EXPECT_EQ(report().at("relayed"), 1);
    EXPECT_EQ(report().at("dropped").at("shutdown"), 2) << "they waited for another token";
    expect_balanced(report());
}

TEST_F(helix_login_e2e, a_refresh_leaves_a_running_irc_connection_alone) {
    log_in();
    world_.call([this] { world_.twitch().rules().add_channel("second"); });
    const std::string first = "[[route]]\ntiktok = \"ann\"\nchannel = \"chan\"\n";
    const auto config = temp_.write("config.toml", first);
    const auto relay = relay_from(config);
    ASSERT_TRUE(listening()) << relay->err();
    comment("one");
    ASSERT_TRUE(delivered(1)) << relay->err();
    // A new channel makes the relay ask the API, which does not take the token any more: no reason to renew.
    world_.call([this] { world_.auth().rules().expire_access("bot"); });
    temp_.write("config.toml", first + "[[route]]\ntiktok = \"ann\"\nchannel = \"second\"\n");
    relay->signal(SIGHUP);
    ASSERT_TRUE(world_.wait_for([this] { return world_.twitch().joined("bot", "second"); })) << relay->err();
    EXPECT_EQ(auth_requests(sim::auth_endpoint::refresh), 0U);
    process whoami({T2T_BINARY, "whoami", "--state-dir", state_()}, variables({}));
    EXPECT_EQ(whoami.wait(), 0) << whoami.err();
    EXPECT_EQ(auth_requests(sim::auth_endpoint::refresh), 1U);
    comment("two");
    ASSERT_TRUE(delivered(3)) << relay->err();
    EXPECT_EQ(world_.call([this] { return world_.twitch().logins(); }), 1U);
    // The next login uses the fresh token.
    world_.call([this] { world_.twitch().close("bot"); });
    ASSERT_TRUE(world_.wait_for([this] { return world_.twitch().logins() == 2; })) << relay->err();
    stop(*relay);
    EXPECT_EQ(auth_requests(sim::auth_endpoint::refresh), 1U);
    EXPECT_THAT(complaints(), IsEmpty());
}

}  // namespace
}  // namespace tiktok2twitch::test
