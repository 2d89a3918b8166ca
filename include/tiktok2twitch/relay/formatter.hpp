// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::relay {

enum class template_field : std::uint8_t { name, unique_id, text, badges, room };

// "[TikTok] {name}: {text}", understood. Made by parse_template.
struct line_template {
    using piece = std::variant<std::string, template_field>;

    std::string label;          // the literal before the first field, with its blank: "[TikTok] "
    std::vector<piece> pieces;  // everything behind it
};

// `{{` and `}}` are braces. Errors: errc::bad_template, and then a sentence for the operator in `hint`.
core::result<line_template> parse_template(std::string_view text, std::string* hint = nullptr);

struct formatter_limits {
    std::size_t name_clusters = 32;
    std::size_t name_code_points = 64;   // an emoji may have ten; 32 of them would leave no room for text
    std::size_t line_code_points = 450;  // twitch.md 2.1: 500 by the book, trouble reported close to it
};

struct formatted {
    std::string label;
    std::string body;
    std::string name;  // as shown in the body
    std::string text;  // clean, not yet cut
};

// Turns an event into what is said about it in one channel. Pure; copies are cheap enough to hand around.
//
// Names are shown as people chose them, cleaned and cut: "Ann: hi" is a possible nickname, and nothing
// here tells it from a line of Ann's. What no name and no text can do: come before the label, break the
// line, ping a Twitch user, or be a command.
class formatter {
public:
    formatter(line_template layout, std::string_view room, const formatter_limits& limits = {});

    // Nothing when there is nothing to say: the text is empty once it is clean.
    std::optional<formatted> format(const event& event) const;

private:
    // Indexed by template_field.
    using field_values = std::array<std::string, 5>;

    std::string compose(const field_values& values) const;
    std::string fit(field_values& values, std::size_t room) const;
    std::string clean_name(std::string_view raw) const;
    std::string shown_name(const author& from, const std::string& unique_id) const;

    line_template layout_;
    std::string room_;
    formatter_limits limits_;
    std::size_t text_fields_ = 0;
};

}  // namespace tiktok2twitch::relay
