// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/egress/judge.hpp"

#include <algorithm>

#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/event.hpp"
#include "tiktok2twitch/relay/format/formatter.hpp"

namespace tiktok2twitch::egress {
namespace {

using kind = relay::verdict::kind;

// A price that nobody told is at least one coin.
bool is_worth(const relay::gift& gift, std::int64_t count, std::int64_t coins) noexcept {
    return gift.coins == 0 ? coins <= 1 : gift.value_of(count) >= coins;
}

// The same event where nothing changes: others may have it, too.
shared_event reworded(shared_event event, std::string text, std::string name, std::string handle) {
    if (event->text == text && event->from.nickname == name && event->from.unique_id == handle)
        return event;
    auto out = std::make_shared<relay::event>(*event);
    out->text = std::move(text);
    out->from.nickname = std::move(name);
    out->from.unique_id = std::move(handle);
    return out;
}

// What is judged is what would be said: with the signs that bracket codes stand for, "evil[rose].com" with
// "rose" said as "e" too, and without the marks of badges in a name.
shared_event as_read(const shared_event& event, const route_policy& policy) {
    const bool has_codes =
        event->kind == relay::event_kind::chat || event->kind == relay::event_kind::question;
    return reworded(event, has_codes ? relay::expand_emoji_codes(event->text, policy.emoji) : event->text,
                    policy.formatter.unmarked_name(*event), event->from.unique_id);
}

// In the words that the filter lets through. A name that looks like a badge by now is not shown.
shared_event passed(const shared_event& event, const relay::verdict& verdict, const relay::formatter& lines) {
    auto out = reworded(event, verdict.text, verdict.name.value_or(event->from.nickname),
                        verdict.unique_id.value_or(event->from.unique_id));
    return lines.unmarked_name(*out) == out->from.nickname
               ? out
               : reworded(out, out->text, {}, out->from.unique_id);
}

// Who writes on while the first message is held does not overtake it.
void wait_behind_earlier(relay::verdict& verdict, const relay::event& event, time_point until,
                         time_point now) {
    verdict.what = kind::hold;
    verdict.reason = "new_user";
    verdict.rule = "after the first comment of user " + std::to_string(event.from.id);
    verdict.wait = std::max(until - now, core::duration::zero());
    verdict.release_after = true;
}

// The line as a whole is judged, too.
void make_line(decision& out, const route_state& route) {
    auto part = out.said ? compose(route, *out.said, out.verdict) : std::nullopt;
    if (out.said && !part)
        out.refused = "empty";
    else if (out.verdict.what == kind::drop)
        out.refused = out.verdict.reason;
    else
        out.part = *std::move(part);
}

}  // namespace

decision judge::first(route_state& route, const shared_event& event, std::optional<time_point> held_until,
                      time_point now) const {
    decision out;
    auto& [policy, limits] = *route.in_force;
    const auto& events = policy.events;
    out.refused = gate_ ? gate_(route.channel, *event) : std::string_view();
    // The rest of a streak of which enough came out before is wanted, however little it is.
    if (out.refused.empty() && event->gift && event->gift->before == 0 &&
        !is_worth(*event->gift, event->gift->count, events.gift_min_coins))
        out.refused = "below_threshold";
    if (!out.refused.empty())
        return out;
    const auto read = as_read(event, policy);
    out.verdict = policy.filter.judge(*read, now);
    if (held_until && out.verdict.what == kind::pass)
        wait_behind_earlier(out.verdict, *event, *held_until, now);
    if (out.verdict.what != kind::drop)
        out.said = passed(read, out.verdict, policy.formatter);
    make_line(out, route);
    if (out.refused.empty() && !limits.take(event->kind, events.of(event->kind).per_minute, now))
        out.refused = "kind_limit";
    return out;
}

decision judge::again(const route_state& route, const shared_event& said, const std::string& author) const {
    decision out;
    const auto& policy = route.in_force->policy;
    // Rules about users name the handle as it came.
    const auto read = reworded(said, said->text, policy.formatter.unmarked_name(*said), author);
    out.refused = gate_ ? gate_(route.channel, *read) : std::string_view();
    if (!out.refused.empty())
        return out;
    out.verdict = policy.filter.judge_again(*read);
    if (out.verdict.what != kind::drop)
        out.said = shortened(passed(read, out.verdict, policy.formatter));
    make_line(out, route);
    return out;
}

std::optional<line_part> compose(const route_state& route, const relay::event& event,
                                 relay::verdict& verdict) {
    const auto& policy = route.in_force->policy;
    auto said = policy.formatter.format(event);
    if (!said)
        return std::nullopt;
    policy.filter.judge_line(event, said->body, said->joints, verdict);
    line_part part;
    part.route = route.id;
    part.label = std::move(said->label);
    part.body = std::move(said->body);
    part.author_id = event.from.id;
    part.received_at = event.received_at;
    part.name = std::move(said->name);
    part.fold_key = core::fold_key(said->text);
    part.text = std::move(said->text);
    part.priority = relay::priority_of(relay::class_of(event, route.tiktok), policy.events.order);
    part.paid = relay::is_paid(event.kind);
    return part;
}

shown_author shown(const decision& found) {
    // Held for a name it is untouched yet, and no answer to a moderator may say it.
    const bool is_fit = found.verdict.what != kind::hold || found.verdict.reason == "new_user";
    return {found.part.name, is_fit ? std::string_view(found.said->from.unique_id) : std::string_view()};
}

// What came out of a streak before and was worth too little for this route is said with the rest of it. Told
// by the numbers alone, so that there is nothing to keep over a restart; only where the threshold or the
// known price changes in the middle of a streak a part of it may be said twice, or not at all.
shared_event with_unsaid_parts(const route_state& route, const shared_event& event) {
    if (!event->gift || event->gift->before <= 0 ||
        is_worth(*event->gift, event->gift->before, route.in_force->policy.events.gift_min_coins))
        return event;
    auto whole = std::make_shared<relay::event>(*event);
    whole->gift->count += std::exchange(whole->gift->before, 0);
    return whole;
}

std::string rule_of(const route_state& route, relay::event_kind of, const decision& found) {
    const auto& events = route.in_force->policy.events;
    if (found.refused == "below_threshold")
        return "event.gift.min_coins " + std::to_string(events.gift_min_coins);
    if (found.refused == "kind_limit")
        return "event." + std::string(relay::name_of(of)) + ".per_minute " +
               std::to_string(events.of(of).per_minute);
    return found.refused == found.verdict.reason ? found.verdict.rule : std::string();
}

// Judged as if its owner had only followed: of those events nothing but the name is looked at.
std::string fit_name(const route_state& route, const relay::event& said, const std::string& author) {
    relay::event alone;
    alone.kind = relay::event_kind::follow;
    alone.from = said.from;
    alone.from.unique_id = author;
    const auto verdict = route.in_force->policy.filter.judge_again(alone);
    if (verdict.what != kind::pass)
        return {};
    return core::clean_text(verdict.name ? *verdict.name : alone.from.nickname);
}

shared_event shortened(const shared_event& event) {
    constexpr std::size_t most = 1000;  // code points
    const auto cut = [](const std::string& text) {
        return text.size() <= most ? text
                                   : core::clean_text(core::cut_code_points(core::repair_utf8(text), most));
    };
    return reworded(event, cut(event->text), cut(event->from.nickname), cut(event->from.unique_id));
}

}  // namespace tiktok2twitch::egress
