// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/sim/webcast_messages.hpp"

#include "sim/message_parts.hpp"

namespace tiktok2twitch::sim {

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
    // Arrives without the prefix in its name, and calls itself something else (tiktok.md 4.7).
    wire_writer body;
    body.message(1, common("SystemMessage", facts)).text(2, text).number(7, 1);
    return finish("RoomMessage", facts, body);
}

}  // namespace tiktok2twitch::sim
