// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "relay/skeleton.hpp"

namespace tiktok2twitch::relay {

// A text as an address bar would read it: compatibility forms and case folded, every kind of dot a dot.
struct link_cell {
    enum class kind : std::uint8_t {
        label,   // letters, digits, hyphen, underscore
        dot,     // written as one: what programs make a link of
        hidden,  // "(dot)", "[.]"
        spoken,  // "example dot com"
        spaced,  // "example . com"
        blank,
        other,
    };
    char32_t literal = 0;
    kind what = kind::other;
    bool upper = false;
    text_range where;
};

constexpr bool is_dot(link_cell::kind kind) noexcept {
    return kind == link_cell::kind::dot || kind == link_cell::kind::hidden ||
           kind == link_cell::kind::spoken || kind == link_cell::kind::spaced;
}

// Linear. A dot in disguise is one cell, together with the blanks around it.
std::vector<link_cell> link_cells_of(std::string_view clean);

}  // namespace tiktok2twitch::relay
