// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "tiktok2twitch/relay/filter/words/look_alikes.hpp"
#include "tiktok2twitch/relay/filter/words/skeleton.hpp"
#include "tiktok2twitch/relay/filter/words/spelling.hpp"

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

// What one sign may be read as.
namespace tiktok2twitch::relay {

// What a reading was made of.
inline constexpr std::uint8_t has_letter = 1;
inline constexpr std::uint8_t has_latin = 2;
inline constexpr std::uint8_t used_leet = 4;
inline constexpr std::uint8_t used_second = 8;
inline constexpr std::uint8_t has_cyrillic = 16;
inline constexpr std::uint8_t used_cyrillic = 32;

struct reading {
    char32_t literal = 0;
    std::uint8_t flags = 0;
    bool once = false;  // each sign counts: "1488" is not "14888"
};

class readings {
public:
    explicit readings(const sign& s) {
        switch (s.kind) {
            case sign_kind::letter:
                add(s.literal, alphabet(s), s.alone);
                if (s.second != 0)
                    add(static_cast<char32_t>(s.second), used_second | alphabet(s));
                add_cyrillic(s, has_letter);
                break;
            case sign_kind::digit:
                add(s.literal, 0, true);
                if (s.number)
                    break;
                add_leet(s);
                add_cyrillic(s, used_leet);
                break;
            case sign_kind::symbol:
                add(word_gap, 0);
                add(s.literal, 0, true);
                if (s.second != 0)
                    add(static_cast<char32_t>(s.second), has_letter | has_latin);
                add_leet(s);
                break;
            case sign_kind::punctuation:
            case sign_kind::apostrophe:
            case sign_kind::blank:
                add(word_gap, 0);
                break;
            case sign_kind::stop:
                break;
        }
    }

    const reading* begin() const noexcept { return all_.data(); }
    const reading* end() const noexcept { return all_.data() + size_; }

private:
    void add(char32_t literal, int flags, bool once = false) {
        all_[size_++] = {literal, static_cast<std::uint8_t>(flags), once};
    }
    static int alphabet(const sign& s) {
        return has_letter | (s.latin ? has_latin : 0) | (s.cyrillic ? has_cyrillic : 0);
    }
    void add_cyrillic(const sign& s, int flags) {
        if (!s.among_cyrillic)
            return;
        for (const char32_t letter : cyrillic_letters(s.literal))
            add(letter, used_cyrillic | flags);
    }
    void add_leet(const sign& s) {
        for (const char letter : leet_letters(s.literal))
            add(static_cast<char32_t>(letter), used_leet);
    }

    std::array<reading, 6> all_{};
    std::size_t size_ = 0;
};

}  // namespace tiktok2twitch::relay
