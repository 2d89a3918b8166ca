// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The demo's picture: TikTok's chat on the left, Twitch's on the right, what happens in between. Returns
// finished lines; printing them is the caller's. Pure.

#include <string>
#include <string_view>

#include "tiktok2twitch/core/time.hpp"

namespace tiktok2twitch::app {

class demo_view {
public:
    demo_view(std::size_t columns, bool color, core::time_point start);

    std::string header() const;
    std::string tiktok(std::string_view who, std::string_view text, core::time_point now) const;
    std::string twitch(std::string_view who, std::string_view text, core::time_point now) const;
    std::string held_back(std::string_view why, core::time_point now) const;
    std::string happening(std::string_view what, core::time_point now) const;

private:
    std::string row(std::string_view left, std::string_view right, core::time_point now) const;
    std::string paint(std::string_view text, std::string_view code) const;

    std::size_t half_;
    bool color_;
    core::time_point start_;
};

}  // namespace tiktok2twitch::app
