// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// What the messages of a room have in common (docs/protocol/tiktok.md §4.3, §4.4).

#include "tiktok2twitch/sim/tiktok/messages.hpp"

#include <string>
#include <string_view>

#include "tiktok2twitch/sim/tiktok/push_framer.hpp"

namespace tiktok2twitch::sim {

wire_writer common(std::string_view method, const message_facts& facts);
wire_writer image(std::string_view name);
wire_writer user(const chatter& from);
wire_writer identity(const chatter& from);
room_message finish(std::string_view method, const message_facts& facts, const wire_writer& body);

namespace {

// docs/protocol/tiktok.md §4.4: the level is a decimal text inside log_extra.
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

namespace {

wire_writer emote(std::string_view emote_id) {
    wire_writer out;
    out.text(1, emote_id).message(2, image("emote"));
    return out;
}

room_message comment(const message_facts& facts, const chatter& from, std::string_view text,
                     const wire_writer* placed_emote) {
    constexpr std::string_view method = "WebcastChatMessage";
    wire_writer body;
    // Every other message has the content first: the real server keeps no order either.
    const bool content_first = facts.msg_id % 2 == 0;
    if (content_first) {
        body.text(3, text);
    }
    body.message(1, common(method, facts)).message(2, user(from));
    if (!content_first) {
        body.text(3, text);
    }
    if (placed_emote != nullptr) {
        body.message(13, *placed_emote);
    }
    body.text(14, "un").message(18, identity(from)).number(901, 1);  // 901: a field nobody knows
    return finish(method, facts, body);
}

}  // namespace

std::string room_message::encode() const {
    wire_writer out;
    out.text(1, method).text(2, payload).number(3, msg_id);
    if (history) {
        out.number(6, 1);
    }
    if (sample_flag != 0) {
        out.number(7, sample_flag);
    }
    return out.bytes();
}

room_message chat_message(const message_facts& facts, const chatter& from, std::string_view text) {
    return comment(facts, from, text, nullptr);
}

room_message emote_message(const message_facts& facts, const chatter& from, std::string_view emote_id) {
    wire_writer placed;
    placed.number(1, 0).message(2, emote(emote_id));
    return comment(facts, from, " ", &placed);
}

room_message sticker_message(const message_facts& facts, const chatter& from, std::string_view emote_id) {
    constexpr std::string_view method = "WebcastEmoteChatMessage";
    wire_writer body;
    body.message(1, common(method, facts)).message(2, user(from)).message(3, emote(emote_id));
    body.message(5, identity(from));
    return finish(method, facts, body);
}

room_message delete_message(const message_facts& facts, const std::vector<std::int64_t>& msg_ids,
                            const std::vector<std::int64_t>& user_ids) {
    constexpr std::string_view method = "WebcastImDeleteMessage";
    wire_writer body;
    body.message(1, common(method, facts));
    for (const std::int64_t id : msg_ids) {
        body.number(2, id);
    }
    for (const std::int64_t id : user_ids) {
        body.number(3, id);
    }
    return finish(method, facts, body);
}

room_message control_message(const message_facts& facts, int action) {
    constexpr std::string_view method = "WebcastControlMessage";
    wire_writer body;
    body.message(1, common(method, facts)).number(2, action);
    return finish(method, facts, body);
}

room_message welcome_message(const message_facts& facts, std::string_view text) {
    // Arrives without the prefix in its name, and calls itself something else (docs/protocol/tiktok.md §4.7).
    wire_writer body;
    body.message(1, common("SystemMessage", facts)).text(2, text).number(7, 1);
    return finish("RoomMessage", facts, body);
}

// Gifts, likes and what else viewers do besides commenting (docs/protocol/tiktok.md §4.6).

namespace {

constexpr std::string_view social_method = "WebcastSocialMessage";

// Follows and shares are told apart by the key of their text.
wire_writer social(const message_facts& facts, const chatter& from, std::string_view key,
                   std::string_view pattern) {
    wire_writer text;
    text.text(1, key).text(2, pattern);
    wire_writer shared = common(social_method, facts);
    shared.message(8, text);
    wire_writer body;
    body.message(1, shared).message(2, user(from));
    return body;
}

}  // namespace

room_message like_message(const message_facts& facts, const chatter& from, int count, std::int64_t total) {
    constexpr std::string_view method = "WebcastLikeMessage";
    wire_writer body;
    body.message(1, common(method, facts)).number(2, count).number(3, total).message(5, user(from));
    return finish(method, facts, body);
}

room_message join_message(const message_facts& facts, const chatter& from, int viewers) {
    constexpr std::string_view method = "WebcastMemberMessage";
    wire_writer body;
    body.message(1, common(method, facts)).message(2, user(from)).number(3, viewers).number(10, 1);
    return finish(method, facts, body);
}

room_message follow_message(const message_facts& facts, const chatter& from, std::int64_t followers) {
    wire_writer body =
        social(facts, from, "pm_main_follow_message_viewer_2", "{0:user} followed the LIVE creator");
    body.number(4, 1).number(6, followers);
    return finish(social_method, facts, body);
}

room_message share_message(const message_facts& facts, const chatter& from) {
    wire_writer body = social(facts, from, "pm_mt_guidance_share", "{0:user} shared the LIVE");
    body.number(3, 1).number(4, 3);
    return finish(social_method, facts, body);
}

room_message gift_message(const message_facts& facts, const chatter& from, const gift_facts& gift) {
    constexpr std::string_view method = "WebcastGiftMessage";
    wire_writer what;
    what.message(1, image("gift")).number(5, gift.gift_id).number(10, gift.streakable ? 1 : 0);
    what.number(11, gift.streakable ? 1 : 2).number(12, gift.diamonds).text(16, gift.name);
    wire_writer body;
    body.message(1, common(method, facts)).number(2, gift.gift_id).number(5, gift.repeat_count);
    body.message(7, user(from)).number(9, gift.repeat_end ? 1 : 0).number(11, gift.group_id);
    if (gift.with_block) {
        body.message(15, what);
    }
    body.message(32, identity(from));
    return finish(method, facts, body);
}

room_message subscribe_message(const message_facts& facts, const chatter& from, std::int64_t months) {
    constexpr std::string_view method = "WebcastSubNotifyMessage";
    wire_writer body;
    body.message(1, common(method, facts)).message(2, user(from)).number(4, months).number(5, 1);
    body.number(6, months > 1 ? 1 : 0).number(7, 0);
    return finish(method, facts, body);
}

room_message question_message(const message_facts& facts, const chatter& from, std::string_view text) {
    constexpr std::string_view method = "WebcastQuestionNewMessage";
    wire_writer question;
    question.number(1, facts.msg_id).text(2, text).number(4, facts.created_at).message(5, user(from));
    wire_writer body;
    body.message(1, common(method, facts)).message(2, question);
    return finish(method, facts, body);
}

room_message envelope_message(const message_facts& facts, const chatter& from, int diamonds, bool hide) {
    constexpr std::string_view method = "WebcastEnvelopeMessage";
    wire_writer info;
    info.text(1, std::to_string(facts.msg_id)).text(4, from.nickname).number(5, diamonds).number(6, 10);
    info.number(7, facts.created_at / 1000 + 60).text(8, std::to_string(from.id));
    wire_writer body;
    body.message(1, common(method, facts)).message(2, info).number(3, hide ? 2 : 1);
    return finish(method, facts, body);
}

room_message viewers_message(const message_facts& facts, std::int64_t now_watching, std::int64_t total) {
    constexpr std::string_view method = "WebcastRoomUserSeqMessage";
    wire_writer body;
    body.message(1, common(method, facts)).number(3, now_watching).number(7, total);
    return finish(method, facts, body);
}

}  // namespace tiktok2twitch::sim
