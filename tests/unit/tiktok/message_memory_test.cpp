// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/message_memory.hpp"

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

TEST(message_memory, oldest_id_is_forgotten_when_the_memory_is_full) {
    message_memory memory;
    memory.on_connected(room, noon);
    const auto count = static_cast<std::int64_t>(message_memory::max_ids);
    for (std::int64_t id = 1; id <= count; ++id)
        memory.judge(id, noon, false);
    EXPECT_EQ(memory.size(), message_memory::max_ids);
    EXPECT_EQ(memory.judge(1, noon, false), verdict::duplicate);
    memory.judge(count + 1, noon, false);
    EXPECT_EQ(memory.size(), message_memory::max_ids);
    EXPECT_EQ(memory.judge(2, noon, false), verdict::duplicate);
    EXPECT_EQ(memory.judge(1, noon, false), verdict::fresh) << "1 made room for the newest";
}

TEST(message_memory, other_events_push_no_comment_out_of_memory) {
    message_memory memory;
    memory.on_connected(room, noon);
    memory.judge(1, noon, false);
    memory.judge(2, noon, false, relay::event_kind::emote_chat);
    const auto count = static_cast<std::int64_t>(message_memory::max_ids);
    for (std::int64_t id = 0; id <= count; ++id)  // one more than fit
        EXPECT_EQ(memory.judge(10 + id, noon, false, relay::event_kind::viewers), verdict::fresh);
    EXPECT_EQ(memory.judge(1, noon, true), verdict::duplicate);
    EXPECT_EQ(memory.judge(2, noon, true, relay::event_kind::emote_chat), verdict::duplicate);
    EXPECT_EQ(memory.judge(11, noon, false, relay::event_kind::gift), verdict::duplicate);
    EXPECT_EQ(memory.judge(10, noon, false, relay::event_kind::gift), verdict::fresh)
        << "the oldest was forgotten";
    EXPECT_EQ(memory.size(), message_memory::max_ids + 2);
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
