// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <utility>

#include "relay/message_filter_impl.hpp"
#include "relay/verdict_steps.hpp"
#include "tiktok2twitch/relay/priority.hpp"

namespace tiktok2twitch::relay {
namespace {

constexpr std::string_view together = ", name and text together";

// What lies within one part was judged with it, or is the operator's.
bool crosses(const text_range& where, std::span<const std::size_t> joints) {
    return std::ranges::any_of(
        joints, [&where](std::size_t joint) { return where.begin < joint && joint < where.end; });
}

// A moderator's decision is needed, even if the comment was to wait only for a while.
bool hold_for_moderator(verdict& out, std::string_view reason, std::string rule, core::duration wait) {
    if (std::exchange(out.release_after, false))
        out.what = verdict::kind::pass;
    return hold(out, reason, std::move(rule), wait);
}

}  // namespace

bool message_filter::impl::judge_line_words(std::string_view body, std::span<const std::size_t> joints,
                                            verdict& out) const {
    constexpr std::string_view reason = "blocked_word";
    if (first_word(body).empty())
        return true;
    for (const text_range& where : find_words(body).where) {
        if (!crosses(where, joints))
            continue;
        std::string rule = first_word(body.substr(where.begin, where.end - where.begin));
        if (rule.empty())  // cut out it has other edges
            rule = first_word(body);
        rule += together;
        return options.words_action == filter_action::hold
                   ? hold_for_moderator(out, reason, std::move(rule), options.hold_for)
                   : drop(out, reason, std::move(rule));
    }
    return true;
}

bool message_filter::impl::judge_line_links(std::string& body, std::vector<std::size_t> joints,
                                            verdict& out) const {
    constexpr std::string_view reason = "link";
    constexpr std::string_view raised = "\u00b7";
    const bool raise = options.links == link_action::defang || options.links == link_action::strip;
    for (int round = 0; round < most_rounds; ++round) {
        const auto links = find_links(body);
        const auto found = std::ranges::find_if(links, [&](const found_link& link) {
            return crosses(link.where, joints) && (link.clickable || !raise);
        });
        if (found == links.end())
            return true;
        std::string rule = link_rule(body, *found).append(together);
        if (options.links == link_action::hold)
            return hold_for_moderator(out, reason, std::move(rule), options.hold_for);
        if (!raise || round + 1 == most_rounds)
            return drop(out, reason, std::move(rule));
        std::size_t done = body.size();
        for (auto dot = found->dots.rbegin(); dot != found->dots.rend(); ++dot) {
            if (dot->end > done)
                continue;  // one of the three of "…"
            done = dot->begin;
            body.replace(dot->begin, dot->end - dot->begin, raised);
            for (std::size_t& joint : joints) {
                if (joint >= dot->end)
                    joint += raised.size() - (dot->end - dot->begin);
            }
        }
        changed(out, reason, std::move(rule));
    }
    return true;
}

void message_filter::judge_line(const event& event, std::string& body, std::span<const std::size_t> joints,
                                verdict& out) const {
    if (!is_comment(event.kind) || joints.empty() || impl_->allowed.find(event.from))
        return;
    const bool may_link = event.from.streamer || impl_->options.links == link_action::allow;
    if (impl_->judge_line_words(body, joints, out) && !may_link)
        impl_->judge_line_links(body, {joints.begin(), joints.end()}, out);
}

}  // namespace tiktok2twitch::relay
