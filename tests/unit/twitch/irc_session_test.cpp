// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/irc/session.hpp"

#include <gmock/gmock.h>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const core::time_point start{std::chrono::hours(1)};

struct irc_session_test : testing::Test {
    options settings;
    irc_session session;

    irc_session_test() {
        settings.login = "bot";
        settings.token = core::secret("abc");
        session.start(settings, start);
    }
    session_event say(std::string_view line, core::time_point at = start) {
        return session.on_line(line, at);
    }
    void log_in() {
        say(":tmi.twitch.tv CAP * ACK :twitch.tv/tags twitch.tv/commands");
        say(":tmi.twitch.tv 001 bot :Welcome, GLHF!");
        session.take_output();
    }
    template <class T>
    T expect(std::string_view line) {
        const auto event = say(line);
        EXPECT_TRUE(std::holds_alternative<T>(event)) << line;
        return std::holds_alternative<T>(event) ? std::get<T>(event) : T{};
    }
};

TEST_F(irc_session_test, what_waits_to_be_written_is_bounded) {
    log_in();
    const std::string longest(60'000, 'x');
    for (int i = 0; i < 4; ++i)
        say("PING :" + longest);
    EXPECT_FALSE(session.overflowed());
    EXPECT_EQ(session.take_output().size(), 4 * (longest.size() + std::string("PONG :\r\n").size() - 1));
    for (int i = 0; i < 5; ++i)
        say("PING :" + longest);
    EXPECT_TRUE(session.overflowed());
    EXPECT_EQ(session.failure(start), errc::server_not_reading);
    EXPECT_LE(session.take_output().size(), irc_session::max_output);
    EXPECT_TRUE(session.overflowed());
    session.start(settings, start);
    EXPECT_FALSE(session.overflowed());
}

TEST_F(irc_session_test, login_asks_for_capabilities_and_gives_pass_before_nick) {
    EXPECT_EQ(session.take_output(),
              "CAP REQ :twitch.tv/tags twitch.tv/commands\r\nPASS oauth:abc\r\nNICK bot\r\n");
}

TEST_F(irc_session_test, a_token_with_line_breaks_cannot_inject) {
    settings.token = core::secret("x\r\nQUIT");
    session.start(settings, start);
    EXPECT_THAT(session.take_output(), testing::HasSubstr("PASS oauth:xQUIT\r\nNICK"));
}

TEST_F(irc_session_test, ready_needs_001_and_both_capabilities_in_any_order) {
    expect<nothing>(":tmi.twitch.tv 001 Real_Bot :Welcome");
    EXPECT_TRUE(session.welcomed());
    EXPECT_FALSE(session.ready());
    expect<nothing>(":tmi.twitch.tv CAP * ACK :twitch.tv/tags");
    expect<logged_in>(":tmi.twitch.tv CAP * ACK :twitch.tv/commands ");
    EXPECT_TRUE(session.ready());
    EXPECT_EQ(session.login(), "Real_Bot");
}

TEST_F(irc_session_test, refused_capabilities_end_the_connection) {
    EXPECT_EQ(expect<session_failed>(":tmi.twitch.tv CAP * NAK :twitch.tv/tags").reason,
              errc::capabilities_refused);
}

TEST_F(irc_session_test, login_notices_tell_a_bad_token_from_bad_data) {
    const auto reason = [&](std::string text) {
        return expect<session_failed>(":tmi.twitch.tv NOTICE * :" + text).reason;
    };
    EXPECT_EQ(reason("Login authentication failed"), errc::login_refused);
    EXPECT_EQ(reason("Login unsuccessful"), errc::login_refused);
    EXPECT_EQ(reason("Error logging in"), errc::login_refused);
    EXPECT_EQ(reason("something new"), errc::login_refused);
    EXPECT_EQ(reason("IMPROPERLY formatted auth"), errc::login_malformed);
    EXPECT_EQ(reason("Invalid NICK"), errc::login_malformed);
    log_in();
    expect<nothing>(":tmi.twitch.tv NOTICE * :Login authentication failed");
}

TEST_F(irc_session_test, missing_answers_to_the_login_time_out_by_name) {
    EXPECT_FALSE(session.failure(start + milliseconds(14999)));
    EXPECT_EQ(session.failure(start + seconds(15)), errc::login_timeout);
    say(":tmi.twitch.tv 001 bot :Welcome", start + seconds(1));
    EXPECT_EQ(session.failure(start + seconds(15)), errc::capabilities_refused);
    EXPECT_EQ(session.deadline(), start + seconds(15));
}

TEST_F(irc_session_test, pings_are_echoed_with_their_parameter) {
    say("PING :tmi.twitch.tv");
    say("PING :a b");
    say("PING");
    EXPECT_THAT(session.take_output(),
                testing::EndsWith("PONG tmi.twitch.tv\r\nPONG :a b\r\nPONG tmi.twitch.tv\r\n"));
}

TEST_F(irc_session_test, silence_is_probed_after_thirty_seconds_and_fatal_ten_later) {
    log_in();
    session.keep_alive(start + milliseconds(29999));
    EXPECT_EQ(session.take_output(), "");
    EXPECT_EQ(session.deadline(), start + seconds(30));
    session.keep_alive(start + seconds(30));
    EXPECT_EQ(session.take_output(), "PING t2t-1\r\n");
    session.keep_alive(start + seconds(31));
    EXPECT_EQ(session.take_output(), "");
    EXPECT_FALSE(session.failure(start + milliseconds(39999)));
    EXPECT_EQ(session.failure(start + seconds(40)), errc::connection_dead);
}

TEST_F(irc_session_test, any_line_is_life_even_one_that_does_not_parse) {
    log_in();
    session.keep_alive(start + seconds(30));
    say("@", start + seconds(39));
    EXPECT_FALSE(session.failure(start + seconds(60)));
    EXPECT_EQ(session.deadline(), start + seconds(69));
}

TEST_F(irc_session_test, pongs_of_all_shapes_give_their_number) {
    log_in();
    EXPECT_EQ(session.send_ping(start), 1U);
    EXPECT_EQ(session.send_ping(start), 2U);
    EXPECT_EQ(expect<pong>(":tmi.twitch.tv PONG tmi.twitch.tv :t2t-1").token, 1U);
    EXPECT_EQ(expect<pong>("PONG t2t-2").token, 2U);
    expect<nothing>("PONG :tmi.twitch.tv");
    expect<nothing>(":tmi.twitch.tv PONG tmi.twitch.tv :t2t-x");
    expect<nothing>("PONG");
    session.start(settings, start);
    EXPECT_EQ(session.send_ping(start), 3U);  // an old PONG must not match
}

TEST_F(irc_session_test, rank_is_read_from_badges_mod_flag_and_own_channel) {
    log_in();
    const auto rank = [&](std::string tags, std::string channel = "chan") {
        return expect<user_state>("@" + tags + " :tmi.twitch.tv USERSTATE #" + channel).rank;
    };
    EXPECT_EQ(rank("badges=;mod=0"), role::ordinary);
    EXPECT_EQ(rank("badges=subscriber/12;mod=0"), role::ordinary);
    EXPECT_EQ(rank("badges=subscriber/12,moderator/1;mod=0"), role::moderator);
    EXPECT_EQ(rank("badges=lead_moderator/1;mod=0"), role::moderator);
    EXPECT_EQ(rank("badges=;mod=1"), role::moderator);
    EXPECT_EQ(rank("badges=vip/1;mod=0"), role::vip);
    EXPECT_EQ(rank("badges=broadcaster/1"), role::broadcaster);
    EXPECT_EQ(rank("badges=;mod=0", "bot"), role::broadcaster);
    EXPECT_EQ(rank("badges=fake-moderator/1;mod=0"), role::ordinary);
    EXPECT_EQ(expect<user_state>("@id=1-2;badges= :tmi.twitch.tv USERSTATE #chan").id, "1-2");
    EXPECT_EQ(expect<user_state>("@id=;badges= :tmi.twitch.tv USERSTATE #chan").id, "");
}

TEST_F(irc_session_test, roomstate_holds_only_what_was_said) {
    log_in();
    const auto full =
        expect<room_state>("@emote-only=1;followers-only=-1;r9k=0;slow=10;subs-only=0 :x ROOMSTATE #chan");
    EXPECT_EQ(full.slow, seconds(10));
    EXPECT_EQ(full.emote_only, true);
    EXPECT_EQ(full.subs_only, false);
    EXPECT_EQ(full.followers_only, -1);
    const auto part = expect<room_state>("@slow=junk;subs-only=1 :x ROOMSTATE #chan");
    EXPECT_FALSE(part.slow);
    EXPECT_FALSE(part.emote_only);
    EXPECT_EQ(part.subs_only, true);
    EXPECT_EQ(expect<room_state>("@slow=99999999 :x ROOMSTATE #c").slow, seconds(1'209'600));
    EXPECT_EQ(expect<room_state>("@slow=-5 :x ROOMSTATE #c").slow, seconds(0));
}

TEST_F(irc_session_test, clears_and_parts_matter_only_for_ourselves) {
    log_in();
    EXPECT_EQ(expect<own_clear>("@ban-duration=600 :x CLEARCHAT #chan :bot").duration, seconds(600));
    EXPECT_EQ(expect<own_clear>("@target-user-id=1 :x CLEARCHAT #chan :bot").duration, std::nullopt);
    expect<nothing>("@ban-duration=600 :x CLEARCHAT #chan :viewer");
    expect<nothing>(":x CLEARCHAT #chan");
    expect<nothing>("@target-msg-id=1 :x CLEARMSG #chan :text");
    expect<nothing>("@login=viewer;target-msg-id=1 :x CLEARMSG #chan :text");
    expect<nothing>("@login=bot;target-msg-id= :x CLEARMSG #chan :text");
    const auto cleared = expect<own_line_cleared>("@login=bot;target-msg-id=a-1 :x CLEARMSG #chan :text");
    EXPECT_EQ(cleared.channel + " " + cleared.line_id, "chan a-1");
    EXPECT_EQ(expect<own_part>(":bot!bot@bot.tmi.twitch.tv PART #chan").channel, "chan");
    expect<nothing>(":viewer!v@v PART #chan");
    expect<reconnect_asked>(":tmi.twitch.tv RECONNECT");
}

TEST_F(irc_session_test, chat_of_others_is_told_with_who_may_command) {
    log_in();
    const auto trusted = [&](const std::string& tags, const std::string& who = "vera") {
        const auto event = expect<channel_chat>("@" + tags + " :" + who + "!" + who + "@" + who +
                                                ".tmi.twitch.tv PRIVMSG #chan :!tiktok pause");
        EXPECT_EQ(event.channel, "chan");
        EXPECT_EQ(event.login, who);
        EXPECT_EQ(event.text, "!tiktok pause");
        return event.trusted;
    };
    EXPECT_TRUE(trusted("badges=broadcaster/1,subscriber/12;mod=0"));
    EXPECT_TRUE(trusted("badges=subscriber/3,moderator/1;mod=1"));
    EXPECT_TRUE(trusted("badges=lead_moderator/1;mod=0"));
    EXPECT_TRUE(trusted("badges=;mod=1")) << "badges sometimes go missing";
    EXPECT_TRUE(trusted("badges=;mod=0", "chan")) << "the broadcaster's own name";
    EXPECT_FALSE(trusted("badges=vip/1;vip=1;mod=0"));
    EXPECT_FALSE(trusted("badges=staff/1;mod=0;user-type=staff"));
    EXPECT_FALSE(trusted("badges=not-a-moderator/1;mod=0"));
    EXPECT_FALSE(trusted("badges=;badge-info=moderator/1;mod=0;display-name=broadcaster/1"));
    EXPECT_FALSE(trusted("badges=;mod=0;client-nonce=moderator/1"));
}

// Twitch does not send back what this connection says.
TEST_F(irc_session_test, what_a_person_types_with_our_account_is_told_as_such) {
    log_in();
    EXPECT_TRUE(expect<channel_chat>(":Bot!bot@bot.tmi.twitch.tv PRIVMSG #chan :!tiktok pause").own);
    EXPECT_FALSE(expect<channel_chat>(":vera!vera@vera.tmi.twitch.tv PRIVMSG #chan :!tiktok pause").own);
}

TEST_F(irc_session_test, odd_lines_are_not_chat) {
    log_in();
    expect<nothing>(":vera!vera@vera.tmi.twitch.tv PRIVMSG chan :!tiktok pause");
    expect<nothing>(":vera!vera@vera.tmi.twitch.tv PRIVMSG #chan");
    expect<nothing>("PRIVMSG #chan :!tiktok pause");
}

TEST_F(irc_session_test, what_was_typed_in_another_channel_of_a_shared_chat_commands_nothing) {
    log_in();
    const std::string rest = " :vera!vera@vera.tmi.twitch.tv PRIVMSG #chan :!tiktok pause";
    const auto there =
        expect<channel_chat>("@badges=moderator/1;mod=1;id=a;source-id=b;room-id=1;source-room-id=2" + rest);
    EXPECT_TRUE(there.shared);
    EXPECT_FALSE(there.trusted);
    EXPECT_EQ(there.id, "b");
    const auto here =
        expect<channel_chat>("@badges=moderator/1;mod=1;id=a;source-id=b;room-id=1;source-room-id=1" + rest);
    EXPECT_FALSE(here.shared);
    EXPECT_TRUE(here.trusted);
    EXPECT_EQ(here.id, "a");
}

}  // namespace
}  // namespace tiktok2twitch::twitch
