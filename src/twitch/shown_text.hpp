// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace tiktok2twitch::twitch {

// As Twitch compares and shows a text: without blanks at its ends, and one for several (twitch.md 2.2, 2.5).
inline std::string shown_text(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' || (!out.empty() && out.back() != ' '))
            out.push_back(c);
    if (out.ends_with(' '))
        out.pop_back();
    return out;
}

}  // namespace tiktok2twitch::twitch
