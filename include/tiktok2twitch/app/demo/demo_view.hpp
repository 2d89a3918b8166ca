// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The demo's picture: TikTok's chat on the left, Twitch's on the right, what happens in between. Returns
// finished rows; printing them is the caller's. Pure.

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::app {

// How the two columns share the screen.
enum class demo_pace : std::uint8_t {
    calm,  // a row of its own for everything, at once
    // Comments come many at a time: the rows of a long Twitch line wait for comments to stand beside, for
    // half a second or so. Else twice as many rows would rush by.
    flood,
};

class demo_view {
public:
    demo_view(std::size_t columns, bool color, core::time_point start, demo_pace pace = demo_pace::calm);

    std::string header() const;
    std::string tiktok(std::string_view who, std::string_view text, core::time_point now);
    std::string twitch(std::string_view who, std::string_view text, core::time_point now);
    // `reason` is a short name, `sentence` says the same to people: it is shown the first time. The same
    // again within a second is counted and shown as one row later.
    std::string held_back(const std::string& reason, std::string_view sentence, core::time_point now);
    std::string happening(std::string_view what, core::time_point now);
    // What still waits for a row.
    std::string rest(core::time_point now);

private:
    struct held {
        core::time_point shown{};
        std::size_t more = 0;  // since then
    };

    std::string right(core::time_point now);
    std::string waiting_rows(std::size_t keep, core::time_point now);
    void count_held(core::time_point now, bool all);
    void show_held(std::size_t count, std::string_view why);
    std::string row(std::string_view left, std::string_view right, core::time_point now) const;
    std::string paint(std::string_view text, std::string_view code) const;

    std::size_t half_;
    bool color_;
    core::time_point start_;
    demo_pace pace_;
    std::deque<std::string> waiting_;  // rows of the right column
    std::map<std::string, held> held_;
    std::optional<core::time_point> last_left_;
};

}  // namespace tiktok2twitch::app
