// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "app/config_token.hpp"
#include "app/config_value_parts.hpp"
#include "app/toml_text.hpp"
#include "core/ascii.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/formatter.hpp"

namespace tiktok2twitch::app {
namespace {

bool visible_ascii(char c) noexcept {
    return c > ' ' && c <= '~';
}

value_problem set_login(std::string& out, std::string_view text) {
    constexpr std::size_t longest = 25;  // of a Twitch login
    if (text.size() > longest ||
        !std::ranges::all_of(text, [](char c) { return core::ascii::is_alnum(c) || c == '_'; })) {
        return not_expected(key_type::login, text);
    }
    out = core::ascii::lower(text);
    return {};
}

value_problem set_client_id(std::string& out, std::string_view text) {
    constexpr std::size_t longest = 64;  // Twitch's have 30
    if (text.size() > longest || !std::ranges::all_of(text, core::ascii::is_alnum)) {
        return not_expected(key_type::client_id, text);
    }
    out.assign(text);
    return {};
}

value_problem set_path(std::string& out, std::string_view text) {
    if (!is_plain_text(text)) {
        return not_expected(key_type::path, text);
    }
    out.assign(text);
    return {};
}

// "event.gift" has the template of gifts; [relay] has that of comments.
relay::event_kind kind_of(std::string_view section) {
    for (std::size_t i = 0; i < relay::event_kinds; ++i) {
        const auto kind = static_cast<relay::event_kind>(i);
        if (section == "event." + std::string(relay::name_of(kind))) {
            return kind;
        }
    }
    return relay::event_kind::chat;
}

value_problem set_template(std::string& out, const config_key& key, std::string_view text) {
    const auto type = key.type;
    const auto kind = kind_of(key.section);
    std::string hint;
    if (!is_plain_text(text)) {
        return not_expected(type, text);
    }
    const bool none = text.empty() && type == key_type::own_template;
    const auto parsed = relay::parse_template(text, &hint, relay::needs_of(kind));
    if (!parsed && !none) {
        return hint.empty() ? not_expected(type, text) : hint;
    }
    if (auto empty = parsed ? relay::empty_field(*parsed, kind) : std::string(); !empty.empty()) {
        return empty;
    }
    out.assign(text);
    return {};
}

// What can be said as it stands: cleaning would change nothing.
bool is_clean(std::string_view text) {
    return is_plain_text(text) && core::clean_text(text) == text;
}

// '/' and '.' begin Twitch's own commands, which never arrive as messages.
value_problem set_command_word(std::string& out, std::string_view text) {
    constexpr std::size_t longest = 25;
    if (text.empty() || !is_clean(text) || text.find(' ') != std::string_view::npos ||
        core::count_code_points(text) > longest) {
        return not_expected(key_type::command_word, text);
    }
    if (text.front() == '/' || text.front() == '.') {
        return std::string("a word that begins with ") + text.front() + " would be a command of Twitch's own";
    }
    out.assign(text);
    return {};
}

// A brace that names nothing is said as it stands, except where a level was meant: "[G{lvl}]".
value_problem set_mark(std::string& out, const config_key& key, std::string_view text) {
    if (!is_clean(text) || core::count_code_points(text) > relay::mark_code_points) {
        return not_expected(key_type::mark, text);
    }
    constexpr std::string_view level = "{level}";
    const bool has_level = key.name == "gifter" || key.name == "fan_club";
    const std::size_t brace = text.find(has_level ? "{" : level);
    if (brace != std::string_view::npos && !has_level) {
        return "only badges.gifter and badges.fan_club have a {level}";
    }
    if (brace != std::string_view::npos && !text.substr(brace).starts_with(level)) {
        return show_quoted(text) + ": the only field of a mark is {level}";
    }
    if (text == level) {
        return show_quoted(text) + ": a mark needs more than its number, which any name may have";
    }
    out.assign(text);
    return {};
}

}  // namespace

// The text goes into an IRC line and an HTTP header: a blank or a line break in it would be a command.
value_problem set_secret(core::secret& out, std::string_view text) {
    constexpr std::size_t longest = 512;
    const bool given = !text.empty();
    text = without_wrapping(text);
    if (given && text.empty()) {
        return "nothing but quotes or a prefix such as \"oauth:\", where the token should be";
    }
    if (is_placeholder(text)) {
        return "that is a placeholder: put the token in its place, or leave it empty and run 'tiktok2twitch "
               "login'";
    }
    if (text.find("token=") != std::string_view::npos || text.find("://") != std::string_view::npos) {
        return "that is an address or a setting with the token in it: only the token itself belongs here "
               "(not "
               "shown: it is a secret)";
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

value_problem set_emoji(relay::emoji_table& out, const std::string& code, std::string_view text) {
    if (!relay::is_emoji_code(code)) {
        return show_quoted(code) + ": a code is 1 to 32 letters, digits and underscores, without brackets";
    }
    if (text.empty() || !is_clean(text) || core::count_code_points(text) > relay::emoji_text_code_points) {
        return show_quoted(code) + ": expected 1 to 32 printable characters, found " + show_quoted(text);
    }
    out.insert_or_assign(code, std::string(text));
    return {};
}

value_problem set_string(std::string& out, const config_key& key, std::string_view text) {
    switch (key.type) {
        case key_type::login:
            return set_login(out, text);
        case key_type::client_id:
            return set_client_id(out, text);
        case key_type::line_template:
        case key_type::event_template:
        case key_type::own_template:
            return set_template(out, key, text);
        case key_type::command_word:
            return set_command_word(out, text);
        case key_type::mark:
            return set_mark(out, key, text);
        default:
            return set_path(out, text);
    }
}

}  // namespace tiktok2twitch::app
