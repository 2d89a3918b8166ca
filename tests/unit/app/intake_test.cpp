// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/service/ingest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace tiktok2twitch::app {
namespace {

using relay::event_kind;
using testing::ElementsAre;
using testing::IsEmpty;

relay::event of_kind(event_kind kind, std::int64_t msg_id = 0) {
    relay::event event;
    event.kind = kind;
    event.msg_id = msg_id;
    return event;
}

tiktok::deletion of_message(std::int64_t id) {
    tiktok::deletion out;
    out.msg_ids = {id};
    return out;
}

class intake_test : public testing::Test {
protected:
    // "e1" for events, "d2" for deletions, in the order of arrival.
    std::vector<std::string> drain() {
        std::vector<std::string> out;
        queue.drain([&](intake_item item) {
            if (const auto* event = std::get_if<relay::event>(&item.what))
                out.push_back("e" + std::to_string(event->msg_id));
            else if (const auto* deletion = std::get_if<tiktok::deletion>(&item.what))
                out.push_back("d" + std::to_string(deletion->msg_ids.at(0)));
        });
        return out;
    }
    void fill(room_feed& by) {
        by.on_event(of_kind(event_kind::chat, 1));
        by.on_event(of_kind(event_kind::chat, 2));
    }
    std::uint64_t lost(event_kind kind) const {
        return feed.counts()[lost_events + static_cast<std::size_t>(kind)];
    }
    std::uint64_t parts(event_kind kind) const {
        return feed.counts()[lost_parts + static_cast<std::size_t>(kind)];
    }

