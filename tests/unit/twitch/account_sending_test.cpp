// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include "unit/twitch/account_driver.hpp"

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::HasSubstr;
using severity = notice::severity;

std::string text_of(const account_driver& d, std::size_t index) {
    return d.lines.at(index).line.text;
}

account_driver unpacked(options settings = {}) {
    settings.pack = false;
    return account_driver(settings);
}

TEST(account_sending, a_message_goes_at_once_alone_and_counts_when_accepted) {
    account_driver d;
    d.get_ready();
    d.push(1, "Ann: hi");
    EXPECT_EQ(d.acc.pending(1), 1U);
    d.run_for(milliseconds(10));
    ASSERT_EQ(d.lines.size(), 1U);
    EXPECT_EQ(d.lines[0].line.bytes, "PRIVMSG #chan :[T] Ann: hi\r\n");
    EXPECT_EQ(d.lines[0].line.channel, "chan");
    EXPECT_EQ(d.lines[0].line.tickets, std::vector<relay::event_ticket>{1});
    EXPECT_EQ(d.status().in_flight, 1U);
    EXPECT_EQ(d.acc.lines_sent(1), 1U);
    EXPECT_EQ(d.acc.lines_accepted(1), 0U);
    EXPECT_EQ(d.acc.pending(1), 1U);
    EXPECT_TRUE(d.settled.empty());
    d.run_for(milliseconds(100));
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_EQ(d.acc.lines_accepted(1), 1U);
    EXPECT_EQ(d.acc.pending(1), 0U);
}

TEST(account_sending, what_waits_shares_a_line) {
    account_driver d;
    d.get_ready();
    d.push(1, "Ann: hi");
    d.run_for(milliseconds(10));
    d.push(1, "Bob: yo");
    d.push(1, "Cy: hm");
    d.run_for(seconds(2));
    ASSERT_EQ(d.lines.size(), 2U);
    EXPECT_EQ(text_of(d, 1), "[T] Bob: yo · Cy: hm");
    EXPECT_EQ(d.relayed(), 3U);
    EXPECT_EQ(d.acc.lines_sent(1), 2U);
}

TEST(account_sending, two_routes_of_a_channel_share_lines_and_are_counted_apart) {
    account_driver d;
    d.acc.add_route(2, "chan", d.now);
    d.get_ready();
    d.push(1, "a");
    d.run_for(milliseconds(10));
    d.push(1, "b");
    d.push(2, "c", "[U] ");
    d.run_for(seconds(2));
    EXPECT_EQ(text_of(d, 1), "[T] b · [U] c");
    EXPECT_EQ(d.acc.lines_sent(1), 2U);
    EXPECT_EQ(d.acc.lines_sent(2), 1U);
    EXPECT_EQ(d.acc.channels(d.now).size(), 1U);
}

TEST(account_sending, a_steady_stream_neither_bursts_nor_stalls) {
    auto d = unpacked();
    d.get_ready();
    for (int i = 0; i < 300; ++i) {  // 30 a minute
        d.push(1, "m" + std::to_string(i));
        d.run_for(seconds(2));
    }
    d.run_for(seconds(5));
    EXPECT_EQ(d.relayed(), 300U);
    for (std::size_t i = 1; i < d.lines.size(); ++i)
        ASSERT_LE(d.lines[i].at - d.lines[i - 1].at, seconds(4)) << i;
}

TEST(account_sending, forty_six_a_minute_do_not_burn_the_budget_and_stall) {
    account_driver d;
    d.get_ready();
    for (int i = 0; i < 460; ++i) {
        d.push(1, "viewer" + std::to_string(i) + ": something worth saying");
        d.run_for(milliseconds(1304));
    }
    d.run_for(seconds(5));
    EXPECT_EQ(d.relayed(), 460U);
    for (std::size_t i = 1; i < d.lines.size(); ++i)
        ASSERT_LE(d.lines[i].at - d.lines[i - 1].at, milliseconds(2700)) << i;
}

