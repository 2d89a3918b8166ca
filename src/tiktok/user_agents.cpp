// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok/user_agents.hpp"

namespace tiktok2twitch::tiktok {
namespace {

constexpr std::string_view mozilla = "Mozilla";

// Chromium: appVersion is everything after "Mozilla/".
constexpr user_agent chromium(std::string_view text, std::string_view platform) {
    return {text, mozilla, platform, text.substr(mozilla.size() + 1)};
}

// Firefox: appVersion names the window system only.
constexpr user_agent firefox(std::string_view text, std::string_view platform, std::string_view version) {
    return {text, mozilla, platform, version};
}

constexpr user_agent pool[] = {
    chromium("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Chrome/147.0.0.0 Safari/537.36",
             "Win32"),
    chromium("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Chrome/146.0.0.0 Safari/537.36",
             "Win32"),
    chromium("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Chrome/147.0.0.0 Safari/537.36 Edg/147.0.0.0",
             "Win32"),
    chromium("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Chrome/147.0.0.0 Safari/537.36",
             "MacIntel"),
    chromium("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) "
             "Chrome/147.0.0.0 Safari/537.36",
             "Linux x86_64"),
    firefox("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Win32",
            "5.0 (Windows)"),
    firefox("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0",
            "MacIntel", "5.0 (Macintosh)"),
    firefox("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Linux x86_64",
            "5.0 (X11)"),
};

}  // namespace

std::span<const user_agent> user_agents() noexcept {
    return pool;
}

}  // namespace tiktok2twitch::tiktok
