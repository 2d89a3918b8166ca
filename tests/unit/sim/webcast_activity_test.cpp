// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// What the stand-in's viewers do, read back field by field (docs/protocol/tiktok.md §4.6), and by the relay's
// own codec.
#include <gtest/gtest.h>

#include "tiktok2twitch/sim/tiktok/messages.hpp"
#include "tiktok2twitch/sim/tiktok/push_framer.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"

namespace tiktok2twitch::sim {
namespace {

using relay::event_kind;

constexpr message_facts facts{7'400'000'000'000'000'001, 7300000000000000001, 1789626029311};

chatter ana() {
    chatter from;
    from.id = 6800000000000000001;
    from.nickname = "Ana";
    from.unique_id = "ana.example";
    from.moderator = true;
    return from;
}

// A message's fields; they point into `message`.
std::vector<wire_field> fields(const room_message& message) {
    return read_wire(message.payload).value();
}

std::vector<wire_field> inner(const std::vector<wire_field>& outer, unsigned number) {
    return read_wire(wire_text(outer, number)).value();
}

relay::event decoded(const room_message& message) {
    const auto now = core::time_point{} + std::chrono::hours(1);
    tiktok::webcast_session session({}, facts.room_id);
    session.start(now);
    push_framer framer(false, 100);
    const auto batch = session.on_frame(framer.batch({message}, facts.created_at), now).batch;
    EXPECT_EQ(batch.events.size(), 1U);
    if (batch.events.empty()) {
        return {};
    }
    EXPECT_EQ(batch.events[0].what.msg_id, facts.msg_id);
    EXPECT_EQ(batch.events[0].what.created_at, facts.created_at);
    return batch.events[0].what;
}

TEST(webcast_activity_test, follow_and_share_differ_in_the_key_of_their_text) {
    const auto key = [](const room_message& message) {
        const auto all = fields(message);
        const auto shared = inner(all, 1);
        return std::string(wire_text(inner(shared, 8), 1));
    };
    const room_message follow = follow_message(facts, ana(), 42);
    EXPECT_EQ(follow.method, "WebcastSocialMessage");
    EXPECT_EQ(key(follow), "pm_main_follow_message_viewer_2");
    EXPECT_EQ(wire_number(fields(follow), 4), 1U);
    EXPECT_EQ(wire_number(fields(follow), 6), 42U);
    EXPECT_EQ(decoded(follow).kind, event_kind::follow);

    const room_message share = share_message(facts, ana());
    EXPECT_EQ(share.method, "WebcastSocialMessage");
    EXPECT_EQ(key(share), "pm_mt_guidance_share");
    EXPECT_EQ(decoded(share).kind, event_kind::share);
    EXPECT_EQ(decoded(share).from.unique_id, "ana.example");
}

TEST(webcast_activity_test, gift_has_its_block_unless_it_is_a_repeat_without_one) {
    gift_facts rose{5655, "Rose", 1, true, 1789625806726, 3, false};
    const room_message full = gift_message(facts, ana(), rose);
    EXPECT_EQ(full.method, "WebcastGiftMessage");
    const auto all = fields(full);
    EXPECT_EQ(wire_number(all, 2), 5655U);
    EXPECT_EQ(wire_number(all, 5), 3U);
    EXPECT_EQ(wire_number(all, 9), 0U);
    EXPECT_EQ(wire_number(all, 11), 1789625806726U);
    const auto block = inner(all, 15);
    EXPECT_EQ(wire_number(block, 11), 1U);
    EXPECT_EQ(wire_number(block, 12), 1U);
    EXPECT_EQ(wire_text(block, 16), "Rose");
    const relay::event streak = decoded(full);
    EXPECT_EQ(streak.gift->count, 3);
    EXPECT_TRUE(streak.gift->streakable);
    EXPECT_FALSE(streak.gift->ended);
    EXPECT_TRUE(streak.from.moderator);

    rose.with_block = false;
    const room_message bare = gift_message(facts, ana(), rose);
    EXPECT_EQ(wire_text(fields(bare), 15), "");
    EXPECT_EQ(decoded(bare).gift->name, "");
    EXPECT_TRUE(decoded(bare).gift->streakable);
}

TEST(webcast_activity_test, subscription_tells_months_and_success) {
    const room_message message = subscribe_message(facts, ana(), 3);
    EXPECT_EQ(message.method, "WebcastSubNotifyMessage");
    EXPECT_EQ(wire_number(fields(message), 4), 3U);
    EXPECT_EQ(wire_number(fields(message), 6), 1U);
    EXPECT_EQ(wire_number(fields(message), 7), 0U);
    EXPECT_EQ(wire_number(fields(subscribe_message(facts, ana(), 1)), 6), 0U) << "the first time";
    EXPECT_EQ(decoded(message).kind, event_kind::subscribe);
    EXPECT_EQ(decoded(message).count, 3);
}

TEST(webcast_activity_test, question_holds_its_text_and_who_asked) {
    const room_message message = question_message(facts, ana(), "why?");
    EXPECT_EQ(message.method, "WebcastQuestionNewMessage");
    const auto all = fields(message);
    const auto question = inner(all, 2);
    EXPECT_EQ(wire_text(question, 2), "why?");
    EXPECT_EQ(wire_text(inner(question, 5), 38), "ana.example");
    EXPECT_EQ(decoded(message).kind, event_kind::question);
    EXPECT_EQ(decoded(message).text, "why?");
    EXPECT_EQ(decoded(message).from.id, ana().id);
}

TEST(webcast_activity_test, envelope_is_shown_or_hidden) {
    const room_message message = envelope_message(facts, ana(), 500);
    EXPECT_EQ(message.method, "WebcastEnvelopeMessage");
    const auto all = fields(message);
    EXPECT_EQ(wire_number(all, 3), 1U);
    const auto info = inner(all, 2);
    EXPECT_EQ(wire_text(info, 4), "Ana");
    EXPECT_EQ(wire_number(info, 5), 500U);
    EXPECT_EQ(wire_text(info, 8), "6800000000000000001");
    EXPECT_EQ(decoded(message).kind, event_kind::envelope);
    EXPECT_EQ(decoded(message).count, 500);
    EXPECT_EQ(decoded(message).from.id, ana().id);
    EXPECT_EQ(wire_number(fields(envelope_message(facts, ana(), 500, true)), 3), 2U);
}

TEST(webcast_activity_test, likes_joins_and_viewer_counts_are_understood) {
    const relay::event like = decoded(like_message(facts, ana(), 15, 11641));
    EXPECT_EQ(like.kind, event_kind::like);
    EXPECT_EQ(like.count, 15);
    EXPECT_EQ(like.total_likes, 11641);
    EXPECT_EQ(decoded(join_message(facts, ana(), 122)).kind, event_kind::join);
    const relay::event viewers = decoded(viewers_message(facts, 130, 9123));
    EXPECT_EQ(viewers.kind, event_kind::viewers);
    EXPECT_EQ(viewers.viewers, 130);
}

}  // namespace
}  // namespace tiktok2twitch::sim
