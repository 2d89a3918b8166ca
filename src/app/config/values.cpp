// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/config_value.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "app/config_hints.hpp"
#include "app/config_toml.hpp"
#include "app/config_value_parts.hpp"
#include "app/toml_text.hpp"
#include "core/ascii.hpp"
#include "core/nearest.hpp"
#include "tiktok2twitch/core/parse.hpp"

namespace tiktok2twitch::app {
namespace {

bool scheme_fits(key_type type, std::string_view scheme) noexcept {
    switch (type) {
        case key_type::http_url:
            return scheme == "https" || scheme == "http";
        case key_type::ws_url:
            return scheme == "wss" || scheme == "ws";
        default:
            return scheme == "ircs" || scheme == "irc";
    }
}

value_problem set_url(core::url& out, key_type type, std::string_view text) {
    auto parsed = core::parse_url(text);
    if (!parsed || !scheme_fits(type, parsed->scheme)) {
        return not_expected(type, text);
    }
    // The clients append their paths.
    while (parsed->target.ends_with('/')) {
        parsed->target.pop_back();
    }
    if (parsed->target.find('?') != std::string::npos) {
        return "a base URL has no query (\"?\")";
    }
    if (type == key_type::irc_url && !parsed->target.empty()) {
        return "an IRC address has no path: scheme, host and port only";
    }
    out = *parsed;
    return {};
}

value_problem check_bounds(core::duration value, const key_bounds& bounds) {
    const std::chrono::milliseconds min(bounds.min);
    const std::chrono::milliseconds max(bounds.max);
    if (value < min || value > max) {
        return "must be between " + duration_text(min) + " and " + duration_text(max) + ", found " +
               duration_text(value);
    }
    return {};
}

value_problem set_duration(core::duration& out, const config_key& key, std::string_view text) {
    const auto parsed = core::parse_duration(text);
    if (!parsed) {
        return not_expected(key.type, text);
    }
    if (auto wrong = check_bounds(*parsed, key.bounds)) {
        return wrong;
    }
    out = *parsed;
    return {};
}

template <class Rate>
value_problem set_rate(Rate& out, const config_key& key, std::string_view text) {
    const auto parsed = core::parse_rate(text);
    if (!parsed) {
        return not_expected(key.type, text);
    }
    if (parsed->window > std::chrono::milliseconds(key.bounds.max)) {
        return "the window may be at most " + duration_text(std::chrono::milliseconds(key.bounds.max)) +
               ", found " + show_quoted(text);
    }
    out.count = parsed->count;
    out.window = parsed->window;
    return {};
}

value_problem set_user_rate(relay::user_rate& out, const config_key& key, std::string_view text) {
    if (text.empty()) {
        out = {};
        return {};
    }
    return set_rate(out, key, text);
}

value_problem set_boolean(bool& out, std::string_view text) {
    if (text != "true" && text != "false") {
        return not_expected(key_type::boolean, text);
    }
    out = text == "true";
    return {};
}

template <class Integer>
value_problem set_integer(Integer& out, const config_key& key, std::string_view text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool out_of_range = error == std::errc::result_out_of_range;
    if (!out_of_range && (error != std::errc() || end != text.data() + text.size())) {
        return not_expected(key.type, text);
    }
    if (out_of_range || value < key.bounds.min || value > key.bounds.max) {
        return "must be between " + std::to_string(key.bounds.min) + " and " +
               std::to_string(key.bounds.max) + ", found " + std::string(text.substr(0, 24));
    }
    out = static_cast<Integer>(value);
    return {};
}

value_problem set_any_integer(config& config, const config_key& key, std::string_view text) {
    const bool is_signed = std::holds_alternative<std::int64_t& (*)(struct config&)>(key.field);
    return is_signed ? set_integer(field<std::int64_t>(config, key), key, text)
                     : set_integer(field<std::size_t>(config, key), key, text);
}

template <class Choice>
value_problem set_choice(Choice& out, std::span<const std::string_view> words, std::string_view text) {
    const auto found = std::ranges::find(words, text);
    if (found == words.end()) {
        return not_one_of(words, text);
    }
    out = static_cast<Choice>(found - words.begin());
    return {};
}

// Where the first regular expression ends: a comma inside of brackets is part of it, "\\d{8,}".
std::size_t end_of_pattern(std::string_view text) {
    std::size_t open = 0;
    bool in_class = false;  // "[(]": brackets open nothing in there
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\') {
            ++i;
        } else if (in_class) {
            in_class = c != ']';
        } else if (c == '[') {
            in_class = true;
        } else if (c == '(' || c == '{') {
            ++open;
        } else if ((c == ')' || c == '}') && open > 0) {
            --open;
        } else if (c == ',' && open == 0) {
            return i;
        }
    }
    return text.size();
}