TEST(account_sending, a_burst_is_paced_within_the_limits) {
    options settings;
    settings.max_age = minutes(10);
    auto d = unpacked(settings);
    d.get_ready();
    for (int i = 0; i < 100; ++i)
        d.push(1, "m" + std::to_string(i));
    d.run_for(minutes(4));
    EXPECT_EQ(d.relayed(), 100U);
    EXPECT_LE(d.lines[4].at - d.lines[0].at, seconds(6));
    for (std::size_t i = 1; i < d.lines.size(); ++i) {
        EXPECT_GE(d.lines[i].at - d.lines[i - 1].at, milliseconds(1250));
        EXPECT_LE(d.lines[i].at - d.lines[i - 1].at, seconds(4));
    }
    for (std::size_t i = 18; i < d.lines.size(); ++i)
        EXPECT_GE(d.lines[i].at - d.lines[i - 18].at, seconds(32));
}

TEST(account_sending, moderators_send_faster) {
    auto d = unpacked();
    d.rank_tags["chan"] = "badges=moderator/1;mod=1";
    d.get_ready();
    EXPECT_TRUE(d.status().high_tier);
    for (int i = 0; i < 60; ++i)
        d.push(1, "m" + std::to_string(i));
    d.run_for(seconds(32));
    EXPECT_EQ(d.relayed(), 60U);
}

TEST(account_sending, limits_hold_over_reconnects) {
    options settings;
    settings.max_age = minutes(10);
    auto d = unpacked(settings);
    d.get_ready();
    for (int i = 0; i < 60; ++i)
        d.push(1, "m" + std::to_string(i));
    for (int i = 0; i < 12; ++i) {
        d.run_for(seconds(7));
        d.disconnect();
    }
    d.run_for(minutes(2));
    EXPECT_EQ(d.relayed(), 60U);
    for (std::size_t i = 18; i < d.lines.size(); ++i)
        EXPECT_GE(d.lines[i].at - d.lines[i - 18].at, seconds(32));
}

TEST(account_sending, a_restart_remembers_what_was_sent) {
    account_driver d({}, std::vector<core::time_point>(18, start - seconds(10)));
    d.get_ready();
    d.push(1, "x");
    d.run_for(seconds(60));
    EXPECT_EQ(d.lines.at(0).at, start + seconds(22));
}

TEST(account_sending, channels_take_turns) {
    options settings;
    settings.max_age = minutes(10);
    auto d = unpacked(settings);
    for (relay::route_id r = 1; r <= 3; ++r)
        d.acc.add_route(r, "c" + std::to_string(r), d.now);
    d.run_for(seconds(1));
    for (int i = 0; i < 30; ++i)
        d.push(1, "flood" + std::to_string(i));
    d.push(2, "two");
    d.push(3, "three");
    d.run_for(seconds(1));
    ASSERT_GE(d.lines.size(), 3U);
    EXPECT_EQ(d.relayed(), 3U);
    d.run_for(minutes(2));
    EXPECT_EQ(d.relayed(), 32U);
}

TEST(account_sending, backlog_drops_the_oldest) {
    options settings;
    settings.backlog = 3;
    auto d = unpacked(settings);
    d.acc.add_route(1, "chan", d.now);
    for (int i = 0; i < 5; ++i)
        d.push(1, "m" + std::to_string(i));
    EXPECT_EQ(d.dropped("queue_full"), 2U);
    EXPECT_EQ(d.settled.at(0).ticket, 1U);
    d.settings.backlog = 1;
    d.acc.update_options(d.settings, d.now);
    d.collect();
    EXPECT_EQ(d.dropped("queue_full"), 4U);
    d.run_for(seconds(1));
    EXPECT_EQ(text_of(d, 0), "[T] m4");
}

