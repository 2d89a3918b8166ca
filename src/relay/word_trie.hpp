// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_map>
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

// Finds listed words in a stream of signs that may each be read in several ways. From every sign where a word
// may begin one walk starts; it follows all readings at once and ends after a number of signs that depends on
// the longest listed word alone, so the whole is linear in the stream.
class word_trie {
public:
    struct hit {
        std::uint32_t word = 0;
        std::size_t first = 0;  // signs
        std::size_t last = 0;
    };

    void add(const std::vector<word_unit>& units, std::uint32_t word, std::size_t letters);
    bool empty() const noexcept { return ends_.size() <= 1; }

    // The longest word that begins at the first possible sign at or behind `from`.
    std::optional<hit> find(const sign_stream& stream, std::size_t from) const;

private:
    struct node_end {
        std::uint32_t word = 0;
        std::uint8_t letters = 0;  // 0: no word ends here
    };
    struct state;
    class walk;

    std::uint32_t child(std::uint32_t node, char32_t literal, std::uint8_t run) const;

    std::unordered_map<std::uint64_t, std::uint32_t> children_;
    std::vector<node_end> ends_{node_end{}};  // indexed by node; 0 is the root
    std::size_t longest_ = 0;                 // units
};

}  // namespace tiktok2twitch::relay
