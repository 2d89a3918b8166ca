// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/filter/words/word_trie.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tiktok2twitch::relay {
namespace {

constexpr std::uint8_t shortest_leet = 3;     // "5s" is a telephone
constexpr std::uint8_t shortest_doubled = 5;  // "good" is not "god", but "looser" is "loser"

constexpr std::uint8_t used = used_leet | used_second | used_cyrillic;

constexpr std::uint64_t key(std::uint32_t node, char32_t literal, std::uint8_t run) noexcept {
    return (std::uint64_t{node} << 23) | (std::uint64_t{run} << 21) | literal;
}

}  // namespace

// A letter that repeats is held back until something else follows: only then its number is known.
struct word_trie::state {
    std::uint32_t node = 0;
    char32_t held = 0;
    std::uint32_t first = 0;  // sign at which the word began
    std::uint8_t least = 0;   // letters that a word begun there must have
    std::uint8_t run = 0;
    std::uint8_t flags = 0;
    bool once = false;

    // What `other` may still find, this one finds, too.
    bool covers(const state& other) const noexcept {
        const int wanted = other.flags ^ used;
        return node == other.node && held == other.held && run == other.run && once == other.once &&
               least <= other.least && first <= other.first && ((flags ^ used) & wanted) == wanted;
    }
};

class word_trie::walk {
public:
    explicit walk(const word_trie& trie) : trie_(trie) {}
    walk(const walk&) = delete;
    walk& operator=(const walk&) = delete;

    // Everything that was followed, and a word that begins here, with one more sign.
    void step(const sign& s, std::size_t at, std::uint8_t begin) {
        std::size_t count = std::exchange(size_, 0);
        std::swap(now_, before_);
        if (begin != word_edge::none) {
            before_[count++] = {0, 0, static_cast<std::uint32_t>(at), begin, 0, 0, false};
        } else if (count == 0) {
            return;
        }
        const readings all(s);
        for (std::size_t i = count; i-- > 0;) {  // the newest always has a place
            for (const reading& as : all)
                advance(before_[i], as, s.run);
        }
    }

    // The word that ends with the last step, if words of `least` letters may.
    bool word(std::uint8_t least, hit& out) const {
        bool found = false;
        bool guessed = false;
        for (std::size_t i = 0; i < size_; ++i) {
            const state& from = now_[i];
            each_settled(from, [&](std::uint32_t node, std::uint8_t settled_least) {
                const node_end& end = trie_.ends_[node];
                const bool fits = end.letters != 0 && end.letters >= std::max(least, settled_least);
                const bool guess = settled_least >= shortest_doubled || (from.flags & used_second) != 0;
                // Of two words that begin together the one that was written, not guessed.
                const bool better =
                    !found || from.first < out.first || (from.first == out.first && guessed && !guess);
                if (fits && may_be(from.flags, end.letters) && better) {
                    out.word = end.word;
                    out.first = from.first;
                    found = true;
                    guessed = guess;
                }
            });
        }
        return found && !(guessed && is_harmless(out.first));
    }

private:
    // Readings followed at once. A real list has a handful that go on; the rest is for lists made to hurt.
    static constexpr std::size_t most = 32;

    static bool may_be(std::uint8_t flags, std::uint8_t letters) noexcept {
        const bool leet_fits =
            (flags & used_leet) == 0 || ((flags & has_letter) != 0 && letters >= shortest_leet);
        return leet_fits && ((flags & used_second) == 0 || (flags & has_latin) != 0) &&
               ((flags & used_cyrillic) == 0 || (flags & has_cyrillic) != 0);
    }

    bool is_harmless(std::size_t first) const {
        bool harmless = false;
        for (std::size_t i = 0; i < size_; ++i) {
            const state& from = now_[i];
            if (from.first != first || (from.flags & used) != 0)
                continue;
            each_settled(from, [&](std::uint32_t node, std::uint8_t least) {
                harmless = harmless || (trie_.ends_[node].harmless && least < shortest_doubled);
            });
        }
        return harmless;
    }

    void advance(const state& from, const reading& as, std::uint8_t run) {
        state next = from;
        next.flags = static_cast<std::uint8_t>(from.flags | as.flags);
        if (from.held == as.literal && !as.once && !from.once) {
            next.run = static_cast<std::uint8_t>(std::min(3, from.run + run));
            put(next);
            return;
        }
        next.held = as.literal;
        next.run = run;
        next.once = as.once;
        each_settled(from, [&](std::uint32_t node, std::uint8_t least) {
            next.node = node;
            next.least = least;
            put(next);
        });
    }

    template <class Use>
    void each_settled(const state& from, const Use& use) const {
        if (from.held == 0) {
            use(from.node, from.least);
            return;
        }
        if (from.once || from.held == word_gap) {
            if (const std::uint32_t node = trie_.child(from.node, from.held, 1); node != 0)
                use(node, from.least);
            return;
        }
        // "baaaad" is "bad" and "baad".
        for (std::uint8_t run = 1; run <= from.run; ++run) {
            const bool doubled = from.run == 2 && run == 1;
            if (const std::uint32_t node = trie_.child(from.node, from.held, run); node != 0)
                use(node, doubled ? std::max(from.least, shortest_doubled) : from.least);
        }
    }

    void put(const state& next) {
        if (next.node == 0 && !trie_.begins(next.held))
            return;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < size_; ++i) {
            if (now_[i].covers(next))
                return;
            if (!next.covers(now_[i]))
                now_[kept++] = now_[i];
        }
        size_ = kept;
        if (size_ < most)
            now_[size_++] = next;
    }

    const word_trie& trie_;
    // One state more than are followed: of the word that begins with the next sign.
    std::array<std::array<state, most + 1>, 2> states_;
    state* now_ = states_[0].data();
    state* before_ = states_[1].data();
    std::size_t size_ = 0;
};

std::uint32_t word_trie::child(std::uint32_t node, char32_t literal, std::uint8_t run) const {
    const auto found = children_.find(key(node, literal, run));
    return found == children_.end() ? 0 : found->second;
}

std::uint32_t word_trie::node_of(const std::vector<word_unit>& units) {
    std::uint32_t node = 0;
    for (const word_unit& unit : units) {
        const auto [found, is_new] = children_.try_emplace(key(node, unit.literal, unit.run),
                                                           static_cast<std::uint32_t>(ends_.size()));
        if (is_new)
            ends_.emplace_back();
        node = found->second;
    }
    first_.insert(units.front().literal);
    return node;
}

void word_trie::add(const std::vector<word_unit>& units, std::uint32_t word, std::size_t letters) {
    node_end& end = ends_[node_of(units)];
    if (end.letters != 0)
        return;
    end.word = word;
    end.letters = static_cast<std::uint8_t>(std::clamp<std::size_t>(letters, 1, 254));
}

std::vector<word_trie::hit> word_trie::find(const sign_stream& stream, bool only_first) const {
    std::vector<hit> hits;
    if (empty())
        return hits;
    walk follow(*this);
    for (std::size_t at = 0; at < stream.signs.size(); ++at) {
        follow.step(stream.signs[at], at, stream.edges[at].begin);
        hit found;
        if (stream.edges[at].end == word_edge::none || !follow.word(stream.edges[at].end, found))
            continue;
        found.last = at;
        hits.push_back(found);
        if (only_first)
            break;
    }
    return hits;
}

}  // namespace tiktok2twitch::relay
