// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "twitch/line_pace.hpp"

#include <algorithm>
#include <vector>

namespace tiktok2twitch::twitch {

void line_pace::on_line(const flight& line, core::time_point now) {
    if (line.is_answer())
        return;
    accepted_line noted{now, {}, 0};
    for (const auto& item : line.parts) {
        noted.delay = std::max(noted.delay, now - item.first_at);
        noted.messages += 1 + item.others.size();
    }
    lines_.push_back(noted);
    while (lines_.size() > 1 && (lines_.size() > most_lines || lines_.front().at + span < now))
        lines_.pop_front();
}

void line_pace::describe(channel_status& out, core::time_point now) const {
    if (lines_.empty())
        return;
    std::vector<core::duration> delays;
    for (const auto& line : lines_) {
        if (line.at + span < now)
            continue;
        ++out.lines_per_minute;
        out.messages_per_minute += line.messages;
        delays.push_back(line.delay);
    }
    if (delays.empty())
        delays.push_back(lines_.back().delay);
    const auto middle = delays.begin() + static_cast<std::ptrdiff_t>(delays.size() / 2);
    std::nth_element(delays.begin(), middle, delays.end());
    out.delay = *middle;
    out.last_line = now - lines_.back().at;
}

}  // namespace tiktok2twitch::twitch
