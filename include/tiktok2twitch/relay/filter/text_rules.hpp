// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Blocked words, patterns and links in what viewers write, and what is done about them. Pure; compile()
// first, set_extra_words() at any time.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/relay/filter/patterns.hpp"
#include "tiktok2twitch/relay/filter/verdict.hpp"
#include "tiktok2twitch/relay/filter/words/word_matcher.hpp"
#include "tiktok2twitch/relay/filter_options.hpp"

namespace tiktok2twitch::relay {

// The contents of one of filter.word_files.
struct word_list {
    std::string name;  // for messages and --explain: the file's name
    std::string text;
};

// Clean text in, clean text out: every grapheme cluster that a range touches becomes an asterisk, blanks
// stay.
std::string mask_ranges(std::string_view clean, std::vector<text_range> where);

class text_rules {
public:
    // Errors: errc::bad_filter, with a sentence in `hint`.
    static core::result<text_rules> compile(const filter_options& options,
                                            const std::vector<word_list>& files, std::string* hint);
    // Blocked words that a Twitch moderator adds at run time.
    void set_extra_words(const std::vector<std::string>& words);

    // Each returns false when the event is dropped; `out` says so then.
    bool judge_text(bool may_link, verdict& out) const;  // out.text
    // `raw` as TikTok has it; what is shown for it goes to `shown`. A name that paid is told at once, whether
    // a rule drops or holds.
    bool judge_name(std::string_view raw, bool may_link, bool paid, std::optional<std::string>& shown,
                    verdict& out) const;
    // What only name and text together make, `joints` being where the parts of a line meet.
    bool judge_line(std::string& body, std::span<const std::size_t> joints, bool may_link,
                    verdict& out) const;

private:
    struct kind_of_rule;
    static const std::array<kind_of_rule, 2> kinds;

    pattern_set::findings find_words(std::string_view clean, bool everywhere) const;
    pattern_set::findings find_patterns(std::string_view clean, bool everywhere) const;
    bool mask(const kind_of_rule& kind, std::string& clean, std::string& rule) const;
    bool judge_kind(const kind_of_rule& kind, verdict& out) const;
    bool judge_links(verdict& out) const;
    void judge_name_links(std::string& name, verdict& out) const;
    bool judge_line_words(std::string_view body, std::span<const std::size_t> joints, verdict& out) const;
    bool judge_line_links(std::string& body, std::vector<std::size_t> joints, verdict& out) const;

    filter_options options_;
    word_matcher words_;
    word_matcher extra_;  // the Twitch moderators'
    pattern_set patterns_;
};

}  // namespace tiktok2twitch::relay
