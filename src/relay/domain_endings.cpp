// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "relay/domain_endings.hpp"

#include <algorithm>
#include <array>

namespace tiktok2twitch::relay {
namespace {

// A choice from the root zone (IANA): what links in chats use. An unknown ending is still found behind
// "https://" and "www.".
constexpr auto certain = std::to_array<std::string_view>({"biz", "com", "info", "net", "org", "xyz"});

constexpr auto likely = std::to_array<std::string_view>(
    {"ae",    "ai",     "app",   "ar",      "au",   "bet",   "br",  "ca",  "casino", "cc",   "ch",
     "click", "cl",     "cloud", "club",    "cn",   "co",    "cz",  "de",  "dev",    "dk",   "edu",
     "ee",    "es",     "eu",    "fi",      "fm",   "fr",    "gl",  "gov", "gr",     "hu",   "icu",
     "ie",    "il",     "io",    "ir",      "it",   "jp",    "kr",  "kz",  "link",   "live", "ly",
     "me",    "media",  "mobi",  "moe",     "mx",   "nl",    "nz",  "one", "online", "pe",   "pl",
     "porn",  "pt",     "pw",    "ro",      "rs",   "ru",    "sa",  "se",  "shop",   "site", "space",
     "store", "stream", "su",    "tech",    "tk",   "today", "top", "tr",  "tv",     "tw",   "ua",
     "uk",    "vip",    "vn",    "website", "wiki", "ws",    "za",  "рф"});

constexpr auto doubtful = std::to_array<std::string_view>(
    {"am",   "as", "at",   "be",   "bio",  "by",   "cam",   "chat", "do",   "email", "fun", "game", "games",
     "gay",  "gg", "gle",  "gs",   "gt",   "hair", "id",    "im",   "in",   "is",    "la",  "life", "lol",
     "love", "ma", "my",   "name", "news", "no",   "page",  "ph",   "pics", "pro",   "run", "sh",   "show",
     "so",   "st", "team", "th",   "to",   "us",   "video", "win",  "work", "world", "wtf", "zip"});

template <std::size_t Size>
bool has(const std::array<std::string_view, Size>& endings, std::string_view label) noexcept {
    return std::ranges::find(endings, label) != endings.end();
}

}  // namespace

domain_ending ending_of(std::string_view label) noexcept {
    constexpr std::size_t longest = 8;
    if (label.size() > longest)
        return domain_ending::none;
    if (has(certain, label))
        return domain_ending::certain;
    if (has(likely, label))
        return domain_ending::likely;
    return has(doubtful, label) ? domain_ending::doubtful : domain_ending::none;
}

}  // namespace tiktok2twitch::relay
