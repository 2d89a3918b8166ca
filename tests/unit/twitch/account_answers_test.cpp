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

TEST(account_answers, a_repeat_of_the_last_line_is_not_sent_within_thirty_seconds) {
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

TEST(account_answers, a_late_join_answer_does_not_confirm_a_line_once_ids_are_known) {
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

TEST(account_answers, whether_answers_carry_ids_is_learned_on_each_connection) {
    auto d = unpacked();
    d.get_ready();
    d.push(1, "with an id");
    d.run_for(seconds(2));
    d.answer = [&](const auto& sent) {
        return d.user_state(sent.line.channel);
    };
    d.disconnect();
    for (int i = 0; i < 30; ++i)
        d.push(1, "m" + std::to_string(i));
    d.run_for(seconds(55));
    EXPECT_EQ(d.relayed(), 31U);
    EXPECT_EQ(d.told(severity::warning, "muted"), 0U);
}

TEST(account_answers, a_server_that_ceases_to_give_ids_costs_one_line) {
    auto d = unpacked();
    d.get_ready();
    d.push(1, "with an id");
    d.run_for(seconds(2));
    d.answer = [&](const auto& sent) {
        return d.user_state(sent.line.channel);
    };
    for (int i = 0; i < 10; ++i)
        d.push(1, "m" + std::to_string(i));
    d.run_for(seconds(50));
    EXPECT_EQ(d.relayed(), 10U);
    EXPECT_EQ(d.dropped("unknown"), 1U);
    EXPECT_EQ(d.told(severity::warning, "muted"), 0U);
}

TEST(account_answers, an_unanswered_line_is_unknown_only_after_the_barrier) {
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

TEST(account_answers, an_answer_before_the_barrier_s_pong_still_counts) {
    account_driver d;
    d.get_ready();
    d.rtt = seconds(6);
    d.push(1, "slow");
    d.run_for(seconds(13));
    EXPECT_EQ(d.relayed(), 1U);
    EXPECT_EQ(d.dropped("unknown"), 0U);
}

TEST(account_answers, two_unanswered_lines_in_a_row_pause_and_probe_ever_more_rarely) {
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

TEST(account_answers, unanswered_lines_with_an_answer_between_are_no_mute) {
    auto d = unpacked();
    d.get_ready();
    d.answer = [&](const auto& sent) {
        return d.lines.size() % 2 == 1 ? "" : d.accept(sent.line.channel);
    };
    for (int i = 0; i < 6; ++i)
        d.push(1, "m" + std::to_string(i));
    d.run_for(seconds(40));
    EXPECT_EQ(d.dropped("unknown"), 3U);
    EXPECT_EQ(d.relayed(), 3U);
    EXPECT_EQ(d.status().state, channel_state::ready);
}

TEST(account_answers, a_promotion_ends_the_suspicion) {
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

TEST_F(in_flight_loss, a_line_sent_as_moderator_is_unknown_also_after_a_demotion) {
    d.rank_tags["chan"] = "badges=moderator/1;mod=1";
    d.get_ready();
    d.push(1, "first");  // from now on answers are known to carry ids
    d.run_for(seconds(1));
    d.answer = [](const auto&) {
        return "";
    };
    d.push(1, "lost?");
    d.run_for(milliseconds(20));
    d.set_rank("chan", "badges=;mod=0");
    d.disconnect();
    EXPECT_EQ(d.dropped("unknown"), 1U);
    d.run_for(seconds(10));
    EXPECT_EQ(d.lines.size(), 2U);
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

}  // namespace
}  // namespace tiktok2twitch::twitch
