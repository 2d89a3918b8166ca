// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include <utility>

#include "core/code_points.hpp"
#include "core/utf8.hpp"
#include "relay/message_filter_impl.hpp"
#include "relay/verdict_steps.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/priority.hpp"

namespace tiktok2twitch::relay {
namespace {

constexpr std::string_view no_name = "[link]";

// Whether what the rules left of a name still tells somebody from others: "Mr ***" does, "***" does not.
bool tells_somebody(std::string_view name) {
    for (std::size_t at = 0; at < name.size();) {
        if (name.substr(at).starts_with(no_name)) {
            at += no_name.size();
            continue;
        }
        const int category = core::property_of(core::utf8::next(name, at)).category;
        const bool letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
        const bool number = category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
        if (letter || number || category == UTF8PROC_CATEGORY_SO)
            return true;
    }
    return false;
}

}  // namespace

bool message_filter::impl::judge_names(const event& event, bool may_link, verdict& out) const {
    const bool paid = is_paid(event.kind);
    const auto& handle = event.from.unique_id;
    if (!judge_name(event.from.nickname, may_link, paid, out.name, out))
        return false;
    out.shows_handle = !lines || lines->shows_handle(event.kind, out.name ? *out.name : event.from.nickname);
    if (out.shows_handle)
        return judge_name(handle, may_link, paid, out.unique_id, out);
    // Nobody sees it, and nothing is counted or dropped for it. It is made fit to be seen all the same: the
    // event may wait until another template does show it.
    verdict unseen;
    return judge_name(handle, may_link, true, out.unique_id, unseen);
}

bool message_filter::impl::judge_name(std::string_view raw, bool may_link, bool paid,
                                      std::optional<std::string>& shown, verdict& out) const {
    constexpr std::string_view reason = "blocked_name";
    const std::string clean = core::clean_text(raw);
    std::string name = clean;
    std::string before;
    for (int round = 0; round < most_rounds; ++round) {
        before = name;
        for (const auto judge : {&impl::judge_name_words, &impl::judge_name_patterns}) {
            auto found = (this->*judge)(name);
            if (found.rule.empty())
                continue;
            if (found.action == filter_action::mask) {
                changed(out, reason, std::move(found.rule));
            } else if (paid) {  // told at once, whether the rule drops or holds
                changed(out, reason, std::move(found.rule));
                shown.emplace();
                return true;
            } else if (found.action == filter_action::hold) {
                hold(out, reason, std::move(found.rule), options.hold_for);
            } else {
                return drop(out, reason, std::move(found.rule));
            }
        }
        if (!may_link && options.links != link_action::allow)
            judge_name_links(name, out);
        if (name != clean && !tells_somebody(name))
            break;
        if (name == before) {
            if (name != clean)
                shown = std::move(name);
            return true;
        }
    }
    shown.emplace();
    return true;
}

// Both: with action mask the name is another one then; empty, when it would not do with asterisks.
message_filter::impl::name_finding message_filter::impl::judge_name_words(std::string& name) const {
    name_finding found{{}, options.words_action};
    if (options.words_action != filter_action::mask)
        found.rule = first_word(name);
    else if (!mask_words(name, found.rule))
        name.clear();
    return found;
}

message_filter::impl::name_finding message_filter::impl::judge_name_patterns(std::string& name) const {
    name_finding found{{}, options.patterns_action};
    if (options.patterns_action != filter_action::mask)
        found.rule = patterns.find(name, false).rule;
    else if (!mask_patterns(name, found.rule))
        name.clear();
    return found;
}

void message_filter::impl::judge_name_links(std::string& name, verdict& out) const {
    auto changed_name = raise_dots(name);
    if (any_clickable(find_links(changed_name)))
        changed_name =
            options.links == link_action::strip ? strip_links(changed_name) : defang_links(changed_name);
    if (changed_name == name)
        return;
    const auto links = find_links(name, link_reading::name);
    if (!links.empty())
        changed(out, "link", link_rule(name, links.front()) + " in the name");
    name = std::move(changed_name);
}

}  // namespace tiktok2twitch::relay
