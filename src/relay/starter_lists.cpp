// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/starter_lists.hpp"

#include <array>
#include <string>

namespace tiktok2twitch::relay {
namespace {

struct shipped_list {
    std::string_view language;
    std::string_view text;
};

constexpr std::array shipped{std::to_array<shipped_list>({
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

}  // namespace

std::vector<std::string_view> starter_list_languages() {
    std::vector<std::string_view> languages;
    for (const shipped_list& list : shipped)
        languages.push_back(list.language);
    return languages;
}

std::optional<std::string_view> starter_list(std::string_view language) noexcept {
    for (const shipped_list& list : shipped) {
        if (list.language == language)
            return list.text;
    }
    return std::nullopt;
}

std::string add_list(word_matcher& words, std::string_view text, std::string_view name,
                     std::string_view list) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    if (text.starts_with(byte_order_mark))
        text.remove_prefix(byte_order_mark.size());
    std::size_t number = 1;
    for (std::size_t at = 0; at < text.size(); ++number) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        const std::string_view word = trim(without_comment(text.substr(at, end - at)));
        at = end + 1;
        if (word.empty())
            continue;
        if (const std::string_view problem = words.add(word, list); !problem.empty())
            return std::string(name) + ", line " + std::to_string(number) + ": \"" + std::string(word) +
                   "\" " + std::string(problem);
    }
    return {};
}

}  // namespace tiktok2twitch::relay
