// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/story/streak_notes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tiktok2twitch/relay/story/room_story.hpp"
#include "unit/relay/story_support.hpp"

namespace tiktok2twitch::relay {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr core::unix_ms noon = 1'789'600'000'000;
constexpr core::unix_ms minute = 60'000;

// A process of one room; what it tells counts as said.
struct process {
    explicit process(std::string& the_notes, core::unix_ms wall = noon) : notes(the_notes) {
        expired = story.restore(notes, t0, wall);
        for (const event& each : expired)
            notes += each.gift->told;
    }

    std::int64_t take(const std::vector<event>& events) {
        std::int64_t count = 0;
        for (const event& each : events) {
            count += each.gift->count;
            notes += each.gift->told;
        }
        notes += story.take_notes(noon);
        return count;
    }
    std::int64_t give(const frame& what) { return take(story.on_event(streak_frame(what, t0), t0)); }

    std::string& notes;
    room_story story{1000};
    std::vector<event> expired;
};

TEST(streak_notes, open_streak_goes_on_after_a_kill) {
    std::string notes;
    EXPECT_EQ(process(notes).give({.count = 3}), 0);
    process next(notes);
    EXPECT_EQ(next.story.open_streaks(), 1U);
    EXPECT_EQ(next.give({.count = 5, .end = true}), 5);
    EXPECT_EQ(next.give({.count = 5, .end = true}), 0);
}

TEST(streak_notes, open_streak_whose_end_was_missed_is_told_after_its_silence) {
    std::string notes;
    event given = streak_frame({.user = 7, .count = 3, .msg_id = 99}, t0);
    given.from.nickname = "Ann \xF0\x9F\x8C\xB8 = 100 %\n";
    given.from.unique_id = "ann.b";
    given.from.moderator = true;
    given.from.fan_club_level = 4;
    {
        process first(notes);
        first.take(first.story.on_event(given, t0));
    }
    process next(notes);
    EXPECT_THAT(next.story.poll(t0 + seconds(59)), IsEmpty());
    const auto out = next.story.poll(t0 + seconds(60));
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].from.nickname, given.from.nickname);
    EXPECT_EQ(out[0].from.unique_id, "ann.b");
    EXPECT_TRUE(out[0].from.moderator);
    EXPECT_FALSE(out[0].from.streamer);
    EXPECT_EQ(out[0].from.fan_club_level, 4);
    EXPECT_EQ(out[0].msg_id, 99);
    EXPECT_EQ(out[0].gift->name, "Rose");
    EXPECT_EQ(out[0].gift->value(), 3);
}

TEST(streak_notes, finished_streak_stays_finished) {
    std::string notes;
    EXPECT_EQ(process(notes).give({.count = 3, .end = true}), 3);
    process next(notes);
    EXPECT_EQ(next.story.open_streaks(), 0U);
    EXPECT_EQ(next.give({.count = 3, .end = true}), 0);
    EXPECT_EQ(next.give({.count = 2}), 0);
}

TEST(streak_notes, streak_told_at_the_stop_goes_on_with_the_rest) {
    std::string notes;
    {
        process first(notes);
        first.give({.count = 3});
        EXPECT_EQ(first.take(first.story.finish(t0)), 3);
    }
    process next(notes);
    EXPECT_EQ(next.story.open_streaks(), 0U);
    EXPECT_EQ(next.give({.count = 5, .end = true, .with_block = false}), 2);
    EXPECT_EQ(process(notes).give({.count = 5, .end = true}), 0) << "and at the third start";
}

TEST(streak_notes, streak_that_was_over_but_never_said_is_owed) {
    std::string notes;
    {
        process first(notes);
        first.story.on_event(streak_frame({.count = 3, .end = true}, t0), t0);  // waits for Twitch
        first.take({});
    }
    process next(notes);
    EXPECT_EQ(next.take(next.story.poll(t0 + seconds(60))), 3);
}

TEST(streak_notes, doubled_end_without_a_group_is_known_after_a_restart) {
    std::string notes;
    EXPECT_EQ(process(notes).give({.group = 0, .count = 2, .end = true, .msg_id = 5}), 2);
    EXPECT_EQ(process(notes).give({.group = 0, .count = 2, .end = true, .msg_id = 6}), 0);
}

TEST(streak_notes, streak_of_a_removed_user_is_never_told) {
    std::string notes;
    {
        process first(notes);
        first.give({.count = 2});
        for (const event& each : first.story.forget(1, t0))
            notes += each.gift->told;
        EXPECT_EQ(first.give({.count = 3, .end = true}), 0);
    }
    process next(notes);
    EXPECT_EQ(next.story.open_streaks(), 0U);
    EXPECT_EQ(next.give({.count = 4, .end = true}), 0);
}

TEST(streak_notes, gifts_keep_their_names) {
    std::string notes;
    process(notes).give({.user = 1, .gift = 50, .end = true});
    process next(notes);
    const auto out =
        next.story.on_event(streak_frame({.user = 2, .gift = 50, .end = true, .with_block = false}, t0), t0);
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].gift->name, "Gift 50");
}

