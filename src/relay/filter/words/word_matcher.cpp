// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/filter/words/word_matcher.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/filter/words/look_alikes.hpp"
#include "tiktok2twitch/relay/filter/words/spelling.hpp"

namespace tiktok2twitch::relay {
namespace {

struct shipped_list {
    std::string_view name;  // "en", "swearing/en", "harmless"
    std::string_view text;
};

constexpr std::array shipped_lists{std::to_array<shipped_list>({
#include "starter_lists.inc"
})};

std::string_view without_comment(std::string_view line) {
    for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
        if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t')
            return line.substr(0, at);
    }
    return line;
}

std::string_view trim(std::string_view line) {
    constexpr std::string_view blanks = " \t\r";
    const std::size_t first = line.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return line.substr(first, line.find_last_not_of(blanks) - first + 1);
}

std::optional<std::string_view> list_named(std::string_view name) noexcept {
    const auto* const found = std::ranges::find(shipped_lists, name, &shipped_list::name);
    return found == shipped_lists.end() ? std::nullopt : std::optional(found->text);
}

constexpr std::string_view harmless = "harmless";

// `use(word, number of its line)` for each word, until it returns false.
template <class Use>
void each_word(std::string_view text, const Use& use) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark))
        text.remove_prefix(byte_order_mark.size());
    std::size_t number = 1;
    for (std::size_t at = 0; at < text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view word = trim(without_comment(text.substr(at, end - at)));
        at = end + 1;
        if (!word.empty() && !use(word, number))
            return;
    }
}

}  // namespace

std::vector<std::string_view> starter_list_languages() {
    std::vector<std::string_view> languages;
    for (const shipped_list& list : shipped_lists) {
        if (list.name != harmless && list.name.find('/') == std::string_view::npos)
            languages.push_back(list.name);
    }
    return languages;
}

std::optional<std::string_view> starter_list(std::string_view language) noexcept {
    const bool other = language == harmless || language.find('/') != std::string_view::npos;
    return other ? std::nullopt : list_named(language);
}

std::optional<std::string_view> swearing_list(std::string_view language) {
    return list_named("swearing/" + std::string(language));
}

void add_exceptions(word_matcher& words) {
    each_word(list_named(harmless).value(), [&words](std::string_view phrase, std::size_t) {
        words.except(phrase);
        return true;
    });
}

std::string add_list(word_matcher& words, std::string_view text, std::string_view name, std::string_view list,
                     bool is_shipped) {
    std::string wrong;
    each_word(text, [&](std::string_view word, std::size_t number) {
        if (const std::string_view problem = words.add(word, list, is_shipped); !problem.empty())
            wrong = std::string(name) + ", line " + std::to_string(number) + ": \"" + std::string(word) +
                    "\" " + std::string(problem);
        return wrong.empty();
    });
    return wrong;
}

namespace {

struct listed_word {
    std::vector<word_unit> units;
    std::size_t letters = 0;
    bool phrase = false;
    bool lost_signs = false;  // that part words or stand at their end: "c++", "n***"
};

bool is_letter(const word_unit& unit) noexcept {
    return unit.literal >= U'a' && unit.literal <= U'z';
}

class unit_writer {
public:
    void put(const sign& s, char32_t literal) {
        if (gap_waits_ && !word_.units.empty()) {
            word_.units.push_back({word_gap, 1});
            word_.phrase = true;
        }
        // "Il": the same letter with two second readings is two signs.
        const bool repeats = s.kind != sign_kind::digit && !s.alone && !gap_waits_ && !word_.units.empty() &&
                             word_.units.back().literal == literal;
        gap_waits_ = false;
        word_.letters += s.run;
        if (repeats) {
            word_unit& last = word_.units.back();
            last.run = static_cast<std::uint8_t>(std::min(3, last.run + s.run));
        } else {
            word_.units.push_back({literal, s.run});
        }
    }
    void part(bool by_sign) noexcept {
        gap_waits_ = true;
        word_.lost_signs = word_.lost_signs || by_sign;
    }
    listed_word take() { return std::move(word_); }

private:
    listed_word word_;
    bool gap_waits_ = false;
};

// The letter that the one who listed "a$$" or "sh!t" meant; 0: the sign parts words.
char32_t meant_by(const std::vector<sign>& signs, std::size_t at) {
    const sign& s = signs[at];
    if (s.second != 0)
        return static_cast<char32_t>(s.second);
    const std::string_view letters = leet_letters(s.literal);
    const bool before = at > 0 && signs[at - 1].kind != sign_kind::blank;
    const bool behind = at + 1 < signs.size() && in_word(signs[at + 1]);
    const bool never_punctuation = s.literal == U'@' || s.literal == U'$';
    if (letters.empty() || !((before && behind) || (never_punctuation && (before || behind))))
        return 0;
    return static_cast<char32_t>(letters.front());
}

// "$$$" and "!" are no words, an emoji is.
constexpr char32_t first_picture = 0x2000;

listed_word units_of(const std::vector<sign>& signs) {
    const bool has_words = std::ranges::any_of(
        signs, [](const sign& s) { return s.kind == sign_kind::letter || s.kind == sign_kind::digit; });
    unit_writer writer;
    for (std::size_t i = 0; i < signs.size(); ++i) {
        const sign& s = signs[i];
        if (s.kind == sign_kind::letter || s.kind == sign_kind::digit) {
            writer.put(s, s.literal);
        } else if (s.kind == sign_kind::symbol && !has_words && s.literal >= first_picture) {
            sign alone = s;  // an emoji, or several: each counts
            alone.kind = sign_kind::digit;
            writer.put(alone, s.literal);
        } else if (const char32_t letter = s.kind == sign_kind::symbol ? meant_by(signs, i) : 0;
                   letter != 0) {
            writer.put(s, letter);
        } else {
            writer.part(has_words && s.kind != sign_kind::blank);
        }
    }
    return writer.take();
}

std::vector<word_unit> without_gaps(const std::vector<word_unit>& units) {
    std::vector<word_unit> glued;
    for (const word_unit& unit : units) {
        if (unit.literal == word_gap)
            continue;
        if (!glued.empty() && glued.back().literal == unit.literal && is_letter(unit)) {
            glued.back().run = static_cast<std::uint8_t>(std::min(3, glued.back().run + unit.run));
        } else {
            glued.push_back(unit);
        }
    }
    return glued;
}

// "kuemmel" for "kümmel", as keyboards without umlauts have it.
std::string without_umlauts(std::string_view word) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> umlauts{
        {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "ae"}, {"Ö", "oe"}, {"Ü", "ue"}}};
    std::string spelled(word);
    for (const auto& [umlaut, letters] : umlauts) {
        for (std::size_t at = 0; (at = spelled.find(umlaut, at)) != std::string::npos;)
            spelled.replace(at, umlaut.size(), letters);
    }
    return spelled;
}

