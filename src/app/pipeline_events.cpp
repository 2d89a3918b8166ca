// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

// From an event to what is said about it, route by route.

#include <algorithm>
#include <utility>

#include "app/passed_event.hpp"
#include "tiktok2twitch/app/pipeline.hpp"
#include "tiktok2twitch/core/text.hpp"
#include "tiktok2twitch/relay/priority.hpp"

namespace tiktok2twitch::app {

using relay::outcome;

namespace {

// A price that nobody told is at least one coin.
bool is_worth(const relay::gift& gift, std::int64_t count, std::int64_t coins) noexcept {
    return gift.coins == 0 ? coins <= 1 : gift.value_of(count) >= coins;
}

// What came out of a streak before and was worth too little for this route is said with the rest of it. Told
// by the numbers alone, so that there is nothing to keep over a restart; only where the threshold or the
// known price changes in the middle of a streak a part of it may be said twice, or not at all.
bool has_unsaid_parts(const relay::event& event, std::int64_t coins) noexcept {
    return event.gift && event.gift->before > 0 && !is_worth(*event.gift, event.gift->before, coins);
}

relay::event with_unsaid_parts(relay::event event) {
    if (event.gift)
        event.gift->count += std::exchange(event.gift->before, 0);
    return event;
}

}  // namespace

pipeline::parts pipeline::on_event(const std::string& tiktok, const relay::event& event,
                                   core::time_point now) {
    parts out;
    const auto story = stories_.find(tiktok);
    if (story == stories_.end())
        return out;
    const auto events = story->second.on_event(event, now);
    if (event.gift)
        gifts_came_.insert(tiktok);
    if (events.empty())
        explain(event, {0, judgement::kind::gathered, {}, {}, {}});
    judge_all(tiktok, events, now, out);
    return out;
}

pipeline::parts pipeline::poll(core::time_point now) {
    parts out;
    for (auto& [tiktok, story] : stories_)
        judge_all(tiktok, story.poll(now), now, out);
    auto due = holds_.take_due(now);
    explain_release(due.said);
    std::move(due.said.begin(), due.said.end(), std::back_inserter(out));
    for (const auto& part : due.denied)
        settle_held(part, outcome::filtered, "held_too_long");
    return out;
}

core::time_point pipeline::deadline() const {
    auto at = holds_.deadline();
    for (const auto& [tiktok, story] : stories_)
        at = std::min(at, story.deadline());
    return at;
}

pipeline::parts pipeline::finish(core::time_point now, bool in_peace, bool kept) {
    parts out;
    for (auto& [tiktok, story] : stories_)
        judge_all(tiktok, story.finish(now), now, out);
    if (in_peace) {
        auto released = holds_.release(now);
        explain_release(released);
        std::move(released.begin(), released.end(), std::back_inserter(out));
    }
    if (!kept)
        for (const auto& part : holds_.remove([](const relay::line_part&) { return true; }))
            settle_held(part, outcome::dropped, "shutdown");
    return out;
}

void pipeline::judge_all(const std::string& tiktok, const std::vector<relay::event>& events,
                         core::time_point now, parts& out) {
    for (const auto& event : events) {
        if (event.gift)
            expect_told(tiktok, event);
        for (auto& [id, route] : active_)
            if (routes_.at(id).tiktok != tiktok)
                continue;
            else if (!route.policy.carries[static_cast<std::size_t>(event.kind)])
                explain(event, {id, judgement::kind::not_asked, {}, {}, {}});
            else if (has_unsaid_parts(event, route.policy.events.gift_min_coins))
                judge(id, route, with_unsaid_parts(event), now, out);
            else
                judge(id, route, event, now, out);
    }
}

void pipeline::judge(relay::route_id id, active_route& route, const relay::event& event, core::time_point now,
                     parts& out) {
    auto& books = routes_.at(id);
    const auto& options = route.policy.events;
    if (was_done(books, event.msg_id)) {
        books.ledger.ignore("duplicate", 1);
        note_told(books.tiktok, event);
        return explain(event, {id, judgement::kind::ignored, "duplicate", {}, {}});
    }
    books.ledger.receive();
    if (const auto closed = gate_ ? gate_(books.channel, event) : std::string_view{}; !closed.empty())
        return filter(id, event, closed);
    // The rest of a streak of which enough came out before is wanted, however little it is.
    if (event.gift && event.gift->before == 0 &&
        !is_worth(*event.gift, event.gift->count, options.gift_min_coins))
        return filter(id, event, "below_threshold",
                      "event.gift.min_coins " + std::to_string(options.gift_min_coins));

    const auto read = without_marks(with_emoji(event, route.policy.emoji), route.policy.formatter);
    auto verdict = route.policy.filter.judge(read, now);
    if (verdict.what == relay::verdict::kind::drop)
        return filter(id, event, verdict.reason, verdict.rule);
    wait_behind_earlier(id, event, verdict, now);
    auto clean = passed(read, verdict, route.policy.formatter);
    auto part = compose(id, route, clean, next_ticket_, verdict);
    if (!part)
        return filter(id, event, "empty");
    if (verdict.what == relay::verdict::kind::drop)
        return filter(id, event, verdict.reason, verdict.rule);
    if (!route.limits.take(event.kind, options.of(event.kind).per_minute, now))
        return filter(id, event, "kind_limit",
                      "event." + std::string(relay::name_of(event.kind)) + ".per_minute " +
                          std::to_string(options.of(event.kind).per_minute));
    ++next_ticket_;
    const bool held = verdict.what == relay::verdict::kind::hold;
    // Held for a name it is untouched yet, and no answer to a moderator may say it.
    const bool is_fit = !held || verdict.reason == "new_user";
    if (observe_)
        observe_(books.channel, event.from,
                 {part->name, is_fit ? std::string_view(clean.from.unique_id) : std::string_view()});
    judgement told{id, held ? judgement::kind::held : judgement::kind::said, verdict.reason, verdict.rule,
                   part->label + part->body};
    open_event open;
    open.route = id;
    open.msg_id = event.msg_id;
    open.author = event.from.unique_id.substr(0, longest_author);
    open.shows_handle = verdict.shows_handle;
    open.said = shortened(std::move(clean));
    count_changes(open, verdict.changes);
    if (held)
        count_hold(open, verdict.reason);
    open_.emplace(part->ticket, std::move(open));
    if (held)
        told.number = hold(std::move(*part), now + verdict.wait, verdict.release_after);
    else
        out.push_back(std::move(*part));
    explain(event, std::move(told));
}

void pipeline::filter(relay::route_id id, const relay::event& event, std::string_view reason,
                      std::string_view rule) {
    auto& books = routes_.at(id);
    books.ledger.settle(outcome::filtered, reason);
    note_told(books.tiktok, event);
    if (event.msg_id != 0)
        settled_here_.push_back({books.tiktok, books.channel, event.msg_id});
    explain(event, {id, judgement::kind::filtered, std::string(reason), std::string(rule), {}});
}

std::optional<relay::line_part> pipeline::compose(relay::route_id id, const active_route& route,
                                                  const relay::event& event, relay::event_ticket ticket,
                                                  relay::verdict& verdict) const {
    auto said = route.policy.formatter.format(event);
    if (!said)
        return std::nullopt;
    route.policy.filter.judge_line(event, said->body, said->joints, verdict);
    relay::line_part part;
    part.ticket = ticket;
    part.route = id;
    part.label = std::move(said->label);
    part.body = std::move(said->body);
    part.author_id = event.from.id;
    part.received_at = event.received_at;
    part.name = std::move(said->name);
    part.fold_key = core::fold_key(said->text);
    part.text = std::move(said->text);
    part.priority =
        relay::priority_of(relay::class_of(event, routes_.at(id).tiktok), route.policy.events.order);
    part.paid = relay::is_paid(event.kind);
    return part;
}

std::uint64_t pipeline::hold(relay::line_part part, core::time_point until, bool release_after) {
    const auto& channel = routes_.at(part.route).channel;
    const auto added = holds_.add({std::move(part), channel, until, release_after, 0});
    if (added.lost)
        settle_held(*added.lost, outcome::dropped, "hold_full");
    return added.number;
}

// Who writes on while the first message is held does not overtake it.
void pipeline::wait_behind_earlier(relay::route_id id, const relay::event& event, relay::verdict& verdict,
                                   core::time_point now) const {
    if (verdict.what != relay::verdict::kind::pass || !relay::is_comment(event.kind) || event.from.id == 0)
        return;
    const auto until = holds_.waits_until(id, event.from.id);
    if (!until)
        return;
    verdict.what = relay::verdict::kind::hold;
    verdict.reason = "new_user";
    verdict.rule = "after the first comment of user " + std::to_string(event.from.id);
    verdict.wait = std::max(*until - now, core::duration::zero());
    verdict.release_after = true;
}

void pipeline::settle_held(const relay::line_part& part, outcome result, std::string_view reason) {
    const auto marks = on_settled({part.ticket, part.route, result, std::string(reason)});
    settled_here_.insert(settled_here_.end(), marks.begin(), marks.end());
}

std::optional<relay::line_part> pipeline::approve(const std::string& channel, std::uint64_t number,
                                                  core::time_point now) {
    auto part = holds_.approve(channel, number, now);
    if (part)
        if (const auto found = open_.find(part->ticket); found != open_.end()) {
            found->second.approved = true;
            explain(found->second, judgement::kind::released, "approved");
        }
    return part;
}

bool pipeline::deny(const std::string& channel, std::uint64_t number) {
    const auto part = holds_.deny(channel, number);
    if (part)
        settle_held(*part, outcome::filtered, "denied");
    return part.has_value();
}

void pipeline::withdraw_held(const ticket_set& tickets, std::string_view reason) {
    const auto listed = [&](const relay::line_part& part) {
        return tickets.contains(part.ticket);
    };
    for (const auto& part : holds_.remove(listed))
        settle_held(part, outcome::dropped, reason);
}

relay::ledger& pipeline::ledger_of(const open_event& open) {
    auto& books = routes_.at(open.route);
    return open.again ? books.again : books.ledger;
}

// Judged again, what is changed for one more reason still has the marks of the others.
bool pipeline::count_changes(open_event& open, const std::vector<std::string>& reasons) {
    const auto before = open.changes.size();
    for (const auto& reason : reasons) {
        if (std::ranges::find(open.changes, reason) != open.changes.end())
            continue;
        ledger_of(open).change(reason);
        open.changes.push_back(reason);
    }
    return open.changes.size() > before;
}

void pipeline::count_hold(open_event& open, std::string reason) {
    ledger_of(open).hold(reason);
    open.held_for = std::move(reason);
}

void pipeline::explain(const relay::event& event, judgement judgement) const {
    if (explain_)
        explain_(event, judgement);
}

void pipeline::explain(const open_event& open, judgement::kind what, std::string_view reason,
                       std::uint64_t number) const {
    if (!explain_)
        return;
    auto event = open.said;
    event.from.unique_id = open.author;
    const bool was_held = !open.held_for.empty() && what != judgement::kind::held;
    explain_(
        event,
        {open.route, what, std::string(reason), was_held ? "held for " + open.held_for : "", {}, number});
}

void pipeline::explain_release(const parts& released) const {
    for (const auto& part : released)
        if (const auto found = open_.find(part.ticket); found != open_.end())
            explain(found->second, judgement::kind::released, {});
}

}  // namespace tiktok2twitch::app
