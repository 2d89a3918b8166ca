// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/irc/read_back.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/twitch/account_driver.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class read_back_test : public testing::Test {
protected:
    read_back_test() : reader_("bot", 7) { reader_.add_channel("chan"); }

    void line(const std::string& text) { reader_.on_line(text, now_); }
    void connect() {
        reader_.on_connected(now_);
        written_ = reader_.take_output();
        line(":tmi.twitch.tv CAP * ACK :twitch.tv/tags twitch.tv/commands");
        line(":tmi.twitch.tv 001 justinfan10007 :Welcome, GLHF!");
        pass(seconds(0));
        line("@slow=0 :tmi.twitch.tv ROOMSTATE #chan");
        pass(seconds(3));  // an anonymous reader gets no USERSTATE
    }
    void pass(core::duration span) {
        now_ += span;
        EXPECT_FALSE(reader_.poll(now_));
        written_ += reader_.take_output();
    }
    void confirm_lines_nobody_sees(int count) {
        for (int i = 0; i < count; ++i) {
            reader_.on_confirmed("chan", "id" + std::to_string(i), now_);
            pass(seconds(1));
            line("@id=other" + std::to_string(i) + " :ann!ann@ann.tmi.twitch.tv PRIVMSG #chan :hello");
        }
        pass(delivery_audit::patience);
    }

    core::time_point now_ = start;
    read_back reader_;
    std::string written_;
};

TEST_F(read_back_test, the_reader_is_anonymous_and_only_joins) {
    connect();
    EXPECT_THAT(written_, HasSubstr("NICK justinfan10007\r\n"));
    EXPECT_THAT(written_, HasSubstr("JOIN #chan\r\n"));
    EXPECT_THAT(written_, Not(HasSubstr("PRIVMSG")));
}

TEST_F(read_back_test, a_renamed_channel_is_read_under_its_new_name_and_keeps_its_old_one_here) {
    reader_.listen_for("!tiktok");
    connect();
    reader_.channel_called("chan", "chan_new");
    pass(seconds(0));
    EXPECT_THAT(written_, HasSubstr("PART #chan\r\n"));
    EXPECT_THAT(written_, HasSubstr("JOIN #chan_new\r\n"));
    line("@slow=0 :tmi.twitch.tv ROOMSTATE #chan_new");
    pass(seconds(3));
    line("@badges=moderator/1;id=1;mod=1 :mo!mo@mo.tmi.twitch.tv PRIVMSG #chan_new :!tiktok pause");
    line("@badges=;id=2;mod=0 :bot!bot@bot.tmi.twitch.tv PRIVMSG #chan_new :hello");
    const auto chat = reader_.take_chat();
    ASSERT_EQ(chat.size(), 1u);
    EXPECT_EQ(chat[0].channel, "chan");
    const auto own = reader_.take_own_lines();
    ASSERT_EQ(own.size(), 1u);
    EXPECT_EQ(own[0].channel, "chan");
    written_.clear();
    reader_.remove_channel("chan");
    pass(seconds(0));
    EXPECT_THAT(written_, HasSubstr("PART #chan_new\r\n"));
}

TEST_F(read_back_test, accepted_lines_that_nobody_sees_are_reported) {
    connect();
    confirm_lines_nobody_sees(5);
    EXPECT_THAT(reader_.take_suspects(now_), ElementsAre("chan"));
}

TEST_F(read_back_test, lines_that_are_seen_are_no_reason_to_worry) {
    connect();
    for (int i = 0; i < 20; ++i) {
        reader_.on_confirmed("chan", "id" + std::to_string(i), now_);
        line("@id=id" + std::to_string(i) + " :bot!bot@bot.tmi.twitch.tv PRIVMSG #chan :[T] hi");
        line("@id=x :ann!ann@ann.tmi.twitch.tv PRIVMSG #chan :hello");
        pass(seconds(1));
    }
    pass(delivery_audit::patience);
    EXPECT_THAT(reader_.take_suspects(now_), IsEmpty());
}

TEST_F(read_back_test, a_reader_without_a_connection_judges_nothing) {
    for (int i = 0; i < 9; ++i)
        reader_.on_confirmed("chan", "", now_);
    connect();
    reader_.on_disconnected(now_);
    now_ += minutes(1);
    EXPECT_THAT(reader_.take_suspects(now_), IsEmpty());
}

TEST_F(read_back_test, a_dead_connection_and_a_reconnect_are_noticed) {
    connect();
    now_ += minutes(5);
    reader_.poll(now_);  // the PING
    now_ += minutes(5);
    EXPECT_TRUE(reader_.poll(now_));
    reader_.on_disconnected(now_);
    connect();
    line(":tmi.twitch.tv RECONNECT");
    EXPECT_EQ(reader_.poll(now_), errc::server_reconnect);
}

TEST_F(read_back_test, logins_keep_their_distance_however_connections_end) {
    for (int i = 0; i < 50; ++i) {
        connect();
        reader_.on_disconnected(now_ + seconds(1));
        const auto next = reader_.next_login(now_ + seconds(1));
        EXPECT_LE(next, now_ + seconds(11));
        if (i > 6) {
            EXPECT_GE(next, now_ + seconds(6));
        }
        now_ = next;
    }
    // Not even a connection: ever more rarely.
    for (int i = 0; i < 10; ++i)
        reader_.on_disconnected(now_);
    EXPECT_GE(reader_.next_login(now_), now_ + seconds(45));
}

