// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <array>

#include "app/config_key_tables.hpp"

namespace tiktok2twitch::app {
namespace {

using enum key_type;

const std::array keys{
    config_key{"commands", "enabled", boolean, "true",
               "the moderators of the Twitch channel steer the relay from its chat: !tiktok help",
               +[](config& c) -> bool& {
                   return c.commands.enabled;
               }},
    config_key{"commands", "word", command_word, "!tiktok",
               "what their commands begin with: 1 to 25 characters without blanks",
               +[](config& c) -> std::string& {
                   return c.commands.word;
               }},
    config_key{
        "commands", "announce_held", boolean, "true",
        "at most once a minute, when the channel is quiet, a line in its chat with the numbers of what "
        "waits for a moderator",
        +[](config& c) -> bool& {
            return c.commands.announce_held;
        }},
    config_key{"badges", "streamer", mark, "[streamer]",
               "what {badges} says of the streamer, at most 12 characters; \"\": nothing",
               +[](config& c) -> std::string& {
                   return c.badges.streamer;
               }},
    config_key{"badges", "moderator", mark, "[mod]", "the same of the moderators of the TikTok room",
               +[](config& c) -> std::string& {
                   return c.badges.moderator;
               }},
    config_key{"badges", "subscriber", mark, "[sub]", "the same of subscribers",
               +[](config& c) -> std::string& {
                   return c.badges.subscriber;
               }},
    config_key{"badges", "gifter", mark, "",
               "the same of gifters; {level} in it is their level: \"[G{level}]\"",
               +[](config& c) -> std::string& {
                   return c.badges.gifter;
               }},
    config_key{"badges", "fan_club", mark, "",
               "the same of members of the fan club; {level} in it is their level",
               +[](config& c) -> std::string& {
                   return c.badges.fan_club;
               }},
    config_key{"badges", "new_follower", mark, "",
               "the same of who has followed the streamer during this live",
               +[](config& c) -> std::string& {
                   return c.badges.new_follower;
               }},
};

}  // namespace

std::span<const config_key> channel_keys() noexcept {
    return keys;
}

}  // namespace tiktok2twitch::app
