// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Where words begin and end: in the text as it stands, and in what somebody spelled with dots and blanks.

#include <cstdint>
#include <string_view>
#include <vector>

#include "tiktok2twitch/relay/filter/words/skeleton.hpp"

namespace tiktok2twitch::relay {

// A word may begin (end) at a sign if it has at least so many letters. "s1mp" holds no "mp", but "88bad88"
// holds "bad"; and the more a reading has to be guessed, the longer the word must be.
struct word_edge {
    static constexpr std::uint8_t none = 255;
    std::uint8_t begin = none;
    std::uint8_t end = none;
};

struct sign_stream {
    std::vector<sign> signs;
    std::vector<word_edge> edges;  // one per sign
};

struct spellings {
    sign_stream plain;
    // Runs of single letters ("b.a.d", "b a d") and words with marks inside ("ba.d") without what parts
    // them, one after another with a stop behind each. At most two signs and a stop per sign of `plain`.
    sign_stream joined;
    // `plain` with these in their places, for phrases of which one word is spelled ("so b.a.d"). Empty when
    // there are none.
    sign_stream mended;
};

spellings spellings_of(std::string_view text);

}  // namespace tiktok2twitch::relay