// What an l for an i or a letter too many would make of words that lists have: Dutch "negeer" is not "neger",
// "du spaßt" not "du spast".
constexpr std::array<std::string_view, 11> innocent{"du spasst", "negeer",   "flotte",   "flottes",
                                                    "flottee",   "flottees", "pildoras", "rapper",
                                                    "rappers",   "rapped",   "rapping"};

void add_to(word_trie& trie, const listed_word& listed, std::uint32_t number) {
    // A phrase so long without its blanks is no other word: "kill yourself", but not "go on".
    constexpr std::size_t long_phrase = 8;
    trie.add(listed.units, number, listed.letters);
    if (listed.phrase && listed.letters >= long_phrase)
        trie.add(without_gaps(listed.units), number, listed.letters);
}

}  // namespace

std::string_view word_matcher::add(std::string_view word, std::string_view list, bool shipped) {
    std::string shown = core::repair_utf8(word);
    const listed_word listed = units_of(signs_of(shown));
    if (listed.units.empty())
        return "has no letter, digit or symbol that could be compared";
    // "n***" would block the letter wherever it stands alone.
    if (listed.letters < 2 && listed.lost_signs)
        return "has one letter or digit beside signs that do not count, and would block that one alone; "
               "write the whole word";
    if (listed.letters > longest_word)
        return "is longer than 100 letters";
    if (entries_.size() >= most_words)
        return "is one too many: all lists together may have 50000 words";
    if (lists_.empty() || lists_.back() != list)
        lists_.emplace_back(list);
    const auto number = static_cast<std::uint32_t>(entries_.size());
    word_trie& trie = shipped ? shipped_ : own_;
    if (trie.empty()) {
        for (const std::string_view each : innocent)
            trie.add_harmless(units_of(signs_of(each)).units);
    }
    add_to(trie, listed, number);
    if (const std::string spelled = without_umlauts(shown); spelled != shown)
        add_to(trie, units_of(signs_of(spelled)), number);
    entries_.push_back({std::move(shown), lists_.size() - 1});
    return {};
}

void word_matcher::except(std::string_view phrase) {
    const listed_word listed = units_of(signs_of(phrase));
    if (!listed.units.empty())
        except_.add(listed.units, 0, listed.letters);
}

std::string word_matcher::rule(std::uint32_t word) const {
    const entry& found = entries_[word];
    return "word \"" + found.word + "\" " + lists_[found.list];
}

// In the order of their ends; of those that end together the one that was listed first.
std::vector<word_trie::hit> word_matcher::hits_in(const sign_stream& stream, bool only_first) const {
    auto hits = shipped_.find(stream, only_first && except_.empty());
    if (!hits.empty() && !except_.empty()) {
        const auto phrases = except_.find(stream, false);
        std::erase_if(hits, [&phrases](const word_trie::hit& hit) {
            return std::ranges::any_of(phrases, [&hit](const word_trie::hit& phrase) {
                return phrase.first <= hit.first && hit.last <= phrase.last;
            });
        });
    }
    const auto own = own_.find(stream, only_first);
    hits.insert(hits.end(), own.begin(), own.end());
    std::ranges::sort(hits, [](const word_trie::hit& one, const word_trie::hit& other) {
        return std::pair(one.last, one.word) < std::pair(other.last, other.word);
    });
    return hits;
}

std::optional<std::string> word_matcher::first(std::string_view clean) const {
    if (empty())
        return std::nullopt;
    const spellings ways = spellings_of(clean);
    for (const sign_stream* stream : {&ways.plain, &ways.joined, &ways.mended}) {
        if (const auto hits = hits_in(*stream, true); !hits.empty())
            return rule(hits.front().word);
    }
    return std::nullopt;
}

word_matcher::findings word_matcher::all(std::string_view clean) const {
    findings result;
    if (empty())
        return result;
    const spellings ways = spellings_of(clean);
    for (const sign_stream* stream : {&ways.plain, &ways.joined, &ways.mended}) {
        const auto& signs = stream->signs;
        for (const word_trie::hit& hit : hits_in(*stream, false)) {
            if (result.where.empty())
                result.rule = rule(hit.word);
            result.where.push_back({signs[hit.first].where.begin, signs[hit.last].where.end});
        }
    }
    return result;
}

}  // namespace tiktok2twitch::relay
