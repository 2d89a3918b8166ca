// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "tiktok2twitch/twitch/irc/notice_table.hpp"
#include "unit/twitch/account_driver.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using severity = notice::severity;

struct account_refusals : testing::Test {
    account_driver d = make();
    static account_driver make() {
        options settings;
        settings.pack = false;
        return account_driver(settings);
    }
    account_refusals() {
        d.answer = [this](const auto& sent) {
            return d.accept(sent.line.channel);
        };
        d.get_ready();
    }
    // The next `times` lines are refused.
    void refuse(std::string id, std::string text = "no", int times = 1) {
        d.answer = [this, id, text, times](const auto& sent) mutable {
            return times-- > 0 ? account_driver::refuse(sent.line.channel, id, text)
                               : d.accept(sent.line.channel);
        };
    }
};

TEST_F(account_refusals, every_refusal_of_the_table_settles_the_line_or_sends_it_again) {
    for (const auto& rule : all_rules()) {
        SCOPED_TRACE(rule.id);
        account_driver each = make();
        each.get_ready();
        each.answer = [&](const auto& sent) {
            return account_driver::refuse(sent.line.channel, std::string(rule.id));
        };
        each.push(1, "x");
        each.run_for(seconds(58));
        const auto refused = each.dropped("refused_" + std::string(rule.id));
        const bool unknown = rule.what == reaction::unanswered;
        EXPECT_EQ(refused, rule.what == reaction::informational || unknown ? 0U : 1U);
        EXPECT_EQ(each.dropped("unknown"), unknown || rule.what == reaction::informational ? 1U : 0U);
        const bool again = rule.what == reaction::ratelimited || rule.what == reaction::slow_mode ||
                           rule.what == reaction::shorten;
        EXPECT_EQ(each.lines.size(), again ? 2U : 1U);
        EXPECT_EQ(each.acc.pending(1), 0U);
    }
}

// Refuses every line that contains "bad", as blocked terms do.
TEST_F(account_refusals, a_blocked_term_in_a_packed_line_costs_only_the_message_that_has_it) {
    d.settings.pack = true;
    d.acc.update_options(d.settings, d.now);
    d.answer = [this](const auto& sent) {
        return sent.line.text.find("bad") != std::string::npos
                   ? account_driver::refuse(sent.line.channel, "msg_rejected_mandatory")
                   : d.accept(sent.line.channel);
    };
    for (const char* body : {"a", "b", "c", "bad", "e", "f", "g"})
        d.push(1, body);
    d.run_for(seconds(50));
    EXPECT_EQ(d.relayed(), 6U);
    EXPECT_EQ(d.dropped("refused_msg_rejected_mandatory"), 1U);
    std::string said;
    for (const auto& sent : d.lines)
        if (sent.line.text.find("bad") == std::string::npos)
            said += sent.line.text + "\n";
    for (const char* body : {"a", "b", "c", "e", "f", "g"})
        EXPECT_EQ(said.find(std::string(" ") + body), said.rfind(std::string(" ") + body)) << said;
    EXPECT_EQ(d.acc.pending(1), 0U);
}

TEST_F(account_refusals, a_packed_line_that_automod_holds_is_not_sent_in_parts) {
    d.settings.pack = true;
    d.acc.update_options(d.settings, d.now);
    refuse("msg_rejected", "held", 100);
    for (const char* body : {"a", "b", "c"})
        d.push(1, body);
    d.run_for(seconds(50));
    EXPECT_EQ(d.dropped("refused_msg_rejected"), 3U);
    EXPECT_LE(d.lines.size(), 3U);
}

TEST_F(account_refusals, ratelimit_requeues_at_the_head_and_waits_two_seconds) {
    refuse("msg_ratelimit");
    d.push(1, "a");
    d.push(1, "b");
    d.run_for(seconds(10));
    ASSERT_EQ(d.lines.size(), 3U);
    EXPECT_EQ(d.lines[1].line.text, "[T] a");
    EXPECT_GE(d.lines[1].at - d.lines[0].at, seconds(2));
    EXPECT_EQ(d.relayed(), 2U);
    EXPECT_EQ(d.told(severity::warning, "/mod bot"), 1U);
}

TEST_F(account_refusals, a_line_is_requeued_only_once) {
    refuse("msg_ratelimit", "no", 2);
    d.push(1, "a");
    d.run_for(seconds(20));
    EXPECT_EQ(d.lines.size(), 2U);
    EXPECT_EQ(d.dropped("refused_msg_ratelimit"), 1U);
}

TEST_F(account_refusals, a_requeued_line_is_the_oldest_of_a_full_backlog) {
    d.settings.backlog = 2;
    d.acc.update_options(d.settings, d.now);
    refuse("msg_ratelimit");
    d.push(1, "a");
    d.run_for(milliseconds(10));
    d.push(1, "b");
    d.push(1, "c");
    d.run_for(milliseconds(100));
    EXPECT_EQ(d.dropped("queue_full"), 1U);
    EXPECT_EQ(d.settled.at(0).ticket, 1U);
    EXPECT_EQ(d.status().waiting, 2U);
}

