// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "relay/look_alikes.hpp"
#include "relay/skeleton.hpp"
#include "relay/word_trie.hpp"

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
