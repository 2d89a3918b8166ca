// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/irc/chat_survey.hpp"

#include <gmock/gmock.h>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;
using answer = channel_look::answer;

const core::time_point start{std::chrono::hours(1)};

class chat_survey_test : public testing::Test {
protected:
    explicit chat_survey_test(std::vector<std::string> channels = {"chan", "other"})
        : survey_(settings(), std::move(channels), start) {}

    static options settings() {
        options out;
        out.login = "bot";
        out.token = core::secret("abc");
        return out;
    }
    void line(std::string_view text) { survey_.on_line(text, start); }
    void log_in() {
        line(":tmi.twitch.tv CAP * ACK :twitch.tv/tags twitch.tv/commands");
        line(":tmi.twitch.tv 001 bot :Welcome, GLHF!");
    }
    const channel_look& channel(std::size_t index) const { return survey_.result().channels.at(index); }

    chat_survey survey_;
};

TEST_F(chat_survey_test, joins_what_it_was_asked_to_and_says_nothing) {
    EXPECT_THAT(survey_.take_output(), Not(HasSubstr("JOIN")));
    log_in();
    EXPECT_EQ(survey_.take_output(), "JOIN #chan\r\nJOIN #other\r\n");
    EXPECT_FALSE(survey_.done(start));
    EXPECT_EQ(survey_.deadline(), start + seconds(10));
    line("@badges=moderator/1;mod=1 :tmi.twitch.tv USERSTATE #chan");
    EXPECT_EQ(channel(0).what, answer::none);
    line("@emote-only=1;followers-only=30;r9k=1;slow=5;subs-only=1 :tmi.twitch.tv ROOMSTATE #chan");
    EXPECT_EQ(channel(0).what, answer::joined);
    line("@emote-only=0;followers-only=-1;r9k=0;slow=0;subs-only=0 :tmi.twitch.tv ROOMSTATE #other");
    EXPECT_FALSE(survey_.done(start));
    line("@badges=vip/1;mod=0 :tmi.twitch.tv USERSTATE #other");
    EXPECT_TRUE(survey_.done(start));
    EXPECT_EQ(survey_.take_output(), "");
    EXPECT_FALSE(survey_.result().error);
    EXPECT_EQ(survey_.result().login, "bot");
    EXPECT_EQ(channel(0).rank, role::moderator);
    EXPECT_EQ(channel(0).modes, (room_modes{seconds(5), 30, true, true, true}));
    EXPECT_EQ(channel(1).rank, role::vip);
    EXPECT_EQ(channel(1).modes, room_modes{});
}

TEST_F(chat_survey_test, a_channel_that_does_not_answer_is_waited_for_ten_seconds) {
    log_in();
    line("@slow=7 :tmi.twitch.tv ROOMSTATE #chan");
    EXPECT_FALSE(survey_.done(start + seconds(10) - milliseconds(1)));
    EXPECT_TRUE(survey_.done(start + seconds(10)));
    EXPECT_FALSE(survey_.result().error);
    EXPECT_EQ(channel(0).what, answer::joined) << "one of the two lines is enough";
    EXPECT_EQ(channel(0).modes.slow, seconds(7));
    EXPECT_EQ(channel(1).what, answer::none);
}

TEST_F(chat_survey_test, refusals_are_kept_with_what_to_do) {
    log_in();
    line("@msg-id=msg_banned :tmi.twitch.tv NOTICE #chan :You are permanently banned.");
    line("@msg-id=slow_on :tmi.twitch.tv NOTICE #other :This room is in slow mode.");
    EXPECT_EQ(channel(1).what, answer::none) << "news of the room, no refusal";
    line(":bot!bot@bot.tmi.twitch.tv PART #other");
    EXPECT_TRUE(survey_.done(start));
    EXPECT_EQ(channel(0).what, answer::refused);
    EXPECT_EQ(channel(0).msg_id, "msg_banned");
    EXPECT_THAT(channel(0).sentence, HasSubstr("/unban bot"));
    EXPECT_EQ(channel(1).what, answer::refused);
    EXPECT_EQ(channel(1).msg_id, "");
    // What comes late does not make it a success.
    line("@slow=0 :tmi.twitch.tv ROOMSTATE #chan");
    line("@badges= :tmi.twitch.tv USERSTATE #chan");
    EXPECT_EQ(channel(0).what, answer::refused);
}

TEST_F(chat_survey_test, a_refused_login_ends_it) {
    line(":tmi.twitch.tv NOTICE * :Login authentication failed");
    EXPECT_TRUE(survey_.done(start));
    EXPECT_EQ(survey_.result().error, errc::login_refused);
    EXPECT_EQ(survey_.result().login, "");
}

TEST_F(chat_survey_test, a_login_without_an_answer_ends_it) {
    EXPECT_FALSE(survey_.done(start + seconds(14)));
    EXPECT_EQ(survey_.deadline(), start + seconds(15));
    EXPECT_TRUE(survey_.done(start + seconds(15)));
    EXPECT_EQ(survey_.result().error, errc::login_timeout);
}

TEST_F(chat_survey_test, a_broken_connection_matters_only_while_something_is_open) {
    log_in();
    line("@slow=0 :tmi.twitch.tv ROOMSTATE #chan");
    line("@badges= :tmi.twitch.tv USERSTATE #chan");
    survey_.on_disconnected(errc::connection_dead);
    EXPECT_TRUE(survey_.done(start));
    EXPECT_EQ(survey_.result().error, errc::connection_dead);
    EXPECT_EQ(channel(0).what, answer::joined);
}

class chat_survey_without_channels : public chat_survey_test {
protected:
    chat_survey_without_channels() : chat_survey_test({}) {}
};

TEST_F(chat_survey_without_channels, the_login_is_all) {
    EXPECT_FALSE(survey_.done(start));
    log_in();
    EXPECT_TRUE(survey_.done(start));
    survey_.on_disconnected(errc::connection_dead);
    EXPECT_FALSE(survey_.result().error);
}

class chat_survey_of_many : public chat_survey_test {
protected:
    chat_survey_of_many() : chat_survey_test(std::vector<std::string>(25, "chan")) {}
};

TEST_F(chat_survey_of_many, twenty_joins_are_the_most) {
    EXPECT_EQ(survey_.result().channels.size(), 20U);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
