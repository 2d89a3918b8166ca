// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "sim/message_parts.hpp"

namespace tiktok2twitch::sim {

namespace {

// tiktok.md 4.4: the level is a decimal text inside log_extra.
wire_writer badge(int scene, int level) {
    wire_writer out;
    out.number(1, 1).number(3, scene).number(11, 1);
    if (level > 0) {
        wire_writer extra;
        extra.text(5, std::to_string(level));
        out.message(12, extra);
    }
    return out;
}

}  // namespace

wire_writer common(std::string_view method, const message_facts& facts) {
    wire_writer out;
    out.text(1, method).number(2, facts.msg_id).number(3, facts.room_id);
    if (facts.created_at != 0) {
        out.number(4, facts.created_at);
    }
    out.number(6, 1).text(15, "maliva").number(25, facts.created_at);
    return out;
}

wire_writer image(std::string_view name) {
    wire_writer out;
    out.text(1, "https://p16.example/img/" + std::string(name) + "~100x100.webp").text(2, name);
    return out;
}

wire_writer user(const chatter& from) {
    constexpr int scene_moderator = 1;
    constexpr int scene_subscriber = 4;
    constexpr int scene_gifter = 8;
    constexpr int scene_fan_club = 10;
    wire_writer out;
    out.number(1, from.id).text(3, from.nickname).message(9, image("avatar")).text(38, from.unique_id);
    out.text(46, "MS4wLjABAAAAexample");
    if (from.moderator) {
        wire_writer attributes;
        attributes.number(2, 1);
        out.message(32, attributes);
        out.message(64, badge(scene_moderator, 0));
    }
    if (from.subscriber) {
        wire_writer subscription;
        subscription.number(2, 1).number(7, 1);
        out.message(63, subscription);
        out.message(64, badge(scene_subscriber, 0));
    }
    if (from.gifter_level > 0) {
        out.message(64, badge(scene_gifter, from.gifter_level));
    }
    if (from.fan_club_level > 0) {
        out.message(64, badge(scene_fan_club, from.fan_club_level));
    }
    return out;
}

wire_writer identity(const chatter& from) {
    wire_writer out;
    out.number(2, from.subscriber ? 1 : 0).number(5, from.moderator ? 1 : 0).number(6, from.streamer ? 1 : 0);
    return out;
}

room_message finish(std::string_view method, const message_facts& facts, const wire_writer& body) {
    room_message message;
    message.method = method;
    message.payload = body.bytes();
    message.msg_id = facts.msg_id;
    return message;
}

}  // namespace tiktok2twitch::sim
