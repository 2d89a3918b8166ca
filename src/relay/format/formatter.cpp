// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/formatter.hpp"

#include <algorithm>
#include <utility>

#include "relay/field_values.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {
namespace {

constexpr std::string_view fullwidth_at = "＠";

// '/' and '.' start Twitch's commands, '!' other bots'; which signs bots listen to is anybody's choice, so
// a line of ours starts with none of them, nor with what Twitch may drop in front of them. Brackets and
// quotes are safe, and usual in front of a name.
bool looks_like_command(std::string_view body) noexcept {
    constexpr std::string_view harmless = "[(\"'";
    const std::string_view seen = core::without_unknown_front(body);
    const char c = seen.empty() ? ' ' : seen.front();
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    return c > ' ' && c < 0x7F && !letter && !digit && harmless.find(c) == std::string_view::npos;
}

// Whether a stranger decides how the line begins. A label is the operator's, and was checked; so is a line of
// nothing but a literal.
bool may_begin_with_field(const line_template& layout) noexcept {
    return layout.label.empty() && std::ranges::any_of(layout.pieces, [](const line_template::piece& piece) {
               return std::holds_alternative<template_field>(piece);
           });
}

// The fields are clean each, but put together "@" and "name" may meet. `behind`: what follows the text.
// `joints` move along.
std::string defuse_at(std::string_view text, std::string_view behind, std::vector<std::size_t>& joints) {
    std::string out;
    out.reserve(text.size() + 4);
    auto joint = joints.begin();
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (; joint != joints.end() && *joint <= i; ++joint)
            *joint = out.size();
        const std::string_view rest = i + 1 < text.size() ? text.substr(i + 1) : behind;
        if (text[i] == '@' && !rest.empty() && rest.front() != ' ') {
            out += fullwidth_at;
        } else {
            out += text[i];
        }
    }
    joints.erase(joint, joints.end());  // in what was cut off
    return out;
}

// An empty field leaves a blank on either side; one is enough.
void append_with_one_blank(std::string& line, std::string_view piece) {
    if (piece.starts_with(' ') && (line.empty() || line.ends_with(' '))) {
        piece.remove_prefix(1);
    }
    line += piece;
}

// What stands behind the label.
std::string compose(const line_template& layout, const field_values& values,
                    std::vector<std::size_t>& joints) {
    std::string line = layout.label;
    joints.clear();
    for (const line_template::piece& piece : layout.pieces) {
        const auto* literal = std::get_if<std::string>(&piece);
        joints.push_back(line.size() - layout.label.size());
        append_with_one_blank(line, literal ? *literal : values[index_of(std::get<template_field>(piece))]);
    }
    if (line.ends_with(' ') && line.size() > layout.label.size()) {
        line.pop_back();
    }
    return line.substr(layout.label.size());
}

// The text gives way first, so that the rest of the template stays; then, should that not be enough, the end.
std::string fit(const line_template& layout, field_values& values, std::size_t room,
                std::vector<std::size_t>& joints) {
    std::string body = compose(layout, values, joints);
    const std::size_t size = core::count_code_points(body);
    if (size <= room) {
        return body;
    }
    const line_template::piece field = template_field::text;
    const auto fields = static_cast<std::size_t>(std::ranges::count(layout.pieces, field));
    std::string& text = values[index_of(template_field::text)];
    if (fields == 0 || text.empty()) {
        return core::shorten_code_points(body, room);
    }
    const std::size_t share = (size - room + fields - 1) / fields;
    const std::size_t whole = core::count_code_points(text);
    text = core::shorten_code_points(text, whole > share ? whole - share : 1);
    return core::shorten_code_points(compose(layout, values, joints), room);
}

// Whether a word goes on with it; all of what is not ASCII may.
bool is_word_sign(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
}

bool shows(const line_template& layout, const line_template::piece& field) {
    return std::ranges::find(layout.pieces, field) != layout.pieces.end();
}

