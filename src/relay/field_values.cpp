// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/field_values.hpp"

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/part_signs.hpp"

namespace tiktok2twitch::relay {
namespace {

// Nobody does these; every other kind has an author, even when the wire forgot the name.
bool has_author(event_kind kind) noexcept {
    return kind < event_kind::viewers;
}

std::string text_of(const event& event, const emoji_table& emoji) {
    switch (event.kind) {
        case event_kind::chat:
        case event_kind::question:
            return without_part_signs(core::clean_text(event.text));
        case event_kind::emote_chat:
            return core::clean_text(sticker_text(emoji));
        default:
            return {};
    }
}

std::string number_name(const author& from) {
    return "user" + std::to_string(from.id);
}

// tiktok.md 5.3: nickname, handle, number. The handle without its sign: nobody on Twitch is called that.
std::string shown_name(const author& from, const std::string& unique_id, const formatter_limits& limits) {
    std::string name = clean_name(from.nickname, limits);
    if (!name.empty()) {
        return name;
    }
    return unique_id.empty() ? number_name(from) : unique_id;
}

// Zero is "unknown", except where the number is what the event is about.
std::string counter(std::int64_t value, bool told) {
    return value != 0 || told ? std::to_string(value) : std::string();
}

void add_gift(field_values& values, const gift& gift, const formatter_limits& limits) {
    std::string name = clean_name(gift.name, limits);
    values[index_of(template_field::gift)] = name.empty() ? "gift" + std::to_string(gift.id) : name;
    values[index_of(template_field::count)] = std::to_string(gift.count);
    values[index_of(template_field::coins)] = std::to_string(gift.value());
}

}  // namespace

std::string clean_name(std::string_view raw, const formatter_limits& limits) {
    const std::string name =
        core::shorten_clusters(without_part_signs(core::clean_text(raw)), limits.name_clusters);
    return core::shorten_code_points(name, limits.name_code_points);
}

bool can_fill(event_kind kind, template_field field) noexcept {
    switch (field) {
        case template_field::name:
        case template_field::unique_id:
        case template_field::badges:
            return has_author(kind);
        case template_field::text:
            return is_comment(kind);
        case template_field::gift:
            return kind == event_kind::gift;
        case template_field::count:
            return kind == event_kind::gift || kind == event_kind::like;
        case template_field::coins:
            return kind == event_kind::gift || kind == event_kind::envelope;
        case template_field::total_likes:
        case template_field::viewers:
        case template_field::room:
        case template_field::streamer:
            break;
    }
    return true;
}

bool price_unknown(const event& event) noexcept {
    return event.gift ? event.gift->coins == 0 : event.kind == event_kind::envelope && event.count == 0;
}

field_values values_of(const event& event, const std::string& room, const formatter_options& options) {
    field_values values;
    const auto at = [&values](template_field field) -> std::string& {
        return values[index_of(field)];
    };
    if (has_author(event.kind)) {
        at(template_field::unique_id) = clean_name(event.from.unique_id, options.limits);
        at(template_field::name) = shown_name(event.from, at(template_field::unique_id), options.limits);
        if (at(template_field::unique_id).empty()) {
            at(template_field::unique_id) = number_name(event.from);
        }
        at(template_field::badges) = badges_of(event.from, options.badges);
    }
    at(template_field::text) = text_of(event, options.emoji);
    at(template_field::room) = room;
    at(template_field::streamer) = room;
    if (event.gift) {
        add_gift(values, *event.gift, options.limits);
    } else if (event.kind == event_kind::like || event.kind == event_kind::envelope) {
        const auto field = event.kind == event_kind::envelope ? template_field::coins : template_field::count;
        at(field) = std::to_string(event.count);
    }
    if (price_unknown(event))
        at(template_field::coins) = "?";
    at(template_field::total_likes) = counter(event.total_likes, event.kind == event_kind::like);
    at(template_field::viewers) = counter(event.viewers, event.kind == event_kind::viewers);
    return values;
}

}  // namespace tiktok2twitch::relay