TEST_F(account_refusals, a_requeued_line_expires_like_any_other) {
    refuse("msg_slowmode", "again in 100 seconds");
    d.push(1, "a");
    d.run_for(seconds(70));
    EXPECT_EQ(d.lines.size(), 1U);
    EXPECT_EQ(d.dropped("expired"), 1U);
}

TEST_F(account_refusals, slow_mode_waits_as_long_as_the_text_says) {
    refuse("msg_slowmode", "This room is in slow mode. You will be able to talk again in 7 seconds.");
    d.push(1, "a");
    d.run_for(seconds(20));
    ASSERT_EQ(d.lines.size(), 2U);
    EXPECT_GE(d.lines[1].at - d.lines[0].at, milliseconds(7500));
    EXPECT_LE(d.lines[1].at - d.lines[0].at, milliseconds(8500));
    EXPECT_EQ(d.relayed(), 1U);
}

TEST_F(account_refusals, room_slow_mode_spaces_lines_and_ends_with_it) {
    d.say("@slow=10 :tmi.twitch.tv ROOMSTATE #chan");
    d.push(1, "a");
    d.push(1, "b");
    d.push(1, "c");
    d.run_for(seconds(12));
    ASSERT_EQ(d.lines.size(), 2U);
    EXPECT_GE(d.lines[1].at - d.lines[0].at, milliseconds(10500));
    d.say("@slow=0 :tmi.twitch.tv ROOMSTATE #chan");
    d.run_for(seconds(1));
    EXPECT_EQ(d.lines.size(), 3U);
}

TEST_F(account_refusals, followers_only_pauses_until_the_mode_changes) {
    d.say("@followers-only=10 :tmi.twitch.tv ROOMSTATE #chan");
    refuse("msg_followersonly");
    d.push(1, "a");
    d.run_for(seconds(1));
    EXPECT_EQ(d.dropped("refused_msg_followersonly"), 1U);
    EXPECT_EQ(d.status().state, channel_state::paused);
    EXPECT_EQ(d.status().reason, "msg_followersonly");
    EXPECT_EQ(d.told(severity::warning, "/mod bot"), 1U);
    d.push(1, "b");
    d.run_for(seconds(30));
    EXPECT_EQ(d.lines.size(), 1U);
    d.say("@followers-only=-1 :tmi.twitch.tv ROOMSTATE #chan");
    d.run_for(seconds(1));
    EXPECT_EQ(d.relayed(), 1U);
}

TEST_F(account_refusals, events_expire_during_a_pause_and_one_probe_goes_after_ten_minutes) {
    d.room_tags = "subs-only=1";
    refuse("msg_subsonly", "no", 2);
    d.push(1, "a");
    d.run_for(minutes(5));
    d.push(1, "b");
    d.run_for(minutes(2));
    EXPECT_EQ(d.dropped("expired"), 1U);
    d.run_for(minutes(4));
    d.push(1, "probe");
    d.push(1, "behind");
    d.run_for(seconds(5));
    EXPECT_EQ(d.lines.size(), 2U);
    EXPECT_EQ(d.dropped("refused_msg_subsonly"), 2U);
    EXPECT_EQ(d.status().state, channel_state::paused);
}

TEST_F(account_refusals, a_timeout_pauses_for_its_time) {
    refuse("msg_timedout", "You are timed out for 20 more seconds.");
    d.push(1, "a");
    d.run_for(seconds(1));
    EXPECT_EQ(d.status().reason, "msg_timedout");
    d.push(1, "b");
    d.run_for(seconds(40));
    ASSERT_EQ(d.lines.size(), 2U);
    EXPECT_GE(d.lines[1].at - d.lines[0].at, seconds(21));
}

TEST_F(account_refusals, a_timeout_seen_by_clearchat_pauses_before_anything_is_refused) {
    d.say("@ban-duration=20 :tmi.twitch.tv CLEARCHAT #chan :bot");
    d.push(1, "a");
    d.run_for(seconds(20));
    EXPECT_TRUE(d.lines.empty());
    d.run_for(seconds(2));
    EXPECT_EQ(d.relayed(), 1U);
    d.say("@ban-duration=20 :tmi.twitch.tv CLEARCHAT #chan :viewer");
    EXPECT_EQ(d.status().state, channel_state::ready);
}

