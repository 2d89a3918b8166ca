// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/app/service/held_announcer.hpp"

#include <algorithm>
#include <string_view>

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::app {
namespace {

constexpr std::size_t longest_line = 200;  // code points, as all that the relay says for itself
constexpr std::size_t longest_name = 16;
constexpr std::size_t most_named = 4;

}  // namespace

std::optional<std::string> held_announcer::line(std::span<const announced> held, core::time_point now,
                                                std::string_view word) {
    // What had another rule's time first may be older than its number.
    const auto newest = std::ranges::max_element(held, {}, &announced::number);
    if (newest == held.end() || !has_news(newest->number) || now < not_before_)
        return std::nullopt;
    told_ = newest->number;
    not_before_ = now + interval;
    auto text = std::to_string(held.size()) + " held for a moderator: ";
    for (std::size_t i = 0; i < std::min(most_named, held.size()); ++i) {
        text += (i == 0 ? "" : ", ") + std::to_string(held[i].number);
        if (!held[i].name.empty())
            text += " (" + core::cut_code_points(held[i].name, longest_name) + ")";
    }
    if (held.size() > most_named)
        text += " and " + std::to_string(held.size() - most_named) + " more";
    text += "; '" + std::string(word) + " approve NUMBER' or 'deny NUMBER'";
    // A number comes first, so the line is no command, whatever a name may be.
    return core::cut_code_points(core::clean_text(text), longest_line);
}

}  // namespace tiktok2twitch::app
