// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What keeps a channel silent: how it ends, when it is looked at again, and that people are told when.

#include <gmock/gmock.h>

#include "unit/twitch/account_driver.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using testing::Not;
using severity = notice::severity;

struct account_probes : testing::Test {
    account_driver d = make();
    static account_driver make() {
        options settings;
        settings.pack = false;
        return account_driver(settings);
    }
    account_probes() {
        d.answer = [this](const auto& sent) {
            return d.accept(target(sent));
        };
        d.get_ready();
    }
    // Where the line goes at Twitch, whatever the routes call it.
    static std::string target(const account_driver::sent_line& sent) {
        return std::string(parse(sent.line.bytes)->param(0).substr(1));
    }
    // While it returns text, lines get it for an answer.
    void refuse_while(std::function<std::string()> why, std::string text = "no") {
        d.answer = [this, why, text](const auto& sent) {
            const auto id = why();
            return id.empty() ? d.accept(target(sent)) : account_driver::refuse(sent.line.channel, id, text);
        };
    }
    void clear_chat(const std::string& tags) { d.say("@" + tags + " :tmi.twitch.tv CLEARCHAT #chan :bot"); }
    void ban() {
        d.refuses_joins["chan"] = "msg_banned";
        d.say(":tmi.twitch.tv CLEARCHAT #chan :bot");
    }
    // Somebody says something every second.
    void talk_for(core::duration span) {
        for (const auto end = d.now + span; d.now < end; d.run_for(seconds(1)))
            d.push(1, "m" + std::to_string(d.ticket));
    }
    // How long it takes until a line is accepted, while somebody talks.
    core::duration silence(core::duration limit = minutes(30)) {
        const auto before = d.relayed();
        const auto since = d.now;
        while (d.relayed() == before && d.now < since + limit)
            talk_for(seconds(1));
        return d.now - since;
    }
};

// --- a newer word replaces an older one ---

TEST_F(account_probes, a_shorter_timeout_replaces_a_longer_one) {
    clear_chat("ban-duration=600");
    EXPECT_EQ(d.status().reason, "msg_timedout");
    talk_for(seconds(3));
    clear_chat("ban-duration=1");
    EXPECT_LE(silence(), seconds(4));
}

TEST_F(account_probes, a_longer_timeout_replaces_a_shorter_one) {
    clear_chat("ban-duration=1");
    clear_chat("ban-duration=45");
    EXPECT_GE(silence(), seconds(45));
}

TEST_F(account_probes, a_notice_that_tells_less_replaces_what_clearchat_said) {
    clear_chat("ban-duration=600");
    d.say("@msg-id=msg_timedout :tmi.twitch.tv NOTICE #chan :You are timed out for 5 more seconds.");
    EXPECT_LE(silence(), seconds(8));
}

TEST_F(account_probes, a_timeout_replaces_a_ban_and_a_ban_a_timeout) {
    ban();
    EXPECT_EQ(d.status().state, channel_state::blocked);
    d.refuses_joins.clear();
    clear_chat("ban-duration=10");
    EXPECT_EQ(d.status().state, channel_state::paused);
    EXPECT_LE(silence(), seconds(15));
    clear_chat("ban-duration=10");
    ban();
    EXPECT_EQ(d.status().state, channel_state::blocked);
}

TEST_F(account_probes, a_moderator_that_was_timed_out_and_made_one_again_goes_on) {
    d.set_rank("chan", "badges=moderator/1;mod=1");
    clear_chat("ban-duration=600");
    talk_for(seconds(10));
    EXPECT_TRUE(d.lines.empty());
    d.say(d.user_state("chan"));
    EXPECT_LE(silence(), seconds(2));
}

// --- what a JOIN tells ---

TEST_F(account_probes, a_lifted_ban_is_found_by_a_join_after_a_minute_and_costs_no_line) {
    ban();
    talk_for(seconds(20));
    d.refuses_joins.clear();  // /unban, which nobody tells us
    EXPECT_LE(silence(), seconds(43));
    EXPECT_EQ(d.dropped("refused_msg_banned"), 0U);
    EXPECT_EQ(d.told(severity::info, "lines go on"), 1U);
}

