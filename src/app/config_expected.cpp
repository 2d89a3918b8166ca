// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "app/config_value.hpp"

namespace tiktok2twitch::app {

std::string_view expected(key_type type) noexcept {
    switch (type) {
        case key_type::http_url:
            return "an address such as \"https://example.org\" (http:// for loopback hosts)";
        case key_type::ws_url:
            return "an address such as \"wss://example.org\" (ws:// for loopback hosts)";
        case key_type::irc_url:
            return "an address such as \"ircs://irc.chat.twitch.tv:6697\" (irc:// for loopback hosts)";
        case key_type::duration:
            return "a duration such as \"30s\", \"1.25s\" or \"150ms\"";
        case key_type::rate:
            return "a rate such as \"18/32s\" (lines per window)";
        case key_type::boolean:
            return "true or false";
        case key_type::integer:
            return "a whole number";
        case key_type::secret:
            return "a token in quotes";
        case key_type::login:
            return "a Twitch login: up to 25 letters, digits and underscores, in quotes";
        case key_type::client_id:
            return "a client id: letters and digits, in quotes";
        case key_type::path:
            return "a file name in quotes, without control characters";
        case key_type::line_template:
            return "a template such as \"[TikTok] {name}: {text}\"";
        case key_type::event_template:
            return "a template such as \"[TikTok] {name} follows\"";
        case key_type::own_template:
            return "a template such as \"[TikTok] {name} {text}\", or \"\" for that of comments";
        case key_type::command_word:
            return "a word of 1 to 25 printable characters without blanks, such as \"!tiktok\"";
        case key_type::mark:
            return "a mark of at most 12 printable characters such as \"[mod]\", or \"\" for none";
        case key_type::user_rate:
            return "a rate such as \"5/30s\" (comments per time), or \"\" for no limit";
        case key_type::filter_action:
            return "\"drop\", \"mask\" or \"hold\"";
        case key_type::link_action:
            return "\"allow\", \"defang\", \"strip\", \"drop\" or \"hold\"";
        case key_type::transport:
            return "\"irc\" or \"helix\"";
        case key_type::class_order:
            return "a list such as [\"streamer\", \"gift\"]";
        case key_type::text_list:
            return "a list of texts in quotes, none of them empty: [\"one\", \"two\"]";
        case key_type::pattern_list:
            return "a list of regular expressions in quotes: ['\\d{8,}', 'free followers']";
        case key_type::user_list:
            return "a list of TikTok users: [\"@user\", \"6800000000000000001\"]";
        case key_type::language_list:
            return "a list of languages: [\"en\", \"es\"]";
        case key_type::path_list:
            return "a list of file names in quotes: [\"words.txt\"]";
    }
    return "another value";
}

}  // namespace tiktok2twitch::app
