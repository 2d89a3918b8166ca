// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <utility>

#include "relay/message_filter_impl.hpp"
#include "relay/verdict_steps.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {

bool message_filter::impl::judge_names(const author& from, bool trusted, verdict& out) const {
    return judge_name(from.nickname, trusted, out.name, out) &&
           judge_name(from.unique_id, trusted, out.unique_id, out);
}

bool message_filter::impl::judge_name(std::string_view raw, bool trusted, std::string& shown,
                                      verdict& out) const {
    constexpr std::string_view reason = "blocked_name";
    if (raw.empty())
        return true;
    const std::string clean = core::clean_text(raw);
    std::string name = clean;
    std::string before;
    for (int round = 0; round < most_rounds; ++round) {
        before = name;
        if (auto rule = judge_name_words(name); !rule.empty()) {
            if (name == before)
                return drop(out, reason, std::move(rule));
            changed(out, reason, std::move(rule));
        }
        const auto links =
            trusted || options.links == link_action::allow ? std::vector<found_link>() : find_links(name);
        if (!links.empty()) {
            changed(out, "link", link_rule(name, links.front()) + " in the name");
            name = options.links == link_action::strip ? strip_links(name) : defang_links(name);
        }
        if (name == before) {
            if (name != clean)
                shown = std::move(name);
            return true;
        }
    }
    std::string rule = std::move(out.rule);
    return drop(out, reason, std::move(rule));
}

// The rule that a word of the name breaks, if any; with action mask the name is another one then.
std::string message_filter::impl::judge_name_words(std::string& name) const {
    std::string rule;
    if (options.words_action == filter_action::mask) {
        std::string masked = name;
        if (mask_words(masked, rule))
            name = std::move(masked);
        return rule;
    }
    return first_word(name);
}

}  // namespace tiktok2twitch::relay
