// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/tiktok/recording/anonymizer.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/gzip.hpp"
#include "tiktok2twitch/tiktok/recording/json_anonymizer.hpp"
#include "tiktok2twitch/tiktok/room/webcast_session.hpp"
#include "tiktok2twitch/tiktok/ways/managed_reader.hpp"
#include "tiktok2twitch/tiktok/ways/tikfinity_reader.hpp"
#include "tiktok2twitch/tiktok/wire/frame_codec.hpp"
#include "tiktok2twitch/tiktok/wire/json_fields.hpp"
#include "webcast.pb.h"

namespace tiktok2twitch::tiktok {
namespace {

// A tag with the number 0, which no message has.
constexpr std::string_view undecodable = "\xFF";

template <class Message>
bool parse(Message& message, std::string_view bytes) {
    return bytes.size() <= static_cast<std::size_t>(std::numeric_limits<int>::max()) &&
           message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

// A name of the protocol, not of a person: "WebcastChatMessage", "pm_mt_msg_viewer", "en". Else empty.
std::string program_word(const std::string& text, std::size_t longest = 80) {
    const bool good = text.size() <= longest && std::ranges::all_of(text, [](char c) {
                          return core::ascii::is_alnum(c) || c == '_' || c == '-';
                      });
    return good ? text : std::string();
}

std::string decimal_only(const std::string& text) {
    constexpr std::size_t longest = 4;
    return text.size() <= longest && std::ranges::all_of(text, core::ascii::is_digit) ? text : std::string();
}

}  // namespace

// Each function builds one message of the schema; only what it names gets across.
struct anonymizer::rebuilder {
    rebuilder(pseudonym_key key, bool keep) : names(key), keep_texts(keep) {}

    std::string said(const std::string& text) { return names.text(text, keep_texts); }

    void common(const webcast::Common& from, webcast::Common& to) {
        to.set_method(program_word(from.method()));
        to.set_msg_id(names.message_id(from.msg_id()));
        to.set_room_id(names.room_id(from.room_id()));
        to.set_create_time(from.create_time());
        if (from.has_display_text())
            to.mutable_display_text()->set_key(program_word(from.display_text().key()));
    }

    void user(const webcast::User& from, webcast::User& to) {
        to.set_id(names.user_id(from.id()));
        to.set_nickname(names.name(from.nickname()));
        to.set_display_id(names.name(from.display_id()));
        if (from.has_user_attr())
            to.mutable_user_attr()->set_is_admin(from.user_attr().is_admin());
        if (from.has_subscribe_info())
            to.mutable_subscribe_info()->set_is_subscribed_to_anchor(
                from.subscribe_info().is_subscribed_to_anchor());
        if (from.has_fans_club()) {
            webcast::FansClubData& club = *to.mutable_fans_club()->mutable_data();
            club.set_level(from.fans_club().data().level());
            club.set_user_fans_club_status(from.fans_club().data().user_fans_club_status());
        }
        if (from.has_fans_club_info())
            to.mutable_fans_club_info()->set_fans_level(from.fans_club_info().fans_level());
        for (const webcast::BadgeStruct& each : from.badge_list()) {
            webcast::BadgeStruct& badge = *to.add_badge_list();
            badge.set_badge_scene(each.badge_scene());
            badge.set_display_type(each.display_type());
            badge.set_display(each.display());
            if (each.has_log_extra())
                badge.mutable_log_extra()->set_level(decimal_only(each.log_extra().level()));
        }
    }

    template <class Message>
    void identity(const Message& from, Message& to) {
        if (!from.has_user_identity())
            return;
        const webcast::UserIdentity& known = from.user_identity();
        webcast::UserIdentity& made = *to.mutable_user_identity();
        made.set_is_gift_giver_of_anchor(known.is_gift_giver_of_anchor());
        made.set_is_subscriber_of_anchor(known.is_subscriber_of_anchor());
        made.set_is_mutual_following_with_anchor(known.is_mutual_following_with_anchor());
        made.set_is_follower_of_anchor(known.is_follower_of_anchor());
        made.set_is_moderator_of_anchor(known.is_moderator_of_anchor());
        made.set_is_anchor(known.is_anchor());
    }

