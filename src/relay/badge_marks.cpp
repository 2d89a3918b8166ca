// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/badge_marks.hpp"

#include <string_view>

namespace tiktok2twitch::relay {
namespace {

std::string with_level(const std::string& mark, int level) {
    constexpr std::string_view field = "{level}";
    if (level <= 0) {
        return {};
    }
    const std::size_t at = mark.find(field);
    return at == std::string::npos ? mark
                                   : std::string(mark).replace(at, field.size(), std::to_string(level));
}

}  // namespace

std::string badges_of(const author& from, const badge_marks& marks) {
    std::string badges;
    badges += from.streamer ? marks.streamer : "";
    badges += from.moderator ? marks.moderator : "";
    badges += from.subscriber ? marks.subscriber : "";
    badges += with_level(marks.gifter, from.gifter_level);
    badges += with_level(marks.fan_club, from.fan_club_level);
    badges += from.new_follower ? marks.new_follower : "";
    return badges;
}

}  // namespace tiktok2twitch::relay
