// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/author_reader.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

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

}  // namespace tiktok2twitch::tiktok
