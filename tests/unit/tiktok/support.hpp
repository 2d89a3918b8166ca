// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <zlib.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "support/manifest.hpp"
#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/tiktok/wire/recording.hpp"
#include "unit/tiktok/hex.hpp"
#include "webcast.pb.h"

namespace tiktok2twitch::tiktok::testing {

using std::chrono::milliseconds;
using std::chrono::seconds;

// An arbitrary start of the monotonic clock.
inline const core::time_point t0 = core::time_point{} + std::chrono::hours(1000);

inline std::string gzip(std::string_view bytes) {
    z_stream stream{};
    if (deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("deflateInit2");
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int status = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (status != Z_STREAM_END)
        throw std::runtime_error("deflate");
    return out;
}

using test::read_file;
using test::recording_path;

inline std::vector<recorded_frame> load_recording(const std::string& name) {
    auto parsed = parse_recording(read_file(recording_path(name + ".jsonl.gz")));
    if (!parsed)
        throw std::runtime_error(name + ": " + parsed.error().text());
    return std::move(*parsed);
}

inline constexpr std::int64_t recorded_room = 7690000010000003136;

// What each frame brought to one connection.
inline std::vector<std::vector<decoded_event>> decode_all(const std::vector<recorded_frame>& frames) {
    webcast_session session(session_options{}, recorded_room);
    session.start(t0);
    std::vector<std::vector<decoded_event>> out;
    for (const recorded_frame& recorded : frames)
        out.push_back(session.on_frame(recorded.frame, t0 + milliseconds(recorded.t)).batch.events);
    return out;
}

// Frames made by hand, through the schema and not through our codec.

inline std::string base_message(const std::string& method, const std::string& payload, std::int64_t msg_id,
                                bool history = false) {
    webcast::BaseProtoMessage base;
    base.set_method(method);
    base.set_payload(payload);
    base.set_msg_id(msg_id);
    base.set_is_history(history);
    return base.SerializeAsString();
}

inline std::string chat_payload(const std::string& text, std::int64_t created_at = 1'789'626'029'257) {
    webcast::WebcastChatMessage chat;
    chat.mutable_common()->set_create_time(created_at);
    chat.mutable_user()->set_id(42);
    chat.mutable_user()->set_nickname("Ana");
    chat.mutable_user()->set_display_id("ana.example");
    chat.set_content(text);
    return chat.SerializeAsString();
}

inline std::string chat_message(std::int64_t msg_id, const std::string& text = "hello") {
    return base_message("WebcastChatMessage", chat_payload(text), msg_id);
}

inline std::string response_of(const std::vector<std::string>& messages, bool need_ack = false) {
    webcast::WebcastResponse response;
    for (const std::string& message : messages)
        response.add_messages(message);
    response.set_internal_ext("-");
    response.set_need_ack(need_ack);
    return response.SerializeAsString();
}

inline std::string frame_with(const std::string& payload, const std::string& type = "msg",
                              std::uint64_t log_id = 7) {
    webcast::WebcastPushFrame frame;
    frame.set_log_id(log_id);
    frame.set_payload_encoding("pb");
    frame.set_payload_type(type);
    frame.set_payload(payload);
    return frame.SerializeAsString();
}

inline std::string frame_of(const std::vector<std::string>& messages, bool need_ack = false) {
    return frame_with(response_of(messages, need_ack));
}

}  // namespace tiktok2twitch::tiktok::testing