TEST_F(account_refusals, a_ban_drops_at_once_and_is_looked_at_again_after_a_minute) {
    refuse("msg_banned");
    d.push(1, "a");
    d.push(1, "b");
    d.run_for(seconds(1));
    EXPECT_EQ(d.status().state, channel_state::blocked);
    EXPECT_EQ(d.status().reason, "msg_banned");
    d.push(1, "c");
    EXPECT_EQ(d.dropped("refused_msg_banned"), 1U);
    EXPECT_EQ(d.dropped("channel_banned"), 2U);
    EXPECT_EQ(d.told(severity::error, "/unban bot"), 1U);
    d.run_for(seconds(61));
    EXPECT_EQ(d.status().state, channel_state::ready);
    d.push(1, "probe");
    d.run_for(seconds(1));
    EXPECT_EQ(d.relayed(), 1U);
}

TEST_F(account_refusals, a_ban_seen_by_clearchat_or_part_blocks) {
    d.say(":tmi.twitch.tv CLEARCHAT #chan :bot");
    EXPECT_EQ(d.status().state, channel_state::blocked);
    account_driver other = make();
    other.get_ready();
    other.say(":bot!bot@bot.tmi.twitch.tv PART #chan");
    EXPECT_EQ(other.status().state, channel_state::blocked);
}

TEST_F(account_refusals, a_suspended_channel_does_not_disturb_the_others) {
    d.acc.add_route(2, "other", d.now);
    d.say("@msg-id=msg_channel_suspended :tmi.twitch.tv NOTICE #chan :suspended");
    d.run_for(seconds(1));
    d.push(1, "a");
    d.push(2, "b");
    d.run_for(seconds(1));
    EXPECT_EQ(d.dropped("channel_suspended"), 1U);
    EXPECT_EQ(d.relayed(), 1U);
}

TEST_F(account_refusals, a_promotion_ends_waits_and_a_demotion_counts_the_past) {
    d.say("@slow=30 :tmi.twitch.tv ROOMSTATE #chan");
    d.push(1, "a");
    d.push(1, "b");
    d.run_for(seconds(2));
    EXPECT_EQ(d.lines.size(), 1U);
    d.rank_tags["chan"] = "badges=moderator/1;mod=1";
    d.say(d.user_state("chan"));
    for (int i = 0; i < 30; ++i)
        d.push(1, "m" + std::to_string(i));
    d.run_for(seconds(8));
    const auto sent = d.lines.size();
    EXPECT_GT(sent, 18U);
    d.say("@slow=0 :tmi.twitch.tv ROOMSTATE #chan");
    d.rank_tags.clear();
    d.say(d.user_state("chan"));
    for (int i = 0; i < 10; ++i)
        d.push(1, "n" + std::to_string(i));
    d.run_for(seconds(10));
    EXPECT_EQ(d.lines.size(), sent);
    EXPECT_EQ(d.told(severity::info, "no moderator any more"), 1U);
    d.run_for(seconds(20));
    EXPECT_GT(d.lines.size(), sent);
}

TEST_F(account_refusals, the_same_sentence_is_said_once_in_ten_minutes) {
    refuse("msg_r9k", "no", 100);
    for (int i = 0; i < 10; ++i) {
        d.push(1, "m" + std::to_string(i));
        d.run_for(minutes(1) + seconds(5));
    }
    EXPECT_EQ(d.dropped("refused_msg_r9k"), 10U);
    EXPECT_EQ(d.told(severity::warning, "unique-chat"), 1U);
    d.push(1, "again");
    d.run_for(seconds(5));
    EXPECT_EQ(d.told(severity::warning, "unique-chat"), 2U);
}

TEST_F(account_refusals, texts_of_the_server_are_for_debugging_only) {
    refuse("unrecognized_cmd", "No such command: /secret-words");
    d.push(1, "x");
    d.run_for(seconds(1));
    EXPECT_EQ(d.told(severity::debug, "secret-words"), 1U);
    for (const auto level : {severity::info, severity::warning, severity::error})
        EXPECT_EQ(d.told(level, "secret-words"), 0U);
}

TEST_F(account_refusals, ids_that_are_not_known_are_told_once_however_many_there_are) {
    for (int i = 0; i < 2000; ++i)
        d.say(account_driver::refuse("chan", "msg_new_" + std::to_string(i)));
    EXPECT_EQ(d.told(severity::warning, "for a reason this program does not know"), 1U);
    EXPECT_EQ(d.told(severity::debug, "for a reason this program does not know"), 1999U);
    // Nor do they keep what is known from being told.
    d.say(account_driver::refuse("chan", "msg_r9k"));
    EXPECT_EQ(d.told(severity::warning, "unique-chat mode is on"), 1U);
}

TEST_F(account_refusals, notices_of_other_channels_or_without_id_change_nothing) {
    d.say("@msg-id=msg_banned :tmi.twitch.tv NOTICE #elsewhere :x");
    d.say(":tmi.twitch.tv NOTICE #chan :x");
    d.say("@msg-id=slow_on :tmi.twitch.tv NOTICE #chan :x");
    EXPECT_EQ(d.status().state, channel_state::ready);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
