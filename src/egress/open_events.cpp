// SPDX-FileCopyrightText: 2026 The tiktok2twitch authors
// SPDX-License-Identifier: MIT

#include "tiktok2twitch/egress/open_events.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "tiktok2twitch/relay/event.hpp"

namespace tiktok2twitch::egress {

using relay::outcome;

namespace {

// In the order of relay::outcome.
constexpr std::array ends{judgement::kind::said, judgement::kind::folded, judgement::kind::filtered,
                          judgement::kind::dropped};

core::unix_ms milliseconds(core::duration span) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
}

core::duration time_left(const relay::held_part& held, time_point now) {
    return std::max(held.until - now, core::duration::zero());
}

}  // namespace

std::optional<line_part> open_events::add(const route_state& route, const relay::event& came, decision found,
                                          time_point now) {
    const auto& verdict = found.verdict;
    const bool held = verdict.what == relay::verdict::kind::hold;
    const auto ticket = found.part.ticket = next_ticket_++;
    judgement told{route.id, held ? judgement::kind::held : judgement::kind::said};
    const bool wanted = explain_.wanted(told.what);
    if (wanted) {
        told.reason = verdict.reason;
        told.rule = verdict.rule;
        told.text = found.part.label + found.part.body;
    }
    auto& open = open_[ticket];
    open.route = route.id;
    open.author = came.from.unique_id.substr(0, longest_author);
    open.shows_handle = verdict.shows_handle;
    open.said = shortened(found.said);
    count_changes(open, verdict.changes);
    if (held) {
        count_hold(open, verdict.reason);
        told.number = hold(std::move(found.part), now + verdict.wait, verdict.release_after);
    }
    if (wanted)
        explain_.tell(came, told);
    return held ? std::nullopt : std::optional(std::move(found.part));
}

// With a new time of arrival: it waits its whole time again.
open_events::open_event& open_events::reopen(event_ticket ticket, const route_state& route,
                                             const relay::event& said, time_point now) {
    auto event = std::make_shared<relay::event>(said);
    event->received_at = now;
    auto& open = open_[ticket];
    open.route = route.id;
    open.marked = true;
    open.said = std::move(event);
    return open;
}

// As if it had waited since it was said first: rules may have changed.
std::optional<line_part> open_events::say_again(const relay::said_message& message, time_point now) {
    const auto ticket = next_ticket_++;
    auto& route = routes_.at(message.route);
    route.again.receive();
    auto& open = reopen(ticket, route, *message.what, now);
    open.again = true;
    open.approved = message.approved;
    open.author = message.author;
    std::string gone = "route_removed";
    if (route.in_force) {
        second_judgement judged;
        judge_again(ticket, open, nullptr, judged, now);
        if (judged.withdrawn.empty())
            if (auto part = part_of(ticket, open))
                return part;
        gone = judged.withdrawn.empty() ? "empty" : judged.withdrawn.begin()->first;
    }
    settle({ticket, route.id, outcome::dropped, std::move(gone)});
    return std::nullopt;
}

void open_events::on_line(std::span<const event_ticket> tickets) {
    for (const auto ticket : tickets)
        if (const auto found = open_.find(ticket); found != open_.end())
            mark(found->second);
}

void open_events::settle(const relay::settlement& settlement) {
    const auto found = open_.find(settlement.ticket);
    if (found == open_.end())
        return;
    const bool to_hold = settlement.reason == held_again;
    if (to_hold && settlement.result == outcome::dropped && hold_again(settlement.ticket, found->second))
        return;
    auto open = std::move(found->second);
    open_.erase(found);
    const bool filtered = !open.filtered_as.empty() && (to_hold || settlement.reason == open.filtered_as);
    const auto result = filtered ? outcome::filtered : settlement.result;
    const std::string_view reason = filtered  ? std::string_view(open.filtered_as)
                                    : to_hold ? "route_removed"
                                              : std::string_view(settlement.reason);
    ledger_of(open).settle(result, reason);
    if (result != outcome::relayed)
        explain(open, ends.at(static_cast<std::size_t>(result)), reason);
    if (settlement.reason != "shutdown")
        mark(open);
}

std::vector<relay::said_message> open_events::messages(std::span<const event_ticket> tickets) const {
    std::vector<relay::said_message> out;
    for (const auto ticket : tickets) {
        const auto found = open_.find(ticket);
        if (found == open_.end())
            continue;
        const auto& open = found->second;
        using fate = relay::said_message::fate;
        out.push_back(
            {open.route, open.said, open.author, open.approved, open.removed ? fate::removed : fate::said});
    }
    return out;
}

