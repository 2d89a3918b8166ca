// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <array>

#include "app/config_key_tables.hpp"

namespace tiktok2twitch::app {
namespace {

using enum key_type;

const std::array keys{
    config_key{"relay", "template", line_template, "[TikTok] {name}: {text}",
               "what a comment's line says: {name} {unique_id} {text} {badges} {room} {streamer} {viewers} "
               "{total_likes}",
               +[](config& c) -> std::string& {
                   return c.events.of(relay::event_kind::chat).line_template;
               }},
    config_key{"relay", "pack", boolean, "true", "say several waiting messages in one line",
               +[](config& c) -> bool& {
                   return c.twitch.pack;
               }},
    config_key{"relay", "line_length", integer, "480",
               "longest line in code points, 100 to 500; Twitch takes 500",
               +[](config& c) -> std::size_t& { return c.twitch.line_length; }, key_bounds{100, 500}},
    config_key{"relay", "max_age", duration, "60s",
               "a message that waited longer is dropped and counted, up to 24h",
               +[](config& c) -> core::duration& { return c.twitch.max_age; }, from_ms(1, one_day)},
    config_key{"relay", "gift_max_age", duration, "600s",
               "the same for gifts and subscriptions; never less than max_age",
               +[](config& c) -> core::duration& { return c.twitch.gift_max_age; }, from_ms(1, one_day)},
    config_key{
        "relay", "order", class_order,
        "streamer, moderator, gift, subscribe, question, mention, chat, follow, share, room, like, join",
        "what is said first when not all of it can be; what is left out here comes last",
        +[](config& c) -> std::vector<relay::priority_class>& {
            return c.events.order;
        }},
    config_key{"relay", "read_back", boolean, "false",
               "a second, anonymous connection to Twitch watches whether the lines really appear",
               +[](config& c) -> bool& {
                   return c.twitch.read_back;
               }},
    config_key{"relay", "status_interval", duration, "600s",
               "where the log goes to a file or a journal: how often it says in one line how things are; 0s: "
               "never",
               +[](config& c) -> core::duration& { return c.status_interval; }, from_ms(0, one_day)},
};

}  // namespace

std::span<const config_key> relay_keys() noexcept {
    return keys;
}

}  // namespace tiktok2twitch::app
