// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
//
// Everything but comments, from a frame to relay::event.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "unit/tiktok/support.hpp"
#include "unit/tiktok/vectors.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;
using relay::event_kind;

class room_events : public ::testing::Test {
protected:
    room_events() { session.start(t0); }

    std::vector<relay::event> feed(std::string_view frame) {
        std::vector<relay::event> out;
        for (decoded_event& event : session.on_frame(frame, t0 + seconds(1)).batch.events)
            out.push_back(std::move(event.what));
        EXPECT_EQ(session.counts().undecodable_messages, 0U);
        EXPECT_EQ(session.counts().unknown_methods, 0U);
        return out;
    }
    template <class Message>
    std::vector<relay::event> feed(const std::string& method, const Message& message) {
        return feed(frame_of({base_message(method, message.SerializeAsString(), 11)}));
    }
    template <class Message>
    relay::event only(const std::string& method, const Message& message) {
        auto events = feed(method, message);
        EXPECT_EQ(events.size(), 1U);
        return events.empty() ? relay::event{} : std::move(events[0]);
    }

    webcast_session session{session_options{}, 7001};
};

void set_author(webcast::User& user) {
    user.set_id(42);
    user.set_nickname("Ana");
    user.set_display_id("ana.example");
}

void expect_author(const relay::event& event) {
    EXPECT_EQ(event.from.id, 42);
    EXPECT_EQ(event.from.nickname, "Ana");
    EXPECT_EQ(event.from.unique_id, "ana.example");
    EXPECT_EQ(event.msg_id, 11);
    EXPECT_EQ(event.received_at, t0 + seconds(1));
}

TEST_F(room_events, v5_is_three_frames_of_one_streak) {
    const auto events = feed(from_hex(vectors::v5));
    ASSERT_EQ(events.size(), 3U);
    const std::vector<std::pair<std::int64_t, bool>> wanted{{1, false}, {3, false}, {3, true}};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(events[i].kind, event_kind::gift);
        const relay::gift& gift = *events[i].gift;
        EXPECT_EQ(gift.id, 5655);
        EXPECT_EQ(gift.name, "Rose");
        EXPECT_EQ(gift.coins, 1);
        EXPECT_EQ(gift.streak, 1789625806726);
        EXPECT_TRUE(gift.streakable);
        EXPECT_EQ(std::pair(gift.count, gift.ended), wanted[i]);
    }
}

TEST_F(room_events, v6_is_a_follow) {
    const auto events = feed(from_hex(vectors::v6));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].kind, event_kind::follow);
    EXPECT_EQ(events[0].from.unique_id, "ana.example");
}

webcast::WebcastGiftMessage lion() {
    webcast::WebcastGiftMessage message;
    set_author(*message.mutable_user());
    message.set_gift_id(6369);
    message.set_repeat_count(1);
    message.mutable_gift()->set_type(2);
    message.mutable_gift()->set_diamond_count(29999);
    message.mutable_gift()->set_name("Lion");
    return message;
}

TEST_F(room_events, gift_that_is_no_streak_is_over_at_once) {
    webcast::WebcastGiftMessage message = lion();
    message.mutable_user_identity()->set_is_moderator_of_anchor(true);
    const relay::event event = only("WebcastGiftMessage", message);
    expect_author(event);
    EXPECT_TRUE(event.from.moderator);
    EXPECT_FALSE(event.gift->streakable);
    EXPECT_TRUE(event.gift->ended);
    EXPECT_EQ(event.gift->value(), 29999);
}

TEST_F(room_events, gift_without_its_block_is_a_streak_when_it_has_a_group) {
    webcast::WebcastGiftMessage message = lion();
    message.clear_gift();
    message.set_repeat_count(7);
    EXPECT_FALSE(only("WebcastGiftMessage", message).gift->streakable);
    EXPECT_FALSE(only("WebcastGiftMessage", message).gift->ended) << "a repeat, perhaps: nothing in it says";
    message.set_group_id(1789625806726);
    const relay::event event = only("WebcastGiftMessage", message);
    EXPECT_TRUE(event.gift->streakable);
    EXPECT_FALSE(event.gift->ended);
    EXPECT_EQ(event.gift->count, 7);
    EXPECT_EQ(event.gift->name, "");
    EXPECT_EQ(event.gift->coins, 0);
}

