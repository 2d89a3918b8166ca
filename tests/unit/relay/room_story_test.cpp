// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/story/room_story.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/relay/story_support.hpp"

namespace tiktok2twitch::relay {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<event_kind> kinds(const std::vector<event>& events) {
    std::vector<event_kind> out;
    for (const event& each : events)
        out.push_back(each.kind);
    return out;
}

event subscription(std::int64_t user, std::int64_t months) {
    event out = of_kind(event_kind::subscribe, user);
    out.count = months;
    return out;
}

TEST(room_story, everything_that_is_neither_counted_nor_folded_comes_out_as_it_is) {
    room_story story(1000);
    for (const event_kind kind :
         {event_kind::chat, event_kind::emote_chat, event_kind::question, event_kind::follow,
          event_kind::share, event_kind::join, event_kind::envelope, event_kind::live_start,
          event_kind::live_pause, event_kind::live_end}) {
        event what = of_kind(kind, 42);
        what.text = "text";
        const auto out = story.on_event(std::move(what), t0);
        ASSERT_THAT(kinds(out), ElementsAre(kind));
        EXPECT_EQ(out[0].from.id, 42);
        EXPECT_EQ(out[0].text, "text");
    }
}

TEST(room_story, single_likes_are_swallowed_and_milestones_come_out) {
    room_story story(1000);
    EXPECT_THAT(story.on_event(likes(990), t0), IsEmpty());
    EXPECT_THAT(story.on_event(likes(999), t0), IsEmpty());
    const auto out = story.on_event(likes(1003), t0);
    ASSERT_THAT(kinds(out), ElementsAre(event_kind::like));
    EXPECT_EQ(out[0].total_likes, 1000) << "the milestone, not the total";
    story.set_like_every(5);
    EXPECT_EQ(story.on_event(likes(1005), t0).size(), 1U);
}

TEST(room_story, counters_are_stamped_on_everything_that_comes_out) {
    room_story story(1000);
    EXPECT_EQ(story.on_event(of_kind(event_kind::chat), t0).at(0).total_likes, 0);
    story.on_event(likes(500), t0);
    story.on_event(likes(400), t0);
    EXPECT_EQ(story.on_event(viewers(130), t0).at(0).total_likes, 500);
    const auto chat = story.on_event(of_kind(event_kind::chat), t0);
    EXPECT_EQ(chat.at(0).total_likes, 500);
    EXPECT_EQ(chat.at(0).viewers, 130);
    EXPECT_EQ(story.on_event(likes(1000), t0).at(0).viewers, 130);
    EXPECT_EQ(story.on_event(single_gift(1, 6369, 1), t0).at(0).viewers, 130);
    story.on_event(streak_frame({}, t0), t0);
    EXPECT_EQ(story.poll(t0 + seconds(60)).at(0).total_likes, 1000);
    story.on_event(streak_frame({.group = 200}, t0), t0);
    EXPECT_EQ(story.finish(t0).at(0).viewers, 130);
}

TEST(room_story, viewer_counts_come_out_when_they_are_news) {
    room_story story(1000);
    EXPECT_THAT(kinds(story.on_event(viewers(100), t0)), ElementsAre(event_kind::viewers));
    for (int i = 1; i < 150; ++i)
        EXPECT_THAT(story.on_event(viewers(101), t0 + seconds(2) * i), IsEmpty());
    EXPECT_EQ(story.on_event(viewers(101), t0 + seconds(300)).size(), 1U);
}

TEST(room_story, streak_is_open_until_its_deadline) {
    room_story story(1000);
    EXPECT_EQ(story.deadline(), core::time_point::max());
    EXPECT_THAT(story.on_event(streak_frame({.count = 3}, t0), t0), IsEmpty());
    EXPECT_EQ(story.open_streaks(), 1U);
    EXPECT_EQ(story.deadline(), t0 + seconds(60));
    EXPECT_THAT(story.poll(t0 + seconds(60) - milliseconds(1)), IsEmpty());
    EXPECT_EQ(story.poll(t0 + seconds(60)).size(), 1U);
    EXPECT_EQ(story.open_streaks(), 0U);
    EXPECT_EQ(story.deadline(), core::time_point::max());
}

TEST(room_story, streak_that_is_overdue_comes_out_before_what_happens_now) {
    room_story story(1000);
    story.on_event(streak_frame({}, t0), t0);
    EXPECT_THAT(kinds(story.on_event(of_kind(event_kind::chat), t0 + seconds(61))),
                ElementsAre(event_kind::gift, event_kind::chat));
}

TEST(room_story, same_subscription_told_twice_comes_out_once) {
    room_story story(1000);
    EXPECT_EQ(story.on_event(subscription(1, 3), t0).size(), 1U);
    EXPECT_THAT(story.on_event(subscription(1, 3), t0 + minutes(15) - milliseconds(1)), IsEmpty());
    EXPECT_EQ(story.on_event(subscription(2, 3), t0).size(), 1U) << "somebody else";
    EXPECT_EQ(story.on_event(subscription(1, 4), t0).size(), 1U) << "another month";
    EXPECT_EQ(story.on_event(subscription(1, 3), t0 + minutes(15)).size(), 1U) << "forgotten by now";
}

TEST(room_story, subscriptions_over_the_bound_are_forgotten_oldest_first) {
    story_limits limits;
    limits.finished_streaks = 2;
    room_story story(1000, limits);
    story.on_event(subscription(1, 1), t0);
    story.on_event(subscription(2, 1), t0);
    EXPECT_THAT(story.on_event(subscription(1, 1), t0), IsEmpty());
    story.on_event(subscription(3, 1), t0);
    EXPECT_EQ(story.on_event(subscription(1, 1), t0).size(), 1U);
}

TEST(room_story, subscriptions_of_nobody_known_all_come_out) {
    room_story story(1000);
    EXPECT_EQ(story.on_event(subscription(0, 1), t0).size(), 1U);
    EXPECT_EQ(story.on_event(subscription(0, 1), t0).size(), 1U);
}

TEST(room_story, end_of_the_live_closes_the_streaks_first_and_keeps_the_counters) {
    room_story story(1000);
    story.on_event(likes(700), t0);
    story.on_event(streak_frame({.count = 3}, t0), t0);
    const auto out = story.on_event(of_kind(event_kind::live_end), t0);
    ASSERT_THAT(kinds(out), ElementsAre(event_kind::gift, event_kind::live_end));
    EXPECT_EQ(out[0].gift->count, 3);
    EXPECT_EQ(out[1].total_likes, 700);
    EXPECT_THAT(story.finish(t0), IsEmpty());
}

TEST(room_story, next_live_counts_from_its_own_beginning) {
    room_story story(1000);
    story.on_event(likes(700'000), t0);
    story.on_event(viewers(5000), t0);
    story.on_event(streak_frame({.count = 3}, t0), t0);
    const auto out = story.on_event(of_kind(event_kind::live_start), t0);
    ASSERT_THAT(kinds(out), ElementsAre(event_kind::gift, event_kind::live_start));
    EXPECT_EQ(out[0].total_likes, 700'000) << "of the live that it belongs to";
    EXPECT_EQ(out[1].total_likes, 0);
    EXPECT_EQ(out[1].viewers, 0);
    EXPECT_THAT(story.on_event(likes(990), t0), IsEmpty());
    EXPECT_EQ(story.on_event(likes(1000), t0).size(), 1U);
    EXPECT_EQ(story.on_event(viewers(4), t0).size(), 1U);
}

TEST(room_story, gift_event_without_a_gift_is_nothing) {
    room_story story(1000);
    EXPECT_THAT(story.on_event(of_kind(event_kind::gift), t0), IsEmpty());
}

TEST(room_story, story_moves_with_its_open_streaks) {
    room_story first(1000);
    first.on_event(streak_frame({}, t0), t0);
    room_story second(std::move(first));
    EXPECT_EQ(second.open_streaks(), 1U);
    room_story third(1);
    third = std::move(second);
    EXPECT_EQ(third.finish(t0).size(), 1U);
}

TEST(room_story, who_follows_is_a_new_follower_until_the_next_live) {
    room_story story(1000);
    const auto is_new = [&story](std::int64_t user) {
        return story.on_event(of_kind(event_kind::chat, user), t0).at(0).from.new_follower;
    };
    EXPECT_FALSE(is_new(5));
    EXPECT_TRUE(story.on_event(of_kind(event_kind::follow, 5), t0).at(0).from.new_follower);
    story.on_event(of_kind(event_kind::follow, 0), t0);
    EXPECT_TRUE(is_new(5));
    EXPECT_FALSE(is_new(6));
    EXPECT_FALSE(is_new(0)) << "nobody's number";
    story.on_event(of_kind(event_kind::live_end), t0);
    EXPECT_TRUE(is_new(5));
    story.on_event(of_kind(event_kind::live_start), t0);
    EXPECT_FALSE(is_new(5));
}

TEST(room_story, ten_thousand_new_followers_are_known) {
    room_story story(1000);
    for (std::int64_t user = 1; user <= 10'001; ++user)
        story.on_event(of_kind(event_kind::follow, user), t0);
    EXPECT_FALSE(story.on_event(of_kind(event_kind::chat, 1), t0).at(0).from.new_follower);
    EXPECT_TRUE(story.on_event(of_kind(event_kind::chat, 2), t0).at(0).from.new_follower);
}

TEST(room_story, default_bounds_hold) {
    room_story story(1000);
    const story_limits limits;
    for (std::size_t i = 0; i < limits.open_streaks; ++i)
        EXPECT_THAT(story.on_event(streak_frame({.user = static_cast<std::int64_t>(i) + 1}, t0), t0),
                    IsEmpty());
    EXPECT_EQ(story.on_event(streak_frame({.user = 1'000'000}, t0), t0).size(), 1U);
    EXPECT_EQ(story.open_streaks(), limits.open_streaks);
}

}  // namespace
}  // namespace tiktok2twitch::relay
