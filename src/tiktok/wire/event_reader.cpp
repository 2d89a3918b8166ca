// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/event_reader.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tiktok/author_reader.hpp"
#include "tiktok/emote_text.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::tiktok {
namespace {

using relay::event_kind;

// Milliseconds, although some notices carry seconds: 10^11 ms is 1973, 10^11 s the year 5138 (5.5).
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

// "un" is TikTok's word for "undetermined" (4.5): no guess.
std::string language_of(std::string& content_language) {
    return content_language == "un" ? std::string() : std::move(content_language);
}

// By the text's key first: the numbers in `action` differ between sources, and a real message had one that
// none of them knows (4.6). "..._viewer_N_share" tells how many came through a share that was told before.
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
    // Emotes alone come with blank or no text (5.4): to a reader that is a sticker. Blank is what nobody
    // sees.
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
    // (5.1).
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
    // 3 is a subscription, which SubNotifyMessage tells as well; nobody knows what the others are (4.6).
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
    // (4.6).
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

}  // namespace tiktok2twitch::tiktok
