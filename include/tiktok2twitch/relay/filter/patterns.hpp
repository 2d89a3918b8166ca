// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/relay/filter/words/skeleton.hpp"

namespace re2 {
class RE2;
}
namespace tiktok2twitch::relay {

// Regular expressions, matched in linear time against the clean text and against its case-folded form (which
// also has full-width and mathematical letters plain). Upper and lower case are the same unless a pattern
// says (?-i).
class pattern_set {
public:
    static constexpr std::size_t most_patterns = 200;
    static constexpr int most_memory = 1 << 20;  // bytes per pattern
    // RE2 instructions. Without a bound "(x{500}){20}" would cost its whole size at every letter once the
    // memory for states is used up.
    static constexpr int most_instructions = 5000;

    static core::result<pattern_set> compile(const std::vector<std::string>& patterns, std::string* hint);

    struct findings {
        std::string rule;  // "pattern 2 \"x+\""; empty: none matches
        std::vector<text_range> where;
    };
    // `everywhere` false: only the rule. Of one pattern at most 32 places are looked up; from the next one on
    // the whole rest counts.
    findings find(std::string_view clean, bool everywhere) const;

private:
    std::vector<std::shared_ptr<const re2::RE2>> patterns_;
};

}  // namespace tiktok2twitch::relay
