// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/word_trie.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "relay/look_alikes.hpp"

namespace tiktok2twitch::relay {
namespace {

// What a reading was made of.
constexpr std::uint8_t has_letter = 1;
constexpr std::uint8_t has_latin = 2;
constexpr std::uint8_t used_leet = 4;
constexpr std::uint8_t used_second = 8;

constexpr std::uint8_t shortest_leet = 3;  // "5s" is a telephone

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
                add(s.literal, s.latin ? has_letter | has_latin : has_letter, s.alone);
                if (s.second != 0)
                    add(static_cast<char32_t>(s.second),
                        used_second | (s.latin ? has_letter | has_latin : has_letter));
                break;
            case sign_kind::digit:
                add(s.literal, 0, true);
                add_leet(s);
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
    void add_leet(const sign& s) {
        for (const char letter : leet_letters(s.literal))
            add(static_cast<char32_t>(letter), used_leet);
    }

    std::array<reading, 6> all_{};
    std::size_t size_ = 0;
};

constexpr std::uint64_t key(std::uint32_t node, char32_t literal, std::uint8_t run) noexcept {
    return (std::uint64_t{node} << 23) | (std::uint64_t{run} << 21) | literal;
}

}  // namespace

// A letter that repeats is held back until something else follows: only then its number is known.
struct word_trie::state {
    std::uint32_t node = 0;
    char32_t held = 0;
    std::uint8_t run = 0;
    std::uint8_t flags = 0;
    bool once = false;
    friend bool operator==(const state&, const state&) = default;
};

class word_trie::walk {
public:
    explicit walk(const word_trie& trie) : trie_(trie) { now_[0] = {}; }

    bool alive() const noexcept { return size_ != 0; }

    void step(const sign& s) {
        std::array<state, most> before;
        const std::size_t count = std::exchange(size_, 0);
        std::copy_n(now_.begin(), count, before.begin());
        const readings all(s);
        for (std::size_t i = 0; i < count; ++i) {
            const state& from = before[i];
            for (const reading& as : all) {
                const auto flags = static_cast<std::uint8_t>(from.flags | as.flags);
                if (from.held == as.literal && !as.once && !from.once) {
                    const auto run = static_cast<std::uint8_t>(std::min(3, from.run + s.run));
                    put({from.node, from.held, run, flags, false});
                } else {
                    each_settled(from, [&](std::uint32_t node) {
                        put({node, as.literal, s.run, flags, as.once});
                    });
                }
            }
        }
    }

    // The word that ends with the last step, if a word of `least` letters may.
    std::optional<std::uint32_t> word(std::uint8_t least) const {
        std::optional<std::uint32_t> best;
        for (std::size_t i = 0; i < size_; ++i) {
            each_settled(now_[i], [&](std::uint32_t node) {
                const node_end& end = trie_.ends_[node];
                if (end.letters != 0 && end.letters >= least && may_be(now_[i].flags, end.letters))
                    best = best ? std::min(*best, end.word) : end.word;
            });
        }
        return best;
    }

private:
    // Readings followed at once. A real list has one or two that go on; the rest is for lists made to hurt.
    static constexpr std::size_t most = 24;

    static bool may_be(std::uint8_t flags, std::uint8_t letters) noexcept {
        const bool leet_fits =
            (flags & used_leet) == 0 || ((flags & has_letter) != 0 && letters >= shortest_leet);
        return leet_fits && ((flags & used_second) == 0 || (flags & has_latin) != 0);
    }

    template <class Use>
    void each_settled(const state& from, const Use& use) const {
        if (from.held == 0) {
            use(from.node);
            return;
        }
        if (from.once || from.held == word_gap) {
            if (const std::uint32_t node = trie_.child(from.node, from.held, 1); node != 0)
                use(node);
            return;
        }
        // "baaaad" is "bad" and "baad"; "good" is not "god".
        const std::uint8_t least = from.run == 3 ? 1 : from.run;
        for (std::uint8_t run = least; run <= from.run; ++run) {
            if (const std::uint32_t node = trie_.child(from.node, from.held, run); node != 0)
                use(node);
        }
    }

    void put(const state& next) {
        const auto end = now_.begin() + static_cast<std::ptrdiff_t>(size_);
        if (size_ < most && std::find(now_.begin(), end, next) == end)
            now_[size_++] = next;
    }

    const word_trie& trie_;
    std::array<state, most> now_{};
    std::size_t size_ = 1;
};

std::uint32_t word_trie::child(std::uint32_t node, char32_t literal, std::uint8_t run) const {
    const auto found = children_.find(key(node, literal, run));
    return found == children_.end() ? 0 : found->second;
}

void word_trie::add(const std::vector<word_unit>& units, std::uint32_t word, std::size_t letters) {
    std::uint32_t node = 0;
    for (const word_unit& unit : units) {
        const auto [found, is_new] = children_.try_emplace(key(node, unit.literal, unit.run),
                                                           static_cast<std::uint32_t>(ends_.size()));
        if (is_new)
            ends_.emplace_back();
        node = found->second;
    }
    if (ends_[node].letters == 0)
        ends_[node] = {word, static_cast<std::uint8_t>(std::clamp<std::size_t>(letters, 1, 254))};
    longest_ = std::max(longest_, units.size());
}

std::optional<word_trie::hit> word_trie::find(const sign_stream& stream, std::size_t from) const {
    // A unit may be written with several signs ("aA@", ". - ."): four each, and some to begin with.
    const std::size_t reach = longest_ * 4 + 16;
    for (std::size_t first = from; first < stream.signs.size(); ++first) {
        const word_edge& begin = stream.edges[first];
        if (begin.begin == word_edge::none)
            continue;
        std::optional<hit> best;
        walk follow(*this);
        const std::size_t end = std::min(stream.signs.size(), first + reach);
        for (std::size_t at = first; at < end && follow.alive(); ++at) {
            follow.step(stream.signs[at]);
            const std::uint8_t least = stream.edges[at].end;
            if (least == word_edge::none)
                continue;
            if (const auto word = follow.word(std::max(least, begin.begin)))
                best = hit{*word, first, at};
        }
        if (best)
            return best;
    }
    return std::nullopt;
}

}  // namespace tiktok2twitch::relay