TEST_F(account_probes, a_ban_that_lasts_is_asked_about_ever_more_rarely_by_joins_alone) {
    ban();
    const auto before = d.join_count;
    const auto lines = d.lines.size();
    d.run_for(minutes(1 + 2 + 4 + 8 + 10 + 10) + seconds(5));
    EXPECT_EQ(d.join_count - before, 6U);
    EXPECT_EQ(d.lines.size(), lines);
    EXPECT_EQ(d.status().state, channel_state::blocked);
    EXPECT_GT(d.status().next_try, seconds(0));
    EXPECT_LE(d.status().next_try, minutes(10));
}

TEST_F(account_probes, a_join_is_answered_but_the_line_is_refused_the_distances_go_on_growing) {
    refuse_while([] { return "msg_banned"; });
    d.push(1, "x");
    talk_for(minutes(31));
    // Asked after 1, 2, 4, 8 and 10 min; each answer of "come in" cost one line.
    EXPECT_EQ(d.lines.size(), 6U);
    refuse_while([] { return ""; });
    EXPECT_LE(silence(), minutes(10) + seconds(2));
    refuse_while([] { return "msg_banned"; });
    talk_for(seconds(3));
    refuse_while([] { return ""; });
    EXPECT_LE(silence(), seconds(63)) << "an accepted line begins anew";
}

TEST_F(account_probes, a_mod_command_during_a_timeout_is_found_within_a_minute) {
    clear_chat("ban-duration=600");
    d.rank_tags["chan"] = "badges=moderator/1;mod=1";  // not announced
    EXPECT_LE(silence(), seconds(63));
    EXPECT_TRUE(d.status().high_tier);
    EXPECT_EQ(d.told(severity::info, "the bot is a moderator now"), 1U);
}

TEST_F(account_probes, a_timeout_that_was_ended_is_found_within_a_minute) {
    clear_chat("ban-duration=600");
    EXPECT_LE(silence(), seconds(63));  // no JOIN tells of timeouts: one line does
    EXPECT_EQ(d.lines.size(), 1U);
}

TEST_F(account_probes, a_timeout_that_lasts_costs_few_lines_and_ends_in_time) {
    const auto end = d.now + seconds(600);
    clear_chat("ban-duration=600");
    d.answer = [&](const auto& sent) {
        const auto left = std::chrono::ceil<seconds>(end - d.now).count();
        return left <= 0 ? d.accept(sent.line.channel)
                         : account_driver::refuse(sent.line.channel, "msg_timedout",
                                                  "for " + std::to_string(left) + " more seconds.");
    };
    const auto silent = silence();
    EXPECT_GE(silent, seconds(600));
    EXPECT_LE(silent, seconds(604));
    EXPECT_EQ(d.dropped("refused_msg_timedout"), 3U);
}

TEST_F(account_probes, followers_only_and_a_mod_command) {
    d.room_tags = "followers-only=10;slow=0";
    refuse_while([&] { return d.ordinary("chan") ? "msg_followersonly" : ""; });
    d.say("@followers-only=10 :tmi.twitch.tv ROOMSTATE #chan");
    d.push(1, "a");
    talk_for(seconds(5));
    EXPECT_EQ(d.status().reason, "msg_followersonly");
    d.rank_tags["chan"] = "badges=moderator/1;mod=1";
    EXPECT_LE(silence(), seconds(63));
    EXPECT_EQ(d.dropped("refused_msg_followersonly"), 1U);
}

TEST_F(account_probes, the_end_of_a_mode_that_nobody_told_us_is_found_by_a_join) {
    for (const auto& [id, tag] : std::map<std::string, std::string>{{"msg_followersonly", "followers-only"},
                                                                    {"msg_subsonly", "subs-only"},
                                                                    {"msg_emoteonly", "emote-only"}}) {
        SCOPED_TRACE(id);
        account_driver each = make();
        each.get_ready();
        each.answer = [&](const auto& sent) {
            return account_driver::refuse(sent.line.channel, id);
        };
        each.room_tags = tag + "=1";
        each.push(1, "x");
        each.run_for(minutes(5));
        EXPECT_EQ(each.lines.size(), 1U);
        EXPECT_EQ(each.status().state, channel_state::paused);
        each.answer = [&](const auto& sent) {
            return each.accept(sent.line.channel);
        };
        each.room_tags = tag + (tag == "followers-only" ? "=-1" : "=0");
        each.run_for(minutes(2) + seconds(5));
        each.push(1, "y");
        each.run_for(seconds(5));
        EXPECT_EQ(each.relayed(), 1U);
    }
}

