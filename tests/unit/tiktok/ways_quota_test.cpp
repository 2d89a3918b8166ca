// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/ways/quota.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace tiktok2twitch::tiktok {
namespace {

using ::testing::ElementsAre;

constexpr core::unix_ms t0 = 1'790'000'000'000;
constexpr core::unix_ms second = 1000;
constexpr core::unix_ms minute = 60 * second;
constexpr core::unix_ms hour = 60 * minute;
constexpr core::unix_ms day = 24 * hour;

TEST(quota, the_minute_frees_itself_when_its_first_call_is_a_minute_old) {
    quota calls({2, 0, 0});
    calls.spend(t0);
    EXPECT_EQ(calls.wait(t0 + 10 * second), 0);
    calls.spend(t0 + 10 * second);
    EXPECT_EQ(calls.wait(t0 + 20 * second), 40 * second);
    EXPECT_EQ(calls.wait(t0 + minute), 0);
}

TEST(quota, the_longest_wait_of_the_windows_counts) {
    quota calls({10, 3, 100});
    for (int i = 0; i < 3; ++i)
        calls.spend(t0 + i * minute);
    EXPECT_EQ(calls.wait(t0 + 200 * second), hour - 200 * second);
}

TEST(quota, without_limits_nothing_waits) {
    quota calls({0, 0, 0});
    for (int i = 0; i < 20'000; ++i)
        calls.spend(t0);
    EXPECT_EQ(calls.wait(t0), 0);
    EXPECT_LE(calls.used(t0)[2], quota::most_calls);
}

TEST(quota, what_the_provider_tells_is_kept_but_not_for_longer_than_a_day) {
    quota calls(free_plan_quota);
    calls.hold(t0 + 3 * hour, t0);
    EXPECT_EQ(calls.wait(t0), 3 * hour);
    calls.hold(t0 + hour, t0);
    EXPECT_EQ(calls.wait(t0), 3 * hour) << "a shorter wait does not shorten a longer one";
    calls.hold(t0 + 40 * day, t0);
    EXPECT_EQ(calls.wait(t0), day);
    EXPECT_EQ(calls.wait(t0 + day), 0);
}

TEST(quota, survives_a_restart) {
    quota before({2, 3, 0});
    std::vector<std::string> file{before.spend(t0), before.spend(t0 + 500)};
    quota after({2, 3, 0});
    for (const std::string& note : file)
        after.restore(note, t0 + second);
    EXPECT_GE(after.wait(t0 + second), before.wait(t0 + second));
    EXPECT_LE(after.wait(t0 + second), before.wait(t0 + second) + second);

    file = {before.hold(t0 + 2 * hour, t0)};
    quota held({0, 0, 0});
    held.restore(file[0], t0 + hour);
    EXPECT_EQ(held.wait(t0 + hour), hour);
}

TEST(quota, notes_hold_what_is_still_of_use) {
    quota calls({0, 0, 5});
    calls.spend(t0 - 2 * day);
    calls.spend(t0 - hour);
    calls.hold(t0 + hour, t0);
    EXPECT_THAT(calls.notes(t0), ElementsAre("c 1789996400", "w 1790003600"));
    EXPECT_THAT(calls.notes(t0 + 2 * hour), ElementsAre("c 1789996400"));
}

TEST(quota, whatever_is_no_note_is_skipped) {
    quota calls({1, 1, 1});
    for (const char* text : {"", "c", "c ", "c x", "c -5", "c 99999999999999999999", "x 1790000000",
                             "c1790000000", "c 1790000000 ", "w 0"})
        calls.restore(text, t0);
    EXPECT_EQ(calls.wait(t0), 0);
}

TEST(quota, a_clock_that_was_set_back_waits_for_no_longer_than_the_window) {
    quota calls({1, 0, 0});
    calls.spend(t0);
    EXPECT_LE(calls.wait(t0 - 5 * day), minute);
    quota restored({0, 0, 1});
    restored.restore("c 1799999999", t0);
    EXPECT_EQ(restored.wait(t0), day);
    restored.restore("w 1799999999", t0);
    EXPECT_EQ(restored.wait(t0), day);
}

// Random calls, some by a process that was started anew from the notes: no window is ever passed.
TEST(quota, no_window_is_ever_passed) {
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
        std::mt19937_64 engine(seed);
        const quota_limits limits{3, 10, 25};
        quota calls(limits);
        std::vector<core::unix_ms> made;
        core::unix_ms now = t0;
        for (int i = 0; i < 1500; ++i) {
            now += static_cast<core::unix_ms>(engine() % (4 * minute));
            if (engine() % 20 == 0) {
                quota next(limits);
                for (const std::string& note : calls.notes(now))
                    next.restore(note, now);
                calls = next;
            }
            const core::unix_ms wait = calls.wait(now);
            if (wait == 0) {
                calls.spend(now);
                made.push_back(now);
            } else if (engine() % 2 == 0) {
                now += wait;
                ASSERT_EQ(calls.wait(now), 0) << "seed " << seed;
            }
        }
        const auto check = [&](std::size_t limit, core::unix_ms window) {
            for (std::size_t i = limit; i < made.size(); ++i)
                ASSERT_GE(made[i] - made[i - limit], window) << "seed " << seed;
        };
        check(limits.minute, minute);
        check(limits.hour, hour);
        check(limits.day, day);
    }
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
