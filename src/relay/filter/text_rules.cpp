// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <utility>

#include "relay/message_filter_impl.hpp"
#include "relay/text_mask.hpp"
#include "relay/verdict_steps.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {

// Rules quote what strangers wrote.
std::string link_rule(std::string_view clean, const found_link& link) {
    constexpr std::size_t most = 60;
    const auto text = clean.substr(link.where.begin, link.where.end - link.where.begin);
    return "link \"" + core::cut_code_points(text, most) + "\"";
}

// What a later rule takes out may bring a word or a link together for an earlier one: all of them look again
// until nothing changes.
bool message_filter::impl::judge_text(bool may_link, verdict& out) const {
    std::string before;
    for (int round = 0; round < most_rounds; ++round) {
        before = out.text;
        if (!judge_words(out) || !judge_patterns(out) || (!may_link && !judge_links(out)))
            return false;
        if (out.text == before)
            return true;
    }
    const std::string reason = std::move(out.reason);
    std::string rule = std::move(out.rule);
    return drop(out, reason, std::move(rule));
}

word_matcher::findings message_filter::impl::find_words(std::string_view clean) const {
    word_matcher::findings found = words.all(clean);
    word_matcher::findings more = extra.all(clean);
    if (found.rule.empty())
        found.rule = std::move(more.rule);
    found.where.insert(found.where.end(), more.where.begin(), more.where.end());
    return found;
}

// False when words are left. `rule` is empty when there were none to begin with.
bool message_filter::impl::mask_words(std::string& clean, std::string& rule) const {
    for (int round = 0; round < most_rounds; ++round) {
        auto found = find_words(clean);
        if (found.where.empty())
            return true;
        if (rule.empty())
            rule = std::move(found.rule);
        clean = mask_ranges(clean, std::move(found.where));
    }
    return find_words(clean).where.empty();
}

std::string message_filter::impl::first_word(std::string_view clean) const {
    auto rule = words.first(clean);
    if (!rule)
        rule = extra.first(clean);
    return rule ? std::move(*rule) : std::string();
}

bool message_filter::impl::judge_words(verdict& out) const {
    constexpr std::string_view reason = "blocked_word";
    if (options.words_action == filter_action::mask) {
        std::string rule;
        if (!mask_words(out.text, rule))
            return drop(out, reason, std::move(rule));
        return rule.empty() || changed(out, reason, std::move(rule));
    }
    std::string rule = first_word(out.text);
    if (rule.empty())
        return true;
    return options.words_action == filter_action::hold ? hold(out, reason, std::move(rule), options.hold_for)
                                                       : drop(out, reason, std::move(rule));
}

// False when matches are left. `rule` is empty when there were none to begin with.
bool message_filter::impl::mask_patterns(std::string& clean, std::string& rule) const {
    for (int round = 0; round < most_rounds; ++round) {
        auto found = patterns.find(clean, true);
        if (found.rule.empty())
            return true;
        if (rule.empty())
            rule = std::move(found.rule);
        clean = mask_ranges(clean, std::move(found.where));
    }
    return patterns.find(clean, false).rule.empty();
}

bool message_filter::impl::judge_patterns(verdict& out) const {
    constexpr std::string_view reason = "blocked_pattern";
    if (options.patterns_action == filter_action::mask) {
        std::string rule;
        if (!mask_patterns(out.text, rule))
            return drop(out, reason, std::move(rule));
        return rule.empty() || changed(out, reason, std::move(rule));
    }
    std::string rule = patterns.find(out.text, false).rule;
    if (rule.empty())
        return true;
    return options.patterns_action == filter_action::hold
               ? hold(out, reason, std::move(rule), options.hold_for)
               : drop(out, reason, std::move(rule));
}

bool message_filter::impl::judge_links(verdict& out) const {
    constexpr std::string_view reason = "link";
    if (options.links == link_action::allow)
        return true;
    const auto links = find_links(out.text);
    if (links.empty())
        return true;
    std::string rule = link_rule(out.text, links.front());
    switch (options.links) {
        case link_action::allow:
            return true;
        case link_action::drop:
            return drop(out, reason, std::move(rule));
        case link_action::hold:
            return hold(out, reason, std::move(rule), options.hold_for);
        case link_action::strip:
            out.text = strip_links(out.text);
            break;
        case link_action::defang:
            out.text = defang_links(out.text);
            break;
    }
    return changed(out, reason, std::move(rule));
}

}  // namespace tiktok2twitch::relay