TEST(account_sending, what_waited_too_long_expires_also_while_offline) {
    account_driver d;
    d.reconnects = false;
    d.acc.add_route(1, "chan", d.now);
    d.push(1, "old");
    d.now += seconds(59);
    d.acc.connect_at(d.now);
    d.collect();
    EXPECT_EQ(d.dropped("expired"), 0U);
    d.now += seconds(1);
    d.acc.connect_at(d.now);
    d.collect();
    EXPECT_EQ(d.dropped("expired"), 1U);
    EXPECT_EQ(d.acc.pending(1), 0U);
}

TEST(account_sending, a_repeat_of_the_last_line_is_not_sent_within_thirty_seconds) {
    account_driver d;
    d.get_ready();
    for (const int pause : {2, 27, 2}) {
        d.push(1, "same");
        d.run_for(seconds(pause));
    }
    EXPECT_EQ(d.lines.size(), 1U);
    EXPECT_EQ(d.dropped("repeat"), 2U);
    d.push(1, "same");
    d.run_for(seconds(2));
    EXPECT_EQ(d.lines.size(), 2U);

    account_driver mod;
    mod.rank_tags["chan"] = "badges=;mod=1";
    mod.get_ready();
    mod.push(1, "same");
    mod.run_for(seconds(2));
    mod.push(1, "same");
    mod.run_for(seconds(2));
    EXPECT_EQ(mod.relayed(), 2U);
}

TEST(account_sending, a_late_join_answer_does_not_confirm_a_line_once_ids_are_known) {
    account_driver d;
    d.get_ready();
    d.push(1, "one");
    d.run_for(seconds(2));
    d.answer = [](const auto&) {
        return "";
    };
    d.push(1, "two");
    d.run_for(milliseconds(100));
    d.say(d.user_state("chan"));
    EXPECT_EQ(d.relayed(), 1U);
    d.say(d.user_state("chan", "some-id"));
    EXPECT_EQ(d.relayed(), 2U);
}

TEST(account_sending, an_unanswered_line_is_unknown_only_after_the_barrier) {
    account_driver d;
    d.get_ready();
    d.answer = [](const auto&) {
        return "";
    };
    d.push(1, "lost");
    d.run_for(milliseconds(4990));
    EXPECT_EQ(d.dropped("unknown"), 0U);
    EXPECT_THAT(d.protocol, testing::Not(HasSubstr("PING")));
    d.run_for(seconds(1));
    EXPECT_THAT(d.protocol, HasSubstr("PING t2t-1"));
    EXPECT_EQ(d.dropped("unknown"), 1U);
    EXPECT_EQ(d.status().state, channel_state::ready);
}

TEST(account_sending, an_answer_before_the_barrier_s_pong_still_counts) {
    account_driver d;
    d.get_ready();
    d.rtt = seconds(6);
    d.push(1, "slow");
    d.run_for(seconds(13));
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_EQ(d.dropped("unknown"), 0U);
}

TEST(account_sending, two_unanswered_lines_in_a_row_pause_and_probe_ever_more_rarely) {
    options settings;
    settings.max_age = std::chrono::hours(10);
    auto d = unpacked(settings);
    d.get_ready();
    d.answer = [](const auto&) {
        return "";
    };
    for (int i = 0; i < 12; ++i)
        d.push(1, "m" + std::to_string(i));
    d.run_for(seconds(20));
    EXPECT_EQ(d.dropped("unknown"), 2U);
    EXPECT_EQ(d.status().state, channel_state::paused);
    EXPECT_EQ(d.status().reason, "suspected_mute");
    EXPECT_EQ(d.told(severity::warning, "/mod bot"), 1U);
    d.run_for(std::chrono::hours(3));
    std::vector<long> gaps;
    for (std::size_t i = 2; i < d.lines.size(); ++i)
        gaps.push_back(std::chrono::duration_cast<minutes>(d.lines[i].at - d.lines[i - 1].at).count());
    ASSERT_GE(gaps.size(), 7U);
    EXPECT_THAT(std::vector<long>(gaps.begin(), gaps.begin() + 7),
                testing::ElementsAre(1, 2, 4, 8, 16, 30, 30));
    d.answer = [&](const auto& sent) {
        return d.accept(sent.line.channel);
    };
    d.run_for(minutes(40));
    EXPECT_EQ(d.acc.pending(1), 0U);
    EXPECT_EQ(d.told(severity::info, "answered again"), 1U);
}

