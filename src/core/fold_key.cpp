// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "core/clusters.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::core {
namespace {

// "1000" and "10000" are not the same, "loool" and "looool" are.
bool is_digit(std::string_view cluster) {
    char32_t code_point = 0;
    std::size_t at = 0;
    code_point = utf8::next(cluster, at);
    return utf8proc_category(static_cast<utf8proc_int32_t>(code_point)) >= UTF8PROC_CATEGORY_ND &&
           utf8proc_category(static_cast<utf8proc_int32_t>(code_point)) <= UTF8PROC_CATEGORY_NO;
}

// "Part II" and "Part III", "C+" and "C++" are not the same: letters that are numerals as well and ASCII's
// other signs are kept as they are. '!', '?' and '.' only shout.
bool has_meaning_in_number(std::string_view cluster) {
    constexpr std::string_view numerals = "ivx";
    constexpr std::string_view shouts = "!?.,~ ";
    if (cluster.size() != 1)
        return false;
    const char c = cluster.front();
    const bool letter = c >= 'a' && c <= 'z';
    return letter ? numerals.find(c) != std::string_view::npos : shouts.find(c) == std::string_view::npos;
}

bool is_letter(std::string_view cluster) {
    std::size_t at = 0;
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(utf8::next(cluster, at)));
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

}  // namespace

std::string fold_key(std::string_view text) {
    const std::string folded = fold_case(text);
    std::string key;
    std::string_view last;
    std::size_t run = 0;
    std::size_t begin = 0;
    for (cluster_walker walker(folded); !walker.done(); begin = walker.end()) {
        walker.next();
        const auto cluster = std::string_view(folded).substr(begin, walker.end() - begin);
        run = cluster == last ? run + 1 : 1;
        last = cluster;
        // Doubled letters distinguish words (god, good); a third one only shouts. Doubled signs shout
        // already.
        const std::size_t kept = is_digit(cluster) || has_meaning_in_number(cluster) ? run
                                 : is_letter(cluster)                                ? 2
                                                                                     : 1;
        if (run <= kept)
            key += cluster;
    }
    return key;
}

}  // namespace tiktok2twitch::core
