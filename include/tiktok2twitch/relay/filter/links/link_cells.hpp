// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tiktok2twitch/relay/filter/words/skeleton.hpp"

namespace tiktok2twitch::relay {

// How much more it takes to believe that "word.ending" is an address and no missing blank. Twitch makes a
// link of nearly every such word; what counts here is whether it leads anywhere.
enum class domain_ending : std::uint8_t {
    none,      // not known, "file.txt", "wow.then": only with what nobody writes behind a word ("x.nope/y")
    certain,   // "example.com"
    likely,    // unless it starts a sentence ("ok.It was", reads_on) or has no word before it ("5.de")
    doubtful,  // a word too: nor behind a word that everything is said of ("so.fun", everyday_words.hpp), nor
               // before one that goes on with it ("what a song.love it")
};

// `label` is folded to lower case, as all labels here.
domain_ending ending_of(std::string_view label);

// Whether a label that nobody knows could be one: letters, or "xn--" and what stands for them.
bool could_be_ending(std::string_view label) noexcept;

// Endings that are little words: "ok.so", "si.va".
bool is_little(std::string_view ending);

// "discord.gg", "t.me": no sentence is meant.
bool is_known_host(std::string_view host);

// "now", "join": what stands behind an address as well.
bool is_said_of_addresses(std::string_view word);

// Whether an ending and the lower-case word behind it are how a sentence goes on: "it was", "es muy", "me
// too". Of endings that are little words ("es", "me") everything goes on but what is said of addresses ("me
// now"); of those that links are more often made of ("de", "one"), and of "it", only what is known to. `word`
// has no accents; `behind_a_word`: what is before the dot may be one, and no made-up name of a site.
bool reads_on(std::string_view ending, std::string_view word, bool behind_a_word);

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
