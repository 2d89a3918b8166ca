// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "relay/spelling.hpp"

namespace tiktok2twitch::relay {

// A step of a listed word: a letter so often in a row (3 stands for more), one digit or symbol, or whatever
// parts two words of a phrase (word_gap).
struct word_unit {
    char32_t literal = 0;
    std::uint8_t run = 1;
};
inline constexpr char32_t word_gap = U' ';

// Finds listed words in a stream of signs that may each be read in several ways. One pass follows all
// readings of all words that began so far; what came to the same point is followed once, and no more than a
// fixed number at a time: linear in the stream.
class word_trie {
public:
    struct hit {
        std::uint32_t word = 0;
        std::size_t first = 0;  // signs
        std::size_t last = 0;
    };

    void add(const std::vector<word_unit>& units, std::uint32_t word, std::size_t letters);
    // A word that is not meant where another one is found only because a letter is doubled or looks like it.
    void add_harmless(const std::vector<word_unit>& units) { ends_[node_of(units)].harmless = true; }
    bool empty() const noexcept { return ends_.size() <= 1; }

    // Of the words that end at one sign the one that began first; in the order of their ends.
    std::vector<hit> find(const sign_stream& stream, bool only_first) const;

private:
    struct node_end {
        std::uint32_t word = 0;
        std::uint8_t letters = 0;  // 0: no word ends here
        bool harmless = false;
    };
    struct state;
    class walk;

    std::uint32_t node_of(const std::vector<word_unit>& units);
    bool begins(char32_t literal) const { return first_.contains(literal); }
    std::uint32_t child(std::uint32_t node, char32_t literal, std::uint8_t run) const;

    std::unordered_map<std::uint64_t, std::uint32_t> children_;
    std::unordered_set<char32_t> first_;      // of all words
    std::vector<node_end> ends_{node_end{}};  // indexed by node; 0 is the root
};

}  // namespace tiktok2twitch::relay
