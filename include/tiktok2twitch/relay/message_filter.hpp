// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The one place that decides whether what a viewer wrote may be said. Pure: word lists come as texts, `now`
// is an argument. One object per route: user rates and known users are counted in it.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/time.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/filter_options.hpp"

namespace tiktok2twitch::relay {

// The contents of one of filter.word_files.
struct word_list {
    std::string name;  // for messages and --explain: the file's name
    std::string text;
};

struct verdict {
    enum class kind : std::uint8_t { pass, drop, hold };
    kind what = kind::pass;
    // Name of the counted reason: "blocked_word", "blocked_pattern", "blocked_user", "link", "too_short",
    // "too_long", "language", "user_rate", "new_user" (hold). Empty when nothing was found; with `pass` it
    // says what was masked or defanged.
    std::string reason;
    std::string rule;       // for --explain: "word \"x\" of list en", "pattern 2", "user @x"
    std::string text;       // pass and hold: what may be said (masked, defanged)
    core::duration wait{};  // hold: for how long
    bool release_after =
        false;  // hold: said when the wait is over (new users), else dropped as "held_too_long"
};

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
    // of gifts, follows and the like the user rules and the author's name count (a blocked word in a name:
    // the name rule of words_action; `hold` drops). Counts the user's rate. Linear in the length of the text.
    verdict judge(const event& event, core::time_point now);

    // Blocked words that a Twitch moderator adds at run time; compared like those of the lists.
    void set_extra_words(const std::vector<std::string>& words);
    // The rates and known users of an earlier filter (after a reload).
    void inherit(message_filter&& older);

private:
    struct impl;
    explicit message_filter(std::unique_ptr<impl> impl);
    std::unique_ptr<impl> impl_;
};

// Languages of the lists that are shipped inside the program.
std::vector<std::string_view> starter_list_languages();

}  // namespace tiktok2twitch::relay
