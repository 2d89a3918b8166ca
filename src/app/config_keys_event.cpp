// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <array>

#include "app/config_key_tables.hpp"

namespace tiktok2twitch::app {
namespace {

using enum key_type;
using kind = relay::event_kind;

template <kind Kind>
bool& enabled(config& c) {
    return c.events.of(Kind).enabled;
}
template <kind Kind>
std::string& line(config& c) {
    return c.events.of(Kind).line_template;
}
template <kind Kind>
std::size_t& per_minute(config& c) {
    return c.events.of(Kind).per_minute;
}

constexpr std::string_view per_minute_help =
    "at most so many of these lines in any 60s, up to 1000; 0: no limit";
constexpr key_bounds up_to_1000{0, 1000};

const std::array keys{
    config_key{"event.chat", "enabled", boolean, "true", "comments; their line is relay.template",
               &enabled<kind::chat>},
    config_key{"event.chat", "per_minute", integer, "0", per_minute_help, &per_minute<kind::chat>,
               up_to_1000},

    config_key{"event.sticker", "enabled", boolean, "true", "comments of nothing but a sticker",
               &enabled<kind::emote_chat>},
    config_key{"event.sticker", "template", own_template, "",
               "what the line says, with the names of relay.template; \"\": the same as relay.template",
               &line<kind::emote_chat>},
    config_key{"event.sticker", "per_minute", integer, "0", per_minute_help, &per_minute<kind::emote_chat>,
               up_to_1000},

    config_key{"event.question", "enabled", boolean, "true", "questions from TikTok's question box",
               &enabled<kind::question>},
    config_key{
        "event.question", "template", line_template, "[TikTok] {name} asks: {text}",
        "what the line says: {name} {unique_id} {text} {badges} {room} {streamer} {viewers} {total_likes}",
        &line<kind::question>},
    config_key{"event.question", "per_minute", integer, "0", per_minute_help, &per_minute<kind::question>,
               up_to_1000},

    config_key{"event.gift", "enabled", boolean, "true", "gifts; a streak is one line at its end",
               &enabled<kind::gift>},
    config_key{"event.gift", "template", event_template,
               "[TikTok] {name} sent {count}x {gift} ({coins} coins)",
               "what the line says: those of relay.template but {text}, and {gift} {count} {coins} (\"?\": "
               "nobody knows the price)",
               &line<kind::gift>},
    config_key{
        "event.gift", "min_coins", integer, "1",
        "gifts worth less, all of a streak together, are left out; one of unknown price counts as 1; up to "
        "1000000000",
        +[](config& c) -> std::int64_t& { return c.events.gift_min_coins; }, key_bounds{0, 1'000'000'000}},
    config_key{"event.gift", "per_minute", integer, "0", per_minute_help, &per_minute<kind::gift>,
               up_to_1000},

    config_key{"event.follow", "enabled", boolean, "true", "new followers", &enabled<kind::follow>},
    config_key{"event.follow", "template", event_template, "[TikTok] {name} follows",
               "what the line says: those of relay.template but {text}", &line<kind::follow>},
    config_key{"event.follow", "per_minute", integer, "10", per_minute_help, &per_minute<kind::follow>,
               up_to_1000},

    config_key{"event.share", "enabled", boolean, "false", "viewers who shared the LIVE",
               &enabled<kind::share>},
    config_key{"event.share", "template", event_template, "[TikTok] {name} shared the LIVE",
               "what the line says: those of relay.template but {text}", &line<kind::share>},
    config_key{"event.share", "per_minute", integer, "10", per_minute_help, &per_minute<kind::share>,
               up_to_1000},

    config_key{"event.subscribe", "enabled", boolean, "true", "new subscribers", &enabled<kind::subscribe>},
    config_key{"event.subscribe", "template", event_template, "[TikTok] {name} subscribed",
               "what the line says: those of relay.template but {text}", &line<kind::subscribe>},
    config_key{"event.subscribe", "per_minute", integer, "0", per_minute_help, &per_minute<kind::subscribe>,
               up_to_1000},

    config_key{"event.like", "enabled", boolean, "false", "milestones of the likes of the whole LIVE",
               &enabled<kind::like>},
    config_key{
        "event.like", "template", event_template, "[TikTok] {total_likes} likes",
        "what the line says: {total_likes} {count} {name} {unique_id} {badges} {room} {streamer} {viewers}",
        &line<kind::like>},
    config_key{"event.like", "every", integer, "1000",
               "a line at each multiple of so many likes, 1 to 1000000000",
               +[](config& c) -> std::int64_t& { return c.events.like_every; }, key_bounds{1, 1'000'000'000}},
    config_key{"event.like", "per_minute", integer, "0", per_minute_help, &per_minute<kind::like>,
               up_to_1000},

    config_key{"event.join", "enabled", boolean, "false", "viewers who come in", &enabled<kind::join>},
    config_key{"event.join", "template", event_template, "[TikTok] {name} joined",
               "what the line says: those of relay.template but {text}", &line<kind::join>},
    config_key{"event.join", "per_minute", integer, "1", per_minute_help, &per_minute<kind::join>,
               up_to_1000},

    config_key{"event.envelope", "enabled", boolean, "false", "treasure boxes for those who watch",
               &enabled<kind::envelope>},
    config_key{"event.envelope", "template", event_template,
               "[TikTok] {name} sent a treasure box with {coins} coins",
               "what the line says: those of relay.template but {text}, and {coins}", &line<kind::envelope>},
    config_key{"event.envelope", "per_minute", integer, "0", per_minute_help, &per_minute<kind::envelope>,
               up_to_1000},

    config_key{"event.viewers", "enabled", boolean, "false", "how many watch now", &enabled<kind::viewers>},
    config_key{"event.viewers", "template", event_template, "[TikTok] {viewers} watching",
               "what the line says: {viewers} {total_likes} {room} {streamer}", &line<kind::viewers>},
    config_key{"event.viewers", "per_minute", integer, "1", per_minute_help, &per_minute<kind::viewers>,
               up_to_1000},

    config_key{"event.live_start", "enabled", boolean, "false", "the start of a LIVE",
               &enabled<kind::live_start>},
    config_key{"event.live_start", "template", event_template, "[TikTok] {streamer} is live",
               "what the line says: {streamer} {room} {viewers} {total_likes}", &line<kind::live_start>},
    config_key{"event.live_start", "per_minute", integer, "0", per_minute_help, &per_minute<kind::live_start>,
               up_to_1000},

    config_key{"event.live_pause", "enabled", boolean, "false", "pauses of the LIVE",
               &enabled<kind::live_pause>},
    config_key{"event.live_pause", "template", event_template, "[TikTok] {streamer} has paused",
               "what the line says: {streamer} {room} {viewers} {total_likes}", &line<kind::live_pause>},
    config_key{"event.live_pause", "per_minute", integer, "0", per_minute_help, &per_minute<kind::live_pause>,
               up_to_1000},

    config_key{"event.live_end", "enabled", boolean, "false", "the end of the LIVE",
               &enabled<kind::live_end>},
    config_key{"event.live_end", "template", event_template, "[TikTok] {streamer} has ended",
               "what the line says: {streamer} {room} {viewers} {total_likes}", &line<kind::live_end>},
    config_key{"event.live_end", "per_minute", integer, "0", per_minute_help, &per_minute<kind::live_end>,
               up_to_1000},
};

}  // namespace

std::span<const config_key> event_keys() noexcept {
    return keys;
}

}  // namespace tiktok2twitch::app
