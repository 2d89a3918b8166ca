// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/twitch/error.hpp"
#include "unit/twitch/helix_driver.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(helix_session_test, a_line_is_said_and_its_answer_settles_it) {
    helix_driver d;
    d.get_ready();
    EXPECT_EQ(d.status().state, channel_state::ready);
    d.push(1, "Ann: hi");
    d.run_for(seconds(1));
    ASSERT_EQ(d.lines.size(), 1U);
    EXPECT_EQ(d.lines[0].said, "[T] Ann: hi");
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_EQ(d.acc.lines_accepted(1), 1U);
    EXPECT_EQ(d.acc.login(), "bot");
}

TEST(helix_session_test, ids_are_asked_for_once_and_kept_over_connections) {
    helix_driver d;
    d.acc.add_route(1, "chan", d.now);
    d.acc.add_route(2, "other", d.now);
    d.run_for(seconds(1));
    EXPECT_THAT(d.lookups, ElementsAre(ElementsAre("chan", "other")));
    d.disconnect(make_error_code(errc::connection_dead));
    d.run_for(seconds(10));
    EXPECT_EQ(d.status(0).state, channel_state::ready);
    EXPECT_EQ(d.lookups.size(), 1U);
}

TEST(helix_session_test, a_channel_that_does_not_exist_is_reported_as_such) {
    helix_driver d;
    d.acc.add_route(1, "nobody", d.now);
    d.push(1, "waits");
    d.run_for(seconds(1));
    EXPECT_EQ(d.status().state, channel_state::blocked);
    EXPECT_EQ(d.status().reason, "msg_room_not_found");
    EXPECT_TRUE(d.told("no such channel"));
    EXPECT_EQ(d.dropped("channel_not_found"), 1U);
    EXPECT_TRUE(d.lines.empty());
}

TEST(helix_session_test, a_lookup_that_fails_is_tried_again) {
    helix_driver d;
    d.users_work = false;
    d.get_ready();
    EXPECT_EQ(d.status().state, channel_state::joining);
    d.users_work = true;
    d.run_for(seconds(15));
    EXPECT_EQ(d.status().state, channel_state::ready);
}

TEST(helix_session_test, questions_are_held_while_twitch_asks_for_none) {
    const core::time_point start{minutes(60)};
    helix_session session;
    session.start(helix_user{*user_id::parse("1"), "bot"});
    session.hold_questions(start + seconds(45));
    session.on_bytes("JOIN #chan\r\n");
    EXPECT_FALSE(session.next_question(start + seconds(44)));
    EXPECT_EQ(session.deadline(), start + seconds(45));
    EXPECT_TRUE(session.next_question(start + seconds(45)));
    EXPECT_EQ(session.deadline(), core::time_point::max());
}

TEST(helix_session_test, only_in_its_own_channel_has_the_bot_a_rank) {
    helix_driver d;
    d.acc.add_route(1, "bot", d.now);
    d.acc.add_route(2, "chan", d.now);
    d.run_for(seconds(1));
    EXPECT_TRUE(d.status(0).high_tier);
    EXPECT_FALSE(d.status(1).high_tier);
    EXPECT_THAT(d.lookups, ElementsAre(ElementsAre("chan")));
}

TEST(helix_session_test, the_rooms_slow_mode_is_kept_from_the_first_line_on) {
    helix_driver d;
    d.room_settings.slow = seconds(10);
    d.get_ready();
    d.push(1, "one");
    d.run_for(seconds(1));
    d.push(1, "two");
    d.run_for(seconds(9));
    EXPECT_EQ(d.lines.size(), 1U);
    d.run_for(seconds(2));
    EXPECT_EQ(d.lines.size(), 2U);
}

TEST(helix_session_test, a_change_of_the_rooms_modes_is_noticed_within_minutes) {
    helix_driver d;
    d.room_settings.emote_only = true;
    d.answer = [&](const auto&) {
        return d.room_settings.emote_only ? d.drop("emote_only_mode") : d.accept();
    };
    d.get_ready();
    d.push(1, "one");
    d.run_for(seconds(1));
    EXPECT_EQ(d.dropped("refused_msg_emoteonly"), 1U);
    EXPECT_EQ(d.status().state, channel_state::paused);
    d.room_settings.emote_only = false;
    d.run_for(minutes(3));
    EXPECT_EQ(d.status().state, channel_state::ready);
    EXPECT_LT(d.settings_asked, 6U);
}

TEST(helix_session_test, refusals_are_counted_under_the_names_that_irc_has) {
    helix_driver d;
    d.get_ready();
    for (const char* code : {"msg_duplicate", "msg_rejected", "brand_new"}) {
        d.answer = [&](const auto&) {
            return d.drop(code);
        };
        d.push(1, code);
        d.run_for(seconds(3));
    }
    EXPECT_EQ(d.dropped("refused_msg_duplicate"), 1U);
    EXPECT_EQ(d.dropped("refused_msg_rejected"), 1U);
    EXPECT_EQ(d.dropped("refused_msg_brand_new"), 1U);
}

