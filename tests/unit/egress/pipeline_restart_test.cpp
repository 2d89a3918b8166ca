// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Two routes of one room, of which one is slow, and a process that ends between them: what the fast one has
// said is not news for it, and still is for the other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "support/policy.hpp"
#include "tiktok2twitch/egress/pipeline.hpp"

namespace tiktok2twitch::egress {
namespace {

using relay::event_kind;
using testing::ElementsAre;
using testing::IsEmpty;

const core::time_point start{std::chrono::hours(1)};
constexpr core::unix_ms wall = 1'789'625'531'000;

relay::event comment(std::int64_t id) {
    relay::event event;
    event.kind = event_kind::chat;
    event.msg_id = id;
    event.from.id = 5;
    event.from.nickname = "Ann";
    event.text = "hi " + std::to_string(id);
    event.received_at = start;
    return event;
}

relay::event rose(std::int64_t id, std::int64_t count, bool ended) {
    auto event = comment(id);
    event.kind = event_kind::gift;
    event.text.clear();
    event.gift = relay::gift{5655, "Rose", 1, count, 77, true, ended};
    return event;
}

// A process, and what it leaves on the disk.
struct two_routes {
    pipeline books;
    relay::route_id fast = books.add_route("host", "fast", test::policy("host"));
    relay::route_id slow = books.add_route("host", "slow", test::policy("host"));
    std::map<relay::route_id, std::vector<relay::line_part>> waiting;

    explicit two_routes(const std::string& notes = {}, pipeline::done_before done = {}) {
        books.restore_done("host", std::move(done));
        books.restore_streaks("host", notes, start, wall);
    }
    void take(const relay::event& event) {
        for (auto& part : books.on_event("host", event, start))
            waiting[part.route].push_back(std::move(part));
    }
    // The line of the route's oldest message is about to leave.
    std::vector<seen_mark> say(relay::route_id route) {
        const auto ticket = waiting[route].front().ticket;
        waiting[route].erase(waiting[route].begin());
        return books.on_line(std::array{ticket});
    }
    std::size_t lines(relay::route_id route) { return waiting[route].size(); }
    std::string notes() {
        const auto all = books.take_notes(wall);
        return all.contains("host") ? all.at("host") : std::string();
    }
};

TEST(pipeline_restart, marks_name_the_route_that_is_done) {
    two_routes relay;
    relay.take(comment(1));
    const auto marks = relay.say(relay.slow);
    ASSERT_EQ(marks.size(), 1U);
    EXPECT_EQ(marks[0].tiktok, "host");
    EXPECT_EQ(marks[0].channel, "slow");
    EXPECT_EQ(marks[0].msg_id, 1);
}

TEST(pipeline_restart, message_that_one_route_was_done_with_is_said_by_the_other) {
    two_routes relay({}, {{1, {"fast"}}, {2, {"fast", "slow"}}});
    relay.take(comment(1));
    relay.take(comment(2));
    relay.take(comment(3));
    EXPECT_EQ(relay.lines(relay.fast), 1U);
    EXPECT_EQ(relay.lines(relay.slow), 2U);
    const auto& fast = relay.books.routes().at(relay.fast).ledger;
    EXPECT_EQ(fast.received(), 1U) << "repeats are outside of the equation";
    EXPECT_EQ(fast.ignored().at("duplicate"), 2U);
}

TEST(pipeline_restart, streak_is_told_when_all_routes_are_done_with_it) {
    two_routes relay;
    relay.take(rose(1, 3, false));
    relay.take(rose(2, 5, true));
    relay.notes();
    relay.say(relay.fast);
    EXPECT_THAT(relay.notes(), IsEmpty());
    relay.say(relay.slow);
    EXPECT_THAT(relay.notes(), testing::HasSubstr("t 5 5655 77 5 1"));
}

TEST(pipeline_restart, streak_that_only_the_fast_route_has_said_is_said_by_the_slow_one_alone) {
    std::string notes;
    pipeline::done_before done;
    {
        two_routes killed;
        killed.take(rose(1, 3, false));
        killed.take(rose(2, 5, false));
        killed.take(rose(3, 5, true));
        for (const auto& mark : killed.say(killed.fast))
            done[mark.msg_id].insert(mark.channel);
        notes = killed.notes();
    }
    two_routes next(notes, done);
    const auto late = next.books.finish(start);
    ASSERT_EQ(late.size(), 1U);
    EXPECT_EQ(late[0].route, next.slow);
    EXPECT_EQ(late[0].label + late[0].body, "[TikTok] Ann sent 5x Rose (5 coins)");
    next.books.on_line(std::array{late[0].ticket});
    EXPECT_THAT(next.notes(), testing::HasSubstr("t 5 5655 77 5"));
}

TEST(pipeline_restart, filtered_gift_of_one_route_does_not_settle_it_for_the_other) {
    auto dear = app::default_config();
    dear.events.gift_min_coins = 100;
    pipeline books;
    books.restore_streaks("host", {}, start, wall);
    const auto cheap = books.add_route("host", "cheap", test::policy("host"));
    books.add_route("host", "dear", test::policy("host", dear));
    books.restore_streaks("host", {}, start, wall);
    const auto parts = books.on_event("host", rose(1, 5, true), start);
    ASSERT_EQ(parts.size(), 1U);
    EXPECT_EQ(parts[0].route, cheap);
    const auto before = books.take_notes(wall);
    EXPECT_EQ(before.at("host").find("t 5 5655"), std::string::npos);
    books.on_line(std::array{parts[0].ticket});
    EXPECT_NE(books.take_notes(wall).at("host").find("t 5 5655"), std::string::npos);
}

}  // namespace
}  // namespace tiktok2twitch::egress
