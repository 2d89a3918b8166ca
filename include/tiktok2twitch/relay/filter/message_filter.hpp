// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The one place that decides whether what a viewer wrote may be said. Pure: word lists come as texts, `now`
// is an argument. One object per route: user rates and known users are counted in it.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/clock.hpp"
#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/filter/text_rules.hpp"
#include "tiktok2twitch/relay/filter/user_rules.hpp"
#include "tiktok2twitch/relay/filter/verdict.hpp"
#include "tiktok2twitch/relay/filter_options.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"

namespace tiktok2twitch::relay {

// The rules, in this order; the first that drops decides, of those that hold the first names the reason:
//   blocked_user     blocked wins over allowed. Users who are allowed pass without any further rule
//   blocked_name     a blocked word or pattern in the nickname, or in the unique id where lines show it
//                    (set_lines), with the action of its rule: mask masks it, and where nothing readable is
//                    left, the handle or the number stands for it; hold holds the event; drop drops it;
//                    except what was paid for: a gift is told at once, without the name. Links in names are
//                    taken apart whatever links says, except allow: those with a scheme, www. or a path like
//                    those in texts; of what may be a name, "maria.one", the dot is raised, "maria·one"
//   language, too_short, too_long   not for stickers
//   blocked_word, blocked_pattern, link   each looks at what the one before it left
//   user_rate        counts the comments that got here
//   new_user         a user is known once a comment got here
// Chat, questions and stickers are comments; of other events only the first two rules count. The streamer and
// the moderators of the TikTok room are free of language, lengths, rate and the hold of new users, and the
// streamer may write links; words and patterns count for them as well: Twitch does not care who said it.
//
// How words are compared (docs/filters.md): whole words, without case, accents, alphabet of look-alikes,
// leet digits and signs in words that have a letter (not of numbers, "600k"), "baaaad", of words of five
// letters and more a doubled letter, "b.a.d" and "b a d", in phrases as well.
class message_filter {
public:
    // Compiles lists and patterns. Errors: errc::bad_filter with a sentence in `hint` that names the key, the
    // entry and what is wrong with it.
    static core::result<message_filter> compile(const filter_options& options,
                                                const std::vector<word_list>& files,
                                                std::string* hint = nullptr);

    // `event.text` is raw; the verdict's text is clean (core::clean_text). Every kind of event passes here:
    // of gifts, follows and the like the user rules and the author's name count. Counts the user's rate.
    // Linear in the length of the text.
    verdict judge(const event& event, core::time_point now);
    // The same of what passed before, after the rules have changed: without the two rules that count what a
    // user writes.
    verdict judge_again(const event& event) const;

    // A comment's line as it would be said, `joints` being where its parts meet: a word or a link that only
    // name and text together make, "kill" and "yourself". `out` is what judge() made of the event. Half a
    // name and half a text are not masked: for words, mask is drop; defang and strip raise the dots in
    // `body`. Patterns are about a name or a text, ": " is in every line, and are not asked.
    void judge_line(const event& event, std::string& body, std::span<const std::size_t> joints,
                    verdict& out) const;

    // Blocked words that a Twitch moderator adds at run time; compared like those of the lists.
    void set_extra_words(const std::vector<std::string>& words) { texts_.set_extra_words(words); }
    // What is said of what this filter lets through. Until this is called, every line is one with the unique
    // id.
    void set_lines(formatter lines) { lines_ = std::move(lines); }
    // The rates and known users of an earlier filter (after a reload).
    void inherit(message_filter&& older) { users_.inherit(std::move(older.users_)); }

private:
    message_filter() = default;
    // All rules but those that count what a user writes. True when these are to be asked as well.
    bool judge_content(const event& event, verdict& out) const;
    // Both return false when the event is dropped; `out` says so then.
    bool judge_names(const event& event, bool may_link, verdict& out) const;
    bool judge_form(const event& event, verdict& out) const;

    text_rules texts_;
    user_rules users_;
    std::vector<std::string> languages_;  // lower case, without region; empty: all
    std::size_t min_length_ = 0;
    std::size_t max_length_ = 0;
    std::optional<formatter> lines_;
};

}  // namespace tiktok2twitch::relay
