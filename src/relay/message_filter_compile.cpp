// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <utility>

#include "core/ascii.hpp"
#include "relay/language_codes.hpp"
#include "relay/message_filter_impl.hpp"
#include "relay/starter_lists.hpp"
#include "tiktok2twitch/core/errc.hpp"

namespace tiktok2twitch::relay {
namespace {

std::string unknown_list(std::string_view key, const std::string& language) {
    std::string text = std::string(key) + ": there is no list \"" + language + "\"; there are";
    for (const std::string_view each : starter_list_languages())
        text.append(" ").append(each);
    return text;
}

// The sentence for the first entry that cannot be used; empty: all words are in `out`.
std::string compile_words(const filter_options& options, const std::vector<word_list>& files,
                          word_matcher& out) {
    for (const std::string& language : options.starter_lists) {
        const auto list = starter_list(language);
        if (!list)
            return unknown_list("filter.starter_lists", language);
        if (auto problem = add_list(out, *list, "starter list " + language, "of list " + language, true);
            !problem.empty())
            return problem;
    }
    for (const std::string& language : options.swearing) {
        const auto list = swearing_list(language);
        if (!list)
            return unknown_list("filter.swearing", language);
        if (auto problem =
                add_list(out, *list, "swearing list " + language, "of the swearing list " + language, true);
            !problem.empty())
            return problem;
    }
    add_exceptions(out);
    for (std::size_t i = 0; i < options.words.size(); ++i) {
        if (const auto problem = out.add(options.words[i], "of filter.words"); !problem.empty())
            return "filter.words, entry " + std::to_string(i + 1) + ": \"" + options.words[i] + "\" " +
                   std::string(problem);
    }
    for (const word_list& file : files) {
        if (auto problem = add_list(out, file.text, "filter.word_files, " + file.name, "of " + file.name);
            !problem.empty())
            return problem;
    }
    return {};
}

std::string compile_languages(const std::vector<std::string>& tags, std::vector<std::string>& out) {
    for (const std::string& tag : tags) {
        if (const std::string problem = language_problem(tag); !problem.empty())
            return "filter.languages: \"" + tag + "\" " + problem;
        std::string language = base_language(tag);
        if (const auto two_letters = short_code(language); !two_letters.empty())
            out.emplace_back(two_letters);
        out.push_back(std::move(language));
    }
    return {};
}

std::string check_numbers(const filter_options& options) {
    if (options.max_length != 0 && options.min_length > options.max_length)
        return "filter.min_length is larger than filter.max_length: no comment would pass";
    if (options.per_user.count > rate_counter::most_count)
        return "filter.per_user: at most " + std::to_string(rate_counter::most_count) +
               " comments can be counted; write a shorter window";
    return {};
}

}  // namespace

core::result<message_filter> message_filter::compile(const filter_options& options,
                                                     const std::vector<word_list>& files, std::string* hint) {
    auto made = std::make_unique<impl>();
    made->options = options;
    std::string problem = check_numbers(options);
    if (problem.empty())
        problem = compile_words(options, files, made->words);
    if (problem.empty())
        problem = compile_languages(options.languages, made->languages);
    if (!problem.empty()) {
        if (hint != nullptr)
            *hint = std::move(problem);
        return core::make_error_code(core::errc::bad_filter);
    }
    auto patterns = pattern_set::compile(options.patterns, hint);
    if (!patterns)
        return patterns.error();
    auto blocked = user_set::compile(options.blocked_users, "filter.blocked_users", hint);
    if (!blocked)
        return blocked.error();
    auto allowed = user_set::compile(options.allowed_users, "filter.allowed_users", hint);
    if (!allowed)
        return allowed.error();
    made->patterns = std::move(*patterns);
    made->blocked = std::move(*blocked);
    made->allowed = std::move(*allowed);
    return message_filter(std::move(made));
}

}  // namespace tiktok2twitch::relay
