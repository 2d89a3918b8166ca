// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "core/code_points.hpp"
#include "core/nearest.hpp"
#include "core/utf8.hpp"
#include "relay/field_values.hpp"
#include "tiktok2twitch/core/errc.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/formatter.hpp"

namespace tiktok2twitch::relay {
namespace {

// In the order of template_field.
constexpr std::array<std::string_view, template_fields> field_names{
    "name",  "unique_id",   "text",    "badges", "gift",    "count",
    "coins", "total_likes", "viewers", "room",   "streamer"};

// Leaves more than half of a line for what the fields say.
constexpr std::size_t longest_literal = 200;

std::string code_point_name(char32_t code_point) {
    std::array<char, 8> digits{};
    const auto value = static_cast<std::uint32_t>(code_point);
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, 16).ptr;
    return "U+" + std::string(digits.data(), end);
}

// In quotes where blanks are in it: one of them is all that is wrong with "{name }".
std::string shown_field(std::string_view name) {
    constexpr std::size_t longest = 32;
    if (!std::ranges::all_of(name, [](char c) { return c >= ' ' && c <= '~'; })) {
        const std::string clean = core::clean_text(name);
        const std::string hidden = clean == name ? "" : " with characters that cannot be shown";
        return "{" + core::cut_code_points(clean, longest) + "}" + hidden;
    }
    const std::string braced = "{" + std::string(name.substr(0, longest)) + "}";
    return name.find(' ') == std::string_view::npos ? braced : "\"" + braced + "\"";
}

class template_parser {
public:
    template_parser(std::string_view text, template_needs needs) : text_(text), needs_(needs) {}

    core::result<line_template> parse(std::string* hint) {
        if (!read() || !check()) {
            if (hint) {
                *hint = std::move(problem_);
            }
            return core::errc::bad_template;
        }
        return std::move(result_);
    }

private:
    bool fail(std::string problem) {
        problem_ = std::move(problem);
        return false;
    }

    bool read() {
        for (std::size_t at = 0; at < text_.size();) {
            const std::string_view rest = text_.substr(at);
            if (rest.starts_with("{{") || rest.starts_with("}}")) {
                add_literal(static_cast<char32_t>(rest.front()));
                at += 2;
            } else if (rest.starts_with('{')) {
                const std::size_t close = rest.find('}');
                if (close == std::string_view::npos) {
                    return fail("a { is never closed (a brace itself is written {{)");
                }
                if (!read_field(rest.substr(1, close - 1))) {
                    return false;
                }
                at += close + 1;
            } else if (rest.starts_with('}')) {
                return fail("a } closes nothing (a brace itself is written }})");
            } else if (!read_literal(core::utf8::next(text_, at))) {
                return false;
            }
        }
        end_literal();
        return true;
    }

    bool read_field(std::string_view name) {
        for (std::size_t i = 0; i < field_names.size(); ++i) {
            if (name == field_names[i]) {
                end_literal();
                result_.pieces.emplace_back(static_cast<template_field>(i));
                has_text_ = has_text_ || result_.pieces.back() == line_template::piece(template_field::text);
                return true;
            }
        }
        return fail("unknown field " + shown_field(name) + "; did you mean {" +
                    std::string(core::nearest(name, field_names)) + "}?");
    }

    bool read_literal(char32_t code_point) {
        const core::treatment kind = core::treatment_of(code_point);
        if (code_point == core::utf8::replacement_character) {
            return fail("it is not UTF-8");
        }
        if (kind == core::treatment::drop) {
            return fail("it has a character that cannot be shown (" + code_point_name(code_point) + ")");
        }
        if (kind == core::treatment::blank) {
            if (core::property_of(code_point).category != UTF8PROC_CATEGORY_ZS) {
                return fail("it has a line break or an invisible character (" + code_point_name(code_point) +
                            ")");
            }
            code_point = U' ';
        }
        add_literal(code_point);
        return true;
    }

    void add_literal(char32_t code_point) {
        // One blank at a time, and none in front: Twitch shows it so anyway.
        if (code_point == U' ' && (literal_.empty() ? result_.pieces.empty() : literal_.back() == ' ')) {
            return;
        }
        ++literal_size_;
        core::utf8::append(literal_, code_point);
    }

    void end_literal() {
        if (!literal_.empty()) {
            result_.pieces.emplace_back(std::exchange(literal_, {}));
        }
    }

    bool check() {
        if (!has_text_ && needs_ == template_needs::text) {
            return fail("{text} is missing");
        }
        if (result_.pieces.empty()) {
            return fail("it says nothing");
        }
        if (literal_size_ > longest_literal) {
            return fail("it is longer than 200 characters without its fields");
        }
        if (auto* first = std::get_if<std::string>(&result_.pieces.front())) {
            const std::string_view seen = core::without_unknown_front(*first);
            if (const char c = seen.empty() ? ' ' : seen.front(); c == '/' || c == '.' || c == '!') {
                return fail(std::string("lines would begin with ") + c + " and be read as a command");
            }
            // What Twitch may drop altogether stands in front of nothing: no label.
            if (result_.pieces.size() > 1 && !seen.empty()) {
                result_.label = std::move(*first);
                result_.pieces.erase(result_.pieces.begin());
            }
        }
        return true;
    }

    std::string_view text_;
    template_needs needs_;
    line_template result_;
    std::string literal_;
    std::size_t literal_size_ = 0;
    bool has_text_ = false;
    std::string problem_;
};

std::string in_braces(std::size_t field) {
    return "{" + std::string(field_names[field]) + "}";
}

}  // namespace

template_needs needs_of(event_kind kind) noexcept {
    const bool words = is_comment(kind) && kind != event_kind::emote_chat;
    return words ? template_needs::text : template_needs::anything;
}

std::string empty_field(const line_template& layout, event_kind kind) {
    for (const line_template::piece& piece : layout.pieces) {
        const auto* field = std::get_if<template_field>(&piece);
        if (!field || can_fill(kind, *field)) {
            continue;
        }
        std::string text = in_braces(index_of(*field)) + " is always empty here; there are";
        for (std::size_t i = 0; i < template_fields; ++i) {
            if (can_fill(kind, static_cast<template_field>(i))) {
                text += " " + in_braces(i);
            }
        }
        return text;
    }
    return {};
}

core::result<line_template> parse_template(std::string_view text, std::string* hint, template_needs needs) {
    return template_parser(text, needs).parse(hint);
}

}  // namespace tiktok2twitch::relay
