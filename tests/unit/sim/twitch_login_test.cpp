// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include "tiktok2twitch/sim/twitch/rules.hpp"
#include "tiktok2twitch/sim/twitch/session.hpp"

namespace tiktok2twitch::sim {
namespace {

using namespace std::chrono_literals;
using ::testing::Test;

class twitch_login_test : public Test {
protected:
    twitch_login_test() {
        rules.add_account("bot", "secret");
        rules.add_channel("chan");
    }
    core::time_point now{5000s};
    twitch_rules rules;
};

TEST_F(twitch_login_test, the_token_decides_who_it_is) {
    EXPECT_EQ(rules.login("oauth:secret", "Bot", now).login, "bot");
    EXPECT_EQ(rules.login("oauth:secret", "somebody_else", now).login, "bot");
}

TEST_F(twitch_login_test, each_failure_has_twitchs_words) {
    EXPECT_EQ(rules.login("oauth:wrong", "bot", now).notice, "Login authentication failed");
    EXPECT_EQ(rules.login("secret", "bot", now).notice, "Improperly formatted auth");
    EXPECT_EQ(rules.login("", "bot", now).notice, "Improperly formatted auth");
    EXPECT_EQ(rules.login("oauth:", "bot", now).notice, "Improperly formatted auth");
    EXPECT_EQ(rules.login("oauth:secret", "not a nick", now).notice, "Invalid NICK");
}

TEST_F(twitch_login_test, a_changed_token_bites_at_the_next_login) {
    rules.change_token("bot", "renewed");
    EXPECT_FALSE(rules.login("oauth:secret", "bot", now).accepted);
    EXPECT_TRUE(rules.login("oauth:renewed", "bot", now).accepted);
}

TEST_F(twitch_login_test, anonymous_readers_need_no_token) {
    EXPECT_TRUE(rules.login("", "justinfan123", now).accepted);
}

TEST_F(twitch_login_test, joins_are_answered_by_the_state_of_the_channel) {
    EXPECT_EQ(rules.join("bot", "chan", now), join_answer::joined);
    EXPECT_EQ(rules.join("bot", "typo", now), join_answer::silence);
    rules.ban("bot", "chan");
    EXPECT_EQ(rules.join("bot", "chan", now), join_answer::banned);
    rules.set_suspended("chan", true);
    EXPECT_EQ(rules.join("bot", "chan", now), join_answer::suspended);
}

TEST_F(twitch_login_test, userstate_shows_rank_and_message_id) {
    EXPECT_EQ(rules.userstate("bot", "chan", {}).find(";id="), std::string::npos);
    rules.set_role("bot", "chan", role::moderator);
    const std::string line = rules.userstate("bot", "chan", "abc");
    EXPECT_NE(line.find("badges=moderator/1;"), std::string::npos);
    EXPECT_NE(line.find(";mod=1;"), std::string::npos);
    EXPECT_NE(line.find(";user-type=mod;"), std::string::npos);
    EXPECT_NE(line.find(";id=abc :tmi.twitch.tv USERSTATE #chan"), std::string::npos);
}

TEST_F(twitch_login_test, roomstate_is_full_at_first_and_partial_afterwards) {
    const std::string full = rules.roomstate("chan");
    for (const char* part : {"emote-only=0", "followers-only=-1", "r9k=0", "slow=0", "subs-only=0"}) {
        EXPECT_NE(full.find(part), std::string::npos) << part;
    }
    const channel_modes before = rules.modes("chan");
    channel_modes modes;
    modes.slow = 10;
    rules.set_modes("chan", modes);
    const std::string partial = rules.changed_roomstate("chan", before);
    EXPECT_NE(partial.find("slow=10"), std::string::npos);
    EXPECT_EQ(partial.find("r9k"), std::string::npos);
}

TEST_F(twitch_login_test, the_echo_carries_nonce_and_id) {
    delivery line;
    line.account = "bot";
    line.channel = "chan";
    line.text = "hi there";
    line.id = "abc";
    const std::string echo = rules.echo(line, "n;1", 42);
    EXPECT_NE(echo.find("client-nonce=n\\:1;"), std::string::npos);
    EXPECT_NE(echo.find(";id=abc;"), std::string::npos);
    EXPECT_TRUE(echo.ends_with(" :bot!bot@bot.tmi.twitch.tv PRIVMSG #chan :hi there"));
}

TEST(irc_command_test, tags_prefix_verb_and_parameters_are_taken_apart) {
    const irc_command command = read_command("@a=b;client-nonce=xyz :me!me@me privmsg  #chan :a :b  c");
    EXPECT_EQ(command.nonce, "xyz");
    EXPECT_EQ(command.verb, "PRIVMSG");
    ASSERT_EQ(command.parameters.size(), 2U);
    EXPECT_EQ(command.parameters[0], "#chan");
    EXPECT_EQ(command.parameters[1], "a :b  c");
}

TEST(irc_command_test, an_empty_last_parameter_is_one) {
    EXPECT_EQ(read_command("PRIVMSG #chan :").parameters.size(), 2U);
    EXPECT_TRUE(read_command("PING").parameters.empty());
    EXPECT_EQ(read_command("").verb, "");
}

}  // namespace
}  // namespace tiktok2twitch::sim
