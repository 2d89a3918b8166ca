// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "twitch/fold.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/part_signs.hpp"

namespace tiktok2twitch::twitch {
namespace {

// Between a name's end and a comma an '@' would stand before something that is no blank.
std::string shown(std::string_view name) {
    std::string out;
    for (const char c : core::shorten_code_points(name, longest_shown_name))
        c == '@' ? out += "\uff20" : out += c;
    return out;
}

}  // namespace

bool foldable(const relay::line_part& first, std::size_t count, const relay::line_part& later) {
    // Without a label the text would come first in the line, where it could be a command.
    return !later.fold_key.empty() && first.fold_key == later.fold_key && first.route == later.route &&
           first.label == later.label && !first.label.empty() && count < most_folded &&
           core::count_code_points(first.text) <= longest_foldable_text;
}

relay::line_part folded_part(const relay::line_part& first, const std::vector<folded_event>& others) {
    auto out = first;
    if (others.empty())
        return out;
    const auto times = " " + std::string(relay::times_sign) + std::to_string(others.size() + 1);
    std::vector<std::pair<std::int64_t, std::string_view>> people{{first.author_id, first.name}};
    for (const auto& other : others) {
        const bool known = std::any_of(people.begin(), people.end(),
                                       [&](const auto& person) { return person.first == other.author_id; });
        if (!known)
            people.emplace_back(other.author_id, other.name);
    }
    out.people = people.size();
    if (people.size() == 1) {
        out.text += times;
        out.body = first.name + ": " + out.text;
        return out;
    }
    out.body = first.text + times + " (";
    for (std::size_t i = 0; i < std::min(people.size(), names_shown); ++i)
        out.body += (i > 0 ? ", " : "") + shown(people[i].second);
    if (people.size() > names_shown)
        out.body += " +" + std::to_string(people.size() - names_shown);
    out.body += ")";
    out.text.clear();
    return out;
}

}  // namespace tiktok2twitch::twitch
