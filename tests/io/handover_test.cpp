// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/handover.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace tiktok2twitch::relay {
namespace {

TEST(handover_test, items_arrive_in_order_and_one_notification_covers_many) {
    int notified = 0;
    handover<std::string> queue(8, [&] { ++notified; });
    for (const char* text : {"a", "b", "c"})
        EXPECT_TRUE(queue.push(text));
    EXPECT_EQ(notified, 1);
    std::string seen;
    EXPECT_EQ(queue.drain([&](std::string item) { seen += item; }), 3u);
    EXPECT_EQ(seen, "abc");
    EXPECT_TRUE(queue.push("d"));
    EXPECT_EQ(notified, 2);
}

TEST(handover_test, a_full_queue_refuses_but_still_notifies) {
    int notified = 0;
    handover<int> queue(2, [&] { ++notified; });
    EXPECT_TRUE(queue.push(1));
    EXPECT_TRUE(queue.push(2));
    EXPECT_FALSE(queue.push(3));
    int sum = 0;
    queue.drain([&](int item) { sum += item; });
    EXPECT_EQ(sum, 3);
    EXPECT_TRUE(queue.push(4));
    EXPECT_EQ(notified, 2);
}

TEST(handover_test, move_only_items_are_handed_over) {
    handover<std::unique_ptr<int>> queue(2, [] {});
    EXPECT_TRUE(queue.push(std::make_unique<int>(7)));
    int seen = 0;
    queue.drain([&](std::unique_ptr<int> item) { seen = *item; });
    EXPECT_EQ(seen, 7);
}

// The sleeper's side of the contract: drain only when notified. A lost wake-up would hang this test.
TEST(handover_test, a_sleeping_consumer_gets_every_item_of_a_producer_thread) {
    constexpr int items = 100'000;
    std::mutex mutex;
    std::condition_variable condition;
    bool awake = false;
    handover<std::string> queue(64, [&] {
        const std::lock_guard lock(mutex);
        awake = true;
        condition.notify_one();
    });
    int refused = 0;
    std::thread producer([&] {
        for (int i = 0; i < items; ++i)
            while (!queue.push(std::to_string(i))) {
                ++refused;
                std::this_thread::yield();
            }
    });
    int next = 0;
    while (next < items) {
        {
            std::unique_lock lock(mutex);
            condition.wait(lock, [&] { return awake; });
            awake = false;
        }
        queue.drain([&](const std::string& item) { ASSERT_EQ(item, std::to_string(next++)); });
    }
    producer.join();
    EXPECT_EQ(next, items);
}

}  // namespace
}  // namespace tiktok2twitch::relay
