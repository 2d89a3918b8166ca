// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/sending/send_budget.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const core::time_point start{std::chrono::hours(1)};
const rate low{18, seconds(32)};
const rate high{90, seconds(32)};

std::size_t most_in_window(const std::vector<core::time_point>& sent, core::duration window) {
    std::size_t most = 0;
    for (std::size_t first = 0, last = 0; last < sent.size(); ++last) {
        while (sent[last] - sent[first] >= window)
            ++first;
        most = std::max(most, last - first + 1);
    }
    return most;
}

// Sends as fast as allowed.
std::vector<core::time_point> saturate(send_budget& budget, tier t, core::time_point from,
                                       core::duration span, core::duration spacing) {
    std::vector<core::time_point> sent;
    auto now = from;
    while (now < from + span) {
        const auto at = budget.earliest(t, now);
        if (at > now) {
            now = at;
            continue;
        }
        budget.on_send(1, t, now);
        sent.push_back(now);
        now += spacing;
    }
    return sent;
}

core::duration longest_gap(const std::vector<core::time_point>& sent) {
    core::duration longest{};
    for (std::size_t i = 1; i < sent.size(); ++i)
        longest = std::max(longest, sent[i] - sent[i - 1]);
    return longest;
}

TEST(send_budget, saturated_ordinary_account_keeps_the_limit_uses_it_all_and_never_stalls) {
    send_budget budget(low, high, {}, false, start);
    const auto sent = saturate(budget, tier::low, start, minutes(10), milliseconds(1250));
    EXPECT_LE(most_in_window(sent, seconds(32)), 18U);
    EXPECT_GE(sent.size(), 18U * 600 / 32 - 1);
    EXPECT_LE(longest_gap(sent), milliseconds(2500));
}

TEST(send_budget, saturated_moderator_keeps_the_limit_uses_it_all_and_never_stalls) {
    send_budget budget(low, high, {}, false, start);
    const auto sent = saturate(budget, tier::high, start, minutes(10), milliseconds(150));
    EXPECT_LE(most_in_window(sent, seconds(32)), 90U);
    EXPECT_GE(sent.size(), 90U * 600 / 32 - 3);
    EXPECT_LE(longest_gap(sent), milliseconds(1000));
}

TEST(send_budget, a_few_lines_go_at_once_and_the_next_is_spread) {
    send_budget budget(low, high, {}, false, start);
    for (int i = 0; i < 5; ++i) {
        EXPECT_LE(budget.earliest(tier::low, start), start);
        budget.on_send(1, tier::low, start);
    }
    EXPECT_GT(budget.earliest(tier::low, start), start + seconds(1));
    EXPECT_LT(budget.earliest(tier::low, start), start + seconds(3));
}

TEST(send_budget, random_demand_on_both_tiers_never_exceeds_a_window_and_never_waits_long) {
    for (unsigned seed = 0; seed < 20; ++seed) {
        std::mt19937 random(seed);
        send_budget budget(low, high, {}, false, start);
        std::vector<core::time_point> all;
        std::vector<core::time_point> ordinary;
        auto now = start;
        while (now < start + minutes(20)) {
            const auto t = random() % 3 == 0 ? tier::high : tier::low;
            now = std::max(now, budget.earliest(t, now));
            if (budget.earliest(t, now) > now)
                continue;
            budget.on_send(1 + random() % 3, t, now);
            all.push_back(now);
            if (t == tier::low)
                ordinary.push_back(now);
            if (random() % 40 == 0)
                now += seconds(random() % 40);
            now += milliseconds(random() % 2000);
        }
        EXPECT_LE(most_in_window(all, seconds(32)), 90U) << seed;
        EXPECT_LE(most_in_window(ordinary, seconds(32)), 18U) << seed;
    }
}

TEST(send_budget, moderated_channels_go_on_while_the_low_bucket_is_empty) {
    send_budget budget(low, high, {}, false, start);
    for (int i = 0; i < 18; ++i)
        budget.on_send(1, tier::low, start + milliseconds(i));
    const auto now = start + seconds(1);
    EXPECT_EQ(budget.earliest(tier::low, now), start + seconds(32));
    EXPECT_LE(budget.earliest(tier::high, now), now);
}

