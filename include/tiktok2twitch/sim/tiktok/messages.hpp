// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// What happens in a TikTok room, as bytes (docs/protocol/tiktok.md §4.2-4.7).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::sim {

// Somebody in the room. Texts go on the wire as they are, valid or not.
struct chatter {
    std::int64_t id = 0;
    std::string nickname;
    std::string unique_id;
    bool streamer = false;
    bool moderator = false;
    bool subscriber = false;
    int gifter_level = 0;
    int fan_club_level = 0;
};

// One BaseProtoMessage before it is known to which connection it goes.
struct room_message {
    std::string method;
    std::string payload;
    std::int64_t msg_id = 0;
    int sample_flag = 0;  // 2 on replayed room state
    bool history = false;

    std::string encode() const;
};

// What every message says about itself.
struct message_facts {
    std::int64_t msg_id = 0;
    std::int64_t room_id = 0;
    core::unix_ms created_at = 0;
};

room_message chat_message(const message_facts& facts, const chatter& from, std::string_view text);
// A comment that consists of one emote: one blank and the emote.
room_message emote_message(const message_facts& facts, const chatter& from, std::string_view emote_id);
// A sticker sent on its own (WebcastEmoteChatMessage).
room_message sticker_message(const message_facts& facts, const chatter& from, std::string_view emote_id);
room_message like_message(const message_facts& facts, const chatter& from, int count, std::int64_t total);
room_message join_message(const message_facts& facts, const chatter& from, int viewers);
room_message follow_message(const message_facts& facts, const chatter& from, std::int64_t followers);
room_message share_message(const message_facts& facts, const chatter& from);
struct gift_facts {
    std::int64_t gift_id = 0;
    std::string name;
    int diamonds = 0;
    bool streakable = false;
    std::int64_t group_id = 0;
    int repeat_count = 1;
    bool repeat_end = true;
    bool with_block = true;  // repeats of a streak may come without name, price and type
};
room_message gift_message(const message_facts& facts, const chatter& from, const gift_facts& gift);
room_message subscribe_message(const message_facts& facts, const chatter& from, std::int64_t months);
// Asked through TikTok's question box.
room_message question_message(const message_facts& facts, const chatter& from, std::string_view text);
// A treasure box, or that it is gone.
room_message envelope_message(const message_facts& facts, const chatter& from, int diamonds,
                              bool hide = false);
room_message delete_message(const message_facts& facts, const std::vector<std::int64_t>& msg_ids,
                            const std::vector<std::int64_t>& user_ids);
room_message control_message(const message_facts& facts, int action);
room_message welcome_message(const message_facts& facts, std::string_view text);
room_message viewers_message(const message_facts& facts, std::int64_t now_watching, std::int64_t total);

}  // namespace tiktok2twitch::sim
