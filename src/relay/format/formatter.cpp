// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/format/formatter.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "tiktok2twitch/core/ascii.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/filter/words/skeleton.hpp"
#include "tiktok2twitch/relay/filter/words/word_trie.hpp"
#include "tiktok2twitch/relay/format/template.hpp"

namespace tiktok2twitch::relay {
namespace {

constexpr std::string_view level_field = "{level}";

std::string with_level(const std::string& mark, int level) {
    if (level <= 0) {
        return {};
    }
    const std::size_t at = mark.find(level_field);
    return at == std::string::npos ? mark
                                   : std::string(mark).replace(at, level_field.size(), std::to_string(level));
}

// Whether somebody would read the one for the other.
bool look_the_same(const sign& a, const sign& b) {
    if (a.literal == b.literal)
        return a.run == b.run;
    return std::ranges::any_of(readings(a), [&b](const reading& one) {
        return one.literal != word_gap && std::ranges::any_of(readings(b), [&one](const reading& other) {
                   return one.literal == other.literal;
               });
    });
}

// The signs of a mark; a level is a sign_kind::stop, which no text has.
std::vector<sign> signs_of_mark(std::string_view mark) {
    const std::size_t at = mark.find(level_field);
    std::vector<sign> signs = signs_of(mark.substr(0, at));
    if (at != std::string_view::npos) {
        signs.push_back({});
        const auto behind = signs_of(mark.substr(at + level_field.size()));
        signs.insert(signs.end(), behind.begin(), behind.end());
    }
    std::erase_if(signs, [](const sign& s) { return s.kind == sign_kind::blank; });
    return signs;
}

// Where `mark` begins in `seen`, which ends in it; `next` is what follows, if anything.
std::optional<std::size_t> begin_of_mark(const std::vector<sign>& seen, const std::vector<sign>& mark,
                                         const sign* next) {
    const auto word = [](const sign& s) {
        return in_word(s) || s.kind == sign_kind::stop;
    };
    if (mark.empty() || (next != nullptr && word(mark.back()) && in_word(*next)))
        return std::nullopt;
    std::size_t at = seen.size();
    const auto skip_blanks = [&] {
        while (at > 0 && seen[at - 1].kind == sign_kind::blank)
            --at;
    };
    for (auto wanted = mark.rbegin(); wanted != mark.rend(); ++wanted) {
        if (wanted != mark.rbegin())
            skip_blanks();
        const auto fits = [&] {
            return at > 0 && (wanted->kind == sign_kind::stop ? seen[at - 1].kind == sign_kind::digit
                                                              : look_the_same(seen[at - 1], *wanted));
        };
        if (!fits())
            return std::nullopt;
        do {
            --at;
        } while (wanted->kind == sign_kind::stop && fits());
    }
    return at > 0 && word(mark.front()) && in_word(seen[at - 1]) ? std::nullopt : std::optional(at);
}

}  // namespace

std::string badges_of(const author& from, const badge_marks& marks) {
    std::string badges;
    badges += from.streamer ? marks.streamer : "";
    badges += from.moderator ? marks.moderator : "";
    badges += from.subscriber ? marks.subscriber : "";
    badges += with_level(marks.gifter, from.gifter_level);
    badges += with_level(marks.fan_club, from.fan_club_level);
    badges += from.new_follower ? marks.new_follower : "";
    return badges;
}

std::string without_marks(std::string_view clean_name, const badge_marks& marks) {
    const std::array<std::vector<sign>, 6> all{
        signs_of_mark(marks.streamer), signs_of_mark(marks.moderator), signs_of_mark(marks.subscriber),
        signs_of_mark(marks.gifter),   signs_of_mark(marks.fan_club),  signs_of_mark(marks.new_follower)};
    // What is left so far, so that "[m[mod]od]" is found from the inside out.
    std::vector<sign> left;
    std::vector<text_range> marked;
    const std::vector<sign> signs = signs_of(clean_name);
    for (std::size_t i = 0; i < signs.size(); ++i) {
        left.push_back(signs[i]);
        const sign* const next = i + 1 < signs.size() ? &signs[i + 1] : nullptr;
        for (const auto& mark : all) {
            if (const auto begin = begin_of_mark(left, mark, next)) {
                const std::size_t from = left[*begin].where.begin;
                while (!marked.empty() && marked.back().begin >= from)
                    marked.pop_back();
                marked.push_back({from, signs[i].where.end});
                left.resize(*begin);
                break;
            }
        }
    }
    std::string name(clean_name);
    for (auto range = marked.rbegin(); range != marked.rend(); ++range)
        name.erase(range->begin, range->end - range->begin);
    return marked.empty() ? name : core::clean_text(name);
}

namespace {

using entry = std::pair<std::string_view, std::string_view>;

// The codes as TikTok's app types them; it publishes no meanings, so each sign is what the name says. Sorted.
constexpr std::array built_in{
    entry{"angel", "😇"},      entry{"angry", "😠"},        entry{"astonish", "😧"},
    entry{"awkward", "😅"},    entry{"blink", "😉"},        entry{"complacent", "😏"},
    entry{"cool", "😎"},       entry{"cry", "😢"},          entry{"cute", "😊"},
    entry{"disdain", "😒"},    entry{"drool", "🤤"},     entry{"embarrassed", "🙈"},
    entry{"evil", "👿"},       entry{"excited", "🤩"},   entry{"facewithrollingeyes", "🙄"},
    entry{"flushed", "😳"},    entry{"funnyface", "🤪"}, entry{"greedy", "🤑"},
    entry{"happy", "😄"},      entry{"heart", "❤️"},   entry{"hehe", "🤭"},
    entry{"joyful", "😁"},     entry{"laugh", "😆"},        entry{"laughwithtears", "😂"},
    entry{"loveface", "😍"},   entry{"lovely", "🥰"},    entry{"nap", "😴"},
    entry{"pride", "😌"},      entry{"proud", "😤"},        entry{"rage", "😡"},
    entry{"scream", "😱"},     entry{"shock", "😨"},        entry{"shout", "📢"},
    entry{"slap", "🤕"},    entry{"smile", "🙂"},     entry{"smileface", "😀"},
    entry{"speechless", "😶"}, entry{"stun", "😵"},         entry{"sulk", "😞"},
    entry{"surprised", "😲"},  entry{"tears", "🥲"},     entry{"thinking", "🤔"},
    entry{"weep", "😭"},       entry{"wicked", "😈"},       entry{"wow", "😮"},
    entry{"wronged", "🥺"}, entry{"yummy", "😋"},
};
static_assert(std::ranges::is_sorted(built_in, {}, &entry::first));

std::string_view find(std::string_view code, const emoji_table& own) {
    if (const auto mine = own.find(code); mine != own.end()) {
        return mine->second;
    }
    const auto found = std::ranges::lower_bound(built_in, code, {}, &entry::first);
    return found != built_in.end() && found->first == code ? found->second : std::string_view{};
}

bool is_code_character(char c) noexcept {
    return core::ascii::is_alnum(c) || c == '_';
}

// The code behind a '[', or nothing; looks at no more than emoji_code_length + 1 bytes.
std::string_view code_at(std::string_view behind) noexcept {
    std::size_t size = 0;
    while (size < behind.size() && size < emoji_code_length && is_code_character(behind[size])) {
        ++size;
    }
    return size < behind.size() && behind[size] == ']' ? behind.substr(0, size) : std::string_view{};
}

}  // namespace

bool is_emoji_code(std::string_view code) noexcept {
    return !code.empty() && code.size() <= emoji_code_length && std::ranges::all_of(code, is_code_character);
}

std::string expand_emoji_codes(std::string_view text, const emoji_table& own) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view code = text[at] == '[' ? code_at(text.substr(at + 1)) : std::string_view{};
        const std::string_view said = code.empty() ? std::string_view{} : find(code, own);
        if (said.empty()) {
            out += text[at];
            ++at;
        } else {
            out += said;
            at += code.size() + 2;
        }
    }
    return out;
}

std::string sticker_text(const emoji_table& own) {
    return expand_emoji_codes("[sticker]", own);
}

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
