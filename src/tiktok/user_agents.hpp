// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string_view>

namespace tiktok2twitch::tiktok {

// A desktop browser as it describes itself; the three parameters are what navigator.appCodeName,
// .platform and .appVersion say in that browser, and must agree with the text (tiktok.md 2.3, 2.4).
struct user_agent {
    std::string_view text;
    std::string_view browser_name;
    std::string_view browser_platform;
    std::string_view browser_version;
};

std::span<const user_agent> user_agents() noexcept;

}  // namespace tiktok2twitch::tiktok
