// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tiktok2twitch::tiktok {

// `content` with "[emote]" where the pictures of its emotes were, which have no name that could be said
// (tiktok.md 4.5). `places` count UTF-16 units, as the apps that write comments do, in any order; one that is
// beyond the end is the end. Of more than five the rest is a number behind the text: "[+7 emotes]". Any
// bytes; no character is cut in two. [emoji] of the configuration may say something else for the code
// "emote".
std::string with_emotes(std::string_view content, std::vector<std::int32_t> places);

}  // namespace tiktok2twitch::tiktok
