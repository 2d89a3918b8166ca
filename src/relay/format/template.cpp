// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/format/template.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/nearest.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/unicode.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"
#include "tiktok2twitch/relay/format/part_signs.hpp"

namespace tiktok2twitch::relay {
namespace {

// Nobody does these; every other kind has an author, even when the wire forgot the name.
bool has_author(event_kind kind) noexcept {
    return kind < event_kind::viewers;
}

std::string text_of(const event& event, const emoji_table& emoji) {
    switch (event.kind) {
        case event_kind::chat:
        case event_kind::question:
            return without_part_signs(core::clean_text(event.text));
        case event_kind::emote_chat:
            return core::clean_text(sticker_text(emoji));
        default:
            return {};
    }
}

std::string number_name(const author& from) {
    return "user" + std::to_string(from.id);
}

// docs/protocol/tiktok.md §5.3: nickname, handle, number. The handle without its sign: nobody on Twitch is
// called that.
std::string shown_name(const author& from, const std::string& unique_id, const formatter_limits& limits) {
    std::string name = clean_name(from.nickname, limits);
    if (!name.empty()) {
        return name;
    }
    return unique_id.empty() ? number_name(from) : unique_id;
}

// Zero is "unknown", except where the number is what the event is about.
std::string counter(std::int64_t value, bool told) {
    return value != 0 || told ? std::to_string(value) : std::string();
}

void add_gift(field_values& values, const gift& gift, const formatter_limits& limits) {
    std::string name = clean_name(gift.name, limits);
    values[index_of(template_field::gift)] = name.empty() ? "gift" + std::to_string(gift.id) : name;
    values[index_of(template_field::count)] = std::to_string(gift.count);
    values[index_of(template_field::coins)] = std::to_string(gift.value());
}

}  // namespace

std::string clean_name(std::string_view raw, const formatter_limits& limits) {
    const std::string name =
        core::shorten_clusters(without_part_signs(core::clean_text(raw)), limits.name_clusters);
    return core::shorten_code_points(name, limits.name_code_points);
}

bool can_fill(event_kind kind, template_field field) noexcept {
    switch (field) {
        case template_field::name:
        case template_field::unique_id:
        case template_field::badges:
            return has_author(kind);
        case template_field::text:
            return is_comment(kind);
        case template_field::gift:
            return kind == event_kind::gift;
        case template_field::count:
            return kind == event_kind::gift || kind == event_kind::like;
        case template_field::coins:
            return kind == event_kind::gift || kind == event_kind::envelope;
        case template_field::total_likes:
        case template_field::viewers:
        case template_field::room:
        case template_field::streamer:
            break;
    }
    return true;
}

bool price_unknown(const event& event) noexcept {
    return event.gift ? event.gift->coins == 0 : event.kind == event_kind::envelope && event.count == 0;
}

field_values values_of(const event& event, const std::string& room, const formatter_options& options) {
    field_values values;
    const auto at = [&values](template_field field) -> std::string& {
        return values[index_of(field)];
    };
    if (has_author(event.kind)) {
        at(template_field::unique_id) = clean_name(event.from.unique_id, options.limits);
        at(template_field::name) = shown_name(event.from, at(template_field::unique_id), options.limits);
        if (at(template_field::unique_id).empty()) {
            at(template_field::unique_id) = number_name(event.from);
        }
        at(template_field::badges) = badges_of(event.from, options.badges);
    }
    at(template_field::text) = text_of(event, options.emoji);
    at(template_field::room) = room;
    at(template_field::streamer) = room;
    if (event.gift) {
        add_gift(values, *event.gift, options.limits);
    } else if (event.kind == event_kind::like || event.kind == event_kind::envelope) {
        const auto field = event.kind == event_kind::envelope ? template_field::coins : template_field::count;
        at(field) = std::to_string(event.count);
    }
    if (price_unknown(event))
        at(template_field::coins) = "?";
    at(template_field::total_likes) = counter(event.total_likes, event.kind == event_kind::like);
    at(template_field::viewers) = counter(event.viewers, event.kind == event_kind::viewers);
    return values;
}

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
