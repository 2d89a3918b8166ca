// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/room/webcast_session.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/tiktok/error.hpp"
#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"
#include "tiktok2twitch/tiktok/wire/message_codec.hpp"

namespace tiktok2twitch::tiktok {

webcast_session::webcast_session(const session_options& options, std::int64_t room_id)
    : options_(options), room_id_(room_id) {}

std::vector<std::string> webcast_session::start(core::time_point now) {
    last_frame_ = now;
    next_heartbeat_ = now + options_.heartbeat_interval;
    // Without the enter frame the socket stays open and silent; it goes first (docs/protocol/tiktok.md §2.6).
    std::vector<std::string> out;
    out.push_back(encode_enter_room(room_id_));
    out.push_back(encode_heartbeat(room_id_, ++heartbeats_));
    return out;
}

webcast_session::reaction webcast_session::on_frame(std::string_view bytes, core::time_point now) {
    const frame_counts before = counts_;
    reaction out = read_frame(bytes, now);
    unread_counts& unread = out.batch.unread;
    unread.excess_messages = counts_.excess_messages - before.excess_messages;
    unread.undecodable_messages = counts_.undecodable_messages - before.undecodable_messages;
    unread.undecodable_frames = counts_.undecodable_frames - before.undecodable_frames;
    return out;
}

webcast_session::reaction webcast_session::read_frame(std::string_view bytes, core::time_point now) {
    reaction out;
    spoke_ = true;
    last_frame_ = now;
    ++counts_.frames;
    if (bytes.size() > max_frame_bytes) {
        ++counts_.undecodable_frames;
        return out;
    }
    const core::result<push_frame> frame = decode_push_frame(bytes);
    if (!frame) {
        ++counts_.undecodable_frames;
        return out;
    }
    // im_enter_room_resp carries a whole response as well (docs/protocol/tiktok.md §2.7).
    out.batch.opening = frame->payload_type == "im_enter_room_resp";
    if (frame->payload_type != "msg" && !out.batch.opening) {
        if (frame->payload_type != "hb")
            ++counts_.unknown_frames;
        return out;
    }
    std::string buffer;
    const core::result<std::string_view> body = inflate_payload(frame->payload, buffer, max_inflated_bytes);
    if (!body) {
        ++counts_.undecodable_frames;
        return out;
    }
    const core::result<response> answer = decode_response(*body, max_batch_messages);
    if (!answer) {
        ++counts_.undecodable_frames;
        return out;
    }
    if (answer->need_ack)
        out.send.push_back(encode_ack(frame->log_id, answer->internal_ext));
    counts_.messages += answer->messages.size() + answer->excess_messages;
    counts_.excess_messages += answer->excess_messages;
    out.batch.messages = !answer->messages.empty();
    out.batch.server_now = answer->now;
    message_codec codec;
    for (const std::string_view message : answer->messages) {
        decoded_message one = codec.decode(message);
        put(std::move(one), codec.method(), now, out.batch, counts_);
    }
    return out;
}

core::result<std::vector<std::string>> webcast_session::poll(core::time_point now) {
    if (now - last_frame_ >= options_.stale_after)
        return spoke_ ? errc::stale : errc::never_spoke;
    std::vector<std::string> out;
    if (now >= next_heartbeat_) {
        out.push_back(encode_heartbeat(room_id_, ++heartbeats_));
        // From now, not from when it was due: after a suspend one heartbeat is enough.
        next_heartbeat_ = now + options_.heartbeat_interval;
    }
    return out;
}

core::time_point webcast_session::next_deadline() const noexcept {
    return std::min(next_heartbeat_, last_frame_ + options_.stale_after);
}

}  // namespace tiktok2twitch::tiktok