TEST(helix_session_test, after_a_403_the_channel_is_tried_with_one_line_in_a_minute) {
    helix_driver d;
    d.get_ready();
    d.answer = [&](const auto&) {
        return d.reply(403);
    };
    d.push(1, "one");
    d.run_for(seconds(1));
    EXPECT_EQ(d.dropped("refused_msg_forbidden"), 1U);
    EXPECT_TRUE(d.told("does not let bot write there"));
    d.answer = [&](const auto&) {
        return d.accept();
    };
    d.run_for(minutes(1) - seconds(5));
    d.push(1, "two");
    d.run_for(seconds(1));
    EXPECT_EQ(d.relayed(), 0U);
    d.run_for(seconds(8));
    EXPECT_EQ(d.relayed(), 1U) << "nobody was asked to restart it";
}

TEST(helix_session_test, a_429_is_obeyed_and_the_line_goes_once_more) {
    helix_driver d;
    d.get_ready();
    bool first = true;
    d.answer = [&](const auto&) {
        if (!std::exchange(first, false))
            return d.accept();
        post_outcome busy = d.reply(429);
        busy.answer.ratelimit_reset = "20";  // the clock stands at 0
        return busy;
    };
    d.push(1, "one");
    d.run_for(seconds(60));
    ASSERT_EQ(d.lines.size(), 2U);
    EXPECT_GE(d.lines[1].at - d.lines[0].at, seconds(20));
    EXPECT_LE(d.lines[1].at - d.lines[0].at, seconds(21));
    EXPECT_EQ(d.relayed(), 1U);
}

TEST(helix_session_test, a_line_that_is_too_long_is_cut_once) {
    helix_driver d;
    d.get_ready();
    std::size_t limit = 300;
    d.answer = [&](const auto& sent) {
        return core::count_code_points(sent.said) > limit ? d.reply(422) : d.accept();
    };
    d.push(1, std::string(400, 'x'));
    d.run_for(seconds(5));
    ASSERT_EQ(d.lines.size(), 2U);
    EXPECT_LE(core::count_code_points(d.lines[1].said), 210U);
    EXPECT_GE(d.lines[1].at - d.lines[0].at, seconds(1));
    EXPECT_EQ(d.relayed(), 1U);
    limit = 10;
    d.push(1, std::string(400, 'y'));
    d.run_for(seconds(10));
    EXPECT_EQ(d.lines.size(), 4U);
    EXPECT_EQ(d.dropped("refused_msg_too_long"), 1U);
}

TEST(helix_session_test, what_is_left_of_a_line_that_was_too_long_is_no_link) {
    helix_driver d;
    d.get_ready();
    d.answer = [&](const auto& sent) {
        return core::count_code_points(sent.said) > 60 ? d.reply(422) : d.accept();
    };
    d.push(1, "this would be cut behind the ending: evil.community " + std::string(40, 'x'));
    d.run_for(seconds(5));
    ASSERT_EQ(d.lines.size(), 2U);
    EXPECT_TRUE(d.lines[1].said.ends_with(" ending:…")) << d.lines[1].said;
}

TEST(helix_session_test, a_line_of_several_that_is_too_long_is_halved) {
    helix_driver d;
    d.get_ready();
    d.answer = [&](const auto& sent) {
        return core::count_code_points(sent.said) > 250 ? d.reply(422) : d.accept();
    };
    d.push(1, "one");
    d.run_for(milliseconds(100));
    for (const char c : {'a', 'b', 'c', 'd'})
        d.push(1, std::string(90, c));
    d.run_for(seconds(20));
    EXPECT_EQ(d.relayed(), 5U);
}

TEST(helix_session_test, an_unknown_outcome_is_counted_at_once_and_never_sent_again) {
    for (const bool silent : {true, false}) {
        helix_driver d;
        d.get_ready();
        d.answer = [&](const auto&) {
            return silent ? d.silence() : d.reply(503);
        };
        d.push(1, "one");
        d.run_for(milliseconds(200));
        EXPECT_EQ(d.dropped("unknown"), 1U);
        EXPECT_TRUE(d.connected);
        d.answer = [&](const auto&) {
            return d.accept();
        };
        d.push(1, "two");
        d.run_for(seconds(60));
        ASSERT_EQ(d.lines.size(), 2U);
        EXPECT_THAT(d.lines[1].said, HasSubstr("two"));
        EXPECT_FALSE(d.told("muted"));
    }
}

TEST(helix_session_test, trouble_that_lasts_is_met_with_longer_pauses_up_to_a_minute) {
    helix_driver d;
    d.get_ready();
    d.answer = [&](const auto&) {
        return d.reply(500);
    };
    for (int i = 0; i < 600; ++i) {
        d.push(1, std::to_string(i));
        d.run_for(seconds(1));
    }
    EXPECT_LT(d.lines.size(), 20U);
    EXPECT_GT(d.lines.size(), 8U);
    d.answer = [&](const auto&) {
        return d.accept();
    };
    d.run_for(seconds(61));
    EXPECT_GT(d.relayed(), 0U);
}

