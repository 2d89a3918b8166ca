// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/sending/own_lines.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using origin = own_lines::origin;
using reader = own_lines::reader;

const core::time_point start{std::chrono::hours(1)};

class own_lines_test : public testing::Test {
protected:
    origin heard(const std::string& text, const std::string& id = "", const std::string& channel = "chan") {
        return lines.judge({channel, id, text}, reader::speaker, now);
    }
    origin read(const std::string& text, const std::string& id = "") {
        return lines.judge({"chan", id, text}, reader::listener, now);
    }
    void say(const std::string& text, const std::string& id) {
        lines.on_written("chan", text, now);
        lines.on_accepted("chan", id);
    }

    own_lines lines;
    core::time_point now = start;
};

TEST_F(own_lines_test, what_we_never_wrote_is_somebody_else_s_and_told_once) {
    EXPECT_EQ(heard("hello", "a"), origin::elsewhere);
    EXPECT_EQ(heard("hello", "a"), origin::known);
    EXPECT_TRUE(lines.is_foreign("a"));
    EXPECT_FALSE(lines.is_foreign(""));
    EXPECT_EQ(heard("hello"), origin::elsewhere);
    EXPECT_EQ(heard("hello"), origin::elsewhere);
}

TEST_F(own_lines_test, a_connection_does_not_hear_itself) {
    say("ours", "a");
    EXPECT_EQ(heard("ours", "b"), origin::elsewhere);
    EXPECT_EQ(heard("ours", "a"), origin::ours);  // a server that echoes
}

TEST_F(own_lines_test, a_line_like_the_one_in_flight_is_judged_when_that_has_its_answer) {
    lines.on_written("chan", "ours", now);
    EXPECT_EQ(heard("ours", "a"), origin::undecided);
    EXPECT_EQ(heard("ours", "a", "other"), origin::elsewhere);
    EXPECT_EQ(heard("theirs", "x"), origin::elsewhere);
    lines.on_accepted("chan", "b");
    EXPECT_EQ(heard("ours", "c"), origin::elsewhere);
    EXPECT_EQ(heard("ours", "b"), origin::ours);

    lines.on_written("chan", "twice", now);
    EXPECT_EQ(heard("twice", "d"), origin::undecided);
    lines.on_refused("chan");  // the other one came first
    EXPECT_EQ(heard("twice", "d"), origin::elsewhere);
}

TEST_F(own_lines_test, an_unconfirmed_line_of_an_earlier_connection_is_matched_once) {
    lines.on_written("chan", "lost", now);
    lines.on_connection_lost();
    EXPECT_EQ(heard("  lost "), origin::late_echo);
    EXPECT_EQ(heard("lost"), origin::elsewhere);
    say("known", "");
    lines.on_connection_lost();
    EXPECT_EQ(heard("known"), origin::ours);
    EXPECT_EQ(heard("known"), origin::elsewhere);
}

TEST_F(own_lines_test, what_automod_held_may_be_shown_later_and_what_was_refused_not) {
    lines.on_written("chan", "held", now);
    lines.on_unclear("chan");
    lines.on_written("chan", "refused", now);
    lines.on_refused("chan");
    lines.on_written("chan", "did not leave", now);
    lines.on_not_said("chan");
    EXPECT_EQ(heard("refused"), origin::elsewhere);
    EXPECT_EQ(heard("did not leave"), origin::elsewhere);
    now += minutes(4);
    EXPECT_EQ(heard("held"), origin::ours);
    EXPECT_EQ(heard("held"), origin::elsewhere);
}

TEST_F(own_lines_test, a_listener_knows_ours_by_their_ids) {
    lines.on_written("chan", "ours", now);
    EXPECT_EQ(read("ours as AutoMod changed it", "a"), origin::undecided);
    EXPECT_EQ(read("somebody else's", "b"), origin::undecided);
    lines.on_accepted("chan", "a");
    EXPECT_EQ(read("ours as AutoMod changed it", "a"), origin::ours);
    EXPECT_EQ(read("somebody else's", "b"), origin::elsewhere);
    EXPECT_EQ(read("ours", "c"), origin::elsewhere);
}

TEST_F(own_lines_test, a_listener_knows_ours_by_their_texts_where_there_are_no_ids) {
    say("no id given", "");
    EXPECT_EQ(read("no id  given", "a"), origin::ours);
    EXPECT_EQ(read("no id given", "b"), origin::elsewhere);
    say("no id shown", "c");
    EXPECT_EQ(read("no id shown"), origin::ours);
    EXPECT_EQ(read("no id shown"), origin::elsewhere);
    lines.on_written("chan", "no answer", now);
    lines.on_unclear("chan");
    EXPECT_EQ(read("no answer", "d"), origin::ours);
}

TEST_F(own_lines_test, in_a_shared_chat_our_line_is_shown_in_every_channel) {
    say("ours", "a");
    for (const auto* channel : {"other", "third"}) {
        EXPECT_EQ(lines.judge({channel, "a", "changed", false, true}, reader::speaker, now), origin::ours);
        EXPECT_EQ(lines.judge({channel, "", "ours", false, true}, reader::speaker, now), origin::ours);
    }
    EXPECT_EQ(lines.judge({"other", "b", "theirs", false, true}, reader::speaker, now), origin::elsewhere);
    EXPECT_EQ(lines.judge({"third", "b", "theirs", false, true}, reader::speaker, now), origin::known);
}

TEST_F(own_lines_test, a_user_state_that_answers_nobody) {
    EXPECT_EQ(lines.judge_answer("chan", "a", now), origin::elsewhere);
    EXPECT_EQ(lines.judge_answer("chan", "a", now), origin::known);
    EXPECT_EQ(heard("its text", "a"), origin::known);
    EXPECT_EQ(heard("text first", "b"), origin::elsewhere);
    EXPECT_EQ(lines.judge_answer("chan", "b", now), origin::known);

    say("ours", "c");
    EXPECT_EQ(lines.judge_answer("chan", "c", now), origin::ours);
    lines.on_written("chan", "given up", now);
    lines.on_unclear("chan");
    EXPECT_EQ(lines.judge_answer("chan", "late", now), origin::ours);
    EXPECT_EQ(lines.judge_answer("chan", "later", now), origin::elsewhere);
    lines.on_written("chan", "lost", now);
    lines.on_connection_lost();
    EXPECT_EQ(lines.judge_answer("chan", "of the new connection", now), origin::elsewhere);
}

TEST_F(own_lines_test, what_is_remembered_is_bounded) {
    for (std::size_t i = 0; i <= own_lines::most; ++i) {
        lines.on_written("chan", "m" + std::to_string(i), now);
        lines.on_unclear("chan");
    }
    EXPECT_EQ(heard("m0"), origin::elsewhere);
    EXPECT_EQ(heard("m1"), origin::ours);
    now += own_lines::remembered;
    EXPECT_EQ(heard("m2"), origin::elsewhere);
    for (std::size_t i = 0; i <= own_lines::most; ++i)
        heard("x", "x" + std::to_string(i));
    EXPECT_FALSE(lines.is_foreign("x0"));
    EXPECT_TRUE(lines.is_foreign("x1"));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
