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

#include "tiktok2twitch/relay/filter/words/skeleton.hpp"
#include "tiktok2twitch/relay/filter/words/word_trie.hpp"

namespace tiktok2twitch::relay {

class word_matcher {
public:
    static constexpr std::size_t most_words = 50'000;  // of all lists; some 20 MB
    static constexpr std::size_t longest_word = 100;   // signs

    // What is wrong with the word, as the end of a sentence; empty: it was added. `list` names where it is
    // from: "of list en". A shipped word is not found inside of a phrase that except() was told.
    std::string_view add(std::string_view word, std::string_view list, bool shipped = false);
    // "faggots and peas" are a dish. Compared as words are.
    void except(std::string_view phrase);

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
    bool empty() const noexcept { return shipped_.empty() && own_.empty(); }
    std::vector<word_trie::hit> hits_in(const sign_stream& stream, bool only_first) const;

    word_trie shipped_;
    word_trie own_;
    word_trie except_;
    std::vector<entry> entries_;
    std::vector<std::string> lists_;
};

// The text of starter_lists/<language>.txt or starter_lists/swearing/<language>.txt, which the build puts
// into the program.
std::optional<std::string_view> starter_list(std::string_view language) noexcept;
std::optional<std::string_view> swearing_list(std::string_view language);

// Phrases in which words of these lists mean something else.
void add_exceptions(word_matcher& words);

// Adds the words of a list's text: one word or phrase per line; '#' at the start of a line or behind a blank
// begins a comment. The problem, with its line; empty: all were added. `name` is for messages, `list` for
// rules.
std::string add_list(word_matcher& words, std::string_view text, std::string_view name, std::string_view list,
                     bool is_shipped = false);

// Languages of the lists that are shipped inside the program.
std::vector<std::string_view> starter_list_languages();

}  // namespace tiktok2twitch::relay