    template <class Message>
    void common_and_user(const Message& from, Message& to) {
        if (from.has_common())
            common(from.common(), *to.mutable_common());
        if (from.has_user())
            user(from.user(), *to.mutable_user());
    }

    // A name that a comment quotes is known before the comment is altered.
    void learn(const webcast::User& quoted) {
        names.name(quoted.nickname());
        names.name(quoted.display_id());
    }

    void rebuild(const webcast::WebcastChatMessage& from, webcast::WebcastChatMessage& to) {
        common_and_user(from, to);
        identity(from, to);
        if (from.has_at_user())
            learn(from.at_user());
        for (const webcast::User& each : from.mention_users())
            learn(each);
        to.set_content(said(from.content()));
        to.set_content_language(program_word(from.content_language(), 16));
        for (const webcast::EmoteWithIndex& each : from.emotes())
            to.add_emotes()->set_index(each.index());
    }

    void rebuild(const webcast::WebcastEmoteChatMessage& from, webcast::WebcastEmoteChatMessage& to) {
        common_and_user(from, to);
        identity(from, to);
    }

    void rebuild(const webcast::WebcastQuestionNewMessage& from, webcast::WebcastQuestionNewMessage& to) {
        if (from.has_common())
            common(from.common(), *to.mutable_common());
        webcast::Question& question = *to.mutable_question();
        question.set_create_time(from.question().create_time());
        question.set_answer_status(from.question().answer_status());
        if (from.question().has_user())
            user(from.question().user(), *question.mutable_user());
        question.set_content(said(from.question().content()));
    }

    void rebuild(const webcast::WebcastGiftMessage& from, webcast::WebcastGiftMessage& to) {
        common_and_user(from, to);
        identity(from, to);
        to.set_gift_id(names.gift_id(from.gift_id()));
        to.set_group_count(from.group_count());
        to.set_repeat_count(from.repeat_count());
        to.set_combo_count(from.combo_count());
        to.set_repeat_end(from.repeat_end());
        to.set_group_id(names.streak_id(from.group_id()));
        to.set_send_type(from.send_type());
        if (!from.has_gift())
            return;
        webcast::Gift& gift = *to.mutable_gift();
        gift.set_id(names.gift_id(from.gift().id()));
        gift.set_combo(from.gift().combo());
        gift.set_type(from.gift().type());
        gift.set_diamond_count(from.gift().diamond_count());
        gift.set_name(names.name(from.gift().name()));
    }

    void rebuild(const webcast::WebcastLikeMessage& from, webcast::WebcastLikeMessage& to) {
        common_and_user(from, to);
        to.set_count(from.count());
        to.set_total(from.total());
    }

    void rebuild(const webcast::WebcastMemberMessage& from, webcast::WebcastMemberMessage& to) {
        common_and_user(from, to);
        to.set_member_count(from.member_count());
        to.set_action(from.action());
    }

    void rebuild(const webcast::WebcastSocialMessage& from, webcast::WebcastSocialMessage& to) {
        common_and_user(from, to);
        to.set_action(from.action());
    }

    void rebuild(const webcast::WebcastSubNotifyMessage& from, webcast::WebcastSubNotifyMessage& to) {
        common_and_user(from, to);
        to.set_sub_month(from.sub_month());
        to.set_subscribe_type(from.subscribe_type());
        to.set_old_subscribe_status(from.old_subscribe_status());
        to.set_message_type(from.message_type());
        to.set_subscribing_status(from.subscribing_status());
    }

    void rebuild(const webcast::WebcastEnvelopeMessage& from, webcast::WebcastEnvelopeMessage& to) {
        if (from.has_common())
            common(from.common(), *to.mutable_common());
        to.set_display(from.display());
        webcast::EnvelopeInfo& info = *to.mutable_envelope_info();
        info.set_send_user_name(names.name(from.envelope_info().send_user_name()));
        info.set_diamond_count(from.envelope_info().diamond_count());
        info.set_people_count(from.envelope_info().people_count());
        const nlohmann::json sender(from.envelope_info().send_user_id());
        if (const auto id = from.envelope_info().send_user_id().empty() ? std::nullopt : as_integer(&sender))
            info.set_send_user_id(std::to_string(names.user_id(*id)));
    }

