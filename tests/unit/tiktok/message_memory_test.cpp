// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/room/message_memory.hpp"

#include <gtest/gtest.h>

namespace tiktok2twitch::tiktok {
namespace {

using verdict = message_memory::verdict;

constexpr std::int64_t room = 7001;
constexpr std::int64_t other_room = 7002;
constexpr core::unix_ms noon = 1'789'600'000'000;
constexpr core::unix_ms minute = 60'000;

TEST(message_memory, new_message_is_fresh_once) {
    message_memory memory;
    memory.on_connected(room, noon);
    EXPECT_EQ(memory.judge(1, noon, false), verdict::fresh);
    EXPECT_EQ(memory.judge(1, noon, false), verdict::duplicate);
    EXPECT_EQ(memory.judge(1, noon, true), verdict::duplicate);
    EXPECT_EQ(memory.judge(2, noon, false), verdict::fresh);
}

TEST(message_memory, history_at_a_first_connect_is_not_relayed_and_its_ids_are_kept) {
    message_memory memory;
    memory.on_connected(room, noon);
    EXPECT_EQ(memory.judge(1, noon - 5000, true), verdict::history);
    EXPECT_EQ(memory.judge(2, noon - 3000, true), verdict::history);
    EXPECT_EQ(memory.floor(), noon - 3000);
    EXPECT_EQ(memory.judge(1, noon - 5000, true), verdict::duplicate);
    EXPECT_EQ(memory.judge(2, noon - 3000, false), verdict::duplicate);
}

TEST(message_memory, history_fills_the_gap_after_a_short_absence) {
    message_memory memory;
    memory.on_connected(room, noon);
    EXPECT_EQ(memory.judge(1, noon - minute, true), verdict::history);
    EXPECT_EQ(memory.judge(2, noon, false), verdict::fresh);
    memory.on_alive(room, noon + minute);

    memory.on_connected(room, noon + 2 * minute);
    EXPECT_EQ(memory.judge(1, noon - minute, true), verdict::duplicate);
    EXPECT_EQ(memory.judge(2, noon, true), verdict::duplicate);
    EXPECT_EQ(memory.judge(3, noon + minute + 1, true), verdict::fresh) << "written while we were away";
    EXPECT_EQ(memory.judge(3, noon + minute + 1, false), verdict::duplicate);
}

TEST(message_memory, history_not_newer_than_what_was_left_out_stays_left_out) {
    message_memory memory;
    memory.on_connected(room, noon);
    memory.judge(1, noon, true);
    memory.on_alive(room, noon);
    memory.on_connected(room, noon + 1000);
    EXPECT_EQ(memory.judge(2, noon, true), verdict::history);
    EXPECT_EQ(memory.judge(3, noon + 1, true), verdict::fresh);
    EXPECT_EQ(memory.judge(4, 0, true), verdict::fresh) << "without a time only the id can tell";
}

TEST(message_memory, absence_up_to_the_limit_is_filled_and_longer_is_not) {
    const auto first_of_history = [](core::unix_ms away) {
        message_memory memory;
        memory.on_alive(room, noon);
        memory.on_connected(room, noon + away);
        return memory.judge(1, noon + 1, true);
    };
    EXPECT_EQ(first_of_history(message_memory::max_gap), verdict::fresh);
    EXPECT_EQ(first_of_history(message_memory::max_gap + 1), verdict::history);
    EXPECT_EQ(first_of_history(-minute), verdict::fresh) << "the wall clock was set back";
}

TEST(message_memory, another_room_is_a_first_connect) {
    message_memory memory;
    memory.on_alive(room, noon);
    memory.on_connected(other_room, noon + 1000);
    EXPECT_EQ(memory.judge(1, noon + 500, true), verdict::history);
}

TEST(message_memory, restart_with_a_journal_goes_on_as_if_nothing_happened) {
    message_memory memory;
    memory.restore_id(1);
    memory.restore_floor(noon - minute);
    memory.restore_alive(room, noon);
    memory.on_connected(room, noon + minute);
    EXPECT_EQ(memory.judge(1, noon, true), verdict::duplicate);
    EXPECT_EQ(memory.judge(2, noon - minute, true), verdict::history);
    EXPECT_EQ(memory.judge(3, noon + 1, true), verdict::fresh);
}

TEST(message_memory, restored_floor_never_goes_down) {
    message_memory memory;
    memory.restore_floor(100);
    memory.restore_floor(50);
    EXPECT_EQ(memory.floor(), 100);
}

TEST(message_memory, messages_without_an_id_are_never_called_duplicates) {
    message_memory memory;
    memory.on_connected(room, noon);
    EXPECT_EQ(memory.judge(0, noon, false), verdict::fresh);
    EXPECT_EQ(memory.judge(0, noon, false), verdict::fresh);
    EXPECT_EQ(memory.size(), 0U);
}

// `minutes` of a room that is heard once a second, with so many ids from `first` on in each.
void listen(message_memory& memory, core::unix_ms from, int minutes, std::int64_t first, int a_second,
            relay::event_kind kind = relay::event_kind::chat) {
    for (int second = 0; second < minutes * 60; ++second) {
        memory.on_alive(room, from + second * 1000);
        for (int i = 0; i < a_second; ++i)
            memory.judge(first++, from + second * 1000, false, kind);
    }
}

TEST(message_memory, ids_are_known_for_fifteen_minutes_however_many_came_since) {
    message_memory memory;
    memory.on_connected(room, noon);
    listen(memory, noon, 15, 1, 100);
    EXPECT_EQ(memory.judge(1, noon, true), verdict::duplicate) << "90,000 ids ago";
    listen(memory, noon + 15 * minute, 15, 100'000, 1);
    EXPECT_EQ(memory.judge(1, noon, false), verdict::fresh) << "half an hour ago, in a busy room";
    EXPECT_LE(memory.size(), 100'000U);
}

TEST(message_memory, newest_comments_are_known_however_old_they_are) {
    message_memory memory;
    memory.on_connected(room, noon);
    for (std::int64_t id = 1; id <= 6; ++id)
        memory.judge(id, noon, false);
    listen(memory, noon, 300, 1000, 1, relay::event_kind::viewers);
    EXPECT_EQ(memory.judge(1, noon, true), verdict::duplicate) << "after five hours in which nobody wrote";
    EXPECT_EQ(memory.judge(1000, noon, false, relay::event_kind::viewers), verdict::fresh)
        << "TikTok replays comments only";
    EXPECT_LE(memory.size(), 6U + 3 * recent_ids::block_size);
}

TEST(message_memory, clock_that_jumps_by_a_day_makes_nothing_old) {
    message_memory memory;
    memory.on_alive(room, noon);
    memory.judge(1, noon, false, relay::event_kind::gift);
    listen(memory, noon + 24 * 60 * minute, 5, 100, 10, relay::event_kind::gift);
    EXPECT_EQ(memory.judge(1, noon, false, relay::event_kind::gift), verdict::duplicate);
    listen(memory, noon, 5, 10'000, 10, relay::event_kind::gift);
    EXPECT_EQ(memory.judge(1, noon, false, relay::event_kind::gift), verdict::duplicate) << "set back again";
}

TEST(message_memory, flood_is_bounded) {
    message_memory memory;
    memory.on_connected(room, noon);
    const auto count = static_cast<std::int64_t>(message_memory::max_ids);
    for (std::int64_t id = 1; id <= count + 2000; ++id)
        memory.judge(id, noon, false);
    EXPECT_LE(memory.size(), message_memory::max_ids);
    EXPECT_EQ(memory.judge(1, noon, false), verdict::fresh);
    EXPECT_EQ(memory.judge(count + 1999, noon, false), verdict::duplicate);
}

// A thousand rooms as busy as the busiest that was reported: 12 comments and 6 others a second.
TEST(message_memory, busy_room_takes_a_hundred_and_fifty_kilobytes) {
    message_memory memory;
    memory.on_connected(room, noon);
    for (int second = 0; second < 40 * 60; ++second) {
        memory.on_alive(room, noon + second * 1000);
        for (int i = 0; i < 12; ++i)
            memory.judge(1'000'000 + second * 100 + i, noon, false);
        for (int i = 0; i < 6; ++i)
            memory.judge(9'000'000 + second * 100 + i, noon, false, relay::event_kind::like);
    }
    EXPECT_GE(memory.size(), 15'000U);
    EXPECT_LT(memory.bytes(), 160'000U);
}

// TikTok's ids are not sorted, and the same one comes as often as it likes.
TEST(message_memory, order_of_ids_does_not_matter) {
    message_memory memory;
    memory.on_connected(room, noon);
    for (std::int64_t i = 0; i < 10'000; ++i)
        EXPECT_EQ(memory.judge(i * 7919 % 10'007 + 1, noon, false), verdict::fresh);
    for (std::int64_t i = 0; i < 10'000; ++i)
        EXPECT_EQ(memory.judge(i * 7919 % 10'007 + 1, noon, false), verdict::duplicate);
}

TEST(message_memory, an_id_from_the_journal_is_known_whatever_it_belongs_to) {
    message_memory memory;
    memory.restore_id(5);
    EXPECT_EQ(memory.judge(5, noon, false, relay::event_kind::gift), verdict::duplicate);
}

TEST(message_memory, likes_without_an_id_are_all_fresh) {
    message_memory memory;
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(memory.judge(0, noon, false, relay::event_kind::like), verdict::fresh);
    EXPECT_EQ(memory.size(), 0U);
}

TEST(message_memory, room_heard_last_is_known_also_from_the_journal) {
    message_memory memory;
    EXPECT_EQ(memory.room_id(), 0);
    memory.restore_alive(room, noon);
    EXPECT_EQ(memory.room_id(), room);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