TEST_F(read_back_test, a_server_that_does_not_read_is_given_up) {
    connect();
    for (int i = 0; i < 100'000 && !reader_.overflowed(); ++i)
        line("PING :tmi.twitch.tv");
    EXPECT_TRUE(reader_.overflowed());
    EXPECT_EQ(reader_.poll(now_), errc::server_not_reading);
}

class reader_of_commands : public read_back_test {
protected:
    reader_of_commands() {
        reader_.listen_for("!tiktok");
        connect();
    }
    void type(const std::string& badges, const std::string& login, const std::string& text,
              const std::string& channel = "chan") {
        line("@badges=" + badges + ";id=x :" + login + "!" + login + "@" + login + " PRIVMSG #" + channel +
             " :" + text);
    }
};

TEST_F(reader_of_commands, what_starts_with_the_word_is_handed_out_with_who_may_command) {
    type("moderator/1", "vera", "!TikTok pause");
    type("", "stranger", "!tiktok pause");
    type("moderator/1", "vera", "hello");
    type("", "bot", "[TikTok] !tiktok pause");
    const auto chat = reader_.take_chat();
    ASSERT_EQ(chat.size(), 2U);
    EXPECT_EQ(chat[0].channel, "chan");
    EXPECT_EQ(chat[0].login, "vera");
    EXPECT_EQ(chat[0].text, "!TikTok pause");
    EXPECT_TRUE(chat[0].may_command);
    EXPECT_FALSE(chat[1].may_command);
    EXPECT_THAT(reader_.take_chat(), IsEmpty());
}

TEST_F(reader_of_commands, a_streamer_whose_account_the_bot_uses_may_command) {
    type("broadcaster/1", "bot", "!tiktok pause");
    ASSERT_EQ(reader_.take_chat().size(), 1U);
    // Without the sign a template could make a line of ours begin like that.
    reader_.listen_for("tiktok");
    type("broadcaster/1", "bot", "tiktok pause");
    EXPECT_THAT(reader_.take_chat(), IsEmpty());
    type("moderator/1", "vera", "tiktok pause");
    EXPECT_EQ(reader_.take_chat().size(), 1U);
}

TEST_F(reader_of_commands, our_own_lines_tell_our_rank_when_it_changes) {
    type("", "bot", "[TikTok] a");
    EXPECT_THAT(reader_.take_ranks(), IsEmpty());
    type("moderator/1", "bot", "[TikTok] b");
    type("moderator/1", "bot", "[TikTok] c");
    type("moderator/1", "bot", "[TikTok] d", "elsewhere");
    const auto up = reader_.take_ranks();
    ASSERT_EQ(up.size(), 1U);
    EXPECT_EQ(up[0].channel, "chan");
    EXPECT_TRUE(up[0].moderator);
    type("", "bot", "[TikTok] e");
    const auto down = reader_.take_ranks();
    ASSERT_EQ(down.size(), 1U);
    EXPECT_FALSE(down[0].moderator);
}

TEST_F(reader_of_commands, a_flood_of_them_keeps_the_newest_hundred) {
    for (int i = 0; i < 150; ++i)
        type("", "ann", "!tiktok " + std::to_string(i));
    const auto chat = reader_.take_chat();
    ASSERT_EQ(chat.size(), 100U);
    EXPECT_EQ(chat.back().text, "!tiktok 149");
}

TEST_F(read_back_test, without_a_word_nothing_is_collected) {
    connect();
    line("@badges=moderator/1;id=x :vera!vera@vera PRIVMSG #chan :!tiktok pause");
    line("@badges=moderator/1;id=y :bot!bot@bot PRIVMSG #chan :[TikTok] a");
    EXPECT_THAT(reader_.take_chat(), IsEmpty());
    EXPECT_THAT(reader_.take_ranks(), IsEmpty());
}

TEST(account_invisible, an_invisible_channel_is_paused_longer_each_time_and_others_are_not) {
    account_driver d;
    d.get_ready();
    d.acc.add_route(2, "other", d.now);
    d.run_for(seconds(1));
    d.acc.on_invisible("chan", d.now);
    d.collect();
    EXPECT_EQ(d.told(notice::severity::warning, "nobody sees them"), 1U);
    EXPECT_EQ(d.status(0).state, channel_state::paused);
    EXPECT_EQ(d.status(0).reason, "suspected_mute");
    d.push(1, "waits");
    d.push(2, "goes");
    d.run_for(seconds(50));
    ASSERT_EQ(d.lines.size(), 1U);
    EXPECT_EQ(d.lines[0].line.channel, "other");
    d.run_for(seconds(15));
    EXPECT_EQ(d.dropped("expired") + d.relayed(), 2U);
    d.acc.on_invisible("chan", d.now);
    d.collect();
    EXPECT_EQ(d.told(notice::severity::warning, "Next try in 1 min."), 2U) << "the rank is asked by then";
    d.run_for(seconds(115));
    EXPECT_EQ(d.status(0).channel, "chan");
    EXPECT_EQ(d.status(0).state, channel_state::paused);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
