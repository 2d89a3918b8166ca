// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>
#include <zlib.h>

#include "tiktok2twitch/tiktok/error.hpp"
#include "webcast.pb.h"

namespace tiktok2twitch::tiktok {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

bool fits_protobuf(std::string_view bytes) noexcept {
    return bytes.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max());
}

constexpr std::uint32_t tag(int field, WireFormatLite::WireType type) {
    return (static_cast<std::uint32_t>(field) << 3U) | static_cast<std::uint32_t>(type);
}

bool read_view(CodedInputStream& in, std::string_view whole, std::string_view& out) {
    std::uint32_t length = 0;
    if (!in.ReadVarint32(&length))
        return false;
    const auto begin = static_cast<std::size_t>(in.CurrentPosition());
    if (length > whole.size() - begin || !in.Skip(static_cast<int>(length)))
        return false;
    out = whole.substr(begin, length);
    return true;
}

template <class T>
bool read_number(CodedInputStream& in, T& out) {
    std::uint64_t value = 0;
    if (!in.ReadVarint64(&value))
        return false;
    out = static_cast<T>(value);
    return true;
}

bool read_field(CodedInputStream& in, std::uint32_t field_tag, std::string_view whole,
                std::size_t max_messages, response& out) {
    constexpr auto length_delimited = WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
    constexpr auto varint = WireFormatLite::WIRETYPE_VARINT;
    using schema = webcast::WebcastResponse;
    switch (field_tag) {
        case tag(schema::kMessagesFieldNumber, length_delimited): {
            std::string_view message;
            if (!read_view(in, whole, message))
                return false;
            if (out.messages.size() < max_messages)
                out.messages.push_back(message);
            else
                ++out.excess_messages;
            return true;
        }
        case tag(schema::kCursorFieldNumber, length_delimited):
            return read_view(in, whole, out.cursor);
        case tag(schema::kInternalExtFieldNumber, length_delimited):
            return read_view(in, whole, out.internal_ext);
        case tag(schema::kNowFieldNumber, varint):
            return read_number(in, out.now);
        case tag(schema::kHeartbeatDurationFieldNumber, varint):
            return read_number(in, out.heartbeat_duration);
        case tag(schema::kNeedAckFieldNumber, varint):
            return read_number(in, out.need_ack);
        case tag(schema::kIsFirstFieldNumber, varint):
            return read_number(in, out.is_first);
        default:
            return WireFormatLite::SkipField(&in, field_tag);
    }
}

std::string in_push_frame(std::string payload_type, std::string payload, std::uint64_t log_id = 0) {
    webcast::WebcastPushFrame frame;
    frame.set_log_id(log_id);
    frame.set_payload_encoding("pb");
    frame.set_payload_type(std::move(payload_type));
    frame.set_payload(std::move(payload));
    return frame.SerializeAsString();
}

}  // namespace

core::result<push_frame> decode_push_frame(std::string_view bytes) {
    webcast::WebcastPushFrame frame;
    if (!fits_protobuf(bytes) || !frame.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())))
        return errc::frame_undecodable;
    push_frame out;
    out.seq_id = frame.seq_id();
    out.log_id = frame.log_id();
    out.payload_type = std::move(*frame.mutable_payload_type());
    out.payload = std::move(*frame.mutable_payload());
    return out;
}

core::result<std::string_view> inflate_payload(std::string_view payload, std::string& buffer,
                                               std::size_t max_bytes) {
    // The header compress_type says the same, but the magic bytes cannot be wrong (docs/protocol/tiktok.md
    // §2.8).
    if (!has_gzip_magic(payload)) {
        if (payload.size() > max_bytes)
            return errc::inflated_too_large;
        return payload;
    }
    if (const core::error_code error = gunzip(payload, max_bytes, buffer))
        return error;
    return std::string_view(buffer);
}