// What a template says of coins in brackets, "({coins} coins)", is left out where nobody knows the price.
// Elsewhere {coins} is "?" then.
line_template without_price(line_template layout) {
    auto& pieces = layout.pieces;
    const line_template::piece coins = template_field::coins;
    for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
        auto* before = std::get_if<std::string>(&pieces[i - 1]);
        auto* behind = std::get_if<std::string>(&pieces[i + 1]);
        if (pieces[i] != coins || !before || !behind) {
            continue;
        }
        const std::size_t open = before->find_last_of("()");
        const std::size_t close = behind->find_first_of("()");
        if (open == std::string::npos || (*before)[open] != '(' || close == std::string::npos ||
            (*behind)[close] != ')') {
            continue;
        }
        before->erase(open);
        behind->erase(0, close + 1);
        pieces[i] = std::string();
    }
    return layout;
}

// "(1 coin)": a template says "{coins} coins" for all numbers.
line_template with_one_coin(line_template layout) {
    constexpr std::string_view plural = " coins";
    auto& pieces = layout.pieces;
    const line_template::piece coins = template_field::coins;
    for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
        auto* behind = std::get_if<std::string>(&pieces[i + 1]);
        if (pieces[i] == coins && behind && behind->starts_with(plural) &&
            (behind->size() == plural.size() || !is_word_sign((*behind)[plural.size()]))) {
            behind->erase(plural.size() - 1, 1);
        }
    }
    return layout;
}

template_set same_for_all(const line_template& layout) {
    template_set set;
    set.fill(layout);
    return set;
}

}  // namespace

formatter::formatter(template_set layouts, std::string_view room, formatter_options options)
    : layouts_(std::move(layouts)), options_(std::move(options)) {
    room_ = clean_name(room, options_.limits);
}

formatter::formatter(const line_template& layout, std::string_view room, formatter_options options)
    : formatter(same_for_all(layout), room, std::move(options)) {}

std::optional<formatted> formatter::format(const event& event) const {
    const line_template& of_kind = layouts_[static_cast<std::size_t>(event.kind)];
    std::optional<line_template> bare;
    if (price_unknown(event)) {
        bare = without_price(of_kind);
    }
    field_values values = values_of(event, room_, options_);
    if (!bare && values[index_of(template_field::coins)] == "1") {
        bare = with_one_coin(of_kind);
    }
    const line_template& layout = bare ? *bare : of_kind;
    std::string whole = is_comment(event.kind) ? values[index_of(template_field::text)] : std::string();
    if (is_comment(event.kind) && whole.empty()) {
        return std::nullopt;
    }
    formatted result;
    const bool escape =
        may_begin_with_field(layout) && looks_like_command(compose(layout, values, result.joints));
    const std::string_view prefix = escape ? "» " : "";
    const std::size_t used = core::count_code_points(layout.label) + core::count_code_points(prefix);
    const std::size_t most = options_.limits.line_code_points;
    const std::string fitting = fit(layout, values, most > used ? most - used : 1, result.joints);
    if (fitting.empty()) {
        return std::nullopt;
    }
    const std::string body = std::string(prefix) + fitting;

    for (std::size_t& joint : result.joints)
        joint += prefix.size();
    std::vector<std::size_t> none;
    result.label = defuse_at(layout.label, body, none);
    result.body = defuse_at(body, {}, result.joints);
    result.name = std::move(values[index_of(template_field::name)]);
    result.text = std::move(whole);
    return result;
}

std::string formatter::unmarked_name(const event& event) const {
    return unmarked(event.kind, event.from.nickname);
}

bool formatter::shows_handle(event_kind kind, const std::string& nickname) const {
    if (!can_fill(kind, template_field::unique_id))
        return false;
    return shows(layouts_[static_cast<std::size_t>(kind)], template_field::unique_id) ||
           clean_name(nickname, options_.limits).empty() || unmarked(kind, nickname) != nickname;
}

std::string formatter::unmarked(event_kind kind, const std::string& nickname) const {
    if (!shows(layouts_[static_cast<std::size_t>(kind)], template_field::badges))
        return nickname;
    const std::string clean = core::clean_text(nickname);
    std::string name = without_marks(clean, options_.badges);
    return name == clean ? nickname : name;
}

}  // namespace tiktok2twitch::relay
