// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <array>

#include "app/config_key_tables.hpp"

namespace tiktok2twitch::app {
namespace {

using enum key_type;

const std::array keys{
    config_key{"filter", "starter_lists", language_list, "de, en, es, fr, it, pt, ru",
               "word lists shipped with the program (slurs and threats), by language; []: none",
               +[](config& c) -> std::vector<std::string>& {
                   return c.filter.starter_lists;
               }},
    config_key{"filter", "swearing", language_list, "",
               "lists of mere swearing, by language (the same as above); []: none",
               +[](config& c) -> std::vector<std::string>& {
                   return c.filter.swearing;
               }},
    config_key{"filter", "words", text_list, "",
               "your own blocked words and phrases; look-alike letters and digits count as the letter",
               +[](config& c) -> std::vector<std::string>& {
                   return c.filter.words;
               }},
    config_key{
        "filter", "word_files", path_list, "",
        "files with one word or phrase per line (# begins a remark), beside this file or with a full path; "
        "a changed file counts at once",
        +[](config& c) -> std::vector<std::string>& {
            return c.filter.word_files;
        }},
    config_key{"filter", "words_action", filter_action, "drop",
               "what happens to a comment with a blocked word in its text or name: \"drop\", \"mask\" (***) "
               "or \"hold\" "
               "for a moderator",
               +[](config& c) -> relay::filter_action& {
                   return c.filter.words_action;
               }},
    config_key{"filter", "patterns", pattern_list, "",
               "regular expressions (RE2) for texts and names, best in single quotes: ['\\d{8,}']; case "
               "does not count, except behind (?-i)",
               +[](config& c) -> std::vector<std::string>& {
                   return c.filter.patterns;
               }},
    config_key{"filter", "patterns_action", filter_action, "drop",
               "what happens to a comment that a pattern finds: \"drop\", \"mask\" or \"hold\"",
               +[](config& c) -> relay::filter_action& {
                   return c.filter.patterns_action;
               }},
    config_key{"filter", "blocked_users", user_list, "",
               "TikTok users who are never relayed: @handles or account numbers",
               +[](config& c) -> std::vector<std::string>& {
                   return c.filter.blocked_users;
               }},
    config_key{"filter", "allowed_users", user_list, "", "TikTok users whose comments are never filtered",
               +[](config& c) -> std::vector<std::string>& {
                   return c.filter.allowed_users;
               }},
    config_key{"filter", "links", link_action, "defang",
               "links in comments: \"allow\", \"defang\" (example(dot)com), \"strip\" (to [link]), \"drop\" "
               "or \"hold\"",
               +[](config& c) -> relay::link_action& {
                   return c.filter.links;
               }},
    config_key{"filter", "min_length", integer, "0", "characters a comment must have at least, up to 1000",
               +[](config& c) -> std::size_t& { return c.filter.min_length; }, key_bounds{0, 1000}},
    config_key{"filter", "max_length", integer, "0",
               "characters a comment may have at most, up to 10000; 0: no limit",
               +[](config& c) -> std::size_t& { return c.filter.max_length; }, key_bounds{0, 10'000}},
    config_key{"filter", "languages", language_list, "",
               "only comments in these languages, as TikTok guesses them: [\"en\", \"es\"]; []: all",
               +[](config& c) -> std::vector<std::string>& {
                   return c.filter.languages;
               }},
    config_key{"filter", "per_user", user_rate, "",
               "comments of one viewer in a time, up to 24h: \"5/30s\"; \"\": no limit",
               +[](config& c) -> relay::user_rate& { return c.filter.per_user; }, hours(24)},
    config_key{
        "filter", "hold_new_users", duration, "0s",
        "a viewer's first comment waits so long, so that a moderator can stop it; up to 10m, 0s: not at all",
        +[](config& c) -> core::duration& { return c.filter.hold_new_users; }, from_ms(0, 600'000)},
    config_key{"filter", "hold_for", duration, "300s",
               "what \"hold\" holds is dropped when no moderator approved it in this time, 1s to 1h",
               +[](config& c) -> core::duration& { return c.filter.hold_for; }, from_ms(1'000, 3'600'000)},
};

}  // namespace

std::span<const config_key> filter_keys() noexcept {
    return keys;
}

}  // namespace tiktok2twitch::app