TEST_F(account_probes, what_no_join_can_tell_is_tried_with_one_line_each_time) {
    for (const std::string id :
         {"msg_forbidden", "msg_warned", "msg_verified_email", "msg_channel_blocked"}) {
        SCOPED_TRACE(id);
        account_driver each = make();
        each.get_ready();
        bool holds = true;
        each.answer = [&](const auto& sent) {
            return holds ? account_driver::refuse(sent.line.channel, id) : each.accept(sent.line.channel);
        };
        for (int i = 0; i < 16 * 60; ++i) {
            each.push(1, "m" + std::to_string(i));
            each.run_for(seconds(1));
        }
        EXPECT_EQ(each.lines.size(), 5U);  // and after 1, 3, 7 and 15 min
        holds = false;
        for (int i = 0; i < 11 * 60 && each.relayed() == 0; ++i) {
            each.push(1, "n" + std::to_string(i));
            each.run_for(seconds(1));
        }
        EXPECT_GT(each.relayed(), 0U);
    }
}

TEST_F(account_probes, a_line_on_its_way_is_answered_before_anything_is_asked) {
    d.rtt = seconds(4);
    d.push(1, "x");
    d.run_for(seconds(1));
    clear_chat("ban-duration=600");
    d.acc.ask_now({}, d.now);
    d.run_for(seconds(2));
    EXPECT_EQ(d.relayed(), 0U);
    EXPECT_THAT(d.protocol, Not(HasSubstr("PART")));
    d.run_for(seconds(2));
    EXPECT_EQ(d.relayed(), 1U);
    d.run_for(seconds(1));
    EXPECT_THAT(d.protocol, HasSubstr("PART #chan\r\nJOIN #chan"));
}

TEST_F(account_probes, many_silent_channels_keep_to_the_limit_of_joins) {
    for (relay::route_id i = 2; i < 62; ++i)
        d.acc.add_route(i, "c" + std::to_string(i), d.now);
    d.run_for(seconds(60));
    for (int i = 2; i < 62; ++i)
        d.say("@ban-duration=600 :tmi.twitch.tv CLEARCHAT #c" + std::to_string(i) + " :bot");
    std::deque<core::time_point> joins;
    auto seen = d.join_count;
    for (const auto end = d.now + minutes(3); d.now < end; d.run_for(milliseconds(200))) {
        for (; seen < d.join_count; ++seen)
            joins.push_back(d.now);
        while (!joins.empty() && joins.front() + seconds(10) <= d.now)
            joins.pop_front();
        ASSERT_LE(joins.size(), 17U);
    }
    EXPECT_GE(d.join_count, 121U);
}

// --- a person asks ---

TEST_F(account_probes, a_person_who_asks_is_answered_at_once) {
    ban();
    talk_for(seconds(5));
    d.acc.ask_now({}, d.now);
    d.run_for(seconds(1));
    EXPECT_EQ(d.status().state, channel_state::blocked);
    d.refuses_joins.clear();
    talk_for(seconds(5));
    EXPECT_EQ(d.relayed(), 0U);
    d.acc.ask_now("chan", d.now);
    EXPECT_LE(silence(), seconds(2));
}

TEST_F(account_probes, asked_by_a_person_a_mode_that_is_still_on_is_tried_with_a_line) {
    d.room_tags = "followers-only=10;slow=0";
    bool follows = false;
    refuse_while([&] { return follows ? "" : "msg_followersonly"; });
    d.push(1, "a");
    talk_for(seconds(5));
    follows = true;  // which nobody tells us
    talk_for(seconds(5));
    EXPECT_EQ(d.relayed(), 0U);
    d.acc.ask_now("elsewhere", d.now);
    talk_for(seconds(5));
    EXPECT_EQ(d.relayed(), 0U);
    d.acc.ask_now("chan", d.now);
    EXPECT_LE(silence(), seconds(2));
}

TEST_F(account_probes, under_a_suspected_mute_a_person_who_asks_costs_one_line_and_no_longer_pauses) {
    d.answer = [](const auto&) {
        return "";
    };
    talk_for(seconds(20));
    ASSERT_EQ(d.status().reason, "suspected_mute");
    const auto lines = d.lines.size();
    for (int i = 1; i <= 3; ++i) {
        d.acc.ask_now({}, d.now);
        talk_for(seconds(10));
        EXPECT_EQ(d.lines.size(), lines + static_cast<std::size_t>(i)) << "one line, not what waits";
        EXPECT_EQ(d.status().reason, "suspected_mute");
        EXPECT_LE(d.status().next_try, seconds(60)) << "no longer pauses for it";
    }
    d.answer = [this](const auto& sent) {
        return d.accept(sent.line.channel);
    };
    d.acc.ask_now({}, d.now);
    EXPECT_LE(silence(), seconds(2));
}

