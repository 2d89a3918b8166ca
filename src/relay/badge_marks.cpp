// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/badge_marks.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "relay/skeleton.hpp"
#include "relay/word_readings.hpp"
#include "tiktok2twitch/core/text.hpp"

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

}  // namespace tiktok2twitch::relay
