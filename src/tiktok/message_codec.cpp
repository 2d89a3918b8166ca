// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/message_codec.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>
#include <utility>

#include "webcast.pb.h"

namespace tiktok2twitch::tiktok {
namespace {

// BadgeStruct.badge_scene (4.4)
enum badge_scene : int {
    scene_moderator = 1,
    scene_subscriber = 4,
    scene_new_subscriber = 7,
    scene_gifter_level = 8,
    scene_fan_club = 10,
    scene_host = 12
};

template <class Message>
bool parse(Message& message, std::string_view bytes) {
    if (bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
        return false;
    return message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

// Milliseconds, although some notices carry seconds: 10^11 ms is 1973, 10^11 s the year 5138 (5.5).
core::unix_ms in_milliseconds(std::int64_t create_time) {
    if (create_time <= 0)
        return 0;
    return create_time < 100'000'000'000 ? create_time * 1000 : create_time;
}

int badge_level(const webcast::BadgeStruct& badge) {
    const std::string& text = badge.log_extra().level();
    int level = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), level);
    return error == std::errc{} && end == text.data() + text.size() && level > 0 ? level : 0;
}

void read_badges(const webcast::User& user, bool roles_known, relay::author& out) {
    for (const webcast::BadgeStruct& badge : user.badge_list()) {
        switch (badge.badge_scene()) {
            case scene_moderator:
                out.moderator = out.moderator || !roles_known;
                break;
            case scene_subscriber:
            case scene_new_subscriber:
                out.subscriber = out.subscriber || !roles_known;
                break;
            case scene_host:
                out.streamer = out.streamer || !roles_known;
                break;
            case scene_gifter_level:
                out.gifter_level = std::max(out.gifter_level, badge_level(badge));
                break;
            case scene_fan_club:
                out.fan_club_level = std::max(out.fan_club_level, badge_level(badge));
                break;
            default:
                break;
        }
    }
}

int fan_club_level(const webcast::User& user) {
    constexpr int active = 1;
    const webcast::FansClubData& club = user.fans_club().data();
    if (club.user_fans_club_status() == active)
        return std::max(club.level(), 0);
    const std::int64_t level = user.fans_club_info().fans_level();
    return static_cast<int>(std::clamp<std::int64_t>(level, 0, std::numeric_limits<int>::max()));
}

// UserIdentity tells the relation to this room's streamer and wins; older messages lack it, and then the
// account's attributes and badges decide (4.4).
relay::author read_author(webcast::User& user, const webcast::UserIdentity* identity) {
    relay::author out;
    out.id = user.id();
    out.unique_id = std::move(*user.mutable_display_id());
    out.nickname = std::move(*user.mutable_nickname());
    if (identity != nullptr) {
        out.streamer = identity->is_anchor();
        out.moderator = identity->is_moderator_of_anchor();
        out.subscriber = identity->is_subscriber_of_anchor();
    } else {
        out.moderator = user.user_attr().is_admin();
        out.subscriber = user.subscribe_info().is_subscribed_to_anchor();
    }
    read_badges(user, identity != nullptr, out);
    if (out.fan_club_level == 0)
        out.fan_club_level = fan_club_level(user);
    return out;
}

template <class Message>
decoded_event read_event(Message& message, relay::event_kind kind, const webcast::BaseProtoMessage& base) {
    decoded_event out;
    out.history = base.is_history();
    out.what.kind = kind;
    out.what.msg_id = base.msg_id() != 0 ? base.msg_id() : message.common().msg_id();
    out.what.created_at = in_milliseconds(message.common().create_time());
    const webcast::UserIdentity* identity = message.has_user_identity() ? &message.user_identity() : nullptr;
    out.what.from = read_author(*message.mutable_user(), identity);
    return out;
}

decoded_message read_change(const webcast::WebcastControlMessage& control) {
    switch (control.action()) {
        case 1:
            return room_change::paused;
        case 2:
            return room_change::resumed;
        case 3:
            return room_change::ended;
        case 4:
            return room_change::suspended;
        default:
            return skipped::not_relayed;
    }
}

}  // namespace

struct message_codec::scratch {
    webcast::BaseProtoMessage base;
    webcast::WebcastChatMessage chat;
    webcast::WebcastEmoteChatMessage emote_chat;
    webcast::WebcastImDeleteMessage deletion;
    webcast::WebcastControlMessage control;
    webcast::WebcastRoomMessage room;
};

message_codec::message_codec() : scratch_(std::make_unique<scratch>()) {}
message_codec::~message_codec() = default;

decoded_message message_codec::decode(std::string_view bytes) {
    scratch& s = *scratch_;
    if (!parse(s.base, bytes))
        return skipped::undecodable;
    constexpr std::string_view prefix = "Webcast";
    std::string_view method = s.base.method();
    if (method.starts_with(prefix))  // a few names come without it (7.2)
        method.remove_prefix(prefix.size());

    if (method == "ChatMessage") {
        if (!parse(s.chat, s.base.payload()))
            return skipped::undecodable;
        // Emotes alone come with blank or no text (5.4): to a reader that is a sticker.
        const bool blank = s.chat.content().find_first_not_of(' ') == std::string::npos;
        const bool sticker = blank && s.chat.emotes_size() > 0;
        decoded_event event =
            read_event(s.chat, sticker ? relay::event_kind::emote_chat : relay::event_kind::chat, s.base);
        if (!sticker)
            event.what.text = std::move(*s.chat.mutable_content());
        return event;
    }
    if (method == "EmoteChatMessage") {
        if (!parse(s.emote_chat, s.base.payload()))
            return skipped::undecodable;
        return read_event(s.emote_chat, relay::event_kind::emote_chat, s.base);
    }
    if (method == "ImDeleteMessage") {
        if (!parse(s.deletion, s.base.payload()))
            return skipped::undecodable;
        deletion out;
        out.msg_ids.assign(s.deletion.delete_msg_ids().begin(), s.deletion.delete_msg_ids().end());
        out.user_ids.assign(s.deletion.delete_user_ids().begin(), s.deletion.delete_user_ids().end());
        if (out.msg_ids.empty() && out.user_ids.empty())
            return skipped::not_relayed;
        return out;
    }
    if (method == "ControlMessage")
        return parse(s.control, s.base.payload()) ? read_change(s.control) : skipped::undecodable;
    if (method == "RoomMessage") {
        if (!parse(s.room, s.base.payload()))
            return skipped::undecodable;
        if (s.room.common().display_text().key() == "pm_mt_LIVE_commentFiltered_notif")
            return filtered_notice{};
        return skipped::not_relayed;
    }
    return is_known_method(method) ? skipped::not_relayed : skipped::unknown_method;
}

}  // namespace tiktok2twitch::tiktok