TEST_F(account_probes, asked_again_and_again_the_server_is_left_in_peace) {
    ban();
    d.run_for(seconds(1));
    const auto before = d.join_count;
    for (int i = 0; i < 100; ++i) {
        d.acc.ask_now({}, d.now);
        d.run_for(milliseconds(100));
    }
    EXPECT_LE(d.join_count - before, 6U);
}

TEST_F(account_probes, asking_about_a_channel_that_nothing_silences_does_nothing) {
    const auto before = d.protocol;
    d.acc.ask_now({}, d.now);
    d.run_for(seconds(5));
    EXPECT_EQ(d.protocol, before);
}

TEST_F(account_probes, an_unanswered_join_is_repeated_when_a_person_asks) {
    d.answers_joins = false;
    d.acc.add_route(2, "late", d.now);
    d.run_for(minutes(4));
    const auto before = d.join_count;
    d.answers_joins = true;
    d.run_for(seconds(20));
    ASSERT_EQ(d.join_count, before) << "not due by itself";
    d.acc.ask_now({}, d.now);
    d.run_for(seconds(1));
    EXPECT_EQ(d.status(1).state, channel_state::ready);
}

// --- numbers from outside ---

TEST_F(account_probes, no_number_from_outside_silences_for_longer_than_ten_minutes) {
    for (const std::string& line : std::vector<std::string>{
             "@msg-id=msg_timedout :tmi.twitch.tv NOTICE #chan :timed out for 99999 more seconds",
             "@msg-id=msg_slowmode :tmi.twitch.tv NOTICE #chan :again in 99999 seconds",
             "@ban-duration=1209600 :tmi.twitch.tv CLEARCHAT #chan :bot",
             "@ban-duration=99999999999999999999 :tmi.twitch.tv CLEARCHAT #chan :bot",
             "@ban-duration=-5 :tmi.twitch.tv CLEARCHAT #chan :bot",
             "@slow=1209600 :tmi.twitch.tv ROOMSTATE #chan"}) {
        SCOPED_TRACE(line);
        account_driver each = make();
        each.room_tags = "subs-only=0";  // tells nothing about slow mode
        each.get_ready();
        each.push(1, "first");
        each.run_for(seconds(5));
        ASSERT_EQ(each.relayed(), 1U);
        each.say(line);
        for (int i = 0; i < 10 * 60 + 5; ++i) {
            each.push(1, "m" + std::to_string(i));
            each.run_for(seconds(1));
        }
        EXPECT_GT(each.lines.size(), 1U);
    }
}

TEST_F(account_probes, slow_mode_that_is_over_is_over) {
    const std::string refusal = "@msg-id=msg_slowmode :tmi.twitch.tv NOTICE #chan :again in 100 seconds";
    d.push(1, "a");
    d.run_for(seconds(5));
    d.say(refusal);
    d.say("@slow=0 :tmi.twitch.tv ROOMSTATE #chan");
    EXPECT_LE(silence(), seconds(2));
    d.say(refusal);
    d.set_rank("chan", "badges=vip/1;mod=0");
    EXPECT_LE(silence(), seconds(2));
    d.set_rank("chan", "badges=;mod=0");
    d.say(refusal);
    d.disconnect();
    EXPECT_LE(silence(), seconds(10)) << "the JOIN of the new connection told that it is off";
}

// --- what people are told ---

TEST_F(account_probes, every_line_about_a_silence_says_when_it_tries_next) {
    clear_chat("ban-duration=600");
    EXPECT_EQ(d.told(severity::warning, "Next try in 1 min."), 1U);
    clear_chat("ban-duration=20");
    EXPECT_EQ(d.told(severity::warning, "(msg_timedout)"), 1U) << "not twice within ten minutes";
    d.run_for(seconds(30));
    d.say("@msg-id=msg_subsonly :tmi.twitch.tv NOTICE #chan :x");
    EXPECT_EQ(d.told(severity::warning, "(msg_subsonly) Next try in"), 1U);
    ban();
    EXPECT_EQ(d.told(severity::error, "(msg_banned) Next try in 1 min."), 1U);
}