second_judgement open_events::judge_again(const std::string& channel, time_point now) {
    std::unordered_map<event_ticket, relay::held_part*> held;
    holds_.for_each(channel, [&held](relay::held_part& part) { held.emplace(part.part.ticket, &part); });
    second_judgement out;
    for (auto& [ticket, open] : open_) {
        const auto& route = routes_.at(open.route);
        if (!route.in_force || route.channel != channel)
            continue;
        const auto found = held.find(ticket);
        judge_again(ticket, open, found == held.end() ? nullptr : found->second, out, now);
    }
    // What is held is in nobody else's hands.
    const auto breaks_a_rule = [this](const line_part& part) {
        return !open_.at(part.ticket).filtered_as.empty();
    };
    for (const auto& part : holds_.remove(breaks_a_rule))
        settle_held(part, outcome::filtered, open_.at(part.ticket).filtered_as);
    return out;
}

void open_events::judge_again(event_ticket ticket, open_event& open, relay::held_part* held,
                              second_judgement& out, time_point now) {
    auto found = judge_.again(routes_.at(open.route), open.said, open.author);
    found.part.ticket = ticket;
    bool changed = false;
    if (found.said) {
        const auto before = std::exchange(open.said, found.said);
        // A line that waits since a template showed it may still do so.
        open.shows_handle |= found.verdict.shows_handle;
        changed = before->text != open.said->text || before->from.nickname != open.said->from.nickname ||
                  (open.shows_handle && before->from.unique_id != open.said->from.unique_id);
    }
    if (!found.refused.empty()) {
        open.filtered_as = found.refused;
        open.hold_until.reset();
        if (held == nullptr)
            out.withdrawn[open.filtered_as].insert(ticket);
        return;
    }
    changed |= count_changes(open, found.verdict.changes);  // be it the line's as a whole
    const bool hold = found.verdict.what == relay::verdict::kind::hold && !open.approved;
    if (held != nullptr) {
        if (changed)
            held->part = std::move(found.part);
        if (hold && held->release_after) {
            holds_.ask(*held, now + found.verdict.wait);
            count_hold(open, found.verdict.reason);
            explain(open, judgement::kind::held, open.held_for, held->number);
        }
    } else if (hold) {
        open.hold_until = now + found.verdict.wait;
        open.hold_reason = found.verdict.reason;
        out.withdrawn[std::string(held_again)].insert(ticket);
    } else if (changed) {
        out.revised.push_back(std::move(found.part));
    }
}

// Given up by the account because a moderator is to decide about it.
bool open_events::hold_again(event_ticket ticket, open_event& open) {
    if (!open.hold_until || !routes_.at(open.route).in_force)
        return false;
    const auto until = *std::exchange(open.hold_until, std::nullopt);
    auto part = part_of(ticket, open);
    if (!part)
        return false;
    count_hold(open, std::move(open.hold_reason));
    const auto number = hold(*std::move(part), until, false);
    explain(open, judgement::kind::held, open.held_for, number);
    return true;
}

// What remove() names is in flight perhaps, and may be said all the same: that is remembered.
ticket_set open_events::remove(const std::string& tiktok, std::span<const std::int64_t> msg_ids,
                               std::span<const std::int64_t> user_ids) {
    std::unordered_set<std::int64_t> messages(msg_ids.begin(), msg_ids.end());
    std::unordered_set<std::int64_t> users(user_ids.begin(), user_ids.end());
    messages.erase(0);  // no id: has nothing in common with others that have none
    users.erase(0);
    ticket_set found;
    for (auto& [ticket, open] : open_) {
        if (routes_.at(open.route).tiktok != tiktok ||
            (!messages.contains(open.said->msg_id) && !users.contains(open.said->from.id)))
            continue;
        open.removed = true;
        found.insert(ticket);
    }
    return found;
}

parts open_events::take_due(time_point now) {
    auto due = holds_.take_due(now);
    explain_release(due.said);
    for (const auto& part : due.denied)
        settle_held(part, outcome::filtered, "held_too_long");
    return std::move(due.said);
}

parts open_events::release(time_point now) {
    auto released = holds_.release(now);
    explain_release(released);
    return released;
}

void open_events::drop_held(std::string_view reason, const std::function<bool(const line_part&)>& which) {
    for (const auto& part : holds_.remove(which))
        settle_held(part, outcome::dropped, reason);
}

std::optional<time_point> open_events::held_until(const route_state& route, const relay::event& event) const {
    if (!relay::is_comment(event.kind) || event.from.id == 0)
        return std::nullopt;
    return holds_.waits_until(route.id, event.from.id);
}

std::optional<line_part> open_events::approve(const std::string& channel, std::uint64_t number,
                                              time_point now) {
    auto part = holds_.approve(channel, number, now);
    if (part) {
        auto& open = open_.at(part->ticket);
        open.approved = true;
        explain(open, judgement::kind::released, "approved");
    }
    return part;
}

bool open_events::deny(const std::string& channel, std::uint64_t number) {
    const auto part = holds_.deny(channel, number);
    if (part)
        settle_held(*part, outcome::filtered, "denied");
    return part.has_value();
}

std::vector<held_message> open_events::held_messages(time_point now, const std::string& channel) const {
    std::vector<held_message> out;
    for (const auto& held : holds_.all()) {
        const auto& route = routes_.at(held.part.route);
        if (held.release_after || !route.in_force || (!channel.empty() && route.channel != channel))
            continue;
        const auto& open = open_.at(held.part.ticket);
        out.push_back({held.number, open.route, open.said->kind, open.author,
                       fit_name(route, *open.said, open.author), held.part.label + held.part.body,
                       open.held_for, time_left(held, now)});
    }
    return out;
}

