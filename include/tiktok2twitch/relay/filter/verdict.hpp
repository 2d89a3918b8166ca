// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::relay {

// What the filters say about one event.
struct verdict {
    enum class kind : std::uint8_t { pass, drop, hold };
    kind what = kind::pass;
    // Name of the counted reason: "blocked_user", "blocked_name", "language", "too_short", "too_long",
    // "blocked_word", "blocked_pattern", "link", "user_rate", "new_user" (hold). Empty when nothing was
    // found; with `pass` it says what was masked or defanged.
    std::string reason;
    std::string rule;  // for --explain: "word \"x\" of list en", "pattern 2 \"x+\"", "user @x"
    // Pass and hold: every reason for which something was masked or defanged, and what may then be said.
    std::vector<std::string> changes;
    std::string text;
    // Pass and hold: what is shown for the nickname. Nothing: it may stay; empty: it may not be shown, and
    // the handle or the account number stands for it.
    std::optional<std::string> name;
    std::optional<std::string> unique_id;  // the same for the unique id
    bool shows_handle = true;              // else no line has the unique id, and nothing is counted for it
    core::duration wait{};                 // hold: for how long
    // Hold: said when the wait is over (new users), else dropped as "held_too_long".
    bool release_after = false;

    // What a rule does with the verdict so far. All return whether the next rule is asked.
    bool drop(std::string_view why, std::string by) {
        *this = {};
        what = kind::drop;
        reason = why;
        rule = std::move(by);
        return false;
    }
    // The first rule that says so holds; rules behind it may still drop.
    bool hold(std::string_view why, std::string by, core::duration how_long) {
        if (what != kind::hold) {
            what = kind::hold;
            reason = why;
            rule = std::move(by);
            wait = how_long;
        }
        return true;
    }
    bool change(std::string_view why, std::string by) {
        if (std::ranges::find(changes, why) == changes.end())
            changes.emplace_back(why);
        if (reason.empty()) {
            reason = why;
            rule = std::move(by);
        }
        return true;
    }
};

}  // namespace tiktok2twitch::relay
