// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tiktok2twitch/tiktok/error.hpp"
#include "unit/tiktok/support.hpp"
#include "unit/tiktok/vectors.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using namespace testing;

constexpr std::size_t plenty = 8 * 1024 * 1024;

struct opened {
    push_frame frame;
    std::string buffer;
    std::string_view body;
    response answer;
};

// Everything down to the response, which must succeed.
opened open(std::string_view hex) {
    opened out;
    out.frame = *decode_push_frame(from_hex(hex));
    out.body = *inflate_payload(out.frame.payload, out.buffer, plenty);
    out.answer = *decode_response(out.body, 100);
    return out;
}

TEST(frame_codec, outgoing_frames_match_the_reference_bytes) {
    constexpr std::int64_t room = 7300000000000000001;
    EXPECT_EQ(to_hex(encode_heartbeat(room, 1)), "320270623a026862420c088180e8e2aaeab3a7651001");
    EXPECT_EQ(to_hex(encode_enter_room(room)),
              "320270623a0d696d5f656e7465725f726f6f6d4219088180e8e2aaeab3a765200c2a0861756469656e63654a0130");
    EXPECT_EQ(to_hex(encode_ack(3370164404529750109U, "-")), "10ddc0a5b5b8d5cee22e320270623a0361636b42012d");
}

TEST(frame_codec, heartbeat_without_counter_is_the_short_form) {
    EXPECT_EQ(to_hex(encode_heartbeat(7300000000000000001, 0)), "320270623a026862420a088180e8e2aaeab3a765");
}

TEST(frame_codec, empty_internal_ext_is_acknowledged_with_a_dash) {
    EXPECT_EQ(encode_ack(5, ""), encode_ack(5, "-"));
    EXPECT_NE(encode_ack(5, "x"), encode_ack(5, "-"));
}

TEST(frame_codec, r1_enter_room_response) {
    const opened r1 = open(vectors::r1);
    EXPECT_EQ(r1.frame.seq_id, 1U);
    EXPECT_EQ(r1.frame.log_id, 1699359729068456791U);
    EXPECT_EQ(r1.frame.payload_type, "im_enter_room_resp");
    EXPECT_TRUE(r1.answer.is_first);
    EXPECT_FALSE(r1.answer.need_ack);
    EXPECT_EQ(r1.answer.cursor, "1789625530245_1_0_0_0_0");
    ASSERT_EQ(r1.answer.messages.size(), 1U);

    webcast::BaseProtoMessage base;
    ASSERT_TRUE(base.ParseFromString(std::string(r1.answer.messages[0])));
    EXPECT_EQ(base.method(), "RoomMessage");
    webcast::WebcastRoomMessage room;
    ASSERT_TRUE(room.ParseFromString(base.payload()));
    EXPECT_EQ(room.common().method(), "SystemMessage");
    EXPECT_EQ(room.common().room_id(), 7684008970436823815);
    EXPECT_EQ(room.common().create_time(), 1789625530235);
    EXPECT_TRUE(room.is_welcome());
}

TEST(frame_codec, r2_plain_keep_alive) {
    const opened r2 = open(vectors::r2);
    EXPECT_EQ(r2.frame.seq_id, 3U);
    EXPECT_EQ(r2.frame.log_id, 3370164404529750109U);
    EXPECT_TRUE(r2.answer.need_ack);
    EXPECT_EQ(r2.answer.internal_ext, "-");
    EXPECT_EQ(r2.answer.heartbeat_duration, 15);
    EXPECT_TRUE(r2.answer.messages.empty());
}

TEST(frame_codec, r3_gzipped_keep_alive) {
    const opened r3 = open(vectors::r3);
    EXPECT_EQ(r3.frame.seq_id, 10U);
    EXPECT_TRUE(r3.answer.need_ack);
    EXPECT_EQ(r3.body.size(), 60U);
    EXPECT_TRUE(r3.answer.messages.empty());
}

TEST(frame_codec, r4_heartbeat_reply_is_gzip_of_nothing) {
    const std::string bytes = from_hex(vectors::r4);
    const opened r4 = open(vectors::r4);
    EXPECT_EQ(r4.frame.payload_type, "hb");
    EXPECT_EQ(r4.frame.log_id, 0U);
    EXPECT_EQ(r4.body.size(), 0U);
    EXPECT_THAT(bytes, ::testing::HasSubstr("1789625539251"));
}

