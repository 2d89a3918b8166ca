// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "app/notice_words.hpp"

#include <array>
#include <utility>

namespace tiktok2twitch::app {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> words{{
    {"msg_ratelimit", "waits: lines came too fast"},
    {"msg_slowmode", "is in slow mode"},
    {"msg_timedout", "has the bot timed out"},
    {"msg_banned", "has banned the bot"},
    {"msg_banned_email_alias", "has banned the bot's e-mail address"},
    {"msg_forbidden", "does not let the bot write"},
    {"msg_emoteonly", "is in emote-only mode"},
    {"msg_subsonly", "is in subscribers-only mode"},
    {"msg_followersonly", "is in followers-only mode"},
    {"msg_followersonly_followed", "is in followers-only mode"},
    {"msg_followersonly_zero", "is in followers-only mode"},
    {"msg_warned", "waits until the bot acknowledges a warning"},
    {"msg_channel_blocked", "does not want the bot"},
    {"msg_verified_email", "wants a verified e-mail address"},
    {"msg_requires_verified_phone_number", "wants a verified phone number"},
    {"msg_facebook", "wants a verified account"},
    {"msg_channel_suspended", "is suspended, deleted or renamed"},
    {"tos_ban", "is closed by Twitch"},
    {"msg_room_not_found", "does not exist"},
    {"invalid_user", "does not exist"},
    {"msg_concurrent_channel_limit_reached", "is one channel too many for the bot"},
    {"suspected_mute", "does not show the bot's lines"},
}};

}  // namespace

std::string short_reason(std::string_view msg_id) {
    for (const auto& [id, text] : words)
        if (id == msg_id)
            return std::string(text);
    return "is paused" + (msg_id.empty() ? std::string() : " (" + std::string(msg_id) + ")");
}

}  // namespace tiktok2twitch::app
