// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The one place that decides whether what a viewer wrote may be said. Pure: word lists come as texts, `now`
// is an argument. One object per route: user rates and known users are counted in it.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/filter_options.hpp"

namespace tiktok2twitch::relay {

class formatter;

// The contents of one of filter.word_files.
struct word_list {
    std::string name;  // for messages and --explain: the file's name
    std::string text;
};

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
};

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
// How words are compared (README, "Filters"): whole words, without case, accents, alphabet of look-alikes,
// leet digits and signs in words that have a letter (not of numbers, "600k"), "baaaad", of words of five
// letters and more a doubled letter, "b.a.d" and "b a d", in phrases as well.
class message_filter {
public:
    // Compiles lists and patterns. Errors: errc::bad_filter with a sentence in `hint` that names the key, the
    // entry and what is wrong with it.
    static core::result<message_filter> compile(const filter_options& options,
                                                const std::vector<word_list>& files,
                                                std::string* hint = nullptr);
    message_filter(message_filter&&) noexcept;
    message_filter& operator=(message_filter&&) noexcept;
    ~message_filter();

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
    void set_extra_words(const std::vector<std::string>& words);
    // What is said of what this filter lets through. Until this is called, every line is one with the unique
    // id.
    void set_lines(formatter lines);
    // The rates and known users of an earlier filter (after a reload).
    void inherit(message_filter&& older);

private:
    struct impl;
    explicit message_filter(std::unique_ptr<impl> made);
    std::unique_ptr<impl> impl_;
};

// Languages of the lists that are shipped inside the program.
std::vector<std::string_view> starter_list_languages();

}  // namespace tiktok2twitch::relay
