// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Text written by strangers becomes text that is safe to say on Twitch. All functions are total: any
// bytes in, valid UTF-8 out. Rules and their sources: docs/protocol/twitch.md §2.1-2.3 and
// docs/protocol/tiktok.md §5.3-5.4 (see docs/filters.md).

#include <cstddef>
#include <string>
#include <string_view>

namespace tiktok2twitch::core {

struct text_limits {
    std::size_t combining_marks = 3;       // that go with any script, on one base; more is "zalgo"
    std::size_t repeated_clusters = 12;    // run of one grapheme cluster; Twitch drops floods silently
    std::size_t cluster_code_points = 16;  // longest legitimate emoji sequences have 10
    std::size_t script_marks = 8;          // of the base's own script, each of them twice at most
};

// UTF-8 repaired (U+FFFD), line breaks and odd blanks become one space, control, bidi, tag, zero-width,
// private-use and noncharacter code points removed, ZWJ and ZWNJ kept where they change how something is
// drawn (emoji sequences, beside a virama, in Arabic and other scripts that join), marks and runs capped,
// blanks collapsed and trimmed, "@name" defused (U+FF20).
std::string clean_text(std::string_view bytes, const text_limits& limits = {});

// The same without the '@' rule and without the limits: for text that the operator wrote.
std::string repair_utf8(std::string_view bytes);

// What is left of a line in front of which everything is dropped that Twitch may not know: blanks, marks and
// joiners, and what its Unicode tables may be too old for (docs/protocol/twitch.md §2.2). What it begins with
// is what Twitch may take for a command. Valid UTF-8.
std::string_view without_unknown_front(std::string_view line) noexcept;

// Unicode code points, as Twitch counts a message. Input must be valid UTF-8.
std::size_t count_code_points(std::string_view text) noexcept;
// User-perceived characters (UAX #29 extended grapheme clusters).
std::size_t count_clusters(std::string_view text);

// The longest prefix of whole grapheme clusters with at most `limit` code points, an ellipsis included
// when something was cut. limit >= 1.
std::string cut_code_points(std::string_view text, std::size_t limit);
// The same, counted in grapheme clusters (for names).
std::string cut_clusters(std::string_view text, std::size_t limit);
// The same of what filters judged whole: a word that does not fit goes altogether, so that its beginning is
// not said as a word or a link of its own. Where it is all there is to read, it ends before its first dot,
// else with its last whole part ("free-coins…"); only a word of a single part is cut anywhere. Clean text.
std::string shorten_code_points(std::string_view text, std::size_t limit);
std::string shorten_clusters(std::string_view text, std::size_t limit);

// Full Unicode case folding (NFKC_Casefold): what two texts share when people call them the same.
std::string fold_case(std::string_view text);
// Equal for texts that say the same louder or longer: case folded, runs of a letter cut to two and of any
// other sign but digits to one ("GG" and "gggg", one heart and ten).
std::string fold_key(std::string_view text);

}  // namespace tiktok2twitch::core