// Empty entries do not count: "," is the empty list, and a comma at the end does no harm.
std::vector<std::string> split_list(std::string_view text, key_type type) {
    std::vector<std::string> entries;
    while (!text.empty()) {
        const std::size_t comma = type == key_type::pattern_list ? end_of_pattern(text) : text.find(',');
        const std::string_view entry = text.substr(0, comma);
        text.remove_prefix(std::min(entry.size() + 1, text.size()));
        const std::size_t begin = std::min(entry.find_first_not_of(" \t"), entry.size());
        const std::size_t end = entry.find_last_not_of(" \t") + 1;
        if (begin < end) {
            entries.emplace_back(entry.substr(begin, end - begin));
        }
    }
    return entries;
}

}  // namespace

std::string not_expected(key_type type, std::string_view found) {
    return "expected " + std::string(expected(type)) + ", found " + show_quoted(found);
}

std::string not_one_of(std::span<const std::string_view> words, std::string_view found) {
    const std::string out =
        "expected " + listed({words.begin(), words.end()}, "or") + ", found " + show_quoted(found);
    std::vector<std::string> meant;
    for (const std::string_view word : core::likely(found, words)) {
        meant.push_back("\"" + std::string(word) + "\"");
    }
    return meant.empty() ? out : out + "; did you mean " + listed(meant, "or") + "?";
}

value_problem set_value(config& config, const config_key& key, std::string_view text) {
    switch (key.type) {
        case key_type::http_url:
        case key_type::ws_url:
        case key_type::irc_url:
            return set_url(field<core::url>(config, key), key.type, text);
        case key_type::duration:
            return set_duration(field<core::duration>(config, key), key, text);
        case key_type::rate:
            return set_rate(field<twitch::rate>(config, key), key, text);
        case key_type::user_rate:
            return set_user_rate(field<relay::user_rate>(config, key), key, text);
        case key_type::boolean:
            return set_boolean(field<bool>(config, key), text);
        case key_type::integer:
            return set_any_integer(config, key, text);
        case key_type::secret:
            return set_secret(field<core::secret>(config, key), text);
        case key_type::filter_action:
            return set_choice(field<relay::filter_action>(config, key), filter_actions, text);
        case key_type::transport:
            return set_choice(field<chat_transport>(config, key), transports, text);
        case key_type::link_action:
            return set_choice(field<relay::link_action>(config, key), link_actions, text);
        case key_type::login:
        case key_type::client_id:
        case key_type::path:
        case key_type::line_template:
        case key_type::event_template:
        case key_type::own_template:
        case key_type::command_word:
        case key_type::mark:
            return set_string(field<std::string>(config, key), key, text);
        case key_type::class_order:
        case key_type::text_list:
        case key_type::pattern_list:
        case key_type::user_list:
        case key_type::language_list:
        case key_type::path_list:
            break;
    }
    if (text.starts_with('[') && text.ends_with(']')) {
        const auto entries = read_toml_list(text);
        return entries
                   ? set_list(config, key, *entries)
                   : show_quoted(text) + " is no list: write [\"one\", \"two\"]" +
                         (key.type == key_type::pattern_list ? ", and a character class as ['[a-z]']" : "");
    }
    return set_list(config, key, split_list(text, key.type));
}

}  // namespace tiktok2twitch::app