    void rebuild(const webcast::WebcastRoomUserSeqMessage& from, webcast::WebcastRoomUserSeqMessage& to) {
        if (from.has_common())
            common(from.common(), *to.mutable_common());
        to.set_viewer_count(from.viewer_count());
        to.set_total_user(from.total_user());
    }

    void rebuild(const webcast::WebcastImDeleteMessage& from, webcast::WebcastImDeleteMessage& to) {
        for (const std::int64_t id : from.delete_msg_ids())
            to.add_delete_msg_ids(names.message_id(id));
        for (const std::int64_t id : from.delete_user_ids())
            to.add_delete_user_ids(names.user_id(id));
    }

    void rebuild(const webcast::WebcastControlMessage& from, webcast::WebcastControlMessage& to) {
        if (from.has_common())
            common(from.common(), *to.mutable_common());
        to.set_action(from.action());
    }

    void rebuild(const webcast::WebcastRoomMessage& from, webcast::WebcastRoomMessage& to) {
        if (from.has_common())
            common(from.common(), *to.mutable_common());
    }

    template <class Message>
    std::string payload(const std::string& bytes) {
        Message from;
        if (!parse(from, bytes))
            return std::string(undecodable);
        Message to;
        rebuild(from, to);
        return to.SerializeAsString();
    }

    // Of kinds that the relay does not read, the name is all that stays.
    std::string payload_of(std::string_view method, const std::string& bytes) {
        using build = std::string (rebuilder::*)(const std::string&);
        struct kind {
            std::string_view method;
            build how;
        };
        static constexpr kind kinds[] = {
            {"ChatMessage", &rebuilder::payload<webcast::WebcastChatMessage>},
            {"EmoteChatMessage", &rebuilder::payload<webcast::WebcastEmoteChatMessage>},
            {"QuestionNewMessage", &rebuilder::payload<webcast::WebcastQuestionNewMessage>},
            {"GiftMessage", &rebuilder::payload<webcast::WebcastGiftMessage>},
            {"LikeMessage", &rebuilder::payload<webcast::WebcastLikeMessage>},
            {"MemberMessage", &rebuilder::payload<webcast::WebcastMemberMessage>},
            {"SocialMessage", &rebuilder::payload<webcast::WebcastSocialMessage>},
            {"SubNotifyMessage", &rebuilder::payload<webcast::WebcastSubNotifyMessage>},
            {"EnvelopeMessage", &rebuilder::payload<webcast::WebcastEnvelopeMessage>},
            {"RoomUserSeqMessage", &rebuilder::payload<webcast::WebcastRoomUserSeqMessage>},
            {"ImDeleteMessage", &rebuilder::payload<webcast::WebcastImDeleteMessage>},
            {"ControlMessage", &rebuilder::payload<webcast::WebcastControlMessage>},
            {"RoomMessage", &rebuilder::payload<webcast::WebcastRoomMessage>},
        };
        constexpr std::string_view prefix = "Webcast";
        if (method.starts_with(prefix))
            method.remove_prefix(prefix.size());
        const auto* found = std::ranges::find(kinds, method, &kind::method);
        return found == std::end(kinds) ? std::string() : (this->*found->how)(bytes);
    }

    std::string message(std::string_view bytes) {
        webcast::BaseProtoMessage from;
        if (!parse(from, bytes))
            return std::string(undecodable);
        webcast::BaseProtoMessage to;
        const std::string method = program_word(from.method());
        to.set_method(method.empty() && !from.method().empty() ? "unreadable" : method);
        to.set_msg_id(names.message_id(from.msg_id()));
        to.set_msg_type(from.msg_type());
        to.set_is_history(from.is_history());
        to.set_sample_flag(from.sample_flag());
        to.set_payload(payload_of(to.method(), from.payload()));
        return to.SerializeAsString();
    }

    std::string body(std::string_view bytes) {
        const core::result<response> from = decode_response(bytes, webcast_session::max_batch_messages);
        if (!from)
            return std::string(undecodable);
        webcast::WebcastResponse to;
        for (const std::string_view each : from->messages)
            to.add_messages(message(each));
        for (std::size_t i = 0; i < from->excess_messages; ++i)
            to.add_messages("");
        to.set_now(from->now);
        to.set_need_ack(from->need_ack);
        to.set_is_first(from->is_first);
        return to.SerializeAsString();
    }

