// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/twitch/sending/channel_silence.hpp"

#include <gmock/gmock.h>

#include <vector>

namespace tiktok2twitch::twitch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const core::time_point start{std::chrono::hours(1)};

// Minutes until the next question, of the next `count`.
std::vector<long> gaps(probe_schedule& probe, core::time_point& now, int count) {
    std::vector<long> out;
    for (int i = 0; i < count; ++i) {
        out.push_back(std::chrono::duration_cast<minutes>(probe.next() - now).count());
        now = probe.next();
        probe.on_asked(now);
    }
    return out;
}

TEST(probe_schedule, asks_after_a_minute_and_then_ever_more_rarely_up_to_ten_minutes) {
    probe_schedule probe;
    EXPECT_EQ(probe.next(), core::time_point::max());
    auto now = start;
    probe.begin(now, true);
    EXPECT_EQ(gaps(probe, now, 7), (std::vector<long>{1, 2, 4, 8, 10, 10, 10}));
}

TEST(probe_schedule, a_refusal_after_an_answer_of_go_on_does_not_begin_anew) {
    probe_schedule probe;
    auto now = start;
    probe.begin(now, true);
    gaps(probe, now, 3);
    const auto next = probe.next();
    probe.begin(now + seconds(1), false);
    EXPECT_EQ(probe.next(), next);
    probe.begin(next + minutes(30), false);  // nothing was said for so long
    EXPECT_EQ(probe.next(), next + minutes(38));
}

TEST(probe_schedule, somebodys_new_deed_and_an_accepted_line_do) {
    probe_schedule probe;
    auto now = start;
    probe.begin(now, true);
    gaps(probe, now, 3);
    probe.begin(now, true);
    EXPECT_EQ(probe.next(), now + minutes(1));
    gaps(probe, now, 3);
    probe.end();
    EXPECT_EQ(probe.next(), core::time_point::max());
    probe.begin(now, false);
    EXPECT_EQ(probe.next(), now + minutes(1));
}

TEST(probe_schedule, a_person_is_answered_at_once_and_changes_no_distance) {
    probe_schedule probe;
    auto now = start;
    probe.begin(now, true);
    gaps(probe, now, 1);
    now += seconds(10);
    probe.ask_now(now);
    EXPECT_EQ(probe.next(), now);
    EXPECT_TRUE(probe.by_hand());
    probe.begin(now, false);  // what was on its way is refused: the question still stands
    EXPECT_EQ(probe.next(), now);
    probe.on_asked(now);
    EXPECT_FALSE(probe.by_hand());
    EXPECT_EQ(probe.next(), now + minutes(2));
    probe.ask_now(now + seconds(1));
    EXPECT_EQ(probe.next(), now + probe_schedule::shortest) << "not more often than every two seconds";
}

}  // namespace
}  // namespace tiktok2twitch::twitch