TEST(send_budget, a_channel_that_lost_its_rank_counts_its_recent_lines_as_ordinary) {
    send_budget budget(low, high, {}, false, start);
    for (int i = 0; i < 30; ++i)
        budget.on_send(i < 25 ? 7U : 8U, tier::high, start + milliseconds(100 * i));
    const auto now = start + seconds(4);
    EXPECT_LE(budget.earliest(tier::low, now), now);
    budget.on_downgrade(7, now);
    // 25 lines count: the eighth has to leave the log.
    EXPECT_EQ(budget.earliest(tier::low, now), start + milliseconds(700) + seconds(32));
    budget.on_downgrade(7, now);  // counted once only
    EXPECT_EQ(budget.earliest(tier::low, now), start + milliseconds(700) + seconds(32));
}

TEST(send_budget, lines_of_an_earlier_process_count_in_both_buckets) {
    std::vector<core::time_point> earlier;
    for (int i = 0; i < 18; ++i)
        earlier.push_back(start - seconds(20));
    send_budget budget(low, high, earlier, false, start);
    EXPECT_EQ(budget.earliest(tier::low, start), start + seconds(12));
    EXPECT_GT(send_budget(low, {18, seconds(32)}, earlier, false, start).earliest(tier::high, start), start);
}

TEST(send_budget, times_from_the_future_count_as_now) {
    std::vector<core::time_point> earlier(18, start + std::chrono::hours(5));
    send_budget budget(low, high, earlier, false, start);
    EXPECT_EQ(budget.earliest(tier::low, start), start + seconds(32));
}

TEST(send_budget, cautious_start_allows_five_lines_in_the_first_window) {
    send_budget budget(low, high, {}, true, start);
    const auto sent = saturate(budget, tier::high, start, seconds(31), milliseconds(150));
    EXPECT_EQ(sent.size(), 5U);
    EXPECT_LE(budget.earliest(tier::high, start + seconds(32)), start + seconds(32));
}

TEST(send_budget, a_late_write_counts_when_it_left) {
    send_budget budget({1, seconds(32)}, high, {}, false, start);
    budget.on_send(1, tier::low, start);
    budget.on_written(start + seconds(9));
    EXPECT_EQ(budget.earliest(tier::low, start + seconds(10)), start + seconds(41));
}

TEST(send_budget, ratelimit_refusals_pause_longer_each_time_and_halve_the_rate_after_three) {
    send_budget budget(low, high, {}, false, start);
    auto now = start;
    EXPECT_EQ(budget.on_ratelimit(now, now), seconds(2));
    EXPECT_EQ(budget.earliest(tier::high, now), now + seconds(2));
    now += seconds(3);
    EXPECT_EQ(budget.on_ratelimit(now, now), seconds(4));
    now += seconds(5);
    EXPECT_EQ(budget.on_ratelimit(now, now), seconds(8));
    now += seconds(8);
    const auto slow = saturate(budget, tier::low, now, minutes(4), milliseconds(1250));
    EXPECT_LE(most_in_window(slow, seconds(32)), 9U);
    const auto again = saturate(budget, tier::low, now + minutes(6), minutes(2), milliseconds(1250));
    EXPECT_GT(most_in_window(again, seconds(32)), 9U);
}

TEST(send_budget, penalty_ends_at_thirty_seconds_and_steps_back_with_success) {
    send_budget budget(low, high, {}, false, start);
    auto now = start;
    core::duration last{};
    for (int i = 0; i < 8; ++i) {
        last = budget.on_ratelimit(now, now);
        now += minutes(2);
    }
    EXPECT_EQ(last, seconds(30));
    for (int i = 0; i < 5; ++i)
        budget.on_accepted();
    EXPECT_EQ(budget.on_ratelimit(now, now), seconds(2));
}

TEST(send_budget, lines_written_before_the_penalty_are_not_punished_again) {
    send_budget budget(low, high, {}, false, start);
    budget.on_ratelimit(start, start + milliseconds(10));
    EXPECT_LE(budget.on_ratelimit(start + milliseconds(5), start + milliseconds(20)), seconds(2));
    EXPECT_EQ(budget.earliest(tier::low, start + milliseconds(20)), start + milliseconds(2010));
}