relay::kept_messages open_events::held_for_later(time_point now, core::unix_ms wall, bool all) const {
    relay::kept_messages out;
    out.last_number = holds_.last_number();
    out.at = wall;
    for (const auto& held : holds_.all()) {
        if (held.release_after && !all)
            continue;
        const auto& open = open_.at(held.part.ticket);
        const auto& route = routes_.at(open.route);
        const auto until = wall + milliseconds(time_left(held, now));
        out.held.push_back({held.number, route.tiktok, route.channel, until, open.held_for, open.changes,
                            open.author, open.again, open.said});
    }
    return out;
}

void open_events::mark_kept(const relay::kept_messages& kept) {
    std::unordered_set<std::int64_t> written;
    for (const auto& each : kept.held)
        written.insert(each.said->msg_id);
    for (const auto& held : holds_.all())
        if (auto& open = open_.at(held.part.ticket); written.contains(open.said->msg_id))
            mark(open);
}

restored_messages open_events::restore(const relay::kept_messages& kept, time_point now, core::unix_ms wall) {
    restored_messages out;
    holds_.start_after(kept.last_number);
    const auto present = std::max(wall, kept.at);  // a clock that went back makes nobody wait longer
    for (const auto& each : kept.held) {
        const route_state* route = nullptr;
        routes_.each_of(each.tiktok, [&](const route_state& other) {
            if (other.channel == each.channel)
                route = &other;
        });
        if (route == nullptr)
            ++out.without_route;
        else if (restore(*route, each, std::chrono::milliseconds(each.until - present), now))
            ++out.held;
        else
            ++out.too_late;
    }
    return out;
}

bool open_events::restore(const route_state& route, const relay::kept_message& kept, core::duration left,
                          time_point now) {
    const auto ticket = next_ticket_++;
    auto& open = reopen(ticket, route, *kept.said, now);
    open.again = kept.again;
    open.author = kept.author;
    ledger_of(open).receive();
    count_changes(open, kept.changes);
    count_hold(open, kept.held_for);
    const bool waits = kept.number != 0;
    auto part = part_of(ticket, open);
    if (part && left > core::duration::zero()) {
        holds_.restore({*std::move(part), route.channel, now + left, !waits, kept.number});
        return true;
    }
    settle({ticket, route.id, part && !waits ? outcome::dropped : outcome::filtered,
            !part   ? "empty"
            : waits ? "held_too_long"
                    : "expired"});
    return false;
}

// The filter has been asked about it.
std::optional<line_part> open_events::part_of(event_ticket ticket, const open_event& open) const {
    relay::verdict line;
    auto part = compose(routes_.at(open.route), *open.said, line);
    if (part)
        part->ticket = ticket;
    return part;
}

std::uint64_t open_events::hold(line_part part, time_point until, bool release_after) {
    const auto& channel = routes_.at(part.route).channel;
    const auto added = holds_.add({std::move(part), channel, until, release_after, 0});
    if (added.lost)
        settle_held(*added.lost, outcome::dropped, "hold_full");
    return added.number;
}

void open_events::settle_held(const line_part& part, outcome result, std::string_view reason) {
    settle({part.ticket, part.route, result, std::string(reason)});
}

void open_events::mark(open_event& open) {
    if (!std::exchange(open.marked, true))
        routes_.on_done(routes_.at(open.route), *open.said);
}

relay::ledger& open_events::ledger_of(const open_event& open) {
    auto& route = routes_.at(open.route);
    return open.again ? route.again : route.ledger;
}

// Judged again, what is changed for one more reason still has the marks of the others.
bool open_events::count_changes(open_event& open, const std::vector<std::string>& reasons) {
    const auto before = open.changes.size();
    for (const auto& reason : reasons) {
        if (std::ranges::find(open.changes, reason) != open.changes.end())
            continue;
        ledger_of(open).change(reason);
        open.changes.push_back(reason);
    }
    return open.changes.size() > before;
}

void open_events::count_hold(open_event& open, std::string reason) {
    ledger_of(open).hold(reason);
    open.held_for = std::move(reason);
}

void open_events::explain(const open_event& open, judgement::kind what, std::string_view reason,
                          std::uint64_t number) const {
    if (!explain_.wanted(what))
        return;
    auto event = *open.said;
    event.from.unique_id = open.author;
    judgement told{.route = open.route, .what = what, .reason = std::string(reason), .number = number};
    if (!open.held_for.empty() && what != judgement::kind::held)
        told.rule = "held for " + open.held_for;
    explain_.tell(event, told);
}

void open_events::explain_release(const parts& released) const {
    for (const auto& part : released)
        explain(open_.at(part.ticket), judgement::kind::released, {});
}

}  // namespace tiktok2twitch::egress