TEST_F(account_probes, at_any_minute_the_last_word_about_a_silence_names_a_time_that_is_still_to_come) {
    ban();
    core::time_point promised = d.now;
    std::size_t read = 0;
    for (int minute = 0; minute < 60; ++minute) {
        for (; read < d.notices.size(); ++read) {
            const auto& text = d.notices[read].text;
            const auto at = text.find("Next try in ");
            if (at == std::string::npos || d.notices[read].level == severity::debug)
                continue;
            const auto number = std::stoi(text.substr(at + 12));
            promised = d.now + (text.find(" min", at) != std::string::npos ? core::duration(minutes(number))
                                                                           : seconds(number));
        }
        EXPECT_GE(promised + seconds(61), d.now) << minute;
        EXPECT_LE(promised, d.now + minutes(10));
        d.run_for(minutes(1));
    }
    EXPECT_GT(d.told(severity::info, "still blocked (msg_banned). Next try in"), 0U);
    EXPECT_LE(d.notices.size(), 40U);
}

TEST_F(account_probes, a_flood_of_timeouts_does_not_flood_the_log) {
    d.notices.clear();
    for (int i = 0; i < 2000; ++i) {
        clear_chat("ban-duration=" + std::to_string(i % 2 == 0 ? 600 : 1));
        d.run_for(milliseconds(10));
    }
    std::size_t seen = 0;
    for (const auto& each : d.notices)
        seen += each.level == severity::debug ? 0U : 1U;
    EXPECT_LE(seen, 6U);
}

TEST_F(account_probes, the_status_names_state_reason_and_next_try) {
    EXPECT_EQ(d.status().next_try, seconds(0));
    clear_chat("ban-duration=20");
    EXPECT_EQ(d.status().state, channel_state::paused);
    EXPECT_GT(d.status().next_try, seconds(0));
    EXPECT_EQ(d.status().next_try, seconds(21));
    clear_chat("ban-duration=500");
    EXPECT_EQ(d.status().next_try, seconds(60));
    d.run_for(seconds(59));
    EXPECT_EQ(d.status().next_try, seconds(1));
    ban();
    EXPECT_EQ(d.status().state, channel_state::blocked);
    EXPECT_EQ(d.status().next_try, seconds(60));
    d.reconnects = false;
    clear_chat("ban-duration=20");
    d.disconnect();
    EXPECT_EQ(d.status().state, channel_state::offline);
    EXPECT_GT(d.status().next_try, seconds(0));
}

TEST_F(account_probes, accepted_lines_are_told_after_a_silence_that_passed_by_itself) {
    clear_chat("ban-duration=20");
    talk_for(seconds(30));
    EXPECT_EQ(d.told(severity::info, "lines are accepted again"), 1U);
}

// --- lines that nobody sees ---

TEST_F(account_probes, of_lines_that_nobody_sees_one_goes_and_is_waited_for) {
    talk_for(seconds(10));
    d.acc.on_invisible("chan", d.now);
    const auto lines = d.lines.size();
    talk_for(seconds(70));
    EXPECT_EQ(d.lines.size(), lines + 1);
    d.acc.on_invisible("chan", d.now);
    talk_for(minutes(2) + seconds(5));
    EXPECT_EQ(d.lines.size(), lines + 2);
    talk_for(seconds(15));  // nobody says that it was not seen
    EXPECT_GT(d.lines.size(), lines + 2);
}

// --- channels that are gone ---

struct account_gone : account_probes {
    std::vector<doubted_channel> doubts;
    void lose(const std::string& id = "msg_channel_suspended") {
        d.say("@room-id=77;slow=0 :tmi.twitch.tv ROOMSTATE #chan");
        d.refuses_joins["chan"] = id;
        refuse_while([id] { return id; });
        d.push(1, "x");
        d.run_for(seconds(1));
        doubts = d.acc.take_doubts();
    }
};