TEST_F(room_events, gift_id_of_the_block_stands_in_and_odd_numbers_are_mended) {
    webcast::WebcastGiftMessage message = lion();
    message.set_gift_id(0);
    message.mutable_gift()->set_id(6369);
    message.mutable_gift()->set_diamond_count(-5);
    message.set_repeat_count(-3);
    const relay::event event = only("WebcastGiftMessage", message);
    EXPECT_EQ(event.gift->id, 6369);
    EXPECT_EQ(event.gift->coins, 0);
    EXPECT_EQ(event.gift->count, 1);
    message.set_repeat_count(std::numeric_limits<std::int32_t>::max());
    message.mutable_gift()->set_diamond_count(std::numeric_limits<std::int32_t>::max());
    EXPECT_EQ(only("WebcastGiftMessage", message).gift->value(), 2147483647LL * 2147483647LL);
}

webcast::WebcastSocialMessage social(const std::string& key, std::int64_t action) {
    webcast::WebcastSocialMessage message;
    set_author(*message.mutable_user());
    message.mutable_common()->mutable_display_text()->set_key(key);
    message.set_action(action);
    return message;
}

TEST_F(room_events, follow_and_share_are_told_by_the_key_and_else_by_the_action) {
    const auto kind = [this](const std::string& key, std::int64_t action) {
        const relay::event event = only("WebcastSocialMessage", social(key, action));
        expect_author(event);
        return event.kind;
    };
    EXPECT_EQ(kind("pm_main_follow_message_viewer_2", 4), event_kind::follow);
    EXPECT_EQ(kind("pm_mt_guidance_share", 1), event_kind::share);
    EXPECT_EQ(kind("", 1), event_kind::follow);
    for (const std::int64_t action : {2, 3, 4, 5})
        EXPECT_EQ(kind("", action), event_kind::share);
}

TEST_F(room_events, social_message_that_is_neither_brings_nothing) {
    for (const char* key : {"pm_mt_guidance_viewer_5_share", "pm_mt_guidance_viewer_10_share", "pm_mt_other"})
        EXPECT_TRUE(feed("WebcastSocialMessage", social(key, 1)).empty()) << key;
    for (const std::int64_t action : {-1, 0, 6})
        EXPECT_TRUE(feed("WebcastSocialMessage", social("", action)).empty()) << action;
}

TEST_F(room_events, subscription_has_its_month) {
    webcast::WebcastSubNotifyMessage message;
    set_author(*message.mutable_user());
    message.set_sub_month(9);
    const relay::event event = only("WebcastSubNotifyMessage", message);
    expect_author(event);
    EXPECT_EQ(event.kind, event_kind::subscribe);
    EXPECT_EQ(event.count, 9);
}

TEST_F(room_events, reminders_goals_and_notices_without_a_month_are_no_subscription) {
    webcast::WebcastSubNotifyMessage message;
    set_author(*message.mutable_user());
    EXPECT_TRUE(feed("WebcastSubNotifyMessage", message).empty());
    message.set_sub_month(3);
    for (const int type : {1, 2, 3, 14}) {
        message.set_message_type(type);
        EXPECT_TRUE(feed("WebcastSubNotifyMessage", message).empty()) << type;
    }
}

TEST_F(room_events, only_a_join_is_a_join) {
    webcast::WebcastMemberMessage message;
    set_author(*message.mutable_user());
    for (const int action : {0, 2, 3, 26, 27, 50}) {  // 3 is a subscription, which is told elsewhere
        message.set_action(action);
        EXPECT_TRUE(feed("WebcastMemberMessage", message).empty()) << action;
    }
    message.set_action(1);
    const relay::event event = only("WebcastMemberMessage", message);
    expect_author(event);
    EXPECT_EQ(event.kind, event_kind::join);
}

