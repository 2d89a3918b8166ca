// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// twitch.transport = "helix": the same relay, its lines said over Twitch's API.

#include "e2e/helix_relay_fixture.hpp"

namespace tiktok2twitch::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class helix_relay_e2e : public helix_relay_fixture {
protected:
    std::string command(const std::string& text) {
        const auto before = texts().size();
        world_.call([&] { world_.twitch().say_with_badges("moderator/1", "vera", "chan", text); });
        return delivered(before + 1) ? texts().at(before) : "no answer";
    }
};

TEST_F(helix_relay_e2e, lines_are_said_and_counted_and_the_account_is_not_in_chat) {
    log_in();
    const auto relay = over_helix();
    ASSERT_TRUE(ready()) << relay->err();
    comment("one");
    ASSERT_TRUE(delivered(1)) << relay->err();
    comment("two");
    ASSERT_TRUE(delivered(2)) << relay->err();
    EXPECT_THAT(texts(), ElementsAre("[TikTok] Ann: one", "[TikTok] Ann: two"));
    const auto told = status();
    EXPECT_EQ(told.at("twitch").at("online"), true);
    EXPECT_EQ(told.at("twitch").at("login"), "bot");
    expect_balanced(told.at("routes").at(0));
    stop(*relay);
    EXPECT_FALSE(world_.call([this] { return world_.twitch().joined("bot", "chan"); }));
    EXPECT_THAT(violations(), IsEmpty());
    EXPECT_EQ(report().at("relayed"), 2);
    EXPECT_EQ(report().at("lines_sent"), 2);
    expect_balanced(report());
}

TEST_F(helix_relay_e2e, a_configured_token_needs_the_right_to_write_and_no_other) {
    const auto less =
        over_helix({"TIKTOK2TWITCH_TWITCH_LOGIN=bot",
                    "TIKTOK2TWITCH_TWITCH_TOKEN=" + granted({"chat:read", "chat:edit"}).access});
    EXPECT_EQ(less->wait(), 77) << less->err();
    EXPECT_THAT(less->err(), HasSubstr("lacks the right to user:write:chat"));
    const auto relay = over_helix({"TIKTOK2TWITCH_TWITCH_LOGIN=bot",
                                   "TIKTOK2TWITCH_TWITCH_TOKEN=" + granted({"user:write:chat"}).access});
    ASSERT_TRUE(ready()) << relay->err();
    comment("one");
    ASSERT_TRUE(delivered(1)) << relay->err();
    stop(*relay);
}

TEST_F(helix_relay_e2e, moderators_command_as_over_irc) {
    log_in();
    const auto relay = over_helix();
    ASSERT_TRUE(ready()) << relay->err();
    ASSERT_TRUE(somebody_reads()) << relay->err();
    EXPECT_EQ(command("!tiktok pause"), "paused; '!tiktok resume' goes on");
    EXPECT_EQ(command("!tiktok resume"), "going on");
    stop(*relay);
    EXPECT_EQ(report().at("received"), 0) << "answers are in no route's books";
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(helix_relay_e2e, that_the_bot_is_a_moderator_is_seen_from_its_own_lines) {
    log_in();
    const auto relay = over_helix();
    ASSERT_TRUE(ready()) << relay->err();
    ASSERT_TRUE(somebody_reads()) << relay->err();
    for (std::size_t i = 0; i < 3; ++i) {
        comment("line " + std::to_string(i));
        ASSERT_TRUE(delivered(i + 1)) << relay->err();
    }
    EXPECT_TRUE(relay->wait_for_err("the bot is a moderator now")) << relay->err();
    EXPECT_EQ(status().at("twitch").at("channels").at(0).at("moderator_limits"), true);
    stop(*relay);
    EXPECT_THAT(violations(), IsEmpty());
}

// In the bot's own channel, where Twitch would not refuse a repeat.
TEST_F(helix_relay_e2e, a_line_that_could_not_leave_is_said_once_the_api_is_back) {
    log_in();
    world_.call([this] { world_.twitch().rules().add_channel("bot"); });
    const auto config = temp_.write("config.toml", "[[route]]\ntiktok = \"ann\"\nchannel = \"bot\"\n");
    const auto relay = relay_from(config, {"TIKTOK2TWITCH_TWITCH_TRANSPORT=helix"});
    ASSERT_TRUE(ready()) << relay->err();
    comment("one");
    ASSERT_TRUE(delivered(1)) << relay->err();
    world_.call([this] {
        world_.helix().refuse_connections(true);
        world_.helix().close_connections();
    });
    comment("two");
    ASSERT_TRUE(relay->wait_for_err("Next attempt in")) << relay->err();
    const auto told = status().at("routes").at(0);
    EXPECT_EQ(told.at("pending"), 1);
    EXPECT_EQ(told.at("lines_sent"), 1);
    expect_balanced(told);
    world_.call([this] { world_.helix().refuse_connections(false); });
    ASSERT_TRUE(delivered(2)) << relay->err();
    stop(*relay);
    EXPECT_THAT(texts(), ElementsAre("[TikTok] Ann: one", "[TikTok] Ann: two"));
    EXPECT_EQ(report().at("relayed"), 2);
    EXPECT_EQ(report().at("lines_sent"), 2);
    expect_balanced(report());
    EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(helix_relay_e2e, chat_that_cannot_be_read_is_said_and_does_not_keep_lines_from_being_said) {
    log_in();
    world_.call([this] { world_.twitch().faults().refuse_connections = true; });
    const auto relay = over_helix();
    ASSERT_TRUE(ready()) << relay->err();
    comment("one");
    ASSERT_TRUE(delivered(1)) << relay->err();
    EXPECT_TRUE(relay->wait_for_err("moderators' commands do nothing")) << relay->err();
    world_.call([this] { world_.twitch().faults().refuse_connections = false; });
    EXPECT_TRUE(relay->wait_for_err("chat is read again")) << relay->err();
    stop(*relay);
}

}  // namespace
}  // namespace tiktok2twitch::test