TEST_F(account_gone, a_renamed_channel_is_followed) {
    lose();
    ASSERT_EQ(doubts.size(), 1U);
    EXPECT_EQ(doubts[0].channel, "chan");
    EXPECT_EQ(doubts[0].room_id, "77");
    EXPECT_EQ(d.told(severity::error, "suspended, deleted or renamed"), 1U);
    refuse_while([] { return ""; });
    d.acc.on_channel_known("chan", {true, "newname", true}, d.now);
    d.collect();
    EXPECT_EQ(d.told(severity::warning, "was renamed to #newname; lines go on there"), 1U);
    EXPECT_LE(silence(), seconds(2));
    EXPECT_THAT(d.lines.back().line.bytes, HasSubstr("PRIVMSG #newname :"));
    EXPECT_EQ(d.lines.back().line.channel, "chan") << "the books go by the route's name";
    EXPECT_EQ(d.status().channel, "chan");
    EXPECT_EQ(d.status().called, "newname");
    EXPECT_EQ(d.acc.lines_accepted(1), 1U);
}

TEST_F(account_gone, what_is_said_in_a_renamed_channel_is_heard_under_the_routes_name) {
    d.settings.command_word = "!tiktok";
    d.acc.update_options(d.settings, d.now);
    lose();
    refuse_while([] { return ""; });
    d.acc.on_channel_known("chan", {true, "newname", true}, d.now);
    d.run_for(seconds(2));
    d.say("@badges=broadcaster/1 :newname!n@n PRIVMSG #newname :!tiktok status");
    ASSERT_EQ(d.chat.size(), 1U);
    EXPECT_EQ(d.chat[0].channel, "chan");
    d.acc.answer("chan", "relaying", d.now);
    d.run_for(seconds(2));
    EXPECT_THAT(d.lines.back().line.bytes, HasSubstr("PRIVMSG #newname :relaying"));
}

TEST_F(account_gone, a_corrected_name_means_the_same_channel) {
    lose();
    refuse_while([] { return ""; });
    d.acc.on_channel_known("chan", {true, "newname", true}, d.now);
    talk_for(seconds(5));
    d.protocol.clear();
    d.acc.add_route(2, "newname", d.now);
    d.acc.remove_route(1, d.now);
    d.push(2, "goes");
    d.run_for(seconds(5));
    EXPECT_THAT(d.protocol, testing::AllOf(Not(HasSubstr("PART")), Not(HasSubstr("JOIN"))));
    EXPECT_EQ(d.status().channel, "newname");
    EXPECT_EQ(d.acc.lines_accepted(2), 1U);
}

TEST_F(account_gone, a_channel_that_got_the_name_of_another_route_is_not_spoken_in_twice) {
    d.acc.add_route(2, "newname", d.now);
    d.run_for(seconds(1));
    lose();
    d.acc.on_channel_known("chan", {true, "newname", true}, d.now);
    d.collect();
    EXPECT_EQ(d.told(severity::error, "where another route goes already"), 1U);
    for (const auto& each : d.acc.channels(d.now))
        EXPECT_EQ(each.state, each.channel == "chan" ? channel_state::blocked : channel_state::ready);
}

TEST_F(account_gone, a_deleted_or_suspended_account_is_said_so_once_and_looked_at_again) {
    lose();
    d.acc.on_channel_known("chan", {false, "", true}, d.now);
    d.run_for(minutes(20));
    d.acc.on_channel_known("chan", {false, "", true}, d.now);
    d.collect();
    EXPECT_EQ(d.told(severity::error, "was deleted. It was not renamed."), 1U);
    EXPECT_FALSE(d.acc.take_doubts().empty()) << "each look asks the API as well";
    d.refuses_joins.clear();
    refuse_while([] { return ""; });
    EXPECT_LE(silence(), minutes(10) + seconds(2));
}

TEST_F(account_gone, a_join_that_nobody_answers_raises_a_doubt) {
    d.acc.take_doubts();
    d.answers_joins = false;
    d.disconnect();
    d.run_for(seconds(15));
    ASSERT_EQ(d.acc.take_doubts().size(), 1U);
    d.answers_joins = true;
    d.acc.on_channel_known("chan", {true, "newname", true}, d.now);
    EXPECT_LE(silence(), seconds(3));
    EXPECT_THAT(d.lines.back().line.bytes, HasSubstr("#newname"));
}

TEST_F(account_gone, an_api_that_knows_the_channel_as_it_was_changes_nothing) {
    lose();
    d.acc.on_channel_known("chan", {true, "chan", true}, d.now);
    EXPECT_EQ(d.status().state, channel_state::blocked);
    EXPECT_EQ(d.status().reason, "msg_channel_suspended");
}

}  // namespace
}  // namespace tiktok2twitch::twitch
