// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "twitch/packer.hpp"

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/part_signs.hpp"

namespace tiktok2twitch::twitch {

namespace {

// What stands before the text of a comment, which may then be joined to another of its author's. Empty where
// the body does not end with the whole text.
std::string_view beginning_of(const relay::line_part& part) {
    const std::string_view body = part.body;
    const bool ends_with_it = !part.text.empty() && body.ends_with(part.text);
    return ends_with_it ? body.substr(0, body.size() - part.text.size()) : std::string_view();
}

}  // namespace

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

}  // namespace tiktok2twitch::twitch