TEST(frame_codec, v1_and_v2_are_the_same_response) {
    const opened v1 = open(vectors::v1);
    const opened v2 = open(vectors::v2);
    EXPECT_EQ(v1.body, v2.body);
    EXPECT_EQ(v1.answer.messages.size(), 2U);
    EXPECT_TRUE(v1.answer.need_ack);
}

TEST(frame_codec, bytes_that_are_not_protobuf_are_refused) {
    for (const char* bytes : {"\xff", "\x0a\x05xy", "\x0b", "\x42\xff\xff\xff\xff\x0f"}) {
        EXPECT_EQ(decode_push_frame(bytes).error(), errc::frame_undecodable);
        EXPECT_EQ(decode_response(bytes, 10).error(), errc::frame_undecodable);
    }
}

TEST(frame_codec, every_truncation_of_a_response_is_refused_or_shorter) {
    const opened v1 = open(vectors::v1);
    std::size_t refused = 0;
    for (std::size_t n = 0; n < v1.body.size(); ++n) {
        const auto cut = decode_response(v1.body.substr(0, n), 100);
        refused += cut ? 0 : 1;
        if (cut) {
            EXPECT_LE(cut->messages.size(), 2U);
        }
    }
    EXPECT_GT(refused, v1.body.size() * 9 / 10);
}

TEST(frame_codec, known_field_of_another_wire_type_is_skipped) {
    // need_ack (9) as text, messages (1) as a number, then a cursor.
    const auto answer = decode_response(std::string_view("\x4a\x01x\x08\x05\x12\x01z", 8), 10);
    ASSERT_TRUE(answer);
    EXPECT_FALSE(answer->need_ack);
    EXPECT_TRUE(answer->messages.empty());
    EXPECT_EQ(answer->cursor, "z");
}

TEST(frame_codec, deeply_nested_groups_are_refused) {
    EXPECT_FALSE(decode_response(std::string(100'000, '\x0b'), 10));
}

TEST(frame_codec, messages_over_the_cap_are_counted_and_left_out) {
    const std::string body = response_of({"a", "b", "c"});
    const auto at_cap = decode_response(body, 3);
    ASSERT_TRUE(at_cap);
    EXPECT_THAT(at_cap->messages, ::testing::ElementsAre("a", "b", "c"));
    EXPECT_EQ(at_cap->excess_messages, 0U);
    const auto over = decode_response(body, 2);
    ASSERT_TRUE(over);
    EXPECT_THAT(over->messages, ::testing::ElementsAre("a", "b"));
    EXPECT_EQ(over->excess_messages, 1U);
}

TEST(gunzip, result_as_large_as_the_cap_passes_and_one_byte_more_does_not) {
    std::string out;
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{16 * 1024}, std::size_t{100'000}}) {
        const std::string packed = gzip(std::string(size, 'x'));
        EXPECT_FALSE(gunzip(packed, size, out)) << size;
        EXPECT_EQ(out, std::string(size, 'x'));
        if (size != 0) {
            EXPECT_EQ(gunzip(packed, size - 1, out), errc::inflated_too_large) << size;
        }
    }
}

TEST(gunzip, members_in_a_row_are_one_text) {
    std::string out;
    EXPECT_FALSE(gunzip(gzip("ab") + gzip("cd"), 100, out));
    EXPECT_EQ(out, "abcd");
    EXPECT_EQ(gunzip(gzip("ab") + gzip("cd"), 3, out), errc::inflated_too_large);
}

TEST(gunzip, truncated_or_damaged_data_fails) {
    std::string out;
    const std::string whole = gzip("some text that is long enough to be cut");
    for (std::size_t n = 0; n < whole.size(); ++n)
        EXPECT_EQ(gunzip(std::string_view(whole).substr(0, n), 1000, out), errc::inflate_failed) << n;
    std::string damaged = whole;
    damaged[damaged.size() - 6] = static_cast<char>(damaged[damaged.size() - 6] ^ 1);  // the checksum
    EXPECT_EQ(gunzip(damaged, 1000, out), errc::inflate_failed);
}

TEST(inflate_payload, plain_payload_is_passed_through_within_the_cap) {
    std::string buffer;
    EXPECT_EQ(*inflate_payload("plain", buffer, 5), "plain");
    EXPECT_EQ(inflate_payload("plain", buffer, 4).error(), errc::inflated_too_large);
}

}  // namespace
}  // namespace tiktok2twitch::tiktok
