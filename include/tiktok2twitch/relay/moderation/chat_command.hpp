// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

// The commands that moderators type in a Twitch channel's chat, and how they are read. Pure.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace tiktok2twitch::relay {

// Bounds of what may be typed. They hold for saved states as well.
inline constexpr std::int64_t longest_mute_minutes = 43'200;  // 30 days; longer is "until unmuted"
inline constexpr std::int64_t longest_slow_seconds = 300;
inline constexpr std::size_t longest_blocked_word = 50;  // code points, once clean

struct command_options {
    bool enabled = true;
    std::string word = "!tiktok";
    bool announce_held = true;  // in chat, when something waits for a moderator
};

namespace command {
struct pause {};
struct resume {};
struct status {};
struct help {};  // or the word alone
// Whom a moderator typed. Whom a name means, seen_authors knows.
struct person {
    std::string user;    // unique id without '@', or a permanent id; empty: it is neither
    std::string name{};  // as it was typed: may be a nickname
    bool exact = false;  // typed with '@': a unique id, whoever has it for a nickname
};
struct mute {
    person who;
    std::optional<std::chrono::minutes> length{};  // nothing: until unmuted
    std::string with_number{};                     // the name, should the number be a part of it
    std::string unless_seen{};                     // the answer when nobody is called that; empty: the usual
    bool unseen = false;                           // nobody with that handle or number has written lately
};
struct unmute {
    person who;
};
struct block {
    std::string word;
};
struct unblock {
    std::string word;
};
struct slow {
    std::chrono::seconds interval{};  // between lines in this channel; 0 ends it. At most 5 minutes
};
struct only {
    bool gifts = true;  // "only gifts"; "only off" ends it
};
struct approve {               // says a held message
    std::uint64_t number = 0;  // 0: the only one
};
struct deny {  // drops it
    std::uint64_t number = 0;
};
struct bad {
    std::string answer;  // what is wrong with what was typed
};
}  // namespace command
using chat_command =
    std::variant<command::pause, command::resume, command::status, command::help, command::mute,
                 command::unmute, command::block, command::unblock, command::slow, command::only,
                 command::approve, command::deny, command::bad>;

// Nothing when the line is no command of ours. `text` is what a Twitch user typed.
std::optional<chat_command> parse_command(std::string_view text, std::string_view word);

}  // namespace tiktok2twitch::relay
