// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/twitch/sending/packer.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/format/part_signs.hpp"

namespace tiktok2twitch::twitch {
namespace {

// Between a name's end and a comma an '@' would stand before something that is no blank.
std::string shown(std::string_view name) {
    std::string out;
    for (const char c : core::shorten_code_points(name, longest_shown_name))
        c == '@' ? out += "\uff20" : out += c;
    return out;
}

// What stands before the text of a comment, which may then be joined to another of its author's. Empty where
// the body does not end with the whole text.
std::string_view beginning_of(const relay::line_part& part) {
    const std::string_view body = part.body;
    const bool ends_with_it = !part.text.empty() && body.ends_with(part.text);
    return ends_with_it ? body.substr(0, body.size() - part.text.size()) : std::string_view();
}

constexpr std::size_t chorus_size = 3;

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

line_draft::line_draft(std::size_t limit, std::size_t most) : limit_(limit), most_(most) {}

line_draft::group* line_draft::group_of(const relay::line_part& part, std::string_view beginning) {
    if (beginning.empty())
        return nullptr;
    for (auto& known : groups_)
        if (known.first->author_id == part.author_id && known.first->route == part.route &&
            known.beginning == beginning && known.first->label == part.label)
            return &known;
    return nullptr;
}

line_draft::fit line_draft::add(const relay::line_part& part) {
    const auto beginning = beginning_of(part);
    const auto reads = core::direction_of(part.body);
    if (groups_.empty()) {
        shared_ = repeated_ = core::count_code_points(part.label) + core::count_code_points(part.body);
        direction_ = reads;
        groups_.push_back({&part, beginning, {part.text}});
        return fit::taken;
    }
    const bool mixed =
        reads != direction_ && reads != core::direction::neutral && direction_ != core::direction::neutral;
    if (mixed)
        return fit::other_direction;
    auto* const known = group_of(part, beginning);
    const bool one_label = one_label_ && part.label == groups_.front().first->label;
    auto shared = shared_;
    auto repeated = repeated_;
    if (known != nullptr) {
        const auto size =
            core::count_code_points(relay::same_author_separator) + core::count_code_points(part.text);
        shared += size;
        repeated += size;
    } else {
        const auto size = core::count_code_points(relay::part_separator) + core::count_code_points(part.body);
        shared += size;
        repeated += size + core::count_code_points(part.label);
    }
    if ((known == nullptr && groups_.size() >= most_) || (one_label ? shared : repeated) > limit_)
        return fit::no_room;
    shared_ = shared;
    repeated_ = repeated;
    one_label_ = one_label;
    if (direction_ == core::direction::neutral)
        direction_ = reads;
    if (known != nullptr)
        known->texts.push_back(part.text);
    else
        groups_.push_back({&part, beginning, {part.text}});
    return fit::taken;
}

std::string line_draft::text() const {
    std::string out;
    for (const auto& said : groups_) {
        const bool is_first = &said == &groups_.front();
        if (!is_first)
            out += relay::part_separator;
        if (is_first || !one_label_)
            out += said.first->label;
        out += said.first->body;
        for (std::size_t i = 1; i < said.texts.size(); ++i) {
            out += relay::same_author_separator;
            out += said.texts[i];
        }
    }
    return out;
}

std::size_t most_parts(std::size_t waiting) noexcept {
    return std::max(readable_parts, (waiting + 1) / 2);
}

std::vector<std::size_t> choose(std::span<const relay::line_part> waiting, const choice_options& options,
                                core::time_point now) {
    const bool stale = waiting.front().received_at + stale_wait <= now;
    if (!options.pack && !stale)
        return {0};  // one by one, in order, as long as that keeps up
    // Messages of the same author and class that go ahead of each: the older ones, or when the wait is stale
    // the newer ones.
    std::map<std::pair<std::uint8_t, std::int64_t>, std::size_t> written;
    std::vector<std::size_t> before(waiting.size());
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        const auto at = stale ? waiting.size() - 1 - i : i;
        before[at] = written[{waiting[at].priority, waiting[at].author_id}]++;
    }
    std::vector<std::size_t> order(waiting.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto age = [&](std::size_t i) {
            return stale ? waiting.size() - i : i;
        };
        const auto rank = [&](std::size_t i) {
            // What several people say goes ahead of what one says: more of them are heard for the room it
            // takes, and a text that somebody repeats all the time would never become the oldest.
            const bool chorus = waiting[i].people >= chorus_size;
            return std::tuple(255 - waiting[i].priority, !chorus, before[i], age(i));
        };
        return rank(a) < rank(b);
    });
    std::vector<std::size_t> chosen;
    const bool whole = stale || options.hurry;
    line_draft line(options.limit, whole ? waiting.size() : most_parts(waiting.size()));
    for (const auto index : order) {
        const auto fit = line.add(waiting[index]);
        if (fit == line_draft::fit::no_room && chosen.size() > 8)
            break;  // what is left is small change
        if (fit != line_draft::fit::taken)
            continue;
        chosen.push_back(index);
        if (!options.pack)
            break;
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

}  // namespace tiktok2twitch::twitch
