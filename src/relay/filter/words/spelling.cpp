// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/filter/words/spelling.hpp"

#include <algorithm>
#include <span>

#include "tiktok2twitch/relay/filter/words/look_alikes.hpp"

namespace tiktok2twitch::relay {
namespace {

constexpr std::uint8_t next_to_digits = 3;
constexpr std::uint8_t spelled_out = 3;
constexpr std::uint8_t parted = 4;
constexpr std::uint8_t parted_by_apostrophe = 5;  // "he'll"

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

// What stands behind a number of one digit, too.
bool is_unit(std::span<const sign> letters) {
    constexpr std::u32string_view units = U"st nd rd th er am pm kg km cm gb tb ";
    if (letters.size() != 2 || letters[0].run != 1 || letters[1].run != 1)
        return false;
    const char32_t unit[] = {letters[0].literal, letters[1].literal, U' '};
    const std::size_t found = units.find(std::u32string_view(unit, 3));
    return found != units.npos && found % 3 == 0;
}

// "600k", "90s", "1st", "A55"; but "g00k" and "8i607" have a letter between digits, and "455hole" has too
// many.
bool is_number(std::span<const sign> word) {
    const auto is_digit = [](const sign& s) {
        return s.kind == sign_kind::digit;
    };
    const auto first_letter = std::ranges::find_if_not(word, is_digit);
    const auto digits = static_cast<std::size_t>(first_letter - word.begin());
    const auto rest = word.subspan(digits);
    if (digits == 0)
        return word.size() > 2 && word[0].run == 1 && std::ranges::all_of(word.subspan(1), is_digit);
    if (std::ranges::any_of(rest, is_digit))
        return false;
    unsigned letters = 0;
    for (const sign& s : rest)
        letters += s.run;
    return (digits > 1 && letters < 3) || is_unit(rest);
}

void mark_number(std::span<sign> word) {
    if (!is_number(word))
        return;
    for (sign& s : word)
        s.number = s.kind == sign_kind::digit;
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
            mark_number(std::span(stream.signs).subspan(at, word.size()));
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

void mark_alphabets(std::vector<sign>& signs) {
    if (std::ranges::none_of(signs, &sign::cyrillic))
        return;
    for (sign& s : signs)
        s.among_cyrillic = s.latin || s.kind == sign_kind::digit;
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

// A run of signs of `plain`, and what it became in `joined`.
struct piece {
    span_of_signs from;
    span_of_signs to;
};

piece close(sign_stream& stream, span_of_signs from, std::size_t begin) {
    const std::size_t end = stream.signs.size();
    stream.signs.push_back({});
    stream.edges.resize(stream.signs.size());
    return {from, {begin, end}};
}

// Words of one letter that stand before or behind what is spelled: "u r a b a d".
bool is_short_word(const sign& s) {
    return s.kind == sign_kind::digit ||
           std::u32string_view(U"aeiknoruy").find(s.literal) != std::u32string_view::npos;
}

piece join_letters(sign_stream& out, const std::vector<sign>& signs, std::span<const span_of_signs> words) {
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
    return close(out, {words.front().begin, words.back().end}, from);
}

std::vector<piece> join_spelled(sign_stream& out, const std::vector<sign>& signs,
                                const std::vector<span_of_signs>& words) {
    constexpr std::size_t widest_gap = 4;
    constexpr std::size_t fewest = 3;
    const std::span all(words);
    std::vector<piece> pieces;
    std::size_t first = 0;
    for (std::size_t i = 0; i <= words.size(); ++i) {
        const bool single = i < words.size() && words[i].size() == 1;
        const bool near = i == first || (single && words[i].begin - words[i - 1].end <= widest_gap &&
                                         words[i].begin > words[i - 1].end);
        if (single && near)
            continue;
        if (i - first >= fewest)
            pieces.push_back(join_letters(out, signs, all.subspan(first, i - first)));
        first = single ? i : i + 1;
    }
    return pieces;
}

// One stretch without blanks that has several words.
piece join_parted(sign_stream& out, const std::vector<sign>& signs, span_of_signs chunk, std::uint8_t least) {
    const std::size_t from = out.signs.size();
    for (std::size_t i = chunk.begin; i < chunk.end; ++i) {
        if (in_word(signs[i]) || may_be_letter(signs[i]))
            append_sign(out.signs, signs[i]);
    }
    out.edges.resize(out.signs.size());
    for (std::size_t i = from; i < out.signs.size(); ++i) {
        if (out.signs[i].kind != sign_kind::digit)
            out.edges[i].begin = least;
        if (is_letter(out.signs[i]))
            break;
    }
    for (std::size_t i = out.signs.size(); i-- > from;) {
        if (out.signs[i].kind != sign_kind::digit)
            out.edges[i].end = least;
        if (is_letter(out.signs[i]))
            break;
    }
    return close(out, chunk, from);
}

// "who're" is not "whore", "Kike's" not "kikes".
bool is_contraction(const std::vector<sign>& signs, span_of_signs last, std::size_t chunk) {
    if (last.begin < chunk + 2 || signs[last.begin - 1].kind != sign_kind::apostrophe)
        return false;
    const sign& first = signs[last.begin];
    const auto is = [&first](char32_t letter, int run) {
        return first.literal == letter && first.run == run;
    };
    if (last.size() == 1)
        return is(U'l', 2) || is(U's', 1) || is(U'd', 1) || is(U'm', 1) ||
               (is(U't', 1) && signs[last.begin - 2].literal == U'n');
    return last.size() == 2 && (is(U'r', 1) || is(U'v', 1)) && signs[last.begin + 1].literal == U'e';
}

std::vector<piece> join_chunks(sign_stream& out, const std::vector<sign>& signs,
                               const std::vector<span_of_signs>& words) {
    std::vector<piece> pieces;
    std::size_t word = 0;
    for (std::size_t at = 0; at < signs.size();) {
        std::size_t end = at;
        bool whole = true;
        std::uint8_t least = parted;
        for (; end < signs.size() && signs[end].kind != sign_kind::blank; ++end) {
            whole = whole && !signs[end].alone;
            if (signs[end].kind == sign_kind::apostrophe)
                least = parted_by_apostrophe;
        }
        std::size_t count = 0;
        bool longer = false;  // single letters are join_spelled's
        for (; word < words.size() && words[word].begin < end; ++word, ++count)
            longer = longer || words[word].size() > 1;
        if (whole && longer && count > 1 && !is_contraction(signs, words[word - 1], at))
            pieces.push_back(join_parted(out, signs, {at, end}, least));
        at = end + 1;
    }
    return pieces;
}

void append(sign_stream& out, const sign_stream& from, span_of_signs what) {
    for (std::size_t i = what.begin; i < what.end; ++i) {
        out.signs.push_back(from.signs[i]);
        out.edges.push_back(from.edges[i]);
    }
}

// Of pieces that overlap the one that begins first, or else is longer.
void mend(spellings& ways, std::span<const piece> spelled, std::span<const piece> chunks) {
    const std::size_t size = ways.plain.signs.size();
    for (std::size_t at = 0; at < size;) {
        const piece* best = nullptr;
        for (std::span<const piece>* pieces : {&spelled, &chunks}) {
            while (!pieces->empty() && pieces->front().from.begin < at)
                *pieces = pieces->subspan(1);
            if (pieces->empty())
                continue;
            const piece& next = pieces->front();
            if (best == nullptr || next.from.begin < best->from.begin ||
                (next.from.begin == best->from.begin && next.from.end > best->from.end))
                best = &next;
        }
        append(ways.mended, ways.plain, {at, best == nullptr ? size : best->from.begin});
        if (best == nullptr)
            break;
        append(ways.mended, ways.joined, best->to);
        at = best->from.end;
    }
}

}  // namespace

spellings spellings_of(std::string_view text) {
    spellings result;
    result.plain.signs = signs_of(text);
    mark_edges(result.plain);
    mark_alphabets(result.plain.signs);
    const auto words = words_of(result.plain.signs);
    const auto spelled = join_spelled(result.joined, result.plain.signs, words);
    const auto chunks = join_chunks(result.joined, result.plain.signs, words);
    if (!spelled.empty() || !chunks.empty())
        mend(result, spelled, chunks);
    return result;
}

}  // namespace tiktok2twitch::relay