TEST(account_sending, a_promotion_ends_the_suspicion) {
    auto d = unpacked();
    d.get_ready();
    d.answer = [](const auto&) {
        return "";
    };
    for (int i = 0; i < 3; ++i)
        d.push(1, "m" + std::to_string(i));
    d.run_for(seconds(20));
    EXPECT_EQ(d.status().state, channel_state::paused);
    d.rank_tags["chan"] = "badges=moderator/1;mod=1";
    d.say(d.user_state("chan"));
    EXPECT_EQ(d.status().state, channel_state::ready);
    EXPECT_EQ(d.told(severity::info, "moderator now"), 1U);
}

// --- in flight when the connection dies ---

struct in_flight_loss : testing::Test {
    account_driver d = unpacked();
    void lose(const std::string& rank = "badges=;mod=0") {
        d.rank_tags["chan"] = rank;
        d.get_ready();
        d.answer = [](const auto&) {
            return "";
        };
        d.push(1, "lost?");
        d.run_for(milliseconds(20));
        d.push(1, "next");
        d.disconnect();
        d.answer = [this](const auto& sent) {
            return d.accept(sent.line.channel);
        };
    }
};

TEST_F(in_flight_loss, an_ordinary_account_sends_it_again_and_first) {
    lose();
    EXPECT_EQ(d.acc.pending(1), 2U);
    EXPECT_EQ(d.status().in_flight, 1U);
    d.run_for(seconds(10));
    ASSERT_EQ(d.lines.size(), 3U);
    EXPECT_EQ(text_of(d, 1), "[T] lost?");
    EXPECT_EQ(text_of(d, 2), "[T] next");
    EXPECT_EQ(d.relayed(), 2U);
}

TEST_F(in_flight_loss, a_duplicate_refusal_of_the_repeat_means_it_had_arrived) {
    lose();
    d.answer = [this](const auto& sent) {
        return d.lines.size() == 2 ? account_driver::refuse(sent.line.channel, "msg_duplicate")
                                   : d.accept(sent.line.channel);
    };
    d.run_for(seconds(10));
    EXPECT_EQ(d.relayed(), 2U);
    EXPECT_EQ(d.dropped("refused_msg_duplicate"), 0U);
}

TEST_F(in_flight_loss, a_repeat_refused_for_coming_too_early_is_tried_again) {
    lose();
    d.answer = [this](const auto& sent) {
        return d.lines.size() == 2 ? account_driver::refuse(sent.line.channel, "msg_ratelimit")
                                   : d.accept(sent.line.channel);
    };
    d.run_for(seconds(15));
    EXPECT_EQ(text_of(d, 2), "[T] lost?");
    EXPECT_EQ(d.relayed(), 2U);
}

TEST_F(in_flight_loss, after_twenty_five_seconds_it_is_unknown) {
    d.reconnects = true;
    lose();
    d.reconnects = false;
    d.run_for(seconds(26));
    EXPECT_EQ(d.dropped("unknown"), 0U);  // nobody asked
    d.reconnects = true;
    d.run_for(seconds(5));
    EXPECT_EQ(d.dropped("unknown"), 1U);
    EXPECT_EQ(text_of(d, 1), "[T] next");
}

TEST_F(in_flight_loss, it_survives_a_second_disconnect_within_the_window) {
    lose();
    d.run_for(milliseconds(2100));
    d.answer = [](const auto&) {
        return "";
    };
    d.run_for(seconds(3));
    d.disconnect();
    d.answer = [this](const auto& sent) {
        return d.accept(sent.line.channel);
    };
    d.run_for(seconds(15));
    EXPECT_EQ(d.relayed(), 2U);
}