// In the bot's own channel, as a moderator, and as an ordinary user.
TEST(helix_session_test, a_line_that_did_not_leave_goes_when_the_api_is_back_whatever_the_rank) {
    for (const std::string channel : {"bot", "other", "chan"}) {
        helix_driver d;
        d.session.on_rank(channel, channel == "other");
        d.get_ready(channel);
        d.session.on_rank(channel, channel == "other");
        d.push(1, "zero");
        d.run_for(seconds(3));
        EXPECT_EQ(d.status().high_tier, channel != "chan");
        d.reachable = false;
        d.push(1, "one");
        d.run_for(seconds(3));
        EXPECT_EQ(d.lines.size(), 1U);
        EXPECT_EQ(d.status().state, channel_state::offline);
        EXPECT_EQ(d.acc.pending(1), 1U);
        d.reachable = true;
        d.run_for(seconds(15));
        EXPECT_EQ(d.lines.size(), 2U) << channel;
        EXPECT_EQ(d.relayed(), 2U) << channel;
        EXPECT_EQ(d.acc.lines_sent(1), 2U);
    }
}

TEST(helix_session_test, a_line_that_did_not_leave_waits_for_as_long_as_any_other) {
    for (const bool long_enough : {true, false}) {
        options settings;
        settings.max_age = long_enough ? minutes(3) : seconds(40);
        helix_driver d(settings);
        d.get_ready();
        d.reachable = false;
        d.push(1, "one");
        d.run_for(seconds(45));
        d.reachable = true;
        d.run_for(minutes(1));
        EXPECT_EQ(d.relayed(), long_enough ? 1U : 0U);
        EXPECT_EQ(d.dropped("expired"), long_enough ? 0U : 1U);
        EXPECT_EQ(d.acc.lines_sent(1), d.relayed());
    }
}

TEST(helix_session_test, a_line_that_met_a_login_that_is_gone_is_said_with_the_next_login) {
    options settings;
    settings.token_is_kept = true;
    helix_driver d(settings);
    d.get_ready();
    d.token_good = false;
    d.answer = [&](const auto&) {
        return d.token_good ? d.accept() : d.login_refused();
    };
    d.push(1, "one");
    d.run_for(seconds(20));
    EXPECT_TRUE(d.acc.needs_token());
    EXPECT_EQ(d.lines.size(), 1U);
    EXPECT_EQ(d.acc.pending(1), 1U);
    EXPECT_EQ(d.acc.lines_sent(1), 0U);
    d.token_good = true;
    d.settings.token = core::secret("another");
    d.acc.update_options(d.settings, d.now);
    d.run_for(seconds(5));
    EXPECT_EQ(d.lines.size(), 2U);
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_EQ(d.acc.lines_sent(1), 1U);
}

TEST(helix_session_test, a_login_that_could_not_be_renewed_at_the_moment_costs_no_line) {
    helix_driver d;
    d.get_ready();
    d.answer = [&](const auto&) {
        return d.lines.size() < 3 ? d.login_refused() : d.accept();
    };
    d.push(1, "one");
    d.run_for(seconds(50));
    EXPECT_EQ(d.lines.size(), 4U);
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_EQ(d.acc.lines_sent(1), 1U);
}

TEST(helix_session_test, a_token_that_nobody_accepts_ends_the_account) {
    helix_driver d;
    d.token_good = false;
    d.acc.add_route(1, "chan", d.now);
    d.push(1, "one");
    d.run_for(seconds(5));
    EXPECT_EQ(d.acc.fatal(), errc::login_refused);
    EXPECT_EQ(d.dropped("login_refused"), 1U);
}

TEST(helix_session_test, drain_says_what_may_be_said_and_ends) {
    helix_driver d;
    d.get_ready();
    d.push(1, "one");
    d.acc.drain(d.now + seconds(5), d.now);
    d.run_for(seconds(6));
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_FALSE(d.connected);
    EXPECT_TRUE(d.acc.drained(d.now));
}

TEST(helix_session_test, a_rank_that_somebody_saw_counts_from_the_next_accepted_line_on) {
    helix_driver d;
    d.get_ready();
    EXPECT_FALSE(d.acc.channels(d.now).at(0).high_tier);
    d.session.on_rank("chan", true);
    d.session.on_rank("nowhere", true);
    d.push(1, "one");
    d.run_for(seconds(3));
    EXPECT_TRUE(d.acc.channels(d.now).at(0).high_tier);
    d.session.on_rank("chan", false);
    d.push(1, "two");
    d.run_for(seconds(3));
    EXPECT_FALSE(d.acc.channels(d.now).at(0).high_tier);
    EXPECT_EQ(d.relayed(), 2U);
}

TEST(helix_session_test, an_accepted_line_without_a_usable_id_is_accepted) {
    helix_driver d;
    d.get_ready();
    d.push(1, "one");
    d.run_for(seconds(3));
    d.answer = [&](const auto&) {
        return d.reply(200, R"({"data":[{"message_id":"","is_sent":true}]})");
    };
    d.push(1, "two");
    d.run_for(seconds(3));
    EXPECT_EQ(d.relayed(), 2U);
}

}  // namespace
}  // namespace tiktok2twitch::twitch
