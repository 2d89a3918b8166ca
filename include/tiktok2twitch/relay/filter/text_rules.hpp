// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "relay/link_finder.hpp"
#include "relay/pattern_set.hpp"
#include "relay/rate_counter.hpp"
#include "relay/recent_users.hpp"
#include "relay/user_rules.hpp"
#include "relay/word_matcher.hpp"
#include "tiktok2twitch/relay/formatter.hpp"
#include "tiktok2twitch/relay/message_filter.hpp"

namespace tiktok2twitch::relay {

inline constexpr std::size_t most_known_users = 50'000;  // some 5 MB

struct message_filter::impl {
    struct nothing {};

    filter_options options;
    std::optional<formatter> lines;
    word_matcher words;
    word_matcher extra;  // the Twitch moderators'
    pattern_set patterns;
    user_set blocked;
    user_set allowed;
    std::vector<std::string> languages;  // lower case, without region
    rate_counter rates;
    recent_users<nothing, most_known_users> known;

    // All rules but those that count what a user writes. True when these are to be asked as well.
    bool judge_content(const event& event, verdict& out) const;

    // Each returns false when the event is dropped; `out` says so then.
    bool judge_names(const event& event, bool may_link, verdict& out) const;
    bool judge_name(std::string_view raw, bool may_link, bool paid, std::optional<std::string>& shown,
                    verdict& out) const;
    bool judge_form(const event& event, verdict& out) const;
    bool judge_text(bool may_link, verdict& out) const;
    bool judge_words(verdict& out) const;
    bool judge_patterns(verdict& out) const;
    bool judge_links(verdict& out) const;
    bool judge_line_words(std::string_view body, std::span<const std::size_t> joints, verdict& out) const;
    bool judge_line_links(std::string& body, std::vector<std::size_t> joints, verdict& out) const;
    bool judge_user(const event& event, core::time_point now, verdict& out);

    struct name_finding {
        std::string rule;  // empty: nothing was found
        filter_action action = filter_action::drop;
    };
    name_finding judge_name_words(std::string& name) const;
    name_finding judge_name_patterns(std::string& name) const;
    void judge_name_links(std::string& name, verdict& out) const;
    std::string first_word(std::string_view clean) const;  // its rule; empty: none
    word_matcher::findings find_words(std::string_view clean) const;
    bool mask_words(std::string& clean, std::string& rule) const;
    bool mask_patterns(std::string& clean, std::string& rule) const;
};

std::string link_rule(std::string_view clean, const found_link& link);

}  // namespace tiktok2twitch::relay