TEST_F(in_flight_loss, a_moderator_s_line_is_unknown_and_not_repeated) {
    lose("badges=moderator/1;mod=1");
    EXPECT_EQ(d.dropped("unknown"), 1U);
    d.run_for(seconds(10));
    EXPECT_EQ(text_of(d, 1), "[T] next");
}

TEST_F(in_flight_loss, a_vip_s_line_is_unknown_and_not_repeated) {
    lose("badges=vip/1;mod=0");
    EXPECT_EQ(d.dropped("unknown"), 1U);
    d.run_for(seconds(10));
    EXPECT_EQ(text_of(d, 1), "[T] next");
}

TEST_F(in_flight_loss, an_account_that_became_moderator_meanwhile_does_not_repeat) {
    lose();
    d.rank_tags["chan"] = "badges=moderator/1;mod=1";
    d.run_for(seconds(10));
    EXPECT_EQ(d.dropped("unknown"), 1U);
    EXPECT_EQ(text_of(d, 1), "[T] next");
}

TEST_F(in_flight_loss, a_line_whose_write_did_not_end_is_sent_again_too) {
    d.get_ready();
    d.push(1, "half");
    auto todo = d.acc.next(d.now);
    ASSERT_TRUE(std::holds_alternative<write_line>(todo));
    d.disconnect();
    EXPECT_EQ(d.acc.lines_sent(1), 0U);
    d.run_for(seconds(10));
    EXPECT_EQ(d.relayed(), 1U);
}

// --- routes ---

TEST(account_routes, removing_a_route_settles_what_waits_and_leaves_the_channel) {
    account_driver d;
    d.get_ready();
    d.push(1, "a");
    d.push(1, "b");
    d.acc.remove_route(1, d.now);
    d.collect();
    EXPECT_EQ(d.dropped("route_removed"), 2U);
    EXPECT_TRUE(d.acc.channels(d.now).empty());
    d.run_for(seconds(1));
    EXPECT_THAT(d.protocol, HasSubstr("PART #chan"));
    d.say(":bot!bot@bot.tmi.twitch.tv PART #chan");
    d.push(1, "c");
    EXPECT_EQ(d.dropped("route_removed"), 3U);
    d.get_ready();
    EXPECT_EQ(d.status().state, channel_state::ready);
}

TEST(account_routes, a_removed_route_keeps_its_line_in_flight_while_the_channel_is_shared) {
    account_driver d;
    d.acc.add_route(2, "chan", d.now);
    d.get_ready();
    d.push(1, "a");
    d.run_for(milliseconds(10));
    d.acc.remove_route(1, d.now);
    EXPECT_EQ(d.acc.pending(1), 1U);
    d.run_for(seconds(1));
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_EQ(d.acc.lines_accepted(1), 1U);
}

TEST(account_routes, a_channel_that_comes_back_remembers_its_spacing) {
    auto d = unpacked();
    d.rtt = milliseconds(1);
    d.get_ready();
    d.push(1, "a");
    d.run_for(milliseconds(20));
    d.acc.remove_route(1, d.now);
    d.acc.add_route(1, "chan", d.now);
    d.push(1, "b");
    d.run_for(seconds(5));
    ASSERT_EQ(d.lines.size(), 2U);
    EXPECT_GE(d.lines[1].at - d.lines[0].at, milliseconds(1250));
}

TEST(account_routes, a_route_can_move_to_another_channel) {
    account_driver d;
    d.get_ready("old");
    d.push(1, "x");
    d.acc.add_route(1, "new", d.now);
    d.collect();
    EXPECT_EQ(d.dropped("route_removed"), 1U);
    d.run_for(seconds(1));
    d.push(1, "y");
    d.run_for(seconds(1));
    EXPECT_EQ(d.lines.at(0).line.channel, "new");
}

}  // namespace
}  // namespace tiktok2twitch::twitch
