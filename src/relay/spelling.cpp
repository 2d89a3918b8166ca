// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/spelling.hpp"

#include <algorithm>
#include <span>

#include "relay/look_alikes.hpp"

namespace tiktok2twitch::relay {
namespace {

constexpr std::uint8_t next_to_digits = 3;
constexpr std::uint8_t spelled_out = 3;
constexpr std::uint8_t parted = 4;

bool is_letter(const sign& s) noexcept {
    return s.kind == sign_kind::letter;
}

bool may_be_letter(const sign& s) noexcept {
    return s.kind == sign_kind::symbol && (s.second != 0 || !leet_letters(s.literal).empty());
}

struct span_of_signs {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t size() const noexcept { return end - begin; }
};

std::size_t word_end(const std::vector<sign>& signs, std::size_t at) {
    while (at < signs.size() && in_word(signs[at]))
        ++at;
    return at;
}

// "@ss" of "gl@ss" is no word of its own, unless it is long.
std::uint8_t beside(const std::vector<sign>& signs, std::size_t symbol, std::size_t other) {
    const bool inner = may_be_letter(signs[symbol]) && other < signs.size() && in_word(signs[other]);
    return inner ? next_to_digits : std::uint8_t{1};
}

void mark_word(sign_stream& stream, span_of_signs word) {
    const auto& signs = stream.signs;
    const std::size_t before = word.begin - 1;  // wraps; only used when there is one
    stream.edges[word.begin].begin = word.begin == 0 ? 1 : beside(signs, before, before - 1);
    stream.edges[word.end - 1].end = word.end == signs.size() ? 1 : beside(signs, word.end, word.end + 1);

    std::size_t first = word.begin;
    while (first < word.end && signs[first].kind == sign_kind::digit)
        ++first;
    if (first != word.begin && first != word.end)
        stream.edges[first].begin = next_to_digits;
    std::size_t last = word.end;
    while (last > word.begin && signs[last - 1].kind == sign_kind::digit)
        --last;
    if (last != word.end && last != word.begin)
        stream.edges[last - 1].end = next_to_digits;
}

void mark_edges(sign_stream& stream) {
    const auto& signs = stream.signs;
    stream.edges.assign(signs.size(), {});
    for (std::size_t at = 0; at < signs.size();) {
        if (in_word(signs[at])) {
            const span_of_signs word{at, word_end(signs, at)};
            mark_word(stream, word);
            at = word.end;
            continue;
        }
        if (signs[at].alone || signs[at].kind == sign_kind::symbol) {
            if (at == 0 || !in_word(signs[at - 1]))
                stream.edges[at].begin = 1;
            if (at + 1 == signs.size() || !in_word(signs[at + 1]))
                stream.edges[at].end = 1;
            if (!may_be_letter(signs[at]) || signs[at].second != 0)
                stream.edges[at] = {1, 1};  // an ideograph, an emoji
        }
        ++at;
    }
}

// Words, and symbols that stand where a letter would ("b @ d").
std::vector<span_of_signs> words_of(const std::vector<sign>& signs) {
    const auto parts = [&signs](std::size_t at) {
        const sign_kind kind = signs[at].kind;
        return kind == sign_kind::blank || kind == sign_kind::punctuation;
    };
    std::vector<span_of_signs> words;
    for (std::size_t at = 0; at < signs.size();) {
        std::size_t end = word_end(signs, at);
        if (end == at && may_be_letter(signs[at]) && (at == 0 || parts(at - 1)) &&
            (at + 1 == signs.size() || parts(at + 1)))
            end = at + 1;
        if (end > at)
            words.push_back({at, end});
        at = std::max(end, at + 1);
    }
    return words;
}

void close(sign_stream& stream) {
    stream.signs.push_back({});
    stream.edges.resize(stream.signs.size());
}

// Words of one letter that stand before or behind what is spelled: "u r a b a d".
bool is_short_word(const sign& s) {
    return s.kind == sign_kind::digit ||
           std::u32string_view(U"aeiknoruy").find(s.literal) != std::u32string_view::npos;
}

void join_letters(sign_stream& out, const std::vector<sign>& signs, std::span<const span_of_signs> words) {
    const std::size_t from = out.signs.size();
    for (const span_of_signs& word : words)
        append_sign(out.signs, signs[word.begin]);
    out.edges.resize(out.signs.size());
    // Between digits no word begins or ends: "2 1 4 8 8 8" is a number.
    for (std::size_t i = from; i < out.signs.size(); ++i) {
        if (i == from || is_letter(out.signs[i]))
            out.edges[i].begin = spelled_out;
        if (!is_short_word(out.signs[i]))
            break;
    }
    for (std::size_t i = out.signs.size(); i-- > from;) {
        if (i + 1 == out.signs.size() || is_letter(out.signs[i]))
            out.edges[i].end = spelled_out;
        if (!is_short_word(out.signs[i]))
            break;
    }
    close(out);
}

void join_spelled(sign_stream& out, const std::vector<sign>& signs, const std::vector<span_of_signs>& words) {
    constexpr std::size_t widest_gap = 4;
    constexpr std::size_t fewest = 3;
    const std::span all(words);
    std::size_t first = 0;
    for (std::size_t i = 0; i <= words.size(); ++i) {
        const bool single = i < words.size() && words[i].size() == 1;
        const bool near = i == first || (single && words[i].begin - words[i - 1].end <= widest_gap &&
                                         words[i].begin > words[i - 1].end);
        if (single && near)
            continue;
        if (i - first >= fewest)
            join_letters(out, signs, all.subspan(first, i - first));
        first = single ? i : i + 1;
    }
}

// One stretch without blanks and apostrophes that has several words.
void join_parted(sign_stream& out, const std::vector<sign>& signs, span_of_signs chunk) {
    const std::size_t from = out.signs.size();
    for (std::size_t i = chunk.begin; i < chunk.end; ++i) {
        if (in_word(signs[i]) || may_be_letter(signs[i]))
            append_sign(out.signs, signs[i]);
    }
    out.edges.resize(out.signs.size());
    for (std::size_t i = from; i < out.signs.size(); ++i) {
        if (out.signs[i].kind != sign_kind::digit)
            out.edges[i].begin = parted;
        if (is_letter(out.signs[i]))
            break;
    }
    for (std::size_t i = out.signs.size(); i-- > from;) {
        if (out.signs[i].kind != sign_kind::digit)
            out.edges[i].end = parted;
        if (is_letter(out.signs[i]))
            break;
    }
    close(out);
}

void join_chunks(sign_stream& out, const std::vector<sign>& signs, const std::vector<span_of_signs>& words) {
    std::size_t word = 0;
    for (std::size_t at = 0; at < signs.size();) {
        std::size_t end = at;
        bool whole = true;
        while (end < signs.size() && signs[end].kind != sign_kind::blank) {
            whole = whole && signs[end].kind != sign_kind::apostrophe && !signs[end].alone;
            ++end;
        }
        std::size_t count = 0;
        bool longer = false;  // single letters are join_spelled's
        for (; word < words.size() && words[word].begin < end; ++word, ++count)
            longer = longer || words[word].size() > 1;
        if (whole && longer && count > 1)
            join_parted(out, signs, {at, end});
        at = end + 1;
    }
}

}  // namespace

spellings spellings_of(std::string_view text) {
    spellings result;
    result.plain.signs = signs_of(text);
    mark_edges(result.plain);
    const auto words = words_of(result.plain.signs);
    join_spelled(result.joined, result.plain.signs, words);
    join_chunks(result.joined, result.plain.signs, words);
    return result;
}

}  // namespace tiktok2twitch::relay