TEST_F(room_events, like_has_its_count_and_the_room_s_total) {
    webcast::WebcastLikeMessage message;
    set_author(*message.mutable_user());
    message.set_count(15);
    message.set_total(11641);
    relay::event event = only("WebcastLikeMessage", message);
    expect_author(event);
    EXPECT_EQ(event.kind, event_kind::like);
    EXPECT_EQ(event.count, 15);
    EXPECT_EQ(event.total_likes, 11641);
    message.set_count(-1);
    message.set_total(-1);
    event = only("WebcastLikeMessage", message);
    EXPECT_EQ(event.count, 0);
    EXPECT_EQ(event.total_likes, 0);
}

TEST_F(room_events, question_is_its_text_and_who_asked) {
    webcast::WebcastQuestionNewMessage message;
    set_author(*message.mutable_question()->mutable_user());
    message.mutable_question()->set_content("what \xff is it?");
    message.mutable_question()->set_create_time(1789616046);
    relay::event event = only("WebcastQuestionNewMessage", message);
    expect_author(event);
    EXPECT_EQ(event.kind, event_kind::question);
    EXPECT_EQ(event.text, "what \xff is it?");
    EXPECT_EQ(event.created_at, 1789616046000);
    message.mutable_common()->set_create_time(1789626029257);
    EXPECT_EQ(only("WebcastQuestionNewMessage", message).created_at, 1789626029257);
}

TEST_F(room_events, envelope_has_its_coins_and_sender_until_it_is_hidden) {
    webcast::WebcastEnvelopeMessage message;
    message.set_display(1);
    message.mutable_envelope_info()->set_diamond_count(500);
    message.mutable_envelope_info()->set_send_user_name("Ana");
    message.mutable_envelope_info()->set_send_user_id("42");
    relay::event event = only("WebcastEnvelopeMessage", message);
    EXPECT_EQ(event.kind, event_kind::envelope);
    EXPECT_EQ(event.count, 500);
    EXPECT_EQ(event.from.nickname, "Ana");
    EXPECT_EQ(event.from.id, 42);
    for (const char* odd : {"", "-42", "42x", "99999999999999999999"}) {
        message.mutable_envelope_info()->set_send_user_id(odd);
        EXPECT_EQ(only("WebcastEnvelopeMessage", message).from.id, 0) << odd;
    }
    message.set_display(2);
    EXPECT_TRUE(feed("WebcastEnvelopeMessage", message).empty());
}

TEST_F(room_events, viewers_are_those_who_watch_now) {
    webcast::WebcastRoomUserSeqMessage message;
    message.set_viewer_count(130);
    message.set_total_user(9123);
    const relay::event event = only("WebcastRoomUserSeqMessage", message);
    EXPECT_EQ(event.kind, event_kind::viewers);
    EXPECT_EQ(event.viewers, 130);
}

TEST_F(room_events, language_is_tiktoks_guess_and_empty_when_it_had_none) {
    webcast::WebcastChatMessage message;
    message.set_content("hola");
    message.set_content_language("es");
    EXPECT_EQ(only("WebcastChatMessage", message).language, "es");
    message.set_content_language("un");
    EXPECT_EQ(only("WebcastChatMessage", message).language, "");
}

TEST_F(room_events, objects_reused_within_a_batch_leak_nothing_into_the_next_message) {
    webcast::WebcastGiftMessage empty;
    const auto events = feed(frame_of({base_message("WebcastGiftMessage", lion().SerializeAsString(), 1),
                                       base_message("WebcastGiftMessage", empty.SerializeAsString(), 2)}));
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[1].gift->name, "");
    EXPECT_EQ(events[1].gift->coins, 0);
    EXPECT_EQ(events[1].gift->id, 0);
    EXPECT_EQ(events[1].from.id, 0);
}

TEST_F(room_events, each_corrupt_payload_costs_only_itself) {
    std::vector<std::string> messages;
    for (const std::string method :
         {"QuestionNew", "Gift", "Like", "Member", "Social", "SubNotify", "Envelope", "RoomUserSeq"})
        messages.push_back(base_message("Webcast" + method + "Message", "\xff", 1));
    messages.push_back(chat_message(2, "after"));
    const auto reaction = session.on_frame(frame_of(messages), t0);
    ASSERT_EQ(reaction.batch.events.size(), 1U);
    EXPECT_EQ(session.counts().undecodable_messages, 8U);
    EXPECT_EQ(session.counts().unknown_methods, 0U);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
