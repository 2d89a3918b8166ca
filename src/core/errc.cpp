// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/core/errc.hpp"

#include <array>

namespace tiktok2twitch::core {
namespace {

constexpr int value(errc code) noexcept {
    return static_cast<int>(code);
}

constexpr std::array<error_entry, 10> entries{{
    {value(errc::bad_url), "bad_url", "not an address this program can use",
     "Write it like https://host:port/path (http, ws and irc only for this machine), without user name and "
     "#."},
    {value(errc::bad_duration), "bad_duration", "not a duration",
     "Write a number and a unit: 150ms, 1.25s, 5m or 2h."},
    {value(errc::bad_rate), "bad_rate", "not a rate", "Write lines per window, like 18/32s."},
    {value(errc::bad_template), "bad_template", "not a usable line template",
     "Use {name}, {unique_id}, {text}, {badges}, {gift}, {count}, {coins}, {total_likes}, {viewers}, {room} "
     "and {streamer}; {text} must be there for comments; a brace is written {{ or }}."},
    {value(errc::bad_handle), "bad_handle", "not a TikTok user",
     "Write user, @user or https://www.tiktok.com/@user/live."},
    {value(errc::bad_channel), "bad_channel", "not a Twitch channel",
     "Write chan, #chan or https://www.twitch.tv/chan."},
    {value(errc::bad_filter), "bad_filter", "not a usable filter",
     "Correct the entry named above; 'tiktok2twitch config check' reads all filters."},
    {value(errc::bad_moderation_state), "bad_moderation_state",
     "the saved mutes and blocks cannot be understood",
     "They start empty; set them again from Twitch chat, or restore the file in the state directory."},
    {value(errc::share_link), "share_link", "a share link, which does not name the TikTok user",
     "Open it in a browser and copy the address that appears, https://www.tiktok.com/@user/live, or write "
     "the "
     "user's name."},
    {value(errc::clip_link), "clip_link",
     "a link to a clip or a video, which does not name the Twitch channel",
     "Copy the address of the channel itself, https://www.twitch.tv/chan, or write its name."},
}};

}  // namespace

const boost::system::error_category& category() noexcept {
    static const table_category instance("tiktok2twitch.core", entries);
    return instance;
}

}  // namespace tiktok2twitch::core
