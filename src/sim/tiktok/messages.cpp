// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Gifts, likes and what else viewers do besides commenting (tiktok.md 4.6).

#include <string>

#include "sim/message_parts.hpp"

namespace tiktok2twitch::sim {

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