    int notified = 0;
    intake_queue queue{2, [this] {
                           ++notified;
                       }};
    room_feed feed{3, queue, {}};
};

TEST_F(intake_test, events_that_find_the_queue_full_are_counted_by_kind) {
    fill(feed);
    feed.on_event(of_kind(event_kind::chat));
    feed.on_event(of_kind(event_kind::chat));
    feed.on_event(of_kind(event_kind::join));
    EXPECT_EQ(lost(event_kind::chat), 2U);
    EXPECT_EQ(lost(event_kind::join), 1U);
    EXPECT_EQ(lost(event_kind::follow), 0U);
}

TEST_F(intake_test, frames_that_are_only_part_of_an_event_are_counted_apart) {
    fill(feed);
    auto gift = of_kind(event_kind::gift);
    gift.gift.emplace();
    feed.on_event(gift);  // no streak: an event of its own
    gift.gift->streakable = true;
    feed.on_event(gift);
    feed.on_event(of_kind(event_kind::like));
    feed.on_event(of_kind(event_kind::viewers));
    EXPECT_EQ(lost(event_kind::gift), 1U);
    EXPECT_EQ(parts(event_kind::gift), 1U);
    EXPECT_EQ(lost(event_kind::like) + lost(event_kind::viewers), 0U);
    EXPECT_EQ(parts(event_kind::like), 1U);
    EXPECT_EQ(parts(event_kind::viewers), 1U);
}

TEST_F(intake_test, ignored_messages_that_find_the_queue_full_are_counted_by_reason) {
    fill(feed);
    feed.on_ignored(1, 0, tiktok::ignore_reason::history);
    feed.on_ignored(2, 0, tiktok::ignore_reason::duplicate);
    feed.on_ignored(3, 0, tiktok::ignore_reason::duplicate);
    EXPECT_EQ(feed.counts()[lost_history], 1U);
    EXPECT_EQ(feed.counts()[lost_duplicates], 2U);
}

TEST_F(intake_test, what_could_not_be_read_is_added_up) {
    feed.on_unread({1, 2, 4, 8});
    feed.on_unread({1, 0, 0, 0});
    EXPECT_EQ(feed.counts()[unread_excess], 2U);
    EXPECT_EQ(feed.counts()[unread_undecodable], 6U);
    EXPECT_EQ(feed.counts()[unread_oversized], 8U);
}

TEST_F(intake_test, deletions_that_find_the_queue_full_wait_and_go_first) {
    fill(feed);
    feed.on_deletion(of_message(7));
    feed.on_deletion(of_message(8));
    EXPECT_TRUE(feed.waiting());
    EXPECT_THAT(drain(), ElementsAre("e1", "e2"));
    feed.on_event(of_kind(event_kind::chat, 9));  // the queue has two places
    EXPECT_THAT(drain(), ElementsAre("d7", "d8"));
    EXPECT_EQ(lost(event_kind::chat), 1U);
    EXPECT_FALSE(feed.waiting());
}

TEST_F(intake_test, waiting_deletions_go_on_demand_as_far_as_there_is_room) {
    fill(feed);
    for (std::int64_t id = 11; id < 14; ++id)
        feed.on_deletion(of_message(id));
    drain();
    feed.retry();
    EXPECT_TRUE(feed.waiting());
    EXPECT_THAT(drain(), ElementsAre("d11", "d12"));
    feed.retry();
    EXPECT_FALSE(feed.waiting());
    EXPECT_THAT(drain(), ElementsAre("d13"));
    EXPECT_EQ(feed.counts()[lost_deletions], 0U);
}

TEST_F(intake_test, full_queue_tells_the_other_side_after_the_deletion_waits) {
    fill(feed);
    drain();
    bool waited = false;
    const room_feed* watched = nullptr;
    intake_queue small(1, [&] { waited = watched->waiting(); });
    room_feed other(0, small, {});
    watched = &other;
    other.on_event(of_kind(event_kind::chat, 1));
    small.drain([](const intake_item&) {});
    other.on_event(of_kind(event_kind::chat, 2));
    other.on_deletion(of_message(7));  // full: told before already, and drain() is still to come
    small.drain([](const intake_item&) {});
    EXPECT_TRUE(other.waiting());
    other.on_deletion(of_message(8));
    EXPECT_TRUE(waited);
}

TEST_F(intake_test, deletions_over_the_bound_are_counted) {
    fill(feed);
    tiktok::deletion many;
    many.user_ids.assign(room_feed::max_waiting_ids, 5);
    feed.on_deletion(many);
    EXPECT_EQ(feed.counts()[lost_deletions], 0U);
    feed.on_deletion(of_message(7));
    EXPECT_EQ(feed.counts()[lost_deletions], 1U);
    EXPECT_EQ(feed.take_waiting().size(), 1U);
    EXPECT_FALSE(feed.waiting());
    EXPECT_THAT(feed.take_waiting(), IsEmpty());
    feed.on_deletion(of_message(8));
    EXPECT_TRUE(feed.waiting()) << "the bound is free again";
}

// The two threads of the relay: whatever finds the queue full, every deletion arrives, in order.
TEST(intake_threads, no_deletion_is_lost_between_two_threads) {
    constexpr std::int64_t count = 2000;
    std::atomic<bool> asked{false};
    intake_queue queue(4, [&] { asked.store(true, std::memory_order_release); });
    room_feed feed(0, queue, {});
    std::atomic<bool> wants_retry{false};
    std::atomic<std::int64_t> arrived{0};
    std::thread producer([&] {
        for (std::int64_t id = 1; id <= count; ++id) {
            feed.on_event(of_kind(event_kind::chat, id));
            feed.on_deletion(of_message(id));
        }
        while (arrived.load(std::memory_order_acquire) < count) {
            if (wants_retry.exchange(false, std::memory_order_acq_rel))
                feed.retry();
            else
                std::this_thread::yield();
        }
    });
    std::int64_t next = 1;
    while (next <= count) {
        if (!asked.exchange(false, std::memory_order_acq_rel)) {
            std::this_thread::yield();
            continue;
        }
        queue.drain([&](const intake_item& item) {
            if (const auto* deletion = std::get_if<tiktok::deletion>(&item.what)) {
                EXPECT_EQ(deletion->msg_ids.at(0), next);
                ++next;
            }
        });
        arrived.store(next - 1, std::memory_order_release);
        if (feed.waiting())
            wants_retry.store(true, std::memory_order_release);
    }
    producer.join();
    EXPECT_EQ(feed.counts()[lost_deletions], 0U);
}

}  // namespace
}  // namespace tiktok2twitch::app
