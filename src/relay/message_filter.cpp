// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT
#include "tiktok2twitch/relay/message_filter.hpp"

#include <algorithm>
#include <utility>

#include "relay/link_finder.hpp"
#include "relay/message_filter_impl.hpp"
#include "relay/text_mask.hpp"
#include "tiktok2twitch/core/text.hpp"

namespace tiktok2twitch::relay {
namespace {

// What is masked may bring other words together ("fo[bad]o.o" and the like). What still has a finding after
// so many rounds is dropped.
constexpr int most_rounds = 4;

bool is_comment(event_kind kind) noexcept {
    return kind == event_kind::chat || kind == event_kind::emote_chat || kind == event_kind::question;
}

bool drop(verdict& out, std::string_view reason, std::string rule) {
    out = {};
    out.what = verdict::kind::drop;
    out.reason = reason;
    out.rule = std::move(rule);
    return false;
}

// The first rule that says so holds; rules behind it may still drop.
bool hold(verdict& out, std::string_view reason, std::string rule, core::duration wait) {
    if (out.what != verdict::kind::hold) {
        out.what = verdict::kind::hold;
        out.reason = reason;
        out.rule = std::move(rule);
        out.wait = wait;
    }
    return true;
}

bool changed(verdict& out, std::string_view reason, std::string rule) {
    if (out.reason.empty()) {
        out.reason = reason;
        out.rule = std::move(rule);
    }
    return true;
}

// Rules quote what strangers wrote.
std::string link_rule(std::string_view clean, const found_link& link) {
    constexpr std::size_t most = 60;
    const auto text = clean.substr(link.where.begin, link.where.end - link.where.begin);
    return "link \"" + core::cut_code_points(text, most) + "\"";
}

}  // namespace

verdict message_filter::impl::judge(const event& event, core::time_point now) {
    verdict out;
    if (auto rule = blocked.find(event.from)) {
        drop(out, "blocked_user", std::move(*rule));
        return out;
    }
    out.text = core::clean_text(event.text);
    if (allowed.find(event.from))
        return out;
    const bool trusted = event.from.streamer || event.from.moderator;
    if (judge_names(event.from, trusted, out) && is_comment(event.kind))
        judge_comment(event, trusted, now, out);
    return out;
}

bool message_filter::impl::judge_comment(const event& event, bool trusted, core::time_point now,
                                         verdict& out) {
    if (!trusted && !judge_form(event, out))
        return false;
    if (!judge_text(trusted, out))
        return false;
    return trusted || judge_user(event, now, out);
}

// What a later rule takes out may bring a word or a link together for an earlier one: all of them look again
// until nothing changes.
bool message_filter::impl::judge_text(bool trusted, verdict& out) const {
    std::string before;
    for (int round = 0; round < most_rounds; ++round) {
        before = out.text;
        if (!judge_words(out) || !judge_patterns(out) || (!trusted && !judge_links(out)))
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

std::string message_filter::impl::first_word(std::string_view clean) const {
    auto rule = words.first(clean);
    if (!rule)
        rule = extra.first(clean);
    return rule ? std::move(*rule) : std::string();
}

bool message_filter::impl::judge_form(const event& event, verdict& out) const {
    if (out.text.empty())
        return true;  // a sticker; of other comments nothing is said anyway
    const std::string language = base_language(event.language);
    if (!languages.empty() && !language.empty() && std::ranges::find(languages, language) == languages.end())
        return drop(out, "language", "language " + language);
    if (options.min_length == 0 && options.max_length == 0)
        return true;
    const std::size_t length = core::count_clusters(out.text);
    if (length < options.min_length)
        return drop(out, "too_short", "min_length " + std::to_string(options.min_length));
    if (options.max_length != 0 && length > options.max_length)
        return drop(out, "too_long", "max_length " + std::to_string(options.max_length));
    return true;
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

bool message_filter::impl::judge_patterns(verdict& out) const {
    constexpr std::string_view reason = "blocked_pattern";
    const bool mask = options.patterns_action == filter_action::mask;
    auto found = patterns.find(out.text, mask);
    if (found.rule.empty())
        return true;
    std::string rule = found.rule;
    if (options.patterns_action == filter_action::hold)
        return hold(out, reason, std::move(rule), options.hold_for);
    for (int round = 0; mask && round < most_rounds; ++round) {
        out.text = mask_ranges(out.text, std::move(found.where));
        found = patterns.find(out.text, true);
        if (found.rule.empty())
            return changed(out, reason, std::move(rule));
    }
    return drop(out, reason, std::move(rule));
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

bool message_filter::impl::judge_user(const event& event, core::time_point now, verdict& out) {
    const std::int64_t id = event.from.id;
    if (id == 0)
        return true;  // nobody's number
    if (!rates.admit(id, options.per_user, now))
        return drop(out, "user_rate", "per_user " + std::to_string(options.per_user.count));
    if (options.hold_new_users <= core::duration::zero())
        return true;
    const bool is_new = !known.knows(id);
    known.touch(id);
    if (is_new && out.what != verdict::kind::hold) {
        hold(out, "new_user", "first comment of user " + std::to_string(id), options.hold_new_users);
        out.release_after = true;
    }
    return true;
}

message_filter::message_filter(std::unique_ptr<impl> made) : impl_(std::move(made)) {}
message_filter::message_filter(message_filter&&) noexcept = default;
message_filter& message_filter::operator=(message_filter&&) noexcept = default;
message_filter::~message_filter() = default;

verdict message_filter::judge(const event& event, core::time_point now) {
    return impl_->judge(event, now);
}

void message_filter::set_extra_words(const std::vector<std::string>& words) {
    word_matcher extra;
    for (const std::string& word : words)
        extra.add(word, "of the moderators");
    impl_->extra = std::move(extra);
}

void message_filter::inherit(message_filter&& older) {
    impl_->rates = std::move(older.impl_->rates);
    impl_->known = std::move(older.impl_->known);
}

}  // namespace tiktok2twitch::relay