    // A payload that is no gzip, or too large, cannot be decoded by anybody.
    std::string payload_of(const push_frame& frame) {
        std::string buffer;
        const auto bytes = inflate_payload(frame.payload, buffer, webcast_session::max_inflated_bytes);
        std::string made = bytes ? body(*bytes) : std::string(undecodable);
        return has_gzip_magic(frame.payload) ? core::gzip(made) : made;
    }

    std::string frame(std::string_view bytes) {
        if (bytes.size() > webcast_session::max_frame_bytes)
            return std::string(undecodable);
        const core::result<push_frame> from = decode_push_frame(bytes);
        if (!from)
            return std::string(undecodable);
        webcast::WebcastPushFrame to;
        const std::string type = program_word(from->payload_type);
        to.set_seq_id(from->seq_id);
        to.set_payload_encoding("pb");
        to.set_payload_type(type.empty() && !from->payload_type.empty() ? "unreadable" : type);
        if (type == "msg" || type == "im_enter_room_resp")
            to.set_payload(payload_of(*from));
        return to.SerializeAsString();
    }

    // `longest`: what the way's reader takes.
    std::string json(std::string_view text, std::size_t longest) {
        return text.size() > longest ? "{" : anonymous_json(text, names, keep_texts);
    }

    // The managed socket may send JSON in binary frames, and anything compressed.
    std::string managed_frame(std::string_view bytes) {
        std::string buffer;
        const auto plain = inflate_payload(bytes, buffer, webcast_session::max_inflated_bytes);
        if (!plain || bytes.size() > managed_reader::max_message_bytes)
            return std::string(undecodable);
        const std::size_t first = plain->find_first_not_of(" \t\r\n");
        const bool is_json =
            first != std::string_view::npos && ((*plain)[first] == '{' || (*plain)[first] == '[');
        std::string made = is_json ? json(*plain, webcast_session::max_inflated_bytes) : frame(*plain);
        return has_gzip_magic(bytes) ? core::gzip(made) : made;
    }

    pseudonyms names;
    bool keep_texts;
};

anonymizer::anonymizer(pseudonym_key key, bool keep_texts)
    : rebuilder_(std::make_unique<rebuilder>(key, keep_texts)) {}
anonymizer::~anonymizer() = default;

recorded_frame anonymizer::anonymous(const recorded_frame& frame) {
    recorded_frame out;
    out.t = frame.t;
    out.text = frame.text;
    out.way = program_word(frame.way);
    out.room = rebuilder_->names.name(frame.room);
    if (frame.text)
        out.frame = rebuilder_->json(
            frame.frame, frame.way == "tikfinity" ? max_tikfinity_text : managed_reader::max_message_bytes);
    else
        out.frame =
            frame.way == "managed" ? rebuilder_->managed_frame(frame.frame) : rebuilder_->frame(frame.frame);
    return out;
}

bool may_be_recorded(const recorded_frame& frame) {
    // What TikTok-Live-Connector, on which TikFinity is built, tells of a room.
    static constexpr std::array<std::string_view, 26> of_the_room = {
        "barrage",    "chat",       "emote",           "envelope",    "follow",        "gift",
        "goalUpdate", "hourlyRank", "imDelete",        "like",        "linkMicArmies", "linkMicBattle",
        "liveIntro",  "member",     "oecLiveShopping", "pollMessage", "questionNew",   "rankText",
        "rankUpdate", "roomInfo",   "roomMessage",     "roomPin",     "roomUser",      "share",
        "social",     "streamEnd"};
    static_assert(std::ranges::is_sorted(of_the_room));
    if (!frame.text || frame.way == "managed")
        return true;
    constexpr std::size_t deepest = 32;
    if (nested_deeper_than(frame.frame, deepest))
        return false;
    const auto json = nlohmann::json::parse(frame.frame.begin(), frame.frame.end(), nullptr, false);
    const std::string event = as_text(member(&json, "event"));
    if (event.empty())
        return frame.way != "tikfinity";
    return event == "subscribe" || std::ranges::binary_search(of_the_room, event);
}

}  // namespace tiktok2twitch::tiktok
