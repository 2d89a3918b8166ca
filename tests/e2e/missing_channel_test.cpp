// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// A route into a channel that does not exist, beside one that does; over both ways.

#include "e2e/bot_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::HasSubstr;

class missing_channel_e2e : public bot_fixture, public testing::WithParamInterface<const char*> {
protected:
    std::unique_ptr<process> two_routes() {
        log_in();
        const auto config = temp_.write("config.toml",
                                        "[[route]]\ntiktok = \"ann\"\nchannel = \"chan\"\n"
                                        "[[route]]\ntiktok = \"ann\"\nchannel = \"tpyo\"\n");
        return relay_from(config, {"TIKTOK2TWITCH_TWITCH_TRANSPORT=" + std::string(GetParam())});
    }
    bool watching() {
        return world_.wait_for([this] { return world_.tiktok().listening_sockets("ann") == 1; },
                               std::chrono::seconds(20));
    }
    nlohmann::json route_of(const std::string& channel) {
        const auto whole = nlohmann::json::parse(temp_.read("report.json"));
        for (const auto& each : whole.at("routes"))
            if (each.at("channel") == channel)
                return each;
        return {};
    }
};

TEST_P(missing_channel_e2e, is_named_and_counted_and_the_other_route_goes_on) {
    const auto relay = two_routes();
    ASSERT_TRUE(watching()) << relay->err();
    ASSERT_TRUE(relay->wait_for_err("twitch/#tpyo: no such channel")) << relay->err();
    comment("hello");
    ASSERT_TRUE(delivered(1)) << relay->err();
    stop(*relay);
    EXPECT_EQ(route_of("chan").at("relayed"), 1);
    EXPECT_EQ(route_of("tpyo").at("dropped").at("channel_not_found"), 1);
    expect_balanced(route_of("chan"));
    expect_balanced(route_of("tpyo"));
}

TEST_P(missing_channel_e2e, can_be_taken_out_by_a_reload) {
    const auto relay = two_routes();
    ASSERT_TRUE(relay->wait_for_err("twitch/#tpyo: no such channel")) << relay->err();
    temp_.write("config.toml", "[[route]]\ntiktok = \"ann\"\nchannel = \"chan\"\n");
    relay->signal(SIGHUP);
    ASSERT_TRUE(relay->wait_for_err("1 removed")) << relay->err();
    ASSERT_TRUE(watching()) << relay->err();
    comment("hello");
    ASSERT_TRUE(delivered(1)) << relay->err();
    stop(*relay);
    expect_balanced(route_of("chan"));
}

INSTANTIATE_TEST_SUITE_P(over, missing_channel_e2e, testing::Values("irc", "helix"),
                         [](const auto& each) { return std::string(each.param); });

class helix_trouble_e2e : public bot_fixture {};

TEST_F(helix_trouble_e2e, does_not_keep_a_channel_from_being_joined_over_irc) {
    log_in();
    world_.call([this] { world_.helix().refuse_connections(true); });
    const auto relay = this->relay();
    ASSERT_TRUE(listening()) << relay->err();
    comment("hello");
    ASSERT_TRUE(delivered(1)) << relay->err();
    stop(*relay);
    expect_balanced(report());
}

TEST_F(helix_trouble_e2e, an_api_that_refuses_a_good_token_does_not_disturb_irc) {
    log_in();
    world_.call([this] {
        world_.helix().always(sim::helix_endpoint::users, sim::helix_status(401, "Invalid OAuth token"));
    });
    const auto relay = this->relay();
    ASSERT_TRUE(listening()) << relay->err();
    comment("hello");
    ASSERT_TRUE(delivered(1)) << relay->err();
    const auto asked = [this] {
        return world_.helix().request_count(sim::helix_endpoint::users);
    };
    ASSERT_TRUE(world_.wait_for([&] { return asked() > 0; }));
    comment("still there");
    ASSERT_TRUE(delivered(2)) << relay->err();
    EXPECT_EQ(world_.call(asked), 1U) << "a courtesy that is not asked for with another token";
    EXPECT_EQ(world_.call([this] { return world_.twitch().logins(); }), 1U);
    stop(*relay);
    expect_balanced(report());
}

}  // namespace
}  // namespace tiktok2twitch::test
