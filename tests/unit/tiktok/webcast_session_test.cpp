// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/core/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"
#include "unit/tiktok/support.hpp"
#include "unit/tiktok/vectors.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t room = 7300000000000000001;

class webcast_session_test : public ::testing::Test {
protected:
    webcast_session_test() { session.start(t0); }

    webcast_session::reaction feed(std::string_view bytes) {
        return session.on_frame(bytes, t0 + seconds(1));
    }
    webcast_session::reaction feed_hex(std::string_view hex) { return feed(from_hex(hex)); }
    relay::event only_event(const std::string& base) {
        const auto reaction = feed(frame_of({base}));
        EXPECT_EQ(reaction.batch.events.size(), 1U);
        return reaction.batch.events.empty() ? relay::event{} : reaction.batch.events[0].what;
    }

    webcast_session session{session_options{}, room};
};

TEST(webcast_session_start, enters_the_room_first_and_then_beats_once) {
    webcast_session session(session_options{}, room);
    EXPECT_THAT(session.start(t0), ElementsAre(encode_enter_room(room), encode_heartbeat(room, 1)));
}

TEST_F(webcast_session_test, heartbeat_is_due_after_each_interval_with_a_rising_counter) {
    EXPECT_EQ(session.next_deadline(), t0 + seconds(5));
    EXPECT_THAT(*session.poll(t0 + seconds(5) - milliseconds(1)), IsEmpty());
    EXPECT_THAT(*session.poll(t0 + seconds(5)), ElementsAre(encode_heartbeat(room, 2)));
    EXPECT_EQ(session.next_deadline(), t0 + seconds(10));
    EXPECT_THAT(*session.poll(t0 + seconds(11)), ElementsAre(encode_heartbeat(room, 3)));
    EXPECT_EQ(session.next_deadline(), t0 + seconds(15)) << "before the heartbeat after that";
}

TEST_F(webcast_session_test, nothing_at_all_for_15_s_is_never_spoke) {
    EXPECT_TRUE(session.poll(t0 + seconds(15) - milliseconds(1)));
    EXPECT_EQ(session.poll(t0 + seconds(15)).error(), errc::never_spoke);
}

TEST_F(webcast_session_test, silence_for_15_s_after_a_frame_is_stale) {
    session.on_frame(from_hex(vectors::r4), t0 + seconds(5));
    EXPECT_TRUE(session.poll(t0 + seconds(20) - milliseconds(1)));
    EXPECT_EQ(session.poll(t0 + seconds(20)).error(), errc::stale);
}

TEST_F(webcast_session_test, a_batch_says_whether_messages_came_and_what_tiktoks_clock_shows) {
    const auto reply = session.on_frame(from_hex(vectors::r4), t0).batch;
    EXPECT_FALSE(reply.messages) << "a heartbeat's answer";
    const auto batch = session.on_frame(from_hex(vectors::r1), t0).batch;
    EXPECT_TRUE(batch.messages);
    EXPECT_GT(batch.server_now, 1'789'000'000'000);
}

TEST_F(webcast_session_test, deadline_is_the_stale_limit_when_it_comes_before_the_heartbeat) {
    webcast_session slow(session_options{seconds(100), seconds(60)}, room);
    slow.start(t0);
    EXPECT_EQ(slow.next_deadline(), t0 + seconds(60));
}

TEST_F(webcast_session_test, r1_enter_room_response_is_decoded_and_not_acknowledged) {
    const auto reaction = feed_hex(vectors::r1);
    EXPECT_THAT(reaction.send, IsEmpty());
    EXPECT_EQ(session.counts().messages, 1U);
    EXPECT_EQ(session.counts().unknown_methods, 0U);
    EXPECT_EQ(session.counts().undecodable_messages, 0U);
    EXPECT_FALSE(reaction.batch.filtered_notice);
    EXPECT_TRUE(reaction.batch.opening);
}

