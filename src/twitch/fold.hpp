// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The same text from several people, or from one who repeats himself, becomes one part of a line:
// "GG x12 (ann, bob, cy +9)". Pure.

#include <cstddef>
#include <string>
#include <vector>

#include "tiktok2twitch/relay/line.hpp"

namespace tiktok2twitch::twitch {

// What was folded into another message; it shares that message's fate.
struct folded_event {
    relay::event_ticket ticket = 0;
    relay::route_id route = 0;
    std::int64_t author_id = 0;
    std::string name;
    std::string body{};  // what it would say alone
};

// Bounds: a folded part has to fit in a line with any label, and holds so many tickets at most.
inline constexpr std::size_t longest_foldable_text = 100;  // code points
inline constexpr std::size_t most_folded = 1000;
inline constexpr std::size_t names_shown = 3;
inline constexpr std::size_t longest_shown_name = 24;  // code points

// May `later` be folded into `first`, into which `count` others were folded before?
bool foldable(const relay::line_part& first, std::size_t count, const relay::line_part& later);

// What says `first` and all the others: its body, how many people it speaks for, and, where they are one
// person, the text that his next message may be joined to (else empty).
relay::line_part folded_part(const relay::line_part& first, const std::vector<folded_event>& others);

}  // namespace tiktok2twitch::twitch