TEST(streak_notes, what_is_too_old_is_returned_once_and_not_told) {
    std::string notes;
    process(notes).give({.count = 3});
    EXPECT_THAT(process(notes, noon + 15 * minute).expired, IsEmpty());
    process late(notes, noon + 15 * minute + 1);
    ASSERT_EQ(late.expired.size(), 1U);
    EXPECT_EQ(late.expired[0].gift->count, 3);
    EXPECT_EQ(late.story.open_streaks(), 0U);
    EXPECT_THAT(process(notes, noon + 15 * minute + 1).expired, IsEmpty());
}

TEST(streak_notes, clock_that_was_set_back_makes_nothing_old) {
    std::string notes;
    process(notes).give({.count = 3});
    EXPECT_EQ(process(notes, noon - 365LL * 24 * 60 * minute).story.open_streaks(), 1U);
    std::string told;
    process(told).give({.count = 3, .end = true});
    EXPECT_EQ(process(told, noon + 365LL * 24 * 60 * minute).give({.count = 3, .end = true}), 0)
        << "what was told needs no clock";
}

TEST(streak_notes, without_restore_nothing_is_noted) {
    room_story story(1000);
    EXPECT_THAT(story.on_event(streak_frame({.end = true}, t0), t0).at(0).gift->told, "");
    EXPECT_EQ(story.take_notes(noon), "");
}

TEST(streak_notes, damaged_lines_spoil_no_others) {
    std::string notes;
    {
        process first(notes);
        first.give({.user = 1, .count = 3});
        first.give({.user = 2, .count = 4, .end = true});
    }
    std::string damaged = "s 1\n\nt x y z\nt 1 2 3 4 5\ns 1 5655 100 9 1 1 0 0 0 1 =a =b =%zz\nq\n";
    for (const char c : notes)
        damaged += c == '\n' ? "\n\xFF garbage =%\n" : std::string(1, c);
    damaged += "t 1 5655 100 9";  // torn
    process next(damaged);
    EXPECT_EQ(next.story.open_streaks(), 1U);
    EXPECT_EQ(next.give({.user = 2, .count = 4, .end = true}), 0);
    EXPECT_EQ(next.give({.user = 1, .count = 3, .end = true}), 3);
}

TEST(streak_notes, other_versions_are_not_read) {
    const std::string line = seen_note({1, 5655, 100}, streak_frame({.count = 3}, t0));
    EXPECT_TRUE(room_story::can_read("v 1\n" + line));
    EXPECT_TRUE(room_story::can_read(""));
    EXPECT_FALSE(room_story::can_read("v 2\n" + line));
    EXPECT_THAT(parse_streak_notes("v 2\n" + line).owed, IsEmpty());
}

TEST(streak_notes, compact_notes_say_the_same_in_few_lines) {
    std::string notes;
    {
        process first(notes);
        for (std::int64_t count = 1; count <= 50; ++count)
            first.give({.user = 1, .count = count});
        for (std::int64_t user = 2; user < 30; ++user)
            first.give({.user = user, .count = 2, .end = true});
    }
    const auto compact = room_story::compact(notes);
    EXPECT_EQ(std::count(compact.begin(), compact.end(), '\n'), 1 + 1 + 28 + 2);
    EXPECT_EQ(room_story::compact(compact), compact);
    std::string again = compact;
    process next(again);
    EXPECT_EQ(next.give({.user = 2, .count = 2, .end = true}), 0);
    EXPECT_EQ(next.give({.user = 1, .count = 51, .end = true}), 51);
}

TEST(streak_notes, bound_keeps_the_newest_and_what_is_owed_in_part) {
    std::string notes =
        told_note({1, 1, 1}, {2, false, 0}) +
        seen_note({1, 1, 1}, streak_frame({.user = 1, .gift = 1, .group = 1, .count = 3}, t0));
    for (std::int64_t group = 2; group < 6; ++group)
        notes += told_note({1, 1, group}, {1, true, 0});
    const auto kept = parse_streak_notes(compact_streak_notes(parse_streak_notes(notes), 2));
    ASSERT_EQ(kept.told.size(), 3U);
    EXPECT_EQ(kept.told[0].first.group, 1);
    EXPECT_EQ(kept.told[1].first.group, 4);
    ASSERT_EQ(kept.owed.size(), 1U);
}

TEST(streak_notes, long_names_are_cut_between_characters) {
    event given = streak_frame({}, t0);
    for (int i = 0; i < 5000; ++i)
        given.from.nickname += "é";
    given.from.nickname.insert(0, "x");
    const auto line = seen_note({1, 5655, 100}, given);
    EXPECT_LT(line.size(), 2000U);
    const auto back = parse_streak_notes(line);
    ASSERT_EQ(back.owed.size(), 1U);
    EXPECT_TRUE(given.from.nickname.starts_with(back.owed[0].latest.from.nickname));
    EXPECT_EQ(back.owed[0].latest.from.nickname.size() % 2, 1U);
}

}  // namespace
}  // namespace tiktok2twitch::relay