TEST_F(webcast_session_test, r2_and_r3_are_acknowledged_although_they_are_empty) {
    EXPECT_THAT(feed_hex(vectors::r2).send, ElementsAre(encode_ack(3370164404529750109U, "-")));
    const auto third = feed_hex(vectors::r3);
    EXPECT_EQ(third.send.size(), 1U);
    EXPECT_FALSE(third.batch.opening);
    EXPECT_EQ(session.counts().messages, 0U);
}

TEST_F(webcast_session_test, r4_heartbeat_reply_is_neither_unknown_nor_an_error) {
    const auto reaction = feed_hex(vectors::r4);
    EXPECT_THAT(reaction.send, IsEmpty());
    EXPECT_EQ(session.counts().frames, 1U);
    EXPECT_EQ(session.counts().unknown_frames, 0U);
    EXPECT_EQ(session.counts().undecodable_frames, 0U);
}

TEST_F(webcast_session_test, v1_and_v2_bring_history_and_a_comment_with_roles) {
    for (const std::string_view hex : {vectors::v1, vectors::v2}) {
        const auto reaction = feed_hex(hex);
        EXPECT_THAT(reaction.send, ElementsAre(encode_ack(3370164404529750109U, "-")));
        ASSERT_EQ(reaction.batch.events.size(), 2U);
        const decoded_event& old = reaction.batch.events[0];
        EXPECT_TRUE(old.history);
        EXPECT_EQ(old.what.text, "an older line");
        EXPECT_EQ(old.what.msg_id, 7400000000000000000);
        const decoded_event& hello = reaction.batch.events[1];
        EXPECT_FALSE(hello.history);
        EXPECT_EQ(hello.what.kind, relay::event_kind::chat);
        EXPECT_EQ(hello.what.text, "hello from tiktok");
        EXPECT_EQ(hello.what.msg_id, 7400000000000000001);
        EXPECT_EQ(hello.what.created_at, 1789626029257);
        EXPECT_EQ(hello.what.received_at, t0 + seconds(1));
        EXPECT_EQ(hello.what.from.id, 6800000000000000001);
        EXPECT_EQ(hello.what.from.nickname, "Ana \xf0\x9f\x8c\xb8");
        EXPECT_EQ(hello.what.from.unique_id, "ana.example");
        EXPECT_TRUE(hello.what.from.moderator);
        EXPECT_FALSE(hello.what.from.streamer);
        EXPECT_FALSE(hello.what.from.subscriber);
    }
}

TEST_F(webcast_session_test, v3_comment_of_an_emote_only_is_a_sticker) {
    const auto reaction = feed_hex(vectors::v3);
    ASSERT_EQ(reaction.batch.events.size(), 1U);
    EXPECT_EQ(reaction.batch.events[0].what.kind, relay::event_kind::emote_chat);
    EXPECT_EQ(reaction.batch.events[0].what.text, "");
    EXPECT_EQ(reaction.batch.events[0].what.msg_id, 7400000000000000002);
}

