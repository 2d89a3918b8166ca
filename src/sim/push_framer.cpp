// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/sim/push_framer.hpp"

#include "tiktok2twitch/sim/wire_writer.hpp"

namespace tiktok2twitch::sim {

namespace {

constexpr std::uint64_t service_number = 8888;
constexpr std::uint64_t method_number = 8;
constexpr std::uint64_t fetch_interval_ms = 1000;
constexpr std::uint64_t heartbeat_seconds = 15;  // what the real server says, whatever it means

wire_writer header(std::string_view key, std::string_view value) {
    wire_writer entry;
    entry.text(1, key).text(2, value);
    return entry;
}

std::string cursor(core::unix_ms now, std::int64_t msg_id) {
    return std::to_string(now) + "_" + std::to_string(msg_id) + "_1_1_0_0";
}

}  // namespace

std::string push_framer::frame(std::string_view type, const std::vector<room_message>& messages,
                               core::unix_ms now) {
    const bool enter = type == "im_enter_room_resp";
    const std::string position = cursor(now, messages.empty() ? 1 : messages.back().msg_id);
    wire_writer response;
    // The order of the fields is arbitrary on the real wire, too (tiktok.md 2.7).
    for (const room_message& message : messages) {
        response.text(1, message.encode());
    }
    response.text(2, position).number(8, heartbeat_seconds).number(3, fetch_interval_ms);
    response.number(4, now).text(5, "-");
    if (enter) {
        response.number(11, 1);
    } else {
        response.number(9, 1);
    }
    const bool compressed = gzip_ && (enter || response.bytes().size() >= compress_from);

    ++log_id_;
    ++sequence_;
    wire_writer out;
    out.number(1, sequence_).number(2, log_id_).number(3, service_number).number(4, method_number);
    if (enter) {
        out.message(5, header("with_sys_msg", "1"));
        out.message(5, header("im_register_log_id", std::to_string(log_id_)));
    }
    out.message(5, header("compress_type", compressed ? "gzip" : "none"));
    out.message(5, header("im_cursor", position));
    out.text(6, "pb").text(7, type);
    out.text(8, compressed ? gzip(response.bytes()) : response.bytes());
    return out.bytes();
}

std::string push_framer::enter_response(const std::vector<room_message>& messages, core::unix_ms now) {
    return frame("im_enter_room_resp", messages, now);
}

std::string push_framer::batch(const std::vector<room_message>& messages, core::unix_ms now) {
    return frame("msg", messages, now);
}

std::string push_framer::heartbeat_reply(core::unix_ms now) {
    ++heartbeats_;
    wire_writer out;
    out.number(1, heartbeats_).number(3, service_number).number(4, method_number);
    out.message(5, header("server_time", std::to_string(now)));
    out.message(5, header("compress_type", "gzip"));
    out.message(5, header("im_cursor", cursor(now, 1)));
    out.text(7, "hb").text(8, gzip({}));
    return out.bytes();
}

std::optional<client_frame> read_client_frame(std::string_view bytes) {
    const auto fields = read_wire(bytes);
    if (!fields) {
        return std::nullopt;
    }
    client_frame frame;
    frame.type = wire_text(*fields, 7);
    frame.log_id = wire_number(*fields, 2);
    frame.payload = wire_text(*fields, 8);
    frame.server_fields = wire_number(*fields, 3) != 0 || wire_number(*fields, 4) != 0;
    if (frame.type == "hb" || frame.type == "im_enter_room") {
        const auto inner = read_wire(frame.payload);
        if (!inner) {
            return std::nullopt;
        }
        frame.room_id = static_cast<std::int64_t>(wire_number(*inner, 1));
        if (frame.type == "hb") {
            frame.counter = static_cast<std::int64_t>(wire_number(*inner, 2));
        } else {
            frame.identity = wire_text(*inner, 5);
        }
    }
    return frame;
}

}  // namespace tiktok2twitch::sim
