// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// IRC lines with IRCv3 tags (docs/protocol/twitch.md §5). Total functions: any bytes in; what comes out of
// the encoders is one line without CR, LF or NUL inside, whatever the fields hold.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tiktok2twitch::twitch {

// What Twitch takes as one chat line, in code points (docs/protocol/twitch.md §2.1).
inline constexpr std::size_t longest_line = 500;

struct tag_view {
    std::string_view key;
    std::string_view raw_value;  // still escaped
};

// Views into the parsed line, which must outlive it.
struct message_view {
    std::vector<tag_view> tags;  // as received, duplicates included
    std::string_view source;     // without the colon; empty if absent
    std::string_view command;    // as received
    std::vector<std::string_view> params;

    bool is(std::string_view name) const noexcept;  // command, ignoring ASCII case
    // Unescaped; nothing if the key is absent. The last of several wins.
    std::optional<std::string> tag(std::string_view key) const;
    std::string_view param(std::size_t index) const noexcept;  // empty if absent
    std::string_view nick() const noexcept;                    // of the source
};

// A line without its CR LF. Nothing if there is no command in it.
std::optional<message_view> parse(std::string_view line);

struct source_parts {
    std::string_view nick;
    std::string_view user;
    std::string_view host;
};
source_parts split_source(std::string_view source) noexcept;

std::string unescape_tag(std::string_view raw);
std::string escape_tag(std::string_view value);

using tag_list = std::vector<std::pair<std::string, std::string>>;

struct message {
    tag_list tags;
    std::string source;
    std::string command;
    std::vector<std::string> params;
};
// One line with CR LF. Bytes that the grammar has no room for (blanks in a middle parameter and the like)
// are left out.
std::string encode(const message& message);

// "@tags PRIVMSG #channel :text" with CR LF: text always as trailing, repaired, at most longest_line.
std::string encode_privmsg(std::string_view channel, std::string_view text, const tag_list& tags = {});

}  // namespace tiktok2twitch::twitch