TEST_F(webcast_session_test, emotes_in_a_comment_are_said_where_they_were) {
    const auto comment = [&](std::string_view content, std::vector<int> places) {
        webcast::WebcastChatMessage message;
        message.set_content(std::string(content));
        for (const int place : places)
            message.add_emotes()->set_index(place);
        return only_event(base_message("WebcastChatMessage", message.SerializeAsString(), 5));
    };
    const auto text = [](const relay::event& event) {
        EXPECT_EQ(event.kind, relay::event_kind::chat);
        return core::clean_text(event.text);
    };
    EXPECT_EQ(text(comment("hi", {2, 2})), "hi [emote][emote]");
    EXPECT_EQ(text(comment("hi", {0, 2})), "[emote] hi [emote]");
    EXPECT_EQ(text(comment("so nice", {3, -7, 99})), "[emote] so [emote] nice [emote]");
    EXPECT_EQ(text(comment("😀é x", {2})), "😀 [emote] é x") << "UTF-16 units";
    EXPECT_EQ(text(comment("e\u0301x", {1})), "e\u0301 [emote] x") << "no character is cut in two";
    EXPECT_EQ(text(comment("hi", {9, 9, 9, 9, 9})), "hi [emote][emote][emote][emote][emote]");
    EXPECT_EQ(text(comment("hi", {9, 9, 9, 9, 9, 9})), "hi [emote][emote][emote][emote][emote] [+1 emote]");
    EXPECT_EQ(text(comment("hi", std::vector<int>(40'000, 1))),
              "h [emote][emote][emote][emote][emote] i [+39995 emotes]");
    EXPECT_EQ(text(comment("\xFFhi\xF0\x9F", {1, 9})), "\uFFFD [emote] hi\uFFFD [emote]");
}

TEST_F(webcast_session_test, an_emote_beside_any_blank_is_a_sticker) {
    for (const std::string_view blank :
         {"", " ", "\u00A0", "\u3000", " \u2003\u202F ", "\u2800", "\u3164", "\n\t", "\u200B\uFEFF"}) {
        webcast::WebcastChatMessage message;
        message.set_content(std::string(blank));
        message.add_emotes();
        const auto event = only_event(base_message("WebcastChatMessage", message.SerializeAsString(), 5));
        EXPECT_EQ(event.kind, relay::event_kind::emote_chat) << ::testing::PrintToString(blank);
        EXPECT_EQ(event.text, "");
    }
}

TEST_F(webcast_session_test, v4_names_the_deleted_message_and_user) {
    const auto reaction = feed_hex(vectors::v4);
    ASSERT_EQ(reaction.batch.deletions.size(), 1U);
    EXPECT_THAT(reaction.batch.deletions[0].msg_ids, ElementsAre(7400000000000000001));
    EXPECT_THAT(reaction.batch.deletions[0].user_ids, ElementsAre(6800000000000000009));
}

TEST_F(webcast_session_test, v7_ends_the_live) {
    EXPECT_EQ(feed_hex(vectors::v7).batch.change, room_change::ended);
}

TEST_F(webcast_session_test, control_actions_map_to_changes_and_nothing_takes_an_end_back) {
    const auto control = [](int action) {
        webcast::WebcastControlMessage message;
        message.set_action(action);
        return base_message("WebcastControlMessage", message.SerializeAsString(), action);
    };
    EXPECT_EQ(feed(frame_of({control(1)})).batch.change, room_change::paused);
    EXPECT_EQ(feed(frame_of({control(2)})).batch.change, room_change::resumed);
    EXPECT_EQ(feed(frame_of({control(4)})).batch.change, room_change::suspended);
    EXPECT_EQ(feed(frame_of({control(0)})).batch.change, std::nullopt);
    EXPECT_EQ(feed(frame_of({control(99)})).batch.change, std::nullopt);
    EXPECT_EQ(feed(frame_of({control(1), control(2)})).batch.change, room_change::resumed);
    EXPECT_EQ(feed(frame_of({control(3), control(2)})).batch.change, room_change::ended);
}

TEST_F(webcast_session_test, method_names_are_accepted_without_their_prefix) {
    EXPECT_EQ(only_event(base_message("ChatMessage", chat_payload("hi"), 5)).text, "hi");
    feed(frame_of({base_message("SystemMessage", "", 6), base_message("RoomVerifyMessage", "", 7)}));
    EXPECT_EQ(session.counts().unknown_methods, 0U);
}

TEST_F(webcast_session_test, only_names_of_no_list_count_as_unknown) {
    feed(frame_of({base_message("WebcastBrandNewMessage", "x", 1),
                   base_message("WebcastCaptionMessage", "\xff", 2),
                   base_message("WebcastRoomPinMessage", "", 3), base_message("chatmessage", "", 4)}));
    EXPECT_EQ(session.counts().unknown_methods, 2U);
    EXPECT_EQ(session.counts().undecodable_messages, 0U);
}

TEST_F(webcast_session_test, emote_chat_has_no_text) {
    webcast::WebcastEmoteChatMessage message;
    message.mutable_common()->set_msg_id(77);
    message.mutable_user()->set_nickname("Ben");
    message.mutable_user_identity()->set_is_anchor(true);
    const relay::event event =
        only_event(base_message("WebcastEmoteChatMessage", message.SerializeAsString(), 0));
    EXPECT_EQ(event.kind, relay::event_kind::emote_chat);
    EXPECT_EQ(event.msg_id, 77) << "common.msg_id stands in";
    EXPECT_EQ(event.text, "");
    EXPECT_EQ(event.from.nickname, "Ben");
    EXPECT_TRUE(event.from.streamer);
}

TEST_F(webcast_session_test, create_time_below_ten_to_the_eleven_is_seconds) {
    const auto created = [&](std::int64_t time) {
        return only_event(base_message("WebcastChatMessage", chat_payload("x", time), 1)).created_at;
    };
    EXPECT_EQ(created(1789616046), 1789616046000);
    EXPECT_EQ(created(99'999'999'999), 99'999'999'999'000);
    EXPECT_EQ(created(100'000'000'000), 100'000'000'000);
    EXPECT_EQ(created(0), 0);
    EXPECT_EQ(created(-5), 0);
}

TEST_F(webcast_session_test, text_that_is_not_utf8_costs_nothing) {
    const std::string broken = "caf\xc3 \xff";
    EXPECT_EQ(only_event(base_message("WebcastChatMessage", chat_payload(broken), 1)).text, broken);
}

relay::author author_of(webcast_session& session, const webcast::WebcastChatMessage& chat) {
    const std::string base = base_message("WebcastChatMessage", chat.SerializeAsString(), 1);
    return session.on_frame(frame_of({base}), t0).batch.events.at(0).what.from;
}

void add_badge(webcast::User& user, int scene, const std::string& level = {}) {
    webcast::BadgeStruct& badge = *user.add_badge_list();
    badge.set_badge_scene(scene);
    badge.mutable_log_extra()->set_level(level);
}

TEST_F(webcast_session_test, identity_wins_over_attributes_and_badges) {
    webcast::WebcastChatMessage chat;
    chat.mutable_user()->mutable_user_attr()->set_is_admin(true);
    chat.mutable_user()->mutable_subscribe_info()->set_is_subscribed_to_anchor(true);
    add_badge(*chat.mutable_user(), 1);
    add_badge(*chat.mutable_user(), 4);
    chat.mutable_user_identity()->set_is_follower_of_anchor(true);
    const relay::author from = author_of(session, chat);
    EXPECT_FALSE(from.moderator);
    EXPECT_FALSE(from.subscriber);
}

TEST_F(webcast_session_test, without_identity_attributes_give_the_roles) {
    webcast::WebcastChatMessage chat;
    EXPECT_FALSE(author_of(session, chat).moderator);
    chat.mutable_user()->mutable_user_attr()->set_is_admin(true);
    EXPECT_TRUE(author_of(session, chat).moderator);
    EXPECT_FALSE(author_of(session, chat).subscriber);
    chat.mutable_user()->mutable_subscribe_info()->set_is_subscribed_to_anchor(true);
    EXPECT_TRUE(author_of(session, chat).subscriber);
}

TEST_F(webcast_session_test, without_identity_badges_give_the_roles) {
    const auto with_badge = [&](int scene) {
        webcast::WebcastChatMessage chat;
        add_badge(*chat.mutable_user(), scene);
        return author_of(session, chat);
    };
    EXPECT_TRUE(with_badge(1).moderator);
    EXPECT_TRUE(with_badge(4).subscriber);
    EXPECT_TRUE(with_badge(7).subscriber);
    EXPECT_TRUE(with_badge(12).streamer);
    const relay::author other = with_badge(6);
    EXPECT_FALSE(other.moderator || other.subscriber || other.streamer);
}

TEST_F(webcast_session_test, levels_come_from_badges_and_odd_ones_are_zero) {
    const auto with_level = [&](int scene, const std::string& level) {
        webcast::WebcastChatMessage chat;
        add_badge(*chat.mutable_user(), scene, level);
        return author_of(session, chat);
    };
    EXPECT_EQ(with_level(8, "25").gifter_level, 25);
    EXPECT_EQ(with_level(10, "7").fan_club_level, 7);
    for (const char* odd : {"", "-3", "9x", "99999999999999999999"})
        EXPECT_EQ(with_level(8, odd).gifter_level, 0) << odd;

    webcast::WebcastChatMessage chat;
    chat.mutable_user()->mutable_fans_club_info()->set_fans_level(1LL << 40);
    EXPECT_EQ(author_of(session, chat).fan_club_level, std::numeric_limits<int>::max());
    chat.mutable_user()->mutable_fans_club()->mutable_data()->set_user_fans_club_status(1);
    chat.mutable_user()->mutable_fans_club()->mutable_data()->set_level(4);
    EXPECT_EQ(author_of(session, chat).fan_club_level, 4);
}

TEST_F(webcast_session_test, objects_reused_within_a_batch_leak_nothing_into_the_next_message) {
    webcast::WebcastChatMessage first;
    first.mutable_user()->set_nickname("Ana");
    first.set_content("one");
    first.mutable_user_identity()->set_is_anchor(true);
    const auto reaction = feed(
        frame_of({base_message("WebcastChatMessage", first.SerializeAsString(), 1),
                  base_message("WebcastChatMessage", webcast::WebcastChatMessage().SerializeAsString(), 2)}));
    ASSERT_EQ(reaction.batch.events.size(), 2U);
    const relay::event& second = reaction.batch.events[1].what;
    EXPECT_EQ(second.text, "");
    EXPECT_EQ(second.from.nickname, "");
    EXPECT_FALSE(second.from.streamer);
}

TEST_F(webcast_session_test, notice_about_filtered_comments_is_passed_on) {
    webcast::WebcastRoomMessage notice;
    notice.mutable_common()->mutable_display_text()->set_key("pm_mt_LIVE_commentFiltered_notif");
    EXPECT_TRUE(feed(frame_of({base_message("WebcastRoomMessage", notice.SerializeAsString(), 1)}))
                    .batch.filtered_notice);
}

TEST_F(webcast_session_test, one_corrupt_message_costs_only_itself) {
    const auto reaction = feed(
        frame_of({chat_message(1, "before"), "\xff\xff", base_message("WebcastChatMessage", "\x12\x7f", 2),
                  base_message("WebcastControlMessage", "\xff", 3),
                  base_message("WebcastImDeleteMessage", "\xff", 4), chat_message(5, "after")}));
    ASSERT_EQ(reaction.batch.events.size(), 2U);
    EXPECT_EQ(reaction.batch.events[0].what.text, "before");
    EXPECT_EQ(reaction.batch.events[1].what.text, "after");
    EXPECT_EQ(session.counts().undecodable_messages, 4U);
    EXPECT_EQ(session.counts().undecodable_frames, 0U);
}

TEST_F(webcast_session_test, empty_deletion_is_left_out) {
    EXPECT_THAT(feed(frame_of({base_message("WebcastImDeleteMessage", "", 1)})).batch.deletions, IsEmpty());
}

TEST_F(webcast_session_test, unknown_payload_types_are_counted_and_no_error) {
    feed(frame_with("anything", "im_something_new"));
    EXPECT_EQ(session.counts().unknown_frames, 1U);
    EXPECT_EQ(session.counts().undecodable_frames, 0U);
}

TEST_F(webcast_session_test, frame_over_the_bound_is_counted_and_thrown_away) {
    const std::string small = frame_of({chat_message(1)});
    // Field 15, unknown to the schema, fills the frame up to the exact size.
    const auto padded = [&](std::size_t size) {
        constexpr std::size_t header = 5;  // tag, and a length of four varint bytes
        std::string out = small + "\x7a";
        std::size_t length = size - small.size() - header;
        for (int i = 0; i < 3; ++i, length >>= 7U)
            out += static_cast<char>((length & 0x7fU) | 0x80U);
        out += static_cast<char>(length);
        return out + std::string(size - out.size(), 'x');
    };
    const std::string largest = padded(webcast_session::max_frame_bytes);
    ASSERT_EQ(largest.size(), webcast_session::max_frame_bytes);
    EXPECT_EQ(feed(largest).batch.events.size(), 1U);
    EXPECT_THAT(feed(padded(webcast_session::max_frame_bytes + 1)).batch.events, IsEmpty());
    EXPECT_EQ(session.counts().undecodable_frames, 1U);
    EXPECT_EQ(session.counts().frames, 2U);
}

TEST_F(webcast_session_test, payload_that_inflates_over_the_bound_is_counted_and_thrown_away) {
    const auto body = [](std::size_t size) {
        std::string out = response_of({chat_message(1)}) + "\x7a";  // field 15, unknown
        std::size_t length = size - out.size() - 4;
        for (int i = 0; i < 3; ++i, length >>= 7U)
            out += static_cast<char>((length & 0x7fU) | 0x80U);
        out += static_cast<char>(length);
        return out + std::string(size - out.size(), 'x');
    };
    const std::string largest = body(webcast_session::max_inflated_bytes);
    ASSERT_EQ(largest.size(), webcast_session::max_inflated_bytes);
    EXPECT_EQ(feed(frame_with(gzip(largest))).batch.events.size(), 1U);
    EXPECT_THAT(feed(frame_with(gzip(body(webcast_session::max_inflated_bytes + 1)))).batch.events,
                IsEmpty());
    EXPECT_EQ(session.counts().undecodable_frames, 1U);
    EXPECT_EQ(feed("no frame").batch.unread.undecodable_frames, 1U);
    EXPECT_FALSE(feed(frame_of({chat_message(1)})).batch.unread.any());
}

TEST_F(webcast_session_test, batch_over_the_bound_keeps_its_first_messages_and_counts_the_rest) {
    std::vector<std::string> messages;
    for (std::size_t i = 0; i < webcast_session::max_batch_messages; ++i)
        messages.push_back(chat_message(static_cast<std::int64_t>(i) + 1));
    EXPECT_EQ(feed(frame_of(messages)).batch.events.size(), webcast_session::max_batch_messages);
    EXPECT_EQ(session.counts().excess_messages, 0U);
    messages.push_back(chat_message(999'999));
    messages.push_back(chat_message(999'998));
    const auto reaction = feed(frame_of(messages, true));
    EXPECT_EQ(reaction.batch.events.size(), webcast_session::max_batch_messages);
    EXPECT_EQ(reaction.batch.unread.excess_messages, 2U);
    EXPECT_EQ(reaction.send.size(), 1U) << "need_ack comes after the messages and is still read";
    EXPECT_EQ(session.counts().excess_messages, 2U);
    EXPECT_EQ(session.counts().messages, 2 * webcast_session::max_batch_messages + 2);
}

TEST_F(webcast_session_test, broken_frames_are_counted_and_still_count_as_life) {
    session.on_frame("\xff\xff", t0 + seconds(10));
    session.on_frame(frame_with("\x1f\x8b broken"), t0 + seconds(10));
    session.on_frame(frame_with("\xff"), t0 + seconds(10));
    EXPECT_EQ(session.counts().undecodable_frames, 3U);
    EXPECT_TRUE(session.poll(t0 + seconds(15)));
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
