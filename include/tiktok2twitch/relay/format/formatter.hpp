// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay {

// What {badges} says of each role: [badges] of the configuration. Clean text, at most mark_code_points
// long; empty: nothing is said. "{level}" in the marks of gifters and of the fan club is the level.
struct badge_marks {
    std::string streamer = "[streamer]";
    std::string moderator = "[mod]";
    std::string subscriber = "[sub]";
    std::string gifter;
    std::string fan_club;
    std::string new_follower;
    friend bool operator==(const badge_marks&, const badge_marks&) = default;
};
inline constexpr std::size_t mark_code_points = 12;

// The marks of everything that `from` is, in the order above.
std::string badges_of(const author& from, const badge_marks& marks);

// A clean name without what would be read as one of the marks: in other case, with look-alike letters or
// blanks inside as well, "[ Stréamer]", and with any level. Marks that begin or end with a letter or digit,
// "VIP", are looked for as words. Linear.
std::string without_marks(std::string_view clean_name, const badge_marks& marks);

// TikTok's bracket codes: "[laugh]" is what its app sends for a picture of its own keyboard.

// Code without brackets -> what is said for it: [emoji] of the configuration, which goes before the
// built-in table. The code "sticker" is what a comment of nothing but a sticker says.
using emoji_table = std::map<std::string, std::string, std::less<>>;

inline constexpr std::size_t emoji_code_length = 32;       // letters, digits and underscores
inline constexpr std::size_t emoji_text_code_points = 32;  // of what is said for one code

bool is_emoji_code(std::string_view code) noexcept;

// `text` with the known codes replaced; unknown ones stay as they were typed. Takes any bytes, in linear
// time; the result is as clean as the text was, so clean it afterwards, and have
// it filtered: codes may bring a word or a link together.
std::string expand_emoji_codes(std::string_view text, const emoji_table& own);

// What a sticker comment says: "[sticker]", or what the table has for it.
std::string sticker_text(const emoji_table& own);

// A field that an event knows nothing about is empty: {gift} of a comment.
enum class template_field : std::uint8_t {
    name,
    unique_id,
    text,  // of a comment or question
    badges,
    gift,         // its name, or "gift" and its number
    count,        // gifts of a streak, likes of a milestone's last message
    coins,        // the value of all of them, or what is in an envelope
    total_likes,  // of the room
    viewers,      // of the room
    room,         // the handle of the room
    streamer,     // the same, for sentences
};
inline constexpr std::size_t template_fields = 11;

// "[TikTok] {name}: {text}", understood. Made by parse_template.
struct line_template {
    using piece = std::variant<std::string, template_field>;

    std::string label;          // the literal before the first field, with its blank: "[TikTok] "
    std::vector<piece> pieces;  // everything behind it; without any field, all of it
};

// Indexed by event_kind.
using template_set = std::array<line_template, event_kinds>;

enum class template_needs : std::uint8_t {
    text,      // without {text} a comment would be lost
    anything,  // one sign or field
};
// What a template for events of this kind needs.
template_needs needs_of(event_kind kind) noexcept;

// `{{` and `}}` are braces. Errors: errc::bad_template, and then a sentence for the operator in `hint`.
core::result<line_template> parse_template(std::string_view text, std::string* hint = nullptr,
                                           template_needs needs = template_needs::text);

// What is wrong with a template for events of this kind, when it has a field that they never fill ({gift} of
// a comment): the end of a sentence, with the fields they do fill. Empty: nothing.
std::string empty_field(const line_template& layout, event_kind kind);

struct formatter_limits {
    std::size_t name_clusters = 32;
    std::size_t name_code_points = 64;  // an emoji may have ten; 32 of them would leave no room for text
    // docs/protocol/twitch.md §2.1: 500 by the book; a margin for how others count
    std::size_t line_code_points = 480;
};

struct formatter_options {
    badge_marks badges{};
    emoji_table emoji{};  // for stickers; codes in texts are expanded before the filters see them
    formatter_limits limits{};
};

struct formatted {
    std::string label;
    std::string body;
    std::vector<std::size_t> joints;  // where in the body the pieces of the template meet
    std::string name;                 // as shown in the body
    std::string text;  // of a comment: clean, not yet cut. Of anything else empty: it is nobody's words
};

// Turns an event into what is said about it in one channel. Pure; copies are cheap enough to hand around.
//
// Names are shown as people chose them, cleaned and cut: "Ann: hi" is a possible nickname, and nothing
// here tells it from a line of Ann's. Bracket codes belong to the keyboard for comments: in a name, "[rose]"
// is what somebody typed. What no name, no gift and no text can do: come before the label, break the line,
// ping a Twitch user, be a command, or, where badges are shown, look like one.
class formatter {
public:
    formatter(template_set layouts, std::string_view room, formatter_options options = {});
    // One template for every kind.
    formatter(const line_template& layout, std::string_view room, formatter_options options = {});

    // Nothing when there is nothing to say: a comment's text is empty once it is clean, or the whole line is.
    std::optional<formatted> format(const event& event) const;

    // The nickname without marks of [badges], where a line of this kind shows them. Before the filter: what
    // is left may be a word or a link.
    std::string unmarked_name(const event& event) const;

    // Whether what is said of somebody with this nickname has the handle in it: as {unique_id}, or because
    // the nickname is empty or looks like a badge. The latter whatever the template: folded lines name people
    // on their own.
    bool shows_handle(event_kind kind, const std::string& nickname) const;

private:
    std::string unmarked(event_kind kind, const std::string& nickname) const;

    template_set layouts_;
    std::string room_;
    formatter_options options_;
};

}  // namespace tiktok2twitch::relay
