// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// Blocked words and phrases: which of them a text holds, however they are written.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "relay/skeleton.hpp"
#include "relay/word_trie.hpp"

namespace tiktok2twitch::relay {

class word_matcher {
public:
    static constexpr std::size_t most_words = 50'000;  // of all lists; some 20 MB
    static constexpr std::size_t longest_word = 100;   // signs

    // What is wrong with the word, as the end of a sentence; empty: it was added. `list` names where it is
    // from: "of list en".
    std::string_view add(std::string_view word, std::string_view list);

    // "word \"x\" of list en" for the first blocked word; nothing: the text has none.
    std::optional<std::string> first(std::string_view clean) const;
    // Where all of them are; `rule` is first()'s.
    struct findings {
        std::string rule;
        std::vector<text_range> where;
    };
    findings all(std::string_view clean) const;

private:
    struct entry {
        std::string word;
        std::size_t list = 0;
    };
    std::string rule(std::uint32_t word) const;

    word_trie trie_;
    std::vector<entry> entries_;
    std::vector<std::string> lists_;
};

}  // namespace tiktok2twitch::relay
