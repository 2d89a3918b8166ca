// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/relay/filter/text_rules.hpp"

#include <algorithm>
#include <utility>

#include "tiktok2twitch/core/error.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/core/unicode.hpp"
#include "tiktok2twitch/relay/filter/links/link_finder.hpp"
#include "tiktok2twitch/relay/filter/words/word_matcher.hpp"

namespace tiktok2twitch::relay {
namespace {

// What is masked may bring other words together ("fo[bad]o.o" and the like). What still has a finding after
// so many rounds is dropped.
constexpr int most_rounds = 4;
constexpr std::string_view no_name = "[link]";
constexpr std::string_view together = ", name and text together";

std::string unknown_list(std::string_view key, const std::string& language) {
    std::string text = std::string(key) + ": there is no list \"" + language + "\"; there are";
    for (const std::string_view each : starter_list_languages())
        text.append(" ").append(each);
    return text;
}

// The sentence for the first entry that cannot be used; empty: all words are in `out`.
std::string compile_words(const filter_options& options, const std::vector<word_list>& files,
                          word_matcher& out) {
    for (const std::string& language : options.starter_lists) {
        const auto list = starter_list(language);
        if (!list)
            return unknown_list("filter.starter_lists", language);
        if (auto problem = add_list(out, *list, "starter list " + language, "of list " + language, true);
            !problem.empty())
            return problem;
    }
    for (const std::string& language : options.swearing) {
        const auto list = swearing_list(language);
        if (!list)
            return unknown_list("filter.swearing", language);
        if (auto problem =
                add_list(out, *list, "swearing list " + language, "of the swearing list " + language, true);
            !problem.empty())
            return problem;
    }
    add_exceptions(out);
    for (std::size_t i = 0; i < options.words.size(); ++i) {
        if (const auto problem = out.add(options.words[i], "of filter.words"); !problem.empty())
            return "filter.words, entry " + std::to_string(i + 1) + ": \"" + options.words[i] + "\" " +
                   std::string(problem);
    }
    for (const word_list& file : files) {
        if (auto problem = add_list(out, file.text, "filter.word_files, " + file.name, "of " + file.name);
            !problem.empty())
            return problem;
    }
    return {};
}

}  // namespace

std::string mask_ranges(std::string_view clean, std::vector<text_range> where) {
    std::ranges::sort(where, {}, &text_range::begin);
    std::string masked;
    masked.reserve(clean.size());
    std::size_t next = 0;       // of the ranges
    std::size_t masked_to = 0;  // end of those that began
    std::size_t begin = 0;
    for (core::cluster_walker walker(clean); !walker.done(); begin = walker.end()) {
        walker.next();
        for (; next < where.size() && where[next].begin < walker.end(); ++next)
            masked_to = std::max(masked_to, where[next].end);
        const std::string_view cluster = clean.substr(begin, walker.end() - begin);
        if (begin < masked_to && cluster != " ")
            masked += '*';
        else
            masked += cluster;
    }
    return core::clean_text(masked);  // a long run of asterisks is a flood like any other
}

namespace {

// Rules quote what strangers wrote.
std::string link_rule(std::string_view clean, const found_link& link) {
    constexpr std::size_t most = 60;
    const auto text = clean.substr(link.where.begin, link.where.end - link.where.begin);
    return "link \"" + core::cut_code_points(text, most) + "\"";
}

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

// What lies within one part was judged with it, or is the operator's.
bool crosses(const text_range& where, std::span<const std::size_t> joints) {
    return std::ranges::any_of(
        joints, [&where](std::size_t joint) { return where.begin < joint && joint < where.end; });
}

// A moderator's decision is needed, even if the comment was to wait only for a while.
bool hold_for_moderator(verdict& out, std::string_view reason, std::string rule, core::duration wait) {
    if (std::exchange(out.release_after, false))
        out.what = verdict::kind::pass;
    return out.hold(reason, std::move(rule), wait);
}

}  // namespace

// Words and patterns are asked in this order, in the same ways.
struct text_rules::kind_of_rule {
    std::string_view reason;
    filter_action filter_options::*action;
    pattern_set::findings (text_rules::*find)(std::string_view clean, bool everywhere) const;
};
constinit const std::array<text_rules::kind_of_rule, 2> text_rules::kinds{
    {{"blocked_word", &filter_options::words_action, &text_rules::find_words},
     {"blocked_pattern", &filter_options::patterns_action, &text_rules::find_patterns}}};

core::result<text_rules> text_rules::compile(const filter_options& options,
                                             const std::vector<word_list>& files, std::string* hint) {
    text_rules out;
    out.options_ = options;
    if (std::string problem = compile_words(options, files, out.words_); !problem.empty()) {
        if (hint != nullptr)
            *hint = std::move(problem);
        return core::make_error_code(core::errc::bad_filter);
    }
    auto patterns = pattern_set::compile(options.patterns, hint);
    if (!patterns)
        return patterns.error();
    out.patterns_ = std::move(*patterns);
    return out;
}

void text_rules::set_extra_words(const std::vector<std::string>& words) {
    extra_ = {};
    for (const std::string& word : words)
        extra_.add(word, "of the moderators");
}

// Not `everywhere`: only the first rule.
pattern_set::findings text_rules::find_words(std::string_view clean, bool everywhere) const {
    if (!everywhere) {
        auto rule = words_.first(clean);
        if (!rule)
            rule = extra_.first(clean);
        return {rule.value_or(std::string()), {}};
    }
    auto found = words_.all(clean);
    auto more = extra_.all(clean);
    found.where.insert(found.where.end(), more.where.begin(), more.where.end());
    return {std::move(found.rule.empty() ? more.rule : found.rule), std::move(found.where)};
}

pattern_set::findings text_rules::find_patterns(std::string_view clean, bool everywhere) const {
    return patterns_.find(clean, everywhere);
}

// False when something is left. `rule` is empty when there was nothing to begin with.
bool text_rules::mask(const kind_of_rule& kind, std::string& clean, std::string& rule) const {
    for (int round = 0;; ++round) {
        auto found = (this->*kind.find)(clean, true);
        if (found.rule.empty() || round == most_rounds)
            return found.rule.empty();
        if (rule.empty())
            rule = std::move(found.rule);
        clean = mask_ranges(clean, std::move(found.where));
    }
}

// What a later rule takes out may bring a word or a link together for an earlier one: all of them look again
// until nothing changes.
bool text_rules::judge_text(bool may_link, verdict& out) const {
    for (int round = 0; round < most_rounds; ++round) {
        const std::string before = out.text;
        for (const auto& kind : kinds)
            if (!judge_kind(kind, out))
                return false;
        if (!may_link && !judge_links(out))
            return false;
        if (out.text == before)
            return true;
    }
    const std::string reason = std::move(out.reason);
    std::string rule = std::move(out.rule);
    return out.drop(reason, std::move(rule));
}

bool text_rules::judge_kind(const kind_of_rule& kind, verdict& out) const {
    const auto action = options_.*kind.action;
    if (action == filter_action::mask) {
        std::string rule;
        if (!mask(kind, out.text, rule))
            return out.drop(kind.reason, std::move(rule));
        return rule.empty() || out.change(kind.reason, std::move(rule));
    }
    std::string rule = (this->*kind.find)(out.text, false).rule;
    if (rule.empty())
        return true;
    return action == filter_action::hold ? out.hold(kind.reason, std::move(rule), options_.hold_for)
                                         : out.drop(kind.reason, std::move(rule));
}

bool text_rules::judge_links(verdict& out) const {
    constexpr std::string_view reason = "link";
    if (options_.links == link_action::allow)
        return true;
    const auto links = find_links(out.text);
    if (links.empty())
        return true;
    std::string rule = link_rule(out.text, links.front());
    if (options_.links == link_action::drop)
        return out.drop(reason, std::move(rule));
    if (options_.links == link_action::hold)
        return out.hold(reason, std::move(rule), options_.hold_for);
    out.text = options_.links == link_action::strip ? strip_links(out.text) : defang_links(out.text);
    return out.change(reason, std::move(rule));
}

bool text_rules::judge_name(std::string_view raw, bool may_link, bool paid, std::optional<std::string>& shown,
                            verdict& out) const {
    constexpr std::string_view reason = "blocked_name";
    const std::string clean = core::clean_text(raw);
    std::string name = clean;
    for (int round = 0; round < most_rounds; ++round) {
        const std::string before = name;
        for (const auto& kind : kinds) {
            const auto action = options_.*kind.action;
            std::string rule;
            if (action != filter_action::mask)
                rule = (this->*kind.find)(name, false).rule;
            else if (!mask(kind, name, rule))
                name.clear();  // it would not do with asterisks
            if (rule.empty())
                continue;
            if (action == filter_action::mask) {
                out.change(reason, std::move(rule));
            } else if (paid) {
                out.change(reason, std::move(rule));
                shown.emplace();
                return true;
            } else if (action == filter_action::hold) {
                out.hold(reason, std::move(rule), options_.hold_for);
            } else {
                return out.drop(reason, std::move(rule));
            }
        }
        if (!may_link && options_.links != link_action::allow)
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

void text_rules::judge_name_links(std::string& name, verdict& out) const {
    auto changed_name = raise_dots(name);
    if (any_clickable(find_links(changed_name)))
        changed_name =
            options_.links == link_action::strip ? strip_links(changed_name) : defang_links(changed_name);
    if (changed_name == name)
        return;
    const auto links = find_links(name, link_reading::name);
    if (!links.empty())
        out.change("link", link_rule(name, links.front()) + " in the name");
    name = std::move(changed_name);
}

bool text_rules::judge_line(std::string& body, std::span<const std::size_t> joints, bool may_link,
                            verdict& out) const {
    if (!judge_line_words(body, joints, out))
        return false;
    return may_link || options_.links == link_action::allow ||
           judge_line_links(body, {joints.begin(), joints.end()}, out);
}

bool text_rules::judge_line_words(std::string_view body, std::span<const std::size_t> joints,
                                  verdict& out) const {
    constexpr std::string_view reason = "blocked_word";
    const auto whole = find_words(body, false).rule;
    if (whole.empty())
        return true;
    for (const text_range& where : find_words(body, true).where) {
        if (!crosses(where, joints))
            continue;
        auto rule = find_words(body.substr(where.begin, where.end - where.begin), false).rule;
        if (rule.empty())  // cut out it has other edges
            rule = whole;
        rule += together;
        return options_.words_action == filter_action::hold
                   ? hold_for_moderator(out, reason, std::move(rule), options_.hold_for)
                   : out.drop(reason, std::move(rule));
    }
    return true;
}

bool text_rules::judge_line_links(std::string& body, std::vector<std::size_t> joints, verdict& out) const {
    constexpr std::string_view reason = "link";
    constexpr std::string_view raised = "\u00b7";
    const bool raise = options_.links == link_action::defang || options_.links == link_action::strip;
    for (int round = 0; round < most_rounds; ++round) {
        const auto links = find_links(body);
        const auto found = std::ranges::find_if(links, [&](const found_link& link) {
            return crosses(link.where, joints) && (link.clickable || !raise);
        });
        if (found == links.end())
            return true;
        std::string rule = link_rule(body, *found).append(together);
        if (options_.links == link_action::hold)
            return hold_for_moderator(out, reason, std::move(rule), options_.hold_for);
        if (!raise || round + 1 == most_rounds)
            return out.drop(reason, std::move(rule));
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
        out.change(reason, std::move(rule));
    }
    return true;
}

}  // namespace tiktok2twitch::relay
