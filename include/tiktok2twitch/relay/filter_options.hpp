// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// [filter] of the configuration, checked but not compiled; see relay/filter/message_filter.hpp.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"

namespace tiktok2twitch::relay {

enum class filter_action : std::uint8_t {
    drop,
    mask,  // the found words become asterisks; what has nothing to mask (a user, a length) is dropped
    hold,  // waits for a moderator's "approve"; after filter.hold_for it is dropped as "held_too_long"
};
enum class link_action : std::uint8_t {
    allow,
    defang,  // readable, not clickable: "example(dot)com"
    strip,   // the link becomes "[link]"
    drop,
    hold,
};

struct user_rate {
    std::size_t count = 0;  // 0: no limit
    core::duration window{};
};

struct filter_options {
    // Shipped lists by language; empty: none. All: a chat that has no list of its own is read by nobody.
    std::vector<std::string> starter_lists{"de", "en", "es", "fr", "it", "pt", "ru"};
    std::vector<std::string> swearing;    // shipped lists of mere swearing, by language
    std::vector<std::string> words;       // blocked words and phrases
    std::vector<std::string> word_files;  // one word or phrase per line, # comments
    filter_action words_action = filter_action::drop;
    std::vector<std::string> patterns;  // RE2
    filter_action patterns_action = filter_action::drop;
    std::vector<std::string> blocked_users;  // permanent ids or unique ids (with or without '@')
    std::vector<std::string>
        allowed_users;  // never filtered by words, patterns, links, lengths, languages, rate
    link_action links = link_action::defang;
    std::size_t min_length = 0;          // grapheme clusters of the clean text
    std::size_t max_length = 0;          // 0: no limit
    std::vector<std::string> languages;  // only these (TikTok's guess); unknown passes. Empty: all
    user_rate per_user;                  // comments of one user; more are "user_rate"
    core::duration
        hold_new_users{};  // a user's first comment waits so long, in which it can be deleted or denied
    core::duration hold_for = std::chrono::minutes(5);  // how long action "hold" waits for a moderator
};

}  // namespace tiktok2twitch::relay
