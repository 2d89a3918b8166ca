// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/ways/json_messages.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <utility>
#include <variant>

#include "tiktok/wire/event_reader.hpp"
#include "tiktok2twitch/tiktok/error.hpp"
#include "webcast.pb.h"

namespace tiktok2twitch::tiktok {
namespace {

using nlohmann::json;

// Real messages nest 10 levels.
constexpr std::size_t deepest = 64;
// Of one message: a comment has a handful.
constexpr std::size_t most_badges = 64;
constexpr std::size_t most_emotes = 512;
constexpr std::size_t most_deleted = 2000;

struct enum_name {
    std::string_view part;
    std::int64_t value;
};

// Enums come as a number, a number in a text, or a name. The first row whose text is a part of the name
// counts.
template <std::size_t N>
std::optional<std::int64_t> as_enum(const json* value, const std::array<enum_name, N>& names) {
    if (const auto number = as_integer(value))
        return number;
    const std::string name = as_text(value);
    const auto row = std::ranges::find_if(
        names, [&](const enum_name& each) { return name.find(each.part) != std::string::npos; });
    return name.empty() || row == names.end() ? std::nullopt : std::optional(row->value);
}

constexpr std::array badge_scenes{enum_name{"NEW_SUBSCRIBER", 7}, enum_name{"SUBSCRIBER", 4},
                                  enum_name{"ADMIN", 1},          enum_name{"MODERATOR", 1},
                                  enum_name{"USER_GRADE", 8},     enum_name{"FANS", 10},
                                  enum_name{"HOST", 12}};
constexpr std::array social_actions{enum_name{"FOLLOW", 1}, enum_name{"SHARE", 3}};
constexpr std::array member_actions{enum_name{"JOIN", 1}};
constexpr std::array control_actions{enum_name{"UNPAUSED", 2}, enum_name{"RESUMED", 2},
                                     enum_name{"PAUSED", 1}, enum_name{"ENDED", 3},
                                     enum_name{"SUSPENDED", 4}};
constexpr std::array displays{enum_name{"HIDE", 2}, enum_name{"NEW", 1}};
constexpr std::array gift_types{enum_name{"COMBO", 1}};
constexpr std::array no_names{enum_name{"SUCCE", 0}};

std::int64_t integer(const json* object, std::initializer_list<const char*> names) {
    return as_integer(any(object, names)).value_or(0);
}

// What does not fit was never sent by TikTok.
std::int32_t small(std::optional<std::int64_t> number) {
    constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(number.value_or(0), 0, most));
}

std::string text(const json* object, std::initializer_list<const char*> names) {
    return as_text(any(object, names));
}

void fill_badges(const json* badges, webcast::User& out) {
    if (badges == nullptr || !badges->is_array())
        return;
    for (const json& badge : *badges) {
        if (out.badge_list_size() >= static_cast<int>(most_badges))
            return;
        const auto scene = as_enum(any(&badge, {"badgeSceneType", "badgeScene", "sceneType"}), badge_scenes);
        if (!scene)
            continue;
        webcast::BadgeStruct& each = *out.add_badge_list();
        each.set_badge_scene(small(scene));
        const json* extra = any(&badge, {"logExtra", "privilegeLogExtra"});
        const json* level = extra != nullptr ? any(extra, {"level"}) : any(&badge, {"level"});
        if (const auto number = as_integer(level))
            each.mutable_log_extra()->set_level(std::to_string(*number));
    }
}

// `flat`: where TikFinity has the roles; null elsewhere.
void fill_user(const json* user, const json* flat, webcast::User& out) {
    out.set_id(integer(user, {"userId", "id", "idStr"}));
    out.set_display_id(text(user, {"uniqueId", "displayId"}));
    out.set_nickname(text(user, {"nickname", "nickName"}));
    fill_badges(any(user, {"userBadges", "badges", "badgeList"}), out);
    const json* attributes = any(user, {"userAttr"});
    const json* subscription = any(user, {"subscribeInfo"});
    const json* moderator = attributes != nullptr ? any(attributes, {"isAdmin"}) : any(flat, {"isModerator"});
    const json* subscriber =
        subscription != nullptr ? any(subscription, {"isSubscribedToAnchor"}) : any(flat, {"isSubscriber"});
    out.mutable_user_attr()->set_is_admin(as_flag(moderator).value_or(false));
    out.mutable_subscribe_info()->set_is_subscribed_to_anchor(as_flag(subscriber).value_or(false));
    const json* club = member(any(user, {"fansClub"}), "data");
    out.mutable_fans_club()->mutable_data()->set_level(small(as_integer(any(club, {"level"}))));
    out.mutable_fans_club()->mutable_data()->set_user_fans_club_status(
        small(as_integer(any(club, {"userFansClubStatus", "status"}))));
    out.mutable_fans_club_info()->set_fans_level(integer(any(user, {"fansClubInfo"}), {"fansLevel"}));
}

// The user of a message is an object, or (TikFinity) its fields stand among those of the message.
template <class Message>
void fill_user(const json& data, Message& out) {
    const json* user = any(&data, {"user"});
    fill_user(user != nullptr ? user : &data, user != nullptr ? nullptr : &data, *out.mutable_user());
}

template <class Message>
void fill_identity(const json& data, Message& out) {
    const json* identity = any(&data, {"userIdentity"});
    if (identity == nullptr || !identity->is_object())
        return;
    webcast::UserIdentity& to = *out.mutable_user_identity();
    const auto flag = [&](const char* name) {
        return as_flag(any(identity, {name})).value_or(false);
    };
    to.set_is_anchor(flag("isAnchor"));
    to.set_is_moderator_of_anchor(flag("isModeratorOfAnchor"));
    to.set_is_subscriber_of_anchor(flag("isSubscriberOfAnchor"));
}

void fill_common(const json& data, webcast::Common& out) {
    const json* common = any(&data, {"common"});
    const auto from = [&](std::initializer_list<const char*> names) {
        const std::int64_t number = integer(common, names);
        return number != 0 ? number : integer(&data, names);
    };
    out.set_msg_id(from({"msgId"}));
    out.set_create_time(from({"createTime"}));
    const json* display = any(common, {"displayText"});
    std::string key = text(display, {"key"});
    if (key.empty())
        key = text(&data, {"displayType"});
    out.mutable_display_text()->set_key(std::move(key));
}

webcast::BaseProtoMessage base_of(const webcast::Common& common) {
    webcast::BaseProtoMessage base;
    base.set_msg_id(common.msg_id());
    return base;
}

// TikFinity tells two levels beside the badges.
decoded_message with_levels(decoded_message message, const json& data) {
    if (auto* event = std::get_if<decoded_event>(&message)) {
        relay::author& from = event->what.from;
        from.gifter_level = std::max(from.gifter_level, small(as_integer(any(&data, {"gifterLevel"}))));
        from.fan_club_level =
            std::max(from.fan_club_level, small(as_integer(any(&data, {"teamMemberLevel"}))));
    }
    return message;
}

decoded_message chat(const json& data) {
    webcast::WebcastChatMessage message;
    fill_common(data, *message.mutable_common());
    fill_user(data, message);
    fill_identity(data, message);
    message.set_content(text(&data, {"comment", "content"}));
    message.set_content_language(text(&data, {"contentLanguage"}));
    const json* emotes = any(&data, {"emotes", "emotesList"});
    if (emotes != nullptr && emotes->is_array())
        for (const json& emote : *emotes) {
            if (message.emotes_size() >= static_cast<int>(most_emotes))
                break;
            message.add_emotes()->set_index(
                small(as_integer(any(&emote, {"placeInComment", "index", "position"}))));
        }
    return read_chat(message, base_of(message.common()));
}

decoded_message emote_chat(const json& data) {
    webcast::WebcastEmoteChatMessage message;
    fill_common(data, *message.mutable_common());
    fill_user(data, message);
    fill_identity(data, message);
    return read_emote_chat(message, base_of(message.common()));
}

decoded_message question(const json& data) {
    webcast::WebcastQuestionNewMessage message;
    fill_common(data, *message.mutable_common());
    const json* details = any(&data, {"question", "questionDetails", "details"});
    const json* from = details != nullptr && details->is_object() ? details : &data;
    webcast::Question& out = *message.mutable_question();
    out.set_content(text(from, {"content", "questionText", "text"}));
    out.set_create_time(integer(from, {"createTime"}));
    const json* user = any(from, {"user"});
    fill_user(user != nullptr ? user : from, nullptr, *out.mutable_user());
    return read_question(message, base_of(message.common()));
}

decoded_message gift(const json& data) {
    webcast::WebcastGiftMessage message;
    fill_common(data, *message.mutable_common());
    fill_user(data, message);
    fill_identity(data, message);
    const json* block = any(&data, {"giftDetails", "gift"});
    const auto in_either = [&](std::initializer_list<const char*> names) {
        const json* found = any(&data, names);
        return found != nullptr ? found : any(block, names);
    };
    message.set_gift_id(as_integer(in_either({"giftId", "gift_id"})).value_or(integer(block, {"id"})));
    message.set_repeat_count(small(as_integer(in_either({"repeatCount", "repeat_count"}))));
    message.set_group_id(integer(&data, {"groupId"}));
    const json* end = in_either({"repeatEnd", "repeat_end"});
    message.set_repeat_end(as_flag(end).value_or(integer(&data, {"repeatEnd"}) != 0) ? 1 : 0);
    // Without the type, what is a streak is decided as for binary messages that come without the block.
    const json* type = in_either({"giftType", "gift_type"});
    if (type == nullptr)
        type = any(block, {"type"});
    if (const auto kind = as_enum(type, gift_types))
        message.mutable_gift()->set_type(small(kind));
    decoded_message out = read_gift(message, base_of(message.common()));
    if (auto* event = std::get_if<decoded_event>(&out)) {
        relay::gift& what = *event->what.gift;
        what.name = text(&data, {"giftName"});
        if (what.name.empty())
            what.name = text(block, {"giftName", "name"});
        // The one beside the block may be 0.
        what.coins =
            std::max<std::int64_t>({0, integer(&data, {"diamondCount"}), integer(block, {"diamondCount"})});
    }
    return out;
}

decoded_message like(const json& data) {
    webcast::WebcastLikeMessage message;
    fill_common(data, *message.mutable_common());
    fill_user(data, message);
    message.set_count(small(as_integer(any(&data, {"likeCount", "count"}))));
    message.set_total(integer(&data, {"totalLikeCount", "totalLikes", "total"}));
    return read_like(message, base_of(message.common()));
}

decoded_message join(const json& data) {
    webcast::WebcastMemberMessage message;
    fill_common(data, *message.mutable_common());
    fill_user(data, message);
    // The managed socket leaves the action out; who did something else comes without a user.
    const json* action = any(&data, {"actionId", "action"});
    const bool somebody = message.user().id() != 0 || !message.user().display_id().empty();
    message.set_action(action == nullptr ? static_cast<int>(somebody)
                                         : small(as_enum(action, member_actions)));
    return read_join(message, base_of(message.common()));
}

// `told`: what the event's name says, for TikFinity; 0: nothing.
decoded_message social(const json& data, std::int64_t told = 0) {
    webcast::WebcastSocialMessage message;
    fill_common(data, *message.mutable_common());
    fill_user(data, message);
    message.set_action(told != 0 ? told : as_enum(any(&data, {"action"}), social_actions).value_or(0));
    // The key counts more than the action; for a name that is no key of its own, only when it says that this
    // is no news.
    if (told != 0 && message.common().display_text().key().find("guidance_viewer") == std::string::npos)
        message.mutable_common()->mutable_display_text()->clear_key();
    return read_social(message, base_of(message.common()));
}

decoded_message subscription(const json& data) {
    webcast::WebcastSubNotifyMessage message;
    fill_common(data, *message.mutable_common());
    fill_user(data, message);
    message.set_sub_month(integer(&data, {"subMonth"}));
    const json* type = any(&data, {"messageType"});
    message.set_message_type(type == nullptr ? 0 : small(as_enum(type, no_names).value_or(1)));
    return read_subscription(message, base_of(message.common()));
}

decoded_message envelope(const json& data) {
    webcast::WebcastEnvelopeMessage message;
    fill_common(data, *message.mutable_common());
    const json* info = any(&data, {"envelopeInfo"});
    webcast::EnvelopeInfo& out = *message.mutable_envelope_info();
    message.set_display(small(as_enum(any(&data, {"display"}), displays)));
    if (info != nullptr) {
        out.set_send_user_id(std::to_string(integer(info, {"sendUserId"})));
        out.set_send_user_name(text(info, {"sendUserName"}));
        out.set_diamond_count(small(as_integer(any(info, {"diamondCount"}))));
        return read_envelope(message, base_of(message.common()));
    }
    webcast::User user;
    fill_user(&data, nullptr, user);
    out.set_send_user_id(std::to_string(user.id()));
    out.set_send_user_name(user.nickname());
    out.set_diamond_count(small(as_integer(any(&data, {"coins", "diamondCount"}))));
    decoded_message read = read_envelope(message, base_of(message.common()));
    if (auto* event = std::get_if<decoded_event>(&read))
        event->what.from.unique_id = user.display_id();
    return read;
}

decoded_message viewers(const json& data) {
    webcast::WebcastRoomUserSeqMessage message;
    fill_common(data, *message.mutable_common());
    message.set_viewer_count(integer(&data, {"viewerCount", "total", "totalUser"}));
    return read_viewers(message, base_of(message.common()));
}

decoded_message control(const json& data) {
    switch (as_enum(any(&data, {"action"}), control_actions).value_or(0)) {
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

decoded_message deleted(const json& data) {
    deletion out;
    const auto fill = [&](const json* ids, std::vector<std::int64_t>& to) {
        if (ids == nullptr || !ids->is_array())
            return;
        for (const json& each : *ids)
            if (const auto id = as_integer(&each); id && to.size() < most_deleted)
                to.push_back(*id);
    };
    fill(any(&data, {"deleteMsgIds", "deleteMsgIdsList"}), out.msg_ids);
    fill(any(&data, {"deleteUserIds", "deleteUserIdsList"}), out.user_ids);
    if (out.msg_ids.empty() && out.user_ids.empty())
        return skipped::not_relayed;
    return out;
}

decoded_message notice(const json& data) {
    webcast::Common common;
    fill_common(data, common);
    if (common.display_text().key() == "pm_mt_LIVE_commentFiltered_notif")
        return filtered_notice{};
    return skipped::not_relayed;
}

}  // namespace

const json* any(const json* object, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (const json* found = member(object, name))
            return found;
    return nullptr;
}

std::optional<bool> as_flag(const json* value) {
    if (value == nullptr)
        return std::nullopt;
    if (value->is_boolean())
        return value->get<bool>();
    if (const auto number = as_integer(value))
        return *number == 0 || *number == 1 ? std::optional(*number == 1) : std::nullopt;
    const std::string name = as_text(value);
    return name == "true" || name == "false" ? std::optional(name == "true") : std::nullopt;
}

core::error_code parse_json_text(std::string_view text, std::size_t max_bytes, json& out) {
    if (text.size() > max_bytes || nested_deeper_than(text, deepest))
        return errc::frame_undecodable;
    out = json::parse(text.begin(), text.end(), nullptr, false);
    return out.is_discarded() ? errc::frame_undecodable : core::error_code();
}

decoded_message read_json_message(std::string_view method, const json& data) {
    if (!data.is_object())
        return skipped::undecodable;
    using reader = decoded_message (*)(const json&);
    struct row {
        std::string_view method;
        reader read;
    };
    constexpr std::array readers{
        row{"ChatMessage", chat},
        row{"EmoteChatMessage", emote_chat},
        row{"QuestionNewMessage", question},
        row{"GiftMessage", gift},
        row{"LikeMessage", like},
        row{"MemberMessage", join},
        row{"SocialMessage",
            +[](const json& from) {
                return social(from);
            }},
        row{"follow",
            +[](const json& from) {
                return social(from, 1);
            }},
        row{"share",
            +[](const json& from) {
                return social(from, 3);
            }},
        row{"SubNotifyMessage", subscription},
        row{"EnvelopeMessage", envelope},
        row{"RoomUserSeqMessage", viewers},
        row{"ImDeleteMessage", deleted},
        row{"ControlMessage", control},
        row{"RoomMessage", notice},
    };
    const auto* const found = std::ranges::find(readers, method, &row::method);
    if (found != readers.end())
        return with_levels(found->read(data), data);
    return is_known_method(method) ? skipped::not_relayed : skipped::unknown_method;
}

}  // namespace tiktok2twitch::tiktok