TEST(send_budget, a_close_after_many_lines_is_a_penalty_and_an_idle_one_is_not) {
    send_budget busy(low, high, {}, false, start);
    for (int i = 0; i < 10; ++i)
        busy.on_send(1, tier::high, start + milliseconds(200 * i));
    EXPECT_FALSE(send_budget(busy).on_closed(start + seconds(8)));
    EXPECT_TRUE(busy.on_closed(start + seconds(3)));
    EXPECT_EQ(busy.earliest(tier::high, start + seconds(3)), start + seconds(5));

    send_budget idle(low, high, {}, false, start);
    for (int i = 0; i < 9; ++i)
        idle.on_send(1, tier::high, start);
    EXPECT_FALSE(idle.on_closed(start + seconds(1)));
}

TEST(send_budget, a_jump_of_the_clock_empties_the_log_and_nothing_else) {
    send_budget budget(low, high, {}, false, start);
    for (int i = 0; i < 18; ++i)
        budget.on_send(1, tier::low, start);
    const auto later = start + std::chrono::hours(24 * 400);
    EXPECT_LE(budget.earliest(tier::low, later), later);
    const auto sent = saturate(budget, tier::low, later, minutes(2), milliseconds(1250));
    EXPECT_LE(most_in_window(sent, seconds(32)), 18U);
}

TEST(send_budget, lifted_limits_do_not_wait) {
    send_budget budget({1'000'000, seconds(32)}, {1'000'000, seconds(32)}, {}, false, start);
    for (int i = 0; i < 2000; ++i) {
        const auto now = start + milliseconds(i);
        ASSERT_LE(budget.earliest(tier::low, now), now);
        budget.on_send(1, tier::low, now);
    }
}

TEST(send_budget, lines_of_others_count_like_our_own) {
    send_budget budget(low, high, {}, false, start);
    for (int i = 0; i < 17; ++i)
        budget.on_foreign(1, tier::low, start);
    EXPECT_EQ(budget.status(start).normal.used, 17U);
    budget.on_send(1, tier::low, start);
    EXPECT_EQ(budget.earliest(tier::low, start), start + seconds(32));
    budget.on_foreign(2, tier::high, start);
    EXPECT_EQ(budget.status(start).normal.used, 18U);
    EXPECT_EQ(budget.status(start).moderator.used, 19U);
}

TEST(send_budget, a_line_that_leaves_late_is_ours_although_others_came_between) {
    send_budget budget(low, high, {}, false, start);
    budget.on_send(1, tier::low, start);
    budget.on_foreign(1, tier::low, start + seconds(1));
    budget.on_written(start + seconds(10));
    const auto later = start + seconds(33) + milliseconds(1);
    EXPECT_EQ(budget.status(later).normal.used, 1U);  // ours, of second 10
    EXPECT_EQ(budget.status(later).moderator.used, 1U);
    EXPECT_EQ(budget.status(start + seconds(43)).normal.used, 0U);
}

TEST(send_budget, while_others_may_speak_unseen_six_of_twenty_lines_are_theirs) {
    for (const auto& configured : {rate{18, seconds(32)}, rate{20, seconds(30)}, rate{5, seconds(8)}}) {
        send_budget budget(configured, high, {}, false, start);
        const auto until = start + minutes(10);
        budget.expect_foreign(until);
        const auto sent = saturate(budget, tier::low, start, minutes(9), milliseconds(1250));
        EXPECT_LE(most_in_window(sent, seconds(32)), 14U);
        EXPECT_GE(sent.size(), 14U * 540 / 32 - 1);
        EXPECT_LE(longest_gap(sent), milliseconds(3000));
        const auto after = saturate(budget, tier::low, until + seconds(32), minutes(5), milliseconds(1250));
        EXPECT_GT(most_in_window(after, seconds(32)), 14U);
    }
    send_budget budget(low, high, {}, false, start);
    budget.expect_foreign(start + minutes(10));
    EXPECT_LE(most_in_window(saturate(budget, tier::high, start, minutes(5), milliseconds(150)), seconds(32)),
              80U);
}

TEST(send_budget, a_flood_of_others_is_kept_within_bounds) {
    send_budget budget(low, high, {}, false, start);
    for (int i = 0; i < 100'000; ++i)
        budget.on_foreign(1, tier::low, start + milliseconds(i / 10));
    EXPECT_LE(budget.status(start + seconds(10)).moderator.used, 1'024U);
    EXPECT_GT(budget.earliest(tier::low, start + seconds(10)), start + seconds(40));
}

}  // namespace
}  // namespace tiktok2twitch::twitch
