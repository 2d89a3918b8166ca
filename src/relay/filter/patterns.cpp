// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/filter/patterns.hpp"

#include <algorithm>

#include <re2/re2.h>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/unicode.hpp"
#include "tiktok2twitch/relay/filter/words/skeleton.hpp"

namespace tiktok2twitch::relay {
namespace {

// No entry may undo the bound on linear time: each further match may read the rest of the text again.
constexpr std::size_t most_matches = 32;

constexpr std::size_t longest_quote = 60;  // code points of a pattern, in a rule

re2::RE2::Options options() {
    re2::RE2::Options result;
    result.set_log_errors(false);
    result.set_case_sensitive(false);
    result.set_max_mem(pattern_set::most_memory);
    return result;
}

std::string problem_of(const re2::RE2& pattern) {
    if (!pattern.ok())
        return "is no regular expression: " + pattern.error();
    if (pattern.ProgramSize() > pattern_set::most_instructions)
        return "is too large; write it shorter or as several";
    if (re2::RE2::PartialMatch("", pattern))
        return "matches the empty text, and with it every message";
    return {};
}

std::vector<text_range> matches(const re2::RE2& pattern, std::string_view text) {
    std::vector<text_range> where;
    const re2::StringPiece all(text.data(), text.size());
    re2::StringPiece match;
    std::size_t at = 0;
    while (at < text.size() && pattern.Match(all, at, text.size(), re2::RE2::UNANCHORED, &match, 1)) {
        const auto begin = static_cast<std::size_t>(match.data() - text.data());
        if (begin == text.size())
            break;  // nothing to see at the very end
        if (where.size() == most_matches) {
            where.push_back({begin, text.size()});
            break;
        }
        const std::size_t end = begin + match.size();
        where.push_back({begin, std::max(end, begin + 1)});
        at = std::max(end, begin + 1);
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
            ++at;
    }
    return where;
}

// Of a place in the folded text: where it was.
text_range unfold(const folded_text& folded, std::string_view source, text_range place) {
    std::size_t end = folded.origin[std::min(place.end, folded.origin.size()) - 1];
    core::utf8::next(source, end);
    return {folded.origin[place.begin], end};
}

}  // namespace

core::result<pattern_set> pattern_set::compile(const std::vector<std::string>& patterns, std::string* hint) {
    pattern_set result;
    const auto fail = [hint](std::string text) -> core::error_code {
        if (hint != nullptr)
            *hint = std::move(text);
        return core::make_error_code(core::errc::bad_filter);
    };
    if (patterns.size() > most_patterns)
        return fail("filter.patterns has " + std::to_string(patterns.size()) + " entries; " +
                    std::to_string(most_patterns) + " are the most. Join some with |");
    for (std::size_t i = 0; i < patterns.size(); ++i) {
        auto pattern = std::make_shared<const re2::RE2>(patterns[i], options());
        if (const std::string problem = problem_of(*pattern); !problem.empty())
            return fail("filter.patterns, entry " + std::to_string(i + 1) + ": \"" + patterns[i] + "\" " +
                        problem);
        result.patterns_.push_back(std::move(pattern));
    }
    return result;
}

pattern_set::findings pattern_set::find(std::string_view clean, bool everywhere) const {
    findings result;
    if (patterns_.empty() || clean.empty())
        return result;
    const folded_text folded = fold_with_origins(clean);
    const bool same = folded.text == clean;
    for (std::size_t i = 0; i < patterns_.size(); ++i) {
        const re2::RE2& pattern = *patterns_[i];
        const re2::StringPiece forms[] = {{clean.data(), clean.size()},
                                          {folded.text.data(), folded.text.size()}};
        if (!re2::RE2::PartialMatch(forms[0], pattern) &&
            (same || !re2::RE2::PartialMatch(forms[1], pattern)))
            continue;
        if (result.rule.empty())
            result.rule = "pattern " + std::to_string(i + 1) + " \"" +
                          core::cut_code_points(pattern.pattern(), longest_quote) + "\"";
        if (!everywhere)
            return result;
        for (const text_range& place : matches(pattern, clean))
            result.where.push_back(place);
        if (!same) {
            for (const text_range& place : matches(pattern, folded.text))
                result.where.push_back(unfold(folded, clean, place));
        }
    }
    return result;
}

}  // namespace tiktok2twitch::relay
