// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>
#include <zlib.h>

#include <charconv>
#include <string>

#include "tiktok2twitch/sim/tiktok/push_framer.hpp"

namespace tiktok2twitch::sim {
namespace {

std::string from_hex(std::string_view hex) {
    std::string out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        unsigned value = 0;
        std::from_chars(hex.data() + i, hex.data() + i + 2, value, 16);
        out.push_back(static_cast<char>(value));
    }
    return out;
}

std::string inflate_all(std::string_view bytes) {
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string input(bytes);
    std::string out(1024 * 1024, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(stream.total_out);
    inflateEnd(&stream);
    return out;
}

constexpr std::int64_t room_id = 7300000000000000001;

chatter ana() {
    chatter from;
    from.id = 6800000000000000001;
    from.nickname = "Ana";
    from.unique_id = "ana.example";
    from.moderator = true;
    return from;
}

TEST(wire_writer_test, numbers_of_every_length_come_back) {
    for (const std::uint64_t value : {0ULL, 1ULL, 127ULL, 128ULL, 16384ULL, ~0ULL, 1ULL << 63}) {
        wire_writer out;
        out.number(5, value);
        const auto fields = read_wire(out.bytes());
        ASSERT_TRUE(fields);
        EXPECT_EQ(wire_number(*fields, 5), value);
    }
}

// The bytes of docs/protocol/tiktok.md §6.3.
TEST(wire_writer_test, bytes_equal_the_published_heartbeat) {
    wire_writer inner;
    inner.number(1, room_id).number(2, 1);
    wire_writer frame;
    frame.text(6, "pb").text(7, "hb").message(8, inner);
    EXPECT_EQ(frame.bytes(), from_hex("320270623a026862420c088180e8e2aaeab3a7651001"));
}

TEST(wire_reader_test, broken_bytes_are_refused) {
    EXPECT_FALSE(read_wire(from_hex("0880")));        // unfinished number
    EXPECT_FALSE(read_wire(from_hex("0a05616263")));  // text longer than the rest
    EXPECT_FALSE(read_wire(from_hex("0b")));          // groups do not exist any more
    EXPECT_FALSE(read_wire(from_hex("00")));          // field number 0
    EXPECT_TRUE(read_wire(""));
}

TEST(client_frame_test, the_published_client_frames_are_understood) {
    const auto heartbeat = read_client_frame(from_hex("320270623a026862420c088180e8e2aaeab3a7651001"));
    ASSERT_TRUE(heartbeat);
    EXPECT_EQ(heartbeat->type, "hb");
    EXPECT_EQ(heartbeat->room_id, room_id);
    EXPECT_EQ(heartbeat->counter, 1);

    const auto enter = read_client_frame(
        from_hex("320270623a0d696d5f656e7465725f726f6f6d4219088180e8e2aaeab3a765200c2a0861756469656e6365"
                 "4a0130"));
    ASSERT_TRUE(enter);
    EXPECT_EQ(enter->type, "im_enter_room");
    EXPECT_EQ(enter->room_id, room_id);
    EXPECT_EQ(enter->identity, "audience");

    const auto ack = read_client_frame(from_hex("10ddc0a5b5b8d5cee22e320270623a0361636b42012d"));
    ASSERT_TRUE(ack);
    EXPECT_EQ(ack->log_id, 3370164404529750109U);
    EXPECT_EQ(ack->payload, "-");
    EXPECT_FALSE(ack->server_fields);
}

TEST(push_framer_test, a_batch_has_the_fields_of_a_server_frame) {
    push_framer framer(true, 100);
    message_facts facts;
    facts.msg_id = 7;
    facts.room_id = room_id;
    facts.created_at = 1789626029311;
    const std::string frame =
        framer.batch({chat_message(facts, ana(), std::string(500, 'x'))}, 1789626029312);
    const auto fields = read_wire(frame);
    ASSERT_TRUE(fields);
    EXPECT_EQ(wire_number(*fields, 1), 1U);
    EXPECT_EQ(wire_number(*fields, 2), framer.last_log_id());
    EXPECT_EQ(wire_number(*fields, 3), 8888U);
    EXPECT_EQ(wire_number(*fields, 4), 8U);
    EXPECT_EQ(wire_text(*fields, 7), "msg");

    const std::string payload = inflate_all(wire_text(*fields, 8));
    const auto inner = read_wire(payload);
    ASSERT_TRUE(inner);
    EXPECT_EQ(wire_number(*inner, 9), 1U);
    EXPECT_EQ(wire_text(*inner, 5), "-");
    const auto message = read_wire(wire_text(*inner, 1));
    ASSERT_TRUE(message);
    EXPECT_EQ(wire_text(*message, 1), "WebcastChatMessage");
    EXPECT_EQ(wire_number(*message, 3), 7U);
    const auto chat = read_wire(wire_text(*message, 2));
    ASSERT_TRUE(chat);
    EXPECT_EQ(wire_text(*chat, 3), std::string(500, 'x'));
    const auto author = read_wire(wire_text(*chat, 2));
    ASSERT_TRUE(author);
    EXPECT_EQ(wire_text(*author, 3), "Ana");
    EXPECT_EQ(wire_text(*author, 38), "ana.example");
}

TEST(push_framer_test, small_payloads_and_clients_without_gzip_get_plain_bytes) {
    EXPECT_TRUE(read_wire(wire_text(*read_wire(push_framer(true, 1).batch({}, 1)), 8)));
    message_facts facts;
    facts.msg_id = 7;
    const std::string large =
        push_framer(false, 1).batch({chat_message(facts, ana(), std::string(500, 'x'))}, 1);
    EXPECT_TRUE(read_wire(wire_text(*read_wire(large), 8)));
}

TEST(push_framer_test, every_frame_has_another_log_id_and_heartbeats_have_none) {
    push_framer framer(false, 100);
    framer.enter_response({}, 1);
    const auto first = framer.last_log_id();
    framer.batch({}, 1);
    EXPECT_NE(framer.last_log_id(), first);
    const std::string reply = framer.heartbeat_reply(1);
    const auto fields = read_wire(reply);
    ASSERT_TRUE(fields);
    EXPECT_EQ(wire_number(*fields, 2), 0U);
    EXPECT_EQ(wire_text(*fields, 7), "hb");
    EXPECT_EQ(inflate_all(wire_text(*fields, 8)), "");
}

TEST(gzip_test, large_texts_come_back) {
    std::string text;
    for (int i = 0; i < 20'000; ++i) {
        text += std::to_string(i * 7919);
    }
    EXPECT_EQ(inflate_all(gzip(text)), text);
}

}  // namespace
}  // namespace tiktok2twitch::sim
