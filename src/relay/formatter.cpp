// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/formatter.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {
namespace {

constexpr std::string_view fullwidth_at = "＠";

constexpr std::size_t index_of(template_field field) noexcept {
    return static_cast<std::size_t>(field);
}

std::string badges_of(const author& from) {
    std::string badges;
    badges += from.streamer ? "[streamer]" : "";
    badges += from.moderator ? "[mod]" : "";
    badges += from.subscriber ? "[sub]" : "";
    return badges;
}

// '/' and '.' start Twitch's commands, '!' other bots'; which signs bots listen to is anybody's choice, so
// a line of ours starts with none of them. Brackets and quotes are safe, and usual in front of a name.
bool looks_like_command(std::string_view body) noexcept {
    constexpr std::string_view harmless = "[(\"'";
    const char c = body.front();
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    return c > ' ' && c < 0x7F && !letter && !digit && harmless.find(c) == std::string_view::npos;
}

// The fields are clean each, but put together "@" and "name" may meet. `behind`: what follows the text.
std::string defuse_at(std::string_view text, std::string_view behind) {
    std::string out;
    out.reserve(text.size() + 4);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = i + 1 < text.size() ? text.substr(i + 1) : behind;
        if (text[i] == '@' && !rest.empty() && rest.front() != ' ') {
            out += fullwidth_at;
        } else {
            out += text[i];
        }
    }
    return out;
}

// An empty field leaves a blank on either side; one is enough.
void append_with_one_blank(std::string& line, std::string_view piece) {
    if (piece.starts_with(' ') && (line.empty() || line.ends_with(' '))) {
        piece.remove_prefix(1);
    }
    line += piece;
}

}  // namespace

formatter::formatter(line_template layout, std::string_view room, const formatter_limits& limits)
    : layout_(std::move(layout)), limits_(limits) {
    room_ = clean_name(room);
    const line_template::piece text = template_field::text;
    text_fields_ = static_cast<std::size_t>(std::ranges::count(layout_.pieces, text));
}

std::optional<formatted> formatter::format(const event& event) const {
    const bool sticker = event.kind == event_kind::emote_chat;
    std::string text = sticker ? "[sticker]" : core::clean_text(event.text);
    if (text.empty()) {
        return std::nullopt;
    }
    field_values values;
    values[index_of(template_field::unique_id)] = clean_name(event.from.unique_id);
    values[index_of(template_field::name)] =
        shown_name(event.from, values[index_of(template_field::unique_id)]);
    values[index_of(template_field::text)] = std::move(text);
    values[index_of(template_field::badges)] = badges_of(event.from);
    values[index_of(template_field::room)] = room_;

    const std::string whole = values[index_of(template_field::text)];
    const bool escape = layout_.label.empty() && looks_like_command(compose(values));
    const std::string_view prefix = escape ? "» " : "";
    const std::size_t used = core::count_code_points(layout_.label) + core::count_code_points(prefix);
    const std::size_t left = limits_.line_code_points > used ? limits_.line_code_points - used : 1;
    const std::string body = std::string(prefix) + fit(values, left);

    formatted result;
    result.label = defuse_at(layout_.label, body);
    result.body = defuse_at(body, {});
    result.name = values[index_of(template_field::name)];
    result.text = whole;
    return result;
}

std::string formatter::compose(const field_values& values) const {
    std::string line = layout_.label;
    for (const line_template::piece& piece : layout_.pieces) {
        const auto* literal = std::get_if<std::string>(&piece);
        append_with_one_blank(line, literal ? *literal : values[index_of(std::get<template_field>(piece))]);
    }
    if (line.ends_with(' ')) {
        line.pop_back();
    }
    return line.substr(layout_.label.size());
}

// The text gives way first, so that the rest of the template stays; then, should that not be enough, the end.
std::string formatter::fit(field_values& values, std::size_t room) const {
    std::string body = compose(values);
    const std::size_t size = core::count_code_points(body);
    if (size <= room) {
        return body;
    }
    std::string& text = values[index_of(template_field::text)];
    const std::size_t share = (size - room + text_fields_ - 1) / text_fields_;
    const std::size_t whole = core::count_code_points(text);
    text = core::cut_code_points(text, whole > share ? whole - share : 1);
    return core::cut_code_points(compose(values), room);
}

std::string formatter::clean_name(std::string_view raw) const {
    const std::string name = core::cut_clusters(core::clean_text(raw), limits_.name_clusters);
    return core::cut_code_points(name, limits_.name_code_points);
}

// tiktok.md 5.3: nickname, handle, number.
std::string formatter::shown_name(const author& from, const std::string& unique_id) const {
    std::string name = clean_name(from.nickname);
    if (!name.empty()) {
        return name;
    }
    return unique_id.empty() ? "user" + std::to_string(from.id) : std::string(fullwidth_at) + unique_id;
}

}  // namespace tiktok2twitch::relay
