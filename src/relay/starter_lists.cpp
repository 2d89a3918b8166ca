// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/starter_lists.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace tiktok2twitch::relay {
namespace {

struct shipped_list {
    std::string_view name;  // "en", "swearing/en", "harmless"
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

std::optional<std::string_view> list_named(std::string_view name) noexcept {
    const auto* const found = std::ranges::find(shipped, name, &shipped_list::name);
    return found == shipped.end() ? std::nullopt : std::optional(found->text);
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
    for (const shipped_list& list : shipped) {
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

}  // namespace tiktok2twitch::relay
