// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/sim/twitch/rules.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tiktok2twitch::sim {
namespace {

using namespace std::chrono_literals;
using kind = say_answer::kind;

class twitch_rules_test : public ::testing::Test {
protected:
    twitch_rules_test() {
        rules.add_account("bot", "secret");
        rules.add_channel("chan");
        rules.add_channel("other");
    }

    say_answer say(const std::string& text, core::duration at, const std::string& channel = "chan") {
        return rules.say("bot", channel, text, start + at);
    }
    std::size_t count(violation_kind wanted) const {
        std::size_t found = 0;
        for (const violation& one : rules.violations()) {
            found += one.kind == wanted ? 1 : 0;
        }
        return found;
    }

    core::time_point start{1000s};
    twitch_rules rules;
};

TEST_F(twitch_rules_test, a_line_is_delivered_and_recorded_as_it_is_shown) {
    const say_answer answer = say(" hello\U000E0001 there ", 0s);
    EXPECT_EQ(answer.what, kind::delivered);
    ASSERT_EQ(rules.delivered().size(), 1U);
    EXPECT_EQ(rules.delivered()[0].text, "hello there");
    EXPECT_EQ(rules.delivered()[0].account, "bot");
    EXPECT_EQ(rules.delivered()[0].channel, "chan");
    EXPECT_EQ(rules.delivered()[0].id, answer.id);
    EXPECT_TRUE(rules.violations().empty());
}

TEST_F(twitch_rules_test, ids_of_two_lines_differ) {
    const std::string first = say("one", 0s).id;
    EXPECT_NE(first, say("two", 2s).id);
}

TEST_F(twitch_rules_test, two_lines_within_a_second_are_refused_and_a_violation) {
    EXPECT_EQ(say("one", 0s).what, kind::delivered);
    EXPECT_EQ(say("two", 999ms).msg_id, "msg_ratelimit");
    EXPECT_EQ(count(violation_kind::spacing), 1U);
}

TEST_F(twitch_rules_test, two_lines_a_second_apart_are_both_delivered) {
    EXPECT_EQ(say("one", 0s).what, kind::delivered);
    EXPECT_EQ(say("two", 1s).what, kind::delivered);
    EXPECT_TRUE(rules.violations().empty());
}

TEST_F(twitch_rules_test, the_spacing_is_per_channel) {
    EXPECT_EQ(say("one", 0s).what, kind::delivered);
    EXPECT_EQ(say("one", 100ms, "other").what, kind::delivered);
    EXPECT_TRUE(rules.violations().empty());
}

TEST_F(twitch_rules_test, ranks_are_free_of_spacing_and_of_the_duplicate_rule) {
    for (const role rank : {role::vip, role::moderator, role::broadcaster}) {
        rules.set_role("bot", "chan", rank);
        EXPECT_EQ(say("same", 0s).what, kind::delivered);
        EXPECT_EQ(say("same", 10ms).what, kind::delivered);
    }
    EXPECT_TRUE(rules.violations().empty());
}

TEST_F(twitch_rules_test, an_equal_text_within_thirty_seconds_is_a_duplicate) {
    EXPECT_EQ(say("same", 0s).what, kind::delivered);
    EXPECT_EQ(say("same", 29999ms).msg_id, "msg_duplicate");
    EXPECT_EQ(say("same", 31s).what, kind::delivered);
}

TEST_F(twitch_rules_test, only_the_last_delivered_text_counts_as_a_duplicate) {
    EXPECT_EQ(say("one", 0s).what, kind::delivered);
    EXPECT_EQ(say("two", 2s).what, kind::delivered);
    EXPECT_EQ(say("one", 4s).what, kind::delivered);
    EXPECT_EQ(say("one", 6s, "other").what, kind::delivered);
}

TEST_F(twitch_rules_test, slow_mode_tells_the_seconds_that_are_left) {
    channel_modes modes;
    modes.slow = 30;
    rules.set_modes("chan", modes);
    EXPECT_EQ(say("one", 0s).what, kind::delivered);
    const say_answer answer = say("two", 10500ms);
    EXPECT_EQ(answer.msg_id, "msg_slowmode");
    EXPECT_NE(answer.notice.find("20 seconds"), std::string::npos);
    EXPECT_EQ(say("two", 30s).what, kind::delivered);
}

TEST_F(twitch_rules_test, five_hundred_code_points_pass_and_one_more_is_cut_and_a_violation) {
    std::string text;
    for (int i = 0; i < 500; ++i) {
        text += "\U0001F600";
    }
    EXPECT_EQ(say(text, 0s).text, text);
    EXPECT_TRUE(rules.violations().empty());
    EXPECT_EQ(say("x" + text, 40s).text.size(), 1 + 499 * 4U);
    EXPECT_EQ(count(violation_kind::line_too_long), 1U);
}

TEST_F(twitch_rules_test, a_text_that_is_a_command_is_not_shown_and_a_violation) {
    int at = 0;
    for (const char* text : {"/ban you", ".timeout you", "/me waves", "/", "."}) {
        say(text, std::chrono::seconds(at += 2));
    }
    EXPECT_EQ(count(violation_kind::command_text), 3U);
    EXPECT_EQ(rules.refusals()[0].msg_id, "unrecognized_cmd");
    EXPECT_EQ(rules.refusals().size(), 3U);
}

TEST_F(twitch_rules_test, texts_that_only_look_like_commands_are_shown) {
    EXPECT_EQ(say("...", 0s).text, "...");
    EXPECT_EQ(say(". /ban", 2s).text, "/ban");
    EXPECT_EQ(say("[x] /ban", 4s).text, "[x] /ban");
    EXPECT_TRUE(rules.violations().empty());
}

TEST_F(twitch_rules_test, control_characters_and_broken_utf8_are_violations) {
    say("a\rb", 0s);
    say("a\x01"
        "ACTION",
        2s);
    say("a\xC2\x85"
        "b",
        4s);
    EXPECT_EQ(count(violation_kind::control_character), 3U);
    say("a\xFF", 6s);
    say("a\xC0\x80", 8s);
    EXPECT_EQ(count(violation_kind::invalid_utf8), 2U);
}

TEST_F(twitch_rules_test, modes_refuse_ordinary_users_only) {
    channel_modes emote;
    emote.emote_only = true;
    rules.set_modes("chan", emote);
    EXPECT_EQ(say("text", 0s).msg_id, "msg_emoteonly");
    EXPECT_EQ(say("Kappa LUL", 2s).what, kind::delivered);

    channel_modes subs;
    subs.subs_only = true;
    rules.set_modes("chan", subs);
    EXPECT_EQ(say("text", 4s).msg_id, "msg_subsonly");
    rules.set_subscriber("bot", "chan", true);
    EXPECT_EQ(say("text", 6s).what, kind::delivered);
    rules.set_subscriber("bot", "chan", false);
    rules.set_role("bot", "chan", role::moderator);
    EXPECT_EQ(say("text", 8s).what, kind::delivered);
}

TEST_F(twitch_rules_test, followers_only_tells_none_short_and_long_followers_apart) {
    channel_modes modes;
    modes.followers_only = 10;
    rules.set_modes("chan", modes);
    EXPECT_EQ(say("a", 0s).msg_id, "msg_followersonly");
    rules.set_follower("bot", "chan", start - 9min);
    EXPECT_EQ(say("a", 2s).msg_id, "msg_followersonly_followed");
    EXPECT_EQ(say("a", 60s).what, kind::delivered);
    modes.followers_only = 0;
    rules.set_modes("chan", modes);
    rules.set_follower("bot", "chan", std::nullopt);
    EXPECT_EQ(say("b", 62s).msg_id, "msg_followersonly_zero");
}

TEST_F(twitch_rules_test, unique_chat_refuses_what_was_said_before) {
    channel_modes modes;
    modes.r9k = true;
    rules.set_modes("chan", modes);
    EXPECT_EQ(say("one", 0s).what, kind::delivered);
    EXPECT_EQ(say("two", 2s).what, kind::delivered);
    EXPECT_EQ(say("one", 4s).msg_id, "msg_r9k");
}

TEST_F(twitch_rules_test, terms_bans_timeouts_and_suspension_refuse) {
    rules.block_term("chan", "bad");
    rules.hold_term("chan", "odd");
    EXPECT_EQ(say("so bad", 0s).msg_id, "msg_rejected_mandatory");
    EXPECT_EQ(say("so odd", 2s).msg_id, "msg_rejected");
    EXPECT_EQ(say("\U000E0041", 4s).msg_id, "msg_rejected");
    rules.time_out("bot", "chan", start + 70s);
    const say_answer answer = say("a", 10s);
    EXPECT_EQ(answer.msg_id, "msg_timedout");
    EXPECT_NE(answer.notice.find("60 more seconds"), std::string::npos);
    EXPECT_EQ(say("a", 70s).what, kind::delivered);
    rules.ban("bot", "chan");
    EXPECT_EQ(say("b", 80s).msg_id, "msg_banned");
    rules.unban("bot", "chan");
    EXPECT_EQ(say("b", 90s).what, kind::delivered);
    rules.set_suspended("chan", true);
    EXPECT_EQ(say("c", 100s).msg_id, "msg_channel_suspended");
}

TEST_F(twitch_rules_test, a_shadowed_account_is_answered_and_not_shown) {
    rules.set_shadowed("bot", true);
    EXPECT_EQ(say("one", 0s).what, kind::shadowed);
    EXPECT_TRUE(rules.delivered().empty());
}

TEST_F(twitch_rules_test, unknown_accounts_and_channels_get_no_answer) {
    EXPECT_EQ(rules.say("justinfan1", "chan", "hi", start).what, kind::swallowed);
    EXPECT_EQ(say("hi", 0s, "nowhere").what, kind::swallowed);
    EXPECT_TRUE(rules.delivered().empty());
}

TEST_F(twitch_rules_test, the_newest_timeout_counts_and_a_rank_or_an_unban_ends_it) {
    rules.time_out("bot", "chan", start + 600s);
    EXPECT_EQ(say("a", 1s).msg_id, "msg_timedout");
    rules.time_out("bot", "chan", start + 5s);
    EXPECT_EQ(say("b", 4s).msg_id, "msg_timedout");
    EXPECT_EQ(say("c", 6s).what, kind::delivered);
    rules.time_out("bot", "chan", start + 600s);
    rules.unban("bot", "chan");
    EXPECT_EQ(say("d", 8s).what, kind::delivered);
    rules.time_out("bot", "chan", start + 600s);
    rules.set_role("bot", "chan", role::moderator);
    EXPECT_EQ(say("e", 10s).what, kind::delivered);
}

TEST_F(twitch_rules_test, a_renamed_channel_keeps_its_number_and_its_people) {
    const auto id = rules.id_of("chan");
    rules.set_role("bot", "chan", role::moderator);
    rules.rename_channel("chan", "newname");
    EXPECT_EQ(rules.id_of("newname"), id);
    EXPECT_FALSE(rules.id_of("chan"));
    EXPECT_EQ(rules.name_of(id.value_or(0)), "newname");
    EXPECT_EQ(rules.role_of("bot", "newname"), role::moderator);
    EXPECT_EQ(rules.join("bot", "chan", start), join_answer::suspended);
    EXPECT_EQ(rules.join("bot", "newname", start), join_answer::joined);
    EXPECT_EQ(say("a", 1s).msg_id, "msg_channel_suspended");
    EXPECT_EQ(say("b", 2s, "newname").what, kind::delivered);
    rules.rename_channel("newname", "chan");  // and back
    EXPECT_EQ(say("c", 3s).what, kind::delivered);
}

}  // namespace
}  // namespace tiktok2twitch::sim
