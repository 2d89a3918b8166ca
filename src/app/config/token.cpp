// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/app/config/token.hpp"

#include <algorithm>
#include <array>

#include "tiktok2twitch/core/ascii.hpp"

namespace tiktok2twitch::app {
namespace {

// Also what looks like a quote or draws nothing, in UTF-8.
constexpr auto around = std::to_array<std::string_view>({
    " ",
    "\t",
    "\r",
    "\n",
    "\"",
    "'",
    "`",
    "\u201c",
    "\u201d",
    "\u201e",
    "\u2018",
    "\u2019",
    "\u00ab",
    "\u00bb",
    "\u00a0",
    "\u200b",
    "\u2060",
    "\ufeff",
});

constexpr auto prefixes = std::to_array<std::string_view>({"oauth:", "oauth ", "bearer:", "bearer "});

bool starts_with_any_case(std::string_view text, std::string_view prefix) noexcept {
    return text.size() >= prefix.size() &&
           std::equal(prefix.begin(), prefix.end(), text.begin(),
                      [](char a, char b) { return a == core::ascii::to_lower(b); });
}

std::string_view step(std::string_view text) noexcept {
    for (const auto sign : around) {
        if (text.starts_with(sign))
            return text.substr(sign.size());
        if (text.ends_with(sign))
            return text.substr(0, text.size() - sign.size());
    }
    for (const auto prefix : prefixes)
        if (starts_with_any_case(text, prefix))
            return text.substr(prefix.size());
    return text;
}

constexpr std::size_t longest_placeholder = 40;

}  // namespace

std::string_view without_wrapping(std::string_view text) noexcept {
    for (;;) {
        const auto rest = step(text);
        if (rest.size() == text.size())
            return text;
        text = rest;
    }
}

bool is_placeholder(std::string_view text) noexcept {
    // What 'config show' prints of a token loads again.
    if (text.empty() || text.size() > longest_placeholder || text == "***")
        return false;
    const bool one_sign =
        text.size() > 1 && std::ranges::all_of(text, [&](char c) { return c == text.front(); });
    if (one_sign || text.front() == '<' || text.front() == '[' || text.front() == '{' || text.front() == '$')
        return true;
    // By letters alone: "Your-Token_Here" is "yourtokenhere".
    std::array<char, longest_placeholder> letters{};
    std::size_t count = 0;
    for (const char c : text) {
        const char lower = core::ascii::to_lower(c);
        if (lower >= 'a' && lower <= 'z')
            letters[count++] = lower;
    }
    const std::string_view word(letters.data(), count);
    constexpr auto examples = std::to_array<std::string_view>(
        {"token",     "thetoken",  "mytoken",       "accesstoken", "oauthtoken", "twitchtoken",
         "bottoken",  "changeme",  "replaceme",     "placeholder", "example",    "secret",
         "password",  "todo",      "none",          "null",        "oauth",      "bearer",
         "tokenhere", "pastehere", "pastetokenhere"});
    return word.starts_with("your") || std::ranges::find(examples, word) != examples.end();
}

}  // namespace tiktok2twitch::app
