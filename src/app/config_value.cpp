// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/config_value.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "app/toml_text.hpp"
#include "core/ascii.hpp"
#include "tiktok2twitch/core/parse.hpp"
#include "tiktok2twitch/relay/formatter.hpp"

namespace tiktok2twitch::app {
namespace {

using problem = std::optional<std::string>;

std::string not_expected(key_type type, std::string_view found) {
    return "expected " + std::string(expected(type)) + ", found " + show_quoted(found);
}

template <class T>
T& field(config& config, const config_key& key) {
    return std::get<T& (*)(struct config&)>(key.field)(config);
}

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

problem set_url(core::url& out, key_type type, std::string_view text) {
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

problem check_bounds(core::duration value, const key_bounds& bounds) {
    const std::chrono::milliseconds min(bounds.min);
    const std::chrono::milliseconds max(bounds.max);
    if (value < min || value > max) {
        return "must be between " + duration_text(min) + " and " + duration_text(max) + ", found " +
               duration_text(value);
    }
    return {};
}

problem set_duration(core::duration& out, const config_key& key, std::string_view text) {
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

problem set_rate(twitch::rate& out, const config_key& key, std::string_view text) {
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

problem set_boolean(bool& out, std::string_view text) {
    if (text != "true" && text != "false") {
        return not_expected(key_type::boolean, text);
    }
    out = text == "true";
    return {};
}

problem set_integer(std::size_t& out, const config_key& key, std::string_view text) {
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
    out = static_cast<std::size_t>(value);
    return {};
}

bool visible_ascii(char c) noexcept {
    return c > ' ' && c <= '~';
}

// The text goes into an IRC line and an HTTP header: a blank or a line break in it would be a command.
problem set_secret(core::secret& out, std::string_view text) {
    constexpr std::size_t longest = 512;
    constexpr std::string_view prefix = "oauth:";
    if (text.starts_with(prefix)) {
        text.remove_prefix(prefix.size());
        if (text.empty()) {
            return "nothing follows \"oauth:\"";
        }
    }
    if (!std::ranges::all_of(text, visible_ascii)) {
        return "a token has no blanks, line breaks or other unusual characters (not shown: it is a secret)";
    }
    if (text.size() > longest) {
        return "a token has at most 512 characters (not shown: it is a secret)";
    }
    out = core::secret(std::string(text));
    return {};
}

problem set_login(std::string& out, std::string_view text) {
    constexpr std::size_t longest = 25;  // of a Twitch login
    if (text.size() > longest ||
        !std::ranges::all_of(text, [](char c) { return core::ascii::is_alnum(c) || c == '_'; })) {
        return not_expected(key_type::login, text);
    }
    out = core::ascii::lower(text);
    return {};
}

problem set_client_id(std::string& out, std::string_view text) {
    constexpr std::size_t longest = 64;  // Twitch's have 30
    if (text.size() > longest || !std::ranges::all_of(text, core::ascii::is_alnum)) {
        return not_expected(key_type::client_id, text);
    }
    out.assign(text);
    return {};
}

problem set_path(std::string& out, std::string_view text) {
    if (!is_plain_text(text)) {
        return not_expected(key_type::path, text);
    }
    out.assign(text);
    return {};
}

problem set_template(std::string& out, std::string_view text) {
    if (!is_plain_text(text)) {
        return not_expected(key_type::line_template, text);
    }
    std::string hint;
    if (const auto parsed = relay::parse_template(text, &hint); !parsed) {
        return hint.empty() ? not_expected(key_type::line_template, text) : hint;
    }
    out.assign(text);
    return {};
}

problem set_string(std::string& out, const config_key& key, std::string_view text) {
    switch (key.type) {
        case key_type::login:
            return set_login(out, text);
        case key_type::client_id:
            return set_client_id(out, text);
        case key_type::line_template:
            return set_template(out, text);
        default:
            return set_path(out, text);
    }
}

}  // namespace

problem set_value(config& config, const config_key& key, std::string_view text) {
    switch (key.type) {
        case key_type::http_url:
        case key_type::ws_url:
        case key_type::irc_url:
            return set_url(field<core::url>(config, key), key.type, text);
        case key_type::duration:
            return set_duration(field<core::duration>(config, key), key, text);
        case key_type::rate:
            return set_rate(field<twitch::rate>(config, key), key, text);
        case key_type::boolean:
            return set_boolean(field<bool>(config, key), text);
        case key_type::integer:
            return set_integer(field<std::size_t>(config, key), key, text);
        case key_type::secret:
            return set_secret(field<core::secret>(config, key), text);
        case key_type::login:
        case key_type::client_id:
        case key_type::path:
        case key_type::line_template:
            break;
    }
    return set_string(field<std::string>(config, key), key, text);
}

}  // namespace tiktok2twitch::app
