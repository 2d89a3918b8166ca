// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// docs/configuration.md and config.example.toml, made from the table of keys. What is said here is what the
// table does not know: how the parts hang together.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "tiktok2twitch/app/config/keys.hpp"
#include "tiktok2twitch/app/config/values.hpp"

namespace tiktok2twitch::app {

// Lines of at most 106 characters, each behind `prefix`.
inline std::string wrapped(std::string_view text, std::string_view prefix) {
    constexpr std::size_t longest = 106;
    std::string out;
    std::size_t column = 0;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(word.size() + 1, text.size()));
        const bool begins = column == 0 || column + 1 + word.size() > longest;
        out += begins ? (column == 0 ? "" : "\n") + std::string(prefix) : " ";
        column = (begins ? prefix.size() : column + 1) + word.size();
        out += word;
    }
    return out + "\n";
}

struct section_note {
    std::string_view section;
    std::string_view text;
};
inline constexpr std::array section_notes{
    section_note{"event.chat",
                 "What is said of each kind of event, with \"enabled\", the words of its line (\"template\") "
                 "and its threshold. Templates name what they say in braces: {name} {unique_id} {text} "
                 "{badges} {gift} {count} {coins} {total_likes} {viewers} {room} {streamer}; a brace itself "
                 "is written {{ or }}."},
    section_note{"filter",
                 "What of the viewers' words is not relayed. Everything that is left out is counted with its "
                 "reason; a recording shows what the filters do: tiktok2twitch replay FILE --explain. The "
                 "streamer of the TikTok room and its moderators are free of languages, min_length, "
                 "max_length, per_user and hold_new_users, and the streamer of links; words, patterns and "
                 "blocked_users count for them as well."},
    section_note{"commands",
                 "For the broadcaster and the moderators of the Twitch channel, and nobody else."},
    section_note{"badges", "Short marks for who somebody is on TikTok, where a template says {badges}."},
};

inline std::string note_of(std::string_view section, std::string_view prefix) {
    const auto found = std::ranges::find(section_notes, section, &section_note::section);
    return found == section_notes.end() ? "" : wrapped(found->text, prefix);
}

// What to say for TikTok's bracket codes, and what a route is: these have no keys of the table.
inline std::string emoji_note() {
    return "What to say for TikTok's bracket codes, in front of a built-in table of some fifty ([laugh], "
           "[cry], ...); \"sticker\" is what a comment of nothing but a sticker says. Environment variables "
           "do not cover these.";
}
inline std::string route_note() {
    std::string kinds;
    for (const std::string& kind : event_names(every_event)) {
        kinds += (kinds.empty() ? "" : ", ") + kind;
    }
    return "A route carries the chat of one TikTok user into one Twitch channel. Any number of them: repeat "
           "the block. --tiktok USER --channel CHAN on the command line replaces them all. \"events\" is "
           "what this route carries of what is enabled above: " +
           kinds + "; without it everything.";
}
inline constexpr std::string_view emoji_example = "[emoji]\n\"laugh\" = \"😂\"\n";
inline constexpr std::string_view route_example =
    "[[route]]\ntiktok = \"user\"\nchannel = \"chan\"\nevents = [\"chat\", \"gift\"]\n";

inline std::string commented_out(std::string_view lines) {
    std::string out;
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find('\n') + 1);
        out += "# " + std::string(line);
        lines.remove_prefix(line.size());
    }
    return out;
}

inline std::string example_file() {
    const config defaults = default_config();
    std::string out =
        "# SPDX-FileCopyrightText: 2026 The tiktok2twitch authors\n"
        "# SPDX-License-Identifier: MIT\n#\n"
        "# Every setting with its default. Copy what you change to ~/.config/tiktok2twitch/config.toml, or "
        "to\n"
        "# /etc/tiktok2twitch/config.toml for a service; 'tiktok2twitch config check' says whether it is "
        "right.\n#\n"
        "# Each one is also an environment variable, which wins over the file: twitch.token is\n"
        "# TIKTOK2TWITCH_TWITCH_TOKEN, min_coins of [event.gift] is TIKTOK2TWITCH_EVENT_GIFT_MIN_COINS; "
        "lists "
        "have\n"
        "# commas there, TIKTOK2TWITCH_FILTER_WORDS=\"one, two\", or brackets as in here, "
        "TIKTOK2TWITCH_FILTER_WORDS='[\"one, two\"]'.\n"
        "# Durations are numbers with a unit: 150ms, 1.25s, 5m, 2h.\n";
    std::string_view section;
    for (const config_key& key : config_keys()) {
        if (key.section != section) {
            section = key.section;
            out += "\n" + note_of(section, "# ") + "[" + std::string(section) + "]\n";
        }
        out += "# " + std::string(key.help) + "\n" + std::string(key.name) + " = " +
               value_toml(defaults, key) + "\n";
    }
    return out + "\n" + wrapped(emoji_note(), "# ") + commented_out(emoji_example) + "\n" +
           wrapped(route_note(), "# ") + commented_out(route_example);
}

inline std::string key_row(const config_key& key, const config& defaults) {
    const std::string value = value_toml(defaults, key);
    std::string out = "| `" + std::string(key.name) + "`" + (key.counts == change::at_reload ? "" : " \\*") +
                      " | `" + value + "` | ";
    for (const char c : key.help) {
        out += c == '*' || c == '|' || c == '<' ? "\\" + std::string(1, c) : std::string(1, c);
    }
    return out + " |\n";
}

inline std::string configuration_page() {
    const config defaults = default_config();
    std::string out =
        "<!-- Made by t2t_describe_keys from the table of keys; do not edit. -->\n\n# Configuration\n\n" +
        wrapped(
            "A flag wins over the environment (`TIKTOK2TWITCH_<SECTION>_<KEY>`), which wins over the "
            "file, which wins over the default. The file is `--config FILE`, else "
            "`~/.config/tiktok2twitch/config.toml`, else `/etc/tiktok2twitch/config.toml`; "
            "[`config.example.toml`](../config.example.toml) has every key with its default. A key that "
            "does not exist is an error that names the line and the nearest key that does, or those of "
            "its section. `tiktok2twitch config check` says what is wrong, `tiktok2twitch config show` "
            "prints every value and where it comes from.",
            "") +
        "\n" +
        wrapped(
            "Lists in environment variables and `--set` are separated by commas, "
            "`TIKTOK2TWITCH_FILTER_WORDS=\"one, two\"`, or written as in the file: `--set "
            "\"filter.patterns=['\\d{8,}', 'call me']\"`. Durations are numbers with a unit: `150ms`, "
            "`1.25s`, `5m`, `2h`.",
            "") +
        "\n" +
        wrapped(
            "A changed file counts for a running relay after `tiktok2twitch reload` or SIGHUP. Keys with "
            "\\* count after a restart only; a changed token counts at once, but not one in the place of "
            "a stored login or the other way round.",
            "");
    std::string_view section;
    for (const config_key& key : config_keys()) {
        if (key.section != section) {
            section = key.section;
            const std::string note = note_of(section, "");
            out += "\n## [" + std::string(section) + "]\n\n" + note + (note.empty() ? "" : "\n") +
                   "| key | default | meaning |\n| --- | --- | --- |\n";
        }
        out += key_row(key, defaults);
    }
    out += "\n## [emoji]\n\n" + wrapped(emoji_note(), "") + "\n```toml\n" + std::string(emoji_example) +
           "```\n\n## [[route]]\n\n" + wrapped(route_note(), "") + "\n```toml\n" +
           std::string(route_example) + "```\n";
    return out;
}

}  // namespace tiktok2twitch::app
