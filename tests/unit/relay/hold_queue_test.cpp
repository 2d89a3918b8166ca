// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/moderation/hold_queue.hpp"

#include <gtest/gtest.h>

#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay {
namespace {

using std::chrono::seconds;

const core::time_point start{std::chrono::hours(1)};

held_part held(event_ticket ticket, const std::string& channel, core::time_point until, bool release) {
    held_part out;
    out.part.ticket = ticket;
    out.part.route = 1;
    out.part.received_at = start;
    out.channel = channel;
    out.until = until;
    out.release_after = release;
    return out;
}

TEST(hold_queue, a_new_users_message_is_said_when_its_time_has_come_and_is_fresh_then) {
    hold_queue queue;
    queue.add(held(1, "chan", start + seconds(10), true));
    EXPECT_EQ(queue.deadline(), start + seconds(10));
    EXPECT_TRUE(queue.take_due(start + seconds(9)).said.empty());
    const auto due = queue.take_due(start + seconds(10));
    ASSERT_EQ(due.said.size(), 1U);
    EXPECT_EQ(due.said[0].received_at, start + seconds(10));
    EXPECT_EQ(queue.deadline(), core::time_point::max());
}

TEST(hold_queue, what_waits_for_a_moderator_is_denied_when_nobody_answers) {
    hold_queue queue;
    queue.add(held(1, "chan", start + seconds(10), false));
    const auto due = queue.take_due(start + seconds(10));
    EXPECT_TRUE(due.said.empty());
    ASSERT_EQ(due.denied.size(), 1U);
}

TEST(hold_queue, a_moderator_decides_by_number) {
    hold_queue queue;
    EXPECT_EQ(queue.add(held(1, "other", start + seconds(10), false)).number, 1U);
    EXPECT_EQ(queue.add(held(2, "chan", start + seconds(10), false)).number, 2U);
    EXPECT_EQ(queue.add(held(5, "chan", start + seconds(10), true)).number, 0U) << "nobody is asked";
    EXPECT_EQ(queue.add(held(3, "chan", start + seconds(10), false)).number, 3U);
    EXPECT_EQ(queue.undecided("chan"), (std::vector<std::uint64_t>{2, 3}));
    EXPECT_EQ(queue.channel_of(1), "other");
    EXPECT_EQ(queue.channel_of(0), std::nullopt);
    EXPECT_EQ(queue.channel_of(9), std::nullopt);
    const auto approved = queue.approve("chan", 3, start + seconds(5));
    ASSERT_TRUE(approved);
    EXPECT_EQ(approved->ticket, 3U);
    EXPECT_EQ(approved->received_at, start + seconds(5));
    EXPECT_FALSE(queue.approve("chan", 3, start)) << "somebody else was quicker";
    EXPECT_FALSE(queue.approve("chan", 1, start)) << "another channel's";
    EXPECT_FALSE(queue.deny("chan", 7));
    EXPECT_EQ(queue.deny("chan", 2)->ticket, 2U);
    EXPECT_EQ(queue.add(held(4, "chan", start, false)).number, 4U) << "never the same again";
    EXPECT_EQ(queue.count(route_id{1}), 3U);
}

// Whoever decides without a number must not hit what was held a moment ago.
TEST(hold_queue, without_a_number_only_the_only_one_is_meant) {
    hold_queue queue;
    EXPECT_FALSE(queue.approve("chan", 0, start));
    queue.add(held(1, "chan", start + seconds(10), true));
    EXPECT_FALSE(queue.approve("chan", 0, start)) << "its time alone releases it";
    queue.add(held(2, "chan", start + seconds(10), false));
    queue.add(held(3, "chan", start + seconds(10), false));
    EXPECT_FALSE(queue.approve("chan", 0, start));
    EXPECT_FALSE(queue.deny("chan", 0));
    EXPECT_EQ(queue.deny("chan", 2)->ticket, 3U);
    EXPECT_EQ(queue.approve("chan", 0, start)->ticket, 2U);
    EXPECT_FALSE(queue.approve("chan", 0, start));
}

TEST(hold_queue, numbers_of_an_earlier_process_are_not_given_again) {
    hold_queue queue;
    auto kept = held(1, "chan", start + seconds(10), false);
    kept.number = 7;
    queue.restore(kept);
    EXPECT_EQ(queue.undecided("chan"), (std::vector<std::uint64_t>{7}));
    EXPECT_EQ(queue.add(held(2, "chan", start + seconds(10), false)).number, 8U);
    queue.start_after(20);
    queue.start_after(3);
    EXPECT_EQ(queue.add(held(3, "chan", start + seconds(10), false)).number, 21U);
    EXPECT_EQ(queue.last_number(), 21U);
}

TEST(hold_queue, the_revision_tells_what_has_to_be_decided) {
    hold_queue queue;
    queue.add(held(1, "chan", start + seconds(10), true));
    EXPECT_EQ(queue.revision(), 0U);
    queue.for_each("chan", [&queue](held_part& part) { queue.ask(part, start + seconds(60)); });
    const auto asked = queue.revision();
    EXPECT_NE(asked, 0U);
    EXPECT_EQ(queue.undecided("chan"), (std::vector<std::uint64_t>{1}));
    EXPECT_TRUE(queue.take_due(start + seconds(10)).said.empty());
    EXPECT_TRUE(queue.deny("chan", 1));
    EXPECT_NE(queue.revision(), asked);
}

TEST(hold_queue, a_full_queue_gives_up_its_oldest) {
    hold_queue queue;
    for (event_ticket ticket = 1; ticket <= hold_queue::most_held; ++ticket)
        EXPECT_FALSE(queue.add(held(ticket, "chan", start, true)).lost);
    const auto lost = queue.add(held(9999, "chan", start, true)).lost;
    ASSERT_TRUE(lost);
    EXPECT_EQ(lost->ticket, 1U);
    EXPECT_EQ(queue.count(route_id{1}), hold_queue::most_held);
}

TEST(hold_queue, who_fills_it_alone_loses_alone) {
    hold_queue queue;
    for (event_ticket ticket = 1; ticket <= hold_queue::most_held; ++ticket) {
        auto part = held(ticket, "chan", start, true);
        part.part.author_id = ticket <= 10 ? static_cast<std::int64_t>(ticket) : 99;
        EXPECT_FALSE(queue.add(std::move(part)).lost);
    }
    auto newcomer = held(9999, "chan", start, true);
    newcomer.part.author_id = 100;
    EXPECT_EQ(queue.add(std::move(newcomer)).lost->ticket, 11U);
}

TEST(hold_queue, it_knows_until_when_an_author_waits_for_his_time) {
    hold_queue queue;
    const auto add = [&queue](event_ticket ticket, std::int64_t author, core::time_point until,
                              bool release) {
        auto part = held(ticket, "chan", until, release);
        part.part.author_id = author;
        queue.add(std::move(part));
    };
    add(1, 7, start + seconds(10), true);
    add(2, 7, start + seconds(20), true);
    add(3, 7, start + seconds(90), false);  // a moderator may take his time
    add(4, 8, start + seconds(30), false);
    EXPECT_EQ(queue.waits_until(1, 7), start + seconds(20));
    EXPECT_FALSE(queue.waits_until(2, 7)) << "another route";
    EXPECT_FALSE(queue.waits_until(1, 8));
    queue.take_due(start + seconds(20));
    EXPECT_FALSE(queue.waits_until(1, 7));
}

TEST(hold_queue, what_is_held_can_be_changed_in_its_channel) {
    hold_queue queue;
    queue.add(held(1, "chan", start + seconds(10), true));
    queue.add(held(2, "other", start + seconds(10), true));
    queue.for_each("chan", [](held_part& part) { part.release_after = false; });
    const auto due = queue.take_due(start + seconds(10));
    ASSERT_EQ(due.denied.size(), 1U);
    EXPECT_EQ(due.denied[0].ticket, 1U);
    EXPECT_EQ(due.said.size(), 1U);
}

TEST(hold_queue, what_is_deleted_at_the_source_leaves) {
    hold_queue queue;
    queue.add(held(1, "chan", start, true));
    queue.add(held(2, "chan", start, true));
    EXPECT_EQ(queue.remove([](const line_part& part) { return part.ticket == 2; }).size(), 1U);
    EXPECT_EQ(queue.count(route_id{1}), 1U);
}

TEST(kind_limits, one_more_than_the_limit_in_a_minute_is_not_said) {
    kind_limits limits;
    EXPECT_TRUE(limits.take(event_kind::join, 2, start));
    EXPECT_TRUE(limits.take(event_kind::join, 2, start + seconds(30)));
    EXPECT_FALSE(limits.take(event_kind::join, 2, start + seconds(59)));
    EXPECT_TRUE(limits.take(event_kind::join, 2, start + seconds(60)));
    EXPECT_FALSE(limits.take(event_kind::join, 2, start + seconds(61)));
}

TEST(kind_limits, kinds_do_not_share_and_zero_is_no_limit) {
    kind_limits limits;
    EXPECT_TRUE(limits.take(event_kind::join, 1, start));
    EXPECT_TRUE(limits.take(event_kind::follow, 1, start));
    for (int i = 0; i < 1000; ++i)
        EXPECT_TRUE(limits.take(event_kind::chat, 0, start));
}

}  // namespace
}  // namespace tiktok2twitch::relay
