// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// Who wrote a message: names, roles and levels (docs/protocol/tiktok.md §4.4, §5.3).

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok/wire/event_reader.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/unicode.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "webcast.pb.h"

namespace tiktok2twitch::tiktok {

// Takes the names out of `user`. UserIdentity tells the relation to this room's streamer and wins; older
// messages lack it (null), and then the account's attributes and badges decide (docs/protocol/tiktok.md
// §4.4).
relay::author read_author(webcast::User& user, const webcast::UserIdentity* identity);

// `content` with "[emote]" where the pictures of its emotes were, which have no name that could be said
// (docs/protocol/tiktok.md §4.5). `places` count UTF-16 units, as the apps that write comments do, in any
// order; one that is beyond the end is the end. Of more than five the rest is a number behind the text: "[+7
// emotes]". Any bytes; no character is cut in two. [emoji] of the configuration may say something else for
// the code "emote".
std::string with_emotes(std::string_view content, std::vector<std::int32_t> places);

namespace {

using relay::event_kind;

// Milliseconds, although some notices carry seconds: 10^11 ms is 1973, 10^11 s the year 5138
// (docs/protocol/tiktok.md §5.5).
core::unix_ms in_milliseconds(std::int64_t create_time) {
    if (create_time <= 0)
        return 0;
    return create_time < 100'000'000'000 ? create_time * 1000 : create_time;
}

// What every kind has. No number of the wire is trusted to be positive.
decoded_event start(event_kind kind, const webcast::BaseProtoMessage& base, const webcast::Common& common) {
    decoded_event out;
    out.history = base.is_history();
    out.what.kind = kind;
    out.what.msg_id = base.msg_id() != 0 ? base.msg_id() : common.msg_id();
    out.what.created_at = in_milliseconds(common.create_time());
    return out;
}

std::int64_t not_negative(std::int64_t number) {
    return std::max<std::int64_t>(number, 0);
}

template <class Message>
relay::author author_with_identity(Message& message) {
    return read_author(*message.mutable_user(),
                       message.has_user_identity() ? &message.user_identity() : nullptr);
}

std::vector<std::int32_t> places_of(const webcast::WebcastChatMessage& message) {
    std::vector<std::int32_t> places;
    for (const webcast::EmoteWithIndex& each : message.emotes())
        places.push_back(each.index());
    return places;
}

// "un" is TikTok's word for "undetermined" (docs/protocol/tiktok.md §4.5): no guess.
std::string language_of(std::string& content_language) {
    return content_language == "un" ? std::string() : std::move(content_language);
}

// By the text's key first: the numbers in `action` differ between sources, and a real message had one that
// none of them knows (docs/protocol/tiktok.md §4.6). "..._viewer_N_share" tells how many came through a share
// that was told before.
std::optional<event_kind> social_kind(const webcast::WebcastSocialMessage& message) {
    const std::string& key = message.common().display_text().key();
    if (key.find("follow") != std::string::npos)
        return event_kind::follow;
    if (key.find("guidance_viewer") != std::string::npos)
        return std::nullopt;
    if (key.find("share") != std::string::npos)
        return event_kind::share;
    if (!key.empty())
        return std::nullopt;
    if (message.action() == 1)
        return event_kind::follow;
    return message.action() >= 2 && message.action() <= 5 ? std::optional(event_kind::share) : std::nullopt;
}

std::int64_t decimal(const std::string& text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() ? not_negative(number) : 0;
}

}  // namespace

decoded_message read_chat(webcast::WebcastChatMessage& message, const webcast::BaseProtoMessage& base) {
    // Emotes alone come with blank or no text (docs/protocol/tiktok.md §5.4): to a reader that is a sticker.
    // Blank is what nobody sees.
    const bool emotes = message.emotes_size() > 0;
    const bool sticker = emotes && core::clean_text(message.content()).empty();
    decoded_event out = start(sticker ? event_kind::emote_chat : event_kind::chat, base, message.common());
    out.what.from = author_with_identity(message);
    if (!sticker)
        out.what.text = emotes ? with_emotes(message.content(), places_of(message))
                               : std::move(*message.mutable_content());
    out.what.language = language_of(*message.mutable_content_language());
    return out;
}

decoded_message read_emote_chat(webcast::WebcastEmoteChatMessage& message,
                                const webcast::BaseProtoMessage& base) {
    decoded_event out = start(event_kind::emote_chat, base, message.common());
    out.what.from = author_with_identity(message);
    return out;
}

decoded_message read_question(webcast::WebcastQuestionNewMessage& message,
                              const webcast::BaseProtoMessage& base) {
    webcast::Question& question = *message.mutable_question();
    decoded_event out = start(event_kind::question, base, message.common());
    if (out.what.created_at == 0)
        out.what.created_at = in_milliseconds(question.create_time());
    out.what.from = read_author(*question.mutable_user(), nullptr);
    out.what.text = std::move(*question.mutable_content());
    return out;
}

decoded_message read_gift(webcast::WebcastGiftMessage& message, const webcast::BaseProtoMessage& base) {
    constexpr int streakable = 1;  // Gift.type
    decoded_event out = start(event_kind::gift, base, message.common());
    out.what.from = author_with_identity(message);
    relay::gift& gift = out.what.gift.emplace();
    gift.id = message.gift_id() != 0 ? message.gift_id() : message.gift().id();
    // Repeats may come without the block that says so; only streaks are repeated, and they have a group
    // (docs/protocol/tiktok.md §5.1).
    const bool has_block = message.has_gift();
    gift.streakable = has_block ? message.gift().type() == streakable : message.group_id() != 0;
    gift.name = std::move(*message.mutable_gift()->mutable_name());
    gift.coins = not_negative(message.gift().diamond_count());
    gift.count = std::max(message.repeat_count(), 1);
    gift.streak = message.group_id();
    // One without block and group may be a repeat all the same; the catalog of room_story knows.
    gift.ended = (has_block && !gift.streakable) || message.repeat_end() != 0;
    return out;
}

decoded_message read_like(webcast::WebcastLikeMessage& message, const webcast::BaseProtoMessage& base) {
    decoded_event out = start(event_kind::like, base, message.common());
    out.what.from = read_author(*message.mutable_user(), nullptr);
    out.what.count = not_negative(message.count());
    out.what.total_likes = not_negative(message.total());
    return out;
}

decoded_message read_join(webcast::WebcastMemberMessage& message, const webcast::BaseProtoMessage& base) {
    // 3 is a subscription, which SubNotifyMessage tells as well; nobody knows what the others are
    // (docs/protocol/tiktok.md §4.6).
    constexpr int joined = 1;
    if (message.action() != joined)
        return skipped::not_relayed;
    decoded_event out = start(event_kind::join, base, message.common());
    out.what.from = read_author(*message.mutable_user(), nullptr);
    return out;
}

decoded_message read_social(webcast::WebcastSocialMessage& message, const webcast::BaseProtoMessage& base) {
    const std::optional<event_kind> kind = social_kind(message);
    if (!kind)
        return skipped::not_relayed;
    decoded_event out = start(*kind, base, message.common());
    out.what.from = read_author(*message.mutable_user(), nullptr);
    return out;
}

decoded_message read_subscription(webcast::WebcastSubNotifyMessage& message,
                                  const webcast::BaseProtoMessage& base) {
    // The same message carries reminders, goals and notices without a month, which are no subscriptions
    // (docs/protocol/tiktok.md §4.6).
    constexpr int succeeded = 0;
    if (message.message_type() != succeeded || message.sub_month() <= 0)
        return skipped::not_relayed;
    decoded_event out = start(event_kind::subscribe, base, message.common());
    out.what.from = read_author(*message.mutable_user(), nullptr);
    out.what.count = message.sub_month();
    return out;
}

decoded_message read_envelope(webcast::WebcastEnvelopeMessage& message,
                              const webcast::BaseProtoMessage& base) {
    constexpr int hide = 2;
    if (message.display() == hide)
        return skipped::not_relayed;
    webcast::EnvelopeInfo& info = *message.mutable_envelope_info();
    decoded_event out = start(event_kind::envelope, base, message.common());
    out.what.from.id = decimal(info.send_user_id());
    out.what.from.nickname = std::move(*info.mutable_send_user_name());
    out.what.count = not_negative(info.diamond_count());
    return out;
}

decoded_message read_viewers(webcast::WebcastRoomUserSeqMessage& message,
                             const webcast::BaseProtoMessage& base) {
    decoded_event out = start(event_kind::viewers, base, message.common());
    out.what.viewers = not_negative(message.viewer_count());
    return out;
}

namespace {

// BadgeStruct.badge_scene (docs/protocol/tiktok.md §4.4)
enum badge_scene : int {
    scene_moderator = 1,
    scene_subscriber = 4,
    scene_new_subscriber = 7,
    scene_gifter_level = 8,
    scene_fan_club = 10,
    scene_host = 12
};

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

}  // namespace

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

namespace {

constexpr std::size_t most_shown = 5;  // a handful reads well; more would push the words out of the line

std::int64_t utf16_units(std::string_view cluster) {
    std::int64_t units = 0;
    for (std::size_t at = 0; at < cluster.size();)
        units += core::utf8::next(cluster, at) > 0xFFFF ? 2 : 1;
    return units;
}

std::string rest_of(std::size_t hidden) {
    return " [+" + std::to_string(hidden) + (hidden == 1 ? " emote]" : " emotes]");
}

}  // namespace

std::string with_emotes(std::string_view content, std::vector<std::int32_t> places) {
    std::ranges::sort(places);
    const std::size_t shown = std::min(places.size(), most_shown);
    std::string out;
    out.reserve(content.size() + shown * 9 + 16);
    std::size_t next = 0;
    const auto put_up_to = [&](std::int64_t place) {
        const std::size_t first = next;
        for (; next < shown && places[next] <= place; ++next)
            out += next == first ? " [emote]" : "[emote]";
        if (next != first)
            out += ' ';
    };
    std::int64_t place = 0;
    std::size_t begin = 0;
    for (core::cluster_walker walker(content); !walker.done(); begin = walker.end()) {
        put_up_to(place);
        walker.next();
        const std::string_view cluster = content.substr(begin, walker.end() - begin);
        out += cluster;
        place += utf16_units(cluster);
    }
    if (shown > 0)
        put_up_to(places[shown - 1]);
    if (places.size() > shown)
        out += rest_of(places.size() - shown);
    return out;
}

}  // namespace tiktok2twitch::tiktok