// Walked by hand instead of parsed into an object: a batch of millions of empty messages, which fits
// into a small frame, then costs no memory, and no message is copied.
core::result<response> decode_response(std::string_view bytes, std::size_t max_messages) {
    if (!fits_protobuf(bytes))
        return errc::frame_undecodable;
    CodedInputStream in(reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size()));
    response out;
    while (const std::uint32_t field_tag = in.ReadTag()) {
        if (!read_field(in, field_tag, bytes, max_messages, out))
            return errc::frame_undecodable;
    }
    if (!in.ConsumedEntireMessage())
        return errc::frame_undecodable;
    return out;
}

std::string encode_ack(std::uint64_t log_id, std::string_view internal_ext) {
    return in_push_frame("ack", internal_ext.empty() ? "-" : std::string(internal_ext), log_id);
}

std::string encode_heartbeat(std::int64_t room_id, std::int64_t counter) {
    webcast::HeartbeatMessage inner;
    inner.set_room_id(room_id);
    inner.set_send_packet_seq_id(counter);
    return in_push_frame("hb", inner.SerializeAsString());
}

std::string encode_enter_room(std::int64_t room_id) {
    webcast::ImEnterRoomMessage inner;
    inner.set_room_id(room_id);
    inner.set_live_id(12);  // these three as TikTok's own player sends them (docs/protocol/tiktok.md §2.6)
    inner.set_identity("audience");
    inner.set_filter_welcome_msg("0");
    return in_push_frame("im_enter_room", inner.SerializeAsString());
}

namespace {

class inflater {
public:
    // 16: a gzip wrapper is required, nothing else is accepted.
    inflater() noexcept : ready_(inflateInit2(&stream_, 16 + MAX_WBITS) == Z_OK) {}
    ~inflater() {
        if (ready_)
            inflateEnd(&stream_);
    }
    inflater(const inflater&) = delete;
    inflater& operator=(const inflater&) = delete;

    core::error_code run(std::string_view bytes, std::size_t max_bytes, std::string& out);

private:
    // Room for the next piece of output. One byte beyond the cap tells "exactly full" from "too large".
    void make_room(std::string& out, std::size_t max_bytes) {
        if (used_ < out.size())
            return;
        const std::size_t grown = std::max<std::size_t>(out.size() * 2, 16 * 1024);
        out.resize(std::min(grown, max_bytes + 1));
    }

    z_stream stream_{};
    bool ready_;
    std::size_t used_ = 0;
};

core::error_code inflater::run(std::string_view bytes, std::size_t max_bytes, std::string& out) {
    constexpr std::size_t most = std::numeric_limits<uInt>::max();
    if (!ready_)
        return errc::inflate_failed;
    while (true) {
        make_room(out, max_bytes);
        const std::size_t in_piece = std::min(bytes.size(), most);
        const std::size_t out_piece = std::min(out.size() - used_, most);
        // zlib's interface is older than const; inflate() does not write to its input.
        stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        stream_.avail_in = static_cast<uInt>(in_piece);
        stream_.next_out = reinterpret_cast<Bytef*>(out.data() + used_);
        stream_.avail_out = static_cast<uInt>(out_piece);
        const int status = inflate(&stream_, Z_NO_FLUSH);
        bytes.remove_prefix(in_piece - stream_.avail_in);
        used_ += out_piece - stream_.avail_out;
        if (used_ > max_bytes)
            return errc::inflated_too_large;
        if (status == Z_STREAM_END) {
            if (!has_gzip_magic(bytes))
                break;
            if (inflateReset(&stream_) != Z_OK)
                return errc::inflate_failed;
        } else if (status != Z_OK) {
            return errc::inflate_failed;  // damaged, or the input ends early (Z_BUF_ERROR)
        }
    }
    out.resize(used_);
    return {};
}

}  // namespace

bool has_gzip_magic(std::string_view bytes) noexcept {
    return bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

core::error_code gunzip(std::string_view bytes, std::size_t max_bytes, std::string& out) {
    out.clear();
    return inflater().run(bytes, max_bytes, out);
}

}  // namespace tiktok2twitch::tiktok
